/** Report and oracle agree on random histories: events in any sensible and senseless order. */
import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { EventDraft } from "../../src/core/event.ts";
import type { Stage } from "../../src/core/stage.ts";
import {
  differences,
  idMaker,
  memoryStore,
  oracleOf,
  reportOf,
  type Written,
  write,
  wrongLists,
} from "./support.ts";

const NOW = new Date("2026-11-21T15:00:00Z");
const HOUR = 3_600_000;
const SCRIPT = { id: "good-faith", hash: "0000000000000000" };
/** Cases begin up to ten weeks before now; their events follow at these distances. */
const BEGIN = +NOW - 70 * 24 * HOUR;

type Op = { after: number; kind: string; a: number; b: number };

const op: fc.Arbitrary<Op> = fc.record({
  after: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 300 })),
  kind: fc.constantFrom(
    "answer",
    "answer",
    "answer",
    "mood",
    "mood",
    "shown",
    "shown",
    "promise",
    "promise",
    "settle",
    "settle",
    "move",
    "move",
    "options",
    "decide",
    "escalate",
    "dispatch",
    "reply",
    "contact",
    "wait",
    "wait-end",
    "finish",
    "resolve",
    "close",
    "reopen",
    "call-back",
    "call-back",
    "clock",
    "import",
    "clock",
  ),
  a: fc.nat({ max: 1000 }),
  b: fc.nat({ max: 1000 }),
});

const history = fc.record({
  begin: fc.nat({ max: 69 * 24 }),
  source: fc.boolean(),
  appeal: fc.boolean(),
  ops: fc.array(op, { maxLength: 22 }),
});

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;
const STAGES: Stage[] = ["listen", "apologize", "analyze", "resolve", "follow-up"];
const ANSWERS: [string, unknown[]][] = [
  ["channel", ["phone", "email", "chat", "letter"]],
  ["category", ["price", "service", "incident"]],
  ["cause", ["loss", "goods"]],
  ["severity", ["low", "high"]],
  ["kind", ["valid", "venting"]],
  ["psychology", ["respect", "hostile"]],
  ["flags", [["safety"], ["safety", "media"], []]],
  ["words", ["Nobody came.", ""]],
  ["outcome", ["resolved_on_spot", "partly"]],
  ["customer_phone", ["13800005678", "+86 138 0000 5678", "13800009999"]],
  ["customer_account", ["AC 77", "ac-77"]],
  ["received_at", ["2026-11-01T00:00:00Z"]],
];
const REASONS = [
  "satisfied",
  "callback_declined",
  "exempt_on_spot",
  "exempt_no_contact",
  "withdrawn",
  "duplicate",
  "final_answer",
];

