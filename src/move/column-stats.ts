/** What stands in each column of a file: how much, how varied, and what the values look like. */
import { cellText, isNoTime } from "./cell-values.ts";
import type { Column } from "./import-map.ts";
import type { Row, RowSource } from "./rows.ts";

export interface ColumnStats {
  column: Column;
  /** As it is called in the file; for JSON its path. */
  name: string;
  filled: number;
  /** Different values with their numbers, as long as they are few. */
  values: Map<string, number>;
  /** There were more different values than are kept. */
  isVaried: boolean;
  /** Different values, as far as a sample tells. */
  distinct: number;
  letters: number;
  emails: number;
  phones: number;
  numbers: number;
  /** The first values, in the order of the file. */
  first: string[];
  /** Values by their form: every digit 9, every letter a. */
  shapes: Map<string, { count: number; samples: string[] }>;
}

export interface FileStats {
  rows: number;
  columns: ColumnStats[];
}

const MOST_VALUES = 300;
const MOST_SHAPES = 60;
const SAMPLES = 60;
const FIRST = 400;
/** Longer texts are no dates. */
const LONGEST_SHAPE = 64;
const MOST_COLUMNS = 300;
const DEEPEST = 4;

function shapeOf(text: string): string {
  return text
    .replace(/\d+/g, (digits) => (digits.length < 3 ? "9" : "9".repeat(digits.length)))
    .replace(/[\p{L}\p{M}]+/gu, (word) =>
      /^[TZ]$|^(?:GMT|UTC)$/.test(word) || /\p{Script=Han}/u.test(word) ? word : "a",
    );
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PHONE = /^[+(]?\d[\d\s().\-/]{5,18}\d$/;

function newStats(column: Column, name: string): ColumnStats {
  return {
    column,
    name,
    filled: 0,
    values: new Map(),
    isVaried: false,
    distinct: 0,
    letters: 0,
    emails: 0,
    phones: 0,
    numbers: 0,
    first: [],
    shapes: new Map(),
  };
}

function countShape(stats: ColumnStats, text: string): void {
  if (text.length > LONGEST_SHAPE || !/\d/.test(text)) return;
  const shape = shapeOf(text);
  const found = stats.shapes.get(shape);
  if (!found && stats.shapes.size >= MOST_SHAPES) return;
  const entry = found ?? { count: 0, samples: [] };
  entry.count++;
  // Spread over the file: the first rows of a file are often of the same month.
  if (entry.samples.length < SAMPLES) entry.samples.push(text);
  else if (entry.count % 7 === 0) entry.samples[((entry.count / 7) % SAMPLES) | 0] = text;
  stats.shapes.set(shape, entry);
}

function countValue(stats: ColumnStats, text: string, seen: Set<string>): void {
  if (seen.size < 20_000 && !seen.has(text)) {
    seen.add(text);
    stats.distinct++;
  }
  const known = stats.values.get(text);
  if (known !== undefined || stats.values.size < MOST_VALUES) stats.values.set(text, (known ?? 0) + 1);
  else stats.isVaried = true;
}

function count(stats: ColumnStats, cell: unknown, seen: Set<string>): void {
  const text = cellText(cell);
  if (isNoTime(text)) return;
  stats.filled++;
  stats.letters += text.length;
  if (EMAIL.test(text)) stats.emails++;
  if (PHONE.test(text)) stats.phones++;
  if (/^-?[\d.,]+$/.test(text)) stats.numbers++;
  if (stats.first.length < FIRST) stats.first.push(text);
  countShape(stats, text);
  countValue(stats, text.length > 200 ? text.slice(0, 200) : text, seen);
}

/** The values of an object by dotted path. */
function* leaves(value: unknown, path: string, depth: number): Generator<[string, unknown]> {
  const isPlain = typeof value !== "object" || value === null || value instanceof Date;
  const isList = Array.isArray(value);
  if (isPlain || (isList && value.every((item) => typeof item !== "object")) || depth > DEEPEST) {
    if (path !== "") yield [path, value];
    return;
  }
  for (const [key, inner] of Object.entries(value as object).slice(0, isList ? 3 : MOST_COLUMNS))
    yield* leaves(inner, path === "" ? key : `${path}.${key}`, depth + 1);
}

/** Looks at every row. */
export async function columnStats(source: RowSource): Promise<FileStats> {
  const columns = new Map<Column, { stats: ColumnStats; seen: Set<string> }>();
  const names = source.headers;
  const isDouble = (name: string) => names!.filter((other) => other === name).length > 1;
  function statsOf(column: Column, name: string) {
    let entry = columns.get(column);
    if (!entry && columns.size < MOST_COLUMNS) {
      entry = { stats: newStats(column, name), seen: new Set() };
      columns.set(column, entry);
    }
    return entry;
  }
  // A name that stands twice, or not at all, is no name: the number is.
  names?.forEach((name, i) => void statsOf(name === "" || isDouble(name) ? i + 1 : name, name));
  const keys = names?.map((name, i) => (name === "" || isDouble(name) ? i + 1 : name));
  let rows = 0;
  function take({ data, fault }: Row): void {
    if (fault || (Array.isArray(data) && data.every((cell) => cellText(cell) === ""))) return;
    rows++;
    if (Array.isArray(data) && source.width !== undefined) {
      for (const [i, cell] of data.entries()) {
        const key = keys?.[i] ?? (keys ? undefined : i + 1);
        const entry = key === undefined ? undefined : statsOf(key, names?.[i] ?? "");
        if (entry) count(entry.stats, cell, entry.seen);
      }
      return;
    }
    for (const [path, cell] of leaves(data, "", 0)) {
      const entry = statsOf(path, path);
      if (entry) count(entry.stats, cell, entry.seen);
    }
  }
  for await (const batch of source.batches()) for (const row of batch) take(row);
  return { rows, columns: [...columns.values()].map(({ stats }) => stats) };
}
