/** The side actions of the contract, the same at every step and in every face. */

import { newId } from "../core/id.ts";
import { activeSteps, isAnswered } from "../core/next-step.ts";
import type { Outcome, SideAction, SideName } from "../core/question.ts";
import type { Step } from "../core/script.ts";
import { isMood } from "../core/stage.ts";
import { checkContext } from "./answer.ts";
import { anotherSay, anotherTip } from "./beside.ts";
import { type Call, commit } from "./call.ts";
import { checkPromise, type PromiseItem, problemText } from "./check-answer.ts";
import { endRun } from "./finish.ts";
import { sideError, sideLines } from "./side-lines.ts";
import { abuse, approval, emergency, escalate, hold, recap } from "./side-records.ts";
import { switchLanguage, switchScript } from "./switch.ts";

/** Side words as they are typed, in the order of the palette. */
export const SIDES: readonly SideName[] = [
  "help",
  "back",
  "jump",
  "mood",
  "tip",
  "another",
  "note",
  "promise",
  "hold",
  "recap",
  "abuse",
  "emergency",
  "escalate",
  "approval",
  "script",
  "language",
  "end",
  "pause",
];

const END_REASONS = ["cut_off", "refused", "abuse", "other"] as const;

function help(call: Call, step: Step): Outcome {
  const lines = SIDES.filter((side) => side !== "help").map((side) =>
    call.t("call.help_line", { word: `:${side}`, text: call.t(`call.do_${side}`) }),
  );
  return { type: "side", side: "help", lines: [...(step.help ? [step.help] : []), ...lines] };
}

/** The applying step before this one; nothing is forgotten by looking back. */
function back(call: Call, step: Step): Outcome {
  const active = activeSteps(call.script, call.state);
  const at = active.findIndex((s) => s.key === step.key);
  const before = at < 0 ? active.at(-1) : active[at - 1];
  if (!before) return { type: "side", side: "back", message: call.t("call.first_step") };
  call.focus = before.key;
  return { type: "side", side: "back", data: { to: before.key } };
}

export function placesOf(
  call: Call,
): { key: string; stage: Step["stage"]; ask: string; answered: boolean }[] {
  return activeSteps(call.script, call.state).map((s) => ({
    key: s.key,
    stage: s.stage,
    ask: s.ask,
    answered: isAnswered(s, call.run),
  }));
}

/** A stage leads to its first unanswered step, else to its first; a step is found by any part of its key or question. */
function jump(call: Call, to: string): Outcome {
  const wish = to.normalize("NFKC").trim().toLowerCase();
  const places = placesOf(call);
  const labels = call.library.words(call.run.locale).labels.stage ?? {};
  const fields = call.library.words(call.run.locale).fields;
  const isStage = (stage: string) =>
    stage.startsWith(wish) || (labels[stage] ?? "").toLowerCase().startsWith(wish);
  const label = (key: string) => {
    const records = call.script.steps.find((s) => s.key === key)?.records;
    return ((records && fields[records]?.label) ?? "").toLowerCase();
  };
  const inStage = wish === "" ? [] : places.filter((p) => isStage(p.stage));
  const found =
    wish === ""
      ? undefined
      : (places.find((p) => p.key.toLowerCase() === wish) ??
        inStage.find((p) => !p.answered) ??
        inStage[0] ??
        places.find((p) => p.key.toLowerCase().includes(wish)) ??
        places.find((p) => label(p.key).includes(wish)) ??
        places.find((p) => p.ask.toLowerCase().includes(wish)));
  if (!found) return sideError(call, "not_found", { to });
  call.focus = call.script.steps.find((s) => s.key === found.key)?.key;
  return { type: "side", side: "jump", data: { to: found.key } };
}

