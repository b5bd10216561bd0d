/** The drawing of charts: round scales, nothing outside the picture, nothing but numbers in it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaleFor } from "../../src/report/chart-parts.ts";
import { type Chart, drawChart } from "../../src/report/charts.ts";

describe("a scale", () => {
  it.each([
    [[0], {}, [0, 1]],
    [[1], {}, [0, 1]],
    [[7], {}, [0, 2, 4, 6, 8]],
    [[41, 12], {}, [0, 10, 20, 30, 40, 50]],
    [[290], {}, [0, 100, 200, 300]],
    [[3.6, 2.7], { min: 1, max: 5 }, [1, 2, 3, 4, 5]],
  ])("%j with %j", (values, bounds, ticks) => {
    expect(scaleFor(values, bounds).ticks).toEqual(ticks);
  });

  it("reaches over every value with a few whole lines", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2_000_000 }), { minLength: 1 }), (values) => {
        const { ticks, share } = scaleFor(values, {});
        expect(ticks.length).toBeLessThanOrEqual(7);
        expect(ticks.every(Number.isInteger)).toBe(true);
        expect(Math.max(...values.map(share))).toBeLessThanOrEqual(1);
        expect(ticks.at(-1)!).toBeGreaterThanOrEqual(Math.max(...values));
      }),
    );
  });
});

/** Every place that is written into the drawing. */
const placesOf = (svg: string, name: string): number[] =>
  [...svg.matchAll(new RegExp(` ${name}="([^"]*)"`, "g"))].map((m) => Number(m[1]));

const names = fc.array(fc.string({ maxLength: 12 }), { minLength: 1, maxLength: 31 });
const chart: fc.Arbitrary<Chart> = names.chain((categories) => {
  const values = fc.array(fc.option(fc.integer({ min: 0, max: 900_000 }), { nil: undefined }), {
    minLength: categories.length,
    maxLength: categories.length,
  });
  const shares = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), {
    minLength: categories.length,
    maxLength: categories.length,
  });
  return fc.record({ a: values, b: values, shares, lying: fc.boolean(), stacked: fc.boolean() }).map((r) => ({
    categories,
    lying: r.lying,
    series: [
      {
        name: "<a>",
        values: r.a,
        ink: "blue" as const,
        kind: "bar" as const,
        labels: true,
        ...(r.stacked ? { stacked: true as const } : {}),
      },
      ...(r.stacked
        ? [
            {
              name: "b",
              values: r.b,
              ink: "red" as const,
              kind: "bar" as const,
              stacked: true as const,
              labels: true,
            },
          ]
        : []),
      r.lying
        ? {
            name: "share",
            values: r.shares,
            ink: "amber" as const,
            kind: "line" as const,
            percent: true as const,
          }
        : { name: "c", values: r.b, ink: "teal" as const, kind: "line" as const },
    ],
  }));
});

describe("a chart", () => {
  it("stays inside its picture whatever the numbers are", () => {
    fc.assert(
      fc.property(chart, (drawn) => {
        const svg = drawChart(drawn);
        expect(svg).not.toMatch(/NaN|undefined|Infinity/);
        for (const [axis, most] of [
          ["x", 640],
          ["cx", 640],
          ["y", 300],
          ["cy", 300],
        ] as const)
          for (const place of placesOf(svg, axis)) {
            expect(place).toBeGreaterThanOrEqual(0);
            expect(place).toBeLessThanOrEqual(most);
          }
      }),
      { numRuns: 60 },
    );
  });

  it("escapes names and writes every number that has a label", () => {
    const svg = drawChart({
      categories: ["<b>&", "未派单"],
      series: [{ name: "n", values: [3, 14], ink: "blue", kind: "bar", labels: true }],
      lying: true,
    });
    expect(svg).toContain("&lt;b&gt;&amp;");
    expect(svg).toContain(">未派单<");
    expect(svg).toContain(">3<");
    expect(svg).toContain(">14<");
  });

  it("leaves out names that would run into each other", () => {
    const categories = Array.from({ length: 31 }, (_, i) => `12-${String(i + 1).padStart(2, "0")}`);
    const svg = drawChart({
      categories,
      series: [{ name: "n", values: categories.map(() => 1), ink: "teal", kind: "line" }],
    });
    expect(svg.match(/>12-\d\d</g)!.length).toBeLessThan(31);
    expect(svg).toContain(">12-01<");
  });
});
