/** Big text files line by line with little memory, and files that appear whole or not at all. */
import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";

export interface TextLine {
  /** Counted from 1. */
  line: number;
  text: string;
}

/** What a file can be wrong in before its content is looked at. */
export class TextFileError extends Error {
  override readonly name = "TextFileError";
  readonly kind: "not_utf8" | "line_too_long" | "not_a_file";
  readonly line: number;

  constructor(kind: TextFileError["kind"], line: number) {
    super(kind);
    this.kind = kind;
    this.line = line;
  }
}

const CHUNK = 1 << 20;
/** No case has a line as long; a file without line breaks must not fill the memory. */
const LONGEST = 64 << 20;

function decode(bytes: Uint8Array, line: number): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: line > 1 }).decode(bytes);
  } catch {
    throw new TextFileError("not_utf8", line);
  }
}

/** The lines of what `read` gives, without their ends; an empty last line is none. */
export function* splitLines(read: (buffer: Buffer) => number): Generator<TextLine> {
  let rest = Buffer.alloc(0);
  let line = 0;
  const chunk = Buffer.alloc(CHUNK);
  for (let size = read(chunk); size > 0; size = read(chunk)) {
    let bytes = Buffer.concat([rest, chunk.subarray(0, size)]);
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10)) {
      line++;
      yield { line, text: decode(bytes.subarray(0, end), line).replace(/\r$/, "") };
      bytes = bytes.subarray(end + 1);
    }
    if (bytes.length > LONGEST) throw new TextFileError("line_too_long", line + 1);
    rest = Buffer.from(bytes);
  }
  if (rest.length > 0) yield { line: line + 1, text: decode(rest, line + 1).replace(/\r$/, "") };
}

/** The lines of a file in UTF-8, with or without a byte order mark. */
export function* readLines(path: string): Generator<TextLine> {
  const file = openSync(path, "r");
  try {
    if (fstatSync(file).isDirectory()) throw new TextFileError("not_a_file", 0);
    yield* splitLines((buffer) => readSync(file, buffer));
  } finally {
    closeSync(file);
  }
}

/** Writes `parts` to `path`, mode 0600: whole and on disk before the name appears. Replaces a file of that name. */
export function writeWhole(path: string, parts: Iterable<string | Uint8Array>): void {
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  const file = openSync(draft, "wx", 0o600);
  try {
    for (const part of parts) {
      const bytes = typeof part === "string" ? Buffer.from(part) : part;
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    }
    fsyncSync(file);
    closeSync(file);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
