/** Escalating, assigning, handing over, appealing and assessing. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run as appeal } from "../../src/commands/appeal.ts";
import { run as assess } from "../../src/commands/assess.ts";
import { run as assign } from "../../src/commands/assign.ts";
import { run as escalate } from "../../src/commands/escalate.ts";
import { run as handOver } from "../../src/commands/hand-over.ts";
import { run as promise } from "../../src/commands/promise.ts";
import { run as resolve } from "../../src/commands/resolve.ts";
import { type Desk, newDesk } from "../support/in-process.ts";
import { type Made, madeCase } from "../support/made-case.ts";

let desk: Desk;
let made: Made;

beforeEach(async () => {
  desk = newDesk("2026-11-23T10:00:00+08:00");
  made = await madeCase(desk, {
    customer_name: "Wang Li",
    customer_phone: "13800005678",
    product: "broadband line",
  });
});
afterEach(() => desk.remove());

describe("escalate", () => {
  it("by hand has the trigger manual, and `up` climbs the ladder and stays at its top", async () => {
    await desk.run(escalate, [made.ref], { to: "legal", why: "threatens to sue" });
    for (const _ of [1, 2, 3]) await desk.run(escalate, [made.ref], { to: "up", why: "not solved" });
    const store = await desk.store();
    const { escalations } = store.case(made.id)!;
    store.close();
    expect(escalations.map((e) => `${e.n} ${e.to} ${e.trigger} ${e.by}`)).toEqual([
      "1 legal manual anna",
      "2 lead manual anna",
      "3 manager manual anna",
      "4 manager manual anna",
    ]);
  });

  it("shows what to say and what the next person must know", async () => {
    await desk.run(promise, [made.ref], {
      what: "engineer visit",
      by: "tomorrow 10:00",
      why: "first free slot",
    });
    const { out } = await desk.run(escalate, [made.ref], { to: "lead", why: "asks for more", json: false });
    expect(out).toContain(`${made.ref} goes to the team lead.`);
    expect(out).toContain("Say: ");
    for (const text of ["The line is dead.", "engineer visit", "Wang Li", "Phone"])
      expect(out).toContain(text);
  });
});

describe("assign and hand-over", () => {
  it("change who owes the next step", async () => {
    expect((await desk.run(assign, [made.ref], { to: "ben" })).json.owner).toBe("ben");
    const { json } = await desk.run(handOver, [made.ref], { to: "cora", why: "end of shift" });
    expect([json.owner, json.agent]).toEqual(["cora", "anna"]);
    const again = await desk.run(handOver, [made.ref], { to: "cora" });
    expect([again.code, again.error?.code]).toEqual([1, "not_allowed"]);
    expect((await desk.run(assign, [made.ref], {})).error?.code).toBe("missing_flag");
  });
});

describe("appeal", () => {
  const open = (to: string, env = {}) =>
    desk.run(appeal, [made.ref], { to, why: "does not accept the answer" }, env);

  it("is a case of its own, open, with what the customer has told already", async () => {
    await desk.run(resolve, [made.ref], { outcome: "not_upheld" });
    const { json } = await open("dora");
    expect([json.status, json.owner, json.appeal_of, json.runs[0].kind]).toEqual([
      "open",
      "dora",
      made.ref,
      "appeal",
    ]);
    expect(json.record).toMatchObject({
      customer_name: "Wang Li",
      customer_phone: "13800005678",
      category: "telecom-network",
      summary: "does not accept the answer",
    });
    const store = await desk.store();
    expect(store.case(made.id)?.appeals).toEqual([{ ref: json.ref, at: "2026-11-23T02:00:00.000Z" }]);
    store.close();
    expect((await desk.run(escalate, ["last"], { to: "up", why: "x" })).json.ref).toBe(json.ref);
  });

  it("goes to nobody who owned or handled the case, not even later", async () => {
    await desk.run(assign, [made.ref], { to: "ben" });
    await desk.run(escalate, [made.ref], { to: "lead", why: "x" }, { COMPLAINT_AGENT: "cora" });
    const tries = [await open("anna"), await open("ben"), await open("cora")];
    expect(tries.map((t) => [t.code, t.error?.code])).toEqual([
      [1, "own_appeal"],
      [1, "not_independent"],
      [1, "not_independent"],
    ]);
    const { json } = await open("dora");
    const later = [
      await desk.run(assign, [json.ref], { to: "ben" }),
      await desk.run(handOver, [json.ref], { to: "anna" }),
      await desk.run(appeal, ["settle", json.ref], { outcome: "not", why: "x" }, { COMPLAINT_AGENT: "anna" }),
    ];
    expect(later.map((t) => t.error?.code)).toEqual(["not_independent", "own_appeal", "not_independent"]);
  });

  it.each(["upheld", "partly", "not"] as const)("is settled as %s, in both cases, once", async (outcome) => {
    const { json } = await open("dora");
    const settle = () =>
      desk.run(
        appeal,
        ["settle", json.ref],
        { outcome, why: "the delay was ours" },
        { COMPLAINT_AGENT: "dora" },
      );
    const done = await settle();
    const expected = { upheld: "resolved_later", partly: "partly", not: "not_upheld" }[outcome];
    expect([done.json.status, done.json.record.outcome, done.json.appeals[0].outcome]).toEqual([
      "resolved",
      expected,
      outcome,
    ]);
    expect([(await settle()).error?.code, (await settle()).code]).toEqual(["not_allowed", 1]);
    const store = await desk.store();
    expect(store.case(made.id)?.appeals.map((a) => a.outcome)).toEqual([outcome]);
    const appealed = store.find(json.ref);
    const told = appealed.kind === "one" ? store.state(appealed.id)?.told.length : undefined;
    store.close();
    expect(told).toBe(outcome === "upheld" ? 0 : 1);
  });

  it("is refused where there is nothing to appeal against", async () => {
    const draft = await madeCase(desk, {}, { finish: false });
    expect((await desk.run(appeal, [draft.ref], { to: "dora", why: "x" })).error?.code).toBe("not_allowed");
    const { json } = await open("dora");
    expect((await desk.run(appeal, [json.ref], { to: "emil", why: "x" })).error?.code).toBe("not_allowed");
    expect((await desk.run(appeal, ["settle", made.ref], { outcome: "not", why: "x" })).error?.code).toBe(
      "not_allowed",
    );
    expect((await desk.run(appeal, ["settle", json.ref], { outcome: "lost", why: "x" })).code).toBe(2);
  });
});

describe("assess", () => {
  const LEAD = { COMPLAINT_ROLE: "lead", COMPLAINT_AGENT: "lena" };
  const flags = { faith: "misplaced", evidence: "photos of the setup", second: "mira", until: "2026-12-31" };

  it("is a lead's, with evidence, a second person and an end; it changes nothing that others see", async () => {
    const before = await desk.store();
    const record = before.case(made.id)?.record;
    before.close();
    const { json } = await desk.run(assess, [made.ref], flags, LEAD);
    expect(json.record).toEqual(record);
    const store = await desk.store();
    expect(store.state(made.id)?.assessments).toMatchObject([
      { faith: "misplaced", second: "mira", by: "lena", until: "2026-12-31T15:59:59.000Z" },
    ]);
    store.close();
  });

  it.each<[string, number, Record<string, string>, Record<string, string>]>([
    ["forbidden", 1, {}, { COMPLAINT_ROLE: "agent" }],
    ["not_in_set", 2, { faith: "liar" }, {}],
    ["missing_flag", 2, { evidence: "" }, {}],
    ["missing_flag", 2, { second: "" }, {}],
    ["not_allowed", 1, { second: "lena" }, {}],
    ["in_the_past", 1, { until: "2026-11-22" }, {}],
    ["too_long", 1, { until: "2030-01-01" }, {}],
  ])("is refused: %s, exit %i, %j", async (code, exit, change, env) => {
    const done = await desk.run(assess, [made.ref], { ...flags, ...change }, { ...LEAD, ...env });
    expect([done.error?.code, done.code]).toEqual([code, exit]);
  });
});
