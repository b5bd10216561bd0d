/** `FIELD=VALUE` of `edit` as values of the record. Pure: the same arguments give the same edits or the same problem. */
import {
  checkField,
  FIELDS,
  type FieldName,
  type FieldSpec,
  isField,
  type Taxonomies,
} from "../core/field.ts";

/** `value: undefined` clears the field. */
export interface Edit {
  field: FieldName;
  value: unknown;
}

export type EditProblem =
  | { kind: "form"; arg: string }
  | { kind: "unknown"; field: string }
  | { kind: "refused"; field: string; command: string }
  | { kind: "value"; field: string; value: string; expected: string };

const YES = new Set(["true", "yes", "y", "1", "是", "对", "對"]);
const NO = new Set(["false", "no", "n", "0", "否", "不是"]);

/** The text as the type of the field has it; what cannot be read stays a text, and the field's check refuses it. */
function typed(spec: FieldSpec, text: string): unknown {
  const plain = text.normalize("NFKC").trim();
  switch (spec.type) {
    case "bool":
      return YES.has(plain.toLowerCase()) ? true : NO.has(plain.toLowerCase()) ? false : plain;
    case "number":
    case "mood":
    case "rating":
      return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : plain;
    case "ids":
      return plain
        .split(/[,、]/)
        .map((id) => id.trim())
        .filter((id) => id !== "");
    case "evidence":
    case "options":
      try {
        return JSON.parse(text);
      } catch {
        return text;
      }
    case "text":
      return text;
    default:
      return plain;
  }
}

function parseOne(arg: string, taxonomies: Taxonomies): Edit | EditProblem {
  const at = arg.search(/[=＝]/);
  if (at <= 0) return { kind: "form", arg };
  const field = arg.slice(0, at).normalize("NFKC").trim();
  const text = arg.slice(at + 1);
  if (!isField(field)) return { kind: "unknown", field };
  const spec: FieldSpec = FIELDS[field];
  if (spec.editWith !== undefined) return { kind: "refused", field, command: spec.editWith };
  if (text === "") return { field, value: undefined };
  const check = checkField(field, typed(spec, text), taxonomies);
  if (check.ok) return { field, value: check.value };
  return { kind: "value", field, value: text, expected: check.problem.expected ?? "" };
}

const isProblem = (e: Edit | EditProblem): e is EditProblem => "kind" in e;

/** The edits that `args` name, the last for each field; or the first problem, wrong usage before what is refused. */
export function parseEdits(
  args: readonly string[],
  taxonomies: Taxonomies,
): { edits: Edit[] } | { problem: EditProblem } {
  const parsed = args.map((arg) => parseOne(arg, taxonomies));
  const problems = parsed.filter(isProblem);
  const problem = problems.find((p) => p.kind !== "refused") ?? problems[0];
  if (problem) return { problem };
  const edits = new Map((parsed as Edit[]).map((edit) => [edit.field, edit]));
  return { edits: [...edits.values()] };
}
