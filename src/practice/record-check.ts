/** How much of the record a trainee took down agrees with what a good handler ends with. Texts are models, not wordings. */
import type { Case } from "../core/case.ts";
import { FIELDS, type FieldSpec, isField, type Option } from "../core/field.ts";
import type { PracticeCase } from "../core/practice-case.ts";

export interface RecordCheck {
  right: number;
  total: number;
  /** Fields that differ: what was expected, and what stands there. */
  differ: { field: string; expected: unknown; found?: unknown }[];
}

/** Given before the first question, kept by the program, or derived. */
const NOT_ASKED = new Set([
  "received_at",
  "channel",
  "customer_class",
  "mood_start",
  "remedy",
  "amount",
  "currency",
]);
const MATCHED: ReadonlySet<FieldSpec["type"]> = new Set([
  "id",
  "ids",
  "number",
  "bool",
  "instant",
  "options",
]);

const sameInstant = (a: unknown, b: unknown) =>
  typeof a === "string" && typeof b === "string" && Date.parse(a) === Date.parse(b);

function agrees(type: FieldSpec["type"], expected: unknown, found: unknown): boolean {
  if (type === "ids")
    return Array.isArray(found) && (expected as string[]).every((id) => (found as string[]).includes(id));
  if (type === "instant") return sameInstant(expected, found) || expected === found;
  if (type !== "options") return expected === found;
  const accepted = (list: unknown) => (list as Option[]).filter((o) => o.accepted).map((o) => o.remedy);
  return Array.isArray(found) && accepted(expected).every((remedy) => accepted(found).includes(remedy));
}

/** Compares ids, numbers, days, accepted remedies and promises; free texts count as soon as they are there. */
export function checkRecord(found: Case, c: PracticeCase): RecordCheck {
  const check: RecordCheck = { right: 0, total: 0, differ: [] };
  const take = (ok: boolean, field: string, expected: unknown, value: unknown) => {
    check.total += 1;
    if (ok) check.right += 1;
    else check.differ.push({ field, expected, ...(value === undefined ? {} : { found: value }) });
  };
  for (const [field, expected] of Object.entries(c.expected_record)) {
    if (!isField(field) || NOT_ASKED.has(field)) continue;
    const { type } = FIELDS[field] as FieldSpec;
    const value = found.record[field];
    if (MATCHED.has(type)) take(agrees(type, expected, value), field, expected, value);
    else if (field === "words")
      take(typeof value === "string" && value.trim() !== "", field, expected, value);
  }
  for (const promise of c.expected_promises)
    take(
      found.promises.some((p) => sameInstant(p.due_at, promise.due_at)),
      "promise",
      `${promise.what} (${promise.due_at})`,
      undefined,
    );
  return check;
}

/** From 0 to 1; a case that expects nothing is right. */
export const recordShare = ({ right, total }: RecordCheck) => (total === 0 ? 1 : right / total);
