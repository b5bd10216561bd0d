/** Edge cases made by hand, with the numbers worked out on paper; the oracle has to agree as well. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { EventDraft } from "../../src/core/event.ts";
import type { Uuid } from "../../src/core/id.ts";
import type { Store } from "../../src/core/store-port.ts";
import {
  casesOf,
  differences,
  idMaker,
  type Look,
  memoryStore,
  oracleOf,
  reportOf,
  type Written,
  write,
  wrongLists,
} from "./support.ts";

const SCRIPT = { id: "good-faith", hash: "0000000000000000" };
const id = idMaker("edge");
let store: Store;

beforeEach(() => {
  store = memoryStore(new Date("2027-02-01T00:00:00Z"));
});
afterEach(() => store.close());

const answered = (field: string, value: unknown): EventDraft => ({
  type: "answered",
  data: { field, value },
});

/** A case opened at `at` that was finished a minute later. */
function made(
  at: string,
  fields: Record<string, unknown> = {},
  after: readonly Written[] = [],
  status: "open" | "resolved" = "open",
): Uuid {
  const caseId = id(Date.parse(at));
  const run = id(Date.parse(at));
  const later = new Date(Date.parse(at) + 60_000).toISOString();
  write(store, caseId, [
    [at, { type: "opened", data: { script: SCRIPT, locale: "en" } }],
    [at, { type: "run-started", data: { run, kind: "call", script: SCRIPT, locale: "en" } }],
    ...Object.entries(fields).map(([f, v]): Written => [at, answered(f, v)]),
    [later, { type: "finished", data: { run, status } }],
    ...after,
  ]);
  return caseId;
}

function draft(at: string, fields: Record<string, unknown>): Uuid {
  const caseId = id(Date.parse(at));
  write(store, caseId, [
    [at, { type: "opened", data: { script: SCRIPT, locale: "en" } }],
    [
      at,
      { type: "run-started", data: { run: id(Date.parse(at)), kind: "call", script: SCRIPT, locale: "en" } },
    ],
    ...Object.entries(fields).map(([f, v]): Written => [at, answered(f, v)]),
  ]);
  return caseId;
}

/** The report, checked against the oracle and its own lists. */
function checked(look: Look) {
  const report = reportOf(store, look);
  expect(differences(report, oracleOf(store, look))).toEqual([]);
  expect(wrongLists(store, look, report)).toEqual([]);
  return report;
}

const look = (flags: Look["flags"], now = "2027-01-20T12:00:00Z", zone = "Asia/Shanghai"): Look => ({
  flags,
  zone,
  now: new Date(now),
});
const facts = (section: string, at: Look) => checked(at).sections[section]!.facts;

describe("time", () => {
  it("gives week 53 the days around the new year", () => {
    for (const at of [
      "2026-12-27T15:59:59.999Z",
      "2026-12-27T16:00:00Z",
      "2027-01-03T15:59:59.999Z",
      "2027-01-03T16:00:00Z",
    ])
      made(at);
    expect(facts("volume", look({ week: "2026-W53" }))).toMatchObject({ received: 2 });
    expect(facts("volume", look({ week: "2026-W52" }))).toMatchObject({ received: 1 });
    expect(facts("volume", look({ week: "2027-W01" }))).toMatchObject({ received: 1 });
    expect(reportOf(store, look({ week: "2027-W01" })).previous).toMatchObject({ label: "2026-W53" });
  });

  it.each([
    ["Asia/Shanghai", "2026-11-09T16:00:00Z"],
    ["America/New_York", "2026-11-10T05:00:00Z"],
    ["UTC", "2026-11-10T00:00:00Z"],
  ])("cuts days at midnight in %s", (zone, midnight) => {
    made(new Date(Date.parse(midnight) - 1).toISOString());
    made(midnight);
    for (const day of ["2026-11-09", "2026-11-10"])
      expect(facts("volume", look({ day }, undefined, zone))).toMatchObject({ received: 1 });
    expect(
      checked(look({ week: "2026-W46" }, undefined, zone)).sections.volume!.rows.map((r) => r.received),
    ).toEqual([1, 1, 0, 0, 0, 0, 0]);
  });

  it("says nothing of an empty week, and no rate below ten cases", () => {
    const empty = checked(look({ week: "2026-W40" }));
    expect(empty.sections.volume!.facts).toEqual({
      received: 0,
      closed: 0,
      backlog: 0,
      backlog_previous: 0,
      drafts: 0,
      reopened: 0,
    });
    expect(empty.sections.days_to_clear!.facts).toEqual({});
    for (let i = 0; i < 9; i++) made(`2026-11-10T0${i}:00:00Z`, { outcome: "resolved_on_spot" });
    expect(facts("first_contact", look({ week: "2026-W46" }))).not.toHaveProperty("rate");
    made("2026-11-10T09:30:00Z");
    expect(facts("first_contact", look({ week: "2026-W46" }))).toHaveProperty("rate");
  });
});

