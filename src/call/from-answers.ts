/** Checks one case of `new --from`: what was given, by field and by step, and every mistake in it with its path. */
import { type Facts, holds, stillApplies } from "../core/condition.ts";
import { FIELDS, type FieldCheck, type FieldName, type FieldProblem, isField } from "../core/field.ts";
import type { Library, Translate } from "../core/library-port.ts";
import type { Script, Step } from "../core/script.ts";
import { type Mood, STAGES } from "../core/stage.ts";
import {
  type CheckContext,
  checkAnswer,
  checkFieldValue,
  checkPromises,
  type PromiseItem,
  problemText,
} from "./check-answer.ts";
import type { Path, RawCase } from "./from-file.ts";

/** One answer, checked. Without a step nobody asks for it; it is in the record all the same. */
export interface GivenAnswer {
  field?: FieldName;
  step?: Step;
  value: unknown;
  path: Path;
}

export interface Mistake {
  path: Path;
  document: number;
  message: string;
}

export interface CheckedCase {
  script: Script;
  /** In the script's order, then those no step asks for. */
  answers: GivenAnswer[];
  promises: { step?: Step; items: PromiseItem[] };
  moods: { start?: Mood; peak?: Mood; end?: Mood };
}

export interface FromContext {
  library: Library;
  locale: string;
  t: Translate;
  check: CheckContext;
  /** What the command line gave, for cases that do not say so themselves. */
  fallback: {
    script?: string | undefined;
    channel?: string | undefined;
    phone?: string | undefined;
    name?: string | undefined;
  };
  isDraft: boolean;
}

const CUSTOMER_KEYS = ["name", "phone", "email", "account", "address", "class"] as const;
const MOODS = { mood_start: "start", mood_peak: "peak", mood_end: "end" } as const;

type Raw = Record<string, unknown>;
const isObject = (value: unknown): value is Raw =>
  typeof value === "object" && value !== null && !Array.isArray(value);

interface Pass {
  raw: RawCase;
  context: FromContext;
  /** Undefined where the file names a script that is none: steps cannot be checked then, all the rest can. */
  script: Script | undefined;
  mistakes: Mistake[];
  answers: GivenAnswer[];
  promises: CheckedCase["promises"];
  moods: CheckedCase["moods"];
  /** Fields and steps that were given, rightly or wrongly: what is wrong is not missing too. */
  tried: Set<string>;
}

function mistake(pass: Pick<Pass, "raw" | "mistakes">, path: Path, message: string): void {
  pass.mistakes.push({ path: [...pass.raw.path, ...path], document: pass.raw.document, message });
}

/** `[0].amount` as a path; a bare place in a list where nothing more is known. */
function placeOf(at: string | undefined): Path {
  return (at ?? "").match(/[^[\].]+/g)?.map((key) => (/^\d+$/.test(key) ? Number(key) : key)) ?? [];
}

/** Checks `value` with `check`; in a list, every item that is wrong is told in its own place. */
function taken(
  pass: Pass,
  value: unknown,
  path: Path,
  check: (value: unknown) => FieldCheck,
): { value: unknown } | undefined {
  const checked = check(value);
  if (checked.ok) return { value: checked.value };
  const tell = (problem: FieldProblem, inside: Path) => {
    const { at: _, ...rest } = problem;
    mistake(pass, [...path, ...inside], problemText(rest, pass.context.t));
  };
  const { at } = checked.problem;
  if (!Array.isArray(value) || at === undefined) tell(checked.problem, placeOf(at));
  else
    for (const [i, item] of value.entries()) {
      const one = check([item]);
      if (!one.ok) tell(one.problem, [i, ...placeOf(one.problem.at).slice(1)]);
    }
  return undefined;
}

function give(pass: Pass, answer: GivenAnswer): void {
  const twice = pass.answers.some((a) =>
    answer.field === undefined ? a.step?.key === answer.step?.key : a.field === answer.field,
  );
  if (twice) mistake(pass, answer.path, pass.context.t("call.from_twice"));
  else pass.answers.push(answer);
}

