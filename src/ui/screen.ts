/** The terminal during a call: its keys, its timers, its end. */
import { writeSync } from "node:fs";
import { stopped } from "../core/errors.ts";
import type { Io } from "../core/io.ts";
import type { Translate } from "../core/library-port.ts";
import { activeField, type Call, keepTyped } from "./call.ts";
import { takeAgain, takeKeys } from "./call-keys.ts";
import { type Density, openView } from "./call-view.ts";
import type { Batch, Keyboard } from "./keyboard.ts";
import { openPainter, type Painter } from "./painter.ts";
import { openPanel, panelWidth } from "./panel.ts";
import { theme } from "./theme.ts";

export interface ScreenOptions {
  io: Io;
  t: Translate;
  density: Density;
  out: NodeJS.WriteStream;
  keyboard: Keyboard;
  now: () => Date;
}

export interface Screen<Result> {
  /** What the prompt shows now. */
  content(): string;
  /** Takes the terminal; returns what gives it back. */
  mount(rl: unknown, redraw: (count: number) => void, done: (result: Result) => void): () => void;
}

type Failed = { error: unknown };

const PASTE_ON = "\u001b[?2004h";
const PASTE_OFF = "\u001b[?2004l";
/** Typing has paused for this long: what is half typed is kept. */
const TYPING_PAUSE = 400;
const RETRY = 250;
const SECOND = 1000;
/** Cells that a row of typed text has less than the panel: its mark, and the cursor behind the last character. */
const FIELD_INDENT = 5;

/** `begin` makes the call; it is given what ends the prompt. */
export function openScreen<Result>(
  options: ScreenOptions,
  begin: (finish: (result: Result | Failed) => void) => Call,
): Screen<Result> {
  const { out, io, keyboard, t } = options;
  let finish: (result: Result | Failed) => void = () => {};
  const call = begin((result) => finish(result));
  const view = openView(call, options);
  const panel = openPanel({ theme: theme(io.color), t, unicode: io.unicode });
  const draw = (size: Parameters<typeof panel>[1]) => panel(view(), size);
  const painter = openPainter({ out, columns: io.columns || 80, rows: io.rows || 24, draw });
  return {
    content: painter.content,
    mount(rl, redraw, done) {
      finish = done as typeof finish;
      painter.attach(rl, redraw);
      const work = openWork(call, painter, finish);
      out.write(PASTE_ON);
      work.repaintAfter(() => {});
      const release = listenTo(call, options, work);
      keyboard.drawn();
      // Not before this first frame is on the screen: what changes is drawn over it.
      setImmediate(() => keyboard.listen(work.onKeys));
      return release;
    },
  };
}

interface Work {
  onKeys: (batch: Batch) => void;
  onSecond: () => void;
  onResize: () => void;
  /** The terminal is gone. */
  onGone: () => void;
  /** Does something and draws; a failing store ends the prompt with its error. */
  repaintAfter: (act: () => void) => void;
  stop: () => void;
}

/** What happens in the course of the call, and the timers that wait for it to go quiet. */
function openWork(call: Call, painter: Painter, finish: (result: Failed) => void): Work {
  const { conversation } = call.options;
  const minutes = () => Math.floor(conversation.elapsed() / 60);
  let minute = minutes();
  let typing: NodeJS.Timeout | undefined;
  let again: NodeJS.Timeout | undefined;

  function drawAfter(act: () => void, paint: () => void): void {
    try {
      act();
      if (call.over) return;
      paint();
      minute = minutes();
    } catch (error) {
      keepTyped(call);
      finish({ error });
    }
  }
  const repaintAfter = (act: () => void) => drawAfter(act, painter.paint);

  function wait(): void {
    clearTimeout(typing);
    clearTimeout(again);
    if (call.over) return;
    typing = setTimeout(() => keepTyped(call), TYPING_PAUSE);
    if (call.waiting) again = setTimeout(onAgain, RETRY);
  }
  function onAgain(): void {
    repaintAfter(() => takeAgain(call));
    wait();
  }

  return {
    repaintAfter,
    onKeys(batch) {
      call.textWidth = panelWidth(painter.columns()) - FIELD_INDENT;
      const clears = batch.keys.some((key) => key.ctrl && key.name === "l");
      drawAfter(() => takeKeys(call, batch), clears ? painter.repaint : painter.paint);
      wait();
    },
    /** An input method's window must not jump: time moves on screen only while the field is empty. */
    onSecond() {
      const field = activeField(call);
      const isEmpty = field.type === "text" ? field.buffer.cells.length === 0 : field.pick.entry === "";
      const held = call.question.held_since !== undefined;
      if (isEmpty && (held || minutes() !== minute)) repaintAfter(() => {});
    },
    onResize: () => drawAfter(() => {}, painter.repaint),
    onGone() {
      keepTyped(call);
      finish({ error: stopped() });
    },
    stop() {
      clearTimeout(typing);
      clearTimeout(again);
    },
  };
}

/** Listens to the terminal and the clock; returns what ends that. */
function listenTo(call: Call, { io, out }: ScreenOptions, work: Work): () => void {
  const { stdin } = io;
  const { onGone, onResize } = work;
  const onExit = () => {
    keepTyped(call);
    try {
      writeSync((out as unknown as { fd: number }).fd, PASTE_OFF);
    } catch {
      // The window is closed.
    }
  };
  stdin.on("end", onGone).on("error", onGone);
  out.on("error", onGone).on("resize", onResize);
  process.on("exit", onExit);
  const second = setInterval(work.onSecond, SECOND);
  return () => {
    clearInterval(second);
    work.stop();
    stdin.off("end", onGone).off("error", onGone);
    out.off("error", onGone).off("resize", onResize);
    process.off("exit", onExit);
    out.write(PASTE_OFF);
  };
}
