/** A connection that reads and leaves the file as it was, also where nothing may be written. */
import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { Translate } from "../core/library-port.ts";
import { type Connection, connect } from "./connection.ts";

function hasJournal(path: string): boolean {
  const wal = `${path}-wal`;
  return existsSync(wal) && statSync(wal).size > 0;
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Bytes 18 and 19 of the header say WAL (2); a database in memory can only be read with a rollback journal (1). */
function inMemory(path: string): Buffer {
  const bytes = readFileSync(path);
  if (bytes[18] === 2) bytes[18] = 1;
  if (bytes[19] === 2) bytes[19] = 1;
  return bytes;
}

/** File and journal copied to a folder of our own, which is gone again as soon as SQLite holds the copies open. */
function connectCopy(path: string, busyMs: number, t: Translate): Connection {
  const folder = mkdtempSync(join(tmpdir(), "complaint-"));
  try {
    const copy = join(folder, basename(path));
    copyFileSync(path, copy);
    copyFileSync(`${path}-wal`, `${copy}-wal`);
    const connection = connect(path, copy, { readOnly: false, wal: false, busyMs, t });
    connection.db.prepare("SELECT count(*) FROM sqlite_schema").get();
    connection.db.pragma("query_only = ON");
    return { ...connection, readOnly: true };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Opens `path` for reading. SQLite needs a shared-memory file beside a WAL database even to read it:
 * - where the folder cannot be written, the file is read into memory, or copied with its journal;
 * - where a journal has content, a read-only connection leaves it there;
 * - else a connection that could write and may not: it takes its two empty files away again when it closes.
 */
export function connectReading(path: string, busyMs: number, t: Translate): Connection {
  if (!mayWrite(dirname(path))) {
    if (hasJournal(path)) return connectCopy(path, busyMs, t);
    return { ...connect(path, inMemory(path), { readOnly: false, wal: false, busyMs, t }), readOnly: true };
  }
  if (hasJournal(path)) return connect(path, path, { readOnly: true, wal: false, busyMs, t });
  const connection = connect(path, path, { readOnly: false, wal: false, busyMs, t });
  connection.db.pragma("query_only = ON");
  return { ...connection, readOnly: true };
}