function mood(call: Call, step: Step, value: unknown): Outcome {
  if (!isMood(value))
    return {
      type: "error",
      code: "out_of_range",
      message: call.t("call.problem_out_of_range", { expected: "1–5" }),
    };
  const isNew = value !== call.state.mood;
  commit(call, [{ type: "mood", data: { run: call.runId, stage: step.stage, mood: value } }]);
  call.isMoodNew = isNew;
  // A mark changes what to say, never what is being answered; a rehearsal marks between two questions.
  if (!call.practice) call.focus = step.key;
  const label = call.library.words(call.run.locale).labels.mood?.[value] ?? "";
  const message = call.t("call.mood_now", { value, label: label.toLowerCase() });
  return { type: "side", side: "mood", message, data: { value } };
}

function tip(call: Call, step: Step): Outcome {
  const text = anotherTip(call, step);
  if (text === undefined) return { type: "side", side: "tip", message: call.t("call.no_tip") };
  commit(call, []);
  return { type: "side", side: "tip", data: { tip: text } };
}

function another(call: Call, step: Step): Outcome {
  const text = anotherSay(call, step);
  if (text === undefined) return { type: "side", side: "another", message: call.t("call.no_wording") };
  commit(call, []);
  return { type: "side", side: "another", say: [text] };
}

function note(call: Call, text: unknown): Outcome {
  if (typeof text !== "string" || text.trim() === "") return sideError(call, "needs_text", { name: "text" });
  commit(call, [{ type: "noted", data: { text } }]);
  return { type: "side", side: "note", message: call.t("call.noted") };
}

function promise(call: Call, step: Step, action: SideAction & { side: "promise" }): Outcome {
  const { side: _, ...given } = action;
  const checked = checkPromise(given, checkContext(call));
  if (!checked.ok)
    return { type: "error", code: checked.problem.code, message: problemText(checked.problem, call.t) };
  const item = checked.value as PromiseItem;
  const id = newId(+call.facts.now(), call.facts.random);
  commit(call, [{ type: "promised", data: { run: call.runId, promise: { id, ...item } } }]);
  const say = sideLines(call, step, "promise", 1);
  commit(call, []);
  const made = call.state.case.promises.at(-1);
  return {
    type: "side",
    side: "promise",
    message: call.t("call.promised"),
    say,
    ...(made ? { data: { promise: made } } : {}),
  };
}

function end(call: Call, reason: unknown): Outcome {
  const known = END_REASONS.find((r) => r === reason);
  return known
    ? endRun(call, known)
    : sideError(call, "not_in_set", { name: "reason", set: END_REASONS.join(", ") });
}

/** What is on screen goes to disk, and the case is left as it stands. */
function pause(call: Call): Outcome {
  commit(call, []);
  return {
    type: "done",
    case: call.state.case,
    paused: true,
    lines: [call.t("call.paused", { ref: call.state.case.ref })],
  };
}

/** Does one side action at `step`; the same question follows unless the outcome is `done`. */
export function runSide(call: Call, step: Step, action: SideAction): Outcome {
  switch (action.side) {
    case "help":
      return help(call, step);
    case "back":
      return back(call, step);
    case "jump":
      return typeof action.to === "string"
        ? jump(call, action.to)
        : sideError(call, "needs_text", { name: "to" });
    case "mood":
      return mood(call, step, action.value);
    case "tip":
      return tip(call, step);
    case "another":
      return another(call, step);
    case "note":
      return note(call, action.text);
    case "promise":
      return promise(call, step, action);
    case "hold":
      return hold(call, step, action.state);
    case "recap":
      return recap(call, step);
    case "abuse":
      return abuse(call, step, action.words);
    case "emergency":
      return emergency(call, step, action.kind);
    case "escalate":
      return escalate(call, step, action.to, action.why);
    case "approval":
      return approval(call, step, action.code);
    case "script":
      return switchScript(call, action.to);
    case "language":
      return switchLanguage(call, step, action.to);
    case "end":
      return end(call, action.reason);
    case "pause":
      return pause(call);
    default:
      return sideError(call, "unknown", { side: String((action as { side: unknown }).side) });
  }
}
