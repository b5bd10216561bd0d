/** Values of the record as people read them, in the language of the words. */
import { spokenDeadline, spokenMoney } from "../core/blanks-spoken.ts";
import { type Evidence, FIELDS, type FieldName, type Option } from "../core/field.ts";
import type { Translate, Words } from "../core/library-port.ts";

export interface FieldSpeech {
  words: Words;
  t: Translate;
  now: Date;
  timeZone: string;
}

function optionText(option: Option, speech: FieldSpeech): string {
  const { words, t } = speech;
  const name = words.labels.remedy?.[option.remedy] ?? option.remedy;
  const money =
    option.amount === undefined
      ? ""
      : ` ${spokenMoney(option.amount, option.currency ?? words.currency, { locale: words.locale, t })}`;
  const state = option.approval ?? (option.accepted ? "accepted" : "refused");
  return t("call.option_state", { option: `${name}${money}`, state });
}

/** One field's value; the text itself where it is free text. */
export function fieldText(field: FieldName, value: unknown, speech: FieldSpeech): string {
  const { words, t, now, timeZone } = speech;
  const spec = FIELDS[field];
  const labels = words.labels[spec.taxonomy ?? field] ?? {};
  const label = (id: unknown) => labels[String(id)] ?? String(id);
  switch (spec.type) {
    case "id":
      return label(value);
    case "ids":
      return (value as string[]).map(label).join(t("call.comma"));
    case "bool":
      return t(value === true ? "call.yes" : "call.no");
    case "instant":
      return spokenDeadline(value, { locale: words.locale, t, now, timeZone }) ?? String(value);
    case "evidence":
      return (value as Evidence[]).map((e) => e.what).join(t("call.comma"));
    case "options":
      return (value as Option[]).map((o) => optionText(o, speech)).join(t("call.semicolon"));
    default:
      return String(value);
  }
}

/** `Label: value`. */
export function fieldLine(field: FieldName, value: unknown, speech: FieldSpeech): string {
  const label = speech.words.fields[field]?.label ?? field;
  return speech.t("call.field_line", { label, value: fieldText(field, value, speech) });
}
