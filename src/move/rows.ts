/** What every kind of file is read as: rows, each with the physical line at which it begins. */
import { badData, type ComplaintError } from "../core/errors.ts";
import type { Translate } from "../core/library-port.ts";
import type { Column, Format } from "./import-map.ts";

/** Columns of our own in a file of rows that could not be taken: what they hold is no part of a row. */
export const ERROR_COLUMNS = ["import_line", "import_error"] as const;

/** Why a row could not be read at all. */
export type RowFault = "quote" | "not_json" | "not_object" | "too_long";

export interface Row {
  line: number;
  /** Cells in order; for JSON the object (or list) itself. */
  data: readonly unknown[] | Readonly<Record<string, unknown>>;
  fault?: RowFault;
  /** The text as it stood, where it could not be cut into cells. */
  text?: string;
}

/** Whether a line inside a text is a row of its own, so that a quote before it was never closed. */
export type LooksLikeRow = (cells: readonly string[]) => boolean;

export interface RowSource {
  format: Format;
  encoding?: string;
  delimiter?: string;
  /** Names of the columns, where the file has them. */
  headers?: readonly string[];
  /** The physical line of the header. */
  headerLine?: number;
  /** How many columns a row has; undefined: each has its own. */
  width?: number;
  /** Lines above the header that are no data. */
  junk: readonly number[];
  /** The rows from the first to the last, in batches. */
  batches: (looksLikeRow?: LooksLikeRow) => AsyncIterable<readonly Row[]>;
}

/** What a map says of the file's form; what it leaves out is found. */
export interface FormatHints {
  format?: Format | undefined;
  encoding?: string | undefined;
  delimiter?: string | undefined;
  header?: number | "none" | undefined;
  sheet?: number | string | undefined;
  rows?: string | undefined;
  /** Names of columns that the map uses, to know the header by. */
  names: readonly string[];
}

/** A file that is not what it should be: exit 3. */
export function fileFault(
  t: Translate,
  code: string,
  path: string,
  more: { line?: number } = {},
): ComplaintError {
  const message = t(`move.${code}`, { path, line: more.line ?? 0 });
  return badData(code, message, t("move.file_hint"), [{ path, ...more, message }]);
}

/** Names as they are compared: case, blanks and punctuation do not count. */
export function plainName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

/** Gives what a row holds in one column. */
export type ReadColumn = (row: Row) => unknown;

function valueAt(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Record<string, unknown>)[key];
  }
  return found;
}

function objectReader(column: Column): ReadColumn {
  if (typeof column === "number") return ({ data }) => (Array.isArray(data) ? data[column - 1] : undefined);
  const path = column.split(".");
  // A key may hold a full stop itself.
  return ({ data }) =>
    Object.hasOwn(data, column) ? (data as Record<string, unknown>)[column] : valueAt(data, path);
}

/** The place of a column among the headers; several of that name: undefined too, and `isDouble`. */
export function columnIndex(headers: readonly string[], name: string): { index?: number; isDouble?: true } {
  for (const same of [(h: string) => h === name, (h: string) => plainName(h) === plainName(name)]) {
    const found = headers.flatMap((header, i) => (same(header) ? [i] : []));
    if (found.length > 1) return { isDouble: true };
    if (found.length === 1) return { index: found[0]! };
  }
  return {};
}

/** A reader for a column of `source`; undefined: there is none such. Keys of JSON differ from row to row, so they always are. */
export function columnReader(source: RowSource, column: Column): ReadColumn | undefined {
  if (source.format === "json" || source.format === "jsonl") return objectReader(column);
  const { headers, width = 0 } = source;
  const index = typeof column === "number" ? column - 1 : headers && columnIndex(headers, column).index;
  if (index === undefined || index >= Math.max(width, headers?.length ?? 0)) return undefined;
  return ({ data }) => (data as readonly unknown[])[index];
}
