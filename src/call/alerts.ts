/** One line each, for the agent only: what to know before the next sentence. */

import { fieldsOf, holds } from "../core/condition.ts";
import { apologiesMade, MAX_APOLOGIES } from "../core/line.ts";
import { hasPending } from "../core/owed.ts";
import { factsOf } from "../core/record.ts";
import { MONEY_REMEDIES } from "../core/remedy-fit.ts";
import { todoSteps } from "../core/say-choice.ts";
import type { Step } from "../core/script.ts";
import type { Talk } from "../core/talk.ts";
import { isBatch, proposalsFor, triggerFacts } from "../core/trigger.ts";
import { batches, presentBatch } from "./batch.ts";
import { FLAG_SIDES } from "./beside.ts";
import type { Call } from "./call.ts";
import { isRepeat } from "./customer-card.ts";

const RUDENESS: ReadonlySet<string> = new Set(["service-attitude"]);

/** The customer complains of how he was treated; money is then the wrong remedy. */
export function isRudeness({ state }: Pick<Call, "state">): boolean {
  const { category, cause } = state.case.record;
  return RUDENESS.has(category ?? "") || cause === "disrespect";
}

export function offersMoney(value: unknown): boolean {
  return (
    Array.isArray(value) && value.some((o: { remedy?: unknown }) => MONEY_REMEDIES.has(String(o.remedy)))
  );
}

function batchAlerts(call: Call, step: Step): string[] {
  if (step.records !== "category" && step.records !== "cause") return [];
  const labels = call.library.words(call.run.locale).labels[step.records] ?? {};
  return batches(call, step.records).map(({ id, counts }) =>
    call.t("call.alert_batch", {
      what: labels[id] ?? id,
      today: counts.today,
      week: counts.week,
      usual: Math.round(counts.usual * 10) / 10,
    }),
  );
}

/** The route of each flag that was chosen just now. */
function flagAlerts(call: Call, talk: Talk): string[] {
  if (call.lastStep?.records !== "flags") return [];
  const { flags = [] } = talk.state.case.record;
  const labels = call.library.words(call.run.locale).labels.flag ?? {};
  return flags.flatMap((flag) => {
    const steps = todoSteps(FLAG_SIDES[flag] ?? "", talk);
    return steps.length === 0
      ? []
      : [
          call.t("call.alert_flag", {
            flag: labels[flag] ?? flag,
            route: steps.join(call.t("call.sentence_gap")),
          }),
        ];
  });
}

/** Proposals to escalate, each told once. */
function triggerAlerts(call: Call, step: Step): string[] {
  const policy = call.library.policy();
  const batch = presentBatch(call);
  const repeat = isRepeat(call.store, call.state.case) ? 1 : 0;
  const facts = triggerFacts(
    call.state,
    call.facts.now(),
    { repeatCases: repeat, ...(batch ? { batch } : {}) },
    policy,
  );
  const words = call.library.words(call.run.locale).labels;
  const level = (to: string) => call.t("call.level", { level: to });
  return proposalsFor(facts, call.state.case, policy)
    .filter(({ trigger }) => isNews(call, step, `trigger ${trigger}`))
    .map(({ trigger, to }) =>
      call.t("call.alert_trigger", { why: words.trigger?.[trigger] ?? trigger, to: level(to), word: to }),
    );
}

/** Told at one step only, and there as long as it stands. */
function isNews(call: Call, step: Step, what: string): boolean {
  const at = call.told.get(what);
  if (at === undefined) call.told.set(what, step.key);
  return at === undefined || at === step.key;
}

/** Scripts that would fit better now; the first that was not suggested yet. */
function switchAlerts(call: Call, step: Step): string[] {
  const facts = factsOf(call.state);
  const infos = call.library.scriptInfos(call.run.locale);
  const better = call.script.switches.find(
    (s) =>
      s.to !== call.script.id &&
      infos.some((info) => info.id === s.to) &&
      fieldsOf(s.when).length > 0 &&
      holds(s.when, facts) &&
      isNews(call, step, `script ${s.to}`),
  );
  if (!better) return [];
  const title = infos.find((info) => info.id === better.to)?.title ?? better.to;
  return [call.t("call.alert_script", { title, id: better.to })];
}

function apologyAlerts(call: Call, talk: Talk): string[] {
  const made = apologiesMade(talk.run, talk.script, talk.t);
  const isBefore = talk.stage !== "follow-up" && talk.state.case.record.options === undefined;
  return made >= MAX_APOLOGIES && isBefore ? [call.t("call.alert_apologies", { count: made })] : [];
}

function offerAlerts(call: Call, step: Step): string[] {
  const { options } = call.state.case.record;
  if (step.kind === "offer")
    return [call.t(isRudeness(call) ? "call.alert_rudeness" : "call.alert_two_options")];
  if (call.lastStep?.kind !== "offer" || !options) return [];
  return [
    ...(isRudeness(call) && offersMoney(options) ? [call.t("call.alert_rudeness")] : []),
    ...(options.length === 1 ? [call.t("call.alert_two_options")] : []),
  ];
}

/** Everything the agent should know at `step`, the weightiest first. */
export function alertsAt(call: Call, step: Step, talk: Talk): string[] {
  const batch = presentBatchAlert(call);
  return [
    ...flagAlerts(call, talk),
    ...(hasPending(call.state) ? [call.t("call.alert_pending")] : []),
    ...offerAlerts(call, step),
    ...apologyAlerts(call, talk),
    ...batchAlerts(call, step),
    ...batch,
    // A rehearsal has chosen its script.
    ...(call.practice ? [] : switchAlerts(call, step)),
    ...triggerAlerts(call, step),
  ];
}

/** What to do about a known fault, right after its cause was chosen. */
function presentBatchAlert(call: Call): string[] {
  if (call.lastStep?.records !== "cause") return [];
  const counts = presentBatch(call);
  if (!counts || !isBatch(counts, call.library.policy())) return [];
  const { cause = "" } = call.state.case.record;
  const what = call.library.words(call.run.locale).labels.cause?.[cause] ?? cause;
  return [call.t("call.alert_known_fault", { what, ...counts, usual: Math.round(counts.usual * 10) / 10 })];
}
