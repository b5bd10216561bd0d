/** The script linter: what the form of the YAML cannot say. Every finding has its place and the expected form. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { type Condition, fieldsOf, PASSING_FACTS } from "../core/condition.ts";
import type { ErrorDetail } from "../core/errors.ts";
import { FIELDS, type FieldName, type FieldSpec, isField, type Taxonomies } from "../core/field.ts";
import { type Line, type Script, type StepKind, WORD_CHANNELS } from "../core/script.ts";
import { STAGES, type Stage } from "../core/stage.ts";
import { describeProblem } from "./compile.ts";
import { type Ingredients, resolveScript } from "./resolve-script.ts";
import { type Flow, flow as flowForm, type ScriptWords, type Text } from "./schema.ts";
import { BLANKS, blanksIn, spokenLength } from "./spoken.ts";
import { checkYaml, type YamlFile } from "./yaml-file.ts";

type Report = (at: readonly (string | number)[], message: string) => void;

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

function leaves(condition: Condition | undefined): Condition[] {
  if (!condition) return [];
  if ("all" in condition) return condition.all.flatMap(leaves);
  if ("any" in condition) return condition.any.flatMap(leaves);
  if ("not" in condition) return leaves(condition.not);
  return [condition];
}

/** A condition reads fields that exist, with values that exist, recorded before it is asked. */
function lintCondition(
  condition: Condition | undefined,
  earlier: ReadonlySet<string>,
  taxonomies: Taxonomies,
  say: (message: string) => void,
) {
  for (const field of fieldsOf(condition)) {
    if (PASSING_FACTS.has(field) || earlier.has(field)) continue;
    if (!isField(field)) say(`when: there is no field "${field}"`);
    else if (!["flags", "channel"].includes(field))
      say(`when: reads "${field}", which no earlier step records: the step cannot be reached`);
  }
  for (const leaf of leaves(condition)) {
    if (!("field" in leaf) || !isField(leaf.field)) continue;
    const field = FIELDS[leaf.field] as FieldSpec;
    const ids = taxonomies[field.taxonomy ?? leaf.field];
    if (field.type !== "id" && field.type !== "ids") continue;
    const values = "is" in leaf ? [leaf.is] : "in" in leaf ? leaf.in : [];
    for (const value of values)
      if (!ids?.includes(String(value)))
        say(`when: ${leaf.field} is never "${value}"; one of ${ids?.join(", ")}`);
  }
}

function lintSteps(flow: Flow, taxonomies: Taxonomies, report: Report): void {
  const seen = new Map<string, number>();
  const recorded = new Map<string, number>();
  let stage = 0;
  for (const [i, step] of flow.steps.entries()) {
    const at = ["steps", i];
    if (seen.has(step.key)) report([...at, "key"], `${step.key}: this key is used twice`);
    seen.set(step.key, i);
    const here = STAGES.indexOf(step.key.split(".")[0] as Stage);
    if (here < stage) report([...at, "key"], `${step.key}: stages follow ${STAGES.join(" > ")}`);
    stage = Math.max(stage, here);
    lintCondition(step.when, new Set(recorded.keys()), taxonomies, (message) =>
      report([...at, "when"], message),
    );
    if (!step.records) continue;
    const field = step.records as FieldName;
    const spec = FIELDS[field] as FieldSpec;
    if (!KINDS_OF[spec.type].includes(step.kind))
      report([...at, "kind"], `${field} needs kind ${KINDS_OF[spec.type].join(" or ")}, not ${step.kind}`);
    if (spec.derived && !["callback_result", "solved"].includes(field))
      report([...at, "records"], `${field} is derived and cannot be asked`);
    const other = recorded.get(field);
    if (other !== undefined && !step.confirm && !step.when && !flow.steps[other]!.when)
      report([...at, "records"], `${field} is recorded by ${flow.steps[other]!.key} too; say confirm: true`);
    if (!recorded.has(field)) recorded.set(field, i);
    const ids = taxonomies[spec.taxonomy ?? field] ?? [];
    for (const id of Array.isArray(step.choices) ? step.choices : Object.keys(step.choices ?? {}))
      if ((spec.type === "id" || spec.type === "ids") && !ids.includes(id))
        report([...at, "choices"], `${field} has no "${id}"; one of ${ids.join(", ")}`);
  }
}

