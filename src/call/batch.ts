/** How many cases with the same category and cause came in: today, this week, and in a usual week. */
import type { BatchCounts } from "../core/trigger.ts";
import { isBatch } from "../core/trigger.ts";
import { localDay, startOfLocalDay } from "../core/working-time.ts";
import type { Call } from "./call.ts";

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

interface Matter {
  category: string;
  cause?: string | undefined;
}

type Caller = Pick<Call, "facts" | "store" | "state" | "library">;

function isOwn({ state }: Caller, matter: Matter): boolean {
  const { category, cause } = state.case.record;
  return category === matter.category && (matter.cause === undefined || cause === matter.cause);
}

/** Other cases opened in [since, until). */
function others(call: Caller, matter: Matter, since: Date, until?: Date): number {
  const { category, cause } = matter;
  const { total } = call.store.list({
    category,
    ...(cause === undefined ? {} : { cause }),
    since: since.toISOString(),
    ...(until ? { until: until.toISOString() } : {}),
    limit: 0,
  });
  const opened = call.state.case.opened_at;
  const own =
    isOwn(call, matter) && opened >= since.toISOString() && (!until || opened < until.toISOString());
  return total - (own ? 1 : 0);
}

function startOfWeek(call: Caller): Date {
  const { now, timeZone } = call.facts;
  const weekday = new Date(`${localDay(now(), timeZone)}T00:00:00Z`).getUTCDay();
  return startOfLocalDay(now(), timeZone, -((weekday + 6) % 7));
}

/** Without this case; `usual` is a week's mean over the four weeks before this one. */
function batchCounts(call: Caller, matter: Matter): BatchCounts {
  const { now, timeZone } = call.facts;
  const week = startOfWeek(call);
  const before = others(call, matter, new Date(+week - 4 * WEEK_MS), week);
  return {
    today: others(call, matter, startOfLocalDay(now(), timeZone)),
    week: others(call, matter, week),
    usual: before / 4,
  };
}

const counted = new WeakMap<Caller, { key: string; counts: BatchCounts }>();

/** Counts of the present category and cause, looked up once for each pair; undefined where either is unknown. */
export function presentBatch(call: Caller): BatchCounts | undefined {
  const { category, cause } = call.state.case.record;
  if (category === undefined || cause === undefined) return undefined;
  const key = `${category} ${cause}`;
  const kept = counted.get(call);
  if (kept?.key === key) return kept.counts;
  const counts = batchCounts(call, { category, cause });
  counted.set(call, { key, counts });
  return counts;
}

/** Same category and cause, today, without this case; 0 where either is unknown. */
export function sameCauseToday(call: Caller): number {
  return presentBatch(call)?.today ?? 0;
}

/** Categories, or causes within the present category, of which more came in than usual. */
export function batches(call: Caller, what: "category" | "cause"): { id: string; counts: BatchCounts }[] {
  const policy = call.library.policy();
  const { now, timeZone } = call.facts;
  const { category } = call.state.case.record;
  if (what === "cause" && category === undefined) return [];
  const today = startOfLocalDay(now(), timeZone);
  return (call.library.taxonomies()[what] ?? []).flatMap((id) => {
    const matter: Matter = what === "category" ? { category: id } : { category: category!, cause: id };
    // Most have none today, and one look is enough then.
    if (others(call, matter, today) === 0) return [];
    const counts = batchCounts(call, matter);
    return isBatch(counts, policy) ? [{ id, counts }] : [];
  });
}
