/** Opens a file as rows: its format, encoding, delimiter and header are found where the map does not say them. */
import type { Translate } from "../core/library-port.ts";
import { csvRows } from "./csv-rows.ts";
import { type CsvShape, findCsvShape, SAMPLE_LINES } from "./csv-shape.ts";
import { decoded, findEncoding } from "./encoding.ts";
import type { Format } from "./import-map.ts";
import { type InputFile, wholeInput } from "./input-file.ts";
import { findList, jsonlRows, jsonRows } from "./json-rows.ts";
import { JsonScanError } from "./json-scan.ts";
import { type FormatHints, fileFault, type Row, type RowSource } from "./rows.ts";
import { cellRows, readCells, WorkbookError } from "./xlsx-rows.ts";

const SAMPLE_SIZE = 512 * 1024;

function headOf(input: InputFile): Buffer {
  for (const chunk of input.chunks()) return chunk.subarray(0, 4096);
  return Buffer.alloc(0);
}

const startsWith = (head: Buffer, bytes: readonly number[]): boolean =>
  bytes.every((byte, i) => head[i] === byte);

/** The beginning of the text, with whole lines. */
function sampleOf(pieces: Iterable<string>): string {
  let text = "";
  for (const piece of pieces) {
    text += piece;
    if (text.length >= SAMPLE_SIZE)
      return text.slice(0, Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1);
  }
  return text;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON Lines where the first two lines are values of their own. */
function jsonFormat(text: string): Format {
  const [first = "", second = ""] = text.split("\n").filter((line) => line.trim() !== "");
  if (!isJson(first)) return "json";
  if (second !== "") return isJson(second) ? "jsonl" : "json";
  return /^\s*\{/.test(first) && !/:\s*\[\s*\{/.test(first) ? "jsonl" : "json";
}

function textFormat(path: string, text: string): Format {
  if (/^\s*[{[]/.test(text)) return jsonFormat(text);
  return /\.(tsv|tab)$/i.test(path) ? "tsv" : "csv";
}

function csvSource(
  pieces: () => Iterable<string>,
  sample: string,
  hints: FormatHints,
  facts: { format: Format; encoding: string },
): RowSource {
  const lines = sample.split(/\r\n|\n|\r/);
  if (lines.at(-1) === "") lines.pop();
  const from = typeof hints.header === "number" ? hints.header : 1;
  const shape: CsvShape = findCsvShape(lines.slice(0, from + SAMPLE_LINES), {
    ...hints,
    format: facts.format,
  });
  return {
    ...facts,
    delimiter: shape.delimiter,
    width: shape.width,
    junk: shape.junk,
    ...(shape.headers ? { headers: shape.headers, headerLine: shape.headerLine! } : {}),
    batches: (looksLikeRow) => csvRows(pieces, shape, shape.firstLine, looksLikeRow),
  };
}

async function* withFaults(
  rows: AsyncIterable<readonly Row[]>,
  path: string,
  t: Translate,
): AsyncGenerator<readonly Row[]> {
  try {
    yield* rows;
  } catch (error) {
    if (error instanceof JsonScanError) throw fileFault(t, `json_${error.kind}`, path, { line: error.line });
    throw error;
  }
}

function jsonSource(
  input: InputFile,
  pieces: () => Iterable<string>,
  hints: FormatHints,
  facts: { format: Format; encoding: string },
  t: Translate,
): RowSource {
  const base = { ...facts, junk: [] };
  if (facts.format === "jsonl")
    return { ...base, batches: () => withFaults(jsonlRows(pieces()), input.path, t) };
  const path = hints.rows ?? findList(pieces);
  if (path === undefined) throw fileFault(t, "json_no_list", input.path);
  return { ...base, batches: () => withFaults(jsonRows(pieces(), path), input.path, t) };
}

/** The header of a sheet: found as in a text. */
async function sheetSource(input: InputFile, hints: FormatHints, t: Translate): Promise<RowSource> {
  let cells: unknown[][];
  try {
    cells = await readCells(wholeInput(input), hints.sheet ?? 1);
  } catch (error) {
    if (error instanceof WorkbookError) throw fileFault(t, error.fault, input.path);
    throw error;
  }
  if (cells.length === 0) throw fileFault(t, "empty", input.path);
  const text = (cell: unknown): string =>
    cell === null || cell === undefined
      ? ""
      : (cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell)).replace(/[\s\u0001]+/g, " ");
  const lines = cells
    .slice(0, SAMPLE_LINES)
    .map((row) => row.map((cell) => text(cell).replaceAll('"', "”")).join("\u0001"));
  const shape = findCsvShape(lines, { ...hints, delimiter: "\u0001" });
  return {
    format: "xlsx",
    width: Math.max(shape.width, ...cells.slice(0, SAMPLE_LINES).map((row) => row.length)),
    junk: shape.junk,
    ...(shape.headers ? { headers: shape.headers, headerLine: shape.headerLine! } : {}),
    batches: () => cellRows(cells, shape.firstLine),
  };
}

/** Opens `input`. Throws exit 3 where it is empty or no file of a kind that can be read. */
export async function openSource(input: InputFile, hints: FormatHints, t: Translate): Promise<RowSource> {
  const head = headOf(input);
  if (head.length === 0) throw fileFault(t, "empty", input.path);
  if (startsWith(head, [0xd0, 0xcf, 0x11, 0xe0])) throw fileFault(t, "old_excel", input.path);
  const isZip = startsWith(head, [0x50, 0x4b, 3, 4]);
  if (hints.format === "xlsx" || (isZip && hints.format === undefined)) {
    if (!isZip) throw fileFault(t, "xlsx_broken", input.path);
    return sheetSource(input, hints, t);
  }
  if (isZip || startsWith(head, [0x1f, 0x8b]) || startsWith(head, [0x25, 0x50, 0x44, 0x46]))
    throw fileFault(t, "not_text", input.path);
  const encoding = findEncoding(input.chunks, hints.encoding).name;
  const pieces = () => decoded(input.chunks, encoding);
  const sample = sampleOf(pieces());
  if (sample.trim() === "") throw fileFault(t, "empty", input.path);
  const format = hints.format ?? textFormat(input.path, sample);
  if (format === "csv" || format === "tsv") return csvSource(pieces, sample, hints, { format, encoding });
  return jsonSource(input, pieces, hints, { format, encoding }, t);
}