describe("volume", () => {
  it("knows no pace without a closed case", () => {
    made("2026-11-10T01:00:00Z");
    const report = checked(look({ week: "2026-W46" }));
    expect(report.sections.volume!.facts).toMatchObject({
      received: 1,
      closed: 0,
      backlog: 1,
      backlog_previous: 0,
    });
    expect(report.sections.days_to_clear!.facts).toEqual({});
    expect(report.sections.ageing!.facts.oldest).toBeCloseTo(5.625, 9);
  });

  it("keeps a reopened case in the backlog of the weeks in which it was open", () => {
    made("2026-11-03T01:00:00Z", {}, [
      ["2026-11-04T01:00:00Z", { type: "closed", data: { reason: "final_answer" } }],
      ["2026-11-11T01:00:00Z", { type: "reopened", data: { why: "again" } }],
      ["2026-11-24T01:00:00Z", { type: "closed", data: { reason: "satisfied" } }],
    ]);
    const of = (week: string) => facts("volume", look({ week }));
    expect(of("2026-W45")).toMatchObject({ received: 1, closed: 1, backlog: 0 });
    expect(of("2026-W46")).toMatchObject({
      received: 0,
      closed: 0,
      backlog: 1,
      backlog_previous: 0,
      reopened: 1,
    });
    expect(of("2026-W47")).toMatchObject({ closed: 0, backlog: 1, backlog_previous: 1, reopened: 0 });
    expect(of("2026-W48")).toMatchObject({ closed: 1, backlog: 0, backlog_previous: 1 });
  });

  it("counts a duplicate once, in the case it duplicates", () => {
    const first = made("2026-11-10T01:00:00Z", { category: "price" });
    made("2026-11-10T02:00:00Z", { category: "price" }, [
      ["2026-11-10T03:00:00Z", { type: "closed", data: { reason: "duplicate", duplicate_of: first } }],
    ]);
    const report = checked(look({ week: "2026-W46" }));
    expect(report.sections.volume!.facts).toMatchObject({ received: 1, closed: 0, backlog: 1 });
    expect(report.sections.category!.rows).toMatchObject([{ id: "price", count: 1, share: 1 }]);
    expect(casesOf(store, look({ week: "2026-W46" }), "volume.received")).toEqual([first]);
  });

  it("counts a draft with a story once it is older than a day, and says so in both places", () => {
    const told = draft("2026-11-16T02:00:00Z", { words: "Nobody came." });
    draft("2026-11-16T02:00:00Z", { channel: "phone" });
    const at = (now: string) => facts("volume", look({ week: "2026-W47" }, now));
    expect(at("2026-11-17T01:00:00Z")).toMatchObject({ received: 0, backlog: 0, drafts: 2 });
    expect(at("2026-11-17T02:00:00Z")).toMatchObject({ received: 0, backlog: 0, drafts: 2 });
    expect(at("2026-11-17T02:00:01Z")).toMatchObject({ received: 1, backlog: 1, drafts: 2 });
    expect(casesOf(store, look({ week: "2026-W47" }), "volume.received")).toEqual([told]);
    expect(facts("volume", look({ week: "2026-W48" }))).toMatchObject({
      received: 0,
      backlog: 1,
      backlog_previous: 1,
      drafts: 2,
    });
  });

  it("takes what happens in the very millisecond of the report as happened", () => {
    made("2026-11-16T01:59:00Z");
    expect(facts("volume", look({ week: "2026-W47" }, "2026-11-16T01:59:00Z"))).toMatchObject({
      received: 1,
      backlog: 1,
      backlog_previous: 0,
    });
  });
});

describe("promises", () => {
  const promise = (due: string) => ({ id: id(Date.parse(due)), what: "visit", due_at: due });
  const settle = (p: string, state: "kept" | "broken"): EventDraft => ({
    type: "promise-settled",
    data: { promise: p, state },
  });
  const move = (p: string, to: string): EventDraft => ({
    type: "promise-settled",
    data: { promise: p, state: "moved", to },
  });

  it("follows a promise that was moved twice: in time, then too late", () => {
    const p = promise("2026-11-10T02:00:00Z");
    made("2026-11-09T01:00:00Z", {}, [
      ["2026-11-09T02:00:00Z", { type: "promised", data: { promise: p } }],
      ["2026-11-10T01:00:00Z", move(p.id, "2026-11-17T02:00:00Z")],
      ["2026-11-17T03:00:00Z", move(p.id, "2026-11-25T02:00:00Z")],
      ["2026-11-25T02:00:00Z", settle(p.id, "kept")],
    ]);
    const of = (week: string) => facts("promises", look({ week }));
    expect(of("2026-W46")).toEqual({ due: 0, kept: 0, broken: 0, moved: 1, open_overdue: 0 });
    expect(of("2026-W47")).toEqual({ due: 1, kept: 0, broken: 1, moved: 0, open_overdue: 0 });
    expect(of("2026-W48")).toEqual({ due: 1, kept: 1, broken: 0, moved: 0, open_overdue: 0 });
  });

  it("calls a promise kept too late broken, one not settled overdue, and one not due yet nothing", () => {
    const [late, open, coming] = [
      promise("2026-11-16T02:00:00Z"),
      promise("2026-11-17T02:00:00Z"),
      promise("2026-11-20T02:00:00Z"),
    ];
    const promised = (p: typeof late): Written => [
      "2026-11-16T01:00:00Z",
      { type: "promised", data: { promise: p } },
    ];
    made("2026-11-16T00:00:00Z", {}, [
      promised(late),
      promised(open),
      promised(coming),
      ["2026-11-16T02:00:01Z", settle(late.id, "kept")],
    ]);
    const report = checked(look({ week: "2026-W47" }, "2026-11-18T00:00:00Z"));
    expect(report.sections.promises).toMatchObject({
      facts: { due: 2, kept: 0, broken: 1, moved: 0, open_overdue: 1 },
      distinct: { due: 1 },
    });
  });
});

