/** The events of one case as they come to be, with the deadlines that a real command would have stamped on them. */
import { stampClock } from "../core/clock.ts";
import type { CaseEvent, Clock, EventDraft } from "../core/event.ts";
import { type CaseState, foldCase, type ScriptOf } from "../core/fold.ts";
import { newId, type Uuid } from "../core/id.ts";
import type { Policy } from "../core/policy.ts";
import type { Chance } from "./random.ts";

export interface HistoryContext {
  policy: Policy;
  timeZone: string;
  country: string | undefined;
  scriptOf: ScriptOf;
}

export interface History {
  caseId: Uuid;
  chance: Chance;
  timeZone: string;
  /** Adds an event; its id is returned. */
  add: (at: number, by: string, draft: EventDraft) => Uuid;
  newId: (at: number) => Uuid;
  /** Ends what was written together: the last event takes the deadlines that follow. Returns the state after it. */
  commit: () => CaseState;
  /** Everything so far, for the store. */
  drafts: () => EventDraft[];
}

/** What the fold would make of deadlines that were stamped after it. */
function take(state: CaseState, clock: Clock): void {
  const { case: c } = state;
  Object.assign(state.clock, clock);
  if (clock.resolve_by) c.resolve_by = clock.resolve_by;
  if (clock.update_by) c.update_by = clock.update_by;
  if (clock.callback_due && !c.callbacks.some((b) => b.at === undefined))
    c.callbacks.push({ n: c.callbacks.length + 1, due_at: clock.callback_due });
}

export function startHistory(caseId: Uuid, chance: Chance, context: HistoryContext): History {
  const events: CaseEvent[] = [];
  let before: CaseState | undefined;
  let committed = 0;

  function commit(): CaseState {
    if (before && committed === events.length) return before;
    const state = foldCase(events, context.scriptOf);
    const clock = stampClock(before, state, context.policy, context.timeZone, context.country);
    if (Object.keys(clock).length > 0) {
      const last = events.at(-1)!;
      last.data = { ...last.data, clock } as never;
      take(state, clock);
    }
    committed = events.length;
    before = state;
    return state;
  }

  return {
    caseId,
    chance,
    timeZone: context.timeZone,
    newId: (at) => newId(at, chance.bytes),
    add: (at, by, draft) => {
      const id = draft.id ?? newId(at, chance.bytes);
      events.push({
        ...draft,
        id,
        caseId,
        seq: events.length + 1,
        at: new Date(at).toISOString(),
        by,
      } as CaseEvent);
      return id;
    },
    commit,
    drafts: () => events.map(({ id, at, by, type, data }) => ({ id, at, by, type, data }) as EventDraft),
  };
}
