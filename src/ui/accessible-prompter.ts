/**
 * The call in plain lines: nothing is drawn twice, everything is read in order. For screen readers, and for pipes, where
 * a burst of lines answers one question after the other.
 */
import { createInterface, type Interface } from "node:readline";
import { stopped } from "../core/errors.ts";
import type { Io } from "../core/io.ts";
import type { Translate } from "../core/library-port.ts";
import type { Conversation, Prompter } from "../core/question.ts";
import { textField } from "./answer-field.ts";
import { activeField, type Call, type Done, keepTyped, openCall, setField, stepId } from "./call.ts";
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
function listen(call: Call, lines: Lines, reject: (error: unknown) => void): (end: () => void) => void {
  const { rl, out } = lines;
  const reader = openReader(call, (line) => out.write(`${line}\n`));
  const keep = () => keepLines(call, reader.pending(), lines);
  const leave = (end: () => void) => {
    queue.stop();
    process.off("exit", keep);
    call.over = true;
    rl.close();
    end();
  };
  const fail = (error: unknown) => {
    keep();
    leave(() => reject(error));
  };
  const queue = openQueue(call, reader, { fail, prompt: () => lines.terminal && rl.prompt() });
  rl.on("line", queue.add);
  rl.on("close", queue.close);
  rl.on("SIGINT", () => {
    keep();
    pause(call);
  });
  process.on("exit", keep);
  out.write(`${call.options.t("ui.plain_start")}\n`);
  reader.ask();
  queue.work();
  return leave;
}

/** Keeps a text that goes on, and what stands on the line; readline knows that only on a terminal. */
function keepLines(call: Call, pending: readonly string[], { rl, terminal }: Lines): void {
  const half = terminal ? rl.line : "";
  const typed = [...pending, ...(half === "" ? [] : [half])];
  if (typed.length > 0 && activeField(call).type === "text") setField(call, textField(typed.join("\n")));
  keepTyped(call);
}

interface Ends {
  fail: (error: unknown) => void;
  /** Shows that a line may be typed. */
  prompt: () => void;
}

/** Lines wait behind an answer that a busy store could not take; the end of the input waits behind the lines. */
function openQueue(call: Call, reader: Reader, { fail, prompt }: Ends) {
  const lines: string[] = [];
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  function work(): void {
    try {
      while (!call.over && !call.waiting && lines.length > 0) reader.take(lines.shift()!);
      if (call.over) return;
      if (call.waiting) timer = setTimeout(again, RETRY);
      else if (closed) fail(stopped());
      else prompt();
    } catch (error) {
      fail(error);
    }
  }
  function again(): void {
    try {
      if (retry(call) && !call.over) reader.ask();
    } catch (error) {
      fail(error);
      return;
    }
    work();
  }
  return {
    work,
    add(line: string) {
      lines.push(line);
      if (!call.over && !call.waiting) work();
    },
    close() {
      closed = true;
      if (!call.over && !call.waiting) work();
    },
    stop: () => clearTimeout(timer),
  };
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