/** Whether some line of the step fits at every mood without asking anything of the case. */
function lintLines(script: Script, report: Report): void {
  for (const [i, step] of script.steps.entries()) {
    if (step.say.length === 0) continue;
    const lines = step.say.map((id) => script.lines[id]).filter((l): l is Line => l !== undefined);
    for (const mood of [1, 2, 3, 4, 5]) {
      const fits = lines.some((l) => l.mood[0] <= mood && mood <= l.mood[1]);
      // At mood 5 safety comes before every step; its lines belong to the side action.
      if (!fits && mood < 5) report(["steps", i, "say"], `${step.key}: no line for mood ${mood}`);
    }
  }
}

function lintTexts(flow: Flow, script: Script, report: Report): void {
  for (const id of Object.keys(flow.lines)) {
    const text = script.lines[id]?.text;
    if (text === undefined) continue;
    const { length, limit } = spokenLength(text);
    if (length > limit)
      report(["lines", id], `${id}: ${length} is too long to say in one breath; at most ${limit}`);
    for (const blank of blanksIn(text))
      if (!BLANKS.has(blank))
        report(["lines", id], `${id}: there is no blank {${blank}}; one of ${[...BLANKS].join(", ")}`);
  }
  for (const [id, line] of Object.entries(flow.lines))
    for (const channel of line.ch)
      if (channel !== "any" && !WORD_CHANNELS.includes(channel))
        report(["lines", id, "ch"], `${id}: no channel ${channel}`);
}

function lintLaw(flow: Flow, from: Ingredients, today: string, report: Report): void {
  for (const [i, step] of flow.steps.entries())
    for (const id of step.law ?? []) {
      const card = from.bank.law.find((c) => c.id === id);
      const at = ["steps", i, "law"];
      if (!card) report(at, `there is no law card "${id}"`);
      else if (card.expires !== undefined && card.expires <= today)
        report(at, `law card ${id} expired on ${card.expires}`);
    }
}

/** A text that is given per language must be there in every one. */
function lintLanguages(flow: Flow, locales: readonly string[], report: Report): void {
  const check = (at: (string | number)[], text: Text | undefined) => {
    if (text === undefined || typeof text === "string") return;
    for (const locale of locales)
      if (text[locale] === undefined) report(at, `${at.at(-1)}: ${locale} is missing`);
  };
  check(["title"], flow.title);
  check(["about"], flow.about);
  for (const [i, step] of flow.steps.entries()) {
    check(["steps", i, "ask"], step.ask);
    check(["steps", i, "help"], step.help);
  }
  for (const [id, line] of Object.entries(flow.lines)) check(["lines", id, "text"], line.text);
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
export function lintFlow(flow: Flow, path: string, file: YamlFile, world: LintWorld): ErrorDetail[] {
  const found = new Map<string, ErrorDetail>();
  const report: Report = (at, message) => {
    const detail = { path, ...file.place(at), message };
    found.set(JSON.stringify(detail), detail);
  };
  const locales = Object.keys(world.ingredients);
  const first = world.ingredients[locales[0]!]!;
  if (flow.id !== basename(path).replace(/\.ya?ml$/, ""))
    report(["id"], `id: the file's name is ${basename(path)}`);
  lintSteps(flow, first.taxonomies, report);
  lintLaw(flow, first, world.today, report);
  lintLanguages(flow, locales, report);
  for (const [i, { to, when }] of flow.switches.entries()) {
    if (!world.scriptIds.includes(to)) report(["switches", i, "to"], `there is no script "${to}"`);
    lintCondition(when, new Set(Object.keys(FIELDS)), first.taxonomies, (m) =>
      report(["switches", i, "when"], m),
    );
  }
  for (const locale of locales) {
    const { script, problems } = resolveScript(
      flow,
      world.words(flow.id, locale),
      world.ingredients[locale]!,
    );
    for (const problem of problems) {
      const detail = describeProblem(problem, path, file);
      found.set(JSON.stringify(detail), detail);
    }
    lintLines(script, report);
    lintTexts(flow, script, report);
  }
  return [...found.values()].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

/** Reads and lints one script file. */
export function lintScriptFile(path: string, world: LintWorld): ErrorDetail[] {
  const parsed = checkYaml(readFileSync(path, "utf8"), path, flowForm);
  return parsed.ok ? lintFlow(parsed.value, path, parsed.file, world) : parsed.problems;
}
