/**
 * The conversation at the keyboard, as state: the question that stands, what was typed for it, what lies over it.
 * Draws nothing and owns no timer; the prompter around it does.
 */
import type { Translate } from "../core/library-port.ts";
import type { Conversation, Outcome, Question, Reply } from "../core/question.ts";
import { type Answer, type AnswerField, answerOf, keptText } from "./answer-field.ts";
import type { Batch } from "./keyboard.ts";
import type { KeyMap } from "./keys.ts";
import { type Overlay, type OverlayContext, openPalette } from "./overlay.ts";
import type { Message, Sheet } from "./panel-view.ts";
import { isCommand } from "./side-words.ts";
import { textOf } from "./text-buffer.ts";

export type Done = Outcome & { type: "done" };

export interface CallOptions {
  conversation: Conversation;
  t: Translate;
  keys: KeyMap;
  /** An instant as people read it. */
  when: (iso: string) => string;
  /** A clock that only runs forward, in milliseconds. */
  ticks: () => number;
  onDone: (outcome: Done) => void;
}

export interface Call {
  readonly options: CallOptions;
  question: Question;
  answer: Answer;
  overlay: Overlay | undefined;
  sheet: Sheet | undefined;
  message: Message | undefined;
  /** A reply the busy store could not take yet; keys wait behind it. */
  waiting: Reply | undefined;
  queued: Batch[];
  /** Half-typed text of steps that were left, by step: nothing typed is lost by a jump. */
  readonly left: Map<string, string>;
  /** What a paste has brought so far. */
  pasting: string[] | undefined;
  /** When a single digit last chose something. */
  chosenAt: number;
  keptLast: string;
  over: boolean;
  /** Somebody has been told that Enter alone is silence. */
  silent: boolean;
  /** Cells of a row of typed text, for moving up and down in it. */
  textWidth: number;
}

/** Starts with the question that stands. The conversation must have one. */
export function openCall(options: CallOptions, first: Question): Call {
  const call: Call = {
    options,
    question: first,
    answer: answerOf(first, undefined, fieldContext(options)),
    overlay: undefined,
    sheet: undefined,
    message: undefined,
    waiting: undefined,
    queued: [],
    left: new Map(),
    pasting: undefined,
    chosenAt: Number.NEGATIVE_INFINITY,
    keptLast: "",
    over: false,
    silent: false,
    textWidth: 70,
  };
  enterStep(call);
  return call;
}

function fieldContext({ conversation, t, when }: CallOptions) {
  return { t, when, parse: conversation.parse.bind(conversation) };
}

/** What palette and forms need to know of the call. */
export function overlayContext(call: Call): OverlayContext {
  const { conversation, keys, t } = call.options;
  return {
    ...fieldContext(call.options),
    keys,
    actions: conversation.actions(),
    mood: call.question.mood,
    needs: (side) => conversation.actions().find((a) => a.side === side)?.needs,
    places: () =>
      conversation.places().map(({ key, ask, answered }) => ({
        id: key,
        label: ask,
        ...(answered ? { note: t("ui.answered") } : {}),
      })),
  };
}

/** The field that has the keyboard. */
export function activeField(call: Call): AnswerField {
  return (call.overlay ?? call.answer).field;
}

/** Changes the field that has the keyboard. */
export function setField(call: Call, field: AnswerField): void {
  if (call.overlay) call.overlay = { ...call.overlay, field };
  else call.answer = { ...call.answer, field };
}

/** Steps are told apart by it; a practice turn is a step of its own. */
export function stepId({ run, step, turn, kind }: Question): string {
  return `${run}/${step}/${turn ?? ""}/${kind}`;
}

function enterStep(call: Call): void {
  const { question } = call;
  const typed = call.left.get(stepId(question)) ?? question.typed;
  call.answer = answerOf(question, typed, fieldContext(call.options));
  call.keptLast = question.typed ?? "";
  if (call.answer.field.type === "pick" && !call.answer.dialogue && typed && isCommand(typed))
    call.overlay = openPalette(overlayContext(call), typed);
}

/** Shows the question that stands now; the same step keeps what was typed. */
export function advance(call: Call): void {
  const { conversation } = call.options;
  const next = conversation.current();
  if (!next) {
    finish(call, { type: "done", case: conversation.caseNow(), paused: false });
    return;
  }
  const same = stepId(next) === stepId(call.question);
  call.question = next;
  if (same) relabel(call);
  else enterStep(call);
}

/** The language may have changed, or what may be offered: new labels, the same marks and digits. */
function relabel(call: Call): void {
  const { field, dialogue } = call.answer;
  if (field.type === "text" && !dialogue) return;
  const fresh = answerOf(call.question, keptText(call.answer), fieldContext(call.options));
  if (!dialogue && field.type === "pick" && fresh.field.type === "pick") {
    const { entry, at, marked, touched } = field.pick;
    fresh.field = { type: "pick", pick: { ...fresh.field.pick, entry, at, marked, touched } };
  }
  call.answer = fresh;
}

/** The conversation is over for this face; only the first end counts. */
export function finish(call: Call, outcome: Done): void {
  if (call.over) return;
  call.over = true;
  call.options.onDone(outcome);
}

/** Everything that is typed and not yet answered, also in the palette: as text, with its command on a line of its own. */
function typedNow({ answer, overlay }: Call): string {
  const own = keptText(answer);
  if (!overlay || answer.dialogue) return own;
  const { field } = overlay;
  const text =
    field.type === "text"
      ? textOf(field.buffer)
      : overlay.kind === "palette"
        ? field.pick.entry.replace(/^[:\uff1a]/, "")
        : "";
  if (text === "") return own;
  const command = overlay.kind === "palette" ? `:${text}` : `:${overlay.side} ${text}`;
  return own === "" ? command : `${own}\n${command}`;
}

/** Keeps half-typed text. Never throws: a store that is busy must not take the call down; the next pause tries again. */
export function keepTyped(call: Call, text = typedNow(call)): void {
  if (call.over || text === call.keptLast) return;
  try {
    call.options.conversation.keepTyped(text);
    call.keptLast = text;
  } catch {
    // Said above.
  }
}
