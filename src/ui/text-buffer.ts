/** The text an agent is typing: graphemes and a cursor between them. Pure data; every change gives a new buffer. */
import { graphemes } from "./layout.ts";

export interface TextBuffer {
  readonly cells: readonly string[];
  /** Index of the grapheme the cursor stands before. */
  readonly cursor: number;
  /** A pasted line began with a colon: it is somebody's text and no command. */
  readonly pasted: boolean;
}

export const EMPTY: TextBuffer = { cells: [], cursor: 0, pasted: false };

/** A buffer holding `text`, the cursor at its end. */
export function bufferOf(text: string): TextBuffer {
  const cells = graphemes(text);
  return { cells, cursor: cells.length, pasted: false };
}

export function textOf(buffer: TextBuffer): string {
  return buffer.cells.join("");
}

/** Graphemes on each side that a typed character may still join with: emoji families and flags arrive in several keys. */
const REACH = 12;

/** Inserts `text` at the cursor. */
export function insert(buffer: TextBuffer, text: string): TextBuffer {
  const { cells, cursor } = buffer;
  const from = Math.max(0, cursor - REACH);
  const before = cells.slice(from, cursor).join("") + text;
  const to = Math.min(cells.length, cursor + REACH);
  const fresh = graphemes(before + cells.slice(cursor, to).join(""));
  let at = 0;
  for (let length = 0; at < fresh.length && length < before.length; at++) length += fresh[at]!.length;
  return { ...buffer, cells: [...cells.slice(0, from), ...fresh, ...cells.slice(to)], cursor: from + at };
}

const COLON = /^[:\uff1a]/;

/** Inserts pasted text: line ends of every kind are line breaks, and a line that starts with a colon stays text. */
export function paste(buffer: TextBuffer, text: string): TextBuffer {
  const clean = text.replace(/\r\n?/g, "\n");
  const lines = clean.split("\n");
  const startsLine = buffer.cursor === 0 || buffer.cells[buffer.cursor - 1] === "\n";
  const command = lines.some((line, i) => COLON.test(line) && (i > 0 || startsLine));
  return { ...insert(buffer, clean), pasted: buffer.pasted || command };
}

function cut(buffer: TextBuffer, from: number, to: number): TextBuffer {
  if (from >= to) return buffer;
  const cells = [...buffer.cells.slice(0, from), ...buffer.cells.slice(to)];
  return { cells, cursor: from, pasted: buffer.pasted && cells.length > 0 };
}

const at = (buffer: TextBuffer, cursor: number): TextBuffer => ({
  ...buffer,
  cursor: Math.min(Math.max(cursor, 0), buffer.cells.length),
});

function lineStart({ cells, cursor }: TextBuffer): number {
  return cursor === 0 ? 0 : cells.lastIndexOf("\n", cursor - 1) + 1;
}

function lineEnd({ cells, cursor }: TextBuffer): number {
  const found = cells.indexOf("\n", cursor);
  return found < 0 ? cells.length : found;
}

const isBlank = (cell: string | undefined) => cell === " " || cell === "\n";

function wordStart({ cells, cursor }: TextBuffer): number {
  let i = cursor;
  while (i > 0 && isBlank(cells[i - 1])) i--;
  while (i > 0 && !isBlank(cells[i - 1])) i--;
  return i;
}

function wordEnd({ cells, cursor }: TextBuffer): number {
  let i = cursor;
  while (i < cells.length && isBlank(cells[i])) i++;
  while (i < cells.length && !isBlank(cells[i])) i++;
  return i;
}

const EDITS: Readonly<Record<string, (b: TextBuffer) => TextBuffer>> = {
  backspace: (b) => cut(b, b.cursor - (b.cursor > 0 ? 1 : 0), b.cursor),
  "ctrl+h": (b) => cut(b, b.cursor - (b.cursor > 0 ? 1 : 0), b.cursor),
  delete: (b) => cut(b, b.cursor, Math.min(b.cursor + 1, b.cells.length)),
  "ctrl+d": (b) => cut(b, b.cursor, Math.min(b.cursor + 1, b.cells.length)),
  left: (b) => at(b, b.cursor - 1),
  right: (b) => at(b, b.cursor + 1),
  home: (b) => at(b, lineStart(b)),
  "ctrl+a": (b) => at(b, lineStart(b)),
  end: (b) => at(b, lineEnd(b)),
  "ctrl+e": (b) => at(b, lineEnd(b)),
  "ctrl+home": (b) => at(b, 0),
  "ctrl+end": (b) => at(b, b.cells.length),
  "ctrl+left": (b) => at(b, wordStart(b)),
  "alt+b": (b) => at(b, wordStart(b)),
  "ctrl+right": (b) => at(b, wordEnd(b)),
  "alt+f": (b) => at(b, wordEnd(b)),
  "ctrl+w": (b) => cut(b, wordStart(b), b.cursor),
  "alt+backspace": (b) => cut(b, wordStart(b), b.cursor),
  "alt+d": (b) => cut(b, b.cursor, wordEnd(b)),
  "ctrl+u": (b) => cut(b, lineStart(b), b.cursor),
  "ctrl+k": (b) => cut(b, b.cursor, lineEnd(b)),
};

/** What the key `chord` makes of the buffer; undefined: it is no editing key. */
export function edit(buffer: TextBuffer, chord: string): TextBuffer | undefined {
  return EDITS[chord]?.(buffer);
}

/** Moves the cursor to grapheme `index`. */
export function moveTo(buffer: TextBuffer, index: number): TextBuffer {
  return at(buffer, index);
}

/** The line the cursor is on, and where it begins and ends. */
export function currentLine(buffer: TextBuffer): { text: string; from: number; to: number } {
  const from = lineStart(buffer);
  const to = lineEnd(buffer);
  return { text: buffer.cells.slice(from, to).join(""), from, to };
}

/** The buffer without the line the cursor is on: a side action typed on it is done. */
export function withoutLine(buffer: TextBuffer): TextBuffer {
  const { from, to } = currentLine(buffer);
  const start = from > 0 ? from - 1 : from;
  return cut(buffer, start, from === 0 && to < buffer.cells.length ? to + 1 : to);
}
