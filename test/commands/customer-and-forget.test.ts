/** A customer's history, and his erasure: searched for in the bytes of every file of the home. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run as contact } from "../../src/commands/contact.ts";
import { run as customer } from "../../src/commands/customer.ts";
import { run as forget } from "../../src/commands/forget.ts";
import { run as promise } from "../../src/commands/promise.ts";
import { filesBelow } from "../../src/store/erase.ts";
import { type Desk, newDesk } from "../support/in-process.ts";
import { type Made, madeCase } from "../support/made-case.ts";

let desk: Desk;
let first: Made;
let second: Made;
let other: Made;
const LEAD = { COMPLAINT_ROLE: "lead", COMPLAINT_AGENT: "lena" };

/** Everything in here must be gone; each is said nowhere else. */
const PERSON = {
  customer_name: "Zhuge Qiaoqiao",
  customer_phone: "13911112222",
  customer_email: "qiaoqiao@example.org",
  customer_account: "ACC-7788-99",
  customer_address: "Osmanthus Lane 17",
  words: "Zebras ate my contract and nobody answered",
  summary: "contract vanished xylophone",
  evidence: [{ kind: "photo", what: "quartz photograph", state: "have" }],
  lesson: "be kinder to Qiaoqiao",
};
const TRACES = [
  "Qiaoqiao",
  "13911112222",
  "139 1111 2222",
  "qiaoqiao@",
  "ACC-7788",
  "Osmanthus",
  "Zebras",
  "zebras",
  "xylophone",
  "quartz",
  "marmalade",
  "half-typed secret",
];

const traceIn = (path: string): string[] => {
  const bytes = readFileSync(path);
  return TRACES.filter((t) => bytes.includes(t)).map((t) => `${path}: ${t}`);
};

beforeEach(async () => {
  desk = newDesk("2026-11-23T10:00:00+08:00");
  first = await madeCase(desk, PERSON);
  second = await madeCase(
    desk,
    { ...PERSON, customer_phone: "139 1111 2222", category: "price" },
    { finish: false },
  );
  other = await madeCase(desk, {
    customer_name: "Wang Li",
    customer_phone: "13800005678",
    words: "kept words",
  });
  await desk.run(promise, [first.ref], { what: "marmalade by post", by: "tomorrow 10:00", why: "marmalade" });
  await desk.run(contact, [first.ref], { channel: "phone", note: "marmalade again" });
  const store = await desk.store();
  store.putTyped(second.id, "listen.words", "half-typed secret");
  store.close();
});
afterEach(() => desk.remove());

describe("customer", () => {
  it.each(["13911112222", "+86 139-1111-2222", "qiaoqiao@example.org", "ACC 7788 99", "zhuge  QIAOQIAO"])(
    "finds the cases by %s",
    async (who) => {
      const { json } = await desk.run(customer, who.split(" "), {}, LEAD);
      expect(json.cases.map((c: { ref: string }) => c.ref).sort()).toEqual([first.ref, second.ref].sort());
      expect(json.customer).toMatchObject({ name: "Zhuge Qiaoqiao", email: "qiaoqiao@example.org" });
      expect(json.promises).toMatchObject([
        { ref: first.ref, n: 1, what: "marmalade by post", state: "open" },
      ]);
    },
  );

  it("is for leads where roles are set, and is written to the access log", async () => {
    expect((await desk.run(customer, ["Wang", "Li"], {}, { COMPLAINT_ROLE: "agent" })).error?.code).toBe(
      "forbidden",
    );
    await desk.run(customer, ["Wang", "Li"], {}, LEAD);
    const store = await desk.store();
    const access = store.access(other.id).map(({ by, command }) => [by, command]);
    store.close();
    expect(access).toEqual([["lena", "customer"]]);
  });

  it("of nobody is empty", async () => {
    expect((await desk.run(customer, ["Nobody"], {}, LEAD)).json).toEqual({
      customer: {},
      cases: [],
      promises: [],
    });
  });
});

describe("forget", () => {
  it("leaves no byte of the person in the store, its journal, drafts or backups, and keeps the numbers", async () => {
    mkdirSync(join(desk.home, "backups"));
    const backup = join(desk.home, "backups", "complaint-2026-11-22.db");
    const keeper = await desk.store();
    keeper.scrub();
    copyFileSync(join(desk.home, "complaint.db"), backup);
    keeper.close();
    expect(traceIn(backup).length).toBeGreaterThan(5);

    const done = await desk.run(forget, ["13911112222"], { yes: true }, LEAD);
    expect(done.json).toMatchObject({ cases: expect.arrayContaining([first.ref, second.ref]), pending: [] });
    expect(done.json.erased_files).toContain(backup);
    expect(filesBelow(desk.home).flatMap(traceIn)).toEqual([]);

    const store = await desk.store();
    const left = store.case(first.id)!;
    expect(left.record).toEqual({ channel: "phone", category: "telecom-network" });
    expect([left.promises.length, left.contacts.length, left.notes.length, left.status]).toEqual([
      1,
      1,
      1,
      "open",
    ]);
    expect(store.search("zebras", {}).total).toBe(0);
    expect(store.case(other.id)?.record.words).toBe("kept words");
    expect(store.rebuild().differed).toBe(0);
    store.close();
  });

  it("says what it could not reach: a copy in the home it cannot open, other people's words", async () => {
    writeFileSync(join(desk.home, "old-list.txt"), "call 13911112222");
    const mention = await madeCase(desk, { words: "my neighbour 13911112222 has it too" });
    const { json } = await desk.run(forget, ["13911112222"], { yes: true }, LEAD);
    expect(json.pending).toEqual([
      expect.stringContaining("complaint.db"),
      expect.stringContaining("old-list.txt"),
      expect.stringContaining(mention.ref),
    ]);
    expect(json.out_of_reach).toHaveLength(2);
  });

  it("needs --yes without a terminal, a lead, and somebody to forget", async () => {
    const tries = [
      await desk.run(forget, ["13911112222"], {}, LEAD),
      await desk.run(forget, ["13911112222"], { yes: true }, { COMPLAINT_ROLE: "agent" }),
      await desk.run(forget, ["13900000000"], { yes: true }, LEAD),
    ];
    expect(tries.map((t) => [t.error?.code, t.code])).toEqual([
      ["missing_flag", 2],
      ["forbidden", 1],
      ["not_found", 1],
    ]);
    const store = await desk.store();
    expect(store.case(first.id)?.record.customer_name).toBe("Zhuge Qiaoqiao");
    store.close();
  });
});
