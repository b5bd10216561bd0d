/** Deadlines as they are stamped: start, severity, waiting, contacts, callbacks; and what a clock says of itself. */
import { describe, expect, it } from "vitest";
import { acknowledgeBy, clockState, stampClock, withClock } from "../../src/core/clock.ts";
import type { CaseEvent, Clock, EventDraft } from "../../src/core/event.ts";
import { type CaseState, foldCase } from "../../src/core/fold.ts";
import type { Policy } from "../../src/core/policy.ts";
import {
  answered,
  CASE_ID,
  eventsOf,
  finished,
  opened,
  ran,
  type Step,
  shippedPolicy,
  stateOf,
} from "../support/history.ts";

const policy = shippedPolicy();
const ZONE = "Asia/Shanghai";
/** Local times in tests are Shanghai's. */
const local = (text: string) => new Date(`${text}:00+08:00`).toISOString();

function stamp(steps: readonly Step[], before = 0, withPolicy: Policy = policy): Clock {
  const first = before > 0 ? stateOf(steps.slice(0, before)) : undefined;
  return stampClock(first, stateOf(steps), withPolicy, ZONE, "CN");
}

/** Events as every writer makes them: each batch stamped, then appended. */
function written(batches: readonly Step[][], withPolicy: Policy = policy): CaseState {
  let events: CaseEvent[] = [];
  for (const batch of batches) {
    const [at] = batch[0]!;
    const drafts = batch.map(
      ([when, draft]) => ({ ...draft, at: new Date(when).toISOString() }) as EventDraft,
    );
    const context = {
      policy: withPolicy,
      timeZone: ZONE,
      country: "CN",
      scriptOf: () => undefined,
      at,
      by: "anna",
    };
    const stamped = withClock(CASE_ID, events, drafts, context);
    const made = eventsOf(stamped.map((d) => [d.at!, d] as Step)).map((e, i) => ({
      ...e,
      seq: events.length + i + 1,
    }));
    events = [...events, ...(made as CaseEvent[])];
  }
  return foldCase(events, () => undefined);
}

const start: Step[] = [opened(local("2026-11-23T10:00")), ran(local("2026-11-23T10:00"), "r1")];

describe("resolve_by", () => {
  it("is 15 calendar days after opening, whatever the severity, as shipped", () => {
    for (const severity of ["low", "medium", "high", "critical"])
      expect(stamp([...start, answered(local("2026-11-23T10:05"), "severity", severity)]).resolve_by).toBe(
        local("2026-12-08T10:00"),
      );
  });

  it("starts when the customer first reached us", () => {
    const steps = [...start, answered(local("2026-11-23T10:05"), "received_at", "2026-11-20")];
    expect(stamp(steps, 2).resolve_by).toBe(local("2026-12-05T00:00"));
  });

  it("takes the policy's span of the severity, in working time where it says so", () => {
    const strict = {
      ...policy,
      clocks: {
        ...policy.clocks,
        resolve: { ...policy.clocks.resolve, critical: { hours: 4, kind: "working" as const } },
      },
    };
    const steps = [...start, answered(local("2026-11-23T10:05"), "severity", "critical")];
    expect(stamp(steps, 0, strict).resolve_by).toBe(local("2026-11-23T15:00"));
  });

  it("moves by the time the case waited for its customer", () => {
    const state = written([
      start,
      [[local("2026-11-25T10:00"), { type: "waiting", data: { why: "photos" } }]],
      [[local("2026-11-27T16:00"), { type: "wait-ended", data: {} }]],
    ]);
    expect(state.case.resolve_by).toBe(local("2026-12-10T16:00"));
  });

  it("stays as it was stamped when the policy changes later", () => {
    const short = {
      ...policy,
      clocks: { ...policy.clocks, resolve: { default: { days: 5, kind: "calendar" as const } } },
    };
    const before = stateOf([
      start[0]!,
      [
        local("2026-11-23T10:00"),
        {
          ...start[1]![1],
          data: { ...start[1]![1].data, clock: { resolve_by: local("2026-12-08T10:00") } },
        } as EventDraft,
      ],
    ]);
    const after = stateOf([
      ...start,
      [local("2026-11-24T10:00"), { type: "contacted", data: { channel: "phone", direction: "out" } }],
    ]);
    expect(stampClock(before, after, short, ZONE, "CN").resolve_by).toBeUndefined();
  });
});

