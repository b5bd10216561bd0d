/** Imports that appear whole: cases are written in short transactions and stay hidden until the last one is in. */
import { hostname } from "node:os";
import { newId, type Uuid } from "../core/id.ts";
import type { ImportSession } from "../core/store-port.ts";
import { type CaseWriter, SLICE_MS, type WriterContext } from "./case-writer.ts";
import type { Connection } from "./connection.ts";
import { CHILD_TABLES } from "./schema.ts";

/** Cases of imports that are not published yet. */
const HIDDEN = "SELECT id FROM main.cases WHERE import_id IN (SELECT id FROM main.imports WHERE visible = 0)";

/** A sign of life older than this is none, in milliseconds of the real clock. */
const DEAD_AFTER = 120_000;

/** Rows of hidden imports exist. */
export function hasHidden({ sql }: Connection): boolean {
  return sql("SELECT 1 FROM imports WHERE visible = 0 LIMIT 1").get() !== undefined;
}

/**
 * Lays views over the cache tables of a connection that only reads, so that no query of any kind sees hidden cases.
 * Rare (an import is under way, or one died), so ordinary readers pay one look at an empty table.
 */
export function hideImports({ db }: Connection): void {
  const queryOnly = db.pragma("query_only", { simple: true });
  db.pragma("query_only = OFF");
  db.exec(`CREATE TEMP VIEW cases AS SELECT * FROM main.cases WHERE id NOT IN (${HIDDEN});
    CREATE TEMP VIEW events AS SELECT * FROM main.events WHERE case_id NOT IN (${HIDDEN});
    CREATE TEMP VIEW case_counts AS SELECT status, count(*) AS n FROM cases GROUP BY status;`);
  for (const table of CHILD_TABLES)
    db.exec(`CREATE TEMP VIEW ${table} AS SELECT * FROM main.${table} WHERE case_id NOT IN (${HIDDEN})`);
  db.pragma(`query_only = ${queryOnly}`);
}

/**
 * Much is added and none of it counts before it is published: the journal need not reach the disk with every slice, and
 * the pages of the indexes stay in memory instead of being written again and again.
 */
function setUpForMuch({ db }: Connection): void {
  db.pragma("synchronous = NORMAL");
  db.pragma("wal_autocheckpoint = 32000");
  db.pragma("cache_size = -65536");
  db.pragma("temp_store = MEMORY");
}

function setUpForLittle({ db }: Connection): void {
  db.pragma("wal_autocheckpoint = 1000");
  db.pragma("cache_size = -2000");
  db.pragma("temp_store = DEFAULT");
}

interface Sign {
  host: string;
  pid: number;
  at: number;
}

/** Whether the process that writes an import still runs; one on another machine by its last sign of life. */
function isAlive({ host, pid, at }: Sign): boolean {
  if (host !== hostname()) return Date.now() - at < DEAD_AFTER;
  // What this very process left behind it has given up.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

export function createImports(connection: Connection, writer: CaseWriter, context: WriterContext) {
  const { sql } = connection;
  const signOf = (id: Uuid) => `importing ${id}`;

  function sign(id: Uuid): void {
    const value: Sign = { host: hostname(), pid: process.pid, at: Date.now() };
    sql(
      "INSERT INTO cursors (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
    ).run(signOf(id), JSON.stringify(value));
  }

  /** Runs `one` for each item, in slices of one transaction each. */
  function slices<T>(id: Uuid, items: Iterator<T>, one: (item: T) => void): number {
    let count = 0;
    for (let more = true; more; )
      writer.write(() => {
        const start = performance.now();
        sign(id);
        while (performance.now() - start < SLICE_MS) {
          const next = items.next();
          if (next.done) {
            more = false;
            return;
          }
          one(next.value);
          count++;
        }
      });
    return count;
  }

  function* casesOf(id: Uuid): Generator<Uuid> {
    for (;;) {
      const rows = sql("SELECT id FROM cases WHERE import_id = ? LIMIT 200").all(id) as { id: Uuid }[];
      if (rows.length === 0) return;
      for (const row of rows) yield row.id;
    }
  }

  function drop(id: Uuid): void {
    slices(id, casesOf(id), (caseId) => {
      writer.cache.remove(caseId);
      writer.forgetCase(caseId);
      sql("DELETE FROM events WHERE case_id = ?").run(caseId);
    });
    writer.write(() => {
      sql("DELETE FROM imports WHERE id = ?").run(id);
      sql("DELETE FROM cursors WHERE name = ?").run(signOf(id));
    });
  }

  function dropDead(): void {
    const hidden = sql("SELECT id FROM imports WHERE visible = 0").all() as { id: Uuid }[];
    for (const { id } of hidden) {
      const row = sql("SELECT value FROM cursors WHERE name = ?").get(signOf(id)) as
        | { value: string }
        | undefined;
      if (!row || !isAlive(JSON.parse(row.value) as Sign)) drop(id);
    }
  }

  return (source: string, file: string): ImportSession => {
    dropDead();
    const now = context.now();
    const id = newId(now.getTime(), context.random);
    writer.write(() => {
      sql("INSERT INTO imports (id, source, at, file, visible) VALUES (?, ?, ?, ?, 0)").run(
        id,
        source,
        now.toISOString(),
        file,
      );
      sign(id);
    });
    return {
      id,
      append(cases) {
        const items = cases[Symbol.iterator]();
        setUpForMuch(connection);
        try {
          return slices(id, items, ({ caseId, drafts }) => writer.addNew(caseId, drafts));
        } finally {
          // What goes into the journal next, the publishing above all, is on disk with everything before it.
          connection.db.pragma("synchronous = FULL");
        }
      },
      publish() {
        writer.write(() => {
          sql("UPDATE imports SET visible = 1 WHERE id = ?").run(id);
          sql("DELETE FROM cursors WHERE name = ?").run(signOf(id));
        });
        setUpForLittle(connection);
      },
      drop() {
        drop(id);
        setUpForLittle(connection);
      },
    };
  };
}
