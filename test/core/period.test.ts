/** Periods: ISO weeks across year ends, days across daylight saving, wrong forms. */
import { describe, expect, it } from "vitest";
import { ComplaintError } from "../../src/core/errors.ts";
import {
  daysOf,
  type Period,
  type PeriodFlags,
  parsePeriod,
  periodAt,
  previousPeriod,
  shiftDays,
} from "../../src/core/period.ts";

const t = (key: string) => key;
const NOW = new Date("2026-11-21T15:00:00Z");

function period(flags: PeriodFlags, zone = "Asia/Shanghai", now = NOW): Period {
  return parsePeriod(flags, now, zone, t)!;
}

function bounds(p: Period): string[] {
  return [p.label, p.from, p.to];
}

describe("parsePeriod", () => {
  it.each([
    [
      { day: "2026-12-31" },
      "Asia/Shanghai",
      ["2026-12-31", "2026-12-30T16:00:00.000Z", "2026-12-31T16:00:00.000Z"],
    ],
    [{ week: "2026-W53" }, "UTC", ["2026-W53", "2026-12-28T00:00:00.000Z", "2027-01-04T00:00:00.000Z"]],
    [{ week: "2027-W01" }, "UTC", ["2027-W01", "2027-01-04T00:00:00.000Z", "2027-01-11T00:00:00.000Z"]],
    [{ week: "2020-W01" }, "UTC", ["2020-W01", "2019-12-30T00:00:00.000Z", "2020-01-06T00:00:00.000Z"]],
    [
      { month: "2026-12" },
      "America/New_York",
      ["2026-12", "2026-12-01T05:00:00.000Z", "2027-01-01T05:00:00.000Z"],
    ],
    [
      { from: "2026-11-01", to: "2026-11-15" },
      "UTC",
      ["2026-11-01..2026-11-15", "2026-11-01T00:00:00.000Z", "2026-11-15T00:00:00.000Z"],
    ],
    // Clocks go forward and back: 23 and 25 hours.
    [
      { day: "2026-03-29" },
      "Europe/Berlin",
      ["2026-03-29", "2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z"],
    ],
    [
      { day: "2026-10-25" },
      "Europe/Berlin",
      ["2026-10-25", "2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z"],
    ],
    // Midnight itself is skipped.
    [
      { day: "2018-11-04" },
      "America/Sao_Paulo",
      ["2018-11-04", "2018-11-04T03:00:00.000Z", "2018-11-05T02:00:00.000Z"],
    ],
    [
      { day: "2021-03-28" },
      "Asia/Beirut",
      ["2021-03-28", "2021-03-27T22:00:00.000Z", "2021-03-28T21:00:00.000Z"],
    ],
  ])("%o in %s", (flags, zone, expected) => {
    expect(bounds(period(flags, zone))).toEqual(expected);
  });

  it("takes the period that contains now where a flag has no value, in the zone of the reader", () => {
    const now = new Date("2026-12-31T17:00:00Z");
    expect(period({ day: true }, "Asia/Shanghai", now).label).toBe("2027-01-01");
    expect(period({ day: true }, "UTC", now).label).toBe("2026-12-31");
    expect(period({ week: true }, "Asia/Shanghai", now).label).toBe("2026-W53");
    expect(period({ month: true }, "Asia/Shanghai", now).label).toBe("2027-01");
  });

  it("gives nothing without a period flag", () => {
    expect(parsePeriod({}, NOW, "UTC", t)).toBeUndefined();
  });

  it.each([
    { week: "2025-W53" },
    { week: "2026-W00" },
    { week: "2026-W54" },
    { week: "26-W01" },
    { week: "yesterday" },
    { day: "2026-02-29" },
    { day: "2026-13-01" },
    { day: "31.12.2026" },
    { month: "2026-13" },
    { month: "2026-00" },
    { from: "2026-11-01" },
    { to: "2026-11-01" },
    { from: "2026-11-02", to: "2026-11-02" },
    { from: "2026-11-03", to: "2026-11-02" },
    { from: "x", to: "2026-11-02" },
    { day: "2026-11-01", week: "2026-W45" },
    { day: "2026-11-01", from: "2026-11-01", to: "2026-11-02" },
    { month: true, week: true },
  ])("refuses %o as wrong usage", (flags) => {
    const error = (() => {
      try {
        return parsePeriod(flags, NOW, "UTC", t);
      } catch (e) {
        return e;
      }
    })();
    expect(error).toBeInstanceOf(ComplaintError);
    expect((error as ComplaintError).exit).toBe(2);
  });
});

describe("previousPeriod", () => {
  it.each([
    [{ day: "2027-01-01" }, "2026-12-31"],
    [{ week: "2027-W01" }, "2026-W53"],
    [{ week: "2026-W01" }, "2025-W52"],
    [{ month: "2027-01" }, "2026-12"],
    [{ month: "2028-03" }, "2028-02"],
    [{ from: "2026-11-10", to: "2026-11-20" }, "2026-10-31..2026-11-10"],
  ])("of %o is %s", (flags, label) => {
    expect(previousPeriod(period(flags)).label).toBe(label);
  });

  it("ends where the period begins, across daylight saving", () => {
    for (const flags of [
      { week: "2026-W13" },
      { week: "2026-W44" },
      { month: "2026-04" },
      { day: "2026-03-30" },
    ]) {
      const p = period(flags, "Europe/Berlin");
      expect(previousPeriod(p).to).toBe(p.from);
    }
  });
});

describe("daysOf", () => {
  it("cuts a week with a change of the clocks into days without gap or overlap", () => {
    const p = period({ week: "2026-W13" }, "Europe/Berlin");
    const days = daysOf(p);
    expect(days.map((d) => d.day)).toEqual([
      "2026-03-23",
      "2026-03-24",
      "2026-03-25",
      "2026-03-26",
      "2026-03-27",
      "2026-03-28",
      "2026-03-29",
    ]);
    expect(days[0]?.from).toBe(Date.parse(p.from));
    expect(days[6]?.to).toBe(Date.parse(p.to));
    for (let i = 1; i < days.length; i++) expect(days[i]?.from).toBe(days[i - 1]?.to);
    expect((days[6]!.to - days[6]!.from) / 3_600_000).toBe(23);
  });
});

describe("shiftDays and periodAt", () => {
  it("keeps the time of the clock across daylight saving", () => {
    const noon = Date.parse("2026-03-30T10:00:00Z");
    expect(new Date(shiftDays(noon, -7, "Europe/Berlin")).toISOString()).toBe("2026-03-23T11:00:00.000Z");
  });

  it("finds the week of each day of a year end", () => {
    const week = (day: string) => periodAt("week", new Date(`${day}T12:00:00Z`), "UTC").label;
    expect(["2026-12-27", "2026-12-28", "2027-01-03", "2027-01-04"].map(week)).toEqual([
      "2026-W52",
      "2026-W53",
      "2026-W53",
      "2027-W01",
    ]);
  });
});
