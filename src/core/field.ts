/**
 * The record's fields (product contract §3): one table that questions, `--from`, `edit`, import, masking,
 * CSV and the linter read. A new field is one line here and its label per language.
 */
import type { Mood } from "./stage.ts";

export type FieldType =
  | "text"
  | "number"
  | "instant" // ISO 8601 date or instant
  | "bool"
  | "id" // one id of a taxonomy
  | "ids" // a set of ids of a taxonomy
  | "mood" // 1–5
  | "rating" // 1–5
  | "evidence" // [{kind, what, state}]
  | "options"; // [{remedy, amount?, currency?, accepted, approval?}]

export interface FieldSpec {
  type: FieldType;
  group: "intake" | "customer" | "story" | "person" | "wanted" | "analysis" | "resolution" | "outcome";
  /** The taxonomy an `id` or `ids` field takes its values from; its own name unless given. */
  taxonomy?: string;
  /** Is about a person: masked in lists, reports and exports, blanked by `forget`. */
  personal?: "name" | "phone" | "email" | "account" | "address" | "words";
  /** Refused by `edit`, with the command to use instead. */
  editWith?: string;
  /** May not be given in `--from` either: it is derived or belongs to a command. */
  derived?: true;
  /** A time that lies behind us. */
  past?: true;
}

const spec = <T extends Record<string, FieldSpec>>(table: T): Record<keyof T & string, FieldSpec> => table;

export const FIELDS = spec({
  channel: { type: "id", group: "intake" },
  received_at: { type: "instant", group: "intake", past: true },
  place: { type: "text", group: "intake" },
  recording_notice: { type: "bool", group: "intake" },

  customer_name: { type: "text", group: "customer", personal: "name" },
  customer_phone: { type: "text", group: "customer", personal: "phone" },
  customer_email: { type: "text", group: "customer", personal: "email" },
  customer_account: { type: "text", group: "customer", personal: "account" },
  customer_address: { type: "text", group: "customer", personal: "address" },
  customer_class: { type: "id", group: "customer" },
  identity_verified: { type: "bool", group: "customer" },
  contact_ok: { type: "bool", group: "customer" },
  callback_wanted: { type: "bool", group: "customer" },
  callback_channel: { type: "id", group: "customer", taxonomy: "channel" },

  words: { type: "text", group: "story", personal: "words" },
  summary: { type: "text", group: "story", personal: "words" },
  incident_at: { type: "instant", group: "story", past: true },
  incident_place: { type: "text", group: "story", personal: "words" },
  product: { type: "text", group: "story" },
  evidence: { type: "evidence", group: "story", personal: "words" },
  tried: { type: "text", group: "story", personal: "words" },
  tried_result: { type: "text", group: "story", personal: "words" },
  impact: { type: "text", group: "story", personal: "words" },
  loss: { type: "text", group: "story", personal: "words" },
  stop_loss: { type: "text", group: "story", personal: "words" },

  mood_start: { type: "mood", group: "person", editWith: "resume" },
  mood_peak: { type: "mood", group: "person", editWith: "resume" },
  mood_end: { type: "mood", group: "person", editWith: "resume" },
  psychology: { type: "id", group: "person" },
  need: { type: "id", group: "person" },
  kind: { type: "id", group: "person" },
  flags: { type: "ids", group: "person", taxonomy: "flag" },

  demand: { type: "text", group: "wanted", personal: "words" },
  expected_outcome: { type: "text", group: "wanted", personal: "words" },
  reasonable: { type: "id", group: "wanted" },
  reasonable_why: { type: "text", group: "wanted", personal: "words" },

  category: { type: "id", group: "analysis" },
  cause: { type: "id", group: "analysis" },
  cause_side: { type: "id", group: "analysis" },
  severity: { type: "id", group: "analysis" },
  responsible_party: { type: "text", group: "analysis" },
  department: { type: "text", group: "analysis" },
  needs_consult: { type: "bool", group: "analysis" },

  emergency_measure: { type: "text", group: "resolution", personal: "words" },
  options: { type: "options", group: "resolution", editWith: "resume" },
  remedy: { type: "id", group: "resolution", editWith: "resume", derived: true },
  amount: { type: "number", group: "resolution", editWith: "resume", derived: true },
  currency: { type: "text", group: "resolution", editWith: "resume", derived: true },
  class: { type: "id", group: "resolution", editWith: "resume", derived: true },
  agreed: { type: "id", group: "resolution" },
  dispute_point: { type: "text", group: "resolution", personal: "words" },
  deadline: { type: "instant", group: "resolution" },
  deadline_reason: { type: "text", group: "resolution", personal: "words" },
  confirmed_by: { type: "id", group: "resolution" },

  outcome: { type: "id", group: "outcome", editWith: "resolve" },
  ended: { type: "id", group: "outcome" },
  closed_reason: { type: "id", group: "outcome", editWith: "close", derived: true },
  callback_result: { type: "id", group: "outcome", editWith: "call-back", derived: true },
  solved: { type: "bool", group: "outcome", editWith: "call-back", derived: true },
  satisfaction: { type: "rating", group: "outcome", editWith: "call-back" },
  opinion_process: { type: "text", group: "outcome", personal: "words" },
  opinion_measures: { type: "text", group: "outcome", personal: "words" },
  opinion_result: { type: "text", group: "outcome", personal: "words" },
  new_problem: { type: "text", group: "outcome", personal: "words" },
  lesson: { type: "text", group: "outcome" },
});

