/** `--by`: received, closed and backlog for each value of one dimension. */
import { NOT_CLOSED } from "./backlog.ts";
import { type CommandOptions, listCommand } from "./list-command.ts";
import { countsIn, RECEIVED, type Scope, within } from "./scope.ts";

/** Dimension → its column of the table `cases`. */
const COLUMNS = {
  category: "category",
  cause: "cause",
  channel: "channel",
  agent: "agent",
  department: "department",
  severity: "severity",
  script: "script",
} as const;
export type DimensionName = keyof typeof COLUMNS;
export const DIMENSIONS = Object.keys(COLUMNS) as DimensionName[];

export interface DimensionRow {
  id: string;
  received: number;
  closed: number;
  backlog: number;
  share: number;
  list: string;
}

export interface ByDimension {
  dimension: DimensionName;
  rows: DimensionRow[];
}

const CLOSED = `SELECT k.case_id FROM closings k
  WHERE ${within("k.at")} AND (k.next_at IS NULL OR k.next_at >= @to) AND ${countsIn("k")}`;

/** Measure → SELECT of the `case_id`s behind it. */
export const MEASURES: Readonly<Record<string, string>> = {
  received: `SELECT c.id AS case_id FROM cases c WHERE ${RECEIVED}`,
  closed: CLOSED,
  backlog: NOT_CLOSED.end,
};

/** SELECT of the cases of one measure with `@row` as value of the dimension; undefined: no such dimension or measure. */
export function casesByDimension(name: string): string | undefined {
  const [dimension = "", measure = "received"] = name.split(".");
  const column = COLUMNS[dimension as DimensionName];
  const cases = MEASURES[measure];
  return (
    column &&
    cases &&
    `SELECT x.case_id FROM (${cases}) x JOIN cases d ON d.id = x.case_id WHERE d.${column} = @row`
  );
}

export function byDimension(scope: Scope, dimension: DimensionName, command: CommandOptions): ByDimension {
  const column = COLUMNS[dimension];
  const found = new Map<string, Record<string, number>>();
  for (const [measure, cases] of Object.entries(MEASURES)) {
    const rows = scope.all<{ id: string; n: number }>(
      `SELECT d.${column} AS id, count(*) AS n FROM (${cases}) x JOIN cases d ON d.id = x.case_id
       WHERE d.${column} IS NOT NULL GROUP BY d.${column}`,
    );
    for (const { id, n } of rows) found.set(id, { ...found.get(id), [measure]: n });
  }
  const total = [...found.values()].reduce((sum, row) => sum + (row.received ?? 0), 0);
  const rows = [...found].map(([id, { received = 0, closed = 0, backlog = 0 }]) => ({
    id,
    received,
    closed,
    backlog,
    share: total === 0 ? 0 : received / total,
    list: listCommand(scope, `by.${dimension}.received:${id}`, false, command),
  }));
  // People are not ranked: agents stand by name.
  const byName = (a: DimensionRow, b: DimensionRow) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  return {
    dimension,
    rows: rows.sort((a, b) => (dimension === "agent" ? 0 : b.received - a.received) || byName(a, b)),
  };
}
