/** Side actions that leave a record: hold, recap, abuse, emergency, escalate, approval. */
import { blankOf } from "../core/blanks.ts";
import { closingDraft } from "../core/owed.ts";
import type { Outcome } from "../core/question.ts";
import { todoSteps } from "../core/say-choice.ts";
import type { Step } from "../core/script.ts";
import { type Call, commit, talkAt } from "./call.ts";
import type { FieldSpeech } from "./field-text.ts";
import { cardLines, handoverCard, readBack } from "./handover.ts";
import { answerByCode } from "./pending-code.ts";
import { sideError, sideLines } from "./side-lines.ts";

export function speechOf({ library, run, t, facts }: Call): FieldSpeech {
  return { words: library.words(run.locale), t, now: facts.now(), timeZone: facts.timeZone };
}

/** The line comes first: it is asked before the hold begins, and said when back. */
export function hold(call: Call, step: Step, state: unknown): Outcome {
  const since = call.run.held_since;
  if (state !== "start" && state !== "back")
    return sideError(call, "not_in_set", { name: "state", set: "start, back" });
  if (state === "start" && since !== undefined) return sideError(call, "held_already");
  if (state === "back" && since === undefined) return sideError(call, "not_held");
  const seconds = since === undefined ? 0 : Math.round((+call.facts.now() - Date.parse(since)) / 1000);
  const side = state === "start" ? "hold-before" : "hold-back";
  const say = sideLines(call, step, side, 1);
  const lines = todoSteps(side, talkAt(call, step));
  commit(call, [{ type: "held", data: { run: call.runId, state } }]);
  const data = state === "start" ? { state, since: call.run.held_since } : { state, seconds };
  return { type: "side", side: "hold", say, lines, data };
}

/** The read-back (复述) from the record, and the handover card. */
export function recap(call: Call, step: Step): Outcome {
  const open = sideLines(call, step, "recap-open", 1);
  const check = sideLines(call, step, "recap-check", 1);
  commit(call, []);
  const speech = speechOf(call);
  const read = readBack(call.state.case, speech);
  return {
    type: "side",
    side: "recap",
    say: [...open, ...check],
    lines: [...read, "", ...cardLines(call.state.case, speech)],
    data: { read_back: read, card: handoverCard(call.state.case, speech) },
  };
}

const ABUSE_SIDES = ["abuse-warning-1", "abuse-warning-2", "abuse-end"] as const;

/** Warn, warn, end: written down at once. The agent ends the call himself, when the customer has heard why. */
export function abuse(call: Call, step: Step, words: unknown): Outcome {
  if (words !== undefined && typeof words !== "string")
    return sideError(call, "needs_text", { name: "words" });
  const given = call.state.case.warnings.filter((w) => w.at >= call.run.started_at).length;
  const level = Math.min(given + 1, 3) as 1 | 2 | 3;
  const side = ABUSE_SIDES[level - 1]!;
  const said = words === undefined || words.trim() === "" ? {} : { words };
  const say = sideLines(call, step, side, 1);
  commit(call, [{ type: "warned", data: { run: call.runId, step: step.key, level, ...said } }]);
  const lines = todoSteps(side, talkAt(call, step));
  return {
    type: "side",
    side: "abuse",
    message: call.t("call.warned", { level }),
    say,
    lines,
    data: { level, next: level === 1 ? "warn" : "end" },
  };
}

const EMERGENCIES = ["violence", "self-harm", "injury"] as const;
const NUMBERS = ["police", "ambulance", "fire", "crisis_line"] as const;

/** The numbers that are set, and that the local one is for everything else. */
function numberLine({ facts, t }: Call): string {
  const set = NUMBERS.flatMap((name) => {
    const number = facts.emergency[name];
    return number ? [t("call.emergency_number", { name, number })] : [];
  });
  if (set.length === 0) return t("call.emergency_none");
  return [...set, ...(set.length < NUMBERS.length ? [t("call.emergency_rest")] : [])].join(
    t("call.semicolon"),
  );
}

/** What to say and do now; numbers only as configured, else "the local emergency number". */
export function emergency(call: Call, step: Step, kind: unknown): Outcome {
  const known = EMERGENCIES.find((k) => k === kind);
  if (!known) return sideError(call, "not_in_set", { name: "kind", set: EMERGENCIES.join(", ") });
  const side = `emergency-${known}`;
  const say = sideLines(call, step, side, 2);
  commit(call, [{ type: "emergency", data: { run: call.runId, kind: known } }]);
  const talk = talkAt(call, step);
  const place = { stage: step.stage, move: side, text: "" };
  const numbers = Object.fromEntries(NUMBERS.map((name) => [name, blankOf(name, place, talk) ?? ""]));
  const lines = [...todoSteps(side, talk), numberLine(call)];
  return { type: "side", side: "emergency", say, lines, data: { kind: known, numbers } };
}

export function escalate(call: Call, step: Step, to: unknown, why: unknown): Outcome {
  if (typeof to !== "string" || to.trim() === "") return sideError(call, "needs_text", { name: "to" });
  if (typeof why !== "string" || why.trim() === "") return sideError(call, "needs_text", { name: "why" });
  const say = sideLines(call, step, "escalate-tell", 1);
  commit(call, [{ type: "escalated", data: { to: to.trim(), why, trigger: "manual" } }]);
  const lines = [
    ...todoSteps("escalate-tell", talkAt(call, step)),
    ...cardLines(call.state.case, speechOf(call)),
  ];
  return {
    type: "side",
    side: "escalate",
    message: call.t("call.escalated", { to: call.t("call.level", { level: to.trim() }) }),
    say,
    lines,
    data: { escalation: call.state.case.escalations.at(-1) },
  };
}

/** An offline code of a lead: it answers the pending request that it was made for. */
export function approval(call: Call, step: Step, code: unknown): Outcome {
  if (typeof code !== "string" || code.trim() === "") return sideError(call, "needs_text", { name: "code" });
  const { facts, library, state } = call;
  const answer = answerByCode(code, {
    state,
    events: call.store.events(call.caseId),
    keys: facts.keys,
    now: facts.now(),
    remedies: library.taxonomies().remedy ?? [],
  });
  if (!answer.ok) {
    if (answer.reason === "no_pending") return sideError(call, "no_pending");
    return { type: "error", code: `code_${answer.reason}`, message: call.t(`call.code_${answer.reason}`) };
  }
  commit(call, [answer.draft]);
  const closing = closingDraft(call.state);
  if (closing) commit(call, [closing]);
  const say = sideLines(call, step, "approval-granted", 1);
  commit(call, []);
  return {
    type: "side",
    side: "approval",
    message: call.t("call.approved", { by: answer.by }),
    say,
    data: { approval: call.state.case.approvals[answer.asked.n - 1] },
  };
}
