/** Whether a condition can ever hold: a step that no record reaches is a mistake of its author. */
import { type Condition, fieldsOf, holds } from "../core/condition.ts";
import { FIELDS, type FieldSpec, isField } from "../core/field.ts";

/** Values a field may have at this point of the script; undefined: anything. */
export type ValuesOf = (field: string) => readonly unknown[] | undefined;

/** More records than this are not tried: the condition is then taken to hold. */
const MAX_TRIES = 50_000;

function leaves(condition: Condition): Condition[] {
  if ("all" in condition) return condition.all.flatMap(leaves);
  if ("any" in condition) return condition.any.flatMap(leaves);
  if ("not" in condition) return leaves(condition.not);
  return [condition];
}

/** The values of `field` that the condition tells apart, with one that it never names. */
function candidates(field: string, parts: readonly Condition[], valuesOf: ValuesOf): unknown[] {
  const own = parts.filter((part) => "field" in part && part.field === field);
  const named: unknown[] = own.flatMap((part): unknown[] =>
    "is" in part
      ? [part.is]
      : "in" in part
        ? [...part.in]
        : "over" in part
          ? [part.over, part.over + 1]
          : "under" in part
            ? [part.under, part.under - 1]
            : [],
  );
  const possible = valuesOf(field);
  const values = possible
    ? [
        ...possible.filter((v) => named.includes(v)),
        ...possible.filter((v) => !named.includes(v)).slice(0, 1),
      ]
    : [...new Set([...named, "another value"])];
  const isList = isField(field) && (FIELDS[field] as FieldSpec).type === "ids";
  return [undefined, ...values, ...(isList ? [values] : [])];
}

/** False only where no record makes it true. */
export function canHold(condition: Condition | undefined, valuesOf: ValuesOf): boolean {
  if (!condition) return true;
  const parts = leaves(condition);
  const fields = [...new Set(fieldsOf(condition))];
  const choices = fields.map((field) => candidates(field, parts, valuesOf));
  const total = choices.reduce((product, list) => product * list.length, 1);
  if (total > MAX_TRIES) return true;
  for (let n = 0; n < total; n++) {
    let rest = n;
    const facts: Record<string, unknown> = {};
    for (const [i, field] of fields.entries()) {
      const list = choices[i]!;
      facts[field] = list[rest % list.length];
      rest = Math.floor(rest / list.length);
    }
    if (holds(condition, facts)) return true;
  }
  return false;
}
