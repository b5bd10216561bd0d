/** Puts frames on the terminal: rows that changed are written over; where the panel's shape changed it is drawn anew. */
import type { Interface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { displayWidth, isAmbiguous } from "./layout.ts";
import type { Frame, Size } from "./panel-view.ts";

/** Readline's place of the cursor, which @inquirer/core asks for; it is internal, hence the pinned version and a PTY test. */
type Readline = Interface & { getCursorPos: () => { rows: number; cols: number } };

/** What the painter needs of a stream and of what draws. */
export interface Canvas {
  out: NodeJS.WriteStream;
  /** The window where the stream does not say. */
  columns: number;
  rows: number;
  draw: (size: Size) => Frame;
}

export interface Painter {
  /** What the prompt shows when it draws everything. */
  content(): string;
  /** Takes over the cursor of `rl`, and what makes the prompt draw. */
  attach(rl: unknown, redraw: (count: number) => void): void;
  paint(): void;
  /** Draws on a cleared window. */
  repaint(): void;
  columns(): number;
}

const CLEAR = "\u001b[2J\u001b[H";
/** Rows of the panel from the start, so that the key line stays in its place from question to question. */
const USUAL = 22;

export function openPainter({ out, draw, ...given }: Canvas): Painter {
  let frame: Frame | undefined;
  let redraw: (count: number) => void = () => {};
  let count = 0;
  let tallest = 0;
  const columns = () => out.columns || given.columns;
  const rows = () => out.rows || given.rows;

  function next(): Frame {
    const atLeast = Math.max(tallest, Math.min(rows() - 1, USUAL));
    const drawn = draw({ columns: columns(), rows: rows(), atLeast });
    tallest = Math.min(Math.max(tallest, drawn.rows.length), rows() - 1);
    return drawn;
  }

  function paint(): void {
    const last = frame;
    frame = next();
    if (!last || last.rows.length !== frame.rows.length || last.row !== frame.row) redraw(++count);
    else out.write(patch(last, frame));
    // Only the terminal knows how wide it draws these: it finds the cursor's place by drawing them.
    if (isAmbiguous(frame.before)) out.write(`\r${frame.drawn}`);
  }

  return {
    columns,
    paint,
    // Nothing before the cursor can be placed, which needs the prompt to be there.
    content: () => (frame ? contentOf(frame, columns()) : " "),
    attach(rl, redrawPrompt) {
      redraw = redrawPrompt;
      (rl as Readline).getCursorPos = () => (frame ? cursorOf(frame, columns()) : { rows: 0, cols: 0 });
    },
    repaint() {
      out.write(CLEAR);
      tallest = 0;
      frame = undefined;
      paint();
    },
  };
}

/** Length of the last row as @inquirer/core counts it, in UTF-16 units. */
function lastLength(frame: Frame): number {
  return stripVTControlCharacters(frame.rows.at(-1) ?? "").length;
}

/** Rows are counted from the last one up; what core takes for a wrapped last row is made good. */
function cursorOf(frame: Frame, columns: number): { rows: number; cols: number } {
  const up = frame.row + 1 - frame.rows.length;
  return { rows: up + Math.floor(lastLength(frame) / columns), cols: displayWidth(frame.before) };
}

/** Core adds a line where the last one has exactly the window's width: one blank avoids it. */
function contentOf(frame: Frame, columns: number): string {
  const text = frame.rows.join("\n");
  return lastLength(frame) % columns === 0 ? `${text} ` : text;
}

/** The bytes that turn one frame into another of the same shape, the cursor back in its row. */
function patch(last: Frame, next: Frame): string {
  let bytes = "";
  let at = next.row;
  for (const [i, row] of next.rows.entries()) {
    if (row === last.rows[i]) continue;
    bytes += `${moveRows(i - at)}\r${row}\u001b[K`;
    at = i;
  }
  return `${bytes}${moveRows(next.row - at)}\u001b[${displayWidth(next.before) + 1}G`;
}

function moveRows(by: number): string {
  return by === 0 ? "" : by > 0 ? `\u001b[${by}B` : `\u001b[${-by}A`;
}
