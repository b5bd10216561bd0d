/** Measuring whole processes: interleaved rounds, minima, as multiples of an empty Node process of the same round. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..", "..");
export const PROGRAM = join(ROOT, "bin", "complaint.js");
const HOOK = join(import.meta.dirname, "report-usage.cjs");

/** One line of the result: what was measured against what may be (gate) and what we are after (goal). */
export interface Row {
  what: string;
  measured: number;
  unit: string;
  gate?: number;
  goal?: number;
  /** More is better, as for rows per second. */
  more?: boolean;
}

export interface Command {
  /** Arguments of node: `["-e", "0"]`, or the program and its arguments. */
  args: readonly string[];
  input?: string;
  env?: Readonly<Record<string, string>>;
}

export interface Cost {
  /** The whole process, from start to exit, in milliseconds. */
  time: number;
  /** Peak resident memory in kilobytes. */
  rss: number;
}

export const complaint = (...args: string[]): string[] => [PROGRAM, ...args];

export function benchHome(): { home: string; remove: () => void } {
  const home = mkdtempSync(join(tmpdir(), "complaint-bench-"));
  return { home, remove: () => rmSync(home, { recursive: true, force: true }) };
}

function runOnce({ args, input, env }: Command, home: string): Cost {
  const usage = join(home, "usage.json");
  const start = process.hrtime.bigint();
  const result = spawnSync(process.execPath, ["--require", HOOK, ...args], {
    input: input ?? "",
    env: {
      PATH: process.env.PATH ?? "",
      TZ: "UTC",
      LANG: "en_GB.UTF-8",
      COMPLAINT_HOME: home,
      BENCH_USAGE: usage,
      ...env,
    },
    maxBuffer: 1 << 28,
  });
  if (result.status !== 0) throw new Error(`${args.join(" ")}: exit ${result.status}\n${result.stderr}`);
  const time = Number(process.hrtime.bigint() - start) / 1e6;
  return { time, rss: Number(readFileSync(usage, "utf8")) };
}

/** Least time and memory of each command over interleaved rounds: the minimum is what the rest of the machine disturbs least. */
export function costs(
  commands: Readonly<Record<string, Command>>,
  home: string,
  rounds = 12,
): Record<string, Cost> {
  const best: Record<string, Cost> = {};
  for (let round = 0; round < rounds; round++)
    for (const [name, command] of Object.entries(commands)) {
      const { time, rss } = runOnce(command, home);
      const known = best[name];
      best[name] = { time: Math.min(time, known?.time ?? time), rss: Math.min(rss, known?.rss ?? rss) };
    }
  return best;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
