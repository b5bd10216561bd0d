/** The life of a case after its first conversation, until now. */
import type { CaseState } from "../core/fold.ts";
import { breachDraft, breachOf } from "../core/trigger.ts";
import { type Aftermath, type Agenda, DAY, HOUR, ms, officeTime, play } from "./agenda.ts";
import { callBacks } from "./call-backs.ts";
import { tell } from "./case-plan.ts";
import {
  approvalEvents,
  climbing,
  daysToResolve,
  OUTCOMES,
  progress,
  promiseEvents,
  waiting,
  workOrder,
} from "./life-events.ts";
import { TEXTS } from "./stories.ts";

/** Now and then a closed case comes back weeks later. */
function comeBack(after: Aftermath, start: CaseState): CaseState {
  const { history, plan } = after;
  if (
    start.case.status !== "closed" ||
    start.case.record.closed_reason === "withdrawn" ||
    !history.chance.chance(0.025)
  )
    return start;
  const at = officeTime(ms(start.lastAt) + history.chance.int(9, 20) * DAY, history);
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
    const resolved = officeTime(from + daysToResolve(after) * DAY, history);
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
