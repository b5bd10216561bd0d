/** Seats that share a folder and nothing else: one team's cases, whoever wrote first. */
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { run as forget } from "../../src/commands/forget.ts";
import { run as importRun } from "../../src/commands/import.ts";
import { run as sync } from "../../src/commands/sync.ts";
import type { Uuid } from "../../src/core/id.ts";
import { addCase, answer, scriptOf } from "../store/support.ts";
import { newDesk } from "../support/in-process.ts";

type Desk = ReturnType<typeof newDesk>;
const NOW = "2026-11-21T09:00:00+08:00";
let shared: string;
let desks: Desk[];
const seat = (agent: string): Desk => {
  const desk = newDesk(NOW, { COMPLAINT_AGENT: agent });
  desks.push(desk);
  return desk;
};

beforeEach(() => {
  shared = mkdtempSync(join(tmpdir(), "shared-"));
  desks = [];
});
afterEach(() => {
  for (const desk of desks) desk.remove();
  rmSync(shared, { recursive: true, force: true });
});

const meet = (desk: Desk, folder = shared) => desk.run(sync, [], { folder });

async function add(desk: Desk, fields: Record<string, unknown>): Promise<Uuid> {
  const store = await desk.store();
  try {
    store.putScript(scriptOf(["words"]));
    return addCase(store, fields);
  } finally {
    store.close();
  }
}

async function using<T>(desk: Desk, use: (store: Awaited<ReturnType<Desk["store"]>>) => T): Promise<T> {
  const store = await desk.store();
  try {
    return use(store);
  } finally {
    store.close();
  }
}

const wordsOf = (desk: Desk) =>
  using(desk, (store) => [...store.each({})].map((c) => String(c.record.words)).sort());

