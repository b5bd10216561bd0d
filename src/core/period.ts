/** Reporting periods: days, ISO 8601 weeks, months and ranges of days in a time zone, as instants. */
import { usage } from "./errors.ts";
import type { UtcIso } from "./event.ts";
import type { Translate } from "./library-port.ts";
import { zonedDate, zonedMoment } from "./zoned.ts";

export type PeriodKind = "day" | "week" | "month" | "range";

/** The half-open stretch of time [from, to). */
export interface Period {
  kind: PeriodKind;
  /** `2026-12-31`, `2026-W53`, `2026-12`, or `2026-12-01..2026-12-24` (the end is not in it). */
  label: string;
  from: UtcIso;
  to: UtcIso;
  time_zone: string;
}

/** The period flags of a command; `true` or `now` where a flag stands without a value: the one that contains now. */
export type PeriodFlags = Readonly<Record<string, string | boolean | string[] | undefined>>;

/** A calendar day as the count of days since 1970-01-01. */
type DayNumber = number;

const DAY = 86_400_000;

function dayNumber(year: number, month: number, day: number): DayNumber {
  return Date.UTC(year, month - 1, day) / DAY;
}

/** `2026-11-23` of a day number. */
function dayText(day: DayNumber): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** Reads `2026-11-23`; undefined where it is no day of the calendar. */
function readDay(text: string): DayNumber | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return undefined;
  const day = dayNumber(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  return dayText(day) === text ? day : undefined;
}

/** The first moment of a local day: midnight, or the first minute after it where the clocks skip midnight. */
function startOfDay(day: DayNumber, timeZone: string): number {
  const utc = new Date(day * DAY);
  const local = zonedMoment([utc.getUTCFullYear(), utc.getUTCMonth(), utc.getUTCDate()], timeZone);
  return +local;
}

/** The local day an instant lies in. */
function dayOf(at: Date, timeZone: string): DayNumber {
  const local = zonedDate(at, timeZone);
  return dayNumber(local.getFullYear(), local.getMonth() + 1, local.getDate());
}

/** Monday of the week that holds a day. Day 0 was a Thursday. */
function mondayOf(day: DayNumber): DayNumber {
  return day - ((((day + 3) % 7) + 7) % 7);
}

/** Monday of ISO week 1: the week with 4 January in it. */
function firstMonday(year: number): DayNumber {
  return mondayOf(dayNumber(year, 1, 4));
}

function weekLabel(monday: DayNumber): string {
  const year = new Date((monday + 3) * DAY).getUTCFullYear();
  const week = (monday - firstMonday(year)) / 7 + 1;
  return `${year}-W${String(week).padStart(2, "0")}`;
}

function make(kind: PeriodKind, label: string, first: DayNumber, end: DayNumber, timeZone: string): Period {
  return {
    kind,
    label,
    from: new Date(startOfDay(first, timeZone)).toISOString(),
    to: new Date(startOfDay(end, timeZone)).toISOString(),
    time_zone: timeZone,
  };
}

function dayPeriod(day: DayNumber, timeZone: string): Period {
  return make("day", dayText(day), day, day + 1, timeZone);
}

function weekPeriod(monday: DayNumber, timeZone: string): Period {
  return make("week", weekLabel(monday), monday, monday + 7, timeZone);
}

/** `month` counts on beyond 12 and below 1. */
function monthPeriod(year: number, month: number, timeZone: string): Period {
  const first = dayNumber(year, month, 1);
  return make("month", dayText(first).slice(0, 7), first, dayNumber(year, month + 1, 1), timeZone);
}

function rangePeriod(first: DayNumber, end: DayNumber, timeZone: string): Period {
  return make("range", `${dayText(first)}..${dayText(end)}`, first, end, timeZone);
}

/** The period of a kind that contains an instant. */
export function periodAt(kind: "day" | "week" | "month", at: Date, timeZone: string): Period {
  const day = dayOf(at, timeZone);
  if (kind === "day") return dayPeriod(day, timeZone);
  if (kind === "week") return weekPeriod(mondayOf(day), timeZone);
  const date = new Date(day * DAY);
  return monthPeriod(date.getUTCFullYear(), date.getUTCMonth() + 1, timeZone);
}

