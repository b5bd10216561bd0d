/** Compares the cache with what the events say, and changes nothing. */
import type { Uuid } from "../core/id.ts";
import { type CaseRows, type Cell, cacheRows } from "./cache-rows.ts";
import { openReading, type StoreOptions, type StoreParts } from "./open-store.ts";
import { CHILD_TABLES } from "./schema.ts";

/** Numbers come back from SQLite as `bigint` or `number`, as they are asked for. */
const plain = (cell: Cell): string => (cell === null ? "" : `${typeof cell === "string"}:${cell}`);

function sameRows(a: readonly (readonly Cell[])[], b: readonly (readonly Cell[])[]): boolean {
  const lines = (rows: readonly (readonly Cell[])[]) =>
    rows.map((row) => JSON.stringify(row.map(plain))).sort();
  return JSON.stringify(lines(a)) === JSON.stringify(lines(b));
}

/** Whether the rows of a case lie in the tables as they should; its full text is not looked at. */
function isStored({ connection: { sql } }: StoreParts, rows: CaseRows): boolean {
  const row = sql("SELECT c.*, b.body FROM cases c JOIN bodies b ON b.place = c.place WHERE c.id = ?").get(
    rows.id,
  ) as Record<string, Cell> | undefined;
  if (!row || row.body !== rows.body) return false;
  const names = Object.keys(rows.columns);
  if (!sameRows([names.map((n) => rows.columns[n]!)], [names.map((n) => row[n]!)])) return false;
  return CHILD_TABLES.every((table) =>
    sameRows(
      rows.children[table],
      (sql(`SELECT * FROM ${table} WHERE case_id = ?`).raw().all(rows.id) as Cell[][]).map(([, ...r]) => r),
    ),
  );
}

function isRight(parts: StoreParts, id: Uuid): boolean {
  const { writer, log, reader } = parts;
  const state = writer.state(id);
  if (!state) return reader.case(id) === undefined;
  const rows = cacheRows(state, log.of(id), {
    scriptOf: (hash) => log.script(hash),
    phoneKey: parts.phoneKey,
  });
  return isStored(parts, rows);
}

/** Rows of cases that have no events, and counts that do not add up. */
function strayRows({ connection: { sql } }: StoreParts): number {
  const known = "SELECT case_id FROM events WHERE type = 'opened'";
  const strays = ["id", ...CHILD_TABLES.map(() => "case_id")].map((column, i) => {
    const table = i === 0 ? "cases" : CHILD_TABLES[i - 1];
    return `SELECT count(DISTINCT ${column}) AS n FROM ${table} WHERE ${column} NOT IN (${known})`;
  });
  const counts =
    "SELECT count(*) AS n FROM (SELECT status, n FROM case_counts WHERE n <> 0 EXCEPT SELECT status, count(*) FROM cases GROUP BY status)";
  const places =
    "SELECT abs((SELECT count(*) FROM cases) - (SELECT count(*) FROM bodies)) + (SELECT count(*) FROM cases WHERE place NOT IN (SELECT place FROM bodies)) AS n";
  return [...strays, counts, places].reduce((sum, text) => sum + (sql(text).get() as { n: number }).n, 0);
}

/** How many cases differ from what their events say: of the `limit` newest, and of those that have no events at all. */
export function staleCases(
  path: string,
  options: StoreOptions,
  limit: number,
): { looked: number; stale: number } {
  const parts = openReading(path, options, options.t ?? ((key: string) => key));
  if (!parts) return { looked: 0, stale: 0 };
  try {
    const ids = parts.connection
      .sql("SELECT DISTINCT case_id AS id FROM events WHERE type = 'opened' ORDER BY position DESC LIMIT ?")
      .all(limit) as { id: Uuid }[];
    const stale = ids.filter(({ id }) => {
      try {
        return !isRight(parts, id);
      } catch {
        return true;
      }
    });
    return { looked: ids.length, stale: stale.length + strayRows(parts) };
  } finally {
    parts.connection.close();
  }
}
