/** What erasing a person leaves of an event: who, when and which stay, the values go. */
import type { CaseEvent } from "./event.ts";
import { FIELDS, isField } from "./field.ts";

/** Keys of event data that may hold words about or from a person. */
const PERSONAL_KEYS = [
  "text",
  "what",
  "reason",
  "why",
  "note",
  "words",
  "evidence",
  "row",
  "content",
  "override",
] as const;

/** Free text that is no personal field, but where people write names; reports do not count by it. */
const LOOSE_FIELDS: ReadonlySet<string> = new Set(["responsible_party", "lesson", "place"]);

/** Whether the value of a record field stays when its person is erased. */
function keepsValue(field: string | undefined): boolean {
  return (
    field !== undefined && isField(field) && FIELDS[field].personal === undefined && !LOOSE_FIELDS.has(field)
  );
}

/** A number in another system leads to the person as well as a name does. */
function redactImport(event: CaseEvent, data: Record<string, unknown>): void {
  if (event.type === "opened" && event.data.source) data.source = { ...event.data.source, id: "" };
  if (event.type !== "imported") return;
  data.source_id = "";
  const { values } = event.data;
  if (values)
    data.values = Object.fromEntries(
      Object.entries(values).map(([field, value]) => [field, keepsValue(field) ? value : null]),
    );
}

/** The data of `event` without anything personal, marked `redacted`; counts, ids, amounts and times stay. */
export function redactedData(event: CaseEvent): Record<string, unknown> {
  const data: Record<string, unknown> = { ...event.data, redacted: true };
  for (const key of PERSONAL_KEYS) if (typeof data[key] === "string") data[key] = "";
  if (event.type === "answered") {
    if (!keepsValue(event.data.field)) data.value = null;
    if (event.data.promises)
      data.promises = event.data.promises.map((p) => ({
        ...p,
        what: "",
        ...(p.reason ? { reason: "" } : {}),
      }));
  }
  if (event.type === "promised") {
    const { reason, ...promise } = event.data.promise;
    data.promise = { ...promise, what: "", ...(reason === undefined ? {} : { reason: "" }) };
  }
  redactImport(event, data);
  return data;
}

/** Whether `event` holds anything that erasing its person must blank. */
export function holdsPersonal(event: CaseEvent): boolean {
  const { redacted: _, ...after } = redactedData(event);
  const { redacted: __, ...before } = event.data as Record<string, unknown>;
  return JSON.stringify(after) !== JSON.stringify(before);
}
