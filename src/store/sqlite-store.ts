/** The store on SQLite: the port, put together from its parts; every error of SQLite leaves it as a ComplaintError. */
import type { Action } from "../core/action.ts";
import type { Uuid } from "../core/id.ts";
import type { Translate } from "../core/library-port.ts";
import type { AccessEntry, Store } from "../core/store-port.ts";
import { BUSY_MS, sleep } from "./connection.ts";
import type { StoreOptions, StoreParts } from "./open-store.ts";
import { openStore } from "./open-store.ts";
import { rebuildCache } from "./rebuild.ts";
import { toStoreError } from "./store-error.ts";

type AnyFunction = (...args: never[]) => unknown;

function* guardEach<T>(items: Iterable<T>, say: (error: unknown) => unknown): Generator<T> {
  try {
    yield* items;
  } catch (error) {
    throw say(error);
  }
}

const isIterator = (value: unknown): value is Iterable<unknown> =>
  typeof value === "object" && value !== null && typeof (value as { next?: unknown }).next === "function";

/** Every method of `store`, with SQLite's errors turned into ours. */
function guarded<T extends object>(store: T, say: (error: unknown) => unknown): T {
  const entries = Object.entries(store).map(([name, method]) => [
    name,
    (...args: never[]) => {
      try {
        const result = (method as AnyFunction)(...args);
        return isIterator(result) ? guardEach(result, say) : result;
      } catch (error) {
        throw say(error);
      }
    },
  ]);
  return Object.fromEntries(entries) as T;
}

function accessLog({ connection }: StoreParts, path: string, options: StoreOptions) {
  const { sql, write } = connection;
  return {
    logAccess(command: string, cases: readonly Uuid[]): void {
      // A store that only reads still has to say who looked.
      if (connection.readOnly) {
        const { readOnly: _, ...writing } = options;
        const store = openStore(path, writing);
        store.logAccess(command, cases);
        store.close();
        return;
      }
      write(() =>
        sql("INSERT INTO access (at, by, command, cases) VALUES (?, ?, ?, ?)").run(
          options.now().toISOString(),
          options.agent,
          command,
          JSON.stringify(cases),
        ),
      );
    },
    access(caseId: Uuid): AccessEntry[] {
      const rows = sql(
        "SELECT at, by, command, cases FROM access WHERE EXISTS (SELECT 1 FROM json_each(cases) WHERE value IN (?, '*')) ORDER BY position",
      ).all(caseId) as (Omit<AccessEntry, "cases"> & { cases: string })[];
      return rows.map((row) => ({ ...row, cases: JSON.parse(row.cases) as Uuid[] }));
    },
  };
}

function typedText({ connection }: StoreParts, options: StoreOptions) {
  const { sql, write } = connection;
  return {
    putTyped(caseId: Uuid, step: string, text: string): void {
      write(() => {
        if (text === "") sql("DELETE FROM drafts WHERE case_id = ? AND step = ?").run(caseId, step);
        else
          sql(
            "INSERT INTO drafts (case_id, step, text, at) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET text = excluded.text, at = excluded.at",
          ).run(caseId, step, JSON.stringify(text), options.now().toISOString());
      });
    },
    typed(caseId: Uuid, step: string): string | undefined {
      const row = sql("SELECT text FROM drafts WHERE case_id = ? AND step = ?").get(caseId, step) as
        | { text: string }
        | undefined;
      return row && (JSON.parse(row.text) as string);
    },
  };
}

/** Writes everything back into the file and empties the journal, so that no erased byte is left in it. False: a reader is in the way. */
function scrub({ connection }: StoreParts, busyMs: number): boolean {
  // The busy handler would wait its whole time at each attempt; a checkpoint that finds a reader just says so.
  connection.db.pragma("busy_timeout = 0");
  try {
    for (let attempt = 0; attempt < 20; attempt++) {
      const [row] = connection.db.pragma("wal_checkpoint(TRUNCATE)") as { busy: number }[];
      if (row?.busy === 0) return true;
      sleep(50);
    }
    return false;
  } finally {
    connection.db.pragma(`busy_timeout = ${busyMs}`);
  }
}

export function createSqliteStore(parts: StoreParts, options: StoreOptions, t: Translate): Store {
  const { connection, log, writer, reader } = parts;
  const store: Store = {
    putScript: (script) => void writer.putScript(script),
    script: (hash) => log.script(hash),
    personalFields: log.personalFields,
    has: (id) => log.has(id),
    refTaken: reader.refTaken,
    append: writer.append,
    appendAll: writer.appendAll,
    appendAction: writer.appendAction,
    actions: () =>
      (
        connection
          .sql(
            "SELECT body FROM actions a ORDER BY added_at, (SELECT min(position) FROM events e WHERE e.case_id = a.id)",
          )
          .all() as { body: string }[]
      ).map((row) => JSON.parse(row.body) as Action),
    update: writer.update,
    events: (id) => log.of(id),
    state: writer.state,
    case: reader.case,
    find: reader.find,
    lastOf: log.lastOf,
    list: reader.list,
    search: reader.search,
    each: reader.each,
    unfinished: reader.unfinished,
    casesOf: reader.casesOf,
    ...typedText(parts, options),
    ...accessLog(parts, connection.path, options),
    query: <T>(text: string, params: Readonly<Record<string, unknown>> = {}) => {
      const statement = connection.sql(text);
      if (!statement.readonly) throw new Error("query is for reading");
      return statement.all(params) as T[];
    },
    eventsSince: (position) => log.since(position),
    absorb: writer.absorb,
    scripts: () => log.scripts(),
    importing: parts.importing,
    cursor: (name) =>
      (connection.sql("SELECT value FROM cursors WHERE name = ?").get(name) as { value: string } | undefined)
        ?.value,
    putCursor: (name, value) =>
      connection.write(
        () =>
          void connection
            .sql(
              "INSERT INTO cursors (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
            )
            .run(name, value),
      ),
    rebuild: () => rebuildCache(connection, writer, log),
    scrub: () => scrub(parts, options.busyMs ?? BUSY_MS),
    close: () => connection.close(),
  };
  return guarded(store, (error) => toStoreError(error, t, connection.path));
}
