/** The built program in a real terminal: what it printed, and its exit code. */
import { join } from "node:path";
import { spawn } from "@lydell/node-pty";

const BIN = join(import.meta.dirname, "..", "..", "bin", "complaint.js");

export interface PtyRun {
  columns?: number;
  rows?: number;
  env?: Record<string, string>;
  /** Typed one after another, each as soon as its text was printed. */
  replies?: readonly (readonly [seen: string | RegExp, typed: string])[];
}

/** Ends when the program does; one that waits for what nobody types is killed after 20 seconds (code 137). */
export function runInPty(
  home: string,
  args: readonly string[],
  { columns = 80, rows = 24, env = {}, replies = [] }: PtyRun = {},
): Promise<{ code: number; out: string }> {
  const pty = spawn(process.execPath, [BIN, ...args], {
    name: env.TERM ?? "xterm-256color",
    cols: columns,
    rows,
    env: {
      PATH: process.env.PATH ?? "",
      TERM: "xterm-256color",
      LANG: "en_GB.UTF-8",
      TZ: "UTC",
      COMPLAINT_HOME: home,
      COMPLAINT_AGENT: "lin",
      ...env,
    },
  });
  let out = "";
  let unread = "";
  const left = [...replies];
  pty.onData((data) => {
    out += data;
    unread += data;
    const [seen, typed] = left[0] ?? [];
    if (seen === undefined || !(typeof seen === "string" ? unread.includes(seen) : seen.test(unread))) return;
    left.shift();
    unread = "";
    pty.write(typed!);
  });
  const killer = setTimeout(() => pty.kill("SIGKILL"), 20_000);
  return new Promise((resolve) =>
    pty.onExit(({ exitCode, signal }) => {
      clearTimeout(killer);
      resolve({ code: signal ? 128 + signal : exitCode, out });
    }),
  );
}
