/**
 * Seats that share a folder and nothing else: each writes its own events there, in files that appear whole, and reads
 * what the others wrote. A file that is not whole yet, or that another program put there, is passed over.
 */
import { chmodSync, lstatSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ComplaintError } from "../core/errors.ts";
import type { CaseEvent, EventOf } from "../core/event.ts";
import { type RandomBytes, toBase32, type Uuid } from "../core/id.ts";
import type { Translate } from "../core/library-port.ts";
import type { Store } from "../core/store-port.ts";
import { BUNDLE_VERSION, isBundleHead, type Review, takeBundle } from "../store/bundle.ts";
import { FOREIGN, foreignRanges, isForeign, settledEnd, stretchOf } from "../store/own-events.ts";
import { storeError } from "../store/store-error.ts";
import { readLines, writeWhole } from "../store/text-file.ts";

export interface SyncContext {
  store: Store;
  folder: string;
  t: Translate;
  now: Date;
  by: string;
  random: RandomBytes;
  review: Review;
}

export interface SyncResult {
  seat: string;
  /** Files of others that were taken in now. */
  files: number;
  added: number;
  known: number;
  cases: Uuid[];
  /** Own events in the files that were written now. */
  written: number;
  ignored: { path: string; reason: string }[];
  /** Erasures that came from others: backups must follow. */
  erasures: EventOf<"redacted">[];
}

/** Events per file: only the last one grows, so the others are neither written nor read again. */
const PER_FILE = 20_000;
const EXTENSION = ".bundle";

function checkFolder({ folder, t }: SyncContext): void {
  try {
    if (statSync(folder).isDirectory()) return;
  } catch {
    // Told below.
  }
  throw storeError("folder_missing", t, { path: folder, folder });
}

/** The name of this store among the others; made once. */
function seatOf({ store, random }: SyncContext): string {
  const known = store.cursor("seat");
  if (known !== undefined) return known;
  const seat = toBase32(random(10)).toLowerCase();
  store.putCursor("seat", seat);
  return seat;
}

function firstLine(path: string): string | undefined {
  try {
    for (const { text } of readLines(path)) return text;
  } catch {
    // Gone again, or no text.
  }
  return undefined;
}

/** Files in the folder that may be bundles, scripts first; links lead elsewhere and are not followed. */
function bundleFiles(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(EXTENSION) && !name.startsWith("."));
  const isScripts = (name: string) => name.endsWith(`-scripts${EXTENSION}`);
  return names
    .filter((name) => lstatSync(join(folder, name)).isFile())
    .sort((a, b) => Number(isScripts(b)) - Number(isScripts(a)) || (a < b ? -1 : 1));
}

function takeFile(context: SyncContext, name: string, isOwn: boolean, result: SyncResult): void {
  const { store, folder, t, review } = context;
  const path = join(folder, name);
  const head = firstLine(path);
  const cursor = `read ${folder} ${name}`;
  if (head === undefined || !isBundleHead(head)) {
    result.ignored.push({ path, reason: t("move.sync_no_bundle") });
    return;
  }
  if (store.cursor(cursor) === head) return;
  try {
    const source = { path, lines: () => readLines(path) };
    const { added, known, cases } = takeBundle(store, source, t, review, isOwn ? undefined : FOREIGN);
    result.files++;
    result.added += added;
    result.known += known;
    result.cases.push(...cases);
    store.putCursor(cursor, head);
  } catch (error) {
    // Not whole yet on a slow share, or never: it is looked at again next time.
    if (!(error instanceof ComplaintError) || error.exit !== 3) throw error;
    result.ignored.push({ path, reason: error.message });
  }
}

const asLine = (value: unknown): string => `${JSON.stringify(value)}\n`;

interface OwnFile {
  name: string;
  /** Changes whenever the file must be written anew. */
  sign: string;
  events: number;
  lines: (head: string) => Iterable<string>;
  counts: { scripts: number; events: number };
}

