/** Every key of the call, in order: where it goes and what it does. */
import type { AnswerField } from "./answer-field.ts";
import { activeField, type Call, overlayContext, setField } from "./call.ts";
import { picked, textKey, typeText } from "./call-answers.ts";
import { pause, retry, send, startSide } from "./call-replies.ts";
import type { Batch } from "./keyboard.ts";
import { chordOf, type Key, type KeyAction } from "./keys.ts";
import { openPalette } from "./overlay.ts";
import { fold, type Pick, pickKey, pickText } from "./pick.ts";
import { moodStep } from "./side-words.ts";
import { paste } from "./text-buffer.ts";

/** Enter that follows a choosing digit within this time is habit, and would answer the next question. */
const HABIT = 300;

/** Takes the keys of one read. Keys behind an answer that a busy store could not take wait for it. */
export function takeKeys(call: Call, batch: Batch): void {
  const { keys, alone } = batch;
  for (let i = 0; i < keys.length && !call.over; i++) {
    const key = keys[i]!;
    if (key.ctrl && key.name === "c") {
      pause(call);
      return;
    }
    if (call.waiting) {
      call.queued.push({ keys: keys.slice(i), alone });
      return;
    }
    if (takePaste(call, key)) continue;
    const habit = alone && key.name === "enter" && !key.alt && call.options.ticks() - call.chosenAt < HABIT;
    if (habit) continue;
    const run = textRun(call, keys, i);
    if (run.length > 1) {
      typeText(call, run.map((k) => k.text).join(""));
      i += run.length - 1;
    } else takeKey(call, key);
  }
}

/** Tries again what the busy store could not take, then the keys that waited behind it. */
export function takeAgain(call: Call): void {
  if (!retry(call)) return;
  while (!call.waiting && !call.over && call.queued.length > 0) takeKeys(call, call.queued.shift()!);
}

/** Keys that only type into a text: a burst is inserted at once. */
function textRun(call: Call, keys: readonly Key[], from: number): Key[] {
  if (activeField(call).type !== "text") return [];
  let to = from;
  while (to < keys.length && keys[to]!.text !== "") to++;
  return keys.slice(from, to);
}

/** Between the marks of a paste every key is text. */
function takePaste(call: Call, key: Key): boolean {
  if (key.name === "paste-start") call.pasting = [];
  else if (key.name === "paste-end") {
    const text = (call.pasting ?? []).join("");
    call.pasting = undefined;
    pasteText(call, text);
  } else if (call.pasting) call.pasting.push(key.raw);
  else return false;
  return true;
}

function pasteText(call: Call, text: string): void {
  const field = activeField(call);
  call.message = undefined;
  if (field.type === "text") setField(call, { type: "text", buffer: paste(field.buffer, text) });
  else if (field.pick.letters === "free") picked(call, pickText(field.pick, text));
  else for (const char of text) takeKey(call, /[\r\n]/.test(char) ? ENTER : typedKey(char));
}

const typedKey = (text: string): Key => ({ text, raw: text, ctrl: false, alt: false, shift: false });
const ENTER: Key = { ...typedKey(""), name: "enter", raw: "\r" };

function takeKey(call: Call, key: Key): void {
  const chord = chordOf(key);
  const action = chord === undefined ? undefined : call.options.keys.get(chord);
  call.message = undefined;
  if (key.alt && !key.ctrl && /^[1-5]$/.test(key.name ?? "")) setMood(call, Number(key.name));
  else if (action) doAction(call, action);
  else if (chord === "esc") closeTop(call);
  else if (chord === "ctrl+d" && isEmpty(activeField(call))) pause(call);
  else if (!scrollSheet(call, chord)) keyInField(call, key);
}

function keyInField(call: Call, key: Key): void {
  const field = activeField(call);
  if (field.type === "text") textKey(call, key, field.buffer);
  else if (call.overlay || !opensPalette(call, key, field.pick)) picked(call, pickKey(field.pick, key));
}

function setMood(call: Call, value: number): void {
  call.overlay = undefined;
  send(call, { kind: "side", action: { side: "mood", value } });
}

function doAction(call: Call, action: KeyAction): void {
  if (action === "mood_up") setMood(call, moodStep(call.question.mood, 1));
  else if (action === "mood_down") setMood(call, moodStep(call.question.mood, -1));
  else if (action === "newline") newline(call);
  else if (action === "back") startSide(call, "back", "");
  else if (action !== "redraw") {
    const wasOpen = call.overlay?.side === action;
    call.overlay = undefined;
    // The key that opened it closes it.
    if (!wasOpen) startSide(call, action, "");
  }
}

function newline(call: Call): void {
  if (activeField(call).type === "text") typeText(call, "\n");
  else takeKey(call, ENTER);
}

/** Esc closes what lies over the question and does nothing else. */
function closeTop(call: Call): void {
  if (call.overlay) call.overlay = undefined;
  else call.sheet = undefined;
}

function isEmpty(field: AnswerField): boolean {
  return field.type === "text" ? field.buffer.cells.length === 0 : field.pick.entry === "";
}

function scrollSheet(call: Call, chord: string | undefined): boolean {
  const { sheet } = call;
  if (!sheet || (chord !== "pageup" && chord !== "pagedown")) return false;
  const from = sheet.from + (chord === "pagedown" ? 5 : -5);
  call.sheet = { ...sheet, from: Math.min(Math.max(0, from), Math.max(0, sheet.lines.length - 1)) };
  return true;
}

/** `?` and `:` outside text. */
function opensPalette(call: Call, key: Key, pick: Pick): boolean {
  const char = fold(key.text);
  if (pick.entry !== "" || (char !== "?" && char !== ":")) return false;
  call.overlay = openPalette(overlayContext(call), char === ":" ? ":" : "");
  return true;
}
