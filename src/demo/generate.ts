/** A centre's weeks of complaints, made through the same events as real ones. The same seed, clock and zone give the same cases. */
import type { EventDraft, UtcIso } from "../core/event.ts";
import type { CaseState } from "../core/fold.ts";
import type { Uuid } from "../core/id.ts";
import type { Locale } from "../core/locale.ts";
import type { Script } from "../core/script.ts";
import { liveOn } from "./aftermath.ts";
import { makeAppeals } from "./appeals.ts";
import { type Arrival, arrivalsOf, demoStart } from "./arrivals.ts";
import { type Plan, planCase } from "./case-plan.ts";
import { type Customer, newCustomer } from "./customers.ts";
import { addActions } from "./demo-actions.ts";
import { type Detail, firstCall } from "./first-call.ts";
import { type History, startHistory } from "./history.ts";
import { type DemoOptions, freeId, type Making } from "./making.ts";
import { type Chance, createChance } from "./random.ts";

export interface Demo {
  cases: number;
  from: UtcIso;
  to: UtcIso;
  /** Refs worth looking at: of the customer who complains again and again. */
  repeatPhone: string;
}

const DAY = 86_400_000;
const MINUTE = 60_000;
const BATCH = 100;
/** Beyond so many cases less of each call is written. */
const FULL_UP_TO = 5000;
const LEAN_UP_TO = 200_000;

function detailFor(cases: number): Detail {
  return cases <= FULL_UP_TO ? "full" : cases <= LEAN_UP_TO ? "lean" : "thin";
}

function customerOf(making: Making, arrival: Arrival, isStar: boolean, chance: Chance): Customer {
  if (isStar) return making.star;
  const again = making.recent.length > 0 && chance.chance(0.06) ? chance.pick(making.recent) : undefined;
  const customer = again?.customer ?? newCustomer(chance);
  making.recent.push({ customer, at: arrival.at });
  if (making.recent.length > 200) making.recent.shift();
  return customer;
}

/** The same complaint taken down twice is closed as a duplicate of the first. */
function duplicate(making: Making, history: History, plan: Plan, at: number): void {
  const of = making.last!;
  history.add(at + 9 * MINUTE, plan.agent, {
    type: "closed",
    data: { reason: "duplicate", duplicate_of: of.id },
  });
  history.commit();
}

function makeCase(
  making: Making,
  arrival: Arrival,
  index: number,
  role: "star" | "stale" | "live" | undefined,
): { caseId: Uuid; drafts: EventDraft[] } {
  const { options, context, detail } = making;
  const { now, seed, library } = options;
  const chance = createChance(`${seed}/${index}`);
  const customer = customerOf(making, arrival, role === "star", chance);
  const plan = planCase(arrival, customer, library.policy(), chance);
  if (role === "stale" || role === "live") plan.ending = "draft";
  const id = freeId(plan.at, chance, making.refs);
  const history = startHistory(id, chance, context);
  const script = making.scripts(plan.story.script, plan.locale);
  const first = firstCall(plan, script, history, detail);
  const isDuplicate =
    plan.ending === "open" && making.last?.plan.locale === plan.locale && chance.chance(0.02);
  if (isDuplicate) duplicate(making, history, plan, first.at);
  else if (plan.ending !== "draft") {
    const callBack = making.scripts("call-back", plan.locale);
    const state = liveOn(
      { plan, history, policy: library.policy(), callBack, now: +now, detail },
      first.state,
      first.at,
    );
    remember(making, state, plan);
  }
  making.last = isDuplicate ? undefined : { id, plan };
  return { caseId: id, drafts: history.drafts() };
}

function remember(making: Making, { case: c }: CaseState, plan: Plan): void {
  const { outcome } = c.record;
  if (c.resolved_at === undefined || (outcome !== "not_upheld" && outcome !== "partly")) return;
  making.appealable.push({ id: c.id, plan, at: Date.parse(c.resolved_at) });
}

type Role = Parameters<typeof makeCase>[3];

/** Which arrivals are special: the customer who comes again and again, the drafts nobody finished, the call going on. */
function rolesOf(arrivals: readonly Arrival[], now: number, chance: Chance): Map<number, Role> {
  const roles = new Map<number, Role>();
  for (const days of [24, 15, 8, 2.5]) {
    const wanted = now - days * DAY;
    const index = arrivals.findIndex((a, i) => a.at >= wanted && !a.spike && !roles.has(i));
    if (index >= 0) roles.set(index, "star");
  }
  const old = [...arrivals.keys()].filter(
    (i) => !roles.has(i) && arrivals[i]!.at < now - 30 * 3_600_000 && arrivals[i]!.at > now - 12 * DAY,
  );
  for (let k = Math.min(old.length, Math.max(1, Math.round(arrivals.length * 0.006))); k > 0; k--)
    roles.set(old.splice(chance.int(0, old.length - 1), 1)[0]!, "stale");
  if (!roles.has(arrivals.length - 1)) roles.set(arrivals.length - 1, "live");
  return roles;
}

function prepare(options: DemoOptions): Making {
  const { store, library, policyZone } = { ...options, policyZone: options.timeZone };
  const kept = new Map<string, Script>();
  const scripts = (id: string, locale: Locale): Script => {
    const key = `${id}/${locale}`;
    const script = kept.get(key) ?? library.script(id, locale) ?? library.script("good-faith", locale);
    if (!script) throw new Error(`the package has no script ${id} for ${locale}`);
    if (!kept.has(key)) store.putScript(script);
    kept.set(key, script);
    return script;
  };
  const byHash = (hash: string) => [...kept.values()].find((s) => s.hash === hash);
  return {
    options,
    context: { policy: library.policy(), timeZone: policyZone, country: options.country, scriptOf: byHash },
    detail: detailFor(options.cases),
    scripts,
    refs: new Set(),
    recent: [],
    star: newCustomer(createChance(`${options.seed}/star`)),
    appealable: [],
    last: undefined,
  };
}

/** Fills an empty store. Deterministic for seed, clock and time zone, ids and refs included. */
export function generateDemo(options: DemoOptions): Demo {
  const { store, now, weeks, timeZone, seed } = options;
  const making = prepare(options);
  const appeals = options.cases < 40 ? 0 : Math.max(2, Math.round(options.cases * 0.006));
  const start = demoStart(+now, weeks, timeZone);
  const chance = createChance(`${seed}`);
  const arrivals = arrivalsOf(options.cases - appeals, start, +now, timeZone, chance);
  const roles = rolesOf(arrivals, +now, chance);
  for (let from = 0; from < arrivals.length; from += BATCH) {
    const batch = arrivals
      .slice(from, from + BATCH)
      .map((arrival, i) => makeCase(making, arrival, from + i, roles.get(from + i)));
    store.appendAll(batch);
    options.progress?.(from + batch.length);
  }
  const appealed = makeAppeals(making, appeals);
  store.appendAll(appealed);
  addActions(store, options, chance);
  return {
    cases: arrivals.length + appealed.length / 2,
    from: new Date(start).toISOString(),
    to: now.toISOString(),
    repeatPhone: making.star.phone,
  };
}
