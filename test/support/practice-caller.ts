/** Plays the built program's `practice --jsonl` as a softphone would: every line it printed, and its exit code. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { PracticeLine } from "../../src/core/practice-case.ts";
import { BIN } from "./run-program.ts";

export interface Told {
  type: string;
  kind?: string;
  stage?: string;
  optional?: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: each type carries its own
  [key: string]: any;
}

export interface Played {
  code: number | null;
  lines: Told[];
  /** What was replied, as it was sent. */
  replies: string;
  done?: Told;
}

export function playProgram(
  args: readonly string[],
  env: Record<string, string>,
  reply: (question: Told) => object,
): Promise<Played> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, ...args, "--jsonl"], {
      env: { PATH: process.env.PATH ?? "", ...env },
      stdio: ["pipe", "pipe", "ignore"],
    });
    const played: Played = { code: null, lines: [], replies: "" };
    createInterface({ input: child.stdout }).on("line", (line) => {
      const told = JSON.parse(line) as Told;
      played.lines.push(told);
      if (told.type === "done") played.done = told;
      if (told.type !== "question") return;
      const sent = `${JSON.stringify(reply(told))}\n`;
      played.replies += sent;
      if (played.lines.length > 300) child.kill();
      child.stdin.write(sent);
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ ...played, code }));
  });
}

/** What a script's own question gets where nothing better is known. */
function plain(q: Told): unknown {
  if (q.kind === "say") return "said";
  if (q.optional) return null;
  if (q.kind === "choose") return q.choices[0].id;
  if (q.kind === "yes-no") return true;
  if (q.kind === "number") return 1;
  return "as told";
}

/** Says the lines of a run, each at the next turn of its stage, and nothing where none is left. */
export function speak(run: readonly PracticeLine[]): (question: Told) => object {
  const left = [...run];
  return (q) => {
    if (q.kind !== "reply") return { value: plain(q) };
    const at = left.findIndex((line) => line.stage === q.stage);
    return { value: at < 0 ? "" : left.splice(at, 1)[0]!.says };
  };
}