export type FieldName = keyof typeof FIELDS;
export const FIELD_NAMES = Object.keys(FIELDS) as FieldName[];

export function isField(name: string): name is FieldName {
  return Object.hasOwn(FIELDS, name);
}

/**
 * Whether a question is about a time that lies behind us: "Monday" is then the last one. Its field tells; a step without
 * one is named for it: `reported_at` and `received_on` have been, `answer_by` is to come.
 */
export function asksPast(field: string | undefined, step = ""): boolean {
  if (field !== undefined) return isField(field) && "past" in FIELDS[field];
  return /_(at|on)$/.test(step);
}

export interface Evidence {
  kind: string;
  what: string;
  state: "have" | "promised";
}

export type ApprovalState = "pending" | "approved" | "denied";

export interface Option {
  remedy: string;
  amount?: number;
  currency?: string;
  accepted: boolean;
  /** Present where the option was beyond the agent's authority. */
  approval?: ApprovalState;
}

/** The record of a case: absent values are absent, never null. */
export interface CaseRecord {
  channel?: string;
  received_at?: string;
  customer_name?: string;
  customer_phone?: string;
  customer_email?: string;
  customer_account?: string;
  customer_address?: string;
  identity_verified?: boolean;
  contact_ok?: boolean;
  words?: string;
  summary?: string;
  product?: string;
  evidence?: Evidence[];
  mood_start?: Mood;
  mood_peak?: Mood;
  mood_end?: Mood;
  psychology?: string;
  kind?: string;
  flags?: string[];
  category?: string;
  cause?: string;
  severity?: string;
  department?: string;
  options?: Option[];
  remedy?: string;
  amount?: number;
  currency?: string;
  class?: string;
  outcome?: string;
  closed_reason?: string;
  satisfaction?: number;
  [field: string]: unknown;
}

/** Taxonomy name → its ids, in order. Names: channel, category, cause, remedy, customer_class, psychology, need, kind,
 * flag, reasonable, cause_side, severity, agreed, confirmed_by, outcome, ended, closed_reason, callback_result, class. */
export type Taxonomies = Readonly<Record<string, readonly string[]>>;

export interface FieldProblem {
  /** Stable code for JSON: not_text, not_number, not_date, not_bool, not_in_set, out_of_range, not_list, wrong_shape, too_long, negative, digits. */
  code: string;
  /** What was expected, for messages: the ids of the set, "1–5", a form. */
  expected?: string;
  /** Where inside the value, e.g. `[1].amount`. */
  at?: string;
}

export type FieldCheck = { ok: true; value: unknown } | { ok: false; problem: FieldProblem };

/** The longest text kept for one field, in UTF-16 units; generous, so that a pasted letter fits. */
export const MAX_TEXT = 1_000_000;

const good = (value: unknown): FieldCheck => ({ ok: true, value });
const bad = (code: string, expected?: string, at?: string): FieldCheck => ({
  ok: false,
  problem: { code, ...(expected === undefined ? {} : { expected }), ...(at === undefined ? {} : { at }) },
});

const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Whether `text` is an ISO 8601 date, local date-time or instant that exists in the calendar. */
export function isIsoDate(text: string): boolean {
  if (!INSTANT.test(text)) return false;
  const [year, month, day] = text.slice(0, 10).split("-").map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return false;
  return !Number.isNaN(Date.parse(text));
}

