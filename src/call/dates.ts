/** Dates as people say them ("tomorrow 10:00", 周一上午10点), read by chrono-node, which is loaded when it may be needed. */
import type { Chrono } from "chrono-node";
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
  /** Days and times that fit several dates mean the next one; without it the one that is past or nearest. */
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

/**
 * A day as `2026-11-23`, a time as an instant in UTC; undefined: it names no date. The reader that understands most of
 * the text is believed.
 */
export function readDate(text: string, context: DateContext): string | undefined {
  if (!readers) return undefined;
  const plain = text.normalize("NFKC").trim();
  const found = readersFor(plain, context.locale, readers)
    .flatMap((reader) =>
      reader.parse(plain, wallClock(context), { forwardDate: context.isFuture }).slice(0, 1),
    )
    .sort((a, b) => b.text.length - a.text.length)[0];
  if (!found) return undefined;
  const part = (name: "year" | "month" | "day" | "hour" | "minute") => found.start.get(name) ?? 0;
  const day = `${part("year")}-${two(part("month"))}-${two(part("day"))}`;
  if (!found.start.isCertain("hour")) return day;
  return toInstant(`${day}T${two(part("hour"))}:${two(part("minute"))}`, context.timeZone).toISOString();
}
