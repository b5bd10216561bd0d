/** Approvals: who may decide, two leads at once, the offline code and its key. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { trustedKeys } from "../../src/commands/approval-keys.ts";
import { run as approve } from "../../src/commands/approve.ts";
import { run as promise } from "../../src/commands/promise.ts";
import { run as resolve } from "../../src/commands/resolve.ts";
import { checkCode, isPublicKey } from "../../src/core/approval-code.ts";
import { type Desk, newDesk } from "../support/in-process.ts";
import { calledBack, type Made, madeCase, written } from "../support/made-case.ts";

let desk: Desk;
let made: Made;
const LEAD = { COMPLAINT_AGENT: "lena", COMPLAINT_ROLE: "lead" };

const ask = (amount = 900) =>
  written(desk, made.id, [{ type: "approval-asked", data: { remedy: "refund", amount, currency: "CNY" } }]);

beforeEach(async () => {
  desk = newDesk("2026-11-23T10:00:00+08:00");
  made = await madeCase(desk);
});
afterEach(() => desk.remove());

describe("approve", () => {
  it("decides the only request, and says who and when", async () => {
    await ask();
    desk.at("2026-11-23T11:00:00+08:00");
    const { json } = await desk.run(approve, [made.ref], { why: "two days without a line" }, LEAD);
    expect(json.approvals).toEqual([
      {
        n: 1,
        remedy: "refund",
        amount: 900,
        currency: "CNY",
        asked_at: "2026-11-23T02:00:00.000Z",
        by: "anna",
        state: "approved",
        decided_at: "2026-11-23T03:00:00.000Z",
        decided_by: "lena",
      },
    ]);
  });

  it("denies, and asks which of several is meant", async () => {
    await ask();
    await ask(1200);
    const which = await desk.run(approve, [made.ref], { why: "x" }, LEAD);
    expect([which.error?.code, which.error?.details.length]).toEqual(["ambiguous", 2]);
    const { json } = await desk.run(approve, [made.ref, "2"], { deny: true, why: "too much" }, LEAD);
    expect(json.approvals.map((a: { state: string }) => a.state)).toEqual(["pending", "denied"]);
  });

  it("is for leads, never for one's own request, and once", async () => {
    const nothing = await desk.run(approve, [made.ref], { why: "x" }, LEAD);
    expect([nothing.code, nothing.error?.code]).toEqual([1, "not_allowed"]);
    await ask();
    const tries = [
      await desk.run(approve, [made.ref], { why: "x" }, { COMPLAINT_AGENT: "ben", COMPLAINT_ROLE: "agent" }),
      await desk.run(approve, [made.ref], { why: "x" }, { COMPLAINT_ROLE: "lead" }),
      await desk.run(approve, [made.ref], {}, LEAD),
      await desk.run(approve, [made.ref, "7"], { why: "x" }, LEAD),
      await desk.run(approve, [made.ref, "x"], { why: "x" }, LEAD),
    ];
    expect(tries.map((t) => [t.code, t.error?.code])).toEqual([
      [1, "forbidden"],
      [1, "own_request"],
      [2, "missing_flag"],
      [1, "not_found"],
      [2, "invalid_value"],
    ]);
    await desk.run(approve, [made.ref], { why: "x" }, LEAD);
    const second = await desk.run(approve, [made.ref], { why: "x" }, { ...LEAD, COMPLAINT_AGENT: "mira" });
    expect([second.code, second.error?.code, second.error?.message.includes("lena")]).toEqual([
      1,
      "decided_already",
      true,
    ]);
    const late = await desk.run(
      approve,
      [made.ref, "1"],
      { deny: true, why: "x" },
      { ...LEAD, COMPLAINT_AGENT: "mira" },
    );
    expect([late.code, late.error?.code, late.error?.message]).toEqual([
      1,
      "decided_already",
      expect.stringContaining("lena"),
    ]);
  });

  it("of two leads at once one wins and the other is told", async () => {
    await ask();
    const both = await Promise.all(
      ["lena", "mira"].map((name) =>
        desk.run(approve, [made.ref, "1"], { why: "x" }, { ...LEAD, COMPLAINT_AGENT: name }),
      ),
    );
    expect(both.map((b) => b.error?.code).sort()).toEqual(["decided_already", undefined]);
  });

  it("closes the case where a satisfied call-back waited for it", async () => {
    await desk.run(resolve, [made.ref], { outcome: "resolved_later" });
    await ask();
    await desk.run(promise, [made.ref], { what: "refund", by: "2026-11-27", why: "bank" });
    await calledBack(desk, made.id, { callback_result: "reached", solved: true, satisfaction: 4 });
    await desk.run(promise, ["settle", made.ref, "1"], { kept: true });
    const { json } = await desk.run(approve, [made.ref], { why: "x" }, LEAD);
    expect([json.status, json.record.closed_reason]).toEqual(["closed", "satisfied"]);
  });
});

describe("an offline code", () => {
  const make = (flags: Record<string, string | boolean> = {}, args = [made.ref], env = {}) =>
    desk.run(
      approve,
      args,
      { code: true, remedy: "refund", amount: "350.50", currency: "CNY", ...flags },
      { ...LEAD, ...env },
    );

  it("is made for a case by prefix, holds four hours unless said otherwise, and fits here", async () => {
    const { json } = await make({}, [made.ref.slice(0, 4)]);
    expect(json).toEqual({
      code: expect.stringMatching(/^[0-9A-Z-]{1,160}$/),
      ref: made.ref,
      remedy: "refund",
      amount: 350.5,
      currency: "CNY",
      expires_at: "2026-11-23T06:00:00.000Z",
      by: "lena",
    });
    const { app } = await desk.app();
    const asked = { ref: made.ref, remedy: "refund", amount: 350.5, currency: "CNY" };
    expect(checkCode(json.code, asked, trustedKeys(app), app.now())).toMatchObject({ ok: true, by: "lena" });
    expect((await make({ expires: "2d" })).json.expires_at).toBe("2026-11-25T02:00:00.000Z");
  });

  it("is made for a case that is not in this store, by its whole ref only", async () => {
    expect((await make({}, ["k7qf2mxt"])).json.ref).toBe("K7QF-2MXT");
    expect((await make({}, ["ZZZZ"])).error?.code).toBe("not_found");
  });

  it("keeps the private key for its owner's eyes", async () => {
    const { app } = await desk.app({}, LEAD);
    await make();
    const file = statSync(join(desk.home, "approval-keys"));
    expect(file.mode & 0o777).toBe(0o700);
    const { readdirSync } = await import("node:fs");
    for (const name of readdirSync(join(desk.home, "approval-keys")))
      expect(statSync(join(desk.home, "approval-keys", name)).mode & 0o777).toBe(0o600);
    expect(Object.keys(trustedKeys(app))).toEqual(["lena"]);
  });

  it("has a public key for other seats, always the same", async () => {
    const [a, b] = [
      await desk.run(approve, [], { publicKey: true }, LEAD),
      await desk.run(approve, [], { publicKey: true }, LEAD),
    ];
    expect([isPublicKey(a.json.public_key), a.json.public_key === b.json.public_key]).toEqual([true, true]);
  });

  it.each<[string, number, Record<string, string | boolean>]>([
    ["invalid_amount", 1, { amount: "-5" }],
    ["invalid_amount", 1, { amount: "5.001" }],
    ["invalid_amount", 1, { amount: "5.5", currency: "JPY" }],
    ["invalid_amount", 1, { amount: "99999999999999" }],
    ["invalid_value", 2, { amount: "much" }],
    ["invalid_value", 2, { currency: "RMB8" }],
    ["invalid_value", 2, { expires: "soon" }],
    ["invalid_value", 2, { expires: "0h" }],
    ["not_in_set", 2, { remedy: "money" }],
    ["missing_flag", 2, { remedy: "" }],
  ])("is refused: %s, exit %i, %j", async (code, exit, flags) => {
    const done = await make(flags);
    expect([done.error?.code, done.code]).toEqual([code, exit]);
  });

  it("is for leads", async () => {
    expect((await make({}, [made.ref], { COMPLAINT_ROLE: "agent" })).error?.code).toBe("forbidden");
  });
});

describe("a code that comes after the call", () => {
  const AGENT = { COMPLAINT_AGENT: "anna", COMPLAINT_ROLE: "agent" };
  const codeFor = async (flags: Record<string, string> = {}, ref = made.ref) =>
    (
      await desk.run(
        approve,
        [ref],
        { code: true, remedy: "refund", amount: "900", currency: "CNY", ...flags },
        LEAD,
      )
    ).json.code as string;
  const use = (code: string, env: Record<string, string> = AGENT, args = [made.ref]) =>
    desk.run(approve, args, { use: code }, env);

  it("is entered by the agent, however it was pasted, and answers the request it was made for", async () => {
    await ask(1200);
    await ask();
    const pasted = (await codeFor()).toLowerCase().replaceAll("-", " -\n ");
    const { json } = await use(pasted);
    expect(json.approvals).toMatchObject([{ state: "pending" }, { state: "approved", decided_by: "lena" }]);
    expect((await use(pasted)).error?.code).toBe("code_used");
  });

  it("changes nothing where it does not fit, and says why", async () => {
    await ask();
    const other = await madeCase(desk);
    const good = await codeFor();
    const codes = {
      code_malformed: "hello world",
      code_changed: good.replace(/..$/, good.endsWith("00") ? "10" : "00"),
      code_other_case: await codeFor({}, other.ref),
      code_other_amount: await codeFor({ amount: "901" }),
      code_other_remedy: await codeFor({ remedy: "gift" }),
    };
    for (const [code, text] of Object.entries(codes)) {
      const done = await use(text);
      expect([done.code, [code, "code_malformed"].includes(done.error?.code ?? "")], code).toEqual([1, true]);
    }
    expect((await use(good, LEAD, [made.ref, "7"])).error?.code).toBe("not_found");
    desk.at("2026-11-23T15:00:00+08:00");
    const late = await use(good);
    expect([late.error?.code, late.code]).toEqual(["code_expired", 1]);
    const store = await desk.store();
    expect(store.case(made.id)?.approvals).toMatchObject([{ state: "pending" }]);
    store.close();
  });

  it("stands alone, and only where something waits", async () => {
    const code = await codeFor();
    expect((await use(code)).error?.code).toBe("not_allowed");
    const both = await desk.run(approve, [made.ref], { use: code, deny: true }, LEAD);
    expect([both.code, both.error?.code]).toEqual([2, "conflict"]);
  });
});
