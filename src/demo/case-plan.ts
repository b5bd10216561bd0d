/** What a complaint of the demonstration is about and how it will go, decided before its first event. */
import { authorityOf } from "../core/authority.ts";
import type { Option } from "../core/field.ts";
import type { Locale } from "../core/locale.ts";
import type { Policy } from "../core/policy.ts";
import type { Arrival } from "./arrivals.ts";
import { type Customer, spelledPhone } from "./customers.ts";
import type { Chance } from "./random.ts";
import { AGENTS, SPIKE_STORY, STORIES, type Story, TEXTS, type Texts, WEEKDAYS } from "./stories.ts";

/** How the first conversation ends. */
export type Ending =
  | "on_spot_rated" // solved and rated: closed at once
  | "on_spot" // solved, the callback is due
  | "not_upheld"
  | "withdrawn"
  | "cut_off"
  | "open"
  | "draft"; // nobody finished it

export interface Plan {
  story: Story;
  customer: Customer;
  locale: Locale;
  agent: string;
  at: number;
  channel: string;
  ending: Ending;
  mood: number;
  /** Record fields as the call will take them. */
  fields: Record<string, unknown>;
  options?: { value: Option[]; authority: { class?: string; beyond: boolean }[] };
  promise?: { what: string; reason: string };
}

const CHANNELS: readonly (readonly [string, number])[] = [
  ["phone", 58],
  ["web-app", 12],
  ["chat", 10],
  ["visit", 8],
  ["email", 7],
  ["social", 3],
  ["letter", 2],
];

const ENDINGS: readonly (readonly [Ending, number])[] = [
  ["open", 66],
  ["on_spot_rated", 13],
  ["on_spot", 9],
  ["not_upheld", 4],
  ["cut_off", 4],
  ["withdrawn", 2],
];

function weighted<T>(list: readonly (readonly [T, number])[], chance: Chance): T {
  return chance.weighted(list, ([, weight]) => weight)[0];
}

/** One of the texts in the customer's language, blanks filled. */
export function tell(
  texts: Texts,
  locale: Locale,
  chance: Chance,
  blanks: Readonly<Record<string, string>> = {},
): string {
  return chance.pick(texts[locale]!).replace(/\{([a-z]+)\}/g, (blank, name: string) => blanks[name] ?? blank);
}

