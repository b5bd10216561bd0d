/** Checks an answer against its step kind and field, and brings it into its stored form: the same for every face and `--from`. */
import {
  amountProblem,
  checkField,
  type Evidence,
  FIELDS,
  type FieldCheck,
  type FieldName,
  type FieldProblem,
  isIsoDate,
  MAX_TEXT,
  type Taxonomies,
} from "../core/field.ts";
import type { Translate } from "../core/library-port.ts";
import type { Step } from "../core/script.ts";
import { toInstant } from "../core/working-time.ts";

export interface CheckContext {
  taxonomies: Taxonomies;
  /** Stands where an amount came without one. */
  currency: string;
  timeZone: string;
  /** `received_at` may not be after it. */
  openedAt: string;
  /** Promises must be due after it; absent: cases entered afterwards may hold promises of the past. */
  now?: string;
}

export interface OfferItem {
  remedy: string;
  amount?: number;
  currency?: string;
  accepted: boolean;
  code?: string;
}

export interface PromiseItem {
  what: string;
  due_at: string;
  reason?: string;
}

export const SAY_ANSWERS = ["said", "reworded", "skipped"] as const;

const good = (value: unknown): FieldCheck => ({ ok: true, value });
const bad = (code: string, expected?: string, at?: string): FieldCheck => ({
  ok: false,
  problem: { code, ...(expected === undefined ? {} : { expected }), ...(at === undefined ? {} : { at }) },
});

const DATE_FORM = "2026-11-23, 2026-11-23T10:00:00+08:00";

/** A date stays a date; a time becomes an instant in UTC, read in the configured zone where it has no offset. */
export function storedDate(text: string, timeZone: string): string {
  return text.includes("T") ? toInstant(text, timeZone).toISOString() : text;
}

function checkDate(value: unknown, context: CheckContext, field: FieldName | undefined): FieldCheck {
  if (typeof value !== "string" || !isIsoDate(value)) return bad("not_date", DATE_FORM);
  if (field !== "received_at") return good(storedDate(value, context.timeZone));
  // The day a complaint came in is its first moment here, since deadlines and reports start there.
  const received = toInstant(value, context.timeZone).toISOString();
  return received > context.openedAt ? bad("after_opening") : good(received);
}

/** Free text becomes evidence that is at hand, one piece a line. */
function asEvidence(text: string): Evidence[] {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "").map((what) => ({ kind: "other", what, state: "have" as const }));
}

function checkText(step: Step, value: unknown, context: CheckContext): FieldCheck {
  const field = step.records;
  const type = field && FIELDS[field].type;
  if (type === "evidence" && Array.isArray(value)) return checkField(field!, value, context.taxonomies);
  if (typeof value !== "string") return bad("not_text");
  if (value.length > MAX_TEXT) return bad("too_long", String(MAX_TEXT));
  if (value.trim() === "") return step.optional ? good(null) : bad("required");
  return good(type === "evidence" ? asEvidence(value) : value);
}

/** Ids of marks are digits; the record keeps numbers. */
function asNumber(value: unknown): unknown {
  return typeof value === "string" && /^\d$/.test(value) ? Number(value) : value;
}

function checkChoice(step: Step, value: unknown, context: CheckContext): FieldCheck {
  const field = step.records;
  const type = field && FIELDS[field].type;
  if (type === "rating" || type === "mood") return checkField(field!, asNumber(value), context.taxonomies);
  if (type === "id" || type === "ids" || type === "bool")
    return checkField(field!, value, context.taxonomies);
  const ids = step.choices?.map((c) => c.id) ?? [];
  if (step.kind === "choose")
    return typeof value === "string" && ids.includes(value) ? good(value) : bad("not_in_set", ids.join(", "));
  if (!Array.isArray(value)) return bad("not_list", ids.join(", "));
  const wrong = value.findIndex((v) => !ids.includes(v));
  return wrong < 0 ? good([...new Set(value)]) : bad("not_in_set", ids.join(", "), `[${wrong}]`);
}

