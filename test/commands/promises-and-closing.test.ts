/** Promises, waiting, resolving, closing and reopening: what is written, and what is refused without writing anything. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run as close } from "../../src/commands/close.ts";
import { run as contact } from "../../src/commands/contact.ts";
import { run as dispatch } from "../../src/commands/dispatch.ts";
import { run as promise } from "../../src/commands/promise.ts";
import { run as reopen } from "../../src/commands/reopen.ts";
import { run as resolve } from "../../src/commands/resolve.ts";
import { run as wait } from "../../src/commands/wait.ts";
import { type Desk, type Done, newDesk } from "../support/in-process.ts";
import { calledBack, type Made, madeCase, written } from "../support/made-case.ts";

let desk: Desk;
let made: Made;
const MONDAY = "2026-11-23T10:00:00+08:00";
const utc = (local: string) => new Date(`${local}:00+08:00`).toISOString();

beforeEach(async () => {
  desk = newDesk(MONDAY);
  made = await madeCase(desk);
});
afterEach(() => desk.remove());

async function eventCount(): Promise<number> {
  const store = await desk.store();
  const count = store.events(made.id).length;
  store.close();
  return count;
}

/** The command was refused with this code, and nothing was written. */
async function refusedWith(code: string, exit: number, action: () => Promise<Done>): Promise<Done> {
  const before = await eventCount();
  const done = await action();
  expect([done.error?.code, done.code, await eventCount()]).toEqual([code, exit, before]);
  return done;
}

const promised = (by = "2026-11-24T10:00", ref = made.ref) =>
  desk.run(promise, [ref], { what: "engineer visit", by, why: "first free slot" });

describe("promise", () => {
  it("is a record with an owner, a time and a reason", async () => {
    const { json, code } = await promised();
    expect(code).toBe(0);
    expect(json.promises).toEqual([
      {
        n: 1,
        what: "engineer visit",
        due_at: utc("2026-11-24T10:00"),
        reason: "first free slot",
        by: "anna",
        made_at: utc("2026-11-23T10:00"),
        state: "open",
        moves: [],
      },
    ]);
  });

  it.each([
    ["tomorrow 10:00", "en", "2026-11-24T10:00"],
    ["Friday 3pm", "en", "2026-11-27T15:00"],
    ["2026-11-25", "en", "2026-11-25T18:00"],
    ["明天上午10点", "zh-CN", "2026-11-24T10:00"],
    ["週五下午三點", "zh-TW", "2026-11-27T15:00"],
  ])("understands %s", async (by, locale, expected) => {
    const { json } = await desk.run(
      promise,
      [made.ref],
      { what: "x", by, why: "y" },
      { COMPLAINT_LOCALE: locale },
    );
    expect(json.promises[0].due_at).toBe(utc(expected));
  });

  it("takes no time that was only half understood", async () => {
    for (const by of ["32 November", "3 or 4 December 10:00"])
      await refusedWith("invalid_time", 2, () => promised(by));
  });

  it("is settled as kept, late or not, moved, or broken", async () => {
    await promised();
    await promised("2026-11-25T10:00");
    await promised("2026-11-26T10:00");
    desk.at("2026-11-24T09:00:00+08:00");
    await desk.run(promise, ["settle", made.ref, "1"], { kept: true });
    await desk.run(promise, ["settle", made.ref, "2"], { moved: "2026-11-27T10:00" });
    const { json } = await desk.run(promise, ["settle", made.ref, "3"], { broken: true });
    expect(
      json.promises.map((p: { state: string; due_at: string; settled_at?: string; moves: object[] }) => [
        p.state,
        p.due_at,
        p.settled_at,
        p.moves.length,
      ]),
    ).toEqual([
      ["kept", utc("2026-11-24T10:00"), utc("2026-11-24T09:00"), 0],
      ["open", utc("2026-11-27T10:00"), undefined, 1],
      ["broken", utc("2026-11-26T10:00"), utc("2026-11-24T09:00"), 0],
    ]);
  });

  it.each<[string, number, string[], Record<string, string | boolean>]>([
    ["in_the_past", 1, ["REF"], { what: "x", by: "2026-11-23T09:59", why: "y" }],
    ["invalid_time", 2, ["REF"], { what: "x", by: "some day", why: "y" }],
    ["missing_flag", 2, ["REF"], { by: "tomorrow", why: "y" }],
    ["missing_flag", 2, ["REF"], { what: "x", why: "y" }],
    ["missing_flag", 2, ["REF"], { what: " ", by: "tomorrow", why: "y" }],
    ["in_the_past", 1, ["settle", "REF", "1"], { moved: "2026-11-22T10:00" }],
    ["missing_flag", 2, ["settle", "REF", "1"], {}],
    ["missing_flag", 2, ["settle", "REF", "1"], { kept: true, broken: true }],
    ["not_found", 1, ["settle", "REF", "2"], { kept: true }],
    ["invalid_value", 2, ["settle", "REF", "one"], { kept: true }],
    ["not_found", 1, ["settle", "ZZZZ", "1"], { kept: true }],
  ])("%s is exit %i: %j %j", async (code, exit, args, flags) => {
    await promised();
    await refusedWith(code, exit, () =>
      desk.run(
        promise,
        args.map((a) => (a === "REF" ? made.ref : a)),
        flags,
      ),
    );
  });

  it("is settled once", async () => {
    await promised();
    await desk.run(promise, ["settle", made.ref, "1"], { kept: true });
    await refusedWith("not_allowed", 1, () => desk.run(promise, ["settle", made.ref, "1"], { broken: true }));
  });
});