describe("sync", () => {
  test("two seats end with the union, and a third visit brings nothing new", async () => {
    const [li, wang] = [seat("li"), seat("wang")];
    await add(li, { words: "from li" });
    await add(wang, { words: "from wang" });
    expect((await meet(li)).json).toMatchObject({ added: 0, ignored: [] });
    expect((await meet(wang)).json).toMatchObject({ cases: 1 });
    expect((await meet(li)).json).toMatchObject({ cases: 1 });
    expect(await wordsOf(li)).toEqual(["from li", "from wang"]);
    expect(await wordsOf(wang)).toEqual(["from li", "from wang"]);
    const before = readdirSync(shared).map((name) => readFileSync(join(shared, name), "utf8"));
    expect((await meet(li)).json).toMatchObject({ files: 0, added: 0, written: 0 });
    expect((await meet(wang)).json).toMatchObject({ files: 0, added: 0, written: 0 });
    expect(readdirSync(shared).map((name) => readFileSync(join(shared, name), "utf8"))).toEqual(before);
  });

  test("each seat writes its own events only, in a file that shows who and how many", async () => {
    const [li, wang] = [seat("li"), seat("wang")];
    await add(li, { words: "from li" });
    await meet(li);
    await add(wang, { words: "from wang" });
    await meet(wang);
    await meet(li);
    const files = readdirSync(shared).filter((name) => !name.includes("scripts"));
    expect(files).toHaveLength(2);
    for (const name of files) {
      const [head, ...events] = readFileSync(join(shared, name), "utf8")
        .trim()
        .split("\n")
        .map((l) => JSON.parse(l));
      expect(head).toMatchObject({ complaint_bundle: 1, events: events.length });
      expect(name.startsWith(head.seat)).toBe(true);
      expect(new Set(events.map((e) => e.by))).toEqual(new Set([head.by]));
    }
  });

  test("the same case changed on two seats keeps both histories", async () => {
    const [li, wang] = [seat("li"), seat("wang")];
    const id = await add(li, { words: "first" });
    await meet(li);
    await meet(wang);
    await using(li, (store) => store.append(id, [{ type: "noted", data: { text: "by li" } }]));
    await using(wang, (store) =>
      store.append(id, [{ type: "noted", data: { text: "by wang" } }, answer("summary", "s")]),
    );
    for (const desk of [li, wang, li, wang]) await meet(desk);
    const views = await Promise.all([li, wang].map((desk) => using(desk, (store) => store.case(id)!)));
    expect(views[0]).toEqual(views[1]);
    expect(views[0]!.notes.map((n) => n.text).sort()).toEqual(["by li", "by wang"]);
    expect(views[0]!.record.summary).toBe("s");
  });

  test("files that are not whole, foreign ones and links are passed over; whole they are read", async () => {
    const [li, wang] = [seat("li"), seat("wang")];
    await add(li, { words: "from li" });
    await meet(li);
    const name = readdirSync(shared).find((n) => n.endsWith("00001.bundle"))!;
    const whole = readFileSync(join(shared, name));
    writeFileSync(join(shared, name), whole.subarray(0, whole.length - 30));
    writeFileSync(join(shared, "notes.bundle"), "shopping list\n");
    writeFileSync(join(shared, ".half.bundle.1.tmp"), "{");
    symlinkSync("/etc/passwd", join(shared, "link.bundle"));
    mkdirSync(join(shared, "folder.bundle"));
    const first = await meet(wang);
    expect(first.code).toBe(0);
    expect(first.json).toMatchObject({ added: 0 });
    expect(first.json.ignored.map((i: { path: string }) => i.path).sort()).toEqual(
      [join(shared, name), join(shared, "notes.bundle")].sort(),
    );
    writeFileSync(join(shared, name), whole);
    expect((await meet(wang)).json).toMatchObject({ cases: 1 });
    expect(await wordsOf(wang)).toEqual(["from li"]);
  });

  test("an erasure travels, empties the files in the folder and reaches the backups of others", async () => {
    const [li, wang] = [seat("li"), seat("wang")];
    await add(li, { words: "my router 13912345678 broke", customer_phone: "13912345678", category: "price" });
    await meet(li);
    await meet(wang);
    const backup = join(wang.home, "backups", "daily-2026-11-20.db");
    mkdirSync(join(wang.home, "backups"));
    const { run: backupRun } = await import("../../src/commands/backup.ts");
    expect((await wang.run(backupRun, [backup])).code).toBe(0);
    expect((await wang.run(forget, ["13912345678"], { yes: true })).code).toBe(0);
    await meet(wang);
    expect((await meet(li)).json).toMatchObject({ erased: 1, pending: [] });
    const [mine] = await using(li, (store) => [...store.each({})]);
    expect(mine!.record.words).toBeUndefined();
    expect(mine!.record.category).toBe("price");
    const texts = [...readdirSync(shared).map((n) => join(shared, n)), join(li.home, "complaint.db"), backup];
    for (const path of texts) expect(readFileSync(path).includes("13912345678"), path).toBe(false);
  });

  test("what a copy of this seat wrote is not lost by writing over it", async () => {
    const li = seat("li");
    await add(li, { words: "one" });
    await meet(li);
    // Another machine works with a copy of the same store and writes under the same name.
    const name = readdirSync(shared).find((n) => n.endsWith("00001.bundle"))!;
    const wang = seat("wang");
    const other = await add(wang, { words: "two" });
    const elsewhere = mkdtempSync(join(tmpdir(), "elsewhere-"));
    await meet(wang, elsewhere);
    const theirs = readdirSync(elsewhere).find((n) => n.endsWith("00001.bundle"))!;
    writeFileSync(join(shared, name), readFileSync(join(elsewhere, theirs)));
    rmSync(elsewhere, { recursive: true });
    await meet(li);
    expect(await wordsOf(li)).toEqual(["one", "two"]);
    const kept = readFileSync(join(shared, name), "utf8");
    expect(kept).toContain(other);
  });

  test("an imported file travels like any other case, once", async () => {
    const [li, wang] = [seat("li"), seat("wang")];
    const file = join(shared, "t.csv");
    writeFileSync(file, "id,opened_at,words\n1,2024-01-01,a\n2,2024-01-02,b\n");
    await li.run(importRun, [file], { map: "generic" });
    await meet(li);
    expect((await meet(wang)).json).toMatchObject({ cases: 2 });
    expect((await wang.run(importRun, [file], { map: "generic" })).json).toMatchObject({
      stored: 0,
      unchanged: 2,
    });
    appendFileSync(file, "3,2024-01-03,c\n");
    expect((await wang.run(importRun, [file], { map: "generic" })).json).toMatchObject({
      stored: 1,
      unchanged: 2,
    });
    await meet(wang);
    expect((await meet(li)).json).toMatchObject({ cases: 1 });
    expect(await wordsOf(li)).toEqual(["a", "b", "c"]);
  });

  test("a folder that is not there, or none", async () => {
    const li = seat("li");
    expect((await meet(li, join(shared, "none"))).code).toBe(4);
    expect((await li.run(sync, [])).code).toBe(2);
  });
});
