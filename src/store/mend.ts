/** Looks at a store that may be damaged, and mends what follows from the events. */
import { copyFileSync, existsSync, statSync } from "node:fs";
import { eventProblem } from "../core/event-schema.ts";
import type { Uuid } from "../core/id.ts";
import type { Translate } from "../core/library-port.ts";
import { integrityProblems } from "./backup.ts";
import { BUSY_MS, type Connection, connect } from "./connection.ts";
import type { EventRow } from "./event-log.ts";
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
  /** Cases some of whose events are here, but not the one they begin with: lost, or not come yet from another seat. */
  headless: Uuid[];
}

const NOTHING = { problems: [], events: 0, cases: 0, headless: [] };

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

function isGood({ case_id: caseId, data, ...rest }: Omit<EventRow, "position">): boolean {
  try {
    return eventProblem({ ...rest, case: caseId, data: JSON.parse(data) }) === undefined;
  } catch {
    return false;
  }
}

/** Reads every event: SQLite's own check does not know what one looks like. A bad one is what `rescue` would leave out. */
function readEvents({ sql }: Connection): Omit<Inspection, "health"> {
  let events = 0;
  let bad = 0;
  for (const row of sql("SELECT id, case_id, seq, at, by, type, data FROM events NOT INDEXED").iterate()) {
    events++;
    if (!isGood(row as Omit<EventRow, "position">)) bad++;
  }
  const streams = sql(
    "SELECT case_id AS id, max(type = 'opened') AS opened, max(type = 'action-added') AS action FROM events NOT INDEXED GROUP BY case_id",
  ).all() as { id: Uuid; opened: number; action: number }[];
  return {
    problems: bad > 0 ? [`${bad} events cannot be read`] : [],
    events,
    cases: streams.filter((s) => s.opened === 1).length,
    headless: streams.filter((s) => s.opened === 0 && s.action === 0).map((s) => s.id),
  };
}

function inspectOpen(connection: Connection): Inspection {
  const state = schemaState(connection.db);
  if (state === "newer" || state === "foreign") return { health: state, ...NOTHING };
  if (state === "fresh") return { health: "empty", ...NOTHING };
  const tables = tablesOf(connection);
  const lost = TRUTH.filter((name) => !tables.has(name));
  if (lost.length > 0) return { health: "unreadable", ...NOTHING, problems: [`missing: ${lost.join(", ")}`] };
  const { problems, ...counts } = readEvents(connection);
  if (problems.length > 0) return { health: "unreadable", problems, ...counts };
  const found = integrityProblems(connection);
  const gone = cacheIs(connection) === undefined ? [] : CACHE_TABLES.filter((name) => !tables.has(name));
  const all = [...found, ...(gone.length > 0 ? [`missing: ${gone.join(", ")}`] : [])];
  return { health: all.length > 0 ? "damaged" : "good", problems: all, ...counts };
}

/** Reads the whole file. Throws only where it may not be read at all (permissions, a network share, another program's lock). */
export function inspectStore(path: string, t: Translate): Inspection {
  if (!existsSync(path)) return { health: "absent", ...NOTHING };
  if (statSync(path).size === 0) return { health: "empty", ...NOTHING };
  let connection: Connection | undefined;
  try {
    connection = connectReading(path, BUSY_MS, t);
    return inspectOpen(connection);
  } catch (error) {
    const fault = faultOf(error);
    // A missing table or column is an SQL error without a code of the file's own.
    const isSql = (error as { code?: unknown }).code === "SQLITE_ERROR";
    if (fault !== "corrupt" && fault !== "io_error" && !isSql) throw error;
    return { health: "unreadable", ...NOTHING, problems: [(error as Error).message] };
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
