/** Numbers as people read them, in the user's language. */
import type { Translate } from "../core/library-port.ts";
import type { Locale } from "../core/locale.ts";

export interface Format {
  number: (value: number, digits?: number) => string;
  percent: (share: number) => string;
  money: (amount: number, currency: string) => string;
  hours: (hours: number) => string;
  days: (days: number) => string;
  /** An instant in the report's time zone: day and minute. */
  moment: (at: string) => string;
  /** `2026-11-16` with its weekday. */
  day: (day: string) => string;
}

export function createFormat(locale: Locale, timeZone: string, t: Translate): Format {
  const numbers = [0, 1, 2].map((digits) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }));
  const number = (value: number, digits = 0) => numbers[digits]!.format(value);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  const stamp = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short", timeZone });
  const days = (value: number) => t("report.days", { value: number(value, value < 10 ? 1 : 0) });
  return {
    number,
    percent: (share) => percent.format(share),
    money: (amount, currency) =>
      currency === "XXX" ? number(amount, 2) : `${currency} ${number(amount, 2)}`,
    // Beyond two days hours say nothing any more.
    hours: (value) =>
      value >= 48 ? days(value / 24) : t("report.hours", { value: number(value, value < 10 ? 1 : 0) }),
    days,
    moment: (at) => stamp.format(new Date(at)),
    day: (day) => `${day.slice(5)} ${weekday.format(new Date(day))}`,
  };
}