function byField(pass: Pass, field: FieldName, value: unknown, path: Path): void {
  const { t, check } = pass.context;
  if (value === null || value === undefined || (typeof value === "string" && value.trim() === "")) return;
  if ("derived" in FIELDS[field]) {
    mistake(pass, path, t("call.from_derived", { field }));
    return;
  }
  pass.tried.add(field);
  const checked = taken(pass, value, path, (v) => checkFieldValue(field, v, check));
  if (!checked) return;
  if (field in MOODS) pass.moods[MOODS[field as keyof typeof MOODS]] = checked.value as Mood;
  else give(pass, { field, value: checked.value, path });
}

function byStep(pass: Pass, step: Step, value: unknown, path: Path): void {
  if (value === null) return;
  pass.tried.add(step.records ?? step.key);
  const checked = taken(pass, value, path, (v) => checkAnswer(step, v, pass.context.check));
  if (!checked) return;
  if (step.kind === "promise")
    pass.promises = { step, items: [...pass.promises.items, ...(checked.value as PromiseItem[])] };
  else give(pass, { step, value: checked.value, path, ...(step.records ? { field: step.records } : {}) });
}

function readAnswersOf(pass: Pass, answers: unknown): void {
  const { t } = pass.context;
  if (answers === undefined || answers === null) return;
  if (!isObject(answers)) {
    mistake(pass, ["answers"], t("call.from_object"));
    return;
  }
  for (const [key, value] of Object.entries(answers)) {
    const path = ["answers", key];
    const step = pass.script?.steps.find((s) => s.key === key);
    if (isField(key)) byField(pass, key, value, path);
    else if (step) byStep(pass, step, value, path);
    else if (pass.script || !key.includes(".")) mistake(pass, path, t("call.from_unknown", { key }));
  }
}

function readCustomer(pass: Pass, customer: unknown): void {
  const { t } = pass.context;
  if (customer === undefined || customer === null) return;
  if (!isObject(customer)) {
    mistake(pass, ["customer"], t("call.from_object"));
    return;
  }
  for (const [key, value] of Object.entries(customer)) {
    const path = ["customer", key];
    if ((CUSTOMER_KEYS as readonly string[]).includes(key))
      byField(pass, `customer_${key}` as FieldName, value, path);
    else mistake(pass, path, t("call.from_unknown", { key }));
  }
}

function readPromises(pass: Pass, promises: unknown): void {
  if (promises === undefined || promises === null) return;
  const checked = taken(pass, promises, ["promises"], (v) => checkPromises(v, pass.context.check));
  if (checked) pass.promises.items.push(...(checked.value as PromiseItem[]));
}

/** What was given on the command line, where the file is silent. */
function fillIn(pass: Pass): void {
  const { fallback } = pass.context;
  const has = (field: FieldName) => pass.answers.some((a) => a.field === field);
  if (fallback.channel !== undefined && !has("channel"))
    byField(pass, "channel", fallback.channel, ["channel"]);
  if (fallback.phone !== undefined && !has("customer_phone"))
    byField(pass, "customer_phone", fallback.phone, ["customer", "phone"]);
  if (fallback.name !== undefined && !has("customer_name"))
    byField(pass, "customer_name", fallback.name, ["customer", "name"]);
}

function factsOf(pass: Pass): Facts {
  const { start, peak, end } = pass.moods;
  const mood = end ?? peak ?? start;
  return {
    ...Object.fromEntries(pass.answers.flatMap((a) => (a.field ? [[a.field, a.value]] : []))),
    ...(mood === undefined ? {} : { mood }),
    status: "draft",
  };
}

/** The answer that a step has, by its key or by the field it records. */
function answerOf(pass: Pass, step: Step): GivenAnswer | undefined {
  return pass.answers.find(
    (a) => a.step === step || (step.records !== undefined && a.field === step.records),
  );
}

/** Steps that nobody answered take what the script assumes there: other steps may depend on it. */
function assume(pass: Pass, script: Script): void {
  for (const step of script.steps) {
    if (step.default === undefined || answerOf(pass, step)) continue;
    if (!holds(step.when, { ...factsOf(pass), stage: step.stage })) continue;
    const field = step.records ? { field: step.records } : {};
    pass.answers.push({ step, value: step.default, path: [], ...field });
  }
}