/** Digits after the point a currency allows (ISO 4217); 2 for one that Intl does not know. */
export function currencyDigits(currency: string): number {
  try {
    return (
      new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ??
      2
    );
  } catch {
    return 2;
  }
}

function checkIds(value: unknown, ids: readonly string[]): FieldCheck {
  if (!Array.isArray(value)) return bad("not_list", ids.join(", "));
  const wrong = value.findIndex((v) => typeof v !== "string" || !ids.includes(v));
  if (wrong >= 0) return bad("not_in_set", ids.join(", "), `[${wrong}]`);
  return good([...new Set(value)]);
}

function checkEvidence(value: unknown): FieldCheck {
  if (!Array.isArray(value)) return bad("not_list", "[{kind, what, state: have|promised}]");
  for (const [i, item] of value.entries()) {
    const e = item as Record<string, unknown>;
    const fine =
      typeof e === "object" &&
      e !== null &&
      typeof e.kind === "string" &&
      typeof e.what === "string" &&
      (e.state === "have" || e.state === "promised") &&
      Object.keys(e).length === 3;
    if (!fine) return bad("wrong_shape", "{kind, what, state: have|promised}", `[${i}]`);
  }
  return good(value);
}

/** An amount of money: not negative, finite, within the currency's digits. Undefined when it is fine. */
export function amountProblem(amount: unknown, currency: string): FieldProblem | undefined {
  if (typeof amount !== "number" || !Number.isFinite(amount)) return { code: "not_number" };
  if (amount < 0) return { code: "negative" };
  const digits = currencyDigits(currency);
  const scaled = amount * 10 ** digits;
  if (Math.abs(scaled - Math.round(scaled)) > 1e-6) return { code: "digits", expected: String(digits) };
  return undefined;
}

function checkOptions(value: unknown, remedies: readonly string[]): FieldCheck {
  const form = "{remedy, amount?, currency?, accepted, code?}";
  if (!Array.isArray(value)) return bad("not_list", `[${form}]`);
  for (const [i, item] of value.entries()) {
    const o = item as Record<string, unknown>;
    if (typeof o !== "object" || o === null) return bad("wrong_shape", form, `[${i}]`);
    const unknown = Object.keys(o).find(
      (k) => !["remedy", "amount", "currency", "accepted", "code", "approval"].includes(k),
    );
    if (unknown) return bad("wrong_shape", form, `[${i}].${unknown}`);
    if (typeof o.remedy !== "string" || !remedies.includes(o.remedy))
      return bad("not_in_set", remedies.join(", "), `[${i}].remedy`);
    if (typeof o.accepted !== "boolean") return bad("not_bool", "true, false", `[${i}].accepted`);
    if (o.currency !== undefined && !/^[A-Z]{3}$/.test(String(o.currency)))
      return bad("wrong_shape", "ISO 4217", `[${i}].currency`);
    if (o.amount !== undefined) {
      const problem = amountProblem(o.amount, String(o.currency ?? "XXX"));
      if (problem) return { ok: false, problem: { ...problem, at: `[${i}].amount` } };
    }
  }
  return good(value);
}

/**
 * Checks one value for one field and returns it in its stored form (text trimmed of nothing, ids without repeats).
 * The same check stands behind questions, `--from`, `edit` and import, so all of them accept the same values.
 */
export function checkField(name: FieldName, value: unknown, taxonomies: Taxonomies): FieldCheck {
  const field = FIELDS[name] as FieldSpec;
  const ids = taxonomies[field.taxonomy ?? name] ?? [];
  switch (field.type) {
    case "text":
      if (typeof value !== "string") return bad("not_text");
      return value.length > MAX_TEXT ? bad("too_long", String(MAX_TEXT)) : good(value);
    case "number":
      return typeof value === "number" && Number.isFinite(value) ? good(value) : bad("not_number");
    case "instant":
      return typeof value === "string" && isIsoDate(value)
        ? good(value)
        : bad("not_date", "2026-11-23T10:00:00+08:00");
    case "bool":
      return typeof value === "boolean" ? good(value) : bad("not_bool", "true, false");
    case "id":
      return typeof value === "string" && ids.includes(value)
        ? good(value)
        : bad("not_in_set", ids.join(", "));
    case "ids":
      return checkIds(value, ids);
    case "mood":
    case "rating":
      return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 5
        ? good(value)
        : bad("out_of_range", "1–5");
    case "evidence":
      return checkEvidence(value);
    case "options":
      return checkOptions(value, taxonomies.remedy ?? []);
  }
}
