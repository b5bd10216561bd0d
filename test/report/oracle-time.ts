/** The oracle's calendar: local days and weeks from `Intl` alone. */

const DAY = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Wall-clock fields of an instant, as if they were UTC. */
export function wallClock(at: number, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(zone, format);
  }
  const part = Object.fromEntries(format.formatToParts(at).map((p) => [p.type, Number(p.value)])) as Record<
    string,
    number
  >;
  const whole = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!);
  return whole + (((at % 1000) + 1000) % 1000);
}

export function localDay(at: number, zone: string): string {
  return new Date(wallClock(at, zone)).toISOString().slice(0, 10);
}

/** The instant at which a wall clock shows `wall`; where clocks skip it, the first moment after the gap. */
export function instantOf(wall: number, zone: string): number {
  for (const guess of [
    wall - 14 * 3_600_000,
    wall - 7 * 3_600_000,
    wall,
    wall + 7 * 3_600_000,
    wall + 12 * 3_600_000,
  ]) {
    const at = wall - (wallClock(guess, zone) - guess);
    if (wallClock(at, zone) === wall) return at;
  }
  // In the gap: go on by quarters of an hour.
  for (let later = wall; ; later += 900_000) {
    const at = later - (wallClock(wall - DAY, zone) - (wall - DAY));
    if (wallClock(at, zone) >= wall && wallClock(at - 1, zone) < wall) return at;
    if (later > wall + DAY) throw new Error(`no instant for ${wall} in ${zone}`);
  }
}

export const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY;
export const dayName = (n: number): string => new Date(n * DAY).toISOString().slice(0, 10);
export const midnight = (n: number, zone: string): number => instantOf(n * DAY, zone);

/** The same wall clock some days earlier. */
export function daysEarlier(at: number, days: number, zone: string): number {
  return instantOf(wallClock(at, zone) - days * DAY, zone);
}

/** Monday of an ISO week. */
export function weekStart(year: number, week: number): number {
  const fourth = dayNumber(`${year}-01-04`);
  const weekday = (new Date(fourth * DAY).getUTCDay() + 6) % 7;
  return fourth - weekday + (week - 1) * 7;
}

/** First and last (excluded) day numbers of a period by its label. */
export function periodDays(kind: string, label: string): [number, number] {
  if (kind === "day") return [dayNumber(label), dayNumber(label) + 1];
  if (kind === "week") {
    const start = weekStart(Number(label.slice(0, 4)), Number(label.slice(6)));
    return [start, start + 7];
  }
  if (kind === "month") {
    const [year, month] = label.split("-").map(Number) as [number, number];
    return [Date.UTC(year, month - 1, 1) / DAY, Date.UTC(year, month, 1) / DAY];
  }
  const [from, to] = label.split("..");
  return [dayNumber(from!), dayNumber(to!)];
}
