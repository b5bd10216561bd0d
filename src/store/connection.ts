/** One connection to a database file: opened with the settings that make a commit durable, and the one way to write. */
import { statSync } from "node:fs";
import Database from "better-sqlite3";
import type { Translate } from "../core/library-port.ts";
import { nativeAddon } from "./native.ts";
import { storeError } from "./store-error.ts";

export interface Connection {
  db: Database.Database;
  path: string;
  readOnly: boolean;
  /** A prepared statement, kept. */
  sql(text: string): Database.Statement;
  /** Runs `body` in one durable transaction (BEGIN IMMEDIATE … COMMIT); all of it or nothing. Inside another it joins that. */
  write<T>(body: () => T): T;
  /** True once after another connection wrote: what was remembered of the file may be old. Ask inside a transaction. */
  changedElsewhere(): boolean;
  close(): void;
}

/** How long a writer waits for its turn, in milliseconds. */
export const BUSY_MS = 5000;

const idle = new Int32Array(new SharedArrayBuffer(4));

/** Blocks this thread; the store is synchronous on purpose. */
export function sleep(ms: number): void {
  Atomics.wait(idle, 0, 0, ms);
}

export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(String((error as { code?: unknown } | undefined)?.code));
}

/** A clock that only goes forward. `performance` would load a module that nothing else here needs. */
const upMs = (): number => process.uptime() * 1000;

/** Who has waited longer looks more often, so that nobody is overtaken for long; never so often that it costs the writer's processor. */
function pause(waited: number): number {
  return Math.max(1, 5 - waited / 50) * (0.5 + Math.random());
}

/** How often a waiting writer looks whether others get on, and how many times the usual patience it has while they do. */
const LOOK_MS = 250;
const PATIENCE = 12;

/**
 * Repeats `attempt` while the file is busy, `busyMs` at most. Where `progress` changes meanwhile, others are writing in
 * turn and nobody is stuck: fifty programs at once on a slow machine are no failure, so the wait begins anew.
 */
export function untilFree<T>(attempt: () => T, busyMs: number, progress?: () => unknown): T {
  const start = upMs();
  let since = start;
  let looked = start;
  let seen = progress?.();
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      const now = upMs();
      if (progress && now - looked >= LOOK_MS) {
        looked = now;
        const present = progress();
        if (present !== seen && now - start < PATIENCE * busyMs) since = now;
        seen = present;
      }
      if (!isBusy(error) || now - since >= busyMs) throw error;
      sleep(pause(now - start));
    }
  }
}

/** Changes with every commit: when the journal was last written. */
function journalTime(path: string): number | undefined {
  return statSync(`${path}-wal`, { throwIfNoEntry: false })?.mtimeMs;
}

function begin(db: Database.Database, busyMs: number): void {
  // SQLite's own busy handler sleeps up to 100 ms between looks: unfair, and slow where commits take one.
  db.pragma("busy_timeout = 0");
  try {
    untilFree(
      () => db.exec("BEGIN IMMEDIATE"),
      busyMs,
      () => journalTime(db.name),
    );
  } finally {
    db.pragma(`busy_timeout = ${busyMs}`);
  }
}

function setUp(db: Database.Database, wal: boolean, busyMs: number): void {
  // Two processes that create a file at once: changing the journal mode does not wait for its turn by itself.
  if (wal) untilFree(() => db.pragma("journal_mode = WAL"), busyMs);
  // After journal_mode: this build reopens WAL files with NORMAL.
  db.pragma("synchronous = FULL");
  db.pragma("secure_delete = ON");
  db.pragma("trusted_schema = OFF");
  // 16 MB, taken as it is needed: the indexes of a million cases are wider than the 2 MB that SQLite would keep.
  db.pragma("cache_size = -16384");
  db.pragma("foreign_keys = OFF");
}

/** Open connections of this process. */
const open = new Set<Database.Database>();

/**
 * The program leaves by `process.exit` at any moment. Closing writes the journal back into the file: who copies the
 * database while nobody works with it then copies all of it.
 */
function closeAtExit(db: Database.Database): void {
  if (open.size === 0) process.on("exit", closeAll);
  open.add(db);
}

function close(db: Database.Database): void {
  open.delete(db);
  if (open.size === 0) process.off("exit", closeAll);
  db.close();
}

function closeAll(): void {
  for (const db of open) {
    try {
      db.close();
    } catch {
      // Nothing is lost: what was committed is in the journal.
    }
  }
}

export interface ConnectionOptions {
  readOnly: boolean;
  /** Makes it a WAL database where it is none. */
  wal: boolean;
  busyMs: number;
  t: Translate;
}

/** Opens `path`, a file or a copy of one in memory. Errors are SQLite's own. */
export function connect(path: string, source: string | Buffer, options: ConnectionOptions): Connection {
  const { readOnly, wal, busyMs, t } = options;
  const db = new Database(source, {
    readonly: readOnly,
    timeout: busyMs,
    nativeBinding: nativeAddon() as never,
  });
  try {
    setUp(db, wal, busyMs);
  } catch (error) {
    db.close();
    throw error;
  }
  closeAtExit(db);
  const statements = new Map<string, Database.Statement>();
  // Asked before every read, so prepared once.
  const dataVersion = db.prepare("PRAGMA data_version").pluck();
  let seen = dataVersion.get() as number;
  return {
    db,
    path,
    readOnly,
    sql(text) {
      let statement = statements.get(text);
      if (!statement) {
        statement = db.prepare(text);
        statements.set(text, statement);
      }
      return statement;
    },
    write(body) {
      if (db.inTransaction) return body();
      try {
        begin(db, busyMs);
      } catch (error) {
        throw isBusy(error) ? storeError("busy", t, { path }) : error;
      }
      try {
        const result = body();
        db.exec("COMMIT");
        return result;
      } catch (error) {
        if (db.inTransaction) db.exec("ROLLBACK");
        throw error;
      }
    },
    changedElsewhere() {
      const now = dataVersion.get() as number;
      const changed = now !== seen;
      seen = now;
      return changed;
    },
    close: () => close(db),
  };
}