/** Gives each answer the applying step that asks for it; an answer to a step that does not apply is a mistake. */
function matchSteps(pass: Pass, script: Script): void {
  const { t } = pass.context;
  for (const { step, path } of pass.answers)
    if (step && !stillApplies(step.when, factsOf(pass)))
      mistake(pass, path, t("call.from_not_asked", { step: step.key }));
  for (const step of script.steps) {
    const known = answerOf(pass, step);
    if (known && !known.step && stillApplies(step.when, { ...factsOf(pass), stage: step.stage }))
      known.step = step;
  }
}

function requireSteps(pass: Pass, script: Script): void {
  const { t, library, locale, isDraft } = pass.context;
  if (isDraft) return;
  const labels = library.words(locale).fields;
  for (const step of script.steps) {
    if (step.optional || step.kind === "say" || !holds(step.when, { ...factsOf(pass), stage: step.stage }))
      continue;
    const isGiven =
      step.kind === "promise" ? pass.promises.items.length > 0 : pass.answers.some((a) => a.step === step);
    const name = step.records ?? step.key;
    if (isGiven || pass.tried.has(name)) continue;
    const label = step.records ? (labels[step.records]?.label ?? name) : step.ask;
    mistake(pass, ["answers", name], t("call.from_missing", { name, label }));
  }
}

function checkMoods(pass: Pass): void {
  const { start, peak, end } = pass.moods;
  if (peak !== undefined && (peak < (start ?? peak) || peak < (end ?? peak)))
    mistake(pass, ["answers", "mood_peak"], pass.context.t("call.from_peak"));
}

const KEYS = ["script", "channel", "customer", "answers", "promises"];

function scriptOf(raw: Raw, context: FromContext): Script | undefined {
  const id = raw.script ?? context.fallback.script ?? "good-faith";
  const script = typeof id === "string" ? context.library.script(id, context.locale) : undefined;
  return script?.kind === "call" ? script : undefined;
}

function callScripts({ library, locale }: FromContext): string {
  return library
    .scriptInfos(locale)
    .filter((info) => info.kind === "call")
    .map((info) => info.id)
    .join(", ");
}

function order(script: Script, answers: readonly GivenAnswer[]): GivenAnswer[] {
  const at = (a: GivenAnswer) => (a.step ? script.steps.indexOf(a.step) : script.steps.length);
  return [...answers].sort((a, b) => at(a) - at(b));
}

/** The case, or undefined; all mistakes are pushed to `mistakes`. */
export function checkCase(raw: RawCase, context: FromContext, mistakes: Mistake[]): CheckedCase | undefined {
  const { t } = context;
  const { value } = raw;
  if (!isObject(value)) {
    mistake({ raw, mistakes }, [], t("call.from_object"));
    return undefined;
  }
  const before = mistakes.length;
  const script = scriptOf(value, context);
  if (!script)
    mistake({ raw, mistakes }, ["script"], t("call.problem_not_in_set", { expected: callScripts(context) }));
  const pass: Pass = {
    raw,
    context,
    script,
    mistakes,
    answers: [],
    promises: { items: [] },
    moods: {},
    tried: new Set(),
  };
  for (const key of Object.keys(value))
    if (!KEYS.includes(key)) mistake(pass, [key], t("call.from_unknown", { key }));
  byField(pass, "channel", value.channel, ["channel"]);
  readCustomer(pass, value.customer);
  readAnswersOf(pass, value.answers);
  readPromises(pass, value.promises);
  fillIn(pass);
  if (script) {
    assume(pass, script);
    matchSteps(pass, script);
    requireSteps(pass, script);
  }
  checkMoods(pass);
  if (!script || mistakes.length > before) return undefined;
  return { script, answers: order(script, pass.answers), promises: pass.promises, moods: pass.moods };
}

export const MARK_STAGES = { start: STAGES[0], peak: STAGES[2], end: STAGES[4] } as const;
