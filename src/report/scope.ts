/** What a section is computed over: the period in numbers, the fragments of SQL that say which cases count, one door to the store. */
import { type Period, shiftDays } from "../core/period.ts";
import type { Policy } from "../core/policy.ts";
import type { Store } from "../core/store-port.ts";

const DAY = 86_400_000;

/** Parameters of every query, in milliseconds since 1970. */
export interface Bounds {
  from: number;
  to: number;
  /** The moment of the report. */
  now: number;
  /** The period's end, or now if earlier; exclusive. */
  end: number;
  /** Drafts with a story count once they were opened before this: 24 hours before `end`, before `begin`, before now. */
  stale: number;
  staleBegin: number;
  staleNow: number;
  /** The period's start, or now if earlier; exclusive. */
  begin: number;
}

export interface Scope {
  period: Period;
  bounds: Bounds;
  policy: () => Policy;
  /** Whose public holidays count where the policy names none. */
  country: string | undefined;
  /** Rows of a query; every bound is a parameter by its name. */
  all: <T>(sql: string, extra?: Readonly<Record<string, unknown>>) => T[];
  /** The only row, or an empty object where there is no store yet. */
  one: <T>(sql: string, extra?: Readonly<Record<string, unknown>>) => Partial<T>;
  /**
   * The column `v` of a SELECT, numbers all, in no order. They come as one text: a row for each would take longer than
   * finding them.
   */
  numbers: (sql: string, extra?: Readonly<Record<string, unknown>>) => number[];
  /** What several sections read is read once. */
  shared: <T>(name: string, make: () => T) => T;
}

export interface ScopeOptions {
  /** Undefined: there is no database yet, everything is empty. */
  store: Pick<Store, "query"> | undefined;
  now: Date;
  policy: () => Policy;
  country: string | undefined;
}

function boundsOf(period: Period, now: number): Bounds {
  const [from, to] = [Date.parse(period.from), Date.parse(period.to)];
  // What happens at this very millisecond has happened.
  const [end, begin] = [Math.min(to, now + 1), Math.min(from, now + 1)];
  return {
    from,
    to,
    now,
    end,
    begin,
    stale: Math.min(to, now) - DAY,
    staleBegin: Math.min(from, now) - DAY,
    staleNow: now - DAY,
  };
}

export function makeScope(period: Period, { store, now, policy, country }: ScopeOptions): Scope {
  const bounds = boundsOf(period, +now);
  const kept = new Map<string, unknown>();
  const all = <T>(sql: string, extra: Readonly<Record<string, unknown>> = {}): T[] =>
    store ? store.query<T>(sql, { ...bounds, ...extra }) : [];
  const one = <T>(sql: string, extra?: Readonly<Record<string, unknown>>): Partial<T> =>
    all<Partial<T>>(sql, extra)[0] ?? {};
  return {
    period,
    bounds,
    policy,
    country,
    all,
    one,
    numbers: (sql, extra) => {
      const { text } = one<{ text: string | null }>(`SELECT group_concat(v) AS text FROM (${sql})`, extra);
      return text ? text.split(",").map(Number) : [];
    },
    shared: <T>(name: string, make: () => T) => {
      if (!kept.has(name)) kept.set(name, make());
      return kept.get(name) as T;
    },
  };
}

/** The same time of the clock so many days before; of a period's bounds and of now alike. */
export function daysBefore(scope: Scope, at: number, days: number): number {
  return shiftDays(at, -days, scope.period.time_zone);
}

/** Whether the case `c` counts: no duplicate, no draft but an old one with a story. */
export function counts(stale: "@stale" | "@staleBegin" | "@staleNow" = "@stale"): string {
  return `(c.counted = 1 OR (c.counted = 2 AND c.opened_at < ${stale}))`;
}

/** The same for a row of another table, by its alias: each row carries what its case says (`counts_at`). */
export function countsIn(alias: string, stale: "@stale" | "@staleBegin" | "@staleNow" = "@stale"): string {
  return `${alias}.counts_at < ${stale}`;
}

/** Cases opened in the period. */
export const RECEIVED = `c.opened_at >= @from AND c.opened_at < @to AND ${counts()}`;

export function within(column: string): string {
  return `${column} >= @from AND ${column} < @to`;
}
