/** `today`: what is owed, by whom, oldest first; and the breach that reading shows and writing writes. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Run } from "../../src/app.ts";
import { run as close } from "../../src/commands/close.ts";
import { run as contact } from "../../src/commands/contact.ts";
import { run as escalate } from "../../src/commands/escalate.ts";
import { run as promise } from "../../src/commands/promise.ts";
import { run as resolve } from "../../src/commands/resolve.ts";
import { run as today } from "../../src/commands/today.ts";
import { run as wait } from "../../src/commands/wait.ts";
import { type Desk, newDesk } from "../support/in-process.ts";
import { madeCase, written } from "../support/made-case.ts";

let desk: Desk;
const BEN = { COMPLAINT_AGENT: "ben" };
const LEAD = { COMPLAINT_AGENT: "lena", COMPLAINT_ROLE: "lead" };
const KEYS = ["drafts", "promises", "callbacks", "approvals", "at_risk", "breached"];

beforeEach(() => {
  desk = newDesk("2026-11-23T10:00:00+08:00");
});
afterEach(() => desk.remove());

const refs = (list: { ref: string }[]) => list.map((e) => e.ref);
const agenda = async (env = {}, flags = {}) => (await desk.run(today, [], flags, env)).json;

it("is empty, and makes nothing, where there is no database", async () => {
  expect(await agenda()).toEqual(Object.fromEntries(KEYS.map((k) => [k, []])));
  const { out } = await desk.run(today, [], { json: false });
  expect(out).toBe("Nothing is due. Well done.\n");
  const { readdirSync } = await import("node:fs");
  expect(readdirSync(desk.home)).toEqual([]);
});

it("shows promises overdue, due and soon to their owner, oldest first, each with its command", async () => {
  const mine = await madeCase(desk);
  const other = await madeCase(desk, {}, { env: BEN });
  for (const by of ["2026-11-24T09:00", "2026-11-23T17:00", "2026-11-23T10:30", "2026-12-10T10:00"])
    await desk.run(promise, [mine.ref], { what: `until ${by}`, by, why: "x" });
  await desk.run(promise, [other.ref], { what: "ben's", by: "2026-11-23T12:00", why: "x" });
  desk.at("2026-11-23T11:00:00+08:00");
  const { promises } = await agenda();
  expect(
    promises.map((p: { n: number; state: string; command: string }) => [p.n, p.state, p.command]),
  ).toEqual([
    [3, "overdue", `complaint promise settle ${mine.ref} 3 --kept`],
    [2, "due", `complaint promise settle ${mine.ref} 2 --kept`],
    [1, "soon", `complaint promise settle ${mine.ref} 1 --kept`],
  ]);
  expect((await agenda(LEAD)).promises).toHaveLength(4);
  expect((await agenda({ ...BEN, COMPLAINT_ROLE: "agent" })).promises).toHaveLength(1);
});

it("shows callbacks from the day they are due on, with the attempts made", async () => {
  const made = await madeCase(desk);
  await desk.run(resolve, [made.ref], { outcome: "resolved_later" });
  expect((await agenda()).callbacks).toEqual([]);
  desk.at("2026-11-25T08:00:00+08:00");
  expect((await agenda()).callbacks).toMatchObject([
    { ref: made.ref, n: 1, attempts: 0, state: "due", command: `complaint call-back ${made.ref}` },
  ]);
});

it("shows approvals to who may decide them, and their own to who asked", async () => {
  const made = await madeCase(desk);
  await written(desk, made.id, [
    { type: "approval-asked", data: { remedy: "refund", amount: 900, currency: "CNY" } },
  ]);
  expect((await agenda(LEAD)).approvals).toMatchObject([{ ref: made.ref, n: 1, by: "anna", mine: true }]);
  expect((await agenda({ COMPLAINT_ROLE: "agent" })).approvals).toMatchObject([{ mine: false }]);
  expect((await agenda({ ...BEN, COMPLAINT_ROLE: "agent" })).approvals).toEqual([]);
  expect((await agenda(BEN)).approvals).toMatchObject([{ mine: true }]);
});

it("shows unfinished calls; one with a story that nobody finished for a day heads a lead's", async () => {
  const story = await madeCase(desk, {}, { finish: false });
  const empty = await madeCase(desk, { words: undefined, category: undefined }, { finish: false });
  desk.at("2026-11-24T11:00:00+08:00");
  const fresh = await madeCase(desk, {}, { finish: false, env: BEN });
  const { drafts } = await agenda(LEAD);
  expect(drafts.map((d: { ref: string; stale: boolean }) => [d.ref, d.stale])).toEqual([
    [story.ref, true],
    [empty.ref, false],
    [fresh.ref, false],
  ]);
  expect(refs((await agenda(BEN)).drafts)).toEqual([fresh.ref]);
});

describe("deadlines", () => {
  it("are at risk from 80 % on, breached at the deadline, and stand still while the customer is waited for", async () => {
    const made = await madeCase(desk);
    const waiting = await madeCase(desk);
    desk.at("2026-11-24T10:00:00+08:00");
    await desk.run(wait, [waiting.ref], { why: "photos" });
    desk.at("2026-12-05T10:00:00+08:00");
    const risk = await agenda();
    expect([refs(risk.at_risk), risk.breached, risk.at_risk[0].used]).toEqual([[made.ref], [], 0.8]);
    desk.at("2026-12-08T10:00:00+08:00");
    const late = await agenda();
    expect([late.at_risk, refs(late.breached)]).toEqual([[], [made.ref]]);
  });

  it("that passed are written down by the next command that writes, once, dated at the deadline", async () => {
    const made = await madeCase(desk);
    const other = await madeCase(desk);
    desk.at("2026-12-09T10:00:00+08:00");
    const breaches = async () => {
      const store = await desk.store();
      const found = [made, other].map((m) =>
        store.case(m.id)!.escalations.filter((e) => e.trigger === "breach"),
      );
      store.close();
      return found;
    };
    expect(await breaches()).toEqual([[], []]);
    await desk.run(contact, [made.ref], { channel: "phone" });
    await desk.run(contact, [made.ref], { channel: "phone" });
    const breach = { n: 1, at: "2026-12-08T02:00:00.000Z", to: "lead", by: "complaint", trigger: "breach" };
    expect(await breaches()).toEqual([[breach], [breach]]);
  });

  it("are not breached by a case resolved in the same command", async () => {
    const made = await madeCase(desk);
    desk.at("2026-12-09T10:00:00+08:00");
    const { json } = await desk.run(resolve, [made.ref], { outcome: "partly" });
    expect(json.escalations).toMatchObject([{ trigger: "breach", at: "2026-12-08T02:00:00.000Z" }]);
  });

  it("a case at the top of the ladder heads the leads' list", async () => {
    const old = await madeCase(desk);
    desk.at("2026-11-24T10:00:00+08:00");
    const top = await madeCase(desk);
    await desk.run(escalate, [top.ref], { to: "manager", why: "x" });
    desk.at("2026-12-06T10:00:00+08:00");
    expect(refs((await agenda(LEAD)).at_risk)).toEqual([top.ref, old.ref]);
  });
});

it("is one screen in three languages, and says which customers wait for news", async () => {
  for (let i = 0; i < 5; i++) {
    const made = await madeCase(desk);
    await desk.run(promise, [made.ref], {
      what: `call 13800005678 about ${i}`,
      by: "2026-11-23T12:00",
      why: "x",
    });
    await written(desk, made.id, [
      { type: "approval-asked", data: { remedy: "refund", amount: 900, currency: "CNY" } },
    ]);
  }
  desk.at("2026-12-09T10:00:00+08:00");
  const text = async (locale: string) =>
    (await desk.run(today as Run, [], { json: false }, { COMPLAINT_LOCALE: locale })).out;
  const english = await text("en");
  for (const part of [
    "5 promises",
    "overdue since Mon 23 Nov, 12:00",
    "5 approvals wait",
    "5 deadlines passed",
    "5 customers wait for news",
    "and 2 more",
    "138****5678",
  ])
    expect(english).toContain(part);
  expect(english).not.toContain("13800005678");
  expect(await text("zh-CN")).toContain("承诺：5");
  expect(await text("zh-TW")).toContain("等消息的客戶：5");
  for (const line of english.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});

it("masks the customer's name in what was promised and asked, in JSON too", async () => {
  const { ref, id } = await madeCase(desk, { customer_name: "Wang Li" });
  await desk.run(promise, [ref], { what: "ring Wang Li", by: "2026-11-23T12:00", why: "Ms Wang asked" });
  await written(desk, id, [{ type: "approval-asked", data: { remedy: "gift", why: "for Wang Li" } }]);
  const { promises, approvals } = await agenda();
  expect([promises[0].what, promises[0].reason, approvals[0].why]).toEqual([
    "ring W**",
    "Ms W** asked",
    "for W**",
  ]);
});

it("keeps a promise that a lead closed the case over", async () => {
  const { ref } = await madeCase(desk);
  await desk.run(promise, [ref], { what: "visit", by: "2026-11-23T12:00", why: "slot" });
  await desk.run(close, [ref], { reason: "withdrawn", override: "they insist" }, LEAD);
  expect(refs((await agenda()).promises)).toEqual([ref]);
});

it("begins a lead's screen with what has nobody above it left", async () => {
  await madeCase(desk);
  const top = await madeCase(desk);
  await desk.run(escalate, [top.ref], { to: "manager", why: "x" });
  desk.at("2026-12-09T10:00:00+08:00");
  const { out } = await desk.run(today, [], { json: false }, LEAD);
  const [head, first] = out.split("\n");
  expect([head, first?.includes(top.ref)]).toEqual(["One case at the top level", true]);
});

it("says where public holidays are not known", async () => {
  await madeCase(desk);
  desk.at("2026-12-25T10:00:00+08:00");
  expect((await desk.run(today, [], { json: false })).out).toContain(
    "Public holidays of CN for 2027 are not known here",
  );
});
