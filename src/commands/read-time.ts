/** Reads a moment as people write it: ISO 8601, "tomorrow 10:00", "周一上午10点"; in the organisation's time zone. */
import type { App } from "../app.ts";
import { loadDates, readDate } from "../call/dates.ts";
import { refused, usage } from "../core/errors.ts";
import type { UtcIso } from "../core/event.ts";
import { isIsoDate } from "../core/field.ts";
import { startOfLocalDay, toInstant } from "../core/working-time.ts";

/** Without a time of day a promise is due when work ends. */
const END_OF_WORK = 18;

export interface TimeOptions {
  /** A day without a time means its last moment. */
  endOfDay?: boolean;
}

/** The instant `text` names. Throws a usage error (exit 2) where it names none. */
export async function readTime(
  app: App,
  name: string,
  text: string,
  options: TimeOptions = {},
): Promise<UtcIso> {
  const { timeZone, locale } = app;
  const plain = text.normalize("NFKC").trim();
  let read: string | undefined = isIsoDate(plain) ? plain : undefined;
  if (read === undefined) {
    await loadDates();
    read = readDate(plain, { now: app.now(), timeZone, locale, isFuture: true });
  }
  if (read === undefined)
    throw usage("invalid_time", app.t("case.not_a_time", { name, text }), app.t("case.time_hint"));
  const at = toInstant(read, timeZone);
  if (read.includes("T")) return at.toISOString();
  if (options.endOfDay) return new Date(+startOfLocalDay(at, timeZone, 1) - 1000).toISOString();
  return new Date(+at + END_OF_WORK * 3_600_000).toISOString();
}

/** Refuses (exit 1) a moment that has passed. */
export function needFuture(app: App, at: UtcIso): UtcIso {
  if (Date.parse(at) > +app.now()) return at;
  throw refused(
    "in_the_past",
    app.t("case.in_the_past", { when: showTime(app, at) }),
    app.t("case.in_the_past_hint"),
  );
}

/** An instant as people read it, in the organisation's time zone: `Mon 23 Nov 2026, 10:00`. */
export function showTime(app: Pick<App, "locale" | "timeZone">, at: UtcIso): string {
  const format = new Intl.DateTimeFormat(app.locale === "en" ? "en-GB" : app.locale, {
    timeZone: app.timeZone,
    weekday: "short",
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return format.format(new Date(at));
}

/** A day as people read it: `Mon 23 Nov 2026`. */
export function showDay(app: Pick<App, "locale" | "timeZone">, at: UtcIso): string {
  const format = new Intl.DateTimeFormat(app.locale === "en" ? "en-GB" : app.locale, {
    timeZone: app.timeZone,
    weekday: "short",
    year: "numeric",
    month: "short",
    day: "numeric",
  });
  return format.format(new Date(at));
}
