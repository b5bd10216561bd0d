/** Instants as an agent reads them: weekday, day and time in the organisation's time zone. */

const DAY = { weekday: "short", month: "short", day: "numeric" } as const;
const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

/**
 * A function that prints an ISO 8601 date or instant; what is no date is printed as it is. `locale` is asked each time,
 * since a call may change its language.
 */
export function whenText(locale: () => string, timeZone: string | undefined): (iso: string) => string {
  const formats = new Map<string, Intl.DateTimeFormat>();
  const formatOf = (dayOnly: boolean) => {
    const key = `${locale()} ${dayOnly}`;
    const zone = dayOnly ? { timeZone: "UTC" } : timeZone === undefined ? {} : { timeZone };
    const format =
      formats.get(key) ?? new Intl.DateTimeFormat(locale(), { ...DAY, ...(dayOnly ? {} : TIME), ...zone });
    formats.set(key, format);
    return format;
  };
  return (iso) => {
    const date = new Date(iso);
    return Number.isNaN(date.getTime()) ? iso : formatOf(/^\d{4}-\d{2}-\d{2}$/.test(iso)).format(date);
  };
}
