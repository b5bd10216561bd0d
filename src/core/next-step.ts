/** The cursor is never stored: the next step is the first that applies and has no answer in this run. */
import { type Facts, holds } from "./condition.ts";
import type { CaseState, Run } from "./fold.ts";
import { factsOf } from "./record.ts";
import type { Script, Step } from "./script.ts";

/** Answered: its key has an answer in the run, or the field it records has a value in the run (passed counts). */
export function isAnswered(step: Step, run: Run): boolean {
  if (run.answers.has(step.key)) return true;
  return step.records !== undefined && !step.confirm && run.fields.has(step.records);
}

/** What steps are chosen by. How angry the customer was in an earlier conversation says nothing about this one. */
function stepFacts(state: CaseState): Facts {
  const { mood, ...facts } = factsOf(state);
  const isMarked = state.case.moods.length > (state.runs.at(-1)?.moods_before ?? 0);
  return isMarked && mood !== undefined ? { ...facts, mood } : facts;
}

/** The steps of `script` that apply now, in order. */
export function activeSteps(script: Script, state: CaseState): Step[] {
  const facts = stepFacts(state);
  return script.steps.filter((step) => holds(step.when, { ...facts, stage: step.stage }));
}

/** The first step that applies and is unanswered in `run`; undefined: nothing is left to ask. */
export function nextStep(script: Script, state: CaseState, run: Run): Step | undefined {
  const facts = stepFacts(state);
  return script.steps.find(
    (step) => !isAnswered(step, run) && holds(step.when, { ...facts, stage: step.stage }),
  );
}

/** Steps done and left, for the strip: left counts the unanswered ones that apply now. */
export function progressOf(script: Script, state: CaseState, run: Run): { done: number; left: number } {
  const active = activeSteps(script, state);
  const done = active.filter((step) => isAnswered(step, run)).length;
  return { done, left: active.length - done };
}
