/** The script linter: what the form of the YAML cannot say. Every finding has its place and the expected form. */
import { basename } from "node:path";
import { type Condition, fieldsOf, PASSING_FACTS } from "../core/condition.ts";
import { FIELDS, type FieldName, type FieldSpec, isField, type Taxonomies } from "../core/field.ts";
import type { Line, Script, StepKind } from "../core/script.ts";
import { STAGES, type Stage } from "../core/stage.ts";
import { describeProblem, FLOW_FACTS } from "./compile.ts";
import { lintSentence } from "./lint-sentence.ts";
import { type Problem, problemAt } from "./problem.ts";
import { type Ingredients, type ResolveProblem, resolveScript } from "./resolve-script.ts";
import { canHold, type ValuesOf } from "./satisfiable.ts";
import { type Flow, flow as flowForm, type ScriptWords, type Text } from "./schema.ts";
import { blanksIn } from "./spoken.ts";
import { checkYaml, readYamlText, type YamlFile } from "./yaml-file.ts";

type At = readonly (string | number)[];
type Report = (at: At, code: string, params?: Record<string, string>) => void;
type FlowStep = Flow["steps"][number];

/** The kinds of step that may fill a field of a type. */
const KINDS_OF: Readonly<Record<FieldSpec["type"], readonly StepKind[]>> = {
  text: ["text"],
  number: ["number"],
  instant: ["date"],
  bool: ["yes-no"],
  id: ["choose"],
  ids: ["choose-many"],
  mood: ["choose", "number"],
  rating: ["choose", "number"],
  evidence: ["text"],
  options: ["offer"],
};

const specOf = (field: string): FieldSpec => FIELDS[field as FieldName];
const LEVELS = [1, 2, 3, 4, 5];

/** What a field can be, by its type; undefined: anything. */
function possibleValues(field: string, taxonomies: Taxonomies): readonly unknown[] | undefined {
  if (field === "mood") return LEVELS;
  if (field === "stage") return STAGES;
  if (!isField(field)) return undefined;
  const spec = specOf(field);
  if (spec.type === "bool") return [true, false];
  if (spec.type === "mood" || spec.type === "rating") return LEVELS;
  return spec.type === "id" || spec.type === "ids" ? taxonomies[spec.taxonomy ?? field] : undefined;
}

const NUMERIC: ReadonlySet<string> = new Set(["number", "mood", "rating"]);

function leaves(condition: Condition | undefined): Condition[] {
  if (!condition) return [];
  if ("all" in condition) return condition.all.flatMap(leaves);
  if ("any" in condition) return condition.any.flatMap(leaves);
  if ("not" in condition) return leaves(condition.not);
  return [condition];
}

/** A leaf compares a field with something that it can be. */
function lintLeaf(
  leaf: Condition,
  valuesOf: ValuesOf,
  say: (code: string, p: Record<string, string>) => void,
) {
  if (!("field" in leaf)) return;
  const { field } = leaf;
  const isNumeric = field === "mood" || (isField(field) && NUMERIC.has(specOf(field).type));
  if (("over" in leaf || "under" in leaf) && !isNumeric) say("not_a_number", { field });
  const values = "is" in leaf ? [leaf.is] : "in" in leaf ? [...leaf.in] : [];
  const possible = valuesOf(field);
  for (const value of values)
    if (possible && !possible.includes(value))
      say("never_value", { field, value: String(value), values: possible.join(", ") });
}

/** A condition reads fields that exist, with values they can have, recorded before it is asked; and it can hold. */
function lintCondition(
  condition: Condition | undefined,
  earlier: ReadonlySet<string>,
  valuesOf: ValuesOf,
  say: (code: string, params?: Record<string, string>) => void,
) {
  if (!condition) return;
  let isSound = true;
  const wrong = (code: string, params: Record<string, string>) => {
    isSound = false;
    say(code, params);
  };
  for (const field of new Set(fieldsOf(condition))) {
    if (PASSING_FACTS.has(field) || earlier.has(field)) continue;
    if (!isField(field)) wrong("no_field", { field });
    else if (!["flags", "channel"].includes(field)) wrong("read_too_early", { field });
  }
  for (const leaf of leaves(condition)) lintLeaf(leaf, valuesOf, wrong);
  if (isSound && !canHold(condition, valuesOf)) say("never_holds");
}

const choiceIds = (step: FlowStep): string[] =>
  Array.isArray(step.choices) ? step.choices : Object.keys(step.choices ?? {});

