/** Makes the cache anew from the events, in slices, so that nobody who writes beside it waits long. */
import type { Uuid } from "../core/id.ts";
import type { Cell } from "./cache-rows.ts";
import { type CaseWriter, SLICE_MS } from "./case-writer.ts";
import type { Connection } from "./connection.ts";
import type { EventLog } from "./event-log.ts";
import { CACHE_SQL, CACHE_TABLES, CACHE_VERSION, CHILD_TABLES, FORMER_TABLES } from "./schema.ts";

/** What `cursors.cache` must hold for the cache to be good: the version, and the country its phone numbers were read in. */
export function cacheMark(country: string | undefined): string {
  return `${CACHE_VERSION} ${country ?? ""}`.trim();
}

export function cacheIs(connection: Connection): string | undefined {
  const row = connection.sql("SELECT value FROM cursors WHERE name = 'cache'").get() as
    | { value: string }
    | undefined;
  return row?.value;
}

function mark(connection: Connection, value: string): void {
  connection
    .sql(
      "INSERT INTO cursors (name, value) VALUES ('cache', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
    )
    .run(value);
}

/** Drops the cache tables and makes them empty. Inside a transaction; every prepared statement on them lives on. */
export function clearCache(connection: Connection): void {
  for (const table of [...CACHE_TABLES, ...FORMER_TABLES])
    connection.db.exec(`DROP TABLE IF EXISTS ${table}`);
  connection.db.exec(CACHE_SQL);
}

/** Rows of a case as they lie in the cache, to compare; full text is not among them. */
function snapshot({ sql }: Connection, id: Uuid): string {
  const row = sql("SELECT c.*, b.body FROM cases c JOIN bodies b ON b.place = c.place WHERE c.id = ?")
    .safeIntegers()
    .get(id) as Record<string, Cell> | undefined;
  const children = CHILD_TABLES.map((table) => sql(`SELECT * FROM ${table} WHERE case_id = ?`).all(id));
  return JSON.stringify([row, children], (_, value) => (typeof value === "bigint" ? String(value) : value));
}

/** How far a cache is that is being made anew. */
export interface Refill {
  done: number;
  /** Cases in the file. */
  cases: number;
}

/** Runs `one` for the cases after `after` until the time of a slice is up. The last of them; undefined: there was none. */
function slice(log: EventLog, after: Uuid, one: (id: Uuid) => void): Uuid | undefined {
  const start = performance.now();
  let last: Uuid | undefined;
  for (const id of log.caseIds(after, 200)) {
    one(id);
    last = id;
    if (performance.now() - start > SLICE_MS) break;
  }
  return last;
}

/** Runs `one` for every case id, in slices of one transaction each. */
function forEveryCase(writer: CaseWriter, log: EventLog, one: (id: Uuid) => void): void {
  for (let after: Uuid | undefined = ""; after !== undefined; ) {
    const from: Uuid = after;
    after = writer.write(() => slice(log, from, one));
  }
}

/**
 * Fills an empty or outdated cache, a slice with each step. How far it came stands in the file: who is stopped loses
 * nothing of it, the next one goes on from there, and several processes that find it so share the work.
 */
export function* refillCache(
  connection: Connection,
  writer: CaseWriter,
  log: EventLog,
  good: string,
): Generator<Refill> {
  const { sql } = connection;
  const building = `building ${good} after `;
  const cases = log.countCases();
  for (;;) {
    const isGood = writer.write(() => {
      const is = cacheIs(connection);
      if (is === good) return true;
      const isBegun = is?.startsWith(building) === true;
      if (!isBegun) clearCache(connection);
      const last = slice(log, isBegun ? is.slice(building.length) : "", (id) => writer.refresh(id));
      mark(connection, last === undefined ? good : `${building}${last}`);
      return last === undefined;
    });
    if (isGood) return;
    yield { done: (sql("SELECT coalesce(sum(n), 0) AS n FROM case_counts").get() as { n: number }).n, cases };
  }
}

/** `doctor --rebuild`: every case folded again, rows that differ replaced, rows without events removed, full text made anew. */
export function rebuildCache(
  connection: Connection,
  writer: CaseWriter,
  log: EventLog,
): { cases: number; differed: number } {
  const { sql } = connection;
  let differed = 0;
  let cases = 0;
  connection.write(() => {
    connection.db.exec("INSERT INTO search (search) VALUES ('delete-all')");
    writer.cache.vocabulary.clear();
  });
  forEveryCase(writer, log, (id) => {
    const before = snapshot(connection, id);
    writer.cache.remove(id, { textToo: false });
    if (writer.refresh(id)) cases++;
    if (snapshot(connection, id) !== before) differed++;
  });
  const orphans = sql(
    "SELECT id FROM cases c WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.case_id = c.id AND e.type = 'opened')",
  );
  for (const { id } of orphans.all() as { id: Uuid }[]) {
    writer.write(() => writer.cache.remove(id, { textToo: false }));
    differed++;
  }
  writer.write(() => {
    for (const table of CHILD_TABLES)
      connection.db.exec(`DELETE FROM ${table} WHERE case_id NOT IN (SELECT id FROM cases)`);
    connection.db.exec(
      "DELETE FROM case_counts; INSERT INTO case_counts SELECT status, count(*) FROM cases GROUP BY status",
    );
  });
  return { cases, differed };
}