/** Options with a currency wherever there is an amount; `code` stays for the authority check. */
export function checkOffer(value: unknown, context: CheckContext): FieldCheck {
  const priced = Array.isArray(value)
    ? value.map((o) =>
        typeof o === "object" && o !== null && o.amount !== undefined && o.currency === undefined
          ? { ...o, currency: context.currency }
          : o,
      )
    : value;
  const checked = checkField("options", priced, context.taxonomies);
  if (!checked.ok) return checked;
  for (const [i, option] of (checked.value as OfferItem[]).entries()) {
    const problem = option.amount === undefined ? undefined : amountProblem(option.amount, option.currency!);
    if (problem) return { ok: false, problem: { ...problem, at: `[${i}].amount` } };
    if (option.code !== undefined && typeof option.code !== "string")
      return bad("not_text", undefined, `[${i}].code`);
  }
  return good((checked.value as (OfferItem & { approval?: unknown })[]).map(({ approval: _, ...o }) => o));
}

/** One promise in its stored form: a date without a time means the end of that day's work. */
export function checkPromise(value: unknown, context: CheckContext, at = ""): FieldCheck {
  const form = "{what, due_at, reason}";
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return bad("wrong_shape", form, at || undefined);
  const { what, due_at, reason, ...rest } = value as Record<string, unknown>;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) return bad("wrong_shape", form, `${at}.${unknown}`);
  if (typeof what !== "string" || what.trim() === "") return bad("not_text", undefined, `${at}.what`);
  if (typeof due_at !== "string" || !isIsoDate(due_at)) return bad("not_date", DATE_FORM, `${at}.due_at`);
  if (reason !== undefined && reason !== null && typeof reason !== "string")
    return bad("not_text", undefined, `${at}.reason`);
  const due = toInstant(due_at.includes("T") ? due_at : `${due_at}T18:00`, context.timeZone).toISOString();
  if (context.now !== undefined && due <= context.now) return bad("in_past", undefined, `${at}.due_at`);
  return good({
    what,
    due_at: due,
    ...(typeof reason === "string" && reason.trim() !== "" ? { reason } : {}),
  });
}

export function checkPromises(value: unknown, context: CheckContext): FieldCheck {
  if (!Array.isArray(value)) return bad("not_list", "[{what, due_at, reason}]");
  const promises: unknown[] = [];
  for (const [i, item] of value.entries()) {
    const checked = checkPromise(item, context, `[${i}]`);
    if (!checked.ok) return checked;
    promises.push(checked.value);
  }
  return good(promises);
}

function checkNumber(step: Step, value: unknown, context: CheckContext): FieldCheck {
  if (step.records && FIELDS[step.records].type !== "number")
    return checkField(step.records, value, context.taxonomies);
  return typeof value === "number" && Number.isFinite(value) ? good(value) : bad("not_number");
}

function checkKind(step: Step, value: unknown, context: CheckContext): FieldCheck {
  switch (step.kind) {
    case "say":
      return (SAY_ANSWERS as readonly unknown[]).includes(value)
        ? good(value)
        : bad("not_in_set", SAY_ANSWERS.join(", "));
    case "text":
      return checkText(step, value, context);
    case "number":
      return checkNumber(step, value, context);
    case "date":
      return checkDate(value, context, step.records);
    case "yes-no":
      return typeof value === "boolean" ? good(value) : bad("not_bool", "true, false");
    case "choose":
    case "choose-many":
      return checkChoice(step, value, context);
    case "offer":
      return checkOffer(value, context);
    case "promise":
      return checkPromises(value, context);
  }
}

/** One value for one step. `null` passes an optional step, or takes what the script assumes there. */
export function checkAnswer(step: Step, value: unknown, context: CheckContext): FieldCheck {
  if (value === undefined) return bad("required");
  if (value !== null) return checkKind(step, value, context);
  if (step.default !== undefined) return good(step.default);
  return step.optional ? good(null) : bad("required");
}

/** One value for one field, where no step asks for it. */
export function checkFieldValue(field: FieldName, value: unknown, context: CheckContext): FieldCheck {
  const { type } = FIELDS[field];
  if (type === "instant") return checkDate(value, context, field);
  if (type === "options") return checkOffer(value, context);
  if (type === "evidence" && typeof value === "string") return good(asEvidence(value));
  return checkField(field, value, context.taxonomies);
}

/** What is wrong, in the user's language. */
export function problemText({ code, expected = "", at = "" }: FieldProblem, t: Translate): string {
  const text = t(`call.problem_${code}`, { expected });
  return at === "" ? text : `${at}: ${text}`;
}
