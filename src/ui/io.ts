/** What is known of the terminal: which streams, how wide, colour, characters. No prompt code is loaded to find out. */
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

function wantsColor(env: Env, argv: readonly string[], tty: boolean): boolean {
  if (argv.includes("--no-color") || env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  return tty && env.TERM !== "dumb";
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

/** The streams of this process and what is known of them; `argv` without node and script. */
export function processIo(from: ProcessLike, argv: readonly string[]): Io {
  const { stdin, stdout, stderr, env } = from;
  const flags = flagsOf(argv);
  const drawing = drawingStream({ stdout, stderr });
  const sized = [stdout, drawing].find((stream) => stream.isTTY && stream.columns > 0);
  return {
    stdin,
    stdout,
    stderr,
    interactive: stdin.isTTY === true && drawing.isTTY === true && !flags.includes("--no-input"),
    columns: sized?.columns ?? columnsOf(env),
    rows: sized?.rows ?? 24,
    color: wantsColor(env, flags, stdout.isTTY === true),
    unicode: showsUnicode(env, from.platform),
  };
}
