/** One section of the report: its facts, its rows, and for every count the cases behind it. */
import type { Scope } from "./scope.ts";

/** A count or another number; by currency for money. */
export type Fact = number | Record<string, number>;
export type Cell = string | number | undefined;
export type Row = Record<string, Cell>;
export type Facts = Record<string, Fact | undefined>;

/**
 * Things that are counted: `base` selects one row for each thing, with `case_id` and what the conditions read. A fact is
 * the number of rows for which its condition holds; its list is their distinct cases. Count and list are thus one text.
 */
export interface Counted {
  base: string;
  /** Fact → condition over the columns of `base`; `1` for every row. */
  facts: Readonly<Record<string, string>>;
  /** No case stands twice in `base`. */
  unique?: true;
  /** Condition that holds for one row at least of every case that stands in `base` more than once. */
  again?: string;
}

export interface Section {
  id: string;
  /** Every fact but those of `counted`; absent values are left out. */
  facts?: (scope: Scope) => Facts;
  counted?: readonly Counted[];
  /** Facts that follow from the counted ones. */
  rates?: (counts: Readonly<Record<string, number>>, scope: Scope) => Facts;
  /** The facts in the order they are read. */
  order?: readonly string[];
  /** `previous` is the scope of the period before, where one is compared with. */
  rows?: (scope: Scope, previous: Scope | undefined) => Row[];
  /** The key of a row in `--fact <section>:<key>`; undefined: the row has no list. */
  rowKey?: (row: Row) => string | undefined;
  /** SELECT of `case_id` for a row; `@row` is its key. */
  rowCases?: string | ((key: string, scope: Scope) => { sql: string; extra?: Record<string, unknown> });
  /** Facts, or `rows`, that depend on the moment of the report also for a period long past. */
  ofNow?: readonly string[];
  /** Lists of facts that `facts` computes: fact → SELECT of `case_id`. */
  lists?: Readonly<Record<string, string>>;
  /** Distinct cases behind facts that count something else: sums of a currency, actions. */
  distinct?: (scope: Scope) => Record<string, number>;
  /** Parameters the SQL of this section reads beside the bounds. */
  params?: (scope: Scope) => Record<string, unknown>;
}

/** Counts all facts of one `Counted` in one pass. */
export function tally(
  scope: Scope,
  { base, facts }: Counted,
  extra: Record<string, unknown>,
): Record<string, number> {
  const names = Object.keys(facts);
  const columns = names.map((name, i) => `sum(CASE WHEN ${facts[name]} THEN 1 ELSE 0 END) AS n${i}`);
  const row = scope.one<Record<string, number>>(`SELECT ${columns.join(", ")} FROM (${base})`, extra);
  return Object.fromEntries(names.map((name, i) => [name, row[`n${i}`] ?? 0]));
}

/**
 * How many distinct cases stand behind each count. Only the cases that stand in `base` more than once are looked at: each
 * takes off what it was counted too often.
 */
export function distinctCases(
  scope: Scope,
  { base, facts, again }: Counted,
  extra: Record<string, unknown>,
  counts: Readonly<Record<string, number>>,
): Record<string, number> {
  const some = again === undefined ? "" : `WHERE case_id IN (SELECT case_id FROM (${base}) WHERE ${again})`;
  const names = Object.keys(facts);
  const columns = names.map((name, i) => `sum(CASE WHEN ${facts[name]} THEN 1 ELSE 0 END) AS n${i}`);
  const rows = scope.all<Record<string, number>>(
    `SELECT ${columns.join(", ")} FROM (${base}) ${some} GROUP BY case_id HAVING count(*) > 1`,
    extra,
  );
  const surplus = (i: number) => rows.reduce((sum, row) => sum + Math.max(0, row[`n${i}`]! - 1), 0);
  return Object.fromEntries(names.map((name, i) => [name, counts[name]! - surplus(i)]));
}

/** SELECT of the cases behind a counted fact or a listed one; undefined: the section has no such fact. */
export function casesOfFact(section: Section, fact: string): string | undefined {
  const counted = section.counted?.find((c) => Object.hasOwn(c.facts, fact));
  if (counted) return `SELECT case_id FROM (${counted.base}) WHERE ${counted.facts[fact]}`;
  return section.lists?.[fact];
}

/** A rate, where there are enough cases behind it to speak of one. */
export function rate(part: number, whole: number): number | undefined {
  return whole >= 10 ? part / whole : undefined;
}

/** Rows with each one's share of their total, largest first, ties by id. */
export function shares<T extends { id: string; count: number }>(
  rows: readonly T[],
): (T & { share: number })[] {
  const total = rows.reduce((sum, row) => sum + row.count, 0);
  return [...rows]
    .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    .map((row) => ({ ...row, share: row.count / total }));
}
