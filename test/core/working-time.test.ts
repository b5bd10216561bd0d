/** Working time against calendars read by hand: shifts, lunch, weekends, holidays, moved working days, daylight saving. */
import chineseDays from "chinese-days";
import { describe, expect, it } from "vitest";
import type { Policy } from "../../src/core/policy.ts";
import {
  addSpan,
  isWorkingDay,
  toInstant,
  workingCalendar,
  workingMs,
  yearsWithoutHolidays,
} from "../../src/core/working-time.ts";
import { shippedPolicy } from "../support/history.ts";

const policy = shippedPolicy();
const china = workingCalendar(policy, "Asia/Shanghai", "CN");
const HOUR = 3_600_000;
const withTime = (working_time: Policy["working_time"], zone = "UTC", country?: string) =>
  workingCalendar({ ...policy, working_time }, zone, country);
const later = (calendar: typeof china, from: string, span: Parameters<typeof addSpan>[2]) =>
  addSpan(calendar, from, span).toISOString();

describe("working days", () => {
  it.each([
    ["a plain Monday", "2026-11-23T10:00:00+08:00", 2, "2026-11-25T10:00:00+08:00"],
    ["over a weekend", "2026-11-26T10:00:00+08:00", 3, "2026-12-01T10:00:00+08:00"],
    ["from a Saturday", "2026-11-21T10:00:00+08:00", 1, "2026-11-23T10:00:00+08:00"],
    ["over the National Day week", "2026-09-30T10:00:00+08:00", 2, "2026-10-09T10:00:00+08:00"],
    ["onto a Saturday that is worked", "2026-10-09T10:00:00+08:00", 1, "2026-10-10T10:00:00+08:00"],
    [
      "over Spring Festival, both moved Saturdays counted",
      "2026-02-13T10:00:00+08:00",
      6,
      "2026-02-28T10:00:00+08:00",
    ],
  ])("%s", (_, from, days, expected) => {
    expect(later(china, from, { days, kind: "working" })).toBe(new Date(expected).toISOString());
  });

  it("counts the holidays of another country, and none for `none`", () => {
    const thanksgiving = "2026-11-25T15:00:00Z";
    expect(later(workingCalendar(policy, "UTC", "US"), thanksgiving, { days: 1, kind: "working" })).toBe(
      "2026-11-27T15:00:00.000Z",
    );
    const none = withTime({ ...policy.working_time, holidays: "none" }, "UTC", "US");
    expect(later(none, thanksgiving, { days: 1, kind: "working" })).toBe("2026-11-26T15:00:00.000Z");
  });

  it("agrees with chinese-days on every day of the years it ships", () => {
    const years = Object.keys(policy.holidays?.CN?.years ?? {});
    expect(years).toEqual(["2024", "2025", "2026"]);
    for (const year of years)
      for (let day = Date.UTC(Number(year), 0, 1); day < Date.UTC(Number(year) + 1, 0, 1); day += 24 * HOUR) {
        const date = new Date(day).toISOString().slice(0, 10);
        expect([date, isWorkingDay(china, day + 2 * HOUR)]).toEqual([date, chineseDays.isWorkday(date)]);
      }
  });

  it("names the years whose holidays it does not know", () => {
    const [from, to] = [Date.parse("2026-12-20T00:00:00Z"), Date.parse("2027-01-10T00:00:00Z")];
    expect(yearsWithoutHolidays(china, from, to)).toEqual(["2027"]);
    expect(yearsWithoutHolidays(workingCalendar(policy, "UTC", "BR"), from, from)).toEqual(["2026"]);
    expect(yearsWithoutHolidays(workingCalendar(policy, "UTC", undefined), from, to)).toEqual([]);
  });
});

describe("working hours", () => {
  it.each([
    ["over lunch", "2026-11-23T11:00:00+08:00", 2, "2026-11-23T14:00:00+08:00"],
    ["into the next day", "2026-11-23T17:00:00+08:00", 2, "2026-11-24T10:00:00+08:00"],
    ["from the night", "2026-11-23T03:00:00+08:00", 1, "2026-11-23T10:00:00+08:00"],
    ["from Friday evening", "2026-11-27T20:00:00+08:00", 1, "2026-11-30T10:00:00+08:00"],
    ["to the end of a shift", "2026-11-23T16:00:00+08:00", 2, "2026-11-23T18:00:00+08:00"],
  ])("%s", (_, from, hours, expected) => {
    expect(later(china, from, { hours, kind: "working" })).toBe(new Date(expected).toISOString());
  });

  it("counts a night shift over midnight and overlapping shifts once", () => {
    const night = withTime({ shifts: [{ days: [1], from: "22:00", to: "06:00" }] });
    expect(later(night, "2026-11-23T23:00:00Z", { hours: 3, kind: "working" })).toBe(
      "2026-11-24T02:00:00.000Z",
    );
    expect(later(night, "2026-11-24T05:00:00Z", { hours: 2, kind: "working" })).toBe(
      "2026-11-30T23:00:00.000Z",
    );
    const two = withTime({
      shifts: [
        { days: [1], from: "08:00", to: "16:00" },
        { days: [1], from: "12:00", to: "20:00" },
      ],
    });
    expect(workingMs(two, Date.parse("2026-11-23T00:00:00Z"), Date.parse("2026-11-24T00:00:00Z"))).toBe(
      12 * HOUR,
    );
  });

  it("is nothing on holidays and weekends", () => {
    const from = Date.parse("2026-10-01T00:00:00+08:00");
    expect(workingMs(china, from, from + 7 * 24 * HOUR)).toBe(0);
    expect(workingMs(china, from, from + 8 * 24 * HOUR)).toBe(8 * HOUR);
  });

  it("ends somewhere for a policy without shifts", () => {
    const nobody = withTime({ shifts: [] });
    expect(later(nobody, "2026-11-23T10:00:00Z", { days: 2, kind: "working" })).toBe(
      "2026-11-25T10:00:00.000Z",
    );
    expect(later(nobody, "2026-11-23T10:00:00Z", { hours: 2, kind: "working" })).toBe(
      "2026-11-23T12:00:00.000Z",
    );
  });
});

describe("calendar time", () => {
  it("keeps the time of day over a change to daylight saving", () => {
    const berlin = workingCalendar(policy, "Europe/Berlin", "DE");
    expect(later(berlin, "2026-10-20T10:00:00+02:00", { days: 15, kind: "calendar" })).toBe(
      "2026-11-04T09:00:00.000Z",
    );
    expect(later(berlin, "2026-10-24T10:00:00+02:00", { hours: 48, kind: "calendar" })).toBe(
      "2026-10-26T08:00:00.000Z",
    );
  });

  it("reads dates, local times and instants", () => {
    expect(toInstant("2026-11-20", "Asia/Shanghai").toISOString()).toBe("2026-11-19T16:00:00.000Z");
    expect(toInstant("2026-11-20T09:30", "Asia/Shanghai").toISOString()).toBe("2026-11-20T01:30:00.000Z");
    expect(toInstant("2026-11-20T09:30:00+02:00", "Asia/Shanghai").toISOString()).toBe(
      "2026-11-20T07:30:00.000Z",
    );
  });
});
