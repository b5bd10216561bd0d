/** Calls back: due, made, and what the customers said. */
import { countsIn, within } from "../scope.ts";
import { rate, type Section } from "../section.ts";

const DUE = `SELECT b.case_id, b.n FROM callbacks b WHERE ${within("b.due_at")} AND ${countsIn("b")}`;

/** Calls made, and exempt closings without one. */
const MADE = `SELECT b.case_id, b.n, b.result, b.solved, b.satisfaction FROM callbacks b
  WHERE ${within("b.at")} AND ${countsIn("b")}
  UNION ALL
  SELECT k.case_id, 2, k.reason, NULL, NULL FROM closings k
  WHERE ${within("k.at")} AND k.alone = 1 AND ${countsIn("k")}`;

export const callbacks: Section = {
  id: "callbacks",
  order: [
    "due",
    "reached",
    "not_reached",
    "exempt",
    "declined",
    "rated_good",
    "rated_good_rate",
    "solved",
    "solved_rate",
  ],
  counted: [
    { base: DUE, facts: { due: "1" }, again: "n > 1" },
    {
      base: MADE,
      again: "n > 1",
      facts: {
        reached: "result = 'reached'",
        not_reached: "result = 'not_reached'",
        exempt: "result LIKE 'exempt%'",
        declined: "result = 'declined'",
        rated_good: "satisfaction >= 4",
        solved: "solved = 1",
        // Not shown themselves: what the rates are taken over.
        rated: "satisfaction IS NOT NULL",
        told: "solved IS NOT NULL",
      },
    },
  ],
  rates: ({ rated_good, solved, rated, told }) => ({
    rated_good_rate: rate(rated_good!, rated!),
    solved_rate: rate(solved!, told!),
  }),
};
