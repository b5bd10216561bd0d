/**
 * Local time in a zone. `main` puts the configured zone into TZ, and then plain dates are local dates already; that
 * matters because the first use of `Intl` costs 12 ms, a fifth of a whole command. Any other zone (tests, another
 * seat's) goes through a library.
 */
import { TZDate } from "@date-fns/tz";

function isProcessZone(timeZone: string): boolean {
  return process.env.TZ === timeZone;
}

/** `at` as a date whose getters are local to `timeZone`. */
export function zonedDate(at: Date | number, timeZone: string): Date {
  return isProcessZone(timeZone) ? new Date(+at) : new TZDate(+at, timeZone);
}

/** The local moment of `[year, month (0–11), day, hour, minute, second]` in `timeZone`; parts overflow as in Date. */
export function zonedMoment(
  [year, month, day, hour = 0, minute = 0, second = 0]: readonly [
    number,
    number,
    number,
    number?,
    number?,
    number?,
  ],
  timeZone: string,
): Date {
  return isProcessZone(timeZone)
    ? new Date(year, month, day, hour, minute, second)
    : new TZDate(year, month, day, hour, minute, second, timeZone);
}

const two = (n: number) => String(n).padStart(2, "0");

/** `2026-11-23 10:05`, local. */
export function localStamp(at: Date | number, timeZone: string): string {
  const local = zonedDate(at, timeZone);
  const day = `${local.getFullYear()}-${two(local.getMonth() + 1)}-${two(local.getDate())}`;
  return `${day} ${two(local.getHours())}:${two(local.getMinutes())}`;
}
