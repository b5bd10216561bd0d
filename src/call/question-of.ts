/** The question of a step as plain data: what every face shows. */
import { authorityOf } from "../core/authority.ts";
import { FIELDS, type Option } from "../core/field.ts";
import { nextStep, progressOf } from "../core/next-step.ts";
import type { OfferChoice, Question } from "../core/question.ts";
import { fittingRemedies, MONEY_REMEDIES } from "../core/remedy-fit.ts";
import type { Choice, Step } from "../core/script.ts";
import { alertsAt } from "./alerts.ts";
import { besideStep } from "./beside.ts";
import { type Call, talkAt } from "./call.ts";
import { closingStep } from "./closing.ts";
import { customerCard } from "./customer-card.ts";

/** The step to show: where back or jump went, else the first unanswered one, else the closing question; undefined: all is asked. */
export function presentStep(call: Call): Step | undefined {
  const focused = call.focus && stepOf(call, call.focus);
  return focused ?? nextStep(call.script, call.state, call.run) ?? closingStep(call);
}

export function stepOf(call: Call, key: string): Step | undefined {
  const closing = closingStep(call);
  return closing?.key === key ? closing : call.script.steps.find((s) => s.key === key);
}

/** Remedies that fit the failure, with what this level may give of each. */
function offerChoices(call: Call, step: Step): OfferChoice[] {
  const { facts, library, state } = call;
  const known = step.choices?.map((c) => c.id) ?? library.taxonomies().remedy ?? [];
  const labels = library.words(call.run.locale).labels.remedy ?? {};
  return fittingRemedies(state.case.record.category, known).map((id) => {
    const { within, limit } = authorityOf(id, undefined, facts.currency, facts.level, library.policy());
    const takesMoney = limit !== undefined || MONEY_REMEDIES.has(id);
    return {
      id,
      label: step.choices?.find((c) => c.id === id)?.label ?? labels[id] ?? id,
      ...(limit === undefined ? {} : { limit }),
      ...(takesMoney ? { currency: facts.currency } : {}),
      needs_approval: !within,
    };
  });
}

function choicesOf(call: Call, step: Step): (Choice | OfferChoice)[] | undefined {
  if (step.kind === "offer") return offerChoices(call, step);
  return step.choices;
}

/** An option as it may be given again: without what the program found out about it. */
function asGiven({ approval: _, ...option }: Option): Omit<Option, "approval"> {
  return option;
}

/** The present answer of this run; else what the case knows already, save what only a new conversation can tell; else the script's. */
function defaultOf(call: Call, step: Step): unknown {
  const { run, state } = call;
  const own = run.answers.get(step.key) ?? (step.records ? run.fields.get(step.records) : undefined);
  if (own !== undefined && own !== null) return own;
  if (step.records && own === undefined && FIELDS[step.records].group !== "outcome") {
    const known = state.case.record[step.records];
    if (Array.isArray(known) && step.records === "options") return (known as Option[]).map(asGiven);
    if (known !== undefined) return known;
  }
  return own === undefined ? step.default : undefined;
}

/** Seconds of this run, pauses not counted. */
export function elapsedOf({ run, facts }: Pick<Call, "run" | "facts">): number {
  const sinceLast = Math.max(0, +facts.now() - Date.parse(run.last_at));
  return Math.floor((run.active_ms + (run.finished_at === undefined ? sinceLast : 0)) / 1000);
}

export function questionOf(call: Call, step: Step): Question {
  const { state, run, caseId } = call;
  const beside = besideStep(call, step);
  const alerts = call.facts.density === "quiet" ? [] : alertsAt(call, step, talkAt(call, step));
  const customer = customerCard(call);
  const typed = call.store.typed(caseId, step.key);
  const choices = choicesOf(call, step);
  const given = defaultOf(call, step);
  const { alternatives, ...rest } = beside;
  return {
    ref: state.case.ref,
    run: run.id,
    step: step.key,
    stage: step.stage,
    kind: step.kind,
    ...(step.records ? { records: step.records } : {}),
    ask: step.ask,
    ...(step.help ? { help: step.help } : {}),
    ...rest,
    ...(alternatives.length > 0 ? { alternatives } : {}),
    ...(choices ? { choices } : {}),
    ...(given === undefined ? {} : { default: given }),
    optional: step.optional === true,
    ...(state.mood === undefined ? {} : { mood: state.mood }),
    progress: progressOf(call.script, state, run),
    ...(customer ? { customer } : {}),
    alerts,
    ...(typed === undefined ? {} : { typed }),
    elapsed: elapsedOf(call),
    ...(run.held_since === undefined ? {} : { held_since: run.held_since }),
  };
}