function lintChoices(step: FlowStep, at: At, taxonomies: Taxonomies, report: Report): void {
  if (step.choices === undefined) return;
  if (step.kind !== "choose" && step.kind !== "choose-many" && step.kind !== "offer")
    report([...at, "choices"], "choices_unused", { kind: step.kind });
  const chosen = choiceIds(step);
  for (const [i, id] of chosen.entries())
    if (chosen.indexOf(id) !== i) report([...at, "choices", i], "choice_twice", { id });
  if (!step.records) return;
  const spec = specOf(step.records);
  if (spec.type !== "id" && spec.type !== "ids") return;
  const ids = taxonomies[spec.taxonomy ?? step.records] ?? [];
  for (const id of chosen)
    if (!ids.includes(id))
      report([...at, "choices"], "no_choice", { field: step.records, id, values: ids.join(", ") });
}

function lintRecords(step: FlowStep, at: At, report: Report): void {
  if (!step.records) return;
  const field = step.records;
  const spec = specOf(field);
  const kinds = KINDS_OF[spec.type];
  if (!kinds.includes(step.kind))
    report([...at, "kind"], "wrong_kind", { field, kinds: kinds.join(", "), kind: step.kind });
  if (spec.derived && !["callback_result", "solved"].includes(field))
    report([...at, "records"], "derived", { field });
}

/** Two steps that can both apply ask for one field only on purpose. */
function lintTwice(steps: readonly FlowStep[], i: number, valuesOf: ValuesOf, report: Report): void {
  const step = steps[i]!;
  if (!step.records || step.confirm) return;
  const other = steps.slice(0, i).find((s) => {
    if (s.records !== step.records) return false;
    const both = [s.when, step.when].filter((w): w is Condition => w !== undefined);
    return both.length === 0 || canHold({ all: both }, valuesOf);
  });
  if (other) report(["steps", i, "records"], "recorded_twice", { field: step.records, key: other.key });
}

/** What a field can be at a step: less where the step that records it offers less. */
function valuesAt(steps: readonly FlowStep[], taxonomies: Taxonomies): ValuesOf {
  return (field) => {
    const asked = steps.filter((s) => s.records === field);
    const all = asked.length > 0 && asked.every((s) => s.choices !== undefined);
    const type = isField(field) ? specOf(field).type : undefined;
    return all && (type === "id" || type === "ids")
      ? [...new Set(asked.flatMap(choiceIds))]
      : possibleValues(field, taxonomies);
  };
}

function lintSteps(flow: Flow, taxonomies: Taxonomies, report: Report): void {
  const seen = new Set<string>();
  const recorded = new Set<string>();
  let stage = 0;
  // Another script may have filled a field before the call went on here, with any value there is.
  const valuesOf: ValuesOf = (field) => possibleValues(field, taxonomies);
  for (const [i, step] of flow.steps.entries()) {
    const at = ["steps", i];
    if (seen.has(step.key)) report([...at, "key"], "step_twice", { key: step.key });
    seen.add(step.key);
    const here = STAGES.indexOf(step.key.split(".")[0] as Stage);
    if (here < stage) report([...at, "key"], "stage_order", { key: step.key, stages: STAGES.join(" > ") });
    stage = Math.max(stage, here);
    lintCondition(step.when, recorded, valuesOf, (code, params) => report([...at, "when"], code, params));
    lintRecords(step, at, report);
    lintTwice(flow.steps, i, valuesAt(flow.steps, taxonomies), report);
    lintChoices(step, at, taxonomies, report);
    if (step.records) recorded.add(step.records);
  }
}

/** Whether some line of the step fits at every mood. At mood 5 safety comes before every step, by its side action. */
function lintMoods(script: Script, report: Report): void {
  for (const [i, step] of script.steps.entries()) {
    if (step.say.length === 0) continue;
    const lines = step.say.map((id) => script.lines[id]).filter((l): l is Line => l !== undefined);
    const missing = [1, 2, 3, 4].filter((mood) => !lines.some((l) => l.mood[0] <= mood && mood <= l.mood[1]));
    if (missing.length > 0)
      report(["steps", i, "say"], "no_mood", { key: step.key, moods: missing.join(", ") });
  }
}

function lintLines(flow: Flow, script: Script, report: Report): void {
  for (const id of Object.keys(flow.lines)) {
    const text = script.lines[id]?.text;
    if (text !== undefined)
      for (const { code, params } of lintSentence(id, text)) report(["lines", id], code, params);
    if (!flow.steps.some((s) => s.say.includes(id))) report(["lines", id], "line_unused", { id });
  }
}

function lintLaw(flow: Flow, from: Ingredients, today: string, report: Report): void {
  for (const [i, step] of flow.steps.entries())
    for (const id of step.law ?? []) {
      const card = from.bank.law.find((c) => c.id === id);
      const at = ["steps", i, "law"];
      if (!card) report(at, "no_law", { id });
      else if (card.expires !== undefined && card.expires <= today)
        report(at, "law_expired", { id, day: card.expires });
    }
}

