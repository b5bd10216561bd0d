/** The record: the latest answer per field, without answers of steps that no longer apply, and what follows from them. */
import { type Facts, stillApplies } from "./condition.ts";
import type { CaseRecord, Option } from "./field.ts";
import type { CaseState, Run, ScriptOf } from "./fold.ts";
import type { Uuid } from "./id.ts";
import type { Script, Step, StepKey } from "./script.ts";
import type { Mood } from "./stage.ts";

/** One answer as the fold keeps it; `value: null` was passed, `undefined` was cleared. */
export interface Answer {
  run?: Uuid | undefined;
  step?: StepKey | undefined;
  field?: string | undefined;
  value: unknown;
  authority?: { class?: string; beyond: boolean }[] | undefined;
}

/** The facts conditions read: the record, the present mood and the status. */
export function factsOf(state: CaseState): Facts {
  const mood = state.mood === undefined ? {} : { mood: state.mood };
  return { ...state.case.record, ...mood, status: state.case.status };
}

type Step_ = { step: Step; run: Run };

/** Steps of each run's present script, by run and key: the only answers that can fall out of the record. */
function stepsOf(state: CaseState, scriptOf: ScriptOf): (answer: Answer) => Step_ | undefined {
  const byRun = new Map<Uuid, { run: Run; steps: Map<StepKey, Step> }>();
  for (const run of state.runs) {
    const script: Script | undefined = scriptOf(run.script.hash);
    if (script) byRun.set(run.id, { run, steps: new Map(script.steps.map((s) => [s.key, s])) });
  }
  return (answer) => {
    if (!answer.run || !answer.step) return undefined;
    const found = byRun.get(answer.run);
    const step = found?.steps.get(answer.step);
    return found && step ? { step, run: found.run } : undefined;
  };
}

/** Latest value per field among the answers that `applies` lets through. A passed step takes away only its own value. */
function latest(answers: readonly Answer[], applies: (a: Answer) => boolean): Map<string, Answer> {
  const values = new Map<string, Answer>();
  for (const answer of answers) {
    if (!answer.field || !applies(answer)) continue;
    if (answer.value === undefined) values.delete(answer.field);
    else if (answer.value === null) {
      const present = values.get(answer.field);
      if (present && present.step === answer.step && present.run === answer.run) values.delete(answer.field);
    } else values.set(answer.field, answer);
  }
  return values;
}

/** How often the set of applying steps is worked out again; conditions that chase each other in a circle end here. */
const ROUNDS = 6;

function settle(state: CaseState, scriptOf: ScriptOf): Map<string, Answer> {
  const stepOf = stepsOf(state, scriptOf);
  let values = latest(state.answers, () => true);
  for (let round = 0; round < ROUNDS; round++) {
    const facts: Facts = Object.fromEntries([...values].map(([field, a]) => [field, a.value]));
    const next = latest(state.answers, (answer) => {
      const found = stepOf(answer);
      return !found || stillApplies(found.step.when, facts);
    });
    const same = next.size === values.size && [...next].every(([field, a]) => values.get(field) === a);
    values = next;
    if (same) break;
  }
  return values;
}

/** Options with their approvals, and which of them count: within authority, or approved. */
function withApprovals(
  state: CaseState,
  answer: Answer,
): { options: Option[]; counting: { option: Option; class?: string }[] } {
  const counting: { option: Option; class?: string }[] = [];
  const options = (answer.value as Option[]).map((given, i) => {
    const { remedy, amount, currency, accepted } = given;
    const option: Option = {
      remedy,
      ...(amount === undefined ? {} : { amount }),
      ...(currency === undefined ? {} : { currency }),
      accepted,
    };
    const mark = answer.authority?.[i];
    if (mark?.beyond) {
      const approval = state.case.approvals.findLast(
        (a) => a.remedy === remedy && a.amount === amount && a.currency === currency,
      );
      option.approval = approval?.state ?? "pending";
    }
    if (accepted && (option.approval === undefined || option.approval === "approved"))
      counting.push({ option, ...(mark?.class === undefined ? {} : { class: mark.class }) });
    return option;
  });
  return { options, counting };
}

/** remedy, amount, currency and class follow from the accepted options: the dearest gives remedy and class, amounts of its currency add up. */
function moneyOf(counting: { option: Option; class?: string }[]): Partial<CaseRecord> {
  const dearest = counting.reduce<(typeof counting)[number] | undefined>(
    (best, c) => (!best || (c.option.amount ?? 0) > (best.option.amount ?? 0) ? c : best),
    undefined,
  );
  if (!dearest) return {};
  const { remedy, currency } = dearest.option;
  const amounts = counting.flatMap(({ option }) =>
    option.amount !== undefined && option.currency === currency ? [option.amount] : [],
  );
  return {
    remedy,
    ...(amounts.length > 0 ? { amount: Math.round(amounts.reduce((a, b) => a + b, 0) * 1e6) / 1e6 } : {}),
    ...(currency === undefined ? {} : { currency }),
    ...(dearest.class === undefined ? {} : { class: dearest.class }),
  };
}

function moodsOf(state: CaseState): Partial<CaseRecord> {
  const marks = state.case.moods.map((m) => m.mood);
  if (marks.length === 0) return {};
  return {
    mood_start: marks[0]!,
    mood_peak: Math.max(...marks) as Mood,
    mood_end: marks.at(-1)!,
  };
}

/** The record of a case whose events are all taken into `state`. */
export function deriveRecord(state: CaseState, scriptOf: ScriptOf): CaseRecord {
  const values = settle(state, scriptOf);
  const record: CaseRecord = {};
  for (const [field, answer] of values) record[field] = answer.value;
  const offered = values.get("options");
  if (offered) {
    const { options, counting } = withApprovals(state, offered);
    record.options = options;
    Object.assign(record, moneyOf(counting));
  }
  Object.assign(record, moodsOf(state));
  const ended = state.runs.findLast((r) => r.ended !== undefined)?.ended;
  if (ended !== undefined) record.ended = ended;
  return record;
}

/** The accepted options that count (within authority, or approved), each with its class. */
export function countedOptions(state: CaseState, scriptOf: ScriptOf): { option: Option; class?: string }[] {
  if (state.case.record.options === undefined) return [];
  const offered = settle(state, scriptOf).get("options");
  return offered ? withApprovals(state, offered).counting : [];
}