describe("close", () => {
  it("is refused with the list while a promise is open or an approval pending", async () => {
    await promised();
    await written(desk, made.id, [
      { type: "approval-asked", data: { remedy: "refund", amount: 900, currency: "CNY" } },
    ]);
    const { error } = await refusedWith("owed", 1, () =>
      desk.run(close, [made.ref], { reason: "callback_declined" }),
    );
    expect(error?.details.map((d) => d.message)).toEqual([
      expect.stringContaining("engineer visit"),
      expect.stringContaining("Refund CNY 900.00"),
    ]);
  });

  it("is done by a lead's override all the same, and it is in the trail", async () => {
    await promised();
    const agent = { COMPLAINT_ROLE: "agent" };
    const flags = { reason: "final_answer", override: "agreed with the manager" };
    await refusedWith("forbidden", 1, () => desk.run(close, [made.ref], flags, agent));
    const { json } = await desk.run(close, [made.ref], flags, { COMPLAINT_ROLE: "lead" });
    expect([json.status, json.record.closed_reason, json.closed_at]).toEqual([
      "closed",
      "final_answer",
      utc("2026-11-23T10:00"),
    ]);
    const store = await desk.store();
    const closed = store.events(made.id).find((e) => e.type === "closed");
    expect(closed?.data).toEqual({ reason: "final_answer", override: "agreed with the manager" });
    expect(store.state(made.id)?.told).toHaveLength(1);
    store.close();
  });

  it.each(["final_answer", "referred", "legal_route"])("as %s is for leads", async (reason) => {
    await refusedWith("forbidden", 1, () =>
      desk.run(close, [made.ref], { reason }, { COMPLAINT_ROLE: "agent" }),
    );
    expect(
      (await desk.run(close, [made.ref], { reason }, { COMPLAINT_ROLE: "lead" })).json.record.closed_reason,
    ).toBe(reason);
  });

  it("as satisfied comes from a call-back, by hand only with an override", async () => {
    await refusedWith("not_allowed", 1, () => desk.run(close, [made.ref], { reason: "satisfied" }));
    const { json } = await desk.run(close, [made.ref], {
      reason: "satisfied",
      override: "told me at the counter",
    });
    expect(json.record.closed_reason).toBe("satisfied");
  });

  it.each(["callback_declined", "exempt_on_spot", "exempt_inconvenient"])(
    "as %s settles the due callback",
    async (reason) => {
      await desk.run(resolve, [made.ref], { outcome: "resolved_later" });
      const { json } = await desk.run(close, [made.ref], { reason });
      const result = reason === "callback_declined" ? "declined" : reason;
      expect(json.callbacks).toEqual([
        { n: 1, due_at: utc("2026-11-25T10:00"), at: utc("2026-11-23T10:00"), by: "anna", result },
      ]);
      expect([json.status, json.update_by]).toEqual(["closed", undefined]);
    },
  );

  it("as exempt_no_contact needs three attempts, or that no contact is known", async () => {
    const known = await madeCase(desk, { customer_phone: "13800005678" });
    await desk.run(resolve, [known.ref], { outcome: "resolved_later" });
    for (const day of ["25", "26", "27"]) {
      desk.at(`2026-11-${day}T11:00:00+08:00`);
      const early = await desk.run(close, [known.ref], { reason: "exempt_no_contact" });
      expect([early.code, early.error?.code]).toEqual([1, "not_allowed"]);
      await calledBack(desk, known.id, { callback_result: "not_reached" });
    }
    const { json } = await desk.run(close, [known.ref], { reason: "exempt_no_contact" });
    expect(json.callbacks.map((c: { result?: string }) => c.result)).toEqual([
      "not_reached",
      "not_reached",
      "not_reached",
      "exempt_no_contact",
    ]);
    expect((await desk.run(close, [made.ref], { reason: "exempt_no_contact" })).json.status).toBe("closed");
  });

  it("as exempt_no_contact counts the attempts since the case was last resolved", async () => {
    const known = await madeCase(desk, { customer_phone: "13800005678" });
    await desk.run(resolve, [known.ref], { outcome: "resolved_later" });
    for (const day of ["24", "25", "26"]) {
      desk.at(`2026-11-${day}T11:00:00+08:00`);
      await calledBack(desk, known.id, { callback_result: "not_reached" });
    }
    await desk.run(reopen, [known.ref], { why: "the customer rang" });
    desk.at("2026-11-27T11:00:00+08:00");
    await desk.run(resolve, [known.ref], { outcome: "resolved_later" });
    const early = await desk.run(close, [known.ref], { reason: "exempt_no_contact" });
    expect(early.error?.message).toContain("0 of 3");
  });

  it("as duplicate names the case it duplicates", async () => {
    const other = await madeCase(desk);
    await refusedWith("missing_flag", 2, () => desk.run(close, [made.ref], { reason: "duplicate" }));
    await refusedWith("not_allowed", 1, () =>
      desk.run(close, [made.ref], { reason: "duplicate", of: made.ref }),
    );
    await refusedWith("not_found", 1, () =>
      desk.run(close, [made.ref], { reason: "duplicate", of: "ZZZZZZZZ" }),
    );
    await refusedWith("invalid_value", 2, () =>
      desk.run(close, [made.ref], { reason: "withdrawn", of: other.ref }),
    );
    const { json } = await desk.run(close, [made.ref], { reason: "duplicate", of: other.ref });
    expect([json.status, json.duplicate_of]).toEqual(["closed", other.ref]);
    const chain = await desk.run(close, [other.ref], { reason: "duplicate", of: made.ref });
    expect(chain.error?.code).toBe("not_allowed");
  });

  it("of a draft is for withdrawn and duplicate only, and ends its call", async () => {
    const draft = await madeCase(desk, {}, { finish: false });
    expect((await desk.run(close, [draft.ref], { reason: "callback_declined" })).error?.code).toBe(
      "not_allowed",
    );
    const { json } = await desk.run(close, [draft.ref], { reason: "withdrawn" });
    expect([json.status, json.runs[0].finished_at]).toEqual(["closed", utc("2026-11-23T10:00")]);
    expect(json.statuses.map((s: { status: string }) => s.status)).toEqual(["draft", "closed"]);
  });

  it("is refused twice, and for an unknown reason", async () => {
    await refusedWith("not_in_set", 2, () => desk.run(close, [made.ref], { reason: "because" }));
    await refusedWith("missing_flag", 2, () => desk.run(close, [made.ref], {}));
    await desk.run(close, [made.ref], { reason: "withdrawn" });
    await refusedWith("not_allowed", 1, () => desk.run(close, [made.ref], { reason: "withdrawn" }));
  });
});

