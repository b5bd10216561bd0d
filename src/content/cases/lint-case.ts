/** What a schema cannot say of a case: ids that exist, values the record takes, runs that can be played. */
import { checkField, FIELDS, type FieldSpec, isField, type Taxonomies } from "../../core/field.ts";
import type { PracticeCase } from "../../core/practice-case.ts";
import { STAGES } from "../../core/stage.ts";
import { type Problem as Placed, problemAt } from "../problem.ts";
import { missingTexts } from "./compile-case.ts";
import type { CaseSource } from "./schema.ts";

export interface LintContext {
  /** The file's name without `.yaml`. */
  name: string;
  taxonomies: Taxonomies;
  scriptIds: readonly string[];
  /** A case of the package, which tests play: its good lines need other wordings in both languages. */
  shipped: boolean;
}

/** Where it stands, which mistake it is, and what its words need besides the place. */
interface Problem {
  at: PropertyKey[];
  code: string;
  params?: Readonly<Record<string, string>>;
}

const inSet = (at: PropertyKey[], value: string, set: readonly string[] | undefined): Problem[] =>
  set?.includes(value) ? [] : [{ at, code: "value", params: { values: set?.join(", ") ?? "" } }];

const DERIVED = ["remedy", "amount", "currency", "class"];

/** The record's values as a trainee would have to give them. */
function recordProblems(
  record: Record<string, unknown>,
  at: PropertyKey[],
  taxonomies: Taxonomies,
): Problem[] {
  return Object.entries(record).flatMap(([name, value]): Problem[] => {
    if (!isField(name)) return [{ at: [...at, name], code: "case_no_field" }];
    if (DERIVED.includes(name) && at[0] !== "expected_record")
      return [{ at: [...at, name], code: "case_derived" }];
    if ((FIELDS[name] as FieldSpec).type === "text" && typeof value !== "string")
      return [{ at: [...at, name], code: "type", params: { type: "text" } }];
    const checked = checkField(name, value, taxonomies);
    if (checked.ok) return [];
    const { code, expected = "" } = checked.problem;
    return [{ at: [...at, name], code: "case_value", params: { why: code, expected } }];
  });
}

function runProblems(source: CaseSource, shipped: boolean): Problem[] {
  const runs = source.reference_runs;
  if (source.drill) return [];
  if (!runs) return [{ at: ["reference_runs"], code: "case_runs" }];
  const found: Problem[] = [];
  for (const [quality, run] of Object.entries(runs)) {
    const order = run.map((line) => STAGES.indexOf(line.stage));
    const back = order.findIndex((stage, i) => i > 0 && stage < order[i - 1]!);
    if (back >= 0)
      found.push({
        at: ["reference_runs", quality, back, "stage"],
        code: "stage_order",
        params: { stages: STAGES.join(", ") },
      });
  }
  for (const stage of STAGES)
    if (!runs.very_good.some((line) => line.stage === stage))
      found.push({ at: ["reference_runs", "very_good"], code: "case_no_turn", params: { stage } });
  source.paraphrases.forEach((p, i) => {
    if (p.turn > runs.very_good.length)
      found.push({
        at: ["paraphrases", i, "turn"],
        code: "case_turns",
        params: { turns: String(runs.very_good.length) },
      });
  });
  if (!shipped) return found;
  runs.very_good.forEach((_, i) => {
    if (!source.paraphrases.some((p) => p.turn === i + 1 && p.en && p["zh-CN"]))
      found.push({ at: ["paraphrases"], code: "case_no_wordings", params: { turn: String(i + 1) } });
  });
  return found;
}

function sizeProblems(source: CaseSource): Problem[] {
  if (source.drill) return [];
  const found: Problem[] = [];
  const size = (key: "opening" | "story" | "pitfalls", least: number, most: number) => {
    const count = source[key].length;
    if (count < least || count > most)
      found.push({
        at: [key],
        code: least === most ? "case_exactly" : "case_size",
        params: { least: String(least), most: String(most), found: String(count) },
      });
  };
  size("opening", 2, 2);
  size("story", 5, 8);
  size("pitfalls", 3, 5);
  if (!source.level_notes) found.push({ at: ["level_notes"], code: "missing" });
  source.moves.forEach((m, i) => {
    if (source.moves.findIndex((other) => other.when === m.when) !== i)
      found.push({ at: ["moves", i, "when"], code: "case_move_twice", params: { move: m.when } });
  });
  return found;
}

/** A language that the title has is wanted in every text. */
export const languageProblems = (source: CaseSource): Problem[] =>
  Object.keys(source.title).flatMap((locale) =>
    missingTexts(source, locale).map((at) => ({ at, code: "no_language", params: { locale } })),
  );

function promiseProblems(source: CaseSource): Problem[] {
  const received = Date.parse(String(source.expected_record.received_at));
  const found: Problem[] = Number.isNaN(received)
    ? [{ at: ["expected_record", "received_at"], code: "case_no_now" }]
    : [];
  source.expected_promises.forEach((promise, i) => {
    const due = Date.parse(promise.due_at);
    if (Number.isNaN(due)) found.push({ at: ["expected_promises", i, "due_at"], code: "case_due" });
    else if (due <= received) found.push({ at: ["expected_promises", i, "due_at"], code: "case_due_past" });
  });
  return found;
}

/** Every mistake of a case that has passed the schema. `sample` is the case in one of its languages. */
export function lintCase(source: CaseSource, sample: PracticeCase, context: LintContext): Problem[] {
  const { taxonomies } = context;
  return [
    ...(source.id === context.name
      ? []
      : [{ at: ["id"], code: "id_is_name", params: { name: context.name } }]),
    ...inSet(["script"], source.script, context.scriptIds),
    ...inSet(["channel"], source.channel, taxonomies.channel),
    ...inSet(["customer", "class"], source.customer.class, taxonomies.customer_class),
    ...inSet(["customer", "psychology"], source.customer.psychology, taxonomies.psychology),
    ...inSet(["customer", "need"], source.customer.need, taxonomies.need),
    ...source.options.flatMap((o, i) => inSet(["options", i, "remedy"], o.remedy, taxonomies.remedy)),
    ...sample.story.flatMap((piece, i) => recordProblems(piece.reveals, ["story", i, "reveals"], taxonomies)),
    ...recordProblems(sample.expected_record, ["expected_record"], taxonomies),
    ...sizeProblems(source),
    ...runProblems(source, context.shipped),
    ...languageProblems(source),
    ...promiseProblems(source),
  ];
}

/** Problems with their place in the file. */
export function placeProblems(
  problems: readonly Problem[],
  path: string,
  place: (at: readonly PropertyKey[]) => { line: number; column: number },
): Placed[] {
  return problems.map(({ at, code, params }) => {
    const key = at.map(String).join(".");
    return problemAt({ path, ...place(at) }, code, { key, name: key, ...params });
  });
}
