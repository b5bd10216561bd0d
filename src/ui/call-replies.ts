/** What the call hands over to the conversation, and what comes back. */
import type { Outcome, Reply, SideName } from "../core/question.ts";
import { fieldOf, keptText } from "./answer-field.ts";
import { advance, type Call, finish, keepTyped, overlayContext, stepId } from "./call.ts";
import { openForm, openPalette } from "./overlay.ts";
import { parseSide, readSide } from "./side-words.ts";

/** Hands over one reply; it is on disk when this returns, or waits for a busy store. */
export function send(call: Call, reply: Reply): void {
  if (reply.kind === "side") {
    const typed = keptText(call.answer);
    keepTyped(call, typed);
    call.left.set(stepId(call.question), typed);
  }
  take(call, call.options.conversation.reply(reply), reply);
}

export function sendValue(call: Call, value: unknown): void {
  send(call, { kind: "value", value });
}

/** Tries again what the busy store could not take. True: it was taken. */
export function retry(call: Call): boolean {
  const { waiting } = call;
  if (!waiting || call.over) return false;
  take(call, call.options.conversation.reply(waiting), waiting);
  return call.waiting === undefined;
}

function take(call: Call, outcome: Outcome, reply: Reply): void {
  call.waiting = undefined;
  call.silent = false;
  switch (outcome.type) {
    case "accepted":
      call.left.delete(stepId(call.question));
      call.overlay = undefined;
      call.sheet = undefined;
      call.message = undefined;
      advance(call);
      break;
    case "error":
      if (call.overlay?.dialogue) backInside(call);
      else refreshField(call);
      call.message = { tone: "error", text: outcome.message };
      break;
    case "notice":
      call.waiting = reply;
      call.message = { tone: "notice", text: outcome.message };
      break;
    case "side":
      sideDone(call, outcome);
      break;
    case "done":
      finish(call, outcome);
  }
}

function sideDone(call: Call, outcome: Outcome & { type: "side" }): void {
  const { lines = [], message, side } = outcome;
  call.overlay = undefined;
  advance(call);
  // Another wording stands in its place already.
  const say = (outcome.say ?? []).filter((line) => line !== call.question.say);
  const label = call.options.conversation.actions().find((a) => a.side === side)?.label ?? side;
  const toRead = say.length + lines.length > 0;
  if (toRead) call.sheet = { title: message ?? capital(label), say, lines, from: 0 };
  // The next wording or tip is what the agent asked to see: nothing may lie over it.
  else if (side !== "mood" && side !== "note") call.sheet = undefined;
  call.message = message !== undefined && !toRead ? { tone: "good", text: message } : undefined;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** One field back in a form, an offer or a promise, with what was typed there. False: there is none. */
function backInside(call: Call): boolean {
  const { overlay, answer } = call;
  const dialogue = overlay?.dialogue ?? (overlay ? undefined : answer.dialogue);
  const text = dialogue?.back();
  if (!dialogue || text === undefined) return false;
  const field = fieldOf(dialogue.asked(), text);
  if (overlay) call.overlay = { ...overlay, field };
  else call.answer = { ...answer, field };
  return true;
}

/** Back within what is open; from the first field of a form to the question under it. False: it is the step before. */
function stepsBack(call: Call): boolean {
  if (backInside(call)) return true;
  if (!call.overlay) return false;
  call.overlay = undefined;
  return true;
}

/** The field for what the open dialogue asks now. */
export function refreshField(call: Call): void {
  const { overlay, answer } = call;
  if (overlay?.dialogue) call.overlay = { ...overlay, field: fieldOf(overlay.dialogue.asked()) };
  else if (!overlay && answer.dialogue) call.answer = { ...answer, field: fieldOf(answer.dialogue.asked()) };
}

/** Leaves the call; everything is saved, half-typed text too. */
export function pause(call: Call): void {
  const { conversation } = call.options;
  keepTyped(call);
  const outcome = conversation.reply({ kind: "side", action: { side: "pause" } });
  finish(
    call,
    outcome.type === "done" ? outcome : { type: "done", case: conversation.caseNow(), paused: true },
  );
}

function sideContext(call: Call) {
  const { question, options } = call;
  return {
    actions: options.conversation.actions(),
    mood: question.mood,
    held: question.held_since !== undefined,
  };
}

/** Does a side action, or asks for what it needs; `rest`: what was typed after its word. */
export function startSide(call: Call, side: SideName, rest: string): void {
  if (side === "help") call.overlay = openPalette(overlayContext(call));
  else if (side === "pause") pause(call);
  else if (side === "back" && stepsBack(call)) return;
  else {
    const read = readSide(side, rest, sideContext(call));
    if ("given" in read) call.overlay = openForm(overlayContext(call), side, read.given);
    else send(call, { kind: "side", action: read });
  }
}

/** Does what a command line says. False: it is no action, and the line stays. */
export function runCommand(call: Call, line: string): boolean {
  const { t } = call.options;
  const word = parseSide(line, sideContext(call));
  if (word.type === "action" || word.type === "form") {
    const side = word.type === "form" ? word.side : word.action.side;
    startSide(call, side, line.replace(/^\s*[:\uff1a]?\s*\S+\s*/, ""));
    return true;
  }
  const text =
    word.type === "unknown"
      ? t("ui.no_action", { word: word.word })
      : t("ui.which_action", { words: word.words.map((w) => `:${w}`).join(" ") });
  call.message = { tone: "error", text };
  return false;
}
