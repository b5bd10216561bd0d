/** The deadlines of very many cases, by the same rules as `core/clock.ts` stamps them on one. */
import type { Clock } from "../core/event.ts";
import type { Policy, Span } from "../core/policy.ts";
import { addSpan, toInstant, workingCalendar } from "../core/working-time.ts";
import type { MappedRow } from "./map-rows.ts";

export type Deadlines = (row: MappedRow) => Clock;

/** Clocks change and days begin at quarters of an hour, so within one the deadlines move along. */
const QUARTER = 15 * 60_000;
/** Results kept per span. */
const KEPT = 50_000;

/** `span` after many instants. */
function spanAdder(add: (from: Date) => number): (from: number) => string {
  const known = new Map<number, number>();
  return (from) => {
    const begin = Math.floor(from / QUARTER) * QUARTER;
    let due = known.get(begin);
    if (due === undefined) {
      if (known.size > KEPT) known.clear();
      due = add(new Date(begin));
      known.set(begin, due);
    }
    return new Date(due + (from - begin)).toISOString();
  };
}

/** Deadlines under `policy`; `country` holds where it names none for its holidays. */
export function importDeadlines(policy: Policy, timeZone: string, country: string | undefined): Deadlines {
  const calendar = workingCalendar(policy, timeZone, country);
  const adders = new Map<string, (from: number) => string>();
  const after = (from: number, span: Span): string => {
    const key = JSON.stringify(span);
    let add = adders.get(key);
    if (!add) {
      add = spanAdder((at) => +addSpan(calendar, at, span));
      adders.set(key, add);
    }
    return add(from);
  };
  return ({ values, opened, closed, status }) => {
    const { received_at, severity } = values;
    const start = received_at === undefined ? opened.ms : +toInstant(received_at, timeZone);
    const { resolve } = policy.clocks;
    const span = (severity === undefined ? undefined : resolve[severity]) ?? resolve.default;
    return {
      resolve_by: after(start, span ?? { days: 15, kind: "calendar" }),
      ...(status === "open" ? { update_by: after(opened.ms, policy.clocks.update_days) } : {}),
      ...(status === "resolved" ? { callback_due: after((closed ?? opened).ms, policy.callback.after) } : {}),
    };
  };
}
