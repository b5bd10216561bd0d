/** The rows of a CSV or TSV text, each with its physical line; a quote that is never closed costs one row, not the rest. */
import { type CsvError, type Options, type Parser, parse } from "csv-parse";
import type { LooksLikeRow, Row } from "./rows.ts";

export interface CsvForm {
  delimiter: string;
  /** A backslash where the writer did not double its quotes. */
  escape?: string;
  /** Blanks stand between a delimiter and a quote. */
  trim?: true;
}

/** A longer row is a quote that was never closed, or no CSV at all. */
const LONGEST = 8 * 1024 * 1024;
/** More open quotes than this in one file: it is not worth reading it again for each. */
const RESTARTS = 100;

export function csvOptions(form: CsvForm): Options {
  return {
    delimiter: form.delimiter,
    ...(form.escape === undefined ? {} : { escape: form.escape }),
    ...(form.trim ? { ltrim: true } : {}),
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    record_delimiter: ["\r\n", "\n", "\r"],
    max_record_size: LONGEST,
  };
}

/** Pieces that never end inside a line break or a character of two units, from physical line `from` on. */
function* fromLine(pieces: Iterable<string>, from: number): Generator<string> {
  let left = from - 1;
  let held = "";
  for (const piece of pieces) {
    let text = held + piece;
    held = /[\r\ud800-\udbff]$/.exec(text)?.[0] ?? "";
    if (held) text = text.slice(0, -1);
    while (left > 0) {
      const end = /\r\n|\n|\r/.exec(text);
      if (!end) break;
      text = text.slice(end.index + end[0].length);
      left--;
    }
    if (left === 0 && text !== "") yield text;
  }
  if (left === 0 && held) yield held;
}

/** Where the lines of the bytes that were given to the parser end, counted from the first byte. */
function lineCounter(first: number) {
  const ends: number[] = [];
  let head = 0;
  let at = 0;
  let line = first;
  return {
    take(bytes: Buffer) {
      for (let i = 0; i < bytes.length; i++) {
        const byte = bytes[i];
        if (byte === 10 || (byte === 13 && bytes[i + 1] !== 10)) ends.push(at + i + 1);
      }
      at += bytes.length;
    },
    /** The line at which the row that ends at `byte` began. */
    pass(byte: number): number {
      const began = line;
      while (head < ends.length && ends[head]! <= byte) head++;
      line += head;
      ends.splice(0, head);
      head = 0;
      return began;
    },
  };
}

interface Raw {
  record: string[];
  info: { bytes: number };
}

function drain(parser: Parser, lines: ReturnType<typeof lineCounter>): Row[] {
  const rows: Row[] = [];
  for (let raw = parser.read() as Raw | null; raw !== null; raw = parser.read() as Raw | null)
    rows.push({ line: lines.pass(raw.info.bytes), data: raw.record });
  return rows;
}

/** Rows from a line on; ends with a row of fault where the parser gave up. */
async function* plainRows(pieces: Iterable<string>, form: CsvForm, from: number): AsyncGenerator<Row[]> {
  const parser = parse(csvOptions(form));
  const lines = lineCounter(from);
  let failed: CsvError | undefined;
  parser.on("error", (error: CsvError) => {
    failed = error;
  });
  for (const piece of fromLine(pieces, from)) {
    const bytes = Buffer.from(piece);
    lines.take(bytes);
    parser.write(bytes);
    const rows = drain(parser, lines);
    if (rows.length > 0) yield rows;
    // Signals and progress get their turn; an error of the parser comes with the next tick.
    await new Promise(setImmediate);
    if (failed) break;
  }
  if (!failed) {
    parser.end();
    await new Promise(setImmediate);
  }
  const rest = drain(parser, lines);
  if (failed) {
    const line = lines.pass(-1);
    rest.push({ line, data: [], fault: failed.code === "CSV_MAX_RECORD_SIZE" ? "too_long" : "quote" });
  }
  if (rest.length > 0) yield rest;
}

/** `"text" ` and `"He said "no""`, which the parser leaves as they stand. */
function unquoted(cell: string): string {
  if (cell.charCodeAt(0) !== 34) return cell;
  const inner = /^"([\s\S]*)"\s*$/.exec(cell)?.[1];
  return inner === undefined ? cell : inner.replaceAll('""', '"');
}

/** Whether a text of the row holds a line that is a row of its own. */
function swallows(row: Row, form: CsvForm, looksLikeRow: LooksLikeRow): boolean {
  const cells = row.data as readonly string[];
  return cells.some((cell) => {
    if (!/[\r\n]/.test(cell)) return false;
    const [, ...inner] = cell.split(/\r\n|\n|\r/);
    return inner.some((line) => {
      const parts = line.split(form.delimiter);
      return parts.length > 1 && looksLikeRow(parts.map(unquoted));
    });
  });
}

/** One physical line as it stands. */
function lineText(pieces: Iterable<string>, line: number): string {
  let text = "";
  for (const piece of fromLine(pieces, line)) {
    text += piece;
    if (/[\r\n]/.test(text) || text.length > 10_000) break;
  }
  return text.split(/\r\n|\n|\r/, 1)[0]!.slice(0, 10_000);
}

/** The rows of a text from physical line `from` on. */
export async function* csvRows(
  pieces: () => Iterable<string>,
  form: CsvForm,
  from = 1,
  looksLikeRow?: LooksLikeRow,
): AsyncGenerator<readonly Row[]> {
  let next: number | undefined = from;
  for (let tries = 0; next !== undefined; tries++) {
    const start: number = next;
    next = undefined;
    const mayRestart = tries < RESTARTS;
    for await (const rows of plainRows(pieces(), form, start)) {
      const good: Row[] = [];
      for (const row of rows) {
        const isOpen =
          row.fault !== undefined || (looksLikeRow && mayRestart && swallows(row, form, looksLikeRow));
        if (isOpen) {
          const text = lineText(pieces(), row.line);
          good.push({ line: row.line, data: [], fault: row.fault ?? "quote", text });
          next = mayRestart ? row.line + 1 : undefined;
          break;
        }
        good.push({ line: row.line, data: (row.data as string[]).map(unquoted) });
      }
      yield good;
      if (next !== undefined) break;
    }
  }
}
