/** Joins a script's flow with the words of one language into the resolved script that a run pins. */
import { createHash } from "node:crypto";
import { FIELDS, type FieldName, type FieldSpec, type Taxonomies } from "../core/field.ts";
import type { Bank, Words } from "../core/library-port.ts";
import type { Choice, Line, Script, Step, StepKey } from "../core/script.ts";
import type { Stage } from "../core/stage.ts";
import type { Flow, ScriptWords, Text } from "./schema.ts";

export interface Ingredients {
  words: Words;
  bank: Bank;
  sides: Record<string, string[]>;
  sideLines: Record<string, Line>;
  todo: Record<string, string[]>;
  taxonomies: Taxonomies;
}

/** A mistake of content, with the path inside the flow it stands at. */
export interface ResolveProblem {
  at: (string | number)[];
  code: string;
  params: Record<string, string>;
}

function inLocale(text: Text | undefined, locale: string): string | undefined {
  return typeof text === "string" ? text : text?.[locale];
}

type FlowStep = Flow["steps"][number];

function choicesOf(
  step: FlowStep,
  own: Record<string, string>,
  from: Ingredients,
  locale: string,
): Choice[] | undefined {
  if (step.kind !== "choose" && step.kind !== "choose-many") return undefined;
  const field = step.records as FieldName | undefined;
  const taxonomy = field ? ((FIELDS[field] as FieldSpec).taxonomy ?? field) : undefined;
  const inline = step.choices && !Array.isArray(step.choices) ? step.choices : undefined;
  const ids = Array.isArray(step.choices)
    ? step.choices
    : inline
      ? Object.keys(inline)
      : (from.taxonomies[taxonomy ?? ""] ?? []);
  return ids.map((id) => ({
    id,
    label: own[id] ?? inLocale(inline?.[id], locale) ?? from.words.labels[taxonomy ?? ""]?.[id] ?? id,
  }));
}

/** Ids of the lines a step's `say` names: own lines and phrases by id, every phrase of a move in the step's stage. */
function linesOf(
  step: FlowStep,
  stage: Stage,
  lines: Record<string, Line>,
  from: Ingredients,
  unknown: (name: string) => void,
): string[] {
  const ids: string[] = [];
  for (const name of step.say) {
    if (lines[name]) ids.push(name);
    else {
      const found = from.bank.lines.filter((l) => l.id === name || (l.move === name && l.stage === stage));
      if (found.length === 0) unknown(name);
      for (const line of found) {
        lines[line.id] = line;
        ids.push(line.id);
      }
    }
  }
  return [...new Set(ids)];
}

function ownLines(flow: Flow, words: ScriptWords | undefined, locale: string): Record<string, Line> {
  const lines: Record<string, Line> = {};
  for (const [id, facts] of Object.entries(flow.lines)) {
    const text = words?.lines[id] ?? inLocale(facts.text, locale);
    const user = flow.steps.find((s) => s.say.includes(id));
    if (text === undefined) continue;
    lines[id] = {
      id,
      text,
      stage: (user?.key.split(".")[0] ?? "any") as Stage,
      move: facts.move,
      mood: facts.mood,
      psych: facts.psych,
      ch: facts.ch.filter((c) => c !== "any"),
      ...(facts.needs ? { needs: facts.needs } : {}),
    };
  }
  return lines;
}

/** `JSON.stringify` with sorted keys, so that the hash does not depend on the order of writing. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value)
    .filter(([, v]) => v !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(",")}}`;
}

/**
 * The resolved script in the language of `from.words`. `words` may be absent where the flow carries its own texts.
 * Problems (unknown line, tip, id; missing words) are returned, not thrown; a script with problems must not be used.
 */
export function resolveScript(
  flow: Flow,
  words: ScriptWords | undefined,
  from: Ingredients,
): { script: Script; problems: ResolveProblem[] } {
  const { locale } = from.words;
  const problems: ResolveProblem[] = [];
  const lines = ownLines(flow, words, locale);
  const tips = Object.fromEntries(from.bank.tips.map((t) => [t.id, t]));
  const avoid = Object.fromEntries(from.bank.avoid.map((n) => [n.id, n]));
  for (const id of Object.keys(flow.lines))
    if (!lines[id]) problems.push({ at: ["lines", id], code: "line_words", params: { id, locale } });
  const steps: Step[] = flow.steps.map((step, i) => {
    const stage = step.key.split(".")[0] as Stage;
    const own = words?.steps[step.key];
    const at = ["steps", i];
    // An own line that has no words in this language is told where it stands.
    const unknown = (name: string) =>
      flow.lines[name] ?? problems.push({ at: [...at, "say"], code: "unknown_line", params: { id: name } });
    // A promise step records no field; its words stand under its kind.
    const usual = from.words.fields[step.records ?? step.kind];
    const ask = own?.ask ?? inLocale(step.ask, locale) ?? usual?.ask;
    const help = own?.help ?? inLocale(step.help, locale) ?? (own?.ask ? undefined : usual?.help);
    if (ask === undefined)
      problems.push({ at: [...at, "key"], code: "no_ask", params: { key: step.key, locale } });
    for (const id of step.avoid)
      if (!avoid[id]) problems.push({ at: [...at, "avoid"], code: "unknown_avoid", params: { id } });
    for (const id of step.tip)
      if (!tips[id]) problems.push({ at: [...at, "tip"], code: "unknown_tip", params: { id } });
    const choices = choicesOf(step, own?.choices ?? {}, from, locale);
    if (choices?.length === 0) problems.push({ at, code: "no_choices", params: { key: step.key } });
    return {
      key: step.key as StepKey,
      stage,
      kind: step.kind,
      ask: ask ?? step.key,
      say: linesOf(step, stage, lines, from, unknown),
      avoid: step.avoid,
      tip: step.tip,
      ...(step.records ? { records: step.records as FieldName } : {}),
      ...(step.when ? { when: step.when } : {}),
      ...(step.optional ? { optional: true } : {}),
      ...(step.personal ? { personal: true } : {}),
      ...(step.confirm ? { confirm: true } : {}),
      ...(help === undefined ? {} : { help }),
      ...(step.law ? { law: step.law } : {}),
      ...(choices ? { choices } : {}),
      ...(step.default === undefined ? {} : { default: step.default }),
    };
  });
  const body: Omit<Script, "hash"> = {
    id: flow.id,
    title: words?.title ?? inLocale(flow.title, locale) ?? flow.id,
    about: words?.about ?? inLocale(flow.about, locale) ?? "",
    locale,
    kind: flow.kind,
    steps,
    switches: flow.switches,
    lines: { ...lines, ...from.sideLines },
    sides: from.sides,
    todo: from.todo,
    tips,
    avoid,
  };
  const hash = createHash("sha256").update(canonical(body)).digest("hex").slice(0, 16);
  return { script: { ...body, hash }, problems };
}
