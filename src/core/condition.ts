/** Conditions of scripts, switches and triggers: data, never an expression language. */

/** Facts a condition may read: record fields by name, and `mood`, `stage`, `repeat_cases`, `status`. */
export type Facts = Readonly<Record<string, unknown>>;

export type Condition =
  | { field: string; is: string | number | boolean }
  | { field: string; in: readonly (string | number | boolean)[] }
  | { field: string; over: number }
  | { field: string; under: number }
  | { known: string }
  | { all: readonly Condition[] }
  | { any: readonly Condition[] }
  | { not: Condition };

function isKnown(value: unknown): boolean {
  return (
    value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0)
  );
}

/** A list field matches when one of its members does. */
function anyOf(value: unknown, test: (single: unknown) => boolean): boolean {
  return Array.isArray(value) ? value.some(test) : test(value);
}

/** Whether `condition` holds for `facts`; an absent condition always holds. An unknown field makes is/in/over/under false. */
export function holds(condition: Condition | undefined, facts: Facts): boolean {
  if (!condition) return true;
  if ("known" in condition) return isKnown(facts[condition.known]);
  if ("all" in condition) return condition.all.every((c) => holds(c, facts));
  if ("any" in condition) return condition.any.some((c) => holds(c, facts));
  if ("not" in condition) return !holds(condition.not, facts);
  const value = facts[condition.field];
  if ("is" in condition) return anyOf(value, (v) => v === condition.is);
  if ("in" in condition) return anyOf(value, (v) => condition.in.some((wanted) => wanted === v));
  if ("over" in condition) return anyOf(value, (v) => typeof v === "number" && v > condition.over);
  return anyOf(value, (v) => typeof v === "number" && v < condition.under);
}

/** Every field a condition reads, for the linter. */
export function fieldsOf(condition: Condition | undefined): string[] {
  if (!condition) return [];
  if ("known" in condition) return [condition.known];
  if ("all" in condition) return condition.all.flatMap(fieldsOf);
  if ("any" in condition) return condition.any.flatMap(fieldsOf);
  if ("not" in condition) return fieldsOf(condition.not);
  return [condition.field];
}

/** Facts that come and go during a call: they gate the asking, but do not take an answer out of the record later. */
export const PASSING_FACTS: ReadonlySet<string> = new Set(["mood", "stage", "status"]);

/** Like `holds`, but a leaf that reads a passing fact is neither true nor false; undefined: it depends on such a leaf. */
function holdsLasting(condition: Condition, facts: Facts): boolean | undefined {
  if ("all" in condition) {
    const parts = condition.all.map((c) => holdsLasting(c, facts));
    return parts.includes(false) ? false : parts.includes(undefined) ? undefined : true;
  }
  if ("any" in condition) {
    const parts = condition.any.map((c) => holdsLasting(c, facts));
    return parts.includes(true) ? true : parts.includes(undefined) ? undefined : false;
  }
  if ("not" in condition) {
    const inner = holdsLasting(condition.not, facts);
    return inner === undefined ? undefined : !inner;
  }
  const field = "known" in condition ? condition.known : condition.field;
  return PASSING_FACTS.has(field) ? undefined : holds(condition, facts);
}

/** Whether a step that was answered still applies: false only where lasting facts rule it out. */
export function stillApplies(condition: Condition | undefined, facts: Facts): boolean {
  return !condition || holdsLasting(condition, facts) !== false;
}
