/** The conversation behind every face: `current()` is what to ask now, `reply()` commits before it returns. */
import { ComplaintError } from "../core/errors.ts";
import type { Uuid } from "../core/id.ts";
import type { Conversation, Outcome, Question, Reply } from "../core/question.ts";
import { STAGES } from "../core/stage.ts";
import { takeAnswer } from "./answer.ts";
import { type Call, commit, type Doors, takeState } from "./call.ts";
import { finishRun } from "./finish.ts";
import { parseAnswer } from "./parse-answer.ts";
import { elapsedOf, presentStep, questionOf } from "./question-of.ts";
import { placesOf, runSide, SIDES } from "./sides.ts";
import { reachableScripts } from "./switch.ts";

export interface DialogueStart extends Doors {
  caseId: Uuid;
  /** Absent: the unfinished run begun last. */
  run?: Uuid;
  practice?: boolean;
  /** A rehearsal in which the customer, however angry, threatens nobody. */
  threatless?: boolean;
  /** The channel of this contact where it is not the complaint's. */
  channel?: string;
  /** A run that was left is taken up again: the time in between does not count. */
  resumed?: boolean;
}

function openCall(start: DialogueStart): Call {
  const { facts, store, library, caseId } = start;
  const state = store.state(caseId);
  const run = state?.runs.findLast((r) => (start.run === undefined ? !r.finished_at : r.id === start.run));
  const script = run && store.script(run.script.hash);
  if (!state || !run || !script) throw new Error(`no run to hold in case ${caseId}`);
  const call: Call = {
    facts,
    store,
    library,
    caseId,
    runId: run.id,
    practice: start.practice === true,
    threatless: start.threatless === true,
    channel: start.channel,
    state,
    run,
    script,
    t: facts.translate(run.locale),
    focus: undefined,
    lastStep: undefined,
    unsaved: [],
    isMoodNew: false,
    askedTip: undefined,
    told: new Map(),
    over: undefined,
  };
  takeState(call, state);
  const lastKey = [...run.answers.keys()].at(-1);
  call.lastStep = script.steps.find((s) => s.key === lastKey);
  if (start.resumed) commit(call, [{ type: "resumed", data: { run: run.id } }]);
  return call;
}

/** A busy store keeps the answer on screen; every other failure of the store ends the conversation. */
function guarded(act: () => Outcome): Outcome {
  try {
    return act();
  } catch (error) {
    if (error instanceof ComplaintError && error.code === "busy")
      return { type: "notice", code: "busy", message: error.message };
    throw error;
  }
}

function replyTo(call: Call, reply: Reply): Outcome {
  if (call.over) return call.over;
  const step = presentStep(call);
  if (!step) return finishRun(call);
  if (reply.kind === "side") return runSide(call, step, reply.action);
  const outcome = takeAnswer(call, step, reply.value);
  if (outcome.type !== "accepted") return outcome;
  // Half-typed text has served its purpose once the answer is on disk.
  if (call.store.typed(call.caseId, step.key) !== undefined) call.store.putTyped(call.caseId, step.key, "");
  return presentStep(call) ? outcome : finishRun(call);
}

function actionsOf(call: Call): ReturnType<Conversation["actions"]> {
  const needs: Partial<Record<string, string>> = {
    script: reachableScripts(call)
      .map((s) => s.id)
      .join(", "),
    language: call.library.locales().join(", "),
  };
  const hidden = (side: string) => side === "script" && needs.script === "";
  return SIDES.filter((side) => !hidden(side)).map((side) => ({
    side,
    label: call.t(`call.do_${side}`),
    word: side,
    ...(needs[side] ? { needs: needs[side] } : {}),
  }));
}

/** Opens the conversation of a run that `startRun` or an earlier session began. */
export function openDialogue(start: DialogueStart): Conversation {
  const call = openCall(start);
  let shown: { question: Question | undefined } | undefined;
  const current = (): Question | undefined => {
    if (call.over) return undefined;
    shown ??= { question: questionNow(call) };
    return shown.question;
  };
  // A line chosen by a side action must be the one that `resume` shows, whatever happens next.
  const keepShown = () =>
    guarded(() => {
      current();
      commit(call, []);
      return { type: "accepted" };
    });
  return {
    current,
    reply(reply) {
      // What is on screen now must be known before the answer changes it.
      current();
      const outcome = guarded(() => replyTo(call, reply));
      if (outcome.type === "notice" || outcome.type === "error") return outcome;
      shown = undefined;
      if (outcome.type === "side") keepShown();
      return outcome;
    },
    keepTyped(text) {
      const step = presentStep(call);
      if (call.over || !step) return;
      commit(call, []);
      if ((call.store.typed(call.caseId, step.key) ?? "") !== text)
        call.store.putTyped(call.caseId, step.key, text);
    },
    caseNow: () => call.state.case,
    places: () => placesOf(call),
    actions: () => actionsOf(call),
    elapsed: () => elapsedOf(call),
    locale: () => call.run.locale,
    parse(text, as) {
      const step = presentStep(call);
      return parseAnswer(text, as ?? step?.kind ?? "text", {
        facts: call.facts,
        locale: call.run.locale,
        t: call.t,
        step,
      });
    },
    stages() {
      const labels = call.library.words(call.run.locale).labels.stage ?? {};
      return STAGES.map((id) => ({ id, label: labels[id] ?? id }));
    },
  };
}

function questionNow(call: Call): Question | undefined {
  const step = presentStep(call);
  return step && questionOf(call, step);
}
