/** Calls back on their script: reached or not, satisfied or not, until the case is closed. */
import type { CaseState } from "../core/fold.ts";
import type { Mood } from "../core/stage.ts";
import { callbackDrafts } from "../core/status.ts";
import { type Aftermath, HOUR, MINUTE, ms, officeTime, play } from "./agenda.ts";
import { tell } from "./case-plan.ts";
import { TEXTS } from "./stories.ts";

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
    for (const about of after.detail === "full" ? (["process", "measures", "result"] as const) : []) {
      const texts = TEXTS[`${finding.solved ? "opinion" : "unhappy"}_${about}`];
      if (chance.chance(0.6)) answer(`opinion_${about}`, tell(texts, plan.locale, chance));
    }
    if (finding.solved === false) answer("new_problem", tell(TEXTS.problem, plan.locale, chance));
    if (finding.satisfaction !== undefined) answer("satisfaction", finding.satisfaction);
    const mood: Mood = finding.solved ? chance.pick([1, 1, 2] as const) : chance.pick([3, 4] as const);
    if (chance.chance(0.4)) history.add(at, by, { type: "mood", data: { run, stage: "follow-up", mood } });
  }
  const open = history.commit();
  const folded = open.runs.find((r) => r.id === run)!;
  const end = at + chance.int(2, 9) * MINUTE;
  for (const draft of callbackDrafts(open, folded, policy, tell(TEXTS.reopen, plan.locale, chance)))
    history.add(end, by, draft);
  return history.commit();
}

/** Calls back as they fall due, until the case is closed or the present is reached. */
export function callBacks(after: Aftermath, start: CaseState): CaseState {
  let state = start;
  for (let round = 0; round < 8 && state.case.status !== "closed"; round++) {
    if (state.case.status === "open") {
      const at = officeTime(ms(state.lastAt) + after.history.chance.int(20, 100) * HOUR, after.history);
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
      officeTime(ms(due) + after.history.chance.int(-4, 20) * HOUR, after.history),
    );
    if (at + 10 * MINUTE >= after.now) return state;
    state = callBack(after, at, round);
  }
  return state;
}
