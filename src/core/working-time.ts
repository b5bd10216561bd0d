/** Working time: shifts, lunch, weekends, public holidays and moved working days, in the organisation's time zone. */
import { addDays } from "date-fns/addDays";
import type { UtcIso } from "./event.ts";
import type { HolidayCalendar, Policy, Shift, Span } from "./policy.ts";
import { localStamp, zonedDate, zonedMoment } from "./zoned.ts";

export interface WorkingCalendar {
  timeZone: string;
  shifts: readonly Shift[];
  lunch?: { from: string; to: string };
  country?: string;
  holidays?: HolidayCalendar;
}

/** A stretch of working time, in milliseconds since 1970. */
type Stretch = [from: number, to: number];

/** No span of work is looked for further away than this: a policy without shifts must end somewhere. */
const HORIZON_DAYS = 3660;

/** The calendar of a policy; `country` holds where the policy names none. */
export function workingCalendar(
  policy: Policy,
  timeZone: string,
  country: string | undefined,
): WorkingCalendar {
  const { shifts, lunch, holidays: named } = policy.working_time;
  const wanted = named ?? country;
  const from = wanted === undefined || wanted === "none" ? undefined : wanted;
  const holidays = from === undefined ? undefined : policy.holidays?.[from];
  return {
    timeZone,
    shifts,
    ...(lunch ? { lunch } : {}),
    ...(from === undefined ? {} : { country: from }),
    ...(holidays ? { holidays } : {}),
  };
}

/** The instant of an ISO 8601 date (its first moment), local date-time or instant. */
export function toInstant(text: string, timeZone: string): Date {
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text) && text.includes("T");
  if (zoned) return new Date(text);
  const [date, time = "00:00"] = text.split("T");
  const [year, month, day] = date!.split("-").map(Number) as [number, number, number];
  const [hour = 0, minute = 0, second = 0] = time.split(":").map(Number);
  return new Date(+zonedMoment([year, month - 1, day, hour, minute, Math.floor(second)], timeZone));
}

/** The local day `2026-11-23` of an instant. */
export function localDay(at: Date | number, timeZone: string): string {
  return localStamp(at, timeZone).slice(0, 10);
}

/** Midnight that begins the local day, `offset` days later. */
export function startOfLocalDay(at: Date | number, timeZone: string, offset = 0): Date {
  const local = zonedDate(at, timeZone);
  return new Date(+zonedMoment([local.getFullYear(), local.getMonth(), local.getDate() + offset], timeZone));
}

function weekday(local: Date): number {
  return local.getDay() === 0 ? 7 : local.getDay();
}

/** The shifts worked on a local day: a holiday has none, a moved working day has those of a Monday. */
function shiftsOn(calendar: WorkingCalendar, local: Date): readonly Shift[] {
  const day = localDay(local, calendar.timeZone);
  const year = calendar.holidays?.years[day.slice(0, 4)];
  if (year?.off.includes(day.slice(5))) return [];
  const isMoved = year?.work?.includes(day.slice(5)) ?? false;
  const regular = calendar.shifts.filter((s) => s.days.includes(weekday(local)));
  if (!isMoved || regular.length > 0) return regular;
  const monday = calendar.shifts.filter((s) => s.days.includes(1));
  return monday.length > 0 ? monday : calendar.shifts;
}

export function isWorkingDay(calendar: WorkingCalendar, at: Date | number): boolean {
  return shiftsOn(calendar, zonedDate(at, calendar.timeZone)).length > 0;
}

function clockTime(local: Date, time: string, timeZone: string, dayOffset = 0): number {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const day = local.getDate() + dayOffset;
  return +zonedMoment([local.getFullYear(), local.getMonth(), day, hour, minute], timeZone);
}

function without(stretches: Stretch[], [from, to]: Stretch): Stretch[] {
  return stretches.flatMap(([a, b]): Stretch[] => {
    if (to <= a || from >= b) return [[a, b]];
    return [[a, Math.min(b, from)] as Stretch, [Math.max(a, to), b] as Stretch].filter(([x, y]) => x < y);
  });
}

/** Shifts that overlap (early and late) count once. */
function joined(stretches: Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const [from, to] of stretches.sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

/** The working time that begins on the local day of `at`. */
function stretchesOn(calendar: WorkingCalendar, at: number): Stretch[] {
  const { timeZone, lunch } = calendar;
  const local = zonedDate(at, timeZone);
  const stretches = shiftsOn(calendar, local).map(
    (s): Stretch => [
      clockTime(local, s.from, timeZone),
      clockTime(local, s.to, timeZone, s.to <= s.from ? 1 : 0),
    ],
  );
  const whole = joined(stretches);
  return lunch
    ? without(whole, [clockTime(local, lunch.from, timeZone), clockTime(local, lunch.to, timeZone)])
    : whole;
}

/** Working time from `from` on, day by day, beginning with the day before (a night shift reaches over). */
function* workFrom(calendar: WorkingCalendar, from: number): Generator<Stretch> {
  for (let day = -1; day < HORIZON_DAYS; day++) {
    const begin = +startOfLocalDay(from, calendar.timeZone, day);
    for (const [a, b] of stretchesOn(calendar, begin)) if (b > from) yield [Math.max(a, from), b];
  }
}

/** Milliseconds of working time between two instants. */
export function workingMs(calendar: WorkingCalendar, from: Date | number, to: Date | number): number {
  let sum = 0;
  for (const [a, b] of workFrom(calendar, +from)) {
    if (a >= +to) break;
    sum += Math.min(b, +to) - a;
  }
  return sum;
}

/** The instant after `ms` of working time. */
export function addWorkingMs(calendar: WorkingCalendar, from: Date | number, ms: number): Date {
  let left = ms;
  for (const [a, b] of workFrom(calendar, +from)) {
    if (b - a >= left) return new Date(a + left);
    left -= b - a;
  }
  return new Date(+from + ms);
}

/** So many working days later at the same time of day; the first day is not counted (as samr121-45 counts). */
function addWorkingDays(calendar: WorkingCalendar, from: Date | number, days: number): Date {
  let local = zonedDate(from, calendar.timeZone);
  let left = days;
  for (let tried = 0; left > 0 && tried < HORIZON_DAYS; tried++) {
    local = addDays(local, 1);
    if (shiftsOn(calendar, local).length > 0) left -= 1;
  }
  return left > 0 ? addDays(new Date(+from), days) : new Date(+local);
}

const HOUR = 3_600_000;

/** `span` after `from`: days keep the local time of day, working hours run only within shifts. */
export function addSpan(calendar: WorkingCalendar, from: Date | UtcIso, span: Span): Date {
  const start = new Date(from);
  const { days = 0, hours = 0, kind } = span;
  if (kind === "working") {
    const day = days > 0 ? addWorkingDays(calendar, start, days) : start;
    return hours > 0 ? addWorkingMs(calendar, day, hours * HOUR) : day;
  }
  const day = days > 0 ? addDays(zonedDate(start, calendar.timeZone), days) : start;
  return new Date(+day + hours * HOUR);
}

/** Years between two instants whose holidays are not known here, so that only weekends count in them. */
export function yearsWithoutHolidays(
  calendar: WorkingCalendar,
  from: Date | number,
  to: Date | number,
): string[] {
  if (calendar.country === undefined) return [];
  const years: string[] = [];
  const last = Number(localDay(to, calendar.timeZone).slice(0, 4));
  for (let year = Number(localDay(from, calendar.timeZone).slice(0, 4)); year <= last; year++)
    if (!calendar.holidays?.years[String(year)]) years.push(String(year));
  return years;
}
