/** Opens a store: checks the place, the file and its version, makes or mends what may be made, and joins the parts. */
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  statSync,
} from "node:fs";
import { dirname } from "node:path";
import type { PhoneKey } from "../core/customer.ts";
import { ComplaintError } from "../core/errors.ts";
import type { RandomBytes } from "../core/id.ts";
import type { Translate } from "../core/library-port.ts";
import type { Store } from "../core/store-port.ts";
import { type CaseReader, createCaseReader } from "./case-reader.ts";
import { type CaseWriter, createCaseWriter } from "./case-writer.ts";
import { BUSY_MS, type Connection, connect } from "./connection.ts";
import { createEventLog, type EventLog } from "./event-log.ts";
import { createImports, hasHidden, hideImports } from "./import-session.ts";
import { migrate, schemaState } from "./migrations.ts";
import { networkShare } from "./network-share.ts";
import { phoneKeyFor } from "./phone-library.ts";
import { connectReading } from "./read-only.ts";
import { cacheIs, cacheMark, type Refill, refillCache } from "./rebuild.ts";
import { createSqliteStore } from "./sqlite-store.ts";
import { storeError, toStoreError } from "./store-error.ts";

export interface StoreOptions {
  now: () => Date;
  random: RandomBytes;
  agent: string;
  /** Leaves the file as it is; the store is undefined where there is no file yet. */
  readOnly?: boolean;
  /** Makes the folder where it is missing (mode 0700): for the default home only. */
  create?: boolean;
  /** ISO 3166 country of phone numbers that are written without one. */
  country?: string | undefined;
  /** Says what went wrong in the user's language. */
  t?: Translate;
  /** How long to wait for another writer, in milliseconds. */
  busyMs?: number;
}

/** The parts of an open store, for maintenance that works on the tables (`doctor`, `backup`). */
export interface StoreParts {
  connection: Connection;
  log: EventLog;
  writer: CaseWriter;
  reader: CaseReader;
  phoneKey: PhoneKey;
  importing: Store["importing"];
}

function checkPlace(path: string, create: boolean, t: Translate): void {
  const folder = dirname(path);
  if (!existsSync(folder)) {
    if (!create) throw storeError("folder_missing", t, { path, folder });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  const share = networkShare(folder);
  if (share) throw storeError("network_share", t, { path, type: share });
  if (existsSync(path) && !statSync(path).isFile()) throw storeError("cannot_open", t, { path });
}

/** SQLite would open a file it may not write for reading, and fail at the first answer. */
function checkWritable(path: string): void {
  accessSync(dirname(path), constants.W_OK);
  if (existsSync(path)) accessSync(path, constants.W_OK);
}

/** SQLite would make the file readable to all; its journal takes over the file's mode. */
function makeFile(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, "a", 0o600));
  else if (statSync(path).size === 0) chmodSync(path, 0o600);
}

function checkVersion(connection: Connection, t: Translate): ReturnType<typeof schemaState> {
  const state = schemaState(connection.db);
  if (state === "newer") throw storeError("newer_version", t, { path: connection.path });
  if (state === "foreign") throw storeError("not_a_store", t, { path: connection.path });
  return state;
}

function partsOf(connection: Connection, options: StoreOptions): StoreParts {
  const hides = connection.readOnly && hasHidden(connection);
  if (hides) hideImports(connection);
  const phoneKey = phoneKeyFor(options.country);
  const log = createEventLog(connection);
  const { now, random, agent } = options;
  const context = { now, random, agent, phoneKey };
  const writer = createCaseWriter(connection, log, context);
  return {
    connection,
    log,
    writer,
    reader: createCaseReader(connection, phoneKey, hides),
    phoneKey,
    importing: createImports(connection, writer, context),
  };
}

/** A store that is gone when it is closed: for trying out. */
const IN_MEMORY = ":memory:";

/** Opening in steps: most stores are open at once, a cache that is made anew takes many slices. */
type Opening<T> = Generator<Refill, T>;

