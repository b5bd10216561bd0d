/** How a CSV text is written: its delimiter, its quotes, and where its header is below what is no data. */
import { parse } from "csv-parse/sync";
import { type CsvForm, csvOptions } from "./csv-rows.ts";
import { type FormatHints, plainName } from "./rows.ts";

export interface CsvShape extends CsvForm {
  headers?: string[];
  headerLine?: number;
  /** The physical line of the first row of data. */
  firstLine: number;
  width: number;
  junk: number[];
}

interface Record_ {
  line: number;
  /** The line after it. */
  next: number;
  cells: string[];
}

/** Enough to see the shape; the last line may be cut off. */
export const SAMPLE_LINES = 1000;
/** A header further down is given in the map. */
const DEEPEST_HEADER = 100;

const DELIMITERS = [",", ";", "\t", "|", "\u0001", "^", "~"] as const;

function cut(lines: readonly string[], form: CsvForm, from = 0): Record_[] {
  const text = lines.slice(from).join("\n");
  let raw: { record: string[]; info: { lines: number } }[];
  try {
    raw = parse(text, csvOptions(form)) as unknown as typeof raw;
  } catch {
    // A quote is open: every line for itself shows the shape as well.
    raw = lines.slice(from).map((line, i) => ({
      record: line.split(form.delimiter),
      info: { lines: i + 1 },
    }));
  }
  let line = from + 1;
  return raw.map(({ record, info }) => {
    const began = line;
    // Lines are joined by "\n" here, so the parser counts them rightly.
    line = from + info.lines + 1;
    return { line: began, next: line, cells: record.map((cell) => cell.trim()) };
  });
}

const isBlank = (record: Record_): boolean => record.cells.every((cell) => cell === "");

/** The number of columns that most rows have. */
function widthOf(records: readonly Record_[]): { width: number; share: number } {
  const counts = new Map<number, number>();
  const filled = records.filter((r) => !isBlank(r));
  for (const { cells } of filled) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const [width, n] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0];
  return { width, share: filled.length === 0 ? 0 : n / filled.length };
}

/** Quotes escaped by a backslash, as some databases write them. */
function escapeOf(text: string): string | undefined {
  const slashed = text.match(/[^\\]\\"/g)?.length ?? 0;
  const doubled = text.match(/[^"]""[^"]/g)?.length ?? 0;
  return slashed > 2 * doubled ? "\\" : undefined;
}

function formFor(text: string, delimiter: string): CsvForm {
  const escaped = escapeOf(text);
  const spaced = text.split(`${delimiter} "`).length - 1;
  const tight = text.split(`${delimiter}"`).length - 1;
  return {
    delimiter,
    ...(escaped === undefined ? {} : { escape: escaped }),
    ...(spaced > tight && delimiter !== "\t" ? { trim: true } : {}),
  };
}

/** How many of `names` a record has as cells. */
function namesIn(record: Record_, names: ReadonlySet<string>): number {
  const cells = new Set(record.cells.map(plainName));
  let found = 0;
  for (const name of names) if (cells.has(name)) found++;
  return found;
}

function bestByNames(
  records: readonly Record_[],
  names: ReadonlySet<string>,
): { record?: Record_; found: number } {
  let best: { record?: Record_; found: number } = { found: 0 };
  for (const record of records.slice(0, DEEPEST_HEADER)) {
    const found = namesIn(record, names);
    if (found > best.found) best = { record, found };
  }
  return best;
}

/** The delimiter by which most lines have the same number of columns, more than one; the map's names decide first. */
function findDelimiter(lines: readonly string[], names: ReadonlySet<string>): string {
  const text = lines.join("\n");
  const scored = DELIMITERS.map((delimiter) => {
    const records = cut(lines, formFor(text, delimiter));
    const { width, share } = widthOf(records);
    const named = names.size > 1 ? bestByNames(records, names).found : 0;
    return { delimiter, score: width > 1 ? named * 100 + share * share * Math.min(width, 8) : 0 };
  });
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).delimiter;
}

