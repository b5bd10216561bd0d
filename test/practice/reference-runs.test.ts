/** The three reference runs of every case, in every language: very good, fair and bad stand apart. */
import { describe, expect, test } from "vitest";
import { casesIn, LOCALES, playRun, unknownLines } from "../support/practice-world.ts";

const MARGIN = 20;

describe.each(LOCALES)("in %s", (locale) => {
  test.each(casesIn(locale).map((c) => [c.id, c] as const))("%s: at least 20 apart", (_, c) => {
    const [best, fair, bad] = [playRun(c, "very_good"), playRun(c, "fair"), playRun(c, "bad")];
    expect(best.score - fair.score).toBeGreaterThanOrEqual(MARGIN);
    expect(fair.score - bad.score).toBeGreaterThanOrEqual(MARGIN);
    expect([best.ending, bad.ending]).toEqual(["good", "bad"]);
  });

  test("typed by somebody, without the case knowing its own lines, they keep their order", () => {
    const wrong = casesIn(locale).flatMap((c) => {
      const heard = unknownLines(c);
      const score = (quality: "very_good" | "fair" | "bad") => playRun(c, quality, 2, heard).score;
      const scores = [score("very_good"), score("fair"), score("bad")] as const;
      return scores[0] >= 80 && scores[0] > scores[1] && scores[1] - scores[2] >= MARGIN
        ? []
        : [`${c.id} ${scores.join(" ")}`];
    });
    expect(wrong).toEqual([]);
  });
});

test.each([1, 3] as const)("level %s keeps the order of the three", (level) => {
  const wrong = casesIn("en").flatMap((c) => {
    const scores = (["very_good", "fair", "bad"] as const).map((q) => playRun(c, q, level).score);
    return scores[0]! > scores[1]! && scores[1]! > scores[2]! ? [] : [`${c.id} ${scores.join(" ")}`];
  });
  expect(wrong).toEqual([]);
});

test("a harder level is not easier", () => {
  const mean = (level: 1 | 2 | 3) =>
    casesIn("en").reduce((sum, c) => sum + playRun(c, "fair", level).score, 0) / casesIn("en").length;
  expect(mean(1)).toBeGreaterThan(mean(2));
  expect(mean(2)).toBeGreaterThan(mean(3));
});