/** A text that is given per language must be there in every one, and in none that does not exist. */
function lintLanguages(flow: Flow, locales: readonly string[], report: Report): void {
  const check = (at: At, text: Text | undefined) => {
    if (text === undefined || typeof text === "string") return;
    const name = String(at.at(-1));
    for (const locale of locales) if (text[locale] === undefined) report(at, "no_language", { name, locale });
    for (const locale of Object.keys(text))
      if (!locales.includes(locale))
        report([...at, locale], "odd_language", { name, locale, locales: locales.join(", ") });
  };
  check(["title"], flow.title);
  check(["about"], flow.about);
  for (const [i, step] of flow.steps.entries()) {
    check(["steps", i, "ask"], step.ask);
    check(["steps", i, "help"], step.help);
    if (step.choices && !Array.isArray(step.choices))
      for (const [id, label] of Object.entries(step.choices)) check(["steps", i, "choices", id], label);
  }
  for (const [id, line] of Object.entries(flow.lines)) check(["lines", id, "text"], line.text);
}

/** A missing language of a text that is given per language is told by `lintLanguages`, once. */
function isPerLanguage(flow: Flow, { code, params }: ResolveProblem): boolean {
  const text =
    code === "line_words"
      ? flow.lines[params.id!]?.text
      : code === "no_ask"
        ? flow.steps.find((s) => s.key === params.key)?.ask
        : undefined;
  return typeof text === "object";
}

/** A line has the same blanks in every language: it is shown, or left out, in all of them alike. */
function lintSameBlanks(scripts: readonly Script[], ids: readonly string[], report: Report): void {
  const [first, ...others] = scripts;
  const blanks = (script: Script, id: string) =>
    blanksIn(script.lines[id]?.text ?? "")
      .sort()
      .join();
  for (const id of ids)
    for (const other of others)
      if (first?.lines[id] && other.lines[id] && blanks(first, id) !== blanks(other, id))
        report(["lines", id], "blanks_differ", { id, one: first.locale, other: other.locale });
}

export interface LintWorld {
  /** Ingredients per language. */
  ingredients: Readonly<Record<string, Ingredients>>;
  /** Words of the script per language, where it has a file of its own. */
  words: (id: string, locale: string) => ScriptWords | undefined;
  scriptIds: readonly string[];
  today: string;
}

/** Every mistake of one flow, each with its place. */
export function lintFlow(flow: Flow, path: string, file: YamlFile, world: LintWorld): Problem[] {
  const found = new Map<string, Problem>();
  const add = (problem: Problem) => void found.set(JSON.stringify(problem), problem);
  const report: Report = (at, code, params) => add(problemAt({ path, ...file.place(at) }, code, params));
  const locales = Object.keys(world.ingredients);
  const first = world.ingredients[locales[0]!]!;
  const { taxonomies } = first;
  if (flow.id !== basename(path).replace(/\.ya?ml$/, ""))
    report(["id"], "id_is_name", { name: basename(path) });
  lintSteps(flow, taxonomies, report);
  lintLaw(flow, first, world.today, report);
  lintLanguages(flow, locales, report);
  for (const [i, { to, when }] of flow.switches.entries()) {
    const at = ["switches", i];
    if (to === flow.id) report([...at, "to"], "switch_to_itself", { id: to });
    else if (!world.scriptIds.includes(to))
      report([...at, "to"], "no_script", { id: to, ids: world.scriptIds.join(", ") });
    lintCondition(
      when,
      new Set(Object.keys(FIELDS)),
      (field) => possibleValues(field, taxonomies),
      (code, params) => report([...at, "when"], code, params),
    );
  }
  const resolved = locales.map((l) => resolveScript(flow, world.words(flow.id, l), world.ingredients[l]!));
  for (const { script, problems } of resolved) {
    for (const problem of problems)
      if (!isPerLanguage(flow, problem)) add(describeProblem(problem, path, file));
    lintMoods(script, report);
    lintLines(flow, script, report);
  }
  const scripts = resolved.map((r) => r.script);
  lintSameBlanks(scripts, Object.keys(flow.lines), report);
  return [...found.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}

/** Reads and lints one script file. */
export function lintScriptFile(path: string, world: LintWorld): Problem[] {
  const text = readYamlText(path);
  const parsed = text.ok ? checkYaml(text.value, path, flowForm, FLOW_FACTS) : text;
  return parsed.ok ? lintFlow(parsed.value, path, parsed.file, world) : parsed.problems;
}
