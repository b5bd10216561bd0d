/** Real processes on one file: many writers at once, and writers that are killed. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../src/store/open-store.ts";
import { freshFolder, options } from "./support.ts";

const root = join(import.meta.dirname, "../..");
let writer = "";

/** Bundled once: fifty children that each compile TypeScript would measure the compiler. */
beforeAll(() => {
  writer = join(root, "node_modules", ".cache", "store-writer.mjs");
  buildSync({
    entryPoints: [join(import.meta.dirname, "writer-child.ts")],
    outfile: writer,
    bundle: true,
    platform: "node",
    format: "esm",
    external: ["better-sqlite3"],
  });
});

function child(
  path: string,
  commits: number,
): { process: ChildProcess; done: Promise<{ code: number | null; out: string; err: string }> } {
  const process_ = spawn(process.execPath, [writer, path, String(commits)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  process_.stdout.on("data", (d) => (out += d));
  process_.stderr.on("data", (d) => (err += d));
  const done = new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    process_.on("close", (code) => resolve({ code, out, err })),
  );
  return { process: process_, done };
}

describe("processes on one file", () => {
  test("fifty that make and fill it at once: no error, nothing lost", { timeout: 120_000 }, async () => {
    const path = join(freshFolder(), "complaint.db");
    const results = await Promise.all(Array.from({ length: 50 }, () => child(path, 10).done));
    expect(results.filter((r) => r.code !== 0 || r.err !== "")).toEqual([]);
    const acknowledged = results.flatMap((r) => r.out.trim().split("\n"));
    const store = openStore(path, options());
    expect(acknowledged).toHaveLength(500);
    expect(
      store
        .list({})
        .cases.map((c) => c.id)
        .sort(),
    ).toEqual([...acknowledged].sort());
    expect(store.query("PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
    expect(store.rebuild()).toEqual({ cases: 500, differed: 0 });
  });

  test("killed while writing: what was acknowledged is there, whole, and the cache agrees", {
    timeout: 120_000,
  }, async () => {
    const path = join(freshFolder(), "complaint.db");
    openStore(path, options()).close();
    const acknowledged: string[] = [];
    for (let round = 0; round < 10; round++) {
      const { process: running, done } = child(path, 100_000);
      await new Promise<void>((resolve) => {
        let seen = 0;
        running.stdout!.on("data", (d) => {
          seen += String(d).split("\n").length;
          if (seen > 5 + round * 3) resolve();
        });
      });
      running.kill("SIGKILL");
      const { out } = await done;
      acknowledged.push(
        ...out
          .slice(0, out.lastIndexOf("\n") + 1)
          .split("\n")
          .filter((l) => l !== ""),
      );
    }
    const store = openStore(path, options());
    const ids = new Set(store.list({}).cases.map((c) => c.id));
    expect(acknowledged.length).toBeGreaterThan(50);
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
    // Each case is one transaction of two events: none is half there.
    expect(store.query("SELECT case_id FROM events GROUP BY case_id HAVING count(*) <> 2")).toEqual([]);
    expect(store.query("PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
    expect(store.rebuild().differed).toBe(0);
  });
});