function readWeek(text: string, timeZone: string): Period | undefined {
  const parts = /^(\d{4})-?W(\d{2})$/i.exec(text);
  if (!parts) return undefined;
  const [year, week] = [Number(parts[1]), Number(parts[2])];
  const monday = firstMonday(year) + (week - 1) * 7;
  return week >= 1 && monday < firstMonday(year + 1) ? weekPeriod(monday, timeZone) : undefined;
}

function readMonth(text: string, timeZone: string): Period | undefined {
  const parts = /^(\d{4})-(\d{2})$/.exec(text);
  const month = Number(parts?.[2]);
  return parts && month >= 1 && month <= 12 ? monthPeriod(Number(parts[1]), month, timeZone) : undefined;
}

function readRange(flags: PeriodFlags, timeZone: string, t: Translate): Period {
  for (const flag of ["from", "to"] as const)
    if (typeof flags[flag] !== "string")
      throw usage(
        "missing_value",
        t("report.period.range_needs", { flag: `--${flag}` }),
        t("report.period.form_range"),
      );
  const [first, end] = [readDay(String(flags.from)), readDay(String(flags.to))];
  if (first === undefined) throw wrong("from", String(flags.from), "form_range", t);
  if (end === undefined) throw wrong("to", String(flags.to), "form_range", t);
  if (end <= first)
    throw usage(
      "invalid_period",
      t("report.period.backwards", { from: String(flags.from), to: String(flags.to) }),
      t("report.period.form_range"),
    );
  return rangePeriod(first, end, timeZone);
}

function wrong(flag: string, value: string, form: string, t: Translate) {
  return usage(
    "invalid_period",
    t("report.period.wrong", { flag: `--${flag}`, value }),
    t(`report.period.${form}`),
  );
}

function readOne(
  kind: "day" | "week" | "month",
  value: string | true,
  now: Date,
  timeZone: string,
  t: Translate,
): Period {
  if (value === true || value === "now") return periodAt(kind, now, timeZone);
  const day = kind === "day" ? readDay(value) : undefined;
  const found =
    kind === "week"
      ? readWeek(value, timeZone)
      : kind === "month"
        ? readMonth(value, timeZone)
        : day === undefined
          ? undefined
          : dayPeriod(day, timeZone);
  if (!found) throw wrong(kind, value, `form_${kind}`, t);
  return found;
}

/**
 * The period that `--day`, `--week`, `--month` or `--from` with `--to` name; undefined where none is given.
 * Throws the contracted usage error (exit 2) for a wrong form, a day or week that does not exist, or two kinds at once.
 */
export function parsePeriod(
  flags: PeriodFlags,
  now: Date,
  timeZone: string,
  t: Translate,
): Period | undefined {
  const isGiven = (flag: string) => flags[flag] !== undefined && flags[flag] !== false;
  const kinds = (["day", "week", "month"] as const).filter(isGiven);
  const isRange = isGiven("from") || isGiven("to");
  if (kinds.length + (isRange ? 1 : 0) > 1)
    throw usage("two_periods", t("report.period.two"), t("report.period.one"));
  if (isRange) return readRange(flags, timeZone, t);
  const kind = kinds[0];
  return kind && readOne(kind, flags[kind] as string | true, now, timeZone, t);
}

/** The period of the same kind just before; for a range, as many days before it. */
export function previousPeriod(period: Period): Period {
  const { kind, time_zone: zone } = period;
  const first = dayOf(new Date(period.from), zone);
  if (kind === "day") return dayPeriod(first - 1, zone);
  if (kind === "week") return weekPeriod(first - 7, zone);
  if (kind === "month") {
    const date = new Date(first * DAY);
    return monthPeriod(date.getUTCFullYear(), date.getUTCMonth(), zone);
  }
  const end = dayOf(new Date(period.to), zone);
  return rangePeriod(first - (end - first), first, zone);
}

/** The days of a period with their bounds in milliseconds since 1970. */
export function daysOf(period: Period): { day: string; from: number; to: number }[] {
  const zone = period.time_zone;
  const first = dayOf(new Date(period.from), zone);
  const end = dayOf(new Date(period.to), zone);
  const bounds = Array.from({ length: end - first + 1 }, (_, i) => startOfDay(first + i, zone));
  return bounds.slice(0, -1).map((from, i) => ({ day: dayText(first + i), from, to: bounds[i + 1]! }));
}

/** An instant moved by whole local days, at the same time of the clock. */
export function shiftDays(at: number, days: number, timeZone: string): number {
  const local = zonedDate(at, timeZone);
  local.setDate(local.getDate() + days);
  return +local;
}
