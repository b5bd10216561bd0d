/** Lying bars, each with its name, one below the other; stacked, or with a line of percent across them. */
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

/** Room for the number behind the longest bar. */
const RIGHT = 44;
const BOTTOM = 26;
const NAMES = 190;
const PERCENT_AXIS = 24;
const WIDEST_BAR = 42;
const PERCENTS = [0, 20, 40, 60, 80, 100] as const;

interface Plot {
  left: number;
  width: number;
  top: number;
  height: number;
  band: number;
  scale: Scale;
}

const isStacked = (chart: Chart): boolean => chart.series.some((s) => s.stacked);

/** The longest bar, or the longest stack of them. */
function reach(chart: Chart): number[] {
  const bars = chart.series.filter((s) => s.kind === "bar");
  const lengths = chart.categories.map((_, i) => bars.map((s) => s.values[i] ?? 0));
  return lengths.map((all) => (isStacked(chart) ? all.reduce((a, b) => a + b, 0) : Math.max(0, ...all)));
}

function plotOf(chart: Chart, above: number): Plot {
  const left = chart.names ?? NAMES;
  const height = heightOf(chart) - above - BOTTOM;
  const band = height / chart.categories.length;
  return {
    left,
    width: WIDTH - left - RIGHT,
    top: above,
    height,
    band,
    scale: scaleFor(reach(chart), chart),
  };
}

const middle = ({ top, band }: Plot, i: number): number => top + band * (i + 0.5);
const xOf = ({ left, width, scale }: Plot, value: number): number => left + width * scale.share(value);

function grid(plot: Plot): string[] {
  const { top, height, scale } = plot;
  return scale.ticks.flatMap((tick) => {
    const x = xOf(plot, tick);
    return [lineAt(x, top, x, top + height), textAt(x, top + height + 14, String(tick), "middle")];
  });
}

function percentAxis({ left, width, top }: Plot): string[] {
  return PERCENTS.map((p) => textAt(left + (width * p) / 100, top - 12, `${p} %`, "middle"));
}

function bar(x: number, y: number, width: number, height: number, round: number): string {
  const r = Math.min(round, width);
  return `M${px(x)} ${px(y)}h${px(width - r)}q${px(r)} 0 ${px(r)} ${px(r)}v${px(height - 2 * r)}q0 ${px(r)} ${px(-r)} ${px(r)}h${px(r - width)}z`;
}

/** A number inside its part of a stack, where it fits. */
function inside(value: number, from: number, to: number, y: number): string[] {
  const text = String(value);
  return to - from > lengthOf(text) + 6 ? [textAt((from + to) / 2, y, text, "middle", "var(--card)")] : [];
}

/** The bars of one series from where those before it end; their ends are handed on. */
function bars(
  series: Series,
  plot: Plot,
  starts: readonly number[],
): { svg: string; numbers: string[]; ends: number[] } {
  const thick = Math.min(WIDEST_BAR, plot.band * 0.66);
  const ends = starts.map((start, i) => start + (series.values[i] ?? 0));
  const drawn = ends.map((end, i) => [xOf(plot, starts[i]!), xOf(plot, end)] as const);
  const d = drawn.flatMap(([from, to], i) =>
    to > from ? [bar(from, middle(plot, i) - thick / 2, to - from, thick, series.stacked ? 0 : 3)] : [],
  );
  const numbers = drawn.flatMap(([from, to], i) => {
    const value = series.values[i];
    if (!value || !series.labels) return [];
    return series.stacked
      ? inside(value, from, to, middle(plot, i))
      : [textAt(to + 6, middle(plot, i), String(value), "start")];
  });
  return { svg: `<path d="${d.join("")}" fill="${inkOf(series.ink)}"/>`, numbers, ends };
}

function line(series: Series, plot: Plot): string {
  const { left, width } = plot;
  return curve(
    series.values.map((v, i) => (v === undefined ? undefined : [left + (width * v) / 100, middle(plot, i)])),
    series.ink,
  );
}

export function drawLying(chart: Chart): string {
  const { svg, height } = legend(chart);
  const hasPercent = chart.series.some((s) => s.percent);
  const plot = plotOf(chart, height + (hasPercent ? PERCENT_AXIS : 0));
  const names = chart.categories.map((name, i) => textAt(plot.left - 8, middle(plot, i), name, "end"));
  let starts = chart.categories.map(() => 0);
  const written: string[] = [];
  const drawn = chart.series.map((series) => {
    if (series.kind === "line") return line(series, plot);
    const { svg: part, numbers, ends } = bars(series, plot, starts);
    if (series.stacked) starts = ends;
    written.push(...numbers);
    return part;
  });
  const over = isStacked(chart) ? written.join("") : overLines(written);
  const axis = hasPercent ? percentAxis(plot) : [];
  return frame(chart, [svg, ...grid(plot), ...axis, ...names, ...drawn, over]);
}
