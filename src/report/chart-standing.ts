/** Standing bars and lines over categories from left to right. */
import {
  curve,
  frame,
  heightOf,
  inkOf,
  legend,
  lengthOf,
  lineAt,
  overLines,
  px,
  type Scale,
  scaleFor,
  textAt,
  WIDTH,
} from "./chart-parts.ts";
import type { Chart, Series } from "./charts.ts";

const RIGHT = 12;
const BOTTOM = 28;
/** Room for the number above the highest bar. */
const ABOVE = 20;
const WIDEST_BAR = 42;

interface Plot {
  left: number;
  width: number;
  top: number;
  height: number;
  band: number;
  scale: Scale;
}

const known = (chart: Chart): number[] =>
  chart.series.flatMap((s) => s.values.filter((v) => v !== undefined));

function plotOf(chart: Chart, top: number): Plot {
  const scale = scaleFor(known(chart), chart);
  const left = 10 + Math.max(...scale.ticks.map((tick) => lengthOf(String(tick))));
  const width = WIDTH - left - RIGHT;
  const height = heightOf(chart) - top - ABOVE - BOTTOM;
  return { left, width, top: top + ABOVE, height, band: width / chart.categories.length, scale };
}

const middle = ({ left, band }: Plot, i: number): number => left + band * (i + 0.5);
const heightAt = ({ top, height, scale }: Plot, value: number): number =>
  top + height * (1 - scale.share(value));

function grid(plot: Plot): string[] {
  const { left, width, scale } = plot;
  return scale.ticks.flatMap((tick) => {
    const y = heightAt(plot, tick);
    return [lineAt(left, y, left + width, y), textAt(left - 8, y, String(tick), "end")];
  });
}

/** Names below the axis; where they would run into each other only every second, third … is written. */
function names({ categories }: Chart, plot: Plot): string[] {
  const widest = Math.max(...categories.map(lengthOf)) + 8;
  const every = Math.max(1, Math.ceil(widest / plot.band));
  const y = plot.top + plot.height + 16;
  return categories.flatMap((name, i) =>
    i % every === 0 ? [textAt(middle(plot, i), y, name, "middle")] : [],
  );
}

function bar(x: number, y: number, width: number, height: number): string {
  const round = Math.min(3, height);
  return `M${px(x)} ${px(y + height)}v${px(round - height)}q0 ${px(-round)} ${px(round)} ${px(-round)}h${px(width - 2 * round)}q${px(round)} 0 ${px(round)} ${px(round)}v${px(height - round)}z`;
}

function numbers({ values, labels }: Series, plot: Plot): string[] {
  if (!labels) return [];
  return values.flatMap((value, i) =>
    value === undefined ? [] : [textAt(middle(plot, i), heightAt(plot, value) - 12, String(value), "middle")],
  );
}

function bars(series: Series, plot: Plot): string {
  const width = Math.min(WIDEST_BAR, plot.band * 0.66);
  const base = plot.top + plot.height;
  const d = series.values.flatMap((value, i) => {
    if (!value) return [];
    const y = heightAt(plot, value);
    return [bar(middle(plot, i) - width / 2, y, width, base - y)];
  });
  return `<path d="${d.join("")}" fill="${inkOf(series.ink)}"/>`;
}

export function drawStanding(chart: Chart): string {
  const { svg, height } = legend(chart);
  const plot = plotOf(chart, height);
  const drawn = chart.series.map((series) => {
    if (series.kind === "bar") return bars(series, plot);
    return curve(
      series.values.map((v, i) => (v === undefined ? undefined : [middle(plot, i), heightAt(plot, v)])),
      series.ink,
    );
  });
  const written = chart.series.flatMap((series) => numbers(series, plot));
  return frame(chart, [svg, ...grid(plot), ...names(chart, plot), ...drawn, overLines(written)]);
}
