/** The terminal during a call: draws the panel where it changed, puts the cursor where it belongs, keeps the timers. */
import { writeSync } from "node:fs";
import type { Interface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { stopped } from "../core/errors.ts";
import type { Io } from "../core/io.ts";
import type { Translate } from "../core/library-port.ts";
import { activeField, type Call, keepTyped } from "./call.ts";
import { takeAgain, takeKeys } from "./call-keys.ts";
import { type Density, openView } from "./call-view.ts";
import type { Batch, Keyboard } from "./keyboard.ts";
import { displayWidth, isAmbiguous } from "./layout.ts";
import { openPanel, panelWidth } from "./panel.ts";
import type { Frame } from "./panel-view.ts";
import { theme } from "./theme.ts";

export interface ScreenOptions {
  io: Io;
  t: Translate;
  density: Density;
  out: NodeJS.WriteStream;
  keyboard: Keyboard;
  now: () => Date;
}

/** Readline's place of the cursor, which @inquirer/core asks for; it is internal, hence the pinned version and a PTY test. */
type Readline = Interface & { getCursorPos: () => { rows: number; cols: number } };

export interface Screen<Result> {
  /** What the prompt shows now. */
  content(): string;
  /** Takes the terminal; returns what gives it back. */
  mount(rl: unknown, redraw: (count: number) => void, done: (result: Result) => void): () => void;
}

const PASTE_ON = "\u001b[?2004h";
const PASTE_OFF = "\u001b[?2004l";
const CLEAR = "\u001b[2J\u001b[H";
/** Typing has paused for this long: what is half typed is kept. */
const TYPING_PAUSE = 400;
const RETRY = 250;
const SECOND = 1000;
/** Cells that a row of typed text has less than the panel: its mark, and the cursor behind the last character. */
const FIELD_INDENT = 5;
/** Rows of the panel from the start, so that the key line stays in its place from question to question. */
const USUAL = 22;

/** `begin` makes the call; it is given what ends the prompt. */
export function openScreen<Result>(
  options: ScreenOptions,
  begin: (finish: (result: Result | { error: unknown }) => void) => Call,
): Screen<Result> {
  const { out, keyboard, io } = options;
  const panel = openPanel({ theme: theme(io.color), t: options.t, unicode: io.unicode });
  let finish: (result: Result | { error: unknown }) => void = () => {};
  let frame: Frame | undefined;
  const usual = () => Math.min(rows() - 1, USUAL);
  let tallest = 0;
  let count = 0;
  let redraw: (count: number) => void = () => {};
  let minute = 0;
  const timers: { typing?: NodeJS.Timeout; retry?: NodeJS.Timeout; second?: NodeJS.Timeout } = {};
  const call = begin((result) => finish(result));
  const view = openView(call, options);

  const columns = () => out.columns || io.columns || 80;
  const rows = () => out.rows || io.rows || 24;
  const cursorOf = (f: Frame) => ({
    rows: f.row + 1 - f.rows.length + Math.floor(lastLength(f) / columns()),
    cols: displayWidth(f.before),
  });

  function draw(): Frame {
    minute = Math.floor(call.options.conversation.elapsed() / 60);
    const next = panel(view(), { columns: columns(), rows: rows(), atLeast: Math.max(tallest, usual()) });
    tallest = Math.min(Math.max(tallest, next.rows.length), rows() - 1);
    return next;
  }

  /** Rows that changed are written over; where the panel's shape changed it is drawn anew. */
  function paint(): void {
    if (call.over) return;
    const last = frame;
    const next = draw();
    frame = next;
    if (!last || last.rows.length !== next.rows.length || last.row !== next.row) redraw(++count);
    else out.write(patch(last, next));
    if (isAmbiguous(next.before)) out.write(`\r${next.drawn}`);
  }

  function repaint(): void {
    out.write(CLEAR);
    tallest = 0;
    frame = undefined;
    guarded(paint);
  }

  /** A failing store ends the prompt with its error; what was typed is kept if that is still possible. */
  function guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      keepTyped(call);
      finish({ error });
    }
  }

  function onKeys(batch: Batch): void {
    guarded(() => {
      call.textWidth = panelWidth(columns()) - FIELD_INDENT;
      takeKeys(call, batch);
      if (batch.keys.some((k) => k.ctrl && k.name === "l")) repaint();
      else paint();
    });
    later();
  }

  function later(): void {
    clearTimeout(timers.typing);
    clearTimeout(timers.retry);
    if (call.over) return;
    timers.typing = setTimeout(() => keepTyped(call), TYPING_PAUSE);
    if (call.waiting) timers.retry = setTimeout(() => onAgain(), RETRY);
  }

  function onAgain(): void {
    guarded(() => {
      takeAgain(call);
      paint();
    });
    later();
  }

  /** An input method's window must not jump: time moves on screen only while the field is empty. */
  function onSecond(): void {
    const field = activeField(call);
    const empty = field.type === "text" ? field.buffer.cells.length === 0 : field.pick.entry === "";
    const held = call.question.held_since !== undefined;
    if (empty && (held || Math.floor(call.options.conversation.elapsed() / 60) !== minute)) guarded(paint);
  }

  function onGone(): void {
    keepTyped(call);
    finish({ error: stopped() });
  }

  function onExit(): void {
    keepTyped(call);
    try {
      writeSync((out as unknown as { fd: number }).fd, PASTE_OFF);
    } catch {
      // The window is closed.
    }
  }

  return {
    // The first content is drawn on mount, when the cursor can be placed.
    content: () => (frame ? contentOf(frame, columns()) : " "),
    mount(rl, redrawPrompt, done) {
      redraw = redrawPrompt;
      finish = done as typeof finish;
      (rl as Readline).getCursorPos = () => (frame ? cursorOf(frame) : { rows: 0, cols: 0 });
      const { stdin } = io;
      const stop = () => {
        for (const timer of Object.values(timers)) clearTimeout(timer);
        stdin.off("end", onGone).off("error", onGone);
        out.off("error", onGone).off("resize", repaint);
        process.off("exit", onExit);
        out.write(PASTE_OFF);
      };
      stdin.on("end", onGone).on("error", onGone);
      out.on("error", onGone).on("resize", repaint);
      process.on("exit", onExit);
      out.write(PASTE_ON);
      guarded(paint);
      timers.second = setInterval(onSecond, SECOND);
      keyboard.drawn();
      // Not before this first frame is on the screen: what changes is drawn over it.
      setImmediate(() => keyboard.listen(onKeys));
      return stop;
    },
  };
}

function lastLength(frame: Frame): number {
  return stripVTControlCharacters(frame.rows.at(-1) ?? "").length;
}

/** Inquirer adds a line where the last one has exactly the window's width (in UTF-16 units): one blank avoids it. */
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
