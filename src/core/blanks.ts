/**
 * The blanks of sentences, filled from the case. What each holds, and how it differs by stage, is said at the top of
 * `data/phrases.yaml`. A blank that is empty, or may not read well, is undefined: its line is then not shown.
 */
import { authorityOf } from "./authority.ts";
import { spokenDay, spokenDeadline, spokenMoney, spokenTime } from "./blanks-spoken.ts";
import {
  bareNoun,
  clause,
  formOfAddress,
  isPlainTeam,
  moneyIn,
  namedMatter,
  nounPhrase,
  teamName,
} from "./blanks-text.ts";
import type { Option } from "./field.ts";
import { MONEY_REMEDIES, nameableRemedies } from "./remedy-fit.ts";
import type { Line } from "./script.ts";
import type { Stage } from "./stage.ts";
import type { Talk } from "./talk.ts";
import { localDay, toInstant } from "./working-time.ts";

/** The line a blank stands in: its move and stage decide which date or reason is meant. */
export type Place = Pick<Line, "stage" | "move" | "text">;

const BLANK = /\{([a-z_]+)\}/g;

export function blanksIn(text: string): string[] {
  return [...text.matchAll(BLANK)].map((m) => m[1]!);
}

/** Fills every blank; undefined where one is empty. A blank that begins a sentence takes a capital letter. */
export function fillBlanks(text: string, value: (name: string) => string | undefined): string | undefined {
  let filled = "";
  let at = 0;
  for (const match of text.matchAll(BLANK)) {
    const word = value(match[1]!);
    if (word === undefined || word === "") return undefined;
    filled += text.slice(at, match.index);
    const begins = /(^|[.!?]["”’)]*\s+)["“‘(]*$/.test(filled);
    filled += begins ? word[0]!.toUpperCase() + word.slice(1) : word;
    at = match.index + match[0].length;
  }
  return filled + text.slice(at);
}

/** The stage a line speaks in: lines of side actions take the present one. */
function stageOf(place: Place, talk: Talk): Stage {
  return place.stage === "any" ? talk.stage : place.stage;
}

/** ICU select keys take no dashes. */
const icuKey = (id: string): string => id.replaceAll("-", "_");

function issue({ state, locale, t }: Talk): string | undefined {
  const { summary, product, category } = state.case.record;
  const named = namedMatter(summary, locale);
  if (named !== undefined) return named;
  const thing = bareNoun(product, locale);
  if (thing !== undefined) return t("call.issue_product", { product: thing });
  return category === undefined ? undefined : t("call.issue", { category: icuKey(category) }) || undefined;
}

/**
 * listen, apologize: what the customer told, as the agent summed it up. Other stages: the answer of a step `<stage>.fact`
 * where a script has one, since no field of the record says what was found or done.
 */
function fact(place: Place, talk: Talk): string | undefined {
  const stage = stageOf(place, talk);
  const own = talk.state.runs.findLast((r) => r.answers.has(`${stage}.fact`))?.answers.get(`${stage}.fact`);
  // It was asked for as a short clause, so it may speak of us and needs no sign of a complaint.
  if (own !== undefined) return clause(own, talk.locale, true);
  return stage === "listen" || stage === "apologize"
    ? clause(talk.state.case.record.summary, talk.locale)
    : undefined;
}

const DECISION_MOVES: ReadonlySet<string> = new Set(["rule-plain", "honest-limit", "clear-offer"]);

function reason(place: Place, talk: Talk): string | undefined {
  const { reasonable_why, deadline_reason } = talk.state.case.record;
  return clause(DECISION_MOVES.has(place.move) ? reasonable_why : deadline_reason, talk.locale, true);
}

/** The promise a follow-up line speaks of: the last one kept or, where it apologises for a delay, the one missed. */
function promiseOf(place: Place, talk: Talk) {
  const { promises } = talk.state.case;
  const now = talk.now.toISOString();
  if (place.move === "promise-kept") return promises.findLast((p) => p.state === "kept");
  if (place.move === "delay-own" || place.move === "broken-promise")
    return promises.findLast((p) => p.state === "broken" || (p.state === "open" && p.due_at < now));
  return undefined;
}

/** The deadline on record while it lies ahead: one that has passed is nobody's plan any more. */
function deadlineAhead({ state, now, timeZone }: Talk): string | undefined {
  const { deadline } = state.case.record;
  if (typeof deadline !== "string") return undefined;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(deadline);
  const isOver = isDay ? deadline < localDay(now, timeZone) : toInstant(deadline, timeZone) <= now;
  return isOver ? undefined : deadline;
}

function deadline(place: Place, talk: Talk): string | undefined {
  return spokenDeadline(promiseOf(place, talk)?.due_at ?? deadlineAhead(talk), talk);
}

const DAY_MS = 86_400_000;

function happenedOn(place: Place, talk: Talk): string | undefined {
  const { incident_at, received_at } = talk.state.case.record;
  if (place.move === "seen-your-message") return spokenDay(received_at, talk);
  if (place.move === "broken-promise") return spokenDay(promiseOf(place, talk)?.due_at, talk);
  const isWaiting = /^(apology-wait|validate-fact)$/.test(place.move);
  if (isWaiting && typeof incident_at === "string") {
    const waited = +talk.now - +toInstant(incident_at, talk.timeZone);
    if (waited < 2 * DAY_MS) return undefined;
  }
  return spokenDay(incident_at, talk);
}

/** To analyze: when it happened; resolve: when it will be; follow-up: when it was done. */
function date(place: Place, talk: Talk): string | undefined {
  const stage = stageOf(place, talk);
  if (stage === "resolve") return spokenDay(deadlineAhead(talk), talk);
  if (stage !== "follow-up") return happenedOn(place, talk);
  const kept = talk.state.case.promises.findLast((p) => p.state === "kept")?.settled_at;
  return spokenDay(kept ?? talk.state.case.resolved_at, talk);
}

/** The open promise that comes first, else the policy's next update: both are on record, so neither is an empty promise. */
function nextUpdate(talk: Talk): string | undefined {
  const now = talk.now.toISOString();
  const due = talk.state.case.promises
    .filter((p) => p.state === "open" && p.due_at > now)
    .map((p) => p.due_at);
  const next = due.sort()[0] ?? talk.state.case.update_by;
  return next === undefined || next <= now ? undefined : spokenDeadline(next, talk);
}

/** A clock time is only said for a promise due today. */
function time(talk: Talk): string | undefined {
  const now = talk.now.toISOString();
  const next = talk.state.case.promises
    .filter((p) => p.state === "open" && p.due_at > now)
    .map((p) => p.due_at);
  const due = next.sort()[0];
  if (due === undefined || spokenDay(due, talk) !== spokenDay(now, talk)) return undefined;
  return spokenTime(due, talk);
}

/** The sum the customer asks for; at the end the sum that was given. */
export function amountOf(place: Place, talk: Talk): { amount: number; currency: string } | undefined {
  const { demand, amount, currency } = talk.state.case.record;
  if (stageOf(place, talk) === "follow-up")
    return amount === undefined ? undefined : { amount, currency: currency ?? talk.currency };
  return moneyIn(demand, talk.currency);
}

/** What this agent may give of money by himself. */
function ownLimit(talk: Talk): number | undefined {
  const limits = ["refund", "compensate-money", "service-compensation"].map(
    (remedy) => authorityOf(remedy, 0, talk.currency, talk.level, talk.policy).limit,
  );
  return limits.find((limit) => limit !== undefined && limit > 0);
}

/** A sum that is said to need somebody else must really be above the agent's own limit; one that was given is no news. */
function amount(place: Place, talk: Talk): string | undefined {
  const sum = amountOf(place, talk);
  if (!sum || place.move === "next-news") return undefined;
  const needsLead = /\{(lead|limit)\}/.test(place.text) && stageOf(place, talk) !== "follow-up";
  const limit = sum.currency === talk.currency ? ownLimit(talk) : undefined;
  if (needsLead && limit !== undefined && sum.amount <= limit) return undefined;
  return spokenMoney(sum.amount, sum.currency, talk);
}

function phraseOf(option: Pick<Option, "remedy" | "amount" | "currency">, talk: Talk): string | undefined {
  const remedy = icuKey(option.remedy);
  if (option.amount === undefined) return talk.t("call.option", { remedy }) || undefined;
  const money = spokenMoney(option.amount, option.currency ?? talk.currency, talk);
  return talk.t("call.option_money", { remedy, money }) || undefined;
}

const MENDING: ReadonlySet<string> = new Set([
  "fix",
  "repair",
  "onsite-repair",
  "parts",
  "replace",
  "training",
]);

/** Whether a line may name the remedy: what makes a thing work again mends, and what stands in for money is none. */
function suits(place: Place, remedy: string): boolean {
  if (place.move === "durable-fix" || place.move === "shared-interest") return MENDING.has(remedy);
  return place.move !== "alternative" || !MONEY_REMEDIES.has(remedy);
}

/** Options that may be named: what was accepted and counts; before an offer what the agent may give; never a refused one. */
function nameableOptions(place: Place, talk: Talk): string[] {
  const { options } = talk.state.case.record;
  const fair = options?.filter((o) => o.approval === undefined || o.approval === "approved");
  const chosen =
    place.move === "find-dispute-point" ? fair?.filter((o) => !o.accepted) : fair?.filter((o) => o.accepted);
  const named: Pick<Option, "remedy" | "amount" | "currency">[] = options
    ? (chosen ?? [])
    : nameableRemedies(talk.state.case.record, talk.level, talk.currency, talk.policy).map((remedy) => ({
        remedy,
      }));
  const phrases = named
    .filter((option) => suits(place, option.remedy))
    .map((option) => phraseOf(option, talk));
  return phrases.every((p) => p !== undefined) ? phrases : [];
}

function dept(talk: Talk): string | undefined {
  const team = teamName(talk.state.case.record.department, talk.locale);
  if (team === undefined) return undefined;
  return isPlainTeam(team) ? talk.t("call.dept", { team }) : team;
}

const emergency = (name: "police" | "ambulance" | "fire" | "crisis_line") => (_: Place, talk: Talk) =>
  talk.emergency[name] || talk.t("call.local_emergency_number");

const VALUES: Readonly<Record<string, (place: Place, talk: Talk) => string | undefined>> = {
  title: (_, talk) => formOfAddress(talk.state.case.record.customer_name, talk.locale),
  name: (_, talk) => teamName(talk.state.case.record.customer_name, talk.locale),
  agent: (_, talk) => talk.agent,
  org: (_, talk) => talk.org || undefined,
  phone: (_, talk) => teamName(talk.state.case.record.customer_phone, talk.locale),
  issue: (_, talk) => issue(talk),
  product: (_, talk) => bareNoun(talk.state.case.record.product, talk.locale),
  fact,
  reason,
  loss: (_, talk) => nounPhrase(talk.state.case.record.loss, talk.locale),
  amount,
  limit: (_, talk) => {
    const limit = ownLimit(talk);
    return limit === undefined ? undefined : spokenMoney(limit, talk.currency, talk);
  },
  option_a: (place, talk) => nameableOptions(place, talk)[0],
  option_b: (place, talk) => nameableOptions(place, talk)[1],
  dept: (_, talk) => dept(talk),
  lead: (place, talk) =>
    place.move === "new-contact"
      ? teamName(talk.state.case.owner, talk.locale)
      : talk.lead || talk.t("call.lead"),
  date,
  time: (_, talk) => time(talk),
  deadline,
  next_update: (_, talk) => nextUpdate(talk),
  case_id: (_, talk) => talk.state.case.ref,
  police: emergency("police"),
  ambulance: emergency("ambulance"),
  fire: emergency("fire"),
  crisis_line: emergency("crisis_line"),
};

export const BLANK_NAMES: readonly string[] = Object.keys(VALUES);

/** What a blank holds at this moment; undefined: nothing, or nothing that would read well. */
export function blankOf(name: string, place: Place, talk: Talk): string | undefined {
  return VALUES[name]?.(place, talk);
}

/** The sentence with its blanks filled; undefined: it cannot be said now. */
export function sentence(place: Place, talk: Talk): string | undefined {
  return fillBlanks(place.text, (name) => blankOf(name, place, talk));
}
