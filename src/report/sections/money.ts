/** What the complaints of the period cost, by cause and class, and what was asked of the leads. */
import { countsIn, type Scope, within } from "../scope.ts";
import type { Facts, Row, Section } from "../section.ts";
import { percentiles, sumOf } from "../statistics.ts";

/** Accepted amounts of cases resolved in the period. `XXX` is ISO 4217 for no currency. */
const PAID = `SELECT m.case_id, m.amount, coalesce(m.currency, 'XXX') AS currency, m.cause, m.class FROM money m
  WHERE m.resolved_at IS NOT NULL AND m.amount IS NOT NULL AND ${within("m.resolved_at")} AND ${countsIn("m")}`;

const ASKED = `SELECT a.case_id, a.n FROM approvals a WHERE ${within("a.asked_at")} AND ${countsIn("a")}`;
const DECIDED = `SELECT a.case_id, a.n, a.state FROM approvals a
  WHERE a.decided_at IS NOT NULL AND ${within("a.decided_at")} AND ${countsIn("a")}`;

/** What a case cost in one currency, for one cause and class. */
interface Paid {
  case_id: string;
  amount: number;
  currency: string;
  cause: string | null;
  class: string | null;
}

const paid = (scope: Scope): Paid[] => scope.shared("paid", () => scope.all<Paid>(PAID));

/** Sums of decimal amounts carry the dust of binary fractions. */
const clean = (amount: number): number => Math.round(amount * 1e6) / 1e6;

/** Groups by the key; what has none is left out. */
function grouped(rows: readonly Paid[], key: (row: Paid) => string | null): Map<string, Paid[]> {
  const groups = new Map<string, Paid[]>();
  for (const row of rows) {
    const name = key(row);
    if (name === null) continue;
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return groups;
}

const total = (rows: readonly Paid[]): number => sumOf(rows.map((row) => row.amount));
const caseCount = (rows: readonly Paid[]): number => new Set(rows.map((row) => row.case_id)).size;

function byCurrency(scope: Scope, value: (rows: readonly Paid[]) => number): Record<string, number> {
  const groups = [...grouped(paid(scope), (row) => row.currency)].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(groups.map(([currency, rows]) => [currency, clean(value(rows))]));
}

function facts(scope: Scope): Facts {
  return {
    total: byCurrency(scope, total),
    cases: byCurrency(scope, caseCount),
    median: byCurrency(scope, (rows) => {
      const costs = [...grouped(rows, (row) => row.case_id).values()].map(total);
      return percentiles(costs, [0.5])[0]!;
    }),
  };
}

/** By cause, then by class, largest sum of each currency first. */
function rows(scope: Scope): Row[] {
  return (["cause", "class"] as const).flatMap((by) =>
    [...grouped(paid(scope), (row) => row.currency)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([currency, all]) => {
        const groups = [...grouped(all, (row) => row[by])].map(([id, found]) => ({
          id,
          total: total(found),
          count: caseCount(found),
        }));
        const whole = groups.reduce((sum, group) => sum + group.total, 0);
        return groups
          .sort((a, b) => b.total - a.total || (a.id < b.id ? -1 : 1))
          .map(({ id, total: cost, count }) => ({
            by,
            id,
            currency,
            total: clean(cost),
            count,
            share: whole === 0 ? 0 : cost / whole,
          }));
      }),
  );
}

/** A case may have cost in two currencies. */
const distinct = (scope: Scope): Record<string, number> => ({ cases: caseCount(paid(scope)) });

export const money: Section = {
  distinct,
  id: "money",
  order: ["total", "cases", "median", "beyond_authority", "approved", "denied"],
  facts,
  lists: { cases: `SELECT case_id FROM (${PAID})` },
  counted: [
    { base: ASKED, facts: { beyond_authority: "1" }, again: "n > 1" },
    { base: DECIDED, facts: { approved: "state = 'approved'", denied: "state = 'denied'" }, again: "n > 1" },
  ],
  rows,
  rowKey: (row) => `${row.by}/${row.id}/${row.currency}`,
  rowCases: (key) => {
    const [by, id, currency] = key.split("/");
    const column = by === "class" ? "class" : "cause";
    return {
      sql: `SELECT case_id FROM (${PAID}) WHERE ${column} = @id AND currency = @currency`,
      extra: { id, currency },
    };
  },
};
