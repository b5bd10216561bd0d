/** The charts of the HTML report as SVG: bars and lines over categories, standing or lying, in the page's own colours. */
import { drawLying } from "./chart-lying.ts";
import { drawStanding } from "./chart-standing.ts";

/** A colour of the page (`html-style.ts`), so that one drawing serves light, dark and print. */
export type Ink = "blue" | "teal" | "amber" | "red";

export interface Series {
  name: string;
  values: readonly (number | undefined)[];
  ink: Ink;
  kind: "bar" | "line";
  /** Bars stand on those of the series before. */
  stacked?: true;
  /** Values are percent, on an axis of their own. */
  percent?: true;
  labels?: boolean;
}

export interface Chart {
  categories: readonly string[];
  series: readonly Series[];
  /** Bars lie; for long names. */
  lying?: boolean;
  /** Room for the names of lying bars. */
  names?: number;
  height?: number;
  max?: number;
  min?: number;
}

/** The chart as an SVG element that takes the width it is given. The numbers stand in a table beside it. */
export function drawChart(chart: Chart): string {
  return chart.lying ? drawLying(chart) : drawStanding(chart);
}
