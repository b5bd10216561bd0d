/** The three reference runs of every case, in every language: very good, fair and bad stand apart. */
import { describe, expect, test } from "vitest";
import { casesIn, LOCALES, playRun, unknownLines } from "../support/practice-world.ts";

const MARGIN = 20;
const LEVELS = [1, 2, 3] as const;
const QUALITIES = ["very_good", "fair", "bad"] as const;

describe.each(LOCALES)("in %s", (locale) => {
  test.each(casesIn(locale).map((c) => [c.id, c] as const))(
    "%s: at least 20 apart at every level",
    (_, c) => {
      for (const level of LEVELS) {
        const [best, fair, bad] = QUALITIES.map((quality) => playRun(c, quality, level));
        expect(best!.score - fair!.score, `level ${level}`).toBeGreaterThanOrEqual(MARGIN);
        expect(fair!.score - bad!.score, `level ${level}`).toBeGreaterThanOrEqual(MARGIN);
        expect([best!.ending, bad!.ending], `level ${level}`).toEqual(["good", "bad"]);
      }
    },
  );

  test("each run has a line for every turn of the call", () => {
    for (const c of casesIn(locale)) {
      const stages = c.reference_runs!.very_good.map((line) => line.stage);
      for (const quality of QUALITIES)
        expect(
          c.reference_runs![quality].map((line) => line.stage),
          `${c.id} ${quality}`,
        ).toEqual(stages);
    }
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

test("a harder level is not easier", () => {
  const mean = (level: 1 | 2 | 3) =>
    casesIn("en").reduce((sum, c) => sum + playRun(c, "fair", level).score, 0) / casesIn("en").length;
  expect(mean(1)).toBeGreaterThan(mean(2));
  expect(mean(2)).toBeGreaterThan(mean(3));
});
