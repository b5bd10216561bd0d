/** From fields to answers: what Enter, a digit or a choice means for the question, the palette or the dialogue that is open. */
import type { SideAction, SideName } from "../core/question.ts";
import { type AnswerField, answerValue, textField } from "./answer-field.ts";
import { activeField, type Call, setField } from "./call.ts";
import { refreshField, runCommand, send, sendValue, startSide } from "./call-replies.ts";
import { chordOf, type Key } from "./keys.ts";
import { fold, type PickResult } from "./pick.ts";
import { isCommand, unescapeColons } from "./side-words.ts";
import { currentLine, edit, insert, moveTo, type TextBuffer, textOf, withoutLine } from "./text-buffer.ts";
import { moveRow } from "./text-rows.ts";

/** Types into the text that has the keyboard. */
export function typeText(call: Call, text: string): void {
  const field = activeField(call);
  if (field.type !== "text") return;
  call.message = undefined;
  setField(call, { type: "text", buffer: insert(field.buffer, text) });
}

/** What a key made of a list. */
export function picked(call: Call, result: PickResult): void {
  const { t, ticks } = call.options;
  switch (result.type) {
    case "changed":
      setField(call, { type: "pick", pick: result.pick });
      break;
    case "wrong":
      setField(call, { type: "pick", pick: result.pick });
      call.message = { tone: "error", text: t("ui.no_choice", { entry: result.entry }) };
      break;
    case "chosen":
      if (result.single) call.chosenAt = ticks();
      chosen(call, result.id);
      break;
    case "submitted":
      submitted(call, result.ids, result.touched);
      break;
    case "empty":
      emptyEnter(call);
      break;
    case "ignored":
  }
}

/** One choice, by its id. */
export function chosen(call: Call, id: string): void {
  const { overlay, answer, question } = call;
  if (overlay?.kind === "palette") fromPalette(call, id, overlay.field);
  else if (overlay || answer.dialogue) inDialogue(call, id);
  else sendValue(call, answerValue(question, id));
}

/** The palette's entry may say more than the action: `note the neighbour called`. */
function fromPalette(call: Call, id: string, field: AnswerField): void {
  const entry = field.type === "pick" ? field.pick.entry : "";
  const rest = /^\s*\d+\s*$/.test(fold(entry)) ? "" : entry.replace(/^\s*[:\uff1a]?\s*\S+\s*/, "");
  call.overlay = undefined;
  startSide(call, id as SideName, rest);
}

/** All choices of a question that takes many. `touched`: somebody chose, if only none. */
export function submitted(call: Call, ids: string[], touched: boolean): void {
  const { question } = call;
  const passed = ids.length === 0 && !touched && question.optional;
  sendValue(call, passed ? null : ids);
}

/** One key in a text. */
export function textKey(call: Call, key: Key, buffer: TextBuffer): void {
  const chord = chordOf(key);
  const changed = chord === undefined ? undefined : edited(call, chord, buffer);
  if (chord === "enter") submitText(call, buffer);
  else if (chord === "tab") loadDefault(call, buffer);
  else if (changed) setField(call, { type: "text", buffer: changed });
  else if (key.text !== "") typeText(call, key.text);
}

function edited(call: Call, chord: string, buffer: TextBuffer): TextBuffer | undefined {
  if (chord !== "up" && chord !== "down") return edit(buffer, chord);
  return moveTo(buffer, moveRow(buffer, chord === "up" ? -1 : 1, call.textWidth));
}

/** Tab takes the present answer into the field, to change a word of it. */
function loadDefault(call: Call, buffer: TextBuffer): void {
  const value = call.question.default;
  if (call.overlay || call.answer.dialogue || buffer.cells.length > 0) return;
  if (typeof value === "string" || typeof value === "number") setField(call, textField(String(value)));
}

function submitText(call: Call, buffer: TextBuffer): void {
  const line = currentLine(buffer).text;
  if (!call.overlay && !buffer.pasted && isCommand(line)) {
    const rest = withoutLine(buffer);
    // Taken out first: what is kept and left behind is the text without its command.
    setField(call, { type: "text", buffer: rest });
    if (!runCommand(call, line)) setField(call, { type: "text", buffer });
    return;
  }
  takeText(call, buffer.pasted ? textOf(buffer) : unescapeColons(textOf(buffer)));
}

/** A reply of nothing is silence, and counts; Enter by habit must not. True: it was the first, and is told. */
function isSlip(call: Call, text: string): boolean {
  if (text.trim() !== "" || call.overlay || call.question.kind !== "reply" || call.silent) return false;
  call.silent = true;
  call.message = { tone: "notice", text: call.options.t("ui.silence") };
  return true;
}

/** A text that is complete: the answer, or a field of what is open. Blank is Enter alone. */
export function takeText(call: Call, text: string): void {
  if (isSlip(call, text)) return;
  if (text.trim() === "" && call.question.kind !== "reply") emptyEnter(call);
  else if (call.overlay || call.answer.dialogue) inDialogue(call, text);
  else answerText(call, text);
}

function answerText(call: Call, text: string): void {
  const { question } = call;
  if (question.kind === "text") sendValue(call, text);
  else if (question.kind === "reply") {
    const number = fold(text).trim();
    const choice = /^\d+$/.test(number) ? question.choices?.[Number(number) - 1] : undefined;
    sendValue(call, choice?.id ?? text);
  } else sendRead(call, text);
}

/** Sends a number or a date as it was understood; of a date that is told, since people say dates in many ways. */
function sendRead(call: Call, text: string): void {
  const { question, options } = call;
  const read = options.conversation.parse(text);
  if (!read.ok) {
    call.message = { tone: "error", text: read.message };
    return;
  }
  sendValue(call, read.value);
  if (question.kind !== "date" || call.over || call.waiting || call.message) return;
  const when = options.when(String(read.value));
  call.message = { tone: "good", text: options.t("ui.date_taken", { when }) };
}

/** Enter with nothing typed: the present answer, or passed, or what is missing is said. */
export function emptyEnter(call: Call): void {
  const { question, overlay, answer } = call;
  const { t } = call.options;
  if (overlay?.kind === "palette") call.overlay = undefined;
  else if (overlay || answer.dialogue) inDialogue(call, "");
  else if (question.default !== undefined && question.default !== null) sendValue(call, question.default);
  else if (question.optional) sendValue(call, null);
  else {
    const text = t(answer.field.type === "pick" ? "ui.choose_number" : "ui.needs_text");
    call.message = { tone: "error", text };
  }
}

function inDialogue(call: Call, given: string): void {
  const { overlay, answer, question } = call;
  const dialogue = overlay?.dialogue ?? answer.dialogue;
  if (!dialogue) return;
  const step = dialogue.answer(given);
  if (step.type === "error") call.message = { tone: "error", text: step.message };
  else if (step.type === "next") refreshField(call);
  else if (overlay?.dialogue) send(call, { kind: "side", action: step.value as SideAction });
  else {
    const nothing = Array.isArray(step.value) && step.value.length === 0;
    sendValue(call, question.optional && nothing ? null : step.value);
  }
}
