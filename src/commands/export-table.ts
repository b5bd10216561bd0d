/** Cases as rows for spreadsheets, and as CSV. No cell of a customer's text can become a formula. */
import type { Case } from "../core/case.ts";
import { FIELD_NAMES } from "../core/field.ts";

export type Value = string | number | boolean | undefined;

const HEAD: readonly [string, (c: Case) => Value][] = [
  ["ref", (c) => c.ref],
  ["id", (c) => c.id],
  ["status", (c) => c.status],
  ["stage", (c) => c.stage],
  ["script", (c) => c.script.id],
  ["locale", (c) => c.locale],
  ["agent", (c) => c.agent],
  ["owner", (c) => c.owner],
  ["opened_at", (c) => c.opened_at],
  ["updated_at", (c) => c.updated_at],
  ["first_response_at", (c) => c.first_response_at],
  ["resolved_at", (c) => c.resolved_at],
  ["closed_at", (c) => c.closed_at],
  ["resolve_by", (c) => c.resolve_by],
  ["update_by", (c) => c.update_by],
  ["reopened", (c) => c.reopened],
  ["duplicate_of", (c) => c.duplicate_of],
  ["appeal_of", (c) => c.appeal_of],
  ["source", (c) => c.source?.name],
  ["source_id", (c) => c.source?.id],
];

/** Numbers of what else a case holds; the lists themselves are in the JSON forms. */
const TAIL: readonly [string, (c: Case) => Value][] = [
  ["runs", (c) => c.runs.length],
  ["promises", (c) => c.promises.length],
  ["promises_open", (c) => c.promises.filter((p) => p.state === "open").length],
  ["approvals_pending", (c) => c.approvals.filter((a) => a.state === "pending").length],
  ["escalations", (c) => c.escalations.length],
  ["contacts", (c) => c.contacts.length],
  ["notes", (c) => c.notes.map((n) => n.text).join("\n") || undefined],
];

/** Sets with commas, as `edit` takes them; lists of objects as JSON. */
function flat(value: unknown): Value {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value))
    return value.every((v) => typeof v === "string") ? value.join(",") : JSON.stringify(value);
  return typeof value === "object" ? JSON.stringify(value) : (value as Value);
}

export const COLUMNS: readonly string[] = [
  ...HEAD.map(([name]) => name),
  ...FIELD_NAMES,
  ...TAIL.map(([name]) => name),
];

/** One value per column. */
export function rowOf(c: Case): Value[] {
  return [
    ...HEAD.map(([, get]) => get(c)),
    ...FIELD_NAMES.map((name) => flat(c.record[name])),
    ...TAIL.map(([, get]) => get(c)),
  ];
}

/** A text that a spreadsheet would run is marked as text (OWASP, "CSV injection"). */
export function harmless(value: Value): Value {
  return typeof value === "string" && /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
}

/** The lines of a CSV file (RFC 4180, UTF-8), titles first. */
export async function* csvParts(cases: Iterable<Case>): AsyncGenerator<string> {
  const { stringify } = await import("csv-stringify/sync");
  const line = (values: readonly Value[]) =>
    stringify([values.map(harmless)], { cast: { boolean: (value) => String(value) } });
  yield line(COLUMNS);
  for (const c of cases) yield line(rowOf(c));
}
