/** Days, times and money as they are said aloud, in the language of the words. */
import { isIsoDate } from "./field.ts";
import type { Talk } from "./talk.ts";
import { localDay, toInstant } from "./working-time.ts";

type Speech = Pick<Talk, "locale" | "t" | "now" | "timeZone">;

const isDayOnly = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** "Monday 23 November"; in another year the year stands in place of the weekday. Undefined: no date. */
export function spokenDay(value: unknown, speech: Speech): string | undefined {
  if (typeof value !== "string" || !isIsoDate(value)) return undefined;
  const { locale, timeZone, now, t } = speech;
  const at = toInstant(value, timeZone);
  const part = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(at);
  const [year, number, day] = localDay(at, timeZone).split("-") as [string, string, string];
  const isThisYear = localDay(now, timeZone).startsWith(year);
  return t(isThisYear ? "call.day" : "call.day_far", {
    year,
    month: part({ month: "long" }),
    number: String(Number(number)),
    day: String(Number(day)),
    weekday: part({ weekday: "long" }),
  });
}

/** "10:00"; undefined for a date without a time. */
export function spokenTime(value: unknown, speech: Speech): string | undefined {
  if (typeof value !== "string" || !isIsoDate(value) || isDayOnly(value)) return undefined;
  const at = toInstant(value, speech.timeZone);
  return new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: speech.timeZone,
  }).format(at);
}

/** A day and, where it has one, its clock time; read after "by". */
export function spokenDeadline(value: unknown, speech: Speech): string | undefined {
  const day = spokenDay(value, speech);
  const time = spokenTime(value, speech);
  return day === undefined || time === undefined ? day : speech.t("call.day_time", { day, time });
}

/** "80 yuan", 80元. */
export function spokenMoney(amount: number, currency: string, speech: Pick<Talk, "locale" | "t">): string {
  const number = new Intl.NumberFormat(speech.locale, { maximumFractionDigits: 2 }).format(amount);
  return speech.t("call.money", { amount: number, currency });
}
