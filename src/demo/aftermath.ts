/** What happens to a case after the first conversation: work orders, promises kept and broken, decisions, callbacks. */
import type { EventDraft, UtcIso } from "../core/event.ts";
import type { CaseState } from "../core/fold.ts";
import type { Uuid } from "../core/id.ts";
import type { Policy } from "../core/policy.ts";
import type { Script } from "../core/script.ts";
import type { Mood } from "../core/stage.ts";
import { callbackDrafts } from "../core/status.ts";
import { breachDraft, breachOf } from "../core/trigger.ts";
import { type Plan, tell } from "./case-plan.ts";
import type { Detail } from "./first-call.ts";
import type { History } from "./history.ts";
import { LEADS, TEXTS } from "./stories.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Aftermath {
  plan: Plan;
  history: History;
  policy: Policy;
  callBack: Script;
  /** Nothing happens from here on: this is the present. */
  now: number;
  detail: Detail;
}

/** Things that are going to happen, each at its time; what lies after now has not happened. */
type Agenda = { at: number; by: string; drafts: (state: CaseState, at: number) => readonly EventDraft[] }[];

const ms = (at: UtcIso): number => Date.parse(at);

/** Moved into office hours, so that nobody works at night. */
function officeTime(at: number, after: Aftermath): number {
  const { history } = after;
  const opened = new Date(after.plan.at).getUTCHours();
  const hour = new Date(at).getUTCHours();
  const awake = (hour - opened + 36) % 24;
  return awake >= 4 && awake <= 20 ? at : at + history.chance.int(6, 10) * HOUR;
}

function approvalEvents({ history }: Aftermath, state: CaseState, from: number): Agenda {
  return state.case.approvals.flatMap((approval, i) => {
    if (history.chance.chance(0.06)) return [];
    const id = state.ids.approvals[i]!;
    const isGranted = history.chance.chance(0.82);
    const why = isGranted ? "loss proven" : "outside the rules";
    const draft: EventDraft = isGranted
      ? { type: "approved", data: { approval: id, why } }
      : { type: "denied", data: { approval: id, why } };
    const at = from + history.chance.int(20, 900) * MINUTE;
    return approval.state === "pending"
      ? [{ at, by: history.chance.pick(LEADS), drafts: () => [draft] }]
      : [];
  });
}

/** Kept, late, broken, moved in time (once or twice), moved too late, or still open. */
function promiseEvents(after: Aftermath, state: CaseState): Agenda {
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
    const early = history.chance.int(1, 8) * HOUR;
    const later = due + history.chance.int(1, 3) * DAY;
    // A promise that is not due yet is kept or waits; it has not been moved.
    const fate = history.chance.next() * (later + DAY < after.now ? 1 : 0.83);
    if (fate < 0.66) return [settle(due - early, "kept")];
    if (fate < 0.75) return [settle(due + history.chance.int(1, 30) * HOUR, "kept")];
    if (fate < 0.83) return [settle(due + history.chance.int(1, 20) * HOUR, "broken")];
    if (fate < 0.9) return [move(due - early, later), settle(later - early / 2, "kept")];
    if (fate < 0.92)
      return [
        move(due - early, later),
        move(later - early / 2, later + DAY),
        settle(later + DAY - early / 4, "kept"),
      ];
    if (fate < 0.95) return [move(due + early, later + DAY), settle(later + 20 * HOUR, "kept")];
    return [];
  });
}

function workOrder({ plan, history }: Aftermath, from: number): Agenda {
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
    at: at + history.chance.int(3, 110) * HOUR,
    by: plan.agent,
    drafts: () => (dispatch ? [{ type: "dispatch-settled", data: { dispatch } }] : []),
  };
  return history.chance.chance(0.93) ? [sent, reply] : [sent];
}

