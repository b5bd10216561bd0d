/** Corrective and preventive actions, and whether their cause became rarer. */
import { measureSpans } from "../../core/action.ts";
import { type Pair, pairs } from "../received.ts";
import { counts, RECEIVED, type Scope, within } from "../scope.ts";
import type { Row, Section } from "../section.ts";

const DAY = 86_400_000;
/** Actions done longer ago than this before the period are history. */
const RECENT = 28 * DAY;

interface Found {
  id: string;
  cause: string;
  category: string | null;
  owner: string;
  due: number;
  done_at: number | null;
  what: string;
  kind: string;
  ref: string;
}

const OPEN = "a.added_at < @end AND (a.done_at IS NULL OR a.done_at >= @end)";
const OVERDUE = `${OPEN} AND a.due < @end`;
const DONE = within("a.done_at");

/** The cases of the period that an action answers: those of its cause (and category). */
const casesBehind = (which: string) => `SELECT c.id AS case_id FROM cases c
  WHERE ${RECEIVED} AND EXISTS (SELECT 1 FROM actions a
    WHERE ${which} AND a.cause = c.cause AND (a.category IS NULL OR a.category = c.category))`;

function count(scope: Scope, action: Found, [from, to]: readonly [string, string]): number {
  const narrowed = action.category === null ? "" : "AND c.category = @category";
  return (
    scope.one<{ n: number }>(
      `SELECT count(*) AS n FROM cases c WHERE c.opened_at >= @a AND c.opened_at < @b AND c.cause = @cause ${narrowed} AND ${counts("@staleNow")}`,
      { a: Date.parse(from), b: Date.parse(to), cause: action.cause, category: action.category },
    ).n ?? 0
  );
}

function rows(scope: Scope): Row[] {
  const found = scope.all<Found>(
    `SELECT a.id, a.cause, a.category, a.owner, a.due, a.done_at, json_extract(a.body, '$.what') AS what,
       json_extract(a.body, '$.kind') AS kind, json_extract(a.body, '$.ref') AS ref
     FROM actions a WHERE (${OPEN}) OR (a.done_at >= @from - ${RECENT} AND a.done_at < @end) ORDER BY a.due, a.id`,
  );
  return found.map((action) => {
    const isDone = action.done_at !== null && action.done_at < scope.bounds.end;
    const spans = isDone
      ? measureSpans(new Date(action.done_at!).toISOString(), new Date(scope.bounds.now))
      : undefined;
    return {
      ref: action.ref,
      cause: action.cause,
      category: action.category ?? undefined,
      kind: action.kind,
      what: action.what,
      owner: action.owner,
      due: new Date(action.due).toISOString(),
      state: isDone ? "done" : action.due < scope.bounds.end ? "overdue" : "open",
      days: spans?.days,
      before: spans && count(scope, action, spans.before),
      after: spans && count(scope, action, spans.after),
    };
  });
}

/** Distinct cases of the period behind each fact, from the pairs of category and cause that were counted anyway. */
function distinct(scope: Scope): Record<string, number> {
  const behind = (which: string) => {
    const found = scope.all<{ cause: string; category: string | null }>(
      `SELECT a.cause, a.category FROM actions a WHERE ${which}`,
    );
    const isMeant = (p: Pair) =>
      found.some((a) => a.cause === p.cause && (a.category === null || a.category === p.category));
    return found.length === 0
      ? 0
      : pairs(scope)
          .filter(isMeant)
          .reduce((sum, p) => sum + p.n, 0);
  };
  return { open: behind(OPEN), overdue: behind(OVERDUE), done: behind(DONE) };
}

export const actions: Section = {
  distinct,
  id: "actions",
  facts: (scope) => {
    const when = (condition: string) => `coalesce(sum(CASE WHEN ${condition} THEN 1 ELSE 0 END), 0)`;
    const row = scope.one<{ open: number; overdue: number; done: number }>(
      `SELECT ${when(OPEN)} AS open, ${when(OVERDUE)} AS overdue, ${when(DONE)} AS done FROM actions a`,
    );
    return { open: row.open ?? 0, overdue: row.overdue ?? 0, done: row.done ?? 0 };
  },
  lists: { open: casesBehind(OPEN), overdue: casesBehind(OVERDUE), done: casesBehind(DONE) },
  rows,
};
