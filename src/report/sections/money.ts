/** What the complaints of the period cost, by cause and class, and what was asked of the leads. */
import { countsById, type Scope, within } from "../scope.ts";
import type { Facts, Row, Section } from "../section.ts";

/** Accepted amounts of cases resolved in the period. `XXX` is ISO 4217 for no currency. */
const PAID = `SELECT m.case_id, m.amount, coalesce(m.currency, 'XXX') AS currency, m.cause, m.class FROM money m
  WHERE m.resolved_at IS NOT NULL AND m.amount IS NOT NULL AND ${within("m.resolved_at")} AND ${countsById("m.case_id")}`;

const ASKED = `SELECT a.case_id, a.n FROM approvals a WHERE ${within("a.asked_at")} AND ${countsById("a.case_id")}`;
const DECIDED = `SELECT a.case_id, a.n, a.state FROM approvals a
  WHERE a.decided_at IS NOT NULL AND ${within("a.decided_at")} AND ${countsById("a.case_id")}`;

/** Sums of decimal amounts carry the dust of binary fractions. */
const clean = (amount: number): number => Math.round(amount * 1e6) / 1e6;

function byCurrency(rows: readonly { currency: string; value: number }[]): Record<string, number> {
  return Object.fromEntries(rows.map(({ currency, value }) => [currency, clean(value)]));
}

function facts(scope: Scope): Facts {
  const sums = scope.all<{ currency: string; total: number; cases: number }>(
    `SELECT currency, sum(amount) AS total, count(DISTINCT case_id) AS cases FROM (${PAID}) GROUP BY currency ORDER BY currency`,
  );
  const medians = scope.all<{ currency: string; value: number }>(
    `SELECT currency, avg(v) AS value FROM (
       SELECT currency, v, row_number() OVER (PARTITION BY currency ORDER BY v) AS k,
         count(*) OVER (PARTITION BY currency) AS n
       FROM (SELECT currency, case_id, sum(amount) AS v FROM (${PAID}) GROUP BY currency, case_id))
     WHERE k IN ((n + 1) / 2, (n + 2) / 2) GROUP BY currency ORDER BY currency`,
  );
  return {
    total: byCurrency(sums.map(({ currency, total }) => ({ currency, value: total }))),
    cases: byCurrency(sums.map(({ currency, cases }) => ({ currency, value: cases }))),
    median: byCurrency(medians),
  };
}

/** By cause, then by class, largest sum of each currency first. */
function rows(scope: Scope): Row[] {
  return ["cause", "class"].flatMap((by) => {
    const found = scope.all<{ id: string; currency: string; total: number; cases: number }>(
      `SELECT ${by} AS id, currency, sum(amount) AS total, count(DISTINCT case_id) AS cases FROM (${PAID})
       WHERE ${by} IS NOT NULL GROUP BY 1, 2`,
    );
    const whole = (currency: string) =>
      found.filter((r) => r.currency === currency).reduce((sum, r) => sum + r.total, 0);
    return found
      .sort((a, b) =>
        a.currency < b.currency
          ? -1
          : a.currency > b.currency
            ? 1
            : b.total - a.total || (a.id < b.id ? -1 : 1),
      )
      .map(({ id, currency, total, cases }) => ({
        by,
        id,
        currency,
        total: clean(total),
        count: cases,
        share: whole(currency) === 0 ? 0 : total / whole(currency),
      }));
  });
}

/** A case may have cost in two currencies. */
function distinct(scope: Scope): Record<string, number> {
  return {
    cases:
      scope.one<{ n: number }>(`SELECT count(*) AS n FROM (SELECT DISTINCT case_id FROM (${PAID}))`).n ?? 0,
  };
}

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
