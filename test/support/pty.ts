/** Real terminals for tests: a call in a process of its own behind a PTY, its screen read by an emulator. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type IPty, spawn } from "@lydell/node-pty";
import xterm from "@xterm/headless";
import { build } from "esbuild";
import type { FakeStep } from "./fake-conversation.ts";

export interface PtyCall {
  pty: IPty;
  type(bytes: string): void;
  /** Waits until the screen shows `text`. */
  sees(text: string): Promise<void>;
  screen(): string;
  cursor(): { x: number; y: number };
  resize(columns: number, rows: number): void;
  /** What the call did so far: replies, kept texts, its end. */
  log(): { reply?: { kind: string; value?: unknown; action?: object }; typed?: string; end?: string }[];
  values(): unknown[];
  /** Waits for the process; its exit code. */
  ended: Promise<number>;
}

const folder = mkdtempSync(join(tmpdir(), "complaint-pty-"));
const program = join(folder, "pty-call.mjs");

/** Bundles the call once; a bundle starts as fast as the program does. */
export async function buildPtyCall(): Promise<void> {
  await build({
    entryPoints: [join(import.meta.dirname, "pty-call.ts")],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
    define: { "import.meta.dirname": JSON.stringify(import.meta.dirname) },
    banner: {
      js: 'import { createRequire as __r } from "node:module"; const require = __r(import.meta.url);',
    },
  });
}

export function removePtyCall(): void {
  rmSync(folder, { recursive: true, force: true });
}

let count = 0;

/** Starts a call; `early` is typed before the program runs. */
export function startPtyCall(
  steps: readonly FakeStep[],
  { columns = 80, rows = 24, early = "", env = {} as Record<string, string> } = {},
): PtyCall {
  const stepsFile = join(folder, `steps-${++count}.json`);
  const logFile = join(folder, `log-${count}.jsonl`);
  writeFileSync(stepsFile, JSON.stringify(steps));
  writeFileSync(logFile, "");
  const emulator = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  const pty = spawn(process.execPath, [program, stepsFile, logFile], {
    name: env.TERM ?? "xterm-256color",
    cols: columns,
    rows,
    env: { PATH: process.env.PATH ?? "", LANG: "en_GB.UTF-8", TZ: "UTC", ...env },
  });
  if (early !== "") pty.write(early);
  pty.onData((data) => emulator.write(data));
  const ended = new Promise<number>((resolve) =>
    pty.onExit(({ exitCode, signal }) => resolve(signal ? 128 + signal : exitCode)),
  );
  const screen = () => {
    const { active } = emulator.buffer;
    return Array.from(
      { length: emulator.rows },
      (_, i) => active.getLine(active.baseY + i)?.translateToString(true) ?? "",
    ).join("\n");
  };
  const log = () =>
    readFileSync(logFile, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as ReturnType<PtyCall["log"]>[number]);
  return {
    pty,
    type: (bytes) => pty.write(bytes),
    async sees(text) {
      for (const until = Date.now() + 10_000; Date.now() < until; ) {
        if (screen().includes(text)) return;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`never saw "${text}" on:\n${screen()}`);
    },
    screen,
    cursor: () => ({ x: emulator.buffer.active.cursorX, y: emulator.buffer.active.cursorY }),
    resize(newColumns, newRows) {
      emulator.resize(newColumns, newRows);
      pty.resize(newColumns, newRows);
    },
    log,
    values: () => log().flatMap((entry) => (entry.reply?.kind === "value" ? [entry.reply.value] : [])),
    ended,
  };
}
