/** Looks at a store that may be damaged, and mends what follows from the events. */
import { copyFileSync, existsSync, statSync } from "node:fs";
import type { Translate } from "../core/library-port.ts";
import { integrityProblems } from "./backup.ts";
import { BUSY_MS, type Connection, connect } from "./connection.ts";
import { schemaState } from "./migrations.ts";
import { openStore, type StoreOptions } from "./open-store.ts";
import { connectReading } from "./read-only.ts";
import { cacheIs } from "./rebuild.ts";
import { CACHE_TABLES } from "./schema.ts";
import { faultOf } from "./store-error.ts";

export type StoreHealth =
  | "absent"
  | "empty"
  | "good"
  /** What SQLite can open but not all of which is right. */
  | "damaged"
  /** What SQLite does not take for a database any more, or whose events it cannot read. */
  | "unreadable"
  | "newer"
  | "foreign";

export interface Inspection {
  health: StoreHealth;
  /** In the words of SQLite. */
  problems: string[];
  events: number;
  cases: number;
}

const TRUTH = [
  "events",
  "scripts",
  "erased",
  "drafts",
  "access",
  "cursors",
  "imports",
  "migrations",
] as const;

function tablesOf(connection: Connection): Set<string> {
  const rows = connection.sql("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')").all();
  return new Set((rows as { name: string }[]).map((row) => row.name));
}

/** Reads every event; a row that cannot be read, or is no JSON, is one that SQLite's own check may pass over. */
function eventProblems(connection: Connection): { problems: string[]; events: number; cases: number } {
  const row = connection
    .sql(
      "SELECT count(*) AS events, count(DISTINCT case_id) AS cases, coalesce(sum(NOT json_valid(data)), 0) AS bad, sum(length(id) <> 36) AS odd FROM events NOT INDEXED",
    )
    .get() as { events: number; cases: number; bad: number; odd: number | null };
  const problems = [
    ...(row.bad > 0 ? [`${row.bad} events are no JSON`] : []),
    ...(row.odd ? [`${row.odd} events have no id`] : []),
  ];
  return { problems, events: row.events, cases: row.cases };
}

function inspectOpen(connection: Connection): Inspection {
  const state = schemaState(connection.db);
  if (state === "newer" || state === "foreign") return { health: state, problems: [], events: 0, cases: 0 };
  if (state === "fresh") return { health: "empty", problems: [], events: 0, cases: 0 };
  const tables = tablesOf(connection);
  const lost = TRUTH.filter((name) => !tables.has(name));
  if (lost.length > 0)
    return { health: "unreadable", problems: [`missing: ${lost.join(", ")}`], events: 0, cases: 0 };
  const { problems, ...counts } = eventProblems(connection);
  if (problems.length > 0) return { health: "unreadable", problems, ...counts };
  const found = integrityProblems(connection);
  const gone = cacheIs(connection) === undefined ? [] : CACHE_TABLES.filter((name) => !tables.has(name));
  const all = [...found, ...(gone.length > 0 ? [`missing: ${gone.join(", ")}`] : [])];
  return { health: all.length > 0 ? "damaged" : "good", problems: all, ...counts };
}

/** Reads the whole file. Throws only where it may not be read at all (permissions, a network share, another program's lock). */
export function inspectStore(path: string, t: Translate): Inspection {
  const none = { problems: [], events: 0, cases: 0 };
  if (!existsSync(path)) return { health: "absent", ...none };
  if (statSync(path).size === 0) return { health: "empty", ...none };
  let connection: Connection | undefined;
  try {
    connection = connectReading(path, BUSY_MS, t);
    return inspectOpen(connection);
  } catch (error) {
    const fault = faultOf(error);
    // A missing table or column is an SQL error without a code of the file's own.
    const isSql = (error as { code?: unknown }).code === "SQLITE_ERROR";
    if (fault !== "corrupt" && fault !== "io_error" && !isSql) throw error;
    return { health: "unreadable", ...none, problems: [(error as Error).message] };
  } finally {
    connection?.close();
  }
}

/** A copy of a file and its journal as they lie on the disk. */
export function keepAsItIs(path: string, copy: string): void {
  for (const end of ["", "-wal"]) if (existsSync(path + end)) copyFileSync(path + end, copy + end);
}

/**
 * Makes the indexes and the cache anew where the events are whole. False: that was not enough, or could not be done; the
 * truth was not touched.
 */
export function mendStore(path: string, options: StoreOptions & { readOnly?: false }): boolean {
  const t = options.t ?? ((key: string) => key);
  try {
    const connection = connect(path, path, { readOnly: false, wal: true, busyMs: BUSY_MS, t });
    try {
      for (const table of CACHE_TABLES) connection.db.exec(`DROP TABLE IF EXISTS ${table}`);
      connection.sql("DELETE FROM cursors WHERE name = 'cache'").run();
      connection.db.exec("REINDEX");
    } finally {
      connection.close();
    }
    openStore(path, options).close();
    return inspectStore(path, t).health === "good";
  } catch {
    return false;
  }
}

/** How many cases differ from what their events say, among at most `limit` looked at; nothing is changed. */
export function staleCases(
  path: string,
  options: StoreOptions,
  limit: number,
): { looked: number; stale: number } {
  const store = openStore(path, { ...options, readOnly: true });
  if (!store) return { looked: 0, stale: 0 };
  try {
    const ids = store.query<{ id: string }>(
      "SELECT DISTINCT case_id AS id FROM events WHERE type = 'opened' ORDER BY position DESC LIMIT @limit",
      { limit },
    );
    const stale = ids.filter(({ id }) => {
      const truth = JSON.stringify(store.state(id)?.case);
      try {
        return truth !== JSON.stringify(store.case(id));
      } catch {
        return true;
      }
    });
    const extra = store.query<{ n: number }>(
      "SELECT count(*) AS n FROM cases c WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.case_id = c.id)",
    );
    return { looked: ids.length, stale: stale.length + (extra[0]?.n ?? 0) };
  } finally {
    store.close();
  }
}
