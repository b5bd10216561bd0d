/** Promises: what was due, and whether our word was kept. */
import { countsIn, within } from "../scope.ts";
import { rate, type Section } from "../section.ts";

/**
 * Each time a promise was due. A move in time takes its old due time off and leaves a mark of its own; a late one leaves
 * a broken promise at the old time. The present due time is what became of the promise after its moves.
 */
const DUES = `SELECT p.case_id, p.n,
    CASE WHEN p.state = 'kept' AND p.settled_at <= p.due_at THEN 'kept' WHEN p.state = 'open' THEN 'open' ELSE 'broken' END AS verdict
  FROM promises p WHERE ${within("p.due_at")} AND p.due_at <= @now AND ${countsIn("p")}
  UNION ALL
  SELECT m.case_id, 2, CASE WHEN m.at <= m.from_at THEN 'moved' ELSE 'broken' END
  FROM promise_moves m
  WHERE ${within("m.from_at")} AND (m.at <= m.from_at OR m.from_at <= @now) AND ${countsIn("m")}`;

export const promises: Section = {
  id: "promises",
  counted: [
    {
      base: DUES,
      again: "n > 1",
      facts: {
        due: "verdict <> 'moved'",
        kept: "verdict = 'kept'",
        broken: "verdict = 'broken'",
        moved: "verdict = 'moved'",
        open_overdue: "verdict = 'open'",
      },
    },
  ],
  rates: ({ due, kept }) => ({ kept_rate: rate(kept!, due!) }),
};
