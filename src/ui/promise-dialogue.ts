/** What was promised, by when, why then: a promise is a record with a time, never a sentence. */
import type { Translate } from "../core/library-port.ts";
import type { Conversation } from "../core/question.ts";
import { type Dialogue, type Field, type ListStart, listDialogue, type Values } from "./dialogue.ts";

/** One entry of a promise's value (product contract §2). */
export interface PromiseItem {
  what: string;
  due_at: string;
  reason?: string;
}

export interface PromiseWords {
  parse: Conversation["parse"];
  t: Translate;
  /** An instant as people read it. */
  when: (iso: string) => string;
}

/** The fields of one promise; `enter` is what Enter alone does at the first. */
export function promiseFields({ parse, t }: PromiseWords, enter?: string): Field[] {
  return [
    { key: "what", ask: t("ui.promise_what"), ...(enter === undefined ? {} : { enter }) },
    {
      key: "due_at",
      ask: t("ui.promise_when"),
      hint: t("ui.date_example"),
      read: (text) => parse(text, "date"),
    },
    { key: "reason", ask: t("ui.promise_why"), enter: t("ui.enter_passes") },
  ];
}

export function promiseItem(values: Values): PromiseItem {
  const { what, due_at, reason } = values;
  return {
    what: String(what),
    due_at: String(due_at),
    ...(typeof reason === "string" ? { reason } : {}),
  };
}

/** The dialogue for a question of kind `promise`; `start`: promises given before. */
export function promiseDialogue(
  optional: boolean,
  start: ListStart<PromiseItem>,
  words: PromiseWords,
): Dialogue<PromiseItem[]> {
  const { t, when } = words;
  return listDialogue<PromiseItem>(
    {
      fields: (_, items) => {
        const enter =
          items.length > 0 ? t("ui.enter_done") : optional ? t("ui.enter_passes") : t("ui.enter_none");
        const [what, ...rest] = promiseFields(words, enter);
        return [{ ...what!, ask: t(items.length > 0 ? "ui.promise_more" : "ui.promise_what") }, ...rest];
      },
      item: promiseItem,
      values: ({ what, due_at, reason }) => ({ what, due_at, reason }),
      same: (a, b) => a.what === b.what,
      line: (item) => t("ui.promise_line", { what: item.what, when: when(item.due_at) }),
      needed: () => t("ui.needs_text"),
    },
    start,
  );
}
