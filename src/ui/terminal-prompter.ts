/**
 * The call screen: one prompt of @inquirer/core that lives as long as the call. It holds the terminal and draws; what
 * keys mean is decided in `call-keys.ts`. A chain of prompts would lose what is typed between two of them.
 */
import { PassThrough } from "node:stream";
import { createPrompt, useEffect, useState } from "@inquirer/core";
import type { Io } from "../core/io.ts";
import type { Translate } from "../core/library-port.ts";
import type { Conversation, Prompter } from "../core/question.ts";
import { type Done, openCall } from "./call.ts";
import type { Density } from "./call-view.ts";
import { drawingStream } from "./io.ts";
import { openKeyboard } from "./keyboard.ts";
import { keyMap } from "./keys.ts";
import { openScreen, type Screen } from "./screen.ts";
import { whenText } from "./when.ts";

export interface TerminalOptions {
  io: Io;
  t: Translate;
  density: Density;
  /** Side action → key, from the config. */
  keys?: Readonly<Record<string, string>>;
  /** The clock of the program, for holds. */
  now?: () => Date;
  timeZone?: string;
}

type Result = { outcome: Done } | { error: unknown };

/** The view function: everything is in the screen, which redraws itself through `redraw`. */
const callPrompt = createPrompt<Result, Screen<Result>>((screen, done) => {
  const [, redraw] = useState(0);
  useEffect((rl) => screen.mount(rl, redraw, done), []);
  return screen.content();
});

/** The face for a person at a terminal. Resolves with the last outcome; rejects when the terminal is gone or the store failed. */
export function terminalPrompter(options: TerminalOptions): Prompter {
  return { run: (conversation) => runCall(options, conversation) };
}

async function runCall(options: TerminalOptions, conversation: Conversation): Promise<Done> {
  const { io, t } = options;
  const out = drawingStream(io);
  // Before anything else: what is typed from now on arrives key by key.
  const keyboard = openKeyboard(io.stdin);
  try {
    const first = conversation.current();
    if (!first) return { type: "done", case: conversation.caseNow(), paused: false };
    const screen = openScreen<Result>(
      { ...options, out, keyboard, now: options.now ?? (() => new Date()) },
      (finish) => {
        const when = whenText(() => t("ui.locale"), options.timeZone);
        const ticks = () => performance.now();
        const onDone = (outcome: Done) => finish({ outcome });
        return openCall({ conversation, t, keys: keyMap(options.keys), when, ticks, onDone }, first);
      },
    );
    const result = await callPrompt(screen, {
      input: new PassThrough(),
      output: out,
      clearPromptOnDone: true,
    });
    if ("error" in result) throw result.error;
    return result.outcome;
  } finally {
    keyboard.stop();
  }
}
