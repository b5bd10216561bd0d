/** Report and oracle agree: on demonstrations of several seeds, over periods of every kind, in several time zones. */
import { describe, expect, it } from "vitest";
import type { PeriodFlags } from "../../src/core/period.ts";
import { demoStore, differences, oracleOf, rawCases, rawEvents, reportOf, wrongLists } from "./support.ts";

const SEEDS: [seed: number, now: string, zone: string][] = [
  [1, "2026-11-21T15:00:00Z", "Asia/Shanghai"],
  [2, "2027-01-06T07:30:00Z", "Asia/Taipei"],
  [3, "2026-04-02T20:00:00Z", "Europe/Berlin"],
  [4, "2026-11-05T02:00:00Z", "America/New_York"],
  [5, "2026-03-01T00:00:00Z", "UTC"],
];

function looks(now: Date): PeriodFlags[] {
  const day = (back: number) => new Date(+now - back * 86_400_000).toISOString().slice(0, 10);
  return [
    { week: true },
    { day: day(1) },
    { day: true },
    { month: day(20).slice(0, 7) },
    { from: day(30), to: day(10) },
    { from: day(70), to: day(-5) },
  ];
}

describe.each(SEEDS)("seed %i, seen at %s in %s", (seed, at, zone) => {
  const now = new Date(at);
  const store = demoStore(seed, 260, 7, now, zone);
  const cases = rawCases(store);
  const events = rawEvents(store);
  const weeks = [-7, -14, -21].map((days) => {
    const date = new Date(+now + days * 86_400_000);
    const thursday = new Date(+date + (3 - ((date.getUTCDay() + 6) % 7)) * 86_400_000);
    const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
    const week = Math.floor((+thursday - first) / (7 * 86_400_000)) + 1;
    return { week: `${thursday.getUTCFullYear()}-W${String(week).padStart(2, "0")}` };
  });

  it.each([...looks(now), ...weeks])(
    "agrees over %o, and every list has the cases that were counted",
    (flags) => {
      const look = { now, zone, flags };
      const report = reportOf(store, look);
      expect(differences(report, oracleOf(store, look, cases, events))).toEqual([]);
      expect(wrongLists(store, look, report)).toEqual([]);
    },
  );

  it("says the same of a demonstration read in another time zone", () => {
    const look = { now, zone: zone === "UTC" ? "Pacific/Auckland" : "UTC", flags: weeks[0]! };
    expect(differences(reportOf(store, look), oracleOf(store, look, cases, events))).toEqual([]);
  });
});
