/**
 * Reads the rows of a database file without SQLite: page by page, whatever the tree above them looks like. For files that
 * SQLite refuses. The format: https://www.sqlite.org/fileformat2.html
 */
import { closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";

export type RawValue = string | number | null;

/** A row of some table; which one, only its values tell. */
export interface RawRow {
  rowid: number;
  values: RawValue[];
}

interface Pages {
  count: number;
  size: number;
  /** The newest committed content of a page; undefined: it cannot be read. */
  page(n: number): Buffer | undefined;
  close(): void;
}

const DEFAULT_SIZE = 4096;
const LEAF = 0x0d;
/** Columns of the widest table that is of interest. */
const MOST_COLUMNS = 16;
const LARGEST = 64 * 1024 * 1024;

function validSize(size: number): boolean {
  return size >= 512 && size <= 65_536 && (size & (size - 1)) === 0;
}

function pageSize(head: Buffer): number {
  const told = head.length >= 18 ? head.readUInt16BE(16) : 0;
  const size = told === 1 ? 65_536 : told;
  return validSize(size) ? size : DEFAULT_SIZE;
}

/** Where the newest committed content of each page lies in the journal (`-wal`). */
function journalPages(file: number, size: number): Map<number, number> {
  const head = Buffer.alloc(32);
  const places = new Map<number, number>();
  if (readSync(file, head, 0, 32, 0) < 32 || (head.readUInt32BE(0) & 0xfffffffe) !== 0x377f0682)
    return places;
  if (head.readUInt32BE(8) !== size) return places;
  const salt = head.subarray(16, 24);
  const frame = Buffer.alloc(24);
  let waiting: [number, number][] = [];
  for (let at = 32; readSync(file, frame, 0, 24, at) === 24; at += 24 + size) {
    if (!frame.subarray(8, 16).equals(salt)) break;
    waiting.push([frame.readUInt32BE(0), at + 24]);
    // A frame with the size of the database ends a transaction: what came before is committed.
    if (frame.readUInt32BE(4) === 0) continue;
    for (const [page, place] of waiting) places.set(page, place);
    waiting = [];
  }
  return places;
}

function openPages(path: string): Pages {
  const file = openSync(path, "r");
  const head = Buffer.alloc(100);
  const size = pageSize(head.subarray(0, readSync(file, head, 0, 100, 0)));
  const journal = existsSync(`${path}-wal`) ? openSync(`${path}-wal`, "r") : undefined;
  const places = journal === undefined ? new Map<number, number>() : journalPages(journal, size);
  const inFile = Math.ceil(fstatSync(file).size / size);
  return {
    size,
    count: Math.max(inFile, ...places.keys(), 0),
    page(n) {
      const bytes = Buffer.alloc(size);
      const place = places.get(n);
      try {
        const read =
          place === undefined
            ? readSync(file, bytes, 0, size, (n - 1) * size)
            : readSync(journal!, bytes, 0, size, place);
        return read > 0 ? bytes : undefined;
      } catch {
        return undefined;
      }
    },
    close() {
      closeSync(file);
      if (journal !== undefined) closeSync(journal);
    },
  };
}

/** A variable-length integer and how many bytes it took. */
function varint(bytes: Buffer, at: number): [value: number, length: number] {
  let value = 0;
  for (let i = 0; i < 9; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return [-1, 0];
    if (i === 8) return [value * 256 + byte, 9];
    value = value * 128 + (byte & 127);
    if (byte < 128) return [value, i + 1];
  }
  return [-1, 0];
}

/** The content of a cell, put together from its overflow pages. */
function payloadOf(pages: Pages, page: Buffer, at: number, length: number): Buffer | undefined {
  const { size } = pages;
  const most = size - 35;
  if (length <= most) return at + length <= page.length ? page.subarray(at, at + length) : undefined;
  const least = Math.floor(((size - 12) * 32) / 255) - 23;
  const local = least + ((length - least) % (size - 4));
  const here = local <= most ? local : least;
  if (at + here + 4 > page.length) return undefined;
  const parts = [page.subarray(at, at + here)];
  let left = length - here;
  let next = page.readUInt32BE(at + here);
  for (let hops = 0; left > 0; hops++) {
    const more = next > 0 && next <= pages.count && hops <= pages.count ? pages.page(next) : undefined;
    if (!more) return undefined;
    const part = more.subarray(4, 4 + Math.min(left, size - 4));
    parts.push(part);
    left -= part.length;
    next = more.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

const INTEGER_BYTES: Readonly<Record<number, number>> = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 6 };

/** One value by its serial type; undefined: a kind that no table here has. */
function readValue(bytes: Buffer, at: number, type: number): { value: RawValue; length: number } | undefined {
  if (type === 0) return { value: null, length: 0 };
  if (type === 8 || type === 9) return { value: type - 8, length: 0 };
  const width = INTEGER_BYTES[type];
  if (width !== undefined) {
    if (at + width > bytes.length) return undefined;
    return { value: bytes.readIntBE(at, width), length: width };
  }
  if (type === 6)
    return at + 8 > bytes.length ? undefined : { value: Number(bytes.readBigInt64BE(at)), length: 8 };
  if (type < 13 || type % 2 === 0) return undefined;
  const length = (type - 13) / 2;
  if (at + length > bytes.length) return undefined;
  return { value: bytes.toString("utf8", at, at + length), length };
}

function recordOf(bytes: Buffer): RawValue[] | undefined {
  const [headLength, first] = varint(bytes, 0);
  if (first === 0 || headLength > bytes.length || headLength < first) return undefined;
  const values: RawValue[] = [];
  let at = headLength;
  for (let head = first; head < headLength; ) {
    const [type, length] = varint(bytes, head);
    const found = length === 0 ? undefined : readValue(bytes, at, type);
    if (!found || values.length === MOST_COLUMNS) return undefined;
    values.push(found.value);
    at += found.length;
    head += length;
  }
  return values;
}

function* rowsOn(pages: Pages, page: Buffer, offset: number): Generator<RawRow> {
  const count = page.readUInt16BE(offset + 3);
  for (let i = 0; i < count && offset + 10 + i * 2 <= page.length; i++) {
    const at = page.readUInt16BE(offset + 8 + i * 2);
    const [length, lengthBytes] = varint(page, at);
    const [rowid, rowidBytes] = varint(page, at + lengthBytes);
    if (lengthBytes === 0 || rowidBytes === 0 || length < 2 || length > LARGEST) continue;
    const payload = payloadOf(pages, page, at + lengthBytes + rowidBytes, length);
    const values = payload && recordOf(payload);
    if (values) yield { rowid, values };
  }
}

/** Every row of every table that can still be read, in the order of the pages. Never throws for what it finds in the file. */
export function* rawRows(path: string): Generator<RawRow> {
  const pages = openPages(path);
  try {
    for (let n = 1; n <= pages.count; n++) {
      const page = pages.page(n);
      const offset = n === 1 ? 100 : 0;
      if (page?.[offset] !== LEAF) continue;
      yield* rowsOn(pages, page, offset);
    }
  } finally {
    pages.close();
  }
}