describe("a satisfied call-back while something is owed", () => {
  it("closes the case when the last of it is settled", async () => {
    await desk.run(resolve, [made.ref], { outcome: "resolved_later" });
    await promised();
    await promised("2026-11-26T10:00");
    desk.at("2026-11-25T11:00:00+08:00");
    await calledBack(desk, made.id, { callback_result: "reached", solved: true, satisfaction: 5 });
    const first = await desk.run(promise, ["settle", made.ref, "1"], { broken: true });
    expect(first.json.status).toBe("resolved");
    const last = await desk.run(promise, ["settle", made.ref, "2"], { kept: true });
    expect([last.json.status, last.json.record.closed_reason]).toEqual(["closed", "satisfied"]);
  });

  it("does not close what was reopened in between", async () => {
    await desk.run(resolve, [made.ref], { outcome: "resolved_later" });
    await promised();
    await calledBack(desk, made.id, { callback_result: "reached", solved: true });
    await desk.run(reopen, [made.ref], { why: "he rang again" });
    const { json } = await desk.run(promise, ["settle", made.ref, "1"], { kept: true });
    expect(json.status).toBe("open");
  });
});

describe("resolve and reopen", () => {
  it("make the callback due after two working days, and open again what came back", async () => {
    const done = await desk.run(resolve, [made.ref], { outcome: "resolved_later" });
    expect([done.json.status, done.json.resolved_at, done.json.record.outcome]).toEqual([
      "resolved",
      utc("2026-11-23T10:00"),
      "resolved_later",
    ]);
    expect(done.json.callbacks).toEqual([{ n: 1, due_at: utc("2026-11-25T10:00") }]);
    const again = await desk.run(reopen, [made.ref], { why: "the fault is back" });
    expect([again.json.status, again.json.reopened, again.json.callbacks, again.json.closed_at]).toEqual([
      "open",
      1,
      [],
      undefined,
    ]);
  });

  it("are refused where they make no sense", async () => {
    const draft = await madeCase(desk, {}, { finish: false });
    expect((await desk.run(resolve, [draft.ref], { outcome: "partly" })).error?.code).toBe("not_allowed");
    await refusedWith("not_in_set", 2, () => desk.run(resolve, [made.ref], { outcome: "solved" }));
    await refusedWith("not_allowed", 1, () => desk.run(reopen, [made.ref], { why: "x" }));
    await refusedWith("missing_flag", 2, () => desk.run(reopen, [made.ref], {}));
    await desk.run(resolve, [made.ref], { outcome: "partly" });
    await refusedWith("not_allowed", 1, () => desk.run(resolve, [made.ref], { outcome: "partly" }));
  });
});

