/** Dates as people say them ("tomorrow 10:00", 周一上午10点), read by chrono-node, which is loaded when it may be needed. */
import type { Chrono, ParsedResult } from "chrono-node";
import { toInstant } from "../core/working-time.ts";
import type { Readers } from "./chrono.ts";

let readers: Readers | undefined;
let loading: Promise<void> | undefined;

/** Loads the library once; `readDate` knows spoken dates from then on. */
export function loadDates(): Promise<void> {
  loading ??= import("./chrono.ts").then(({ readers: loaded }) => {
    readers = loaded;
  });
  return loading;
}

export interface DateContext {
  now: Date;
  timeZone: string;
  locale: string;
  /** Days and times that fit several dates mean the next one; without it the last one. */
  isFuture: boolean;
}

/** The wall clock of the zone as a date of the process's zone: chrono then reads words as the people there mean them. */
function wallClock({ now, timeZone }: DateContext): Date {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    hourCycle: "h23",
  }).formatToParts(now);
  const part = (type: string) => Number(parts.find((p) => p.type === type)?.value);
  return new Date(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
}

const TRADITIONAL = /[週點後號]/u;

function readersFor(text: string, locale: string, all: Readers): Chrono[] {
  if (!/\p{Script=Han}/u.test(text)) return [all.latin];
  const first = TRADITIONAL.test(text) || locale === "zh-TW" ? all.hant : all.hans;
  return first === all.hant ? [all.hant, all.hans] : [all.hans, all.hant];
}

const two = (n: number): string => String(n).padStart(2, "0");

type Found = ParsedResult["start"];

/** The moment that was read, on the wall clock of the zone. */
function momentOf(start: Found): Date {
  const part = (name: "year" | "month" | "day" | "hour" | "minute") => start.get(name) ?? 0;
  const day = new Date(part("year"), part("month") - 1, part("day"));
  if (start.isCertain("hour")) day.setHours(part("hour"), part("minute"));
  return day;
}

/** Of the moments the same words may mean, the one before: "Monday" a week, "3 pm" a day, "25 Dec" a year earlier. */
function earlier(moment: Date, start: Found): Date {
  const back = new Date(moment);
  if (start.isCertain("year")) return back;
  if (start.isCertain("day") || start.isCertain("month")) back.setFullYear(back.getFullYear() - 1);
  else if (start.isCertain("weekday")) back.setDate(back.getDate() - 7);
  else if (start.isCertain("hour")) back.setDate(back.getDate() - 1);
  return back;
}

/**
 * A day as `2026-11-23`, a time as an instant in UTC; undefined: it names no date. The reader that understands most of
 * the text is believed.
 */
export function readDate(text: string, context: DateContext): string | undefined {
  if (!readers) return undefined;
  const plain = text.normalize("NFKC").trim();
  const now = wallClock(context);
  const found = readersFor(plain, context.locale, readers)
    .flatMap((reader) => reader.parse(plain, now, { forwardDate: context.isFuture }).slice(0, 1))
    .sort((a, b) => b.text.length - a.text.length)[0];
  // A number that was not understood, as in "32 November", may be the one that counts.
  if (!found || /\d/.test(plain.replace(found.text, ""))) return undefined;
  const read = momentOf(found.start);
  const moment = !context.isFuture && read > now ? earlier(read, found.start) : read;
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  if (!found.start.isCertain("hour")) return day;
  const time = `${two(moment.getHours())}:${two(moment.getMinutes())}`;
  return toInstant(`${day}T${time}`, context.timeZone).toISOString();
}
