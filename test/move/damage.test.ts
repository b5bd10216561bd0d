/** A database damaged on purpose: mended, rescued or refused with a clear message, and nothing more is lost. */
import {
  chmodSync,
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { run as doctor } from "../../src/commands/doctor.ts";
import { run as list } from "../../src/commands/list.ts";
import { run as report } from "../../src/commands/report.ts";
import { run as restore } from "../../src/commands/restore.ts";
import { run as search } from "../../src/commands/search.ts";
import type { Uuid } from "../../src/core/id.ts";
import { newId } from "../../src/core/id.ts";
import { LONG, SEED, times } from "../fuzz/fuzz.ts";
import { answer, opening, scriptOf } from "../store/support.ts";
import { newDesk } from "../support/in-process.ts";

const CASES = 200;
const PAGE = 4096;
const ROUNDS = times(12);
const NOW = "2026-11-21T09:00:00+08:00";

let desk: ReturnType<typeof newDesk>;
let path: string;

/** Made once: a long text that needs pages of its own now and then, and many short ones; the same bytes with every run. */
let whole: Buffer;

beforeAll(async () => {
  const maker = newDesk(NOW);
  const store = await maker.store();
  store.putScript(scriptOf(["words"]));
  const next = numbers(11);
  const ownId = (): Uuid => newId(Date.parse(NOW), (n) => Uint8Array.from({ length: n }, () => next(256)));
  store.appendAll(
    Array.from({ length: CASES }, (_, i) => {
      const words = `case ${i} ${"线路又断了 ".repeat(i % 40 === 0 ? 4000 : 10)}`;
      const drafts = [...opening(ownId()), answer("words", words), answer("category", "price")];
      return { caseId: ownId(), drafts: drafts.map((draft) => ({ ...draft, id: ownId() })) };
    }),
  );
  store.close();
  whole = readFileSync(join(maker.home, "complaint.db"));
  maker.remove();
});

beforeEach(() => {
  desk = newDesk(NOW);
  path = join(desk.home, "complaint.db");
  writeFileSync(path, whole, { mode: 0o600 });
});
afterEach(() => desk.remove());

/** Numbers below `n` that look random, the same for the same seed. */
function numbers(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % n;
  };
}

function overwrite(at: number, bytes: Buffer): void {
  const all = readFileSync(path);
  bytes.copy(all, at);
  writeFileSync(path, all);
}

function inside(sql: string): void {
  const db = new Database(path);
  db.unsafeMode(true);
  db.pragma("writable_schema = ON");
  db.exec(sql);
  db.close();
}

/** Pages of a table or index, from its root down. */
function pagesOf(name: string): number[] {
  const db = new Database(path, { readonly: true });
  const { rootpage } = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?").get(name) as {
    rootpage: number;
  };
  db.close();
  const bytes = readFileSync(path);
  const walk = (n: number): number[] => {
    const base = (n - 1) * PAGE + (n === 1 ? 100 : 0);
    const kind = bytes[base]!;
    if (kind === 0x0d || kind === 0x0a) return [n];
    const count = bytes.readUInt16BE(base + 3);
    const children = Array.from({ length: count }, (_, i) =>
      bytes.readUInt32BE((n - 1) * PAGE + bytes.readUInt16BE(base + 12 + i * 2)),
    );
    return [n, ...[...children, bytes.readUInt32BE(base + 8)].flatMap(walk)];
  };
  return walk(rootpage);
}

interface Done {
  state: string;
  checks: { id: string; state: string; message: string; hint?: string }[];
}

/** Runs the doctor, and every kind of command beside it: whatever they say, they say it. */
async function examine(): Promise<Done & { code: number }> {
  for (const [command, args] of [
    [list, []],
    [search, ["case"]],
    [report, []],
  ] as const)
    expect([0, 4]).toContain((await desk.run(command, args)).code);
  const done = await desk.run(doctor, []);
  return { ...done.json, code: done.code };
}

const messageOf = (done: Done, id: string): string => done.checks.find((c) => c.id === id)?.message ?? "";

async function total(): Promise<number> {
  return (await desk.run(list, [], { status: "all" })).json.total;
}

async function takeRescued(): Promise<number> {
  const [file] = readdirSync(desk.home).filter((name) => name.includes("rescued") && name.endsWith(".db"));
  expect(file).toBeDefined();
  const before = existsSync(path) ? readFileSync(path) : undefined;
  // Where SQLite still reads the damaged file, it can be seen that nothing would be lost.
  const careful = await desk.run(restore, [join(desk.home, file!)]);
  const done =
    careful.code === 0 ? careful : await desk.run(restore, [join(desk.home, file!)], { force: true });
  expect([careful.code, done.code]).toEqual([expect.toSatisfy((code) => code === 0 || code === 1), 0]);
  // The damaged file is still there to be looked at by somebody else.
  if (before && before.length > 0) {
    const kept = readFileSync(done.json.kept);
    const changed = kept.filter((byte, i) => byte !== before[i]).length;
    // Taking it for oneself changes its journal mode and counters, no more.
    expect([kept.length, changed]).toEqual([before.length, expect.toSatisfy((n) => n < 20)]);
  }
  expect((await desk.run(doctor, [])).json.state).not.toBe("unreadable");
  return total();
}

