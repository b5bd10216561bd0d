/** A case as it goes into lists and exports: personal values masked, numbers and names inside free text too. */
import type { Case } from "./case.ts";
import { type CaseRecord, type Evidence, FIELDS, type FieldSpec, isField } from "./field.ts";
import { maskAccount, maskAddress, maskEmail, maskName, maskPhone, maskText } from "./mask.ts";

const MASKS: Readonly<
  Record<NonNullable<FieldSpec["personal"]>, (text: string, record: CaseRecord) => string>
> = {
  name: maskName,
  phone: maskPhone,
  email: maskEmail,
  account: maskAccount,
  address: maskAddress,
  words: maskText,
};

/** One value of the record. `personal` names fields that some script asks for as personal. */
function maskValue(
  field: string,
  value: unknown,
  record: CaseRecord,
  personal: ReadonlySet<string>,
): unknown {
  const kind = isField(field) ? (FIELDS[field] as FieldSpec).personal : undefined;
  if (field === "evidence" && Array.isArray(value))
    return (value as Evidence[]).map((e) => ({ ...e, what: maskText(e.what, record) }));
  if (kind === undefined && personal.has(field))
    return typeof value === "string" ? maskAddress(value) : "***";
  if (typeof value !== "string") return value;
  return kind === undefined ? (isText(field) ? maskText(value, record) : value) : MASKS[kind](value, record);
}

function isText(field: string): boolean {
  return !isField(field) || (FIELDS[field] as FieldSpec).type === "text";
}

/** The record of a case, masked. */
export function maskRecord(record: CaseRecord, personal: ReadonlySet<string> = new Set()): CaseRecord {
  return Object.fromEntries(
    Object.entries(record).map(([field, value]) => [field, maskValue(field, value, record, personal)]),
  );
}

/** Keys of list entries that hold words of people. */
const WORDS: ReadonlySet<string> = new Set([
  "what",
  "reason",
  "why",
  "words",
  "text",
  "opinion_process",
  "opinion_measures",
  "opinion_result",
  "new_problem",
]);

function maskEntry<T extends object>(entry: T, record: CaseRecord): T {
  const masked = Object.entries(entry).map(([key, value]) => [
    key,
    WORDS.has(key) && typeof value === "string" ? maskText(value, record) : value,
  ]);
  return Object.fromEntries(masked) as T;
}

/** The case with these fields of its record masked and no others; for a table, which shows nothing else of it. */
export function maskFields(
  c: Case,
  fields: readonly string[],
  personal: ReadonlySet<string> = new Set(),
): Case {
  const { record } = c;
  const shown = fields.flatMap((field) =>
    record[field] === undefined ? [] : [[field, maskValue(field, record[field], record, personal)] as const],
  );
  return { ...c, record: Object.fromEntries(shown) };
}

/** The Case JSON, masked; refs, ids, times, amounts and names of staff stay. */
export function maskCase(c: Case, personal: ReadonlySet<string> = new Set()): Case {
  const { record } = c;
  const all = <T extends object>(entries: T[]): T[] => entries.map((entry) => maskEntry(entry, record));
  return {
    ...c,
    record: maskRecord(record, personal),
    promises: all(c.promises),
    approvals: all(c.approvals),
    escalations: all(c.escalations),
    dispatches: all(c.dispatches),
    waits: all(c.waits),
    callbacks: all(c.callbacks),
    warnings: all(c.warnings),
    notes: all(c.notes),
  };
}
