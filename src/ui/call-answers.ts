/** From fields to answers: what Enter, a digit or a choice means for the question, the palette or the dialogue that is open. */
import type { SideAction, SideName } from "../core/question.ts";
import { type AnswerField, textField, valueOf } from "./answer-field.ts";
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
      return setField(call, { type: "pick", pick: result.pick });
    case "wrong":
      setField(call, { type: "pick", pick: result.pick });
      call.message = { tone: "error", text: t("ui.no_choice", { entry: result.entry }) };
      return;
    case "chosen":
      if (result.single) call.chosenAt = ticks();
      return chosen(call, result.id);
    case "submitted":
      return submitted(call, result.ids, result.touched);
    case "empty":
      return emptyEnter(call);
    case "ignored":
  }
}

function chosen(call: Call, id: string): void {
  const { overlay, answer, question } = call;
  if (overlay?.kind === "palette") return fromPalette(call, id, overlay.field);
  if (overlay || answer.dialogue) return inDialogue(call, id);
  sendValue(call, valueOf(question, id));
}

/** The palette's entry may say more than the action: `note the neighbour called`. */
function fromPalette(call: Call, id: string, field: AnswerField): void {
  const entry = field.type === "pick" ? field.pick.entry : "";
  const rest = /^\s*\d+\s*$/.test(fold(entry)) ? "" : entry.replace(/^\s*[:\uff1a]?\s*\S+\s*/, "");
  call.overlay = undefined;
  startSide(call, id as SideName, rest);
}

function submitted(call: Call, ids: string[], touched: boolean): void {
  const { question } = call;
  const passed = ids.length === 0 && !touched && question.optional;
  sendValue(call, passed ? null : ids);
}

/** One key in a text. */
export function textKey(call: Call, key: Key, buffer: TextBuffer): void {
  const chord = chordOf(key);
  if (chord === "enter") return submitText(call, buffer);
  if (chord === "tab") return loadDefault(call, buffer);
  if (chord === "up" || chord === "down") {
    const index = moveRow(buffer, chord === "up" ? -1 : 1, call.textWidth);
    return setField(call, { type: "text", buffer: moveTo(buffer, index) });
  }
  const changed = chord === undefined ? undefined : edit(buffer, chord);
  if (changed) return setField(call, { type: "text", buffer: changed });
  if (key.text !== "") typeText(call, key.text);
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
  const text = buffer.pasted ? textOf(buffer) : unescapeColons(textOf(buffer));
  if (text.trim() === "" && call.question.kind !== "reply") return emptyEnter(call);
  if (call.overlay || call.answer.dialogue) return inDialogue(call, text);
  answerText(call, text);
}

function answerText(call: Call, text: string): void {
  const { question, options } = call;
  if (question.kind === "text") return sendValue(call, text);
  if (question.kind === "reply") {
    const number = fold(text).trim();
    const choice = /^\d+$/.test(number) ? question.choices?.[Number(number) - 1] : undefined;
    return sendValue(call, choice?.id ?? text);
  }
  const read = options.conversation.parse(text);
  if (!read.ok) call.message = { tone: "error", text: read.message };
  else {
    sendValue(call, read.value);
    if (question.kind === "date" && !call.over && !call.waiting && !call.message)
      call.message = { tone: "good", text: options.t("ui.date_taken", { when: options.when(String(read.value)) }) };
  }
}

/** Enter with nothing typed: the present answer, or passed, or what is missing is said. */
function emptyEnter(call: Call): void {
  const { question, overlay, answer } = call;
  const { t } = call.options;
  if (overlay?.kind === "palette") return void (call.overlay = undefined);
  if (overlay || answer.dialogue) return inDialogue(call, "");
  if (question.default !== undefined && question.default !== null) return sendValue(call, question.default);
  if (question.optional) return sendValue(call, null);
  call.message = { tone: "error", text: t(answer.field.type === "pick" ? "ui.choose_number" : "ui.needs_text") };
}

function inDialogue(call: Call, given: string): void {
  const { overlay, answer, question } = call;
  const dialogue = overlay?.dialogue ?? answer.dialogue;
  if (!dialogue) return;
  const step = dialogue.answer(given);
  if (step.type === "error") call.message = { tone: "error", text: step.message };
  else if (step.type === "next") refreshField(call);
  else if (overlay?.dialogue) send(call, { kind: "side", action: step.value as SideAction });
  else sendValue(call, question.optional && Array.isArray(step.value) && step.value.length === 0 ? null : step.value);
}