describe("customers, deadlines, callbacks", () => {
  it("knows one customer under two spellings of his number, within 30 days only", () => {
    made("2026-10-01T01:00:00Z", { customer_phone: "13800005678" });
    made("2026-10-31T01:00:00Z", { customer_phone: "+86 138-0000-5678" });
    made("2026-11-30T01:00:00.001Z", { customer_phone: "138 0000 5678" });
    made("2026-10-31T02:00:00Z", { customer_phone: "13800009999" });
    const report = checked(look({ month: "2026-10" }));
    expect(report.sections.repeat!.facts.repeat_cases).toBe(1);
    expect(report.sections.repeat!.rows).toMatchObject([{ customer: "138****5678", count: 1 }]);
    expect(JSON.stringify(report)).not.toContain("13800005678");
    expect(facts("repeat", look({ week: "2026-W49" })).repeat_cases).toBe(0);
  });

  it("stops the clock while the customer is waited for", () => {
    const clock = { resolve_by: "2026-11-18T00:00:00Z" };
    const note = (): Written => ["2026-11-09T01:05:00Z", { type: "noted", data: { text: "x", clock } }];
    made("2026-11-09T01:00:00Z", {}, [
      note(),
      ["2026-11-10T00:00:00Z", { type: "waiting", data: { why: "photos" } }],
    ]);
    made("2026-11-09T01:00:00Z", {}, [note()]);
    made("2026-11-09T01:00:00Z", {}, [
      note(),
      ["2026-11-18T00:00:00Z", { type: "resolved", data: { outcome: "partly" } }],
    ]);
    const at = (now: string) => facts("deadlines", look({ week: "2026-W47" }, now));
    expect(at("2026-11-17T00:00:00Z")).toEqual({ met: 0, breached: 0, at_risk: 1 });
    expect(at("2026-11-18T00:00:00Z")).toEqual({ met: 1, breached: 1, at_risk: 0 });
    expect(facts("escalation", look({ week: "2026-W47" }, "2026-11-18T00:00:00Z"))).toMatchObject({
      escalated: 1,
    });
  });

  it("counts an exempt closing without a call, and no closing twice", () => {
    made("2026-11-10T01:00:00Z", {}, [
      ["2026-11-10T02:00:00Z", { type: "closed", data: { reason: "exempt_no_contact" } }],
    ]);
    const clock = { callback_due: "2026-11-12T01:00:00Z" };
    made("2026-11-10T01:00:00Z", {}, [
      ["2026-11-10T02:00:00Z", { type: "resolved", data: { outcome: "partly", clock } }],
      ["2026-11-12T02:00:00Z", { type: "closed", data: { reason: "exempt_inconvenient" } }],
    ]);
    expect(facts("callbacks", look({ week: "2026-W46" }))).toMatchObject({ due: 1, reached: 0, exempt: 2 });
  });
});

it("tells what was changed after the period was over", () => {
  const of = made("2026-11-09T01:00:00Z", { category: "price" });
  made("2026-11-10T01:00:00Z", { category: "price" }, [
    ["2026-11-20T01:00:00Z", answered("category", "service")],
    ["2026-11-20T01:00:00Z", { type: "closed", data: { reason: "duplicate", duplicate_of: of } }],
  ]);
  expect(reportOf(store, look({ week: "2026-W46" })).changed_since).toEqual({ edited: 1, duplicate: 1 });
  expect(reportOf(store, look({ week: "2026-W47" })).changed_since).toBeUndefined();
  expect(reportOf(store, look({ week: "2026-W46" }, "2026-11-11T00:00:00Z")).changed_since).toBeUndefined();
});

it("is all zeros where there is no database yet", () => {
  const report = reportOf(undefined, look({ week: "2026-W46" }));
  expect(report.sections.volume!.facts.received).toBe(0);
  expect(Object.values(report.sections).flatMap((s) => s.rows.filter((r) => Number(r.count) > 0))).toEqual(
    [],
  );
});
