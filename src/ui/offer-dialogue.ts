/** What was put to the customer: remedy, amount, whether he accepts. Digits and Enter only. */
import type { Translate } from "../core/library-port.ts";
import type { Conversation, OfferChoice, Question } from "../core/question.ts";
import { type Dialogue, type Field, type ListStart, listDialogue, type Values } from "./dialogue.ts";
import type { PickChoice } from "./pick.ts";

/** One entry of an offer's value (product contract §2). */
export interface OfferItem {
  remedy: string;
  amount?: number;
  currency?: string;
  accepted: boolean;
  code?: string;
}

type Parse = Conversation["parse"];

const takesAmount = (choice: OfferChoice | undefined) =>
  choice?.limit !== undefined || choice?.currency !== undefined;

const money = (amount: number, currency: string | undefined) =>
  currency ? `${amount} ${currency}` : String(amount);

/** What this agent may give of a remedy, in words; undefined: without limit. */
export function offerNote(choice: OfferChoice, t: Translate): string | undefined {
  if (choice.needs_approval) return t("ui.needs_approval");
  if (choice.limit === undefined) return undefined;
  return t("ui.up_to", { amount: money(choice.limit, choice.currency) });
}

function remedies(choices: readonly OfferChoice[], t: Translate): PickChoice[] {
  return choices.map((choice) => {
    const note = offerNote(choice, t);
    return { id: choice.id, label: choice.label, ...(note === undefined ? {} : { note }) };
  });
}

function beyond(choice: OfferChoice | undefined, amount: unknown): boolean {
  if (!choice) return false;
  return (
    choice.needs_approval ||
    (typeof amount === "number" && choice.limit !== undefined && amount > choice.limit)
  );
}

function readAmount(parse: Parse, t: Translate) {
  return (text: string) => {
    const read = parse(text, "number");
    if (!read.ok) return read;
    const fine = typeof read.value === "number" && read.value >= 0;
    return fine ? read : { ok: false as const, message: t("ui.not_amount") };
  };
}

/** The dialogue for a question of kind `offer`; `start`: what was put to him before. */
export function offerDialogue(
  question: Question,
  start: ListStart<OfferItem>,
  { parse, t }: { parse: Parse; t: Translate },
): Dialogue<OfferItem[]> {
  const choices = (question.choices ?? []) as OfferChoice[];
  const find = (values: Values) => choices.find((c) => c.id === values.remedy);
  const label = (id: string) => choices.find((c) => c.id === id)?.label ?? id;
  const amountField = (choice: OfferChoice): Field => ({
    key: "amount",
    ask: t("ui.offer_amount", { remedy: choice.label }),
    lines:
      choice.limit === undefined
        ? []
        : [t("ui.offer_limit", { amount: money(choice.limit, choice.currency) })],
    enter: t("ui.enter_no_amount"),
    read: readAmount(parse, t),
  });
  const codeField: Field = {
    key: "code",
    ask: t("ui.offer_code"),
    lines: [t("ui.offer_beyond")],
    enter: t("ui.enter_ask_approval"),
  };
  return listDialogue<OfferItem>(
    {
      fields: (values, items) => {
        const choice = find(values);
        const enter =
          items.length > 0
            ? t("ui.enter_done")
            : question.optional
              ? t("ui.enter_passes")
              : t("ui.enter_none");
        return [
          {
            key: "remedy",
            ask: t(items.length > 0 ? "ui.offer_more" : "ui.offer_which"),
            pick: remedies(choices, t),
            enter,
          },
          ...(choice && takesAmount(choice) ? [amountField(choice)] : []),
          ...(beyond(choice, values.amount) ? [codeField] : []),
          {
            key: "accepted",
            ask: t("ui.offer_accepted", { remedy: choice?.label ?? "" }),
            pick: [
              { id: "yes", label: t("ui.yes") },
              { id: "no", label: t("ui.no") },
            ],
          },
        ];
      },
      item: (values) => offerItem(values, find(values)),
      values: ({ remedy, amount, code, accepted }) => ({
        remedy,
        amount,
        code,
        accepted: accepted ? "yes" : "no",
      }),
      same: (a, b) => a.remedy === b.remedy,
      line: (item) =>
        t("ui.offer_line", {
          remedy: label(item.remedy),
          amount: item.amount === undefined ? "" : money(item.amount, item.currency),
          has: item.amount === undefined ? "no" : "yes",
          accepted: item.accepted ? "yes" : "no",
        }),
      needed: () => t("ui.choose_number"),
    },
    start,
  );
}

function offerItem(values: Values, choice: OfferChoice | undefined): OfferItem {
  const { amount, code } = values;
  return {
    remedy: String(values.remedy),
    ...(typeof amount === "number" ? { amount } : {}),
    ...(typeof amount === "number" && choice?.currency ? { currency: choice.currency } : {}),
    accepted: values.accepted === "yes",
    ...(typeof code === "string" ? { code } : {}),
  };
}
