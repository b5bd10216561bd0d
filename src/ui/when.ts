/** Instants as an agent reads them: weekday, day and time in the organisation's time zone. */

/** A function that prints an ISO 8601 date or instant; what is no date is printed as it is. */
export function whenText(locale: string, timeZone: string | undefined): (iso: string) => string {
  let withTime: Intl.DateTimeFormat | undefined;
  let dayOnly: Intl.DateTimeFormat | undefined;
  const day = { weekday: "short", month: "short", day: "numeric" } as const;
  const zone = timeZone === undefined ? {} : { timeZone };
  return (iso) => {
    const date = new Date(iso);
    if (Number.isNaN(date.getTime())) return iso;
    if (/^\d{4}-\d{2}-\d{2}$/.test(iso)) {
      dayOnly ??= new Intl.DateTimeFormat(locale, { ...day, timeZone: "UTC" });
      return dayOnly.format(date);
    }
    withTime ??= new Intl.DateTimeFormat(locale, {
      ...day,
      ...zone,
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    return withTime.format(date);
  };
}