describe("wait", () => {
  it("stops the clock and starts it again", async () => {
    const begun = await desk.run(wait, [made.ref], { why: "photos" });
    expect(begun.json.waits).toEqual([{ n: 1, from: utc("2026-11-23T10:00"), why: "photos" }]);
    await refusedWith("not_allowed", 1, () => desk.run(wait, [made.ref], { why: "again" }));
    desk.at("2026-11-25T10:00:00+08:00");
    const ended = await desk.run(wait, ["end", made.ref]);
    expect([ended.json.waits[0].to, ended.json.resolve_by]).toEqual([
      utc("2026-11-25T10:00"),
      utc("2026-12-10T10:00"),
    ]);
    await refusedWith("not_allowed", 1, () => desk.run(wait, ["end", made.ref]));
  });

  it("ends by itself when the case is resolved or closed, and the time counts as waited", async () => {
    await desk.run(wait, [made.ref], { why: "photos" });
    desk.at("2026-11-25T10:00:00+08:00");
    const { json } = await desk.run(resolve, [made.ref], { outcome: "resolved_later" });
    expect([json.waits[0].to, json.resolve_by]).toEqual([utc("2026-11-25T10:00"), utc("2026-12-10T10:00")]);
    const open = await desk.run(reopen, [made.ref], { why: "came back" });
    expect([open.json.waits.length, open.json.update_by]).toEqual([1, utc("2026-11-30T10:00")]);
    const other = await madeCase(desk);
    await desk.run(wait, [other.ref], { why: "photos" });
    const closed = await desk.run(close, [other.ref], { reason: "withdrawn" });
    expect(closed.json.waits[0].to).toBe(utc("2026-11-25T10:00"));
  });
});

describe("dispatch and contact", () => {
  it("keep the work order and its reply", async () => {
    await desk.run(dispatch, [made.ref], { to: "network", why: "line test" });
    desk.at("2026-11-24T10:00:00+08:00");
    const { json } = await desk.run(dispatch, ["settle", made.ref, "1"]);
    expect(json.dispatches).toEqual([
      {
        n: 1,
        to: "network",
        at: utc("2026-11-23T10:00"),
        replied_at: utc("2026-11-24T10:00"),
        why: "line test",
      },
    ]);
    await refusedWith("not_allowed", 1, () => desk.run(dispatch, ["settle", made.ref, "1"]));
    await refusedWith("not_found", 1, () => desk.run(dispatch, ["settle", made.ref, "2"]));
  });

  it("keep an outbound contact, its note, and when the next is due", async () => {
    desk.at("2026-11-24T10:00:00+08:00");
    const { json } = await desk.run(contact, [made.ref], { channel: "phone", note: "no news yet" });
    expect(json.contacts.at(-1)).toEqual({
      n: 1,
      at: utc("2026-11-24T10:00"),
      by: "anna",
      channel: "phone",
      direction: "out",
    });
    expect([json.notes[0].text, json.update_by]).toEqual(["no news yet", utc("2026-11-27T10:00")]);
    await refusedWith("not_in_set", 2, () => desk.run(contact, [made.ref], { channel: "telegraph" }));
  });
});
