/**
 * The call in plain lines: nothing is drawn twice, everything is read in order. For screen readers, and for pipes, where
 * a burst of lines answers one question after the other.
 */
import { createInterface, type Interface } from "node:readline";
import { stopped } from "../core/errors.ts";
import type { Io } from "../core/io.ts";
import type { Translate } from "../core/library-port.ts";
import type { Conversation, Prompter } from "../core/question.ts";
import { type Call, type Done, keepTyped, openCall, stepId } from "./call.ts";
import { pause, retry } from "./call-replies.ts";
import { drawingStream } from "./io.ts";
import { keyMap } from "./keys.ts";
import { takeLine } from "./plain-answers.ts";
import { momentLines, questionLines } from "./plain-text.ts";
import { screenText } from "./screen-text.ts";
import { whenText } from "./when.ts";

export interface AccessibleOptions {
  io: Io;
  t: Translate;
  timeZone?: string;
}

/** How long a busy store is given before an answer is tried again. */
const RETRY = 250;

/** The face in plain lines. Resolves with the last outcome; rejects with `stopped` when the input ends before the call. */
export function accessiblePrompter(options: AccessibleOptions): Prompter {
  return { run: (conversation) => runLines(options, conversation) };
}

async function runLines({ io, t, timeZone }: AccessibleOptions, conversation: Conversation): Promise<Done> {
  const first = conversation.current();
  if (!first) return { type: "done", case: conversation.caseNow(), paused: false };
  const out = drawingStream(io);
  const terminal = io.stdin.isTTY === true && out.isTTY === true;
  const rl = createInterface({
    input: io.stdin,
    output: terminal ? out : undefined,
    terminal,
    historySize: 0,
    prompt: "> ",
  });
  const when = whenText(() => t("ui.locale"), timeZone);
  return new Promise<Done>((resolve, reject) => {
    const ticks = () => performance.now();
    let leave: (end: () => void) => void = () => {};
    const onDone = (outcome: Done) => leave(() => resolve(outcome));
    const call = openCall({ conversation, t, keys: keyMap(), when, ticks, onDone }, first);
    leave = listen(call, { rl, out, terminal }, reject);
  });
}

interface Lines {
  rl: Interface;
  out: NodeJS.WriteStream;
  terminal: boolean;
}

/** Connects the call to its lines. Returns what ends it all. */
function listen(
  call: Call,
  { rl, out, terminal }: Lines,
  reject: (error: unknown) => void,
): (end: () => void) => void {
  const { t } = call.options;
  const reader = openReader(call, (line) => out.write(`${line}\n`));
  const waiting: string[] = [];
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  const leave = (end: () => void) => {
    clearTimeout(timer);
    process.off("exit", keep);
    call.over = true;
    if (!closed) rl.close();
    end();
  };
  function keep(): void {
    // What stands on the line and was not sent; readline knows it only on a terminal.
    const half = terminal ? rl.line : "";
    keepTyped(call, [...reader.pending(), ...(half === "" ? [] : [half])].join("\n"));
  }
  function fail(error: unknown): void {
    keep();
    leave(() => reject(error));
  }
  function work(): void {
    try {
      while (!call.over && !call.waiting && waiting.length > 0) reader.take(waiting.shift()!);
      if (call.over) return;
      if (call.waiting) timer = setTimeout(again, RETRY);
      else if (closed) fail(stopped());
      else if (terminal) rl.prompt();
    } catch (error) {
      fail(error);
    }
  }
  function again(): void {
    try {
      if (retry(call)) reader.ask();
      if (!call.over) work();
    } catch (error) {
      fail(error);
    }
  }

  rl.on("line", (line) => {
    if (call.over) return;
    waiting.push(line);
    if (!call.waiting) work();
  });
  rl.on("SIGINT", () => {
    keep();
    pause(call);
  });
  rl.on("close", () => {
    closed = true;
    if (!call.over && !call.waiting) work();
  });
  process.on("exit", keep);
  out.write(`${t("ui.plain_start")}\n`);
  reader.ask();
  work();
  return leave;
}

interface Reader {
  take(line: string): void;
  ask(): void;
  /** Lines of a text that goes on. */
  pending(): readonly string[];
}

/** Takes lines and prints what comes back, each thing once. */
function openReader(call: Call, print: (line: string) => void): Reader {
  const { t } = call.options;
  let lines: string[] = [];
  let step = "";
  let read: string[] = [];

  /** At the same step only what is new is read again. */
  function ask(): void {
    tell();
    const now = stepId(call.question);
    const moment = momentLines(call);
    print("");
    const again = now === step;
    for (const line of moment) if (!again || !read.includes(line)) print(line);
    step = now;
    read = moment;
    for (const line of questionLines(call, again)) print(line);
  }

  /** What the last reply brought: an error, a notice, something to say or to read. */
  function tell(): void {
    const { message, sheet, overlay, question, options } = call;
    if (sheet) {
      print("");
      print(screenText(sheet.title));
      for (const text of sheet.say) print(t("ui.plain_say", { text: screenText(text) }));
      for (const text of sheet.lines) print(screenText(text));
      call.sheet = undefined;
    }
    if (message) {
      const text = screenText(message.text);
      print(
        message.tone === "error"
          ? t("ui.plain_error", { text })
          : call.waiting
            ? t("ui.plain_busy", { text })
            : text,
      );
      call.message = undefined;
    }
    if (overlay?.kind === "palette") {
      if (question.help !== undefined) print(screenText(question.help));
      for (const { label, word } of options.conversation.actions())
        print(t("ui.plain_action", { label, word }));
      call.overlay = undefined;
    }
  }

  return {
    ask,
    pending: () => lines,
    take(line) {
      const result = takeLine(call, line, lines);
      lines = result;
      if (call.over) return;
      if (lines.length > 0) keepTyped(call, lines.join("\n"));
      else if (call.waiting) tell();
      else ask();
    },
  };
}