/** Opens for writing and brings tables and cache up to date. */
function* openWriting(path: string, options: StoreOptions, t: Translate): Opening<StoreParts> {
  if (path !== IN_MEMORY) {
    checkPlace(path, options.create === true, t);
    checkWritable(path);
    makeFile(path);
  }
  const busyMs = options.busyMs ?? BUSY_MS;
  const connection = connect(path, path, { readOnly: false, wal: true, busyMs, t });
  try {
    const parts = partsOf(connection, options);
    if (checkVersion(connection, t) !== "present")
      connection.write(() => {
        if (checkVersion(connection, t) !== "present") migrate(connection.db, options.now().toISOString());
      });
    const good = cacheMark(options.country);
    if (cacheIs(connection) !== good) yield* refillCache(connection, parts.writer, parts.log, good);
    return parts;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Opens for reading; undefined: no file, or an empty one. A cache of another version is made anew first. */
function* openReadingInSteps(
  path: string,
  options: StoreOptions,
  t: Translate,
): Opening<StoreParts | undefined> {
  if (!existsSync(path) || (statSync(path).isFile() && statSync(path).size === 0)) return undefined;
  checkPlace(path, false, t);
  const connection = connectReading(path, options.busyMs ?? BUSY_MS, t);
  try {
    const state = checkVersion(connection, t);
    if (state === "fresh") {
      connection.close();
      return undefined;
    }
    if (state === "present" && cacheIs(connection) === cacheMark(options.country))
      return partsOf(connection, options);
  } catch (error) {
    connection.close();
    throw error;
  }
  connection.close();
  (yield* openWriting(path, options, t)).connection.close();
  const again = connectReading(path, options.busyMs ?? BUSY_MS, t);
  return partsOf(again, options);
}

function* openInSteps(path: string, options: StoreOptions): Opening<Store | undefined> {
  const t = options.t ?? ((key: string) => key);
  try {
    const parts = yield* options.readOnly
      ? openReadingInSteps(path, options, t)
      : openWriting(path, options, t);
    return parts && createSqliteStore(parts, options, t);
  } catch (error) {
    throw error instanceof ComplaintError ? error : toStoreError(error, t, path);
  }
}

/** All steps at once. */
function finish<T>(opening: Opening<T>): T {
  let step = opening.next();
  while (!step.done) step = opening.next();
  return step.value;
}

/** `openStore` for reading, as parts. */
export function openReading(path: string, options: StoreOptions, t: Translate): StoreParts | undefined {
  return finish(openReadingInSteps(path, options, t));
}

/**
 * Opens the store at `path`. Throws ComplaintError (exit 4) with the code of what is wrong: busy, disk_full, corrupt,
 * read_only, cannot_open, io_error, newer_version, network_share, folder_missing, not_a_store,
 * no_library.
 */
export function openStore(path: string, options: StoreOptions & { readOnly: true }): Store | undefined;
export function openStore(path: string, options: StoreOptions & { readOnly?: false }): Store;
export function openStore(path: string, options: StoreOptions): Store | undefined {
  return finish(openInSteps(path, options));
}

/**
 * `openStore` that gives way while an outdated cache is made anew: `tell` hears how far it is after each slice, and
 * signals are heard; who is stopped then leaves a file that the next one goes on with.
 */
export function openPatiently(
  path: string,
  options: StoreOptions & { readOnly: true },
  tell: (refill: Refill) => void,
): Promise<Store | undefined>;
export function openPatiently(
  path: string,
  options: StoreOptions & { readOnly?: false },
  tell: (refill: Refill) => void,
): Promise<Store>;
export async function openPatiently(
  path: string,
  options: StoreOptions,
  tell: (refill: Refill) => void,
): Promise<Store | undefined> {
  const opening = openInSteps(path, options);
  for (;;) {
    const step = opening.next();
    if (step.done) return step.value;
    tell(step.value);
    await new Promise(setImmediate);
  }
}