/** The events of one history; ids of promises, approvals and work orders are kept for later ones. */
function eventsOf(
  { begin, source, appeal, ops }: typeof history extends fc.Arbitrary<infer T> ? T : never,
  id: (at: number) => string,
): Written[] {
  let at = BEGIN + begin * HOUR;
  const run = id(at);
  const made: Record<"promises" | "approvals" | "dispatches", string[]> = {
    promises: [],
    approvals: [],
    dispatches: [],
  };
  const events: Written[] = [];
  const add = (draft: EventDraft) => events.push([new Date(at).toISOString(), draft]);
  const time = (n: number) => new Date(at + (n - 200) * HOUR).toISOString();
  add({
    type: "opened",
    data: {
      script: SCRIPT,
      locale: "en",
      ...(source ? { source: { name: "old", id: run } } : {}),
      ...(appeal ? { appeal_of: id(at) } : {}),
    },
  });
  add({ type: "run-started", data: { run, kind: "call", script: SCRIPT, locale: "en" } });
  for (const { after, kind, a, b } of ops) {
    at += after * HOUR;
    switch (kind) {
      case "answer": {
        const [field, values] = pick(ANSWERS, a);
        add({ type: "answered", data: { field, value: pick(values, b), ...(a % 2 ? { run } : {}) } });
        break;
      }
      case "mood":
        add({ type: "mood", data: { run, stage: pick(STAGES, a), mood: ((b % 5) + 1) as 1 } });
        break;
      case "shown":
        add({
          type: "shown",
          data: { run, step: "listen.words", key: pick(["L1", "L2"], a), kind: "say", text: "x" },
        });
        break;
      case "promise": {
        const promise = { id: id(at), what: "x", due_at: time(200 + (a % 150)) };
        made.promises.push(promise.id);
        add({ type: "promised", data: { promise } });
        break;
      }
      case "settle":
      case "move":
        if (made.promises.length === 0) break;
        add({
          type: "promise-settled",
          data: {
            promise: pick(made.promises, a),
            ...(kind === "move"
              ? { state: "moved", to: time(150 + b) }
              : { state: pick(["kept", "broken"] as const, b) }),
          },
        });
        break;
      case "options": {
        const value = [
          {
            remedy: "refund",
            amount: (a % 90) + 0.1,
            currency: pick(["CNY", "TWD"], b),
            accepted: a % 3 > 0,
          },
          { remedy: "gift", accepted: true },
        ];
        add({
          type: "answered",
          data: {
            run,
            field: "options",
            value,
            authority: [{ class: pick(["a", "b"], a), beyond: b % 2 === 0 }, { beyond: false }],
          },
        });
        if (b % 2 === 0) {
          const asked = id(at);
          made.approvals.push(asked);
          events.push([
            new Date(at).toISOString(),
            {
              type: "approval-asked",
              id: asked,
              data: { remedy: "refund", amount: value[0]!.amount!, currency: value[0]!.currency! },
            },
          ]);
        }
        break;
      }
      case "decide":
        if (made.approvals.length > 0)
          add({
            type: pick(["approved", "denied"] as const, b),
            data: { approval: pick(made.approvals, a) },
          });
        break;
      case "escalate":
        add({ type: "escalated", data: { to: "lead", trigger: pick(["manual", "vip", "breach"], a) } });
        break;
      case "dispatch": {
        const sent = id(at);
        made.dispatches.push(sent);
        events.push([
          new Date(at).toISOString(),
          { type: "dispatched", id: sent, data: { to: pick(["billing", "quality"], a) } },
        ]);
        break;
      }
      case "reply":
        if (made.dispatches.length > 0)
          add({ type: "dispatch-settled", data: { dispatch: pick(made.dispatches, a) } });
        break;
      case "contact":
        add({ type: "contacted", data: { channel: "phone", direction: pick(["out", "in"] as const, a) } });
        break;
      case "wait":
        add({ type: "waiting", data: { why: "x" } });
        break;
      case "wait-end":
        add({ type: "wait-ended", data: {} });
        break;
      case "finish":
        add({ type: "finished", data: { run, status: pick(["open", "resolved"] as const, a) } });
        break;
      case "resolve":
        add({ type: "resolved", data: { outcome: "partly" } });
        break;
      case "close":
        add({
          type: "closed",
          data: {
            reason: pick(REASONS, a),
            ...(pick(REASONS, a) === "duplicate" ? { duplicate_of: run } : {}),
          },
        });
        break;
      case "reopen":
        add({ type: "reopened", data: { why: "x" } });
        break;
      case "call-back": {
        const back = id(at);
        add({
          type: "run-started",
          data: { run: back, kind: "call-back", script: { id: "call-back", hash: "1" }, locale: "en" },
        });
        const result = pick(["reached", "not_reached", "declined", "exempt_inconvenient"], a);
        add({ type: "answered", data: { run: back, field: "callback_result", value: result } });
        if (result === "reached") {
          add({ type: "answered", data: { run: back, field: "solved", value: b % 2 === 0 } });
          add({ type: "answered", data: { run: back, field: "satisfaction", value: (b % 5) + 1 } });
        }
        add({
          type: "finished",
          data: {
            run: back,
            ...(result === "declined"
              ? { closed_reason: "callback_declined", status: "closed" as const }
              : {}),
          },
        });
        break;
      }
      case "import": {
        const values = { category: pick(["price", "service"], a), customer_phone: "13800005678", words: "x" };
        const closed = pick([undefined, "", "duplicate", "exempt_no_contact"], b);
        const status = pick(["open", "resolved", "closed"] as const, a);
        const when = new Date(at - 5 * HOUR).toISOString();
        add({
          type: "imported",
          data: {
            import: run,
            source: "old",
            source_id: run,
            values,
            status,
            ...(b % 3 ? { resolved_at: when } : {}),
            ...(closed === undefined ? {} : { closed_reason: closed, closed_at: when }),
          },
        });
        break;
      }
      case "clock":
        add({
          type: "noted",
          data: {
            text: "x",
            clock: a % 2 ? { resolve_by: time(b) } : { callback_due: time(200 + (b % 200)) },
          },
        });
        break;
    }
  }
  return events;
}

const flags = fc.constantFrom(
  { week: "2026-W47" },
  { week: "2026-W46" },
  { week: "2026-W44" },
  { day: "2026-11-20" },
  { day: "2026-11-21" },
  { month: "2026-11" },
  { month: "2026-10" },
  { from: "2026-09-01", to: "2026-12-01" },
  { week: "2026-W49" },
);

it("holds for any histories, over any period", () => {
  let counter = 0;
  fc.assert(
    fc.property(
      fc.array(history, { minLength: 1, maxLength: 14 }),
      flags,
      fc.constantFrom("UTC", "Asia/Shanghai", "America/New_York"),
      (histories, period, zone) => {
        const id = idMaker(`histories ${counter++}`);
        const store = memoryStore(NOW);
        for (const one of histories) {
          const events = eventsOf(one, id);
          write(store, id(Date.parse(events[0]![0])), events);
        }
        const look = { now: NOW, zone, flags: period };
        const report = reportOf(store, look);
        const wrong = [...differences(report, oracleOf(store, look)), ...wrongLists(store, look, report)];
        store.close();
        expect(wrong).toEqual([]);
      },
    ),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 150), seed: 20261121 },
  );
}, 240_000);
