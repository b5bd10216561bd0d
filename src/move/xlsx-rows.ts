/** The rows of a sheet. A workbook is unpacked in memory, so what it unpacks to is measured before. */
import { createInflateRaw } from "node:zlib";
import type { Row } from "./rows.ts";

/** Unpacked bytes that a workbook may have. */
const MOST = 300 * 1024 * 1024;
const ENTRY = 0x02014b50;
const END = 0x06054b50;

export type WorkbookFault = "xlsx_broken" | "xlsx_too_big" | "xlsx_no_sheet" | "xlsx_encrypted";

export class WorkbookError extends Error {
  override readonly name = "WorkbookError";
  readonly fault: WorkbookFault;

  constructor(fault: WorkbookFault) {
    super(fault);
    this.fault = fault;
  }
}

interface Entry {
  name: string;
  packed: Buffer;
  isDeflated: boolean;
}

/** The files in a zip archive, by its directory at the end (APPNOTE.TXT 4.3). */
function entriesOf(bytes: Buffer): Entry[] {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END)
    throw new WorkbookError("xlsx_broken");
  const count = bytes.readUInt16LE(end + 10);
  const entries: Entry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let n = 0; n < count; n++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== ENTRY) throw new WorkbookError("xlsx_broken");
    const [nameLength, extra, comment] = [28, 30, 32].map((o) => bytes.readUInt16LE(at + o)) as [
      number,
      number,
      number,
    ];
    const local = bytes.readUInt32LE(at + 42);
    if (local + 30 > bytes.length) throw new WorkbookError("xlsx_broken");
    if (bytes.readUInt16LE(at + 8) & 1) throw new WorkbookError("xlsx_encrypted");
    const data = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    entries.push({
      name: bytes.toString("utf8", at + 46, at + 46 + nameLength),
      packed: bytes.subarray(data, data + bytes.readUInt32LE(at + 20)),
      isDeflated: bytes.readUInt16LE(at + 10) === 8,
    });
    at += 46 + nameLength + extra + comment;
  }
  return entries;
}

/** Cells far outside of what a spreadsheet has: the reader would fill in all between. */
const OUTSIDE = /\br="(?:\d{8,}|[A-Z]{4,}\d|[A-Z]+\d{8,})/;

/** Unpacks without keeping; throws as soon as it is too much. */
async function measure({ packed, isDeflated }: Entry, left: number): Promise<number> {
  if (!isDeflated) return packed.length;
  const inflate = createInflateRaw();
  inflate.on("error", () => {});
  inflate.end(packed);
  let size = 0;
  let tail = "";
  try {
    for await (const chunk of inflate) {
      size += (chunk as Buffer).length;
      if (size > left) throw new WorkbookError("xlsx_too_big");
      const text = tail + (chunk as Buffer).toString("latin1");
      if (OUTSIDE.test(text)) throw new WorkbookError("xlsx_broken");
      tail = text.slice(-64);
    }
  } catch (error) {
    throw error instanceof WorkbookError ? error : new WorkbookError("xlsx_broken");
  } finally {
    inflate.destroy();
  }
  return size;
}

async function checkWorkbook(bytes: Buffer): Promise<void> {
  let size = 0;
  for (const entry of entriesOf(bytes))
    if (/\.(xml|rels)$/i.test(entry.name)) size += await measure(entry, MOST - size);
}

/** The cells of a sheet, row by row. Throws WorkbookError. */
export async function readCells(bytes: Buffer, sheet: number | string): Promise<unknown[][]> {
  await checkWorkbook(bytes);
  const { readSheet, SheetNotFoundError } = await import("read-excel-file/node");
  try {
    return (await readSheet(bytes, sheet, { trim: false })) as unknown[][];
  } catch (error) {
    throw new WorkbookError(error instanceof SheetNotFoundError ? "xlsx_no_sheet" : "xlsx_broken");
  }
}

const BATCH = 500;

/** Rows below the header; `first` is the number of the first in the sheet. */
export async function* cellRows(cells: readonly unknown[][], first: number): AsyncGenerator<readonly Row[]> {
  for (let at = first - 1; at < cells.length; at += BATCH) {
    yield cells.slice(at, at + BATCH).map((data, i) => ({ line: at + i + 1, data }));
    await new Promise(setImmediate);
  }
}
