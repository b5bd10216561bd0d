/** Local times of a zone as instants, many at a time. */
import { TZDate } from "@date-fns/tz";

export function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone !== undefined;
  } catch {
    return false;
  }
}

const DAY = 86_400_000;

/** Milliseconds since 1970 of a local time, which is given as if it were UTC. A time that the clocks skip is moved on. */
export type ToInstant = (localMs: number) => number;

function exact(localMs: number, zone: string): number {
  const t = new Date(localMs);
  const [year, month, day] = [t.getUTCFullYear(), t.getUTCMonth(), t.getUTCDate()];
  return (
    +new TZDate(year, month, day, t.getUTCHours(), t.getUTCMinutes(), t.getUTCSeconds(), zone) +
    (localMs % 1000)
  );
}

/** A zone's offset is asked once per day, save on days on which the clocks change. */
export function toInstantIn(zone: string): ToInstant {
  const offsets = new Map<number, number | undefined>();
  return (localMs) => {
    const day = Math.floor(localMs / DAY);
    if (!offsets.has(day)) {
      const [from, to] = [day * DAY, (day + 1) * DAY];
      const offset = exact(from, zone) - from;
      offsets.set(day, exact(to, zone) - to === offset ? offset : undefined);
    }
    const offset = offsets.get(day);
    return offset === undefined ? exact(localMs, zone) : localMs + offset;
  };
}