describe("update_by", () => {
  it("is three working days after the last contact", () => {
    expect(stamp([...start, finished(local("2026-11-23T10:20"), "r1")]).update_by).toBe(
      local("2026-11-26T10:20"),
    );
    const contact: Step = [
      local("2026-11-26T09:00"),
      { type: "contacted", data: { channel: "phone", direction: "out" } },
    ];
    expect(stamp([...start, finished(local("2026-11-23T10:20"), "r1"), contact]).update_by).toBe(
      local("2026-12-01T09:00"),
    );
  });

  it("is not stamped for what touches no clock", () => {
    const note: EventDraft = { type: "noted", data: { text: "x" } };
    expect(
      withClock(CASE_ID, [], [note], {
        policy,
        timeZone: ZONE,
        country: "CN",
        scriptOf: () => undefined,
        at: local("2026-11-23T10:00"),
        by: "anna",
      }),
    ).toEqual([note]);
  });
});

describe("the callback", () => {
  const resolved: Step[] = [
    ...start,
    finished(local("2026-11-26T10:20"), "r1"),
    [local("2026-11-27T11:00"), { type: "resolved", data: { outcome: "resolved_later" } }],
  ];

  it("is due two working days after the case was resolved", () => {
    expect(stamp(resolved, 3).callback_due).toBe(local("2026-12-01T11:00"));
  });

  it("is tried again after an attempt that reached nobody, and stands as next_at and as the next due one", () => {
    const state = written([
      start,
      [finished(local("2026-11-26T10:20"), "r1")],
      [[local("2026-11-27T11:00"), { type: "resolved", data: { outcome: "resolved_later" } }]],
      [ran(local("2026-12-01T10:00"), "r2", "call-back")],
      [answered(local("2026-12-01T10:01"), "callback_result", "not_reached", "r2")],
      [finished(local("2026-12-01T10:02"), "r2")],
    ]);
    expect(state.case.callbacks).toEqual([
      {
        n: 1,
        due_at: local("2026-12-01T11:00"),
        at: local("2026-12-01T10:02"),
        by: "anna",
        result: "not_reached",
        next_at: local("2026-12-02T10:02"),
      },
      { n: 2, due_at: local("2026-12-02T10:02") },
    ]);
  });

  it("becomes due anew when a case whose callback nobody made is reopened and resolved again", () => {
    const state = written([
      start,
      [finished(local("2026-11-23T10:20"), "r1", "resolved")],
      [[local("2026-11-30T11:00"), { type: "reopened", data: { why: "it is back" } }]],
      [[local("2026-12-01T11:00"), { type: "resolved", data: { outcome: "resolved_later" } }]],
    ]);
    expect(state.case.callbacks.map((c) => c.due_at)).toEqual([
      local("2026-11-25T10:20"),
      local("2026-12-03T11:00"),
    ]);
  });
});

describe("clockState", () => {
  const open = (steps: Step[]) =>
    written([[...start], [finished(local("2026-11-23T10:20"), "r1")], ...steps.map((s) => [s])]).case;
  const at = (text: string) => new Date(local(text));

  it("is at risk from 80 % of the time on, breached at the deadline", () => {
    const c = open([]);
    expect(
      ["2026-12-05T09:59", "2026-12-05T10:00", "2026-12-08T09:59", "2026-12-08T10:00"].map((t) =>
        clockState(c, at(t), policy, ZONE),
      ),
    ).toEqual(["ok", "at_risk", "at_risk", "breached"]);
  });

  it("stands still while the customer is waited for", () => {
    const c = open([[local("2026-11-25T10:00"), { type: "waiting", data: { why: "photos" } }]]);
    expect(clockState(c, at("2026-12-30T10:00"), policy, ZONE)).toBe("waiting");
  });

  it("is done once the case is resolved", () => {
    const c = open([[local("2026-11-25T10:00"), { type: "resolved", data: { outcome: "partly" } }]]);
    expect(clockState(c, at("2026-12-30T10:00"), policy, ZONE)).toBe("done");
  });
});

describe("acknowledgement", () => {
  it("is owed by the end of the day of receipt where nobody spoke to the customer", () => {
    const mail = stateOf([...start, answered(local("2026-11-23T10:05"), "channel", "email")]).case;
    expect(acknowledgeBy(mail, policy, ZONE, "CN")).toBe(local("2026-11-24T00:00"));
    const call = stateOf([...start, answered(local("2026-11-23T10:05"), "channel", "phone")]).case;
    expect(acknowledgeBy(call, policy, ZONE, "CN")).toBeUndefined();
  });
});
