/** A form to print and sign, as plain data: what each kind holds is in its own file, how it looks in the renderers. */
import type { Action } from "../core/action.ts";
import type { Case } from "../core/case.ts";
import type { FieldName } from "../core/field.ts";
import type { Translate } from "../core/library-port.ts";
import { maskText } from "../core/mask.ts";

/** Handbook A13: 《顾客投诉登记表》, 《投诉处理单》, 《客诉反馈单》, 《客诉纠正预防措施单》. */
export const FORM_KINDS = ["register", "handling", "feedback", "capa"] as const;
export type FormKind = (typeof FORM_KINDS)[number];

export interface Row {
  label: string;
  /** Empty: a space to write in. */
  value: string;
  /** Takes the whole width; the others stand two in a line. */
  wide?: true;
  /** So many lines are left free where the value is shorter. */
  lines?: number;
}

export interface Table {
  head: string[];
  rows: string[][];
  /** Empty rows are added up to so many, to be filled in by hand. */
  least: number;
  /** Of each column, in percent. */
  widths: number[];
}

export interface Section {
  title: string;
  rows: Row[];
  table?: Table;
}

export interface Form {
  kind: FormKind;
  title: string;
  /** Organisation, ref and date of printing. */
  head: string[];
  sections: Section[];
  /** Who signs, each with a line for name and date. */
  signatures: string[];
  foot: string;
}

/** What a form is made from; the functions say values in the reader's language. */
export interface FormContext {
  case: Case;
  /** Actions on this case's cause. */
  actions: readonly Action[];
  org: string | undefined;
  locale: string;
  t: Translate;
  printedAt: string;
  label: (field: FieldName) => string;
  /** A field's value as text; empty where the record has none. */
  value: (field: FieldName) => string;
  /** A value of a taxonomy. */
  word: (taxonomy: string, id: string) => string;
  time: (at: string | undefined) => string;
  day: (at: string | undefined) => string;
  remedy: (of: { remedy: string; amount?: number; currency?: string }) => string;
}

/** Longer texts would take the form over its page; the foot says that the whole text is in the case. */
export function cut(text: string, longest: number): string {
  const cells = [...text.trim()];
  return cells.length <= longest
    ? text.trim()
    : `${cells
        .slice(0, longest - 1)
        .join("")
        .trimEnd()}…`;
}

/** Several short values in one. */
export function listed(values: readonly string[], { t }: Pick<FormContext, "t">): string {
  return values.join(t("form.separator"));
}

/** Half a line holds less than a whole one. */
const HALF = 34;
const WHOLE = 300;

/** A row for a field of the record. */
export function fieldRow(
  context: FormContext,
  field: FieldName,
  more: Omit<Row, "label" | "value"> = {},
  longest = more.wide ? WHOLE : HALF,
): Row {
  return { label: context.label(field), value: cut(context.value(field), longest), ...more };
}

/** What it is about: the summary, or the customer's words where nobody wrote one. */
export function storyRow(context: FormContext, more: Omit<Row, "label" | "value">, longest = WHOLE): Row {
  return fieldRow(context, context.value("summary") === "" ? "words" : "summary", more, longest);
}

/** The same row without what tells who the customer is. */
export function unnamed({ case: c }: FormContext, row: Row): Row {
  return { ...row, value: maskText(row.value, c.record) };
}

/** What every form says at its head and foot. */
export function frame(context: FormContext, kind: FormKind): Pick<Form, "kind" | "title" | "head" | "foot"> {
  const { t, org, case: c, printedAt, time } = context;
  return {
    kind,
    title: t("form.title", { kind }),
    head: [
      ...(org === undefined ? [] : [org]),
      t("form.ref", { ref: c.ref }),
      t("form.printed", { when: time(printedAt) }),
    ],
    foot: t("form.foot", { ref: c.ref }),
  };
}
