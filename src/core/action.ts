/** Corrective and preventive actions: what is done so that a cause does not come again, folded from their own events. */
import { byOrder, type CaseEvent, type UtcIso } from "./event.ts";
import { refOf, showRef, type Uuid } from "./id.ts";

export interface Action {
  ref: string;
  id: Uuid;
  cause: string;
  category?: string;
  kind: "corrective" | "preventive";
  what: string;
  owner: string;
  due: UtcIso;
  added_at: UtcIso;
  by: string;
  done_at?: UtcIso;
  done_by?: string;
  evidence?: string;
  /** Newest last. */
  measures: { at: UtcIso; by: string; days: number; before: number; after: number }[];
}

/** Whether these events are an action's and no case's. */
export function isActionStream(events: readonly CaseEvent[]): boolean {
  return events.some((e) => e.type === "action-added");
}

/** Folds the events of one action, in any order; undefined where its first event is missing. */
export function foldAction(events: readonly CaseEvent[]): Action | undefined {
  let action: Action | undefined;
  for (const event of [...events].sort(byOrder)) {
    if (event.type === "action-added" && !action) {
      const { cause, category, kind, what, owner, due } = event.data;
      action = {
        ref: showRef(refOf(event.caseId)),
        id: event.caseId,
        cause,
        ...(category === undefined ? {} : { category }),
        kind,
        what,
        owner,
        due,
        added_at: event.at,
        by: event.by,
        measures: [],
      };
    } else if (event.type === "action-done" && action && action.done_at === undefined) {
      Object.assign(action, { done_at: event.at, done_by: event.by, evidence: event.data.evidence });
    } else if (event.type === "action-measured" && action) {
      const { days, before, after } = event.data;
      action.measures.push({ at: event.at, by: event.by, days, before, after });
    }
  }
  return action;
}

const DAY = 86_400_000;
const LONGEST = 28 * DAY;

/** The equal spans before and after an action was done that its cause is counted over: min(28 days, time since). */
export function measureSpans(
  doneAt: UtcIso,
  now: Date,
): { days: number; before: [UtcIso, UtcIso]; after: [UtcIso, UtcIso] } {
  const done = Date.parse(doneAt);
  const span = Math.max(0, Math.min(LONGEST, +now - done));
  const iso = (at: number) => new Date(at).toISOString();
  return {
    days: Math.round((span / DAY) * 100) / 100,
    before: [iso(done - span), iso(done)],
    after: [iso(done), iso(done + span)],
  };
}
