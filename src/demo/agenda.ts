/** What lies ahead of a case of the demonstration: things that happen at their time, played in order until now. */
import type { EventDraft, UtcIso } from "../core/event.ts";
import type { CaseState } from "../core/fold.ts";
import type { Policy } from "../core/policy.ts";
import type { Script } from "../core/script.ts";
import { breachDraft, breachOf } from "../core/trigger.ts";
import { zonedDate } from "../core/zoned.ts";
import type { Plan } from "./case-plan.ts";
import type { Detail } from "./first-call.ts";
import type { History } from "./history.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

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
export type Agenda = {
  at: number;
  by: string;
  drafts: (state: CaseState, at: number) => readonly EventDraft[];
}[];

export const ms = (at: UtcIso): number => Date.parse(at);

/** The centre works from eight to eight, in its own time. */
const OPENS = 8;
const CLOSES = 20;

/** `at`, or the next morning where it lies in the night. */
export function officeTime(at: number, { chance, timeZone }: Pick<History, "chance" | "timeZone">): number {
  const local = zonedDate(at, timeZone);
  const hour = local.getHours();
  if (hour >= OPENS && hour < CLOSES) return at;
  if (hour >= CLOSES) local.setDate(local.getDate() + 1);
  local.setHours(OPENS + chance.int(0, 2), chance.int(0, 59));
  return +local;
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
export function play(after: Aftermath, agenda: Agenda, start: CaseState): CaseState {
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
