/** The read-back for the customer, and the card with which the next person takes over in 20 seconds. */
import { spokenDeadline } from "../core/blanks-spoken.ts";
import type { Case } from "../core/case.ts";
import { FIELD_NAMES, FIELDS, type FieldName } from "../core/field.ts";
import { type FieldSpeech, fieldLine, fieldText } from "./field-text.ts";

/** Read back aloud, in this order. */
const READ_BACK: readonly FieldName[] = [
  "words",
  "summary",
  "incident_at",
  "incident_place",
  "product",
  "tried",
  "impact",
  "loss",
  "demand",
  "options",
  "agreed",
  "deadline",
  "deadline_reason",
];

export interface HandoverCard {
  words?: string;
  done: string[];
  promised: string[];
  do_not_ask: string[];
}

function promiseLines(c: Case, speech: FieldSpeech): string[] {
  const { words, t, now, timeZone } = speech;
  return c.promises
    .filter((p) => p.state === "open")
    .map((p) => {
      const due = spokenDeadline(p.due_at, { locale: words.locale, t, now, timeZone }) ?? p.due_at;
      return t("call.promise_line", { what: p.what, due });
    });
}

/** What was noted, as it is read back (复述). */
export function readBack(c: Case, speech: FieldSpeech): string[] {
  const lines = READ_BACK.flatMap((field) => {
    const value = c.record[field];
    return value === undefined ? [] : [fieldLine(field, value, speech)];
  });
  return [...lines, ...promiseLines(c, speech)];
}

const DONE: readonly FieldName[] = ["emergency_measure", "stop_loss", "options", "agreed", "deadline"];

/** Customer's own words, what was done, what was promised, what must not be asked again. */
export function handoverCard(c: Case, speech: FieldSpeech): HandoverCard {
  const { words, t } = speech;
  const done = DONE.flatMap((field) => {
    const value = c.record[field];
    return value === undefined ? [] : [fieldLine(field, value, speech)];
  });
  const sent = c.dispatches.map((d) =>
    t("call.card_dispatch", { to: d.to, state: d.replied_at ? "answered" : "open" }),
  );
  const raised = c.escalations.map((e) => t("call.card_escalated", { to: t("call.level", { level: e.to }) }));
  const known = FIELD_NAMES.filter((f) => c.record[f] !== undefined && FIELDS[f].group !== "outcome");
  const asked = known.filter((f) => ["intake", "customer", "story", "wanted"].includes(FIELDS[f].group));
  const told = c.record.words ?? c.record.summary;
  return {
    ...(told === undefined ? {} : { words: told }),
    done: [...done, ...sent, ...raised],
    promised: promiseLines(c, speech),
    do_not_ask: asked.map((f) => words.fields[f]?.label ?? f),
  };
}

/** The card as lines. */
export function cardLines(c: Case, speech: FieldSpeech): string[] {
  const { t } = speech;
  const card = handoverCard(c, speech);
  const name = c.record.customer_name;
  const category = c.record.category;
  const head = [
    c.ref,
    ...(name === undefined ? [] : [name]),
    ...(category === undefined ? [] : [fieldText("category", category, speech)]),
  ];
  const none = t("call.card_none");
  return [
    head.join(" · "),
    t("call.card_words", { text: card.words ?? none }),
    t("call.card_done", { text: card.done.join(t("call.semicolon")) || none }),
    t("call.card_promised", { text: card.promised.join(t("call.semicolon")) || none }),
    t("call.card_known", { text: card.do_not_ask.join(t("call.comma")) || none }),
  ];
}
