/** Hostile text is shown harmlessly. */
import { describe, expect, it } from "vitest";
import { asciiText, screenLines, screenText } from "../../src/ui/screen-text.ts";

describe("screenText", () => {
  it.each([
    ["plain", "plain"],
    ["\u001b[31mred\u001b[0m", "red"],
    ["\u001b]0;title\u0007after", "after"],
    ["\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\", "link"],
    ["\u009b2Jgone", "gone"],
    ["a\u0000b\u0007c\u007fd", "abcd"],
    ["tab\tstop", "tab stop"],
    ["abc\u202edcba\u202c", "abcdcba"],
    ["line\r\nbreak", "line break"],
    ["half \ud83d", "half ?"],
    ["👨‍👩‍👧 家", "👨‍👩‍👧 家"],
  ])("%j", (text, shown) => expect(screenText(text)).toBe(shown));

  it("keeps line breaks where lines are wanted", () =>
    expect(screenLines("a\r\nb\rc\u2028d")).toBe("a\nb\nc\nd"));
});

describe("asciiText", () => {
  it.each([
    ["“Don’t” – wait…", '"Don\'t" - wait...'],
    ["宽带", "宽带"],
  ])("%s", (text, ascii) => expect(asciiText(text)).toBe(ascii));
});
