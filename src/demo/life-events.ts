/** What may happen to a case after the first conversation: decisions, promises kept and broken, work orders, contacts. */
import type { EventDraft } from "../core/event.ts";
import type { CaseState } from "../core/fold.ts";
import type { Uuid } from "../core/id.ts";
import { type Aftermath, type Agenda, DAY, HOUR, MINUTE, ms, officeTime } from "./agenda.ts";
import { tell } from "./case-plan.ts";
import { LEADS, TEXTS } from "./stories.ts";

/** A few wait for the lead until today; nobody leaves one undecided for weeks. */
export function approvalEvents({ history, plan, now }: Aftermath, state: CaseState, from: number): Agenda {
  return state.case.approvals.flatMap((approval, i) => {
    if (history.chance.chance(0.3) && from > now - 2 * DAY) return [];
    const id = state.ids.approvals[i]!;
    const isGranted = history.chance.chance(0.82);
    const why = tell(isGranted ? TEXTS.granted : TEXTS.denied, plan.locale, history.chance);
    const draft: EventDraft = isGranted
      ? { type: "approved", data: { approval: id, why } }
      : { type: "denied", data: { approval: id, why } };
    const at = officeTime(from + history.chance.int(20, 900) * MINUTE, history);
    return approval.state === "pending"
      ? [{ at, by: history.chance.pick(LEADS), drafts: () => [draft] }]
      : [];
  });
}

/** What was forgotten is found within this time, and settled as broken. */
const FOUND_AFTER = [3 * DAY, 12 * DAY] as const;

/** Kept, late, broken, moved in time (once or twice), moved too late, or forgotten. */
export function promiseEvents(after: Aftermath, state: CaseState): Agenda {
  const { history, plan } = after;
  return state.case.promises.flatMap((promise, i): Agenda => {
    const id = state.ids.promises[i]!;
    const due = ms(promise.due_at);
    const settle = (at: number, to: "kept" | "broken"): Agenda[number] => ({
      at,
      by: plan.agent,
      drafts: () => [{ type: "promise-settled", data: { promise: id, state: to } }],
    });
    const move = (at: number, to: number): Agenda[number] => ({
      at,
      by: plan.agent,
      drafts: () => [
        {
          type: "promise-settled",
          data: {
            promise: id,
            state: "moved",
            to: new Date(to).toISOString(),
            why: tell(TEXTS.later, plan.locale, history.chance),
          },
        },
      ],
    });
    const early = history.chance.int(10, 150) * MINUTE;
    const later = due + history.chance.int(1, 3) * DAY;
    // A promise that is not due yet is kept or waits; it has not been moved.
    const fate = history.chance.next() * (later + DAY < after.now ? 1 : 0.83);
    if (fate < 0.66) return [settle(due - early, "kept")];
    if (fate < 0.75) return [settle(officeTime(due + history.chance.int(1, 30) * HOUR, history), "kept")];
    if (fate < 0.83) return [settle(officeTime(due + history.chance.int(1, 20) * HOUR, history), "broken")];
    if (fate < 0.9) return [move(due - early, later), settle(later - early / 2, "kept")];
    if (fate < 0.92)
      return [
        move(due - early, later),
        move(later - early / 2, later + DAY),
        settle(later + DAY - early / 4, "kept"),
      ];
    if (fate < 0.95) return [move(due + early, later + DAY), settle(later + DAY - early, "kept")];
    return [settle(due + history.chance.int(...FOUND_AFTER), "broken")];
  });
}

export function workOrder({ plan, history }: Aftermath, from: number): Agenda {
  const { department } = plan.story;
  if (!department || !history.chance.chance(0.5)) return [];
  const at = from + history.chance.int(2, 90) * MINUTE;
  let dispatch: Uuid | undefined;
  const sent: Agenda[number] = {
    at,
    by: plan.agent,
    drafts: () => {
      dispatch = history.newId(at);
      return [
        {
          type: "dispatched",
          id: dispatch,
          data: { to: department, why: String(plan.fields.summary ?? "") },
        },
      ];
    },
  };
  const reply: Agenda[number] = {
    at: officeTime(at + history.chance.int(3, 110) * HOUR, history),
    by: plan.agent,
    drafts: () => (dispatch ? [{ type: "dispatch-settled", data: { dispatch } }] : []),
  };
  return history.chance.chance(0.93) ? [sent, reply] : [sent];
}

/** "No news yet" is told too, more or less often. */
export function progress({ plan, history }: Aftermath, from: number, until: number): Agenda {
  const contacts: Agenda = [];
  for (
    let at = from + history.chance.int(20, 90) * HOUR;
    at < until;
    at += history.chance.int(40, 120) * HOUR
  )
    contacts.push({
      at: officeTime(at, history),
      by: plan.agent,
      drafts: () => [
        {
          type: "contacted",
          data: {
            channel: "phone",
            direction: "out",
            note: tell(TEXTS.progress, plan.locale, history.chance),
          },
        },
      ],
    });
  return contacts;
}

export function waiting({ plan, history }: Aftermath, from: number): Agenda {
  if (!history.chance.chance(0.06)) return [];
  const at = officeTime(from + history.chance.int(2, 40) * HOUR, history);
  return [
    {
      at,
      by: plan.agent,
      drafts: () => [{ type: "waiting", data: { why: tell(TEXTS.wait, plan.locale, history.chance) } }],
    },
    {
      at: officeTime(at + history.chance.int(10, 60) * HOUR, history),
      by: plan.agent,
      drafts: () => [{ type: "wait-ended", data: {} }],
    },
  ];
}

/** What a lead sends up by hand, or a trigger proposed. */
export function climbing({ plan, history }: Aftermath, from: number): Agenda {
  const trigger =
    plan.fields.agreed === "no"
      ? "unresolvable"
      : plan.fields.severity === "critical"
        ? "urgent-important"
        : plan.mood === 5
          ? "agitated-last"
          : "manual";
  const likely = trigger === "manual" ? 0.03 : 0.5;
  if (!history.chance.chance(likely)) return [];
  const to = trigger === "urgent-important" ? "manager" : "lead";
  return [
    {
      at: officeTime(from + history.chance.int(5, 600) * MINUTE, history),
      by: plan.agent,
      drafts: () => [{ type: "escalated", data: { to, trigger } }],
    },
  ];
}

export const OUTCOMES = [
  "resolved_later",
  "resolved_later",
  "resolved_later",
  "resolved_later",
  "partly",
  "not_upheld",
  "referred",
  "legal_route",
];

/** Days until an open case is resolved: most within a week, a few beyond every deadline. */
export function daysToResolve(after: Aftermath): number {
  const { history, plan } = after;
  if (history.chance.chance(0.05)) return history.chance.int(13, 30);
  const slow = plan.fields.severity === "high" || plan.fields.severity === "critical" ? 1.4 : 1;
  return Math.min(40, Math.exp(1.15 + 0.75 * history.chance.normal()) * slow + 0.2);
}
