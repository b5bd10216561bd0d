/** Marks inside what is itself shown between quotation marks. */
import { expect, test } from "vitest";
import { toQuote } from "../../src/core/quotation.ts";

test.each([
  ["“你聋啊？”她就这么说的。", "‘你聋啊？’她就这么说的。"],
  ["「你聾啊？」她就這麼說的。", "『你聾啊？』她就這麼說的。"],
  ['"Are you deaf?" That\'s what she said.', "'Are you deaf?' That's what she said."],
  ["nothing to change", "nothing to change"],
])("%s", (text, inner) => {
  expect(toQuote(text)).toBe(inner);
});
