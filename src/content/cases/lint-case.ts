/** What a schema cannot say of a case: ids that exist, values the record takes, runs that can be played. */
import type { ErrorDetail } from "../../core/errors.ts";
import { checkField, FIELDS, type FieldSpec, isField, type Taxonomies } from "../../core/field.ts";
import type { PracticeCase } from "../../core/practice-case.ts";
import { STAGES } from "../../core/stage.ts";
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

type Problem = { at: PropertyKey[]; message: string };

const inSet = (at: PropertyKey[], value: string, set: readonly string[] | undefined): Problem[] =>
  set?.includes(value) ? [] : [{ at, message: `"${value}" is none of ${set?.join(", ")}` }];

const DERIVED = ["remedy", "amount", "currency", "class"];

/** The record's values as a trainee would have to give them. */
function recordProblems(
  record: Record<string, unknown>,
  at: PropertyKey[],
  taxonomies: Taxonomies,
): Problem[] {
  return Object.entries(record).flatMap(([name, value]): Problem[] => {
    if (!isField(name)) return [{ at: [...at, name], message: `"${name}" is no field of the record` }];
    if (DERIVED.includes(name) && at[0] !== "expected_record")
      return [{ at: [...at, name], message: `"${name}" follows from the options` }];
    if ((FIELDS[name] as FieldSpec).type === "text" && typeof value !== "string")
      return [{ at: [...at, name], message: "a text was expected" }];
    const checked = checkField(name, value, taxonomies);
    if (checked.ok) return [];
    const { code, expected } = checked.problem;
    return [{ at: [...at, name], message: `${code}${expected === undefined ? "" : ` (${expected})`}` }];
  });
}

function runProblems(source: CaseSource, shipped: boolean): Problem[] {
  const runs = source.reference_runs;
  if (source.drill) return [];
  if (!runs) return [{ at: ["reference_runs"], message: "a very good, a fair and a bad run are needed" }];
  const found: Problem[] = [];
  for (const [quality, run] of Object.entries(runs)) {
    const order = run.map((line) => STAGES.indexOf(line.stage));
    const back = order.findIndex((stage, i) => i > 0 && stage < order[i - 1]!);
    if (back >= 0)
      found.push({
        at: ["reference_runs", quality, back, "stage"],
        message: "goes back to an earlier stage",
      });
  }
  for (const stage of STAGES)
    if (!runs.very_good.some((line) => line.stage === stage))
      found.push({ at: ["reference_runs", "very_good"], message: `no turn in the stage ${stage}` });
  source.paraphrases.forEach((p, i) => {
    if (p.turn > runs.very_good.length)
      found.push({
        at: ["paraphrases", i, "turn"],
        message: `the very good run has ${runs.very_good.length} turns`,
      });
  });
  if (!shipped) return found;
  runs.very_good.forEach((_, i) => {
    if (!source.paraphrases.some((p) => p.turn === i + 1 && p.en && p["zh-CN"]))
      found.push({ at: ["paraphrases"], message: `turn ${i + 1} has no other wordings` });
  });
  return found;
}

function sizeProblems(source: CaseSource): Problem[] {
  if (source.drill) return [];
  const found: Problem[] = [];
  const size = (key: "opening" | "story" | "pitfalls", least: number, most: number) => {
    const count = source[key].length;
    if (count < least || count > most)
      found.push({ at: [key], message: `${least === most ? least : `${least} to ${most}`} were expected` });
  };
  size("opening", 2, 2);
  size("story", 5, 8);
  size("pitfalls", 3, 5);
  if (!source.level_notes) found.push({ at: ["level_notes"], message: "what is different at each level" });
  source.moves.forEach((m, i) => {
    if (source.moves.findIndex((other) => other.when === m.when) !== i)
      found.push({ at: ["moves", i, "when"], message: `"${m.when}" stands here twice` });
  });
  return found;
}

/** A language that the title has is wanted in every text. */
export const languageProblems = (source: CaseSource): Problem[] =>
  Object.keys(source.title).flatMap((locale) =>
    missingTexts(source, locale).map((at) => ({ at, message: `no text in ${locale}` })),
  );

function promiseProblems(source: CaseSource): Problem[] {
  const received = Date.parse(String(source.expected_record.received_at));
  const found: Problem[] = Number.isNaN(received)
    ? [{ at: ["expected_record"], message: 'received_at is the "now" of the case: an instant is needed' }]
    : [];
  source.expected_promises.forEach((promise, i) => {
    const due = Date.parse(promise.due_at);
    if (Number.isNaN(due)) found.push({ at: ["expected_promises", i, "due_at"], message: "not a date" });
    else if (due <= received)
      found.push({ at: ["expected_promises", i, "due_at"], message: "lies before the call" });
  });
  return found;
}

/** Every mistake of a case that has passed the schema. `sample` is the case in one of its languages. */
export function lintCase(source: CaseSource, sample: PracticeCase, context: LintContext): Problem[] {
  const { taxonomies } = context;
  return [
    ...(source.id === context.name
      ? []
      : [{ at: ["id"], message: `the file is called ${context.name}.yaml` }]),
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
): ErrorDetail[] {
  return problems.map((p) => ({
    path,
    ...place(p.at),
    message: `${p.at.map(String).join(".")}: ${p.message}`,
  }));
}