/** "No news yet" is told too, more or less often. */
function progress({ plan, history }: Aftermath, from: number, until: number): Agenda {
  const contacts: Agenda = [];
  for (
    let at = from + history.chance.int(20, 90) * HOUR;
    at < until;
    at += history.chance.int(40, 120) * HOUR
  )
    contacts.push({
      at,
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

function waiting({ plan, history }: Aftermath, from: number): Agenda {
  if (!history.chance.chance(0.06)) return [];
  const at = from + history.chance.int(2, 40) * HOUR;
  return [
    {
      at,
      by: plan.agent,
      drafts: () => [{ type: "waiting", data: { why: tell(TEXTS.wait, plan.locale, history.chance) } }],
    },
    {
      at: at + history.chance.int(10, 60) * HOUR,
      by: plan.agent,
      drafts: () => [{ type: "wait-ended", data: {} }],
    },
  ];
}

/** What a lead sends up by hand, or a trigger proposed. */
function climbing({ plan, history }: Aftermath, from: number): Agenda {
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
      at: from + history.chance.int(5, 600) * MINUTE,
      by: plan.agent,
      drafts: () => [{ type: "escalated", data: { to, trigger } }],
    },
  ];
}

const OUTCOMES = [
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
function daysToResolve(after: Aftermath): number {
  const { history, plan } = after;
  if (history.chance.chance(0.05)) return history.chance.int(13, 30);
  const slow = plan.fields.severity === "high" || plan.fields.severity === "critical" ? 1.4 : 1;
  return Math.min(40, Math.exp(1.15 + 0.75 * history.chance.normal()) * slow + 0.2);
}

/** Events after which deadlines or the status are others; folding after every event would take most of the time. */
const MOVES: ReadonlySet<string> = new Set([
  "waiting",
  "wait-ended",
  "resolved",
  "closed",
  "reopened",
  "escalated",
]);

/** Plays `agenda` in order until now; the deadline that passes on the way is written when something is written next. */
function play(after: Aftermath, agenda: Agenda, start: CaseState): CaseState {
  const { history, now, policy } = after;
  let state = start;
  for (const { at, by, drafts } of [...agenda].sort((a, b) => a.at - b.at)) {
    if (at >= now) break;
    const breach = breachOf(state.case, new Date(at), policy);
    if (breach) history.add(ms(breach.at), breach.by, breachDraft(history.caseId, breach));
    const made = drafts(state, at);
    if (made.length === 0) continue;
    for (const draft of made) history.add(at, by, draft);
    if (made.some((draft) => MOVES.has(draft.type)) || after.detail === "full") state = history.commit();
  }
  return state;
}

interface Finding {
  result: string;
  solved?: boolean;
  satisfaction?: number;
}

function findingOf({ history }: Aftermath, round: number): Finding {
  const fate = history.chance.next();
  if (fate < 0.13) return { result: "not_reached" };
  if (fate < 0.19) return { result: "declined" };
  if (fate < 0.21) return { result: "exempt_inconvenient" };
  if (fate < 0.31 && round === 0)
    return { result: "reached", solved: false, satisfaction: history.chance.int(1, 2) };
  return {
    result: "reached",
    solved: true,
    ...(history.chance.chance(0.9) ? { satisfaction: history.chance.weighted([3, 4, 5], (s) => s) } : {}),
  };
}

/** One call back, on its script; it closes, reopens and climbs, or is tried again. */
function callBack(after: Aftermath, at: number, round: number): CaseState {
  const { history, plan, callBack: script, policy } = after;
  const { chance } = history;
  const run = history.newId(at);
  const pin = { id: script.id, hash: script.hash };
  const by = plan.agent;
  const finding = findingOf(after, round);
  history.add(at, by, {
    type: "run-started",
    data: { run, kind: "call-back", script: pin, locale: plan.locale },
  });
  const answer = (field: string, value: unknown) =>
    history.add(at, by, { type: "answered", data: { run, step: `follow-up.${field}`, field, value } });
  answer("callback_result", finding.result);
  if (finding.result === "reached") {
    answer("solved", finding.solved);
    for (const field of after.detail === "full"
      ? ["opinion_process", "opinion_measures", "opinion_result"]
      : [])
      if (chance.chance(0.6)) answer(field, tell(TEXTS.opinion, plan.locale, chance));
    if (finding.solved === false) answer("new_problem", tell(TEXTS.problem, plan.locale, chance));
    if (finding.satisfaction !== undefined) answer("satisfaction", finding.satisfaction);
    const mood: Mood = finding.solved ? chance.pick([1, 1, 2] as const) : chance.pick([3, 4] as const);
    if (chance.chance(0.4)) history.add(at, by, { type: "mood", data: { run, stage: "follow-up", mood } });
  }
  const open = history.commit();
  const folded = open.runs.find((r) => r.id === run)!;
  for (const draft of callbackDrafts(open, folded, policy, tell(TEXTS.reopen, plan.locale, chance)))
    history.add(at + chance.int(2, 9) * MINUTE, by, draft);
  return history.commit();
}

/** Calls back as they fall due, until the case is closed or the present is reached. */
function callBacks(after: Aftermath, start: CaseState): CaseState {
  let state = start;
  for (let round = 0; round < 8 && state.case.status !== "closed"; round++) {
    if (state.case.status === "open") {
      const at = officeTime(ms(state.lastAt) + after.history.chance.int(20, 100) * HOUR, after);
      state = play(
        after,
        [
          {
            at,
            by: after.plan.agent,
            drafts: () => [{ type: "resolved", data: { outcome: "resolved_later" } }],
          },
        ],
        state,
      );
      if (state.case.status === "open") return state;
    }
    const due = state.case.callbacks.find((c) => c.at === undefined)?.due_at;
    if (due === undefined) return state;
    const at = Math.max(
      ms(state.lastAt),
      officeTime(ms(due) - after.history.chance.int(-20, 30) * HOUR, after),
    );
    if (at + 10 * MINUTE >= after.now) return state;
    state = callBack(after, at, round);
  }
  return state;
}

/** Now and then a closed case comes back weeks later. */
function comeBack(after: Aftermath, start: CaseState): CaseState {
  const { history, plan } = after;
  if (
    start.case.status !== "closed" ||
    start.case.record.closed_reason === "withdrawn" ||
    !history.chance.chance(0.025)
  )
    return start;
  const at = officeTime(ms(start.lastAt) + history.chance.int(9, 20) * DAY, after);
  const again: Agenda[number] = {
    at,
    by: plan.agent,
    drafts: () => [{ type: "reopened", data: { why: tell(TEXTS.problem, plan.locale, history.chance) } }],
  };
  const state = play(after, [again], start);
  return state.case.status === "open" ? callBacks(after, state) : state;
}

/** Lets a case live from the end of its first conversation until now. */
export function liveOn(after: Aftermath, first: CaseState, from: number): CaseState {
  const { history, plan, now, policy } = after;
  let state = first;
  if (state.case.status === "open") {
    const resolved = officeTime(from + daysToResolve(after) * DAY, after);
    const promises = promiseEvents(after, state);
    // Nobody calls a case resolved before he has done what he promised.
    const end = Math.max(resolved, ...promises.map((p) => p.at + HOUR));
    const outcome =
      plan.ending === "cut_off"
        ? history.chance.pick(["resolved_later", "withdrawn"])
        : history.chance.pick(OUTCOMES);
    state = play(
      after,
      [
        ...approvalEvents(after, state, from),
        ...promises,
        ...workOrder(after, from),
        ...progress(after, from, end),
        ...waiting(after, from),
        ...climbing(after, from),
        {
          at: end,
          by: plan.agent,
          drafts: (s) => (s.case.status === "open" ? [{ type: "resolved", data: { outcome } }] : []),
        },
      ],
      state,
    );
  } else state = play(after, approvalEvents(after, state, from), state);
  if (state.case.status === "resolved") state = callBacks(after, state);
  state = comeBack(after, state);
  const breach = breachOf(state.case, new Date(now), policy);
  if (breach) {
    history.add(ms(breach.at), breach.by, breachDraft(history.caseId, breach));
    state = history.commit();
  }
  return state;
}