describe("a damaged database", () => {
  test("1. its beginning overwritten: everything is rescued", async () => {
    overwrite(0, Buffer.alloc(100, 0xab));
    const done = await examine();
    expect([done.code, done.state]).toEqual([4, "unreadable"]);
    expect(messageOf(done, "rescue")).toContain(`of ${CASES} cases`);
    expect(messageOf(done, "rescue")).toContain("at most 0 events");
    expect(await takeRescued()).toBe(CASES);
  });

  test("2. cut in the middle: what is before the cut is rescued, the loss is stated", async () => {
    const file = openSync(path, "r+");
    ftruncateSync(file, statSync(path).size >> 1);
    closeSync(file);
    const done = await examine();
    expect(done.code).toBe(4);
    expect(messageOf(done, "rescue")).toMatch(/Rescued into .*: \d+ events of \d+ cases/);
    const left = await takeRescued();
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(CASES);
  });

  test("3. a page of events zeroed: all but that page is rescued", async () => {
    const leaves = pagesOf("events");
    overwrite((leaves.at(3)! - 1) * PAGE, Buffer.alloc(PAGE));
    const done = await examine();
    expect(done.code).toBe(4);
    const missing = Number(/at most (\d+) events/.exec(messageOf(done, "rescue"))![1]);
    expect(missing).toBeGreaterThan(0);
    expect(missing).toBeLessThan(60);
    expect(await takeRescued()).toBeGreaterThan(CASES - 30);
  });

  test("4. the root of the events gone: the leaves are found all the same", async () => {
    const [root] = pagesOf("events");
    overwrite((root! - 1) * PAGE, Buffer.alloc(PAGE));
    const done = await examine();
    expect(done.code).toBe(4);
    expect(await takeRescued()).toBeGreaterThan(CASES - 5);
  });

  test("5. an index damaged: mended in its place", async () => {
    const [, leaf] = pagesOf("events_case");
    overwrite((leaf! - 1) * PAGE + 200, Buffer.alloc(1000, 0x11));
    const done = await examine();
    expect(["mended", "unreadable"]).toContain(done.state);
    expect(done.state === "mended" ? await total() : await takeRescued()).toBe(CASES);
  });

  test("6. the lists damaged: made anew from the events", async () => {
    inside(
      "UPDATE bodies SET body = '{' WHERE place IN (SELECT place FROM bodies LIMIT 5); DELETE FROM cases WHERE place IN (SELECT place FROM cases LIMIT 3)",
    );
    const done = await examine();
    expect([done.code, done.state]).toEqual([0, "mended"]);
    expect(await total()).toBe(CASES);
    expect((await desk.run(search, ["线路"], { status: "all" })).json.total).toBe(CASES);
  });

  test("7. tables of the lists dropped: made anew", async () => {
    inside("DROP TABLE statuses; DROP TABLE search");
    const done = await examine();
    expect([done.code, done.state]).toEqual([0, "mended"]);
    expect(await total()).toBe(CASES);
  });

  test("8. the events dropped: what is left of them is rescued, or the loss is stated", async () => {
    inside(
      "UPDATE sqlite_schema SET name = 'gone', tbl_name = 'gone', sql = replace(sql, 'TABLE events', 'TABLE gone') WHERE name = 'events'; DELETE FROM sqlite_schema WHERE name IN ('events_case', 'events_by')",
    );
    const done = await examine();
    expect(done.code).toBe(4);
    expect(await takeRescued()).toBe(CASES);
  });

  test("9. the journal cut off after a crash: what was committed before it stays", async () => {
    const copy = new Database(path);
    copy.pragma("wal_autocheckpoint = 0");
    copy
      .prepare("INSERT INTO access (at, by, command, cases) VALUES ('2026-01-01T00:00:00Z', 'x', 'y', '[]')")
      .run();
    const journal = readFileSync(`${path}-wal`);
    const main = readFileSync(path);
    copy.close();
    writeFileSync(path, main);
    writeFileSync(`${path}-wal`, journal.subarray(0, journal.length >> 1));
    rmSync(`${path}-shm`, { force: true });
    const done = await examine();
    expect(done.code).toBe(0);
    expect(await total()).toBe(CASES);
  });

  test("10. another file in its place: refused, and left as it is", async () => {
    for (const content of ["a letter, long enough to be looked at ".repeat(300), "%PDF-1.7"]) {
      writeFileSync(path, content);
      const done = await examine();
      expect(done.code).toBe(4);
      expect(readFileSync(path, "utf8")).toBe(content);
      for (const name of readdirSync(desk.home).filter((n) => n.includes("rescued")))
        rmSync(join(desk.home, name));
    }
  });

  test("11. another program's database, and one of a newer version: refused", async () => {
    inside("PRAGMA user_version = 999");
    expect((await examine()).code).toBe(4);
    inside("PRAGMA user_version = 1; PRAGMA application_id = 7");
    const before = readFileSync(path);
    expect((await examine()).code).toBe(4);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test("12. emptied: said, and a backup comes back", async () => {
    const { run: backup } = await import("../../src/commands/backup.ts");
    const copy = join(desk.home, "copy");
    await desk.run(backup, [copy]);
    for (const end of ["-wal", "-shm"]) rmSync(path + end, { force: true });
    writeFileSync(path, "");
    const done = await examine();
    expect([done.code, done.state]).toEqual([1, "problems"]);
    expect((await desk.run(restore, [copy])).code).toBe(0);
    expect(await total()).toBe(CASES);
  });

  test("13. texts of events spoiled: the others are rescued", async () => {
    inside("UPDATE events SET data = '{\"field\":' WHERE position % 50 = 7");
    const done = await examine();
    expect(done.code).toBe(4);
    const left = await takeRescued();
    expect(left).toBeGreaterThan(CASES * 0.9);
  });

  test("14. a folder in its place, and a file that may not be read", async () => {
    if (process.getuid?.() !== 0) {
      chmodSync(path, 0);
      expect((await desk.run(doctor, [])).code).toBe(4);
      chmodSync(path, 0o600);
    }
    rmSync(path);
    const { mkdirSync } = await import("node:fs");
    mkdirSync(path);
    expect((await desk.run(doctor, [])).code).toBe(4);
  });

  test("15. events that SQLite takes for good: the bad ones are found, the lost ones named", async () => {
    inside("UPDATE events SET type = 'OPENED' WHERE position = (SELECT min(position) FROM events)");
    const bad = await examine();
    expect([bad.code, bad.state]).toEqual([4, "unreadable"]);
    expect(messageOf(bad, "lost").match(/[0-9A-Z]{4}-[0-9A-Z]{4}/g)).toHaveLength(1);
    expect(await takeRescued()).toBe(CASES - 1);
  });

  test("16. a case without its beginning: named, the others stay", async () => {
    inside(
      "UPDATE events SET type = 'opening' WHERE position IN (SELECT position FROM events WHERE type = 'opened' LIMIT 2)",
    );
    const done = await examine();
    expect([done.code, done.state]).toEqual([1, "problems"]);
    expect(messageOf(done, "lost").match(/[0-9A-Z]{4}-[0-9A-Z]{4}/g)).toHaveLength(2);
    expect(await total()).toBe(CASES - 2);
  });

  test.each([
    "UPDATE cases SET status = 'oben' WHERE place = (SELECT max(place) FROM cases)",
    "UPDATE cases SET category = 'x', opened_at = opened_at + 1 WHERE place = (SELECT max(place) FROM cases)",
    "UPDATE case_counts SET n = n - 3",
    "DELETE FROM bodies WHERE place = (SELECT max(place) FROM bodies)",
    "UPDATE statuses SET case_id = 'nobody' WHERE case_id = (SELECT min(case_id) FROM statuses)",
    "INSERT INTO flags VALUES ('nobody', 'safety', 1, 0)",
  ])("17. a wrong row in the lists: %s", async (sql) => {
    inside(sql);
    const done = await examine();
    expect([done.code, done.state]).toEqual([0, "mended"]);
    expect(await total()).toBe(CASES);
    expect((await desk.run(list, [], { status: "draft" })).json.total).toBe(CASES);
    const again = await desk.run(doctor, []);
    expect([again.code, again.json.state]).toEqual([0, "well"]);
  });

  test("random damage: never a bug, never less than was readable before", { timeout: LONG }, async () => {
    const next = numbers(SEED);
    for (let round = 0; round < ROUNDS; round++) {
      const bytes = Buffer.from(whole);
      for (let n = 0; n < 1 + next(4); n++) {
        const at = next(bytes.length - 600);
        bytes.fill(next(256), at, at + 1 + next(600));
      }
      for (const name of readdirSync(desk.home))
        if (name !== "cache") rmSync(join(desk.home, name), { recursive: true, force: true });
      writeFileSync(path, bytes);
      const done = await examine();
      expect([0, 1, 4], `round ${round}`).toContain(done.code);
      // What is not there any more is said, and everything else still is.
      const lost = messageOf(done, "lost");
      if (done.code === 0) expect([await total(), lost], `round ${round}`).toEqual([CASES, ""]);
      if (done.code === 1)
        expect(await total(), `round ${round}`).toBeGreaterThanOrEqual(CASES - lost.split(",").length);
    }
  });
});