const NUMBER = /^[\s\d.,:;/\\()+%$€£¥-]*$/;
const DATE_LIKE = /^\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}/;

/** Names, not values: every cell is a short text of its own. */
function looksLikeHeader(record: Record_, width: number): boolean {
  const { cells } = record;
  const filled = cells.filter((cell) => cell !== "");
  if (cells.length < width || filled.length < Math.max(1, Math.ceil(width * 0.6))) return false;
  if (
    filled.some(
      (cell) => cell.length > 120 || DATE_LIKE.test(cell) || (NUMBER.test(cell) && !/^\d{1,3}$/.test(cell)),
    )
  )
    return false;
  return new Set(filled.map(plainName)).size >= filled.length * 0.7;
}

/** Values below a header are of another kind than the names: numbers, dates, the same word again. */
function differsBelow(records: readonly Record_[], at: number, width: number): boolean {
  const header = records[at]!;
  const below = records.slice(at + 1, at + 51).filter((r) => !isBlank(r));
  if (below.length === 0) return true;
  const isValue = (cell: string) => NUMBER.test(cell) || DATE_LIKE.test(cell) || cell.length > 60;
  for (let i = 0; i < width; i++) {
    const cells = below.map((r) => r.cells[i] ?? "").filter((cell) => cell !== "");
    if (cells.length === 0) continue;
    if (cells.some((cell) => plainName(cell) === plainName(header.cells[i] ?? ""))) return false;
    if (cells.filter(isValue).length > cells.length / 2) return true;
  }
  // Only words everywhere: a header says more with fewer letters.
  return below.length > 1;
}

function findHeader(records: readonly Record_[], width: number): Record_ | undefined {
  for (let i = 0; i < Math.min(records.length, DEEPEST_HEADER); i++) {
    const record = records[i]!;
    if (record.cells.length < width || isBlank(record)) continue;
    if (looksLikeHeader(record, width) && differsBelow(records, i, width)) return record;
    // The first full row is data: what follows is no header either.
    if (record.cells.length === width && record.cells.filter((c) => c !== "").length > width / 2)
      return undefined;
  }
  return undefined;
}

/** Lines above `end` that say something. */
function junkAbove(lines: readonly string[], end: number): number[] {
  return lines.slice(0, end - 1).flatMap((line, i) => (/[^\s,;|"\u0001]/.test(line) ? [i + 1] : []));
}

/** The first row that is as wide as the others: what stands above is no data. */
function firstRow(records: readonly Record_[], width: number): number {
  return (records.find((r) => r.cells.length >= width && !isBlank(r)) ?? records[0])?.line ?? 1;
}

function headerRecord(
  lines: readonly string[],
  form: CsvForm,
  hints: FormatHints,
  names: ReadonlySet<string>,
): Record_ | undefined {
  if (hints.header === "none") return undefined;
  if (typeof hints.header === "number") return cut(lines, form, hints.header - 1)[0];
  const records = cut(lines, form);
  const { record, found } = bestByNames(records, names);
  if (record && found >= Math.max(1, names.size / 2)) return record;
  return findHeader(records, widthOf(records).width);
}

/** Finds the shape of a CSV text from its first lines and what the map says. */
export function findCsvShape(lines: readonly string[], hints: FormatHints): CsvShape {
  const names = new Set(hints.names.map(plainName));
  const given = hints.delimiter === "\\t" || hints.delimiter === "tab" ? "\t" : hints.delimiter;
  const delimiter = given ?? (hints.format === "tsv" ? "\t" : findDelimiter(lines, names));
  const form = formFor(lines.join("\n"), delimiter);
  const header = headerRecord(lines, form, hints, names);
  if (header) {
    return {
      ...form,
      headers: header.cells,
      headerLine: header.line,
      firstLine: header.next,
      width: header.cells.length,
      junk: junkAbove(lines, header.line),
    };
  }
  const records = cut(lines, form);
  const { width } = widthOf(records);
  const firstLine = firstRow(records, width);
  return { ...form, firstLine, width, junk: junkAbove(lines, firstLine) };
}
