/** When the complaints of the demonstration come in: by weekday and hour, slowly rising, with one spike near the end. */
import { daysOf, type Period, shiftDays } from "../core/period.ts";
import type { Chance } from "./random.ts";

export interface Arrival {
  at: number;
  /** One of the spike's. */
  spike: boolean;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Monday first. Much waits over the weekend. */
const WEEKDAY = [1.35, 1.1, 1, 1, 1.05, 0.55, 0.35] as const;
/** From eight in the morning on. */
const BY_HOUR = [0.5, 1.3, 1.6, 1.3, 0.7, 0.9, 1.2, 1.3, 1.2, 1, 0.8, 0.6] as const;
const OPENS = 8;

/** Nobody is still on the phone at the end but those who are meant to be. */
const LAST_CALL = 40 * MINUTE;
const SPIKE_DAYS = 9;

/** Where the demonstration begins: so many weeks before now, at the beginning of that day. */
export function demoStart(now: number, weeks: number, timeZone: string): number {
  const at = shiftDays(now, -7 * weeks, timeZone);
  const day = daysOf(span(at, at + 1, timeZone))[0];
  return day?.from ?? at;
}

function span(from: number, to: number, timeZone: string): Period {
  const end = shiftDays(to, 1, timeZone);
  return {
    kind: "range",
    label: "",
    from: new Date(from).toISOString(),
    to: new Date(end).toISOString(),
    time_zone: timeZone,
  };
}

interface Day {
  from: number;
  weight: number;
}

function daysFrom(start: number, now: number, timeZone: string): Day[] {
  const days = daysOf(span(start, now, timeZone)).filter((d) => d.from < now);
  return days.map(({ day, from }, i) => {
    const weekday = (new Date(day).getUTCDay() + 6) % 7;
    return { from, weight: WEEKDAY[weekday]! * (0.9 + (0.25 * i) / days.length) };
  });
}

function momentOf(day: Day, chance: Chance): number {
  const hour = chance.weighted([...BY_HOUR.keys()], (h) => BY_HOUR[h]!);
  return day.from + (OPENS + hour) * HOUR + chance.int(0, HOUR - 1);
}

/** A moment of `days` that is past; the night counts as the evening before. */
function draw(days: readonly Day[], now: number, chance: Chance): number {
  for (let tries = 0; tries < 50; tries++) {
    const at = momentOf(
      chance.weighted(days, (d) => d.weight),
      chance,
    );
    if (at < now - LAST_CALL) return at;
  }
  return now - LAST_CALL - chance.int(1, 12 * HOUR);
}

/** Day by weight without walking all of them for every case. */
function drawMany(count: number, days: readonly Day[], now: number, chance: Chance): number[] {
  const total = days.reduce((sum, d) => sum + d.weight, 0);
  const counts = days.map((d) => (count * d.weight) / total);
  const moments: number[] = [];
  let owed = 0;
  for (const [i, day] of days.entries()) {
    owed += counts[i]!;
    const here = Math.floor(owed);
    owed -= here;
    for (let k = 0; k < here; k++) {
      const at = momentOf(day, chance);
      moments.push(at < now - LAST_CALL ? at : draw(days.slice(-14), now, chance));
    }
  }
  while (moments.length < count) moments.push(draw(days.slice(-14), now, chance));
  return moments.slice(0, count);
}

/** So many arrivals between start and now, in order. */
export function arrivalsOf(
  count: number,
  start: number,
  now: number,
  timeZone: string,
  chance: Chance,
): Arrival[] {
  const days = daysFrom(start, now, timeZone);
  const weekly = (count / days.length) * 7;
  const spikes = Math.min(Math.floor(count / 4), Math.max(10, Math.round(weekly * 0.16)));
  const recent = days.slice(-SPIKE_DAYS);
  const arrivals = [
    ...drawMany(count - spikes, days, now, chance).map((at) => ({ at, spike: false })),
    ...drawMany(spikes, recent, now, chance).map((at) => ({ at, spike: true })),
  ];
  return arrivals.sort((a, b) => a.at - b.at);
}
