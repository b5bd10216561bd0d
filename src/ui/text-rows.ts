/** A text being typed as rows of a terminal, with the cursor where the eye expects it, also in wrapped Chinese. */
import { breakRows, displayWidth } from "./layout.ts";
import { asciiText, screenText } from "./screen-text.ts";
import type { TextBuffer } from "./text-buffer.ts";

export interface TextRows {
  rows: string[];
  /** The cursor's row among `rows`, and the text before it in that row. */
  row: number;
  before: string;
  /** Whether there is more above or below. */
  above: boolean;
  below: boolean;
}

/** A text longer than this is laid out in part: nobody sees more, and every key must stay quick. */
const FAR = 4000;
const STEP = 1000;

function shownCells(buffer: TextBuffer, unicode: boolean): { cells: string[]; from: number; cursor: number } {
  const from = Math.max(0, Math.floor((buffer.cursor - FAR) / STEP) * STEP);
  const part = buffer.cells.slice(from, buffer.cursor + FAR);
  const show = (cell: string) =>
    cell === "\n" ? cell : unicode ? screenText(cell) : asciiText(screenText(cell));
  return { cells: part.map(show), from, cursor: buffer.cursor - from };
}

/** Lays `buffer` out in rows of `width` cells and shows `height` of them around the cursor. */
export function textRows(
  buffer: TextBuffer,
  size: { width: number; height: number },
  unicode: boolean,
): TextRows {
  const { cells, from, cursor } = shownCells(buffer, unicode);
  const ranges = breakRows(cells, size.width);
  const at = ranges.findIndex(
    ([start, end], i) => cursor >= start && (cursor < end || i === ranges.length - 1),
  );
  const top = Math.min(Math.max(0, at - size.height + 1), Math.max(0, ranges.length - size.height));
  const rowText = ([start, end]: [number, number]) => cells.slice(start, end).join("").replace(/\n$/, "");
  const shown = ranges.slice(top, top + size.height);
  return {
    rows: shown.map((range) => trimTo(rowText(range), size.width)),
    row: at - top,
    before: trimTo(cells.slice(ranges[at]![0], cursor).join(""), size.width),
    above: top > 0 || from > 0,
    below: top + size.height < ranges.length || from + cells.length < buffer.cells.length,
  };
}

/** Blanks that hang over the edge are not drawn. */
function trimTo(row: string, width: number): string {
  let text = row;
  while (text.endsWith(" ") && displayWidth(text) > width) text = text.slice(0, -1);
  return text;
}

/** Where the cursor lands when it moves a row up or down, keeping its column as far as possible. */
export function moveRow(buffer: TextBuffer, step: number, width: number): number {
  const { cells, from, cursor } = shownCells(buffer, true);
  const ranges = breakRows(cells, width);
  const at = ranges.findIndex(
    ([start, end], i) => cursor >= start && (cursor < end || i === ranges.length - 1),
  );
  const target = ranges[at + step];
  if (!target) return buffer.cursor;
  const column = displayWidth(cells.slice(ranges[at]![0], cursor).join(""));
  const last = at + step === ranges.length - 1 ? target[1] : target[1] - 1;
  let index = target[0];
  for (let used = 0; index < last; index++) {
    used += displayWidth(cells[index]!);
    if (used > column) break;
  }
  return from + index;
}
