/** What the agent fills in for a question: a text, a list, or a small dialogue of both. */
import type { Translate } from "../core/library-port.ts";
import type { Conversation, Question } from "../core/question.ts";
import type { Asked, Dialogue, ListStart } from "./dialogue.ts";
import { type OfferItem, offerDialogue } from "./offer-dialogue.ts";
import { type Pick, type PickChoice, pickOf } from "./pick.ts";
import { type PromiseItem, promiseDialogue } from "./promise-dialogue.ts";
import { bufferOf, EMPTY, type TextBuffer } from "./text-buffer.ts";

export type AnswerField = { type: "text"; buffer: TextBuffer } | { type: "pick"; pick: Pick };

export interface Answer {
  field: AnswerField;
  /** For offers and promises: the field belongs to it. */
  dialogue?: Dialogue;
}

/** What building a field needs besides the question. */
export interface FieldContext {
  t: Translate;
  parse: Conversation["parse"];
  when: (iso: string) => string;
}

export const textField = (text = ""): AnswerField => ({
  type: "text",
  buffer: text === "" ? EMPTY : bufferOf(text),
});

export const SAID = ["said", "reworded", "skipped"] as const;

const SAY_YES: Readonly<Record<string, string>> = {
  y: "yes",
  是: "yes",
  对: "yes",
  對: "yes",
  好: "yes",
  n: "no",
  否: "no",
  不: "no",
  没: "no",
  沒: "no",
};

/** The choices of every kind that is answered by choosing. */
export function choicesOf(question: Question, t: Translate): PickChoice[] {
  if (question.kind === "say") return SAID.map((id) => ({ id, label: t("ui.said", { how: id }) }));
  if (question.kind === "yes-no") return ["yes", "no"].map((id) => ({ id, label: t(`ui.${id}`) }));
  return question.choices ?? [];
}

/** The present answer in the form of a choice's id. */
export function selectedId(question: Question): string | undefined {
  const { kind, default: value } = question;
  if (kind === "say") return typeof value === "string" ? value : "said";
  if (kind === "yes-no") return typeof value === "boolean" ? (value ? "yes" : "no") : undefined;
  return typeof value === "string" ? value : undefined;
}

/** The value that a chosen id stands for. */
export function answerValue(question: Question, id: string): unknown {
  return question.kind === "yes-no" ? id === "yes" : id;
}

function pickField(question: Question, t: Translate): AnswerField {
  const many = question.kind === "choose-many";
  const fixed = question.kind === "say" || question.kind === "yes-no";
  const marked =
    many && Array.isArray(question.default) ? question.default.filter((id) => typeof id === "string") : [];
  return {
    type: "pick",
    pick: pickOf(choicesOf(question, t), {
      many,
      letters: fixed ? "fixed" : "filter",
      shortcuts: question.kind === "yes-no" ? SAY_YES : {},
      marked,
      selected: many ? undefined : selectedId(question),
    }),
  };
}

/** The field for what a dialogue asks now. */
export function fieldOf(asked: Asked, text = ""): AnswerField {
  if (!asked.pick) return textField(text);
  const yesNo = asked.pick.every((c) => c.id === "yes" || c.id === "no");
  const how = yesNo ? ({ letters: "fixed", shortcuts: SAY_YES } as const) : {};
  return { type: "pick", pick: pickOf(asked.pick, { selected: text, ...how }) };
}

interface KeptDialogue {
  items: unknown[];
  values: Record<string, unknown>;
  text: string;
}

/** Half-made offers and promises are kept as JSON, so that no sub-answer is lost either. */
export function keptText(answer: Answer): string {
  const text = answer.field.type === "text" ? answer.field.buffer.cells.join("") : "";
  if (!answer.dialogue) return text;
  const { items = [], values = {} } = answer.dialogue.kept() as Partial<KeptDialogue>;
  return items.length === 0 && Object.keys(values).length === 0 && text === ""
    ? ""
    : JSON.stringify({ items, values, text });
}

function readKept(typed: string | undefined): KeptDialogue | undefined {
  try {
    const kept = JSON.parse(typed ?? "") as Partial<KeptDialogue>;
    const fine =
      Array.isArray(kept.items) &&
      typeof kept.values === "object" &&
      kept.values !== null &&
      typeof kept.text === "string";
    return fine ? (kept as KeptDialogue) : undefined;
  } catch {
    return undefined;
  }
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function offers(items: readonly unknown[]): OfferItem[] {
  return (items as OfferItem[]).map(({ remedy, amount, currency, accepted, code }) => ({
    remedy,
    ...(amount === undefined ? {} : { amount }),
    ...(currency === undefined ? {} : { currency }),
    accepted,
    ...(code === undefined ? {} : { code }),
  }));
}

function dialogueOf(question: Question, kept: KeptDialogue | undefined, context: FieldContext): Dialogue {
  const items = kept?.items ?? list(question.default);
  const values = kept?.values ?? {};
  if (question.kind === "offer") {
    const start: ListStart<OfferItem> = { items: offers(items), values };
    return offerDialogue(question, start, context);
  }
  return promiseDialogue(question.optional, { items: items as PromiseItem[], values }, context);
}

/** The field of a question, with what was half typed before. */
export function answerOf(question: Question, typed: string | undefined, context: FieldContext): Answer {
  switch (question.kind) {
    case "offer":
    case "promise": {
      const kept = readKept(typed);
      const dialogue = dialogueOf(question, kept, context);
      return { dialogue, field: fieldOf(dialogue.asked(), kept?.text ?? "") };
    }
    case "text":
    case "number":
    case "date":
    case "reply":
      return { field: textField(typed) };
    default:
      return { field: pickField(question, context.t) };
  }
}
