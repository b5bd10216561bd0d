/** Copies of the whole store that are made while it is in use, checked, and put back. */
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { badData, ComplaintError, storeFailed } from "../core/errors.ts";
import type { CaseEvent } from "../core/event.ts";
import type { Translate } from "../core/library-port.ts";
import { systemReason } from "../core/system-reason.ts";
import { BUSY_MS, type Connection, connect, isBusy } from "./connection.ts";
import { schemaState } from "./migrations.ts";
import { openStore, type StoreOptions } from "./open-store.ts";
import { connectReading } from "./read-only.ts";
import { faultOf, toStoreError } from "./store-error.ts";

export interface BackupFacts {
  path: string;
  bytes: number;
  cases: number;
  events: number;
  /** When the newest event happened. */
  newest?: string;
}

function factsOf(connection: Connection, path: string): BackupFacts {
  const row = connection
    .sql("SELECT count(*) AS events, count(DISTINCT case_id) AS cases, max(at) AS newest FROM events")
    .get() as { events: number; cases: number; newest: string | null };
  const { events, cases, newest } = row;
  return { path, bytes: statSync(path).size, cases, events, ...(newest === null ? {} : { newest }) };
}

/** What SQLite finds wrong in a file; empty: nothing. */
export function integrityProblems(connection: Connection): string[] {
  const rows = connection.db.pragma("integrity_check(20)") as { integrity_check: string }[];
  return rows.map((row) => row.integrity_check).filter((text) => text !== "ok");
}

function bad(t: Translate, code: string, path: string, detail = ""): ComplaintError {
  const message = t(`move.${code}`, { path, detail });
  return badData(code, message, t("move.backup_hint"), [{ path, message: detail || message }]);
}

const MAGIC = "SQLite format 3\0";

function isDatabase(path: string): boolean {
  const file = openSync(path, "r");
  try {
    const head = Buffer.alloc(16);
    return readSync(file, head) === 16 && head.toString("latin1") === MAGIC;
  } finally {
    closeSync(file);
  }
}

/** Looks through a backup. Throws exit 3 where it is missing, damaged, of a newer version or something else. */
export function checkBackup(path: string, t: Translate): BackupFacts {
  let connection: Connection | undefined;
  try {
    if (!existsSync(path)) throw bad(t, "backup_missing", path);
    if (!statSync(path).isFile()) throw bad(t, "backup_bad", path);
    if (!isDatabase(path)) throw bad(t, "backup_bad", path);
    connection = connectReading(path, BUSY_MS, t);
    const state = schemaState(connection.db);
    if (state === "newer") throw bad(t, "backup_newer", path);
    if (state === "foreign" || state === "fresh") throw bad(t, "backup_foreign", path);
    const [problem] = integrityProblems(connection);
    if (problem !== undefined) throw bad(t, "backup_bad", path, problem);
    return factsOf(connection, path);
  } catch (error) {
    if (error instanceof ComplaintError) throw error;
    if (faultOf(error) !== undefined) throw bad(t, "backup_bad", path, (error as Error).message);
    throw error;
  } finally {
    connection?.close();
  }
}

function sync(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Copies what is committed now into `target`, mode 0600, without free pages; nobody who writes has to wait. */
function copyInto(source: string, target: string, t: Translate): void {
  // SQLite would make the file readable to all; it takes an empty one as it is.
  closeSync(openSync(target, "wx", 0o600));
  const connection = connectReading(source, BUSY_MS, t);
  try {
    connection.db.pragma("query_only = OFF");
    connection.sql("VACUUM INTO ?").run(target);
  } finally {
    connection.close();
  }
}

/** A name beside `target` for what is not ready yet. */
const draftOf = (target: string): string => join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);

function removeDatabase(path: string): void {
  for (const end of ["", "-wal", "-shm", "-journal"]) rmSync(path + end, { force: true });
}

/**
 * Makes a copy of the store at `source` under the name `target`: whole, checked and on disk before the name appears.
 * Replaces a file of that name. Throws exit 4 where the store cannot be read or the copy not be written.
 */