function scriptsFile({ store }: SyncContext, seat: string): OwnFile {
  const scripts = [...store.scripts()];
  return {
    name: `${seat}-scripts${EXTENSION}`,
    sign: scripts.map((script) => script.hash).join(" "),
    events: 0,
    counts: { scripts: scripts.length, events: 0 },
    *lines(head) {
      yield head;
      for (const script of scripts) yield asLine({ script });
    },
  };
}

function* eventLines(store: Store, from: number, to: number, keep: (position: number) => boolean) {
  for (const { position, event } of store.eventsSince(from - 1)) {
    if (position > to) return;
    const { id, caseId, seq, at, by, type, data } = event;
    if (keep(position)) yield asLine({ id, case: caseId, seq, at, by, type, data });
  }
}

/** The files that this seat's own events make, each a stretch of positions. */
function* eventFiles({ store }: SyncContext, seat: string): Generator<OwnFile> {
  const end = settledEnd(store);
  const foreign = foreignRanges(store);
  for (let n = 0; n * PER_FILE < end; n++) {
    const from = n * PER_FILE + 1;
    const to = Math.min(end, (n + 1) * PER_FILE);
    const stretch = stretchOf(store, from, to, foreign);
    yield {
      name: `${seat}-${String(n + 1).padStart(5, "0")}${EXTENSION}`,
      sign: JSON.stringify(stretch),
      events: stretch.own,
      counts: { scripts: 0, events: stretch.own },
      *lines(head) {
        yield head;
        yield* eventLines(store, from, to, (position) => !isForeign(foreign, position));
      },
    };
  }
}

/** Whoever may enter the folder may read what is in it. */
function shareLike(folder: string, path: string): void {
  try {
    chmodSync(path, statSync(folder).mode & 0o666);
  } catch {
    // Shares without modes of their own.
  }
}

function writeFile(context: SyncContext, seat: string, file: OwnFile, result: SyncResult): void {
  const { store, folder, now, by } = context;
  const path = join(folder, file.name);
  const cursor = `wrote ${folder} ${file.name}`;
  const wrote = store.cursor(cursor);
  const known = wrote === undefined ? undefined : (JSON.parse(wrote) as { sign: string; head: string });
  if (file.counts.events + file.counts.scripts === 0 && !known) return;
  if (known?.sign === file.sign && firstLine(path) === known.head.trimEnd()) return;
  const head = asLine({
    complaint_bundle: BUNDLE_VERSION,
    ...file.counts,
    made_at: now.toISOString(),
    by,
    seat,
    // Tells this version of the file from every other.
    version: toBase32(context.random(10)).toLowerCase(),
  });
  writeWhole(path, file.lines(head));
  shareLike(folder, path);
  store.putCursor(cursor, JSON.stringify({ sign: file.sign, head }));
  store.putCursor(`read ${folder} ${file.name}`, head.trimEnd());
  result.written += file.events;
}

function newErasures(store: Store, since: number): EventOf<"redacted">[] {
  const found: CaseEvent[] = [];
  for (const { event } of store.eventsSince(since)) if (event.type === "redacted") found.push(event);
  return found as EventOf<"redacted">[];
}

/**
 * Reads what the other seats wrote, then writes what is this seat's own. An own file that somebody else wrote (a copy of
 * this store, or one that was restored) is read too, so that nothing in it is lost by writing over it.
 */
export function syncFolder(context: SyncContext): SyncResult {
  checkFolder(context);
  const { store, folder } = context;
  const seat = seatOf(context);
  const result: SyncResult = {
    seat,
    files: 0,
    added: 0,
    known: 0,
    cases: [],
    written: 0,
    ignored: [],
    erasures: [],
  };
  const before = store.query<{ n: number | null }>("SELECT max(position) AS n FROM events")[0]?.n ?? 0;
  for (const name of bundleFiles(folder)) takeFile(context, name, name.startsWith(`${seat}-`), result);
  result.cases = [...new Set(result.cases)];
  if (result.added > 0) result.erasures = newErasures(store, before);
  writeFile(context, seat, scriptsFile(context, seat), result);
  for (const file of eventFiles(context, seat)) writeFile(context, seat, file, result);
  return result;
}
