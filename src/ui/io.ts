/** What is known of the terminal: which streams, how wide, colour, characters. No prompt code is loaded to find out. */
import { fstatSync, statSync, writeSync } from "node:fs";
import type { Io } from "../core/io.ts";

/** The part of `process` that this file reads; tests give their own. */
export interface ProcessLike {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  env: Readonly<Record<string, string | undefined>>;
  platform: string;
}

type Env = ProcessLike["env"];
type Streams = Pick<Io, "stdout" | "stderr">;

/** Where prompts are drawn: stderr, since stdout carries the result; stdout only where stderr goes to a file. */
export function drawingStream(io: Streams): NodeJS.WriteStream {
  return !io.stderr.isTTY && io.stdout.isTTY ? io.stdout : io.stderr;
}

function wantsColor(env: Env, argv: readonly string[], tty: () => boolean): boolean {
  if (argv.includes("--no-color") || env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  return env.TERM !== "dumb" && tty();
}

/** The Linux console and dumb terminals draw ASCII only, whatever the locale says. */
function showsUnicode(env: Env, platform: string): boolean {
  if (env.TERM === "linux" || env.TERM === "dumb") return false;
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  if (locale) return /utf-?8/i.test(locale);
  return platform === "win32" || platform === "darwin";
}

/** Arguments before `--`: what comes after it is a value, never a flag. */
function flagsOf(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf("--");
  return end < 0 ? argv : argv.slice(0, end);
}

/** For a pipe into a pager, where the terminal cannot be asked: the width the shell knows. */
function columnsOf(env: Env): number {
  const told = Number(env.COLUMNS);
  return Number.isInteger(told) && told >= 20 && told <= 1000 ? told : 80;
}

/** Whether a descriptor may be a terminal. A file, a pipe or /dev/null is none: its stream need not be opened to find that out. */
function mayBeTerminal(fd: number): boolean {
  try {
    const found = fstatSync(fd);
    if (!found.isCharacterDevice()) return false;
    return found.rdev !== statSync("/dev/null", { throwIfNoEntry: false })?.rdev;
  } catch {
    return true;
  }
}

type Failed = (error: NodeJS.ErrnoException) => void;

interface Output {
  stream: () => NodeJS.WriteStream;
  isTerminal: () => boolean;
  print: (text: string) => void;
  /** Calls `done` when everything printed has reached its reader. */
  close: (done: () => void) => void;
}

/**
 * stdout or stderr of this process. The stream is opened when it is asked for: it costs a tenth of the whole start-up,
 * so until then text for a pipe or file goes past it. What a slow reader does not take at once (EAGAIN) waits in the stream.
 */
function output(fd: 1 | 2, open: () => NodeJS.WriteStream, failed: Failed): Output {
  let opened: NodeJS.WriteStream | undefined;
  const stream = () => {
    opened ??= open().on("error", failed);
    return opened;
  };
  const print = (text: string) => {
    if (opened || mayBeTerminal(fd)) return void stream().write(text);
    const bytes = Buffer.from(text);
    let at = 0;
    try {
      while (at < bytes.length) at += writeSync(fd, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EAGAIN") stream().write(bytes.subarray(at));
      else failed(error as NodeJS.ErrnoException);
    }
  };
  return {
    stream,
    isTerminal: () => mayBeTerminal(fd) && stream().isTTY === true,
    print,
    // A failed write is told to this callback before it is told to the stream's listeners.
    close: (done) => (opened ? opened.write("", (error) => (error ? failed(error) : done())) : done()),
  };
}

/** Streams that are there already: a test's. */
const given = (stream: NodeJS.WriteStream): Output => ({
  stream: () => stream,
  isTerminal: () => stream.isTTY === true,
  print: (text) => void stream.write(text),
  close: (done) => done(),
});

/** The streams of `process` as they are needed; `failed` hears of a result that could not be written. */
export function processOutputs(failed: Failed): { out: Output; err: Output } {
  return {
    out: output(1, () => process.stdout, failed),
    err: output(
      2,
      () => process.stderr,
      () => {},
    ),
  };
}

/** The streams of this process and what is known of them, found out when it is asked for; `argv` without node and script. */
export function processIo(
  from: ProcessLike,
  argv: readonly string[],
  outputs: { out: Output; err: Output } = { out: given(from.stdout), err: given(from.stderr) },
): Io {
  const { env } = from;
  const { out, err } = outputs;
  const flags = flagsOf(argv);
  const sized = () => [out, err].find((o) => o.isTerminal() && o.stream().columns > 0)?.stream();
  return {
    get stdin() {
      return from.stdin;
    },
    get stdout() {
      return out.stream();
    },
    get stderr() {
      return err.stream();
    },
    get interactive() {
      const isKeyboard = () => (from !== process || mayBeTerminal(0)) && from.stdin.isTTY === true;
      return !flags.includes("--no-input") && isKeyboard() && (out.isTerminal() || err.isTerminal());
    },
    get columns() {
      return sized()?.columns ?? columnsOf(env);
    },
    get rows() {
      return sized()?.rows ?? 24;
    },
    get color() {
      return wantsColor(env, flags, out.isTerminal);
    },
    unicode: showsUnicode(env, from.platform),
    print: out.print,
    warn: err.print,
  };
}
