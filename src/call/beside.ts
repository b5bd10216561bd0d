/** What stands beside a question: Say with its alternatives, Avoid, the tip. What was shown at a step is shown again. */
import { sentence } from "../core/blanks.ts";
import type { Run } from "../core/fold.ts";
import { lineText, moodGap, wouldPromise } from "../core/line.ts";
import { hasPending } from "../core/owed.ts";
import { chooseAvoid, nextTip, nextWording, TIP_MOOD, type Wording, wordings } from "../core/say-choice.ts";
import type { Step, StepKey } from "../core/script.ts";
import type { Talk } from "../core/talk.ts";
import { type Call, noteShown, talkAt } from "./call.ts";

export interface Beside {
  say?: string;
  alternatives: string[];
  avoid?: { say: string; better: string };
  tip?: string;
}

/** Red flag → the side whose line is said at once. */
export const FLAG_SIDES: Readonly<Record<string, string>> = {
  safety: "safety",
  minor: "minor",
  vulnerable: "vulnerable",
  regulator: "regulator-mention",
  legal: "legal-threat",
  media: "media-threat",
  repeat: "repeat-caller",
};

type Shown = Run["shown"][number];

function lastShown(talk: Talk, step: StepKey, kind: Shown["kind"]): Shown | undefined {
  return talk.run.shown.findLast((s) => s.step === step && s.kind === kind && s.side === undefined);
}

/** Sides whose line has to be said at the next question, first the weightiest; each once in a run. */
function dueSides(call: Call, talk: Talk): string[] {
  const { flags = [], recording_notice } = talk.state.case.record;
  const due = Object.entries(FLAG_SIDES).flatMap(([flag, side]) => (flags.includes(flag) ? [side] : []));
  if (recording_notice === false) due.push("refuse-recording");
  if (hasPending(talk.state)) due.push("approval-ask");
  if (call.lastStep?.records === "cause" && talk.sameCauseToday() >= 2) due.push("batch-known-fault");
  const said = new Set(talk.run.shown.map((s) => s.key));
  return [...new Set(due)].filter((side) => !(talk.script.sides[side] ?? []).some((id) => said.has(id)));
}

/** The lines of the side action or red flag that a line belongs to. */
function sideOf(talk: Talk, key: string): string[] | undefined {
  return Object.values(talk.script.sides).find((ids) => ids.includes(key));
}

function dueWording(call: Call, talk: Talk): Wording | undefined {
  for (const side of dueSides(call, talk)) {
    const [first] = wordings(talk.script.sides[side] ?? [], talk);
    if (first) return first;
  }
  return undefined;
}

/** A line shown earlier is shown again, unless it would now promise what is not granted yet. */
function kept(shown: Shown | undefined, talk: Talk): Shown | undefined {
  const line = shown && talk.script.lines[shown.key];
  return line && wouldPromise(line, shown.text, talk.state) ? undefined : shown;
}

/** What was shown before the language was changed is shown in the new one, if it can be said there. */
function translated(call: Call, step: Step, shown: Shown, talk: Talk): string | undefined {
  const { key, kind } = shown;
  const line = talk.script.lines[key];
  const tip = talk.script.tips[key];
  const text =
    kind === "tip"
      ? tip && sentence({ stage: talk.stage, move: "", text: tip.text }, talk)
      : line && lineText(line, talk, 0);
  if (text !== undefined) noteShown(call, step.key, { key, kind, text });
  return text;
}

function sayAt(call: Call, step: Step, talk: Talk): string | undefined {
  const before = kept(lastShown(talk, step.key, "say"), talk);
  const isForeign = before !== undefined && before.locale !== talk.locale;
  if (isForeign && !call.isMoodNew) {
    const text = translated(call, step, before, talk);
    if (text !== undefined) return text;
  }
  const shown = isForeign ? undefined : before;
  const side = shown && sideOf(talk, shown.key);
  const due = shown && !call.isMoodNew ? undefined : dueWording(call, talk);
  if (shown && !call.isMoodNew) return shown.text;
  // What a red flag demands has to be said at any mood; only its wording changes.
  const next = due ?? (side ? wordings(side, talk)[0] : nextWording(step, shown?.key, talk));
  if (next) {
    noteShown(call, step.key, { key: next.key, kind: "say", text: next.text });
    return next.text;
  }
  const line = shown && talk.script.lines[shown.key];
  return line && moodGap(line, talk.mood) === 0 && lineText(line, talk, 0) !== undefined
    ? shown.text
    : undefined;
}

function tipAt(call: Call, step: Step, talk: Talk): string | undefined {
  if (talk.mood < TIP_MOOD && call.askedTip !== step.key) return undefined;
  const before = lastShown(talk, step.key, "tip");
  const isForeign = before !== undefined && before.locale !== talk.locale;
  if (isForeign && !call.isMoodNew) return translated(call, step, before, talk);
  const shown = isForeign ? undefined : before;
  if (shown && !call.isMoodNew) return shown.text;
  const next = nextTip(step, talk);
  if (next) {
    noteShown(call, step.key, { key: next.key, kind: "tip", text: next.text });
    return next.text;
  }
  const tip = shown && talk.script.tips[shown.key];
  return tip && moodGap(tip, talk.mood) === 0 ? shown.text : undefined;
}

/** Chooses what is not chosen yet and notes it as shown. In density quiet nothing is on screen, so nothing is noted. */
export function besideStep(call: Call, step: Step): Beside {
  if (call.facts.density === "quiet") return { alternatives: [] };
  const say = sayAt(call, step, talkAt(call, step));
  const tip = tipAt(call, step, talkAt(call, step));
  call.isMoodNew = false;
  const talk = talkAt(call, step);
  const avoid = chooseAvoid(step, talk);
  const alternatives =
    call.facts.density === "full"
      ? wordings(step.say, talk)
          .slice(0, 2)
          .map((w) => w.text)
      : [];
  return {
    alternatives,
    ...(say === undefined ? {} : { say }),
    ...(avoid ? { avoid } : {}),
    ...(tip === undefined ? {} : { tip }),
  };
}

/** Another wording of the present Say, now on screen; undefined: there is none left. */
export function anotherSay(call: Call, step: Step): string | undefined {
  const talk = talkAt(call, step);
  const shown = lastShown(talk, step.key, "say");
  const side = shown && sideOf(talk, shown.key);
  const next = (side && wordings(side, talk)[0]) ?? nextWording(step, shown?.key, talk);
  if (next) noteShown(call, step.key, { key: next.key, kind: "say", text: next.text });
  return next?.text;
}

/** The next tip, now on screen; undefined: there is none left. */
export function anotherTip(call: Call, step: Step): string | undefined {
  const next = nextTip(step, talkAt(call, step));
  if (!next) return undefined;
  call.askedTip = step.key;
  noteShown(call, step.key, { key: next.key, kind: "tip", text: next.text });
  return next.text;
}
