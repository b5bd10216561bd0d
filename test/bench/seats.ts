/** Many seats on one file: processes that all commit at once, and a center at its usual pace. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { openStore } from "../../src/store/open-store.ts";
import { options } from "../store/child-support.ts";
import { benchHome, percentile, type Row } from "./measure.ts";

interface Load {
  processes: number;
  /** Seats in each process; memory for a process each would be more than many machines have. */
  seats?: number;
  commits: number;
  /** Milliseconds between two commits of a seat. */
  pause?: number;
}

interface Outcome {
  times: number[];
  failed: number;
  /** From the start of all to the end of the last. */
  seconds: number;
  /** Commits that were acknowledged and are not in the file. */
  lost: number;
}

/** Starts the process and gives what it prints, line by line. */
function start(program: string, path: string, { commits, pause = 0, seats = 1 }: Load) {
  const child = spawn(process.execPath, [program, path, String(commits), String(pause), String(seats)], {
    stdio: ["pipe", "pipe", "inherit"],
  }) as unknown as ChildProcessWithoutNullStreams;
  let text = "";
  child.stdout.on("data", (data) => {
    text += data;
  });
  return { child, ready: once(child.stdout, "data"), ended: once(child, "close").then(() => text) };
}

async function run(program: string, load: Load): Promise<Outcome> {
  const { home, remove } = benchHome();
  const path = join(home, "complaint.db");
  openStore(path, options()).close();
  try {
    const all = Array.from({ length: load.processes }, () => start(program, path, load));
    await Promise.all(all.map(({ ready }) => ready));
    const began = performance.now();
    for (const { child } of all) child.stdin.write("go\n");
    const texts = await Promise.all(all.map(({ ended }) => ended));
    const seconds = (performance.now() - began) / 1000;
    const told = texts.map((text) => JSON.parse(text.split("\n")[1]!) as Outcome);
    const times = told.flatMap((t) => t.times);
    const store = openStore(path, options());
    const { total } = store.list({ limit: 1 });
    store.close();
    const failed = told.reduce((sum, t) => sum + t.failed, 0);
    return { times, failed, seconds, lost: times.length - total };
  } finally {
    remove();
  }
}

export async function seatRows(): Promise<Row[]> {
  // Beside the program, where the packages it leaves outside are found.
  const program = join(import.meta.dirname, "..", "..", "dist", "bench-seat.mjs");
  try {
    await build({
      entryPoints: [join(import.meta.dirname, "seat.ts")],
      outfile: program,
      bundle: true,
      packages: "external",
      platform: "node",
      format: "esm",
      logLevel: "error",
    });
    const one = await run(program, { processes: 1, commits: 160 });
    const many = await run(program, { processes: 32, commits: 20 });
    const center = await run(program, { processes: 20, seats: 5, commits: 8, pause: 2000 });
    const rate = ({ times, seconds }: Outcome) => times.length / seconds;
    const least = { unit: "", gate: 0, goal: 0 };
    // In a fair queue each waits once for all the others.
    const fair = (32 * one.seconds * 1000) / one.times.length;
    return [
      { what: "32 processes × 20 commits at once: errors", measured: many.failed, ...least },
      { what: "32 processes × 20 commits at once: lost", measured: many.lost, ...least },
      {
        what: "… throughput against one writer",
        measured: rate(many) / rate(one),
        unit: "×",
        goal: 0.9,
        more: true,
      },
      {
        what: "… p99 of a commit against a fair queue",
        measured: percentile(many.times, 0.99) / fair,
        unit: "×",
        goal: 3,
      },
      {
        what: "100 seats, each committing every 2 s: errors and lost",
        measured: center.failed + center.lost,
        ...least,
      },
      {
        what: "… p99 of a commit",
        measured: percentile(center.times, 0.99),
        unit: "ms",
        gate: 50,
        goal: 10,
      },
    ];
  } finally {
    rmSync(program, { force: true });
  }
}