export function makeBackup(source: string, target: string, t: Translate): BackupFacts {
  const draft = draftOf(target);
  try {
    removeDatabase(draft);
    copyInto(source, draft, t);
    const facts = checkBackup(draft, t);
    sync(draft);
    renameSync(draft, target);
    sync(dirname(target));
    return { ...facts, path: target };
  } catch (error) {
    removeDatabase(draft);
    if (error instanceof ComplaintError) throw error;
    // A system call that failed was about the copy; what SQLite says is about the store.
    if (typeof (error as NodeJS.ErrnoException).syscall !== "string") throw toStoreError(error, t, source);
    const params = { path: target, reason: systemReason(error, t) };
    throw storeFailed("file_failed", t("cli.error.file", params), t("cli.error.file_hint"));
  }
}

/** What is in the store at `path` and not in the backup: restoring would lose it. */
export function lossBy(path: string, backup: string, t: Translate): { cases: number; events: number } {
  const connection = connectReading(path, BUSY_MS, t);
  try {
    connection.db.pragma("query_only = OFF");
    connection.sql("ATTACH ? AS backup").run(backup);
    return connection
      .sql(
        `SELECT count(*) AS events, count(DISTINCT e.case_id) AS cases FROM main.events e
         WHERE NOT EXISTS (SELECT 1 FROM backup.events b WHERE b.id = e.id)`,
      )
      .get() as { cases: number; events: number };
  } finally {
    connection.close();
  }
}

/**
 * Takes the file for this process alone: only one connection can take a database out of WAL mode. False: somebody else
 * has it open. The file has no journal afterwards.
 */
export function takeAlone(path: string, t: Translate): boolean {
  try {
    const connection = connect(path, path, { readOnly: false, wal: false, busyMs: 500, t });
    try {
      const [row] = connection.db.pragma("journal_mode = DELETE") as { journal_mode: string }[];
      return row?.journal_mode === "delete";
    } finally {
      connection.close();
    }
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  }
}

/** The erasures that a store knows of; none where it cannot be read. */
export function erasuresOf(path: string, options: StoreOptions): CaseEvent[] {
  const store = openStore(path, { ...options, readOnly: true });
  if (!store) return [];
  try {
    const found: CaseEvent[] = [];
    for (const { event } of store.eventsSince(0)) if (event.type === "redacted") found.push(event);
    return found;
  } finally {
    store.close();
  }
}

/** A second name for the old file and its journal, so that at no moment there is no store. */
function keepOld(path: string, keepAs: string): void {
  for (const end of ["", "-wal"]) {
    if (!existsSync(path + end)) continue;
    rmSync(keepAs + end, { force: true });
    try {
      linkSync(path + end, keepAs + end);
    } catch {
      copyFileSync(path + end, keepAs + end);
    }
    chmodSync(keepAs + end, 0o600);
  }
}

/**
 * Puts a checked backup in the place of the store, with `erasures` applied to it again. The file appears whole; until then
 * the old one stays. `keepAs`: the name under which the old one is kept.
 */
export function putBack(
  backup: string,
  path: string,
  erasures: readonly CaseEvent[],
  options: StoreOptions & { readOnly?: false },
  keepAs?: string,
): void {
  const t = options.t ?? ((key: string) => key);
  const draft = draftOf(path);
  try {
    removeDatabase(draft);
    copyInto(backup, draft, t);
    const store = openStore(draft, options);
    try {
      if (erasures.length > 0) store.absorb(erasures, []);
      store.scrub();
    } finally {
      store.close();
    }
    takeAlone(draft, t);
    sync(draft);
    if (keepAs !== undefined) keepOld(path, keepAs);
    for (const end of ["-wal", "-shm", "-journal"]) rmSync(path + end, { force: true });
    renameSync(draft, path);
    chmodSync(path, 0o600);
    sync(dirname(path));
  } catch (error) {
    removeDatabase(draft);
    throw error instanceof ComplaintError ? error : toStoreError(error, t, path);
  }
}