function blanksFor(story: Story, locale: Locale, chance: Chance): Record<string, string> {
  const [low, high] = story.amount ?? [20, 200];
  return {
    n: String(chance.int(2, 6)),
    amount: String(chance.int(low, high)),
    hour: `${chance.int(8, 19)}:${chance.pick(["00", "30"])}`,
    day: chance.pick(WEEKDAYS[locale]!),
    place: tell(TEXTS.place, locale, chance),
    item: story.items ? tell(story.items, locale, chance) : "",
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const MONEY: ReadonlySet<string> = new Set([
  "refund",
  "service-compensation",
  "compensate-money",
  "compensate-goods",
  "gift",
]);

function optionOf(remedy: string, story: Story, locale: Locale, accepted: boolean, chance: Chance): Option {
  if (!MONEY.has(remedy) || !story.amount) return { remedy, accepted };
  const [low, high] = story.amount;
  const rate = locale === "zh-TW" ? 4.5 : 1;
  const amount = Math.round((low + (high - low) * chance.next() ** 2) * rate);
  return { remedy, amount, currency: locale === "zh-TW" ? "TWD" : "CNY", accepted };
}

/** Two options at least, and one that the customer took. */
function optionsOf(story: Story, locale: Locale, policy: Policy, chance: Chance): Plan["options"] {
  const taken = chance.int(0, Math.min(1, story.remedies.length - 1));
  const value = story.remedies
    .slice(0, chance.int(2, 3))
    .map((remedy, i) => optionOf(remedy, story, locale, i === taken, chance));
  const authority = value.map((o) => {
    const { within, class: level } = authorityOf(o.remedy, o.amount, o.currency, "agent", policy);
    return { ...(level === undefined ? {} : { class: level }), beyond: !within && o.accepted };
  });
  return { value, authority };
}

/** Channels on which the customer wrote before anybody opened the case. */
const WRITTEN: ReadonlySet<string> = new Set(["email", "web-app", "letter", "social"]);

const OUTCOME: Partial<Record<Ending, string>> = {
  on_spot_rated: "resolved_on_spot",
  on_spot: "resolved_on_spot",
  not_upheld: "not_upheld",
  withdrawn: "withdrawn",
};

function fieldsOf(plan: Omit<Plan, "fields">, chance: Chance): Record<string, unknown> {
  const { story, customer, locale, channel, ending } = plan;
  const blanks = blanksFor(story, locale, chance);
  const fields: Record<string, unknown> = {
    channel,
    words: capital(tell(story.words, locale, chance, blanks)),
    summary: tell(story.summary, locale, chance, blanks),
    customer_name: customer.name,
    customer_phone: spelledPhone(customer, chance),
    identity_verified: chance.chance(0.8),
    recording_notice: true,
    kind: chance.chance(0.85) ? story.kind : chance.pick(["valid", "help-seeking", "venting"]),
    psychology: chance.pick(story.psychology),
    demand: tell(story.demand, locale, chance, blanks),
    category: story.category,
    reasonable: chance.weighted(["yes", "partly", "no"], (r) => (r === "yes" ? 75 : r === "partly" ? 20 : 5)),
    agreed: ending === "not_upheld" ? "no" : chance.chance(0.85) ? "yes" : "partly",
    callback_wanted: chance.chance(0.8),
  };
  if (channel === "email" || channel === "web-app") fields.customer_email = `${customer.phone}@example.com`;
  if (WRITTEN.has(channel))
    fields.received_at = new Date(plan.at - chance.int(20, 1100) * 60_000).toISOString();
  if (customer.account) fields.customer_account = customer.account;
  if (story.cause && chance.chance(0.94)) fields.cause = story.cause;
  if (story.cause_side) fields.cause_side = story.cause_side;
  if (story.kind !== "venting") fields.severity = chance.pick(story.severity);
  if (story.department) fields.department = story.department;
  if (blanks.item) fields.product = blanks.item;
  if (story.flags && chance.chance(0.35)) fields.flags = [chance.pick(story.flags)];
  if (OUTCOME[ending]) fields.outcome = OUTCOME[ending];
  if (ending === "on_spot_rated") {
    fields.satisfaction = chance.weighted([3, 4, 5], (s) => s);
    fields.callback_wanted = false;
  }
  return fields;
}

/** Decides a case that comes in by `arrival`. */
export function planCase(arrival: Arrival, customer: Customer, policy: Policy, chance: Chance): Plan {
  const story = arrival.spike ? SPIKE_STORY : chance.weighted(STORIES, (s) => s.weight);
  const { locale } = customer;
  const isVenting = story.kind === "venting";
  const ending = isVenting
    ? chance.pick(["on_spot_rated", "on_spot", "withdrawn"] as const)
    : weighted(ENDINGS, chance);
  const hasOptions = ending !== "cut_off" && ending !== "withdrawn" && !isVenting;
  const plan = {
    story,
    customer,
    locale,
    agent: chance.pick(AGENTS),
    at: arrival.at,
    channel: weighted(CHANNELS, chance),
    ending,
    mood: chance.int(story.mood[0], story.mood[1]),
    ...(hasOptions ? { options: optionsOf(story, locale, policy, chance)! } : {}),
    ...(ending === "open" && chance.chance(0.7)
      ? { promise: { what: tell(story.promise, locale, chance), reason: tell(TEXTS.reason, locale, chance) } }
      : {}),
  };
  return { ...plan, fields: fieldsOf(plan, chance) };
}
