/**
 * Reads keys from a terminal, from the first moment on and in order. Everything that arrives in one read is one batch:
 * a burst or a paste is told apart from a single key, and the screen is drawn once for it.
 */
import { emitKeypressEvents, type Interface } from "node:readline";
import type { Key } from "./keys.ts";

/** Keys of one read; `alone`: it was a single key. */
export type Batch = { keys: Key[]; alone: boolean };

export interface Keyboard {
  /** Hands over what was typed so far and from now on. */
  listen(onBatch: (batch: Batch) => void): void;
  /** The screen has been drawn: a line feed is Ctrl+J from now on. */
  drawn(): void;
  stop(): void;
}

/** Node waits half a second before a lone Esc counts; that feels like a hang. Over a slow line a sequence takes less than this. */
const ESC_WAIT = 100;

interface RawKey {
  sequence?: string;
  name?: string;
  ctrl?: boolean;
  meta?: boolean;
  shift?: boolean;
}

const NAMES: Readonly<Record<string, string>> = { return: "enter", enter: "newline", escape: "esc" };

/** `early`: the key may come from before raw mode, when the terminal turned Enter into a line feed. */
function toKey(text: string | undefined, raw: RawKey, early: boolean): Key {
  const sequence = raw.sequence ?? text ?? "";
  const types = !raw.ctrl && !raw.meta && sequence !== "" && !/^[\u0000-\u001f\u007f]/.test(sequence);
  const found = raw.name === undefined ? undefined : (NAMES[raw.name] ?? raw.name);
  const name = early && found === "newline" ? "enter" : found;
  return {
    ...(name === undefined || name === "undefined" ? {} : { name }),
    text: types ? sequence : "",
    raw: sequence,
    ctrl: raw.ctrl === true,
    // Node calls a lone Esc "meta".
    alt: raw.meta === true && name !== "esc",
    shift: raw.shift === true,
  };
}

type Input = NodeJS.ReadableStream & { setRawMode?: (mode: boolean) => unknown; isRaw?: boolean };

/** Inputs whose errors are heard by somebody, so that none is thrown. */
const heard = new WeakSet<Input>();

/** Switches the terminal to single keys at once and keeps them until somebody listens. */
export function openKeyboard(input: Input): Keyboard {
  let early = true;
  let handler: ((batch: Batch) => void) | undefined;
  let keys: Key[] = [];
  const waiting: Batch[] = [];
  const flush = () => {
    if (keys.length === 0) return;
    const batch = { keys, alone: keys.length === 1 };
    keys = [];
    if (handler) handler(batch);
    else waiting.push(batch);
  };
  const onKeypress = (text: string | undefined, raw: RawKey) => {
    keys.push(toKey(text, raw, early));
    // A lone Esc is reported by a timer, outside any read.
    if (keys.length === 1) setImmediate(flush);
  };
  emitKeypressEvents(input, { escapeCodeTimeout: ESC_WAIT } as unknown as Interface);
  input.on("keypress", onKeypress);
  // For good: giving back the raw mode of a window that was closed is an error of its own.
  if (!heard.has(input)) input.on("error", () => {});
  heard.add(input);
  // After the decoder's own listener: all keys of a read are there when this one runs.
  input.on("data", flush);
  const wasRaw = input.isRaw === true;
  input.setRawMode?.(true);
  input.resume();
  return {
    listen(onBatch) {
      handler = onBatch;
      for (const batch of waiting.splice(0)) onBatch(batch);
    },
    drawn() {
      // Two turns of the loop, so that what was typed before raw mode has surely been read.
      setImmediate(() => setImmediate(() => (early = false)));
    },
    stop() {
      handler = undefined;
      input.removeListener("keypress", onKeypress);
      input.removeListener("data", flush);
      input.setRawMode?.(wasRaw);
      input.pause();
    },
  };
}
