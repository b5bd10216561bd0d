/** What every chart is made of: its scale, its texts, its frame. Lengths are in units of the drawing, 640 wide. */
import type { Chart, Ink } from "./charts.ts";
import { escapeHtml } from "./html-text.ts";
import { widthOf } from "./text-width.ts";

export const WIDTH = 640;
const HEIGHT = 300;
const FONT = 13;
/** What a cell of text is about wide; where no browser measures it, it is only guessed. */
const CELL = 6.9;
const LEGEND_HEIGHT = 30;
/** More lines than this across a chart are too many. */
const MOST_TICKS = 6;

/** One decimal is finer than any screen. */
export const px = (n: number): string => String(Math.round(n * 10) / 10);

export const lengthOf = (text: string): number => widthOf(text) * CELL;

export type Anchor = "start" | "middle" | "end";

/** A text whose middle is at height `y`. */
export function textAt(x: number, y: number, text: string, anchor: Anchor, fill?: string): string {
  const ink = fill === undefined ? "" : ` fill="${fill}"`;
  const where = anchor === "start" ? "" : ` text-anchor="${anchor}"`;
  return `<text x="${px(x)}" y="${px(y + FONT * 0.36)}"${where}${ink}>${escapeHtml(text)}</text>`;
}

/** Numbers that a line may cross stand out from it. */
export function overLines(texts: readonly string[]): string {
  return `<g stroke="var(--card)" stroke-width="3" stroke-linejoin="round" paint-order="stroke">${texts.join("")}</g>`;
}

export const inkOf = (ink: Ink): string => `var(--${ink})`;

export function lineAt(x1: number, y1: number, x2: number, y2: number): string {
  return `<path d="M${px(x1)} ${px(y1)}L${px(x2)} ${px(y2)}" stroke="var(--line)"/>`;
}

/** A line through the points that have a value; it is broken where one is missing. */
export function curve(points: readonly ([number, number] | undefined)[], ink: Ink): string {
  let pen = "M";
  const d = points.map((point) => {
    const step = point ? `${pen}${px(point[0])} ${px(point[1])}` : "";
    pen = point ? "L" : "M";
    return step;
  });
  const dots = points.flatMap((point) =>
    point ? [`<circle cx="${px(point[0])}" cy="${px(point[1])}" r="4"/>`] : [],
  );
  return `<path d="${d.join("")}" fill="none" stroke="${inkOf(ink)}" stroke-width="3" stroke-linejoin="round"/><g fill="${inkOf(ink)}">${dots.join("")}</g>`;
}

/** A scale from `min` to `max` with lines at round numbers, whole ones where the values are. */
export interface Scale {
  ticks: number[];
  /** 0 at the lowest, 1 at the highest. */
  share: (value: number) => number;
}

export function scaleFor(values: readonly number[], { min = 0, max }: Pick<Chart, "min" | "max">): Scale {
  const highest = max ?? Math.max(1, ...values);
  const rough = (highest - min) / (MOST_TICKS - 1);
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1)));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? power;
  const count = Math.ceil((highest - min) / step);
  const top = max ?? min + count * step;
  const ticks = Array.from({ length: count + 1 }, (_, i) => min + i * step).filter((tick) => tick <= top);
  return { ticks, share: (value) => (value - min) / (top - min) };
}

/** What the series are, above the chart; empty for a single one. */
export function legend({ series }: Chart): { svg: string; height: number } {
  if (series.length < 2) return { svg: "", height: 0 };
  let x = 0;
  const parts = series.map(({ name, ink, kind }) => {
    const sign =
      kind === "bar"
        ? `<rect x="${px(x)}" y="5" width="22" height="12" rx="3" fill="${inkOf(ink)}"/>`
        : `<path d="M${px(x)} 11H${px(x + 22)}" stroke="${inkOf(ink)}" stroke-width="3"/><circle cx="${px(x + 11)}" cy="11" r="4" fill="${inkOf(ink)}"/>`;
    const part = sign + textAt(x + 28, 11, name, "start");
    x += 28 + lengthOf(name) + 20;
    return part;
  });
  return { svg: parts.join(""), height: LEGEND_HEIGHT };
}

export const heightOf = (chart: Chart): number => chart.height ?? HEIGHT;

/** The drawing as an element; screen readers have the table. */
export function frame(chart: Chart, parts: readonly string[]): string {
  return `<svg viewBox="0 0 ${WIDTH} ${heightOf(chart)}" aria-hidden="true" focusable="false" font-size="${FONT}" fill="var(--text)">${parts.join("")}</svg>`;
}
