/** Reads a moment as people write it: ISO 8601, "tomorrow 10:00", "周一上午10点"; in the organisation's time zone. */
import type { App } from "../app.ts";
import { refused, usage } from "../core/errors.ts";
import type { UtcIso } from "../core/event.ts";
import { isIsoDate } from "../core/field.ts";
import { localDay, startOfLocalDay, toInstant } from "../core/working-time.ts";

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
    const { loadDates, readDate } = await import("../call/dates.ts");
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

const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

/** The English of this program is read in more countries than one: day before month, 24 hours. */
function format(
  app: Pick<App, "locale" | "timeZone">,
  at: UtcIso,
  parts: Intl.DateTimeFormatOptions,
): string {
  const locale = app.locale === "en" ? "en-GB" : app.locale;
  const day = { weekday: "short", month: "short", day: "numeric" } as const;
  return new Intl.DateTimeFormat(locale, { timeZone: app.timeZone, ...day, ...parts }).format(new Date(at));
}

/** An instant as people read it, in the organisation's time zone: `Mon 23 Nov, 10:00`, with its year where it is another. */
export function showTime(app: Pick<App, "locale" | "timeZone" | "now">, at: UtcIso): string {
  const year = (moment: Date | number) => localDay(moment, app.timeZone).slice(0, 4);
  const isOther = year(new Date(at)) !== year(app.now());
  return format(app, at, isOther ? { year: "numeric", ...TIME } : TIME);
}

/** An instant on paper, which is read years later: always with its year. */
export function writtenTime(app: Pick<App, "locale" | "timeZone">, at: UtcIso): string {
  return format(app, at, { year: "numeric", ...TIME });
}

/** A day as people read it: `Mon, 23 Nov 2026`. */
export function showDay(app: Pick<App, "locale" | "timeZone">, at: UtcIso): string {
  return format(app, at, { year: "numeric" });
}
