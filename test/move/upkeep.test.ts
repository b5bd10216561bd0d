/** Backups, restoring, purging, the schemas, the daily backup. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { run as backup } from "../../src/commands/backup.ts";
import { dailyBackup } from "../../src/commands/daily-backup.ts";
import { run as forget } from "../../src/commands/forget.ts";
import { run as purge } from "../../src/commands/purge.ts";
import { run as restore } from "../../src/commands/restore.ts";
import { run as schema, schemaOf } from "../../src/commands/schema.ts";
import { caseSchema } from "../../src/core/case-schema.ts";
import { addCase } from "../store/support.ts";
import { newDesk } from "../support/in-process.ts";

let desk: ReturnType<typeof newDesk>;
let file: string;
beforeEach(() => {
  desk = newDesk("2026-11-21T09:00:00+08:00");
  file = join(desk.home, "copy.backup");
});
afterEach(() => desk.remove());

async function add(words: string, more: Record<string, unknown> = {}): Promise<string> {
  const store = await desk.store();
  try {
    return addCase(store, { words, ...more });
  } finally {
    store.close();
  }
}

async function words(): Promise<unknown[]> {
  const store = await desk.store();
  try {
    return [...store.each({})].map((c) => c.record.words).sort();
  } finally {
    store.close();
  }
}

describe("backup and restore", () => {
  test("a copy made while the store is in use, for its owner only, whole", async () => {
    await add("one");
    const store = await desk.store();
    addCase(store, { words: "two" });
    const done = await desk.run(backup, [file]);
    store.close();
    expect(done.json).toMatchObject({ path: file, cases: 2 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const copy = new Database(file, { readonly: true });
    expect(copy.pragma("integrity_check", { simple: true })).toBe("ok");
    copy.close();
    expect(readdirSync(desk.home).filter((n) => n.includes(".tmp"))).toEqual([]);
    expect((await desk.run(backup, [file])).code).toBe(1);
    expect((await desk.run(backup, [file], { force: true })).code).toBe(0);
    expect((await desk.run(backup, [join(desk.home, "complaint.db")], { force: true })).code).toBe(1);
  });

  test("comes back, with the cases of that time and nothing else", async () => {
    await add("one");
    await desk.run(backup, [file]);
    await add("two");
    const refused = await desk.run(restore, [file]);
    expect([refused.code, refused.error!.code]).toEqual([1, "newer_cases"]);
    expect(await words()).toEqual(["one", "two"]);
    const forced = await desk.run(restore, [file], { force: true });
    expect(forced.json).toMatchObject({ cases: 1, lost: { cases: 1 } });
    expect(await words()).toEqual(["one"]);
    // What was there is kept, so that the mistake can be undone.
    expect((await desk.run(restore, [forced.json.kept], { force: true })).code).toBe(0);
    expect(await words()).toEqual(["one", "two"]);
    expect(statSync(join(desk.home, "complaint.db")).mode & 0o777).toBe(0o600);
  });

  test("nothing is restored while somebody has the store open", async () => {
    await add("one");
    await desk.run(backup, [file]);
    const other = new Database(join(desk.home, "complaint.db"));
    other.prepare("SELECT count(*) FROM events").get();
    const done = await desk.run(restore, [file]);
    expect([done.code, done.error!.code]).toEqual([1, "in_use"]);
    other.close();
    expect((await desk.run(restore, [file])).code).toBe(0);
    expect(await words()).toEqual(["one"]);
  });

  test("an erasure is applied to what comes back", async () => {
    await add("call me on 13912345678", { customer_phone: "13912345678" });
    await desk.run(backup, [file]);
    await desk.run(forget, ["13912345678"], { yes: true });
    const done = await desk.run(restore, [file], { force: true });
    expect(done.json).toMatchObject({ erasures: 1 });
    expect(await words()).toEqual([undefined]);
    expect(readFileSync(join(desk.home, "complaint.db")).includes("13912345678")).toBe(false);
  });

  test.each([
    ["missing", undefined],
    ["empty", Buffer.alloc(0)],
    ["text", Buffer.from("not a database at all, but long enough to be looked at")],
    ["cut", "cut"],
    ["flipped", "flipped"],
    ["foreign", "foreign"],
    ["newer", "newer"],
  ] as const)("a backup that is %s is refused with exit 3 and nothing changes", async (_, content) => {
    for (let i = 0; i < 60; i++) await add(`one ${i} ${"x".repeat(300)}`);
    const good = join(desk.home, "good.backup");
    await desk.run(backup, [good]);
    const bytes = readFileSync(good);
    if (content === "cut") writeFileSync(file, bytes.subarray(0, bytes.length >> 1));
    else if (content === "flipped") {
      for (let at = 4096 * 3; at < bytes.length; at += 4096 * 5) bytes.fill(0xff, at, at + 64);
      writeFileSync(file, bytes);
    } else if (content === "foreign" || content === "newer") {
      writeFileSync(file, bytes);
      const db = new Database(file);
      db.pragma(content === "newer" ? "user_version = 999" : "application_id = 1");
      db.close();
    } else if (content) writeFileSync(file, content);
    const before = readFileSync(join(desk.home, "complaint.db"));
    const done = await desk.run(restore, [file], { force: true });
    expect(done.code).toBe(3);
    expect(readFileSync(join(desk.home, "complaint.db")).equals(before)).toBe(true);
  });

  test("into a home without a store, and from none", async () => {
    await add("one");
    await desk.run(backup, [file]);
    const empty = newDesk("2026-11-21T09:00:00+08:00");
    try {
      expect((await empty.run(backup, [join(empty.home, "b")])).code).toBe(1);
      expect((await empty.run(restore, [file])).json).toMatchObject({ cases: 1 });
    } finally {
      empty.remove();
    }
  });
});

describe("the daily backup", () => {
  const daily = async () => {
    const { app } = await desk.app();
    const store = await app.store();
    try {
      return await dailyBackup(app, store);
    } finally {
      store.close();
    }
  };
  const kept = () =>
    existsSync(join(desk.home, "backups")) ? readdirSync(join(desk.home, "backups")).sort() : [];

  test("once a day, not on the first, and the newest stay", async () => {
    writeFileSync(join(desk.home, "config.yaml"), "backup: { keep: 2 }\n");
    await add("one");
    expect(await daily()).toBeUndefined();
    for (const day of ["22", "23", "24"]) {
      desk.at(`2026-11-${day}T09:00:00+08:00`);
      expect(await daily()).toBe(join(desk.home, "backups", `daily-2026-11-${day}.db`));
      expect(await daily()).toBeUndefined();
    }
    expect(kept()).toEqual(["daily-2026-11-23.db", "daily-2026-11-24.db"]);
  });

  test("off, and where it cannot be written: one line, no failure", async () => {
    await add("one");
    desk.at("2026-11-23T09:00:00+08:00");
    writeFileSync(join(desk.home, "config.yaml"), "backup: { keep: 0 }\n");
    expect(await daily()).toBeUndefined();
    writeFileSync(join(desk.home, "blocked"), "a file");
    writeFileSync(join(desk.home, "config.yaml"), `backup: { folder: ${join(desk.home, "blocked")} }\n`);
    const { app, err } = await desk.app();
    const store = await app.store();
    expect(await dailyBackup(app, store)).toBeUndefined();
    store.close();
    expect(err.join("")).toContain("daily-2026-11-23.db");
  });
});

describe("purge", () => {
  const close = async (id: string, at: string) => {
    const store = await desk.store();
    store.append(id, [{ type: "closed", at, data: { reason: "final_answer" } }]);
    store.close();
  };

  test("erases the persons of old closed cases and keeps their numbers", async () => {
    const old = await add("old 13912345678", { customer_phone: "13912345678", category: "price" });
    const fresh = await add("fresh", { customer_name: "Wang" });
    await add("open", { customer_name: "Li" });
    await close(old, "2025-01-01T00:00:00Z");
    await close(fresh, "2026-11-01T00:00:00Z");
    expect((await desk.run(purge, [], { olderThan: "365d" })).code).toBe(2);
    expect((await desk.run(purge, [], { olderThan: "long", yes: true })).code).toBe(2);
    const done = await desk.run(purge, [], { olderThan: "365d", yes: true });
    expect(done.json).toMatchObject({ cases: 1, pending: [] });
    expect(await words()).toEqual(["fresh", "open", undefined]);
    const store = await desk.store();
    expect(store.case(old)).toMatchObject({ status: "closed", record: { category: "price" } });
    store.close();
    expect(readFileSync(join(desk.home, "complaint.db")).includes("13912345678")).toBe(false);
    expect((await desk.run(purge, [], { olderThan: "365d", yes: true })).json).toMatchObject({ cases: 0 });
  });

  test("is for leads", async () => {
    expect(
      (await desk.run(purge, [], { olderThan: "1d", yes: true }, { COMPLAINT_ROLE: "agent" })).code,
    ).toBe(1);
  });

  test("an imported case that was purged does not come back with its file", async () => {
    const { run: importRun } = await import("../../src/commands/import.ts");
    const csv = join(desk.home, "t.csv");
    writeFileSync(
      csv,
      "id,opened_at,closed_at,words,customer_phone,category\n1,2024-01-01,2024-01-02,secret,13912345678,price\n",
    );
    await desk.run(importRun, [csv], { map: "generic" });
    expect((await desk.run(purge, [], { olderThan: "365d", yes: true })).json).toMatchObject({ cases: 1 });
    expect((await desk.run(importRun, [csv], { map: "generic" })).json).toMatchObject({
      unchanged: 1,
      stored: 0,
    });
    const store = await desk.store();
    const [found] = [...store.each({})];
    expect(found).toMatchObject({ status: "closed", record: { category: "price" } });
    expect(JSON.stringify(found)).not.toMatch(/secret|13912345678/);
    expect(JSON.stringify(store.events(found!.id))).not.toMatch(/secret|13912345678/);
    store.close();
  });
});

describe("schema", () => {
  test.each(["case", "event", "map"])("%s is JSON Schema", async (kind) => {
    const done = await desk.run(schema, [kind]);
    expect(done.json).toMatchObject({
      $schema: expect.stringContaining("2020-12"),
      type: "object",
      properties: expect.any(Object),
    });
    expect((await desk.run(schema, ["pony"])).code).toBe(2);
  });

  test("every case is of the form that is promised; the map's form names every field", async () => {
    await add("one", {
      flags: ["safety"],
      options: [{ remedy: "refund", amount: 5, currency: "CNY", accepted: true }],
    });
    const store = await desk.store();
    for (const c of store.each({})) expect(caseSchema.safeParse(c).error).toBeUndefined();
    store.close();
    const fields = (schemaOf("map") as { properties: { fields: { properties: object } } }).properties.fields
      .properties;
    expect(Object.keys(fields)).toEqual(
      expect.arrayContaining(["opened_at", "words", "closed_reason", "note"]),
    );
  });
});

test("a home that others may read is closed by doctor", async () => {
  await add("one");
  chmodSync(desk.home, 0o755);
  chmodSync(join(desk.home, "complaint.db"), 0o644);
  mkdirSync(join(desk.home, "backups"), { recursive: true });
  const { run: doctor } = await import("../../src/commands/doctor.ts");
  const done = await desk.run(doctor, []);
  expect(done.json).toMatchObject({ state: "mended" });
  expect(statSync(desk.home).mode & 0o777).toBe(0o700);
  expect(statSync(join(desk.home, "complaint.db")).mode & 0o777).toBe(0o600);
  expect((await desk.run(doctor, [])).json.state).toBe("well");
});
