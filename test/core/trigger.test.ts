/** Escalation triggers over facts, the ladder, and the breach that is the same on every seat. */
import { describe, expect, it } from "vitest";
import type { Case } from "../../src/core/case.ts";
import {
  breachDraft,
  breachesOf,
  breachOf,
  isBatch,
  proposalsFor,
  routeOf,
  triggerFacts,
  withBreach,
} from "../../src/core/trigger.ts";
import {
  answered,
  CASE_ID,
  finished,
  opened,
  ran,
  type Step,
  shippedPolicy,
  stateOf,
} from "../support/history.ts";

const policy = shippedPolicy();
const NOW = new Date("2026-12-20T00:00:00Z");
const due = { resolve_by: "2026-12-08T02:00:00.000Z" };
const base: Step[] = [
  [
    "2026-11-23T02:00:00Z",
    {
      ...opened("2026-11-23T02:00:00Z")[1],
      data: { script: { id: "x", hash: "y" }, locale: "en", clock: due },
    } as Step[1],
  ],
  ran("2026-11-23T02:00:00Z", "r1"),
  answered("2026-11-23T02:01:00Z", "category", "price", "r1"),
];
const open: Step[] = [...base, finished("2026-11-23T02:10:00Z", "r1")];
const proposed = (steps: readonly Step[], extra = {}) => {
  const state = stateOf([...open, ...steps]);
  return proposalsFor(triggerFacts(state, NOW, extra, policy), state.case, policy).map(
    (p) => `${p.trigger}>${p.to}`,
  );
};
const at = "2026-11-24T02:00:00Z";

describe("proposals", () => {
  it("are none for an ordinary case", () => expect(proposed([])).toEqual([]));

  it.each<[string, Step[], object, string[]]>([
    ["disagreement", [answered(at, "agreed", "no")], {}, ["unresolvable>lead"]],
    ["a demand too far out", [answered(at, "reasonable", "no")], {}, ["excessive>legal"]],
    ["a VIP", [answered(at, "customer_class", "vip")], {}, ["vip>lead"]],
    ["danger", [answered(at, "flags", ["safety"])], {}, ["urgent-important>manager"]],
    ["the press", [answered(at, "flags", ["media"])], {}, ["special>manager"]],
    ["a special complaint", [answered(at, "category", "special")], {}, ["special>manager"]],
    ["a cause nobody finds", [answered(at, "needs_consult", true)], {}, ["difficult>lead"]],
    ["a repeat caller", [], { repeatCases: 2 }, ["repeat>lead"]],
    ["a batch", [], { batch: { today: 3, week: 3, usual: 1 } }, ["batch>manager"]],
    [
      "an approval asked",
      [[at, { type: "approval-asked", data: { remedy: "refund", amount: 900, currency: "CNY" } }]],
      {},
      ["authority>lead"],
    ],
    ["violence", [[at, { type: "emergency", data: { kind: "violence" } }]], {}, ["violence>lead"]],
    [
      "anger that lasts",
      [2, 4, 4].map((mood): Step => [at, { type: "mood", data: { stage: "resolve", mood: mood as 2 | 4 } }]),
      {},
      ["agitated-last>lead"],
    ],
    [
      "a lead's assessment in force",
      [
        [
          at,
          {
            type: "assessed",
            data: {
              faith: "suspected-malicious",
              evidence: "e",
              second: "mira",
              until: "2027-01-01T00:00:00.000Z",
            },
          },
        ],
      ],
      {},
      ["malicious>legal"],
    ],
    [
      "an assessment that has expired",
      [
        [
          at,
          {
            type: "assessed",
            data: {
              faith: "suspected-malicious",
              evidence: "e",
              second: "mira",
              until: "2026-12-01T00:00:00.000Z",
            },
          },
        ],
      ],
      {},
      [],
    ],
  ])("%s", (_, steps, extra, expected) => expect(proposed(steps, extra)).toEqual(expected));

  it("are made once, and go up from where the case is", () => {
    const escalated: Step = [at, { type: "escalated", data: { to: "lead", trigger: "repeat" } }];
    expect(proposed([answered(at, "agreed", "no"), escalated], { repeatCases: 1 })).toEqual([
      "unresolvable>manager",
    ]);
  });

  it("stay at the top of the ladder", () => {
    const at2 = { escalations: [{ n: 1, at, to: "manager", by: "anna", trigger: "manual" }] };
    expect([routeOf("up", at2, policy), routeOf("legal", at2, policy)]).toEqual(["manager", "legal"]);
  });
});

it("a batch is so many today or so many times the usual week", () => {
  const table = [
    [{ today: 3, week: 3, usual: 9 }, true],
    [{ today: 2, week: 4, usual: 0 }, false],
    [{ today: 2, week: 5, usual: 0 }, true],
    [{ today: 2, week: 5, usual: 3 }, false],
  ] as const;
  for (const [counts, expected] of table)
    expect([counts, isBatch(counts, policy)]).toEqual([counts, expected]);
});

describe("a passed deadline", () => {
  const caseOf = (steps: readonly Step[]): Case => stateOf(steps).case;

  it("escalates one level up, dated at the deadline", () => {
    const breach = { at: due.resolve_by, to: "lead", by: "complaint", trigger: "breach" };
    expect(breachOf(caseOf(open), NOW, policy)).toEqual(breach);
    expect(withBreach(caseOf(open), NOW, policy).escalations).toEqual([{ n: 1, ...breach }]);
    expect(breachesOf([caseOf(open)], NOW, policy)).toEqual([{ id: CASE_ID, breach }]);
  });

  it("is the same event on every seat, and another one for another deadline", () => {
    const breach = breachOf(caseOf(open), NOW, policy)!;
    expect(breachDraft(CASE_ID, breach)).toEqual(
      breachDraft(CASE_ID, { ...breach, at: "2026-12-08T02:00:00Z" }).id
        ? breachDraft(CASE_ID, breach)
        : undefined,
    );
    expect(breachDraft(CASE_ID, { ...breach, at: "2026-12-08T10:00:00+08:00" }).id).toBe(
      breachDraft(CASE_ID, breach).id,
    );
    expect(breachDraft(CASE_ID, { ...breach, at: "2026-12-09T02:00:00.000Z" }).id).not.toBe(
      breachDraft(CASE_ID, breach).id,
    );
  });

  it.each<[string, Step[], Date]>([
    ["one minute early", open, new Date("2026-12-08T01:59:00Z")],
    [
      "resolved in time",
      [...open, ["2026-12-01T00:00:00Z", { type: "resolved", data: { outcome: "partly" } }]],
      NOW,
    ],
    [
      "resolved in time, reopened after it",
      [
        ...open,
        ["2026-12-01T00:00:00Z", { type: "resolved", data: { outcome: "partly" } }],
        ["2026-12-10T00:00:00Z", { type: "reopened", data: { why: "again" } }],
      ],
      NOW,
    ],
    [
      "waiting for the customer since before it",
      [...open, ["2026-12-01T00:00:00Z", { type: "waiting", data: { why: "photos" } }]],
      NOW,
    ],
    [
      "written already",
      [...open, [due.resolve_by, { type: "escalated", data: { to: "lead", trigger: "breach" } }]],
      NOW,
    ],
  ])("is none: %s", (_, steps, now) => expect(breachOf(caseOf(steps), now, policy)).toBeUndefined());

  it("counts for a draft with a story that nobody finished", () => {
    expect(breachOf(caseOf(base), NOW, policy)?.at).toBe(due.resolve_by);
    expect(breachOf(caseOf(base.slice(0, 2)), NOW, policy)).toBeUndefined();
  });
});
