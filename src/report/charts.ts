/** The charts of the HTML report: ECharts, drawn to SVG on this side. Loaded only for that format. */
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

echarts.use([BarChart, LineChart, GridComponent, SVGRenderer]);

/** Stand-ins that become CSS variables once the SVG is drawn, so that one drawing serves light, dark and print. */
const INK = {
  blue: "#010203",
  teal: "#010204",
  amber: "#010205",
  red: "#010206",
  grey: "#010207",
  text: "#010208",
  line: "#010209",
  card: "#01020a",
} as const;
export type Ink = keyof typeof INK;

const WIDTH = 640;
const HEIGHT = 300;

export interface Series {
  name: string;
  values: readonly (number | undefined)[];
  ink: Ink;
  kind: "bar" | "line";
  /** Bars of one stack stand on each other. */
  stack?: string;
  /** The right axis, in percent. */
  percent?: boolean;
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

const TEXT = { color: INK.text, fontSize: 13 };

function valueAxis(percent: boolean, { max, min }: Pick<Chart, "max" | "min">) {
  return {
    type: "value" as const,
    axisLabel: { ...TEXT, ...(percent ? { formatter: "{value} %" } : {}) },
    splitLine: { show: !percent, lineStyle: { color: INK.line } },
    minInterval: percent ? undefined : 1,
    ...(percent
      ? { min: 0, max: 100 }
      : { ...(max === undefined ? {} : { max }), ...(min === undefined ? {} : { min }) }),
  };
}

function seriesOption({ name, values, ink, kind, stack, percent, labels }: Series, lying: boolean) {
  const color = INK[ink];
  const data = values.map((v) => (v === undefined ? null : v));
  const common = {
    name,
    type: kind,
    data,
    itemStyle: { color },
    ...(percent ? (lying ? { xAxisIndex: 1 } : { yAxisIndex: 1 }) : {}),
  };
  const label = labels
    ? {
        label: {
          show: true,
          position: stack ? "inside" : lying ? "right" : "top",
          ...TEXT,
          ...(stack ? { color: INK.card } : {}),
        },
      }
    : {};
  if (kind === "line")
    return { ...common, ...label, lineStyle: { color, width: 3 }, symbolSize: 8, symbol: "circle" };
  return {
    ...common,
    ...label,
    ...(stack ? { stack } : {}),
    barMaxWidth: 42,
    itemStyle: { color, borderRadius: stack ? 0 : lying ? [0, 3, 3, 0] : [3, 3, 0, 0] },
  };
}

function optionOf(chart: Chart) {
  const { categories, series, lying = false, names = 190 } = chart;
  const category = {
    type: "category" as const,
    data: [...categories],
    axisLabel: {
      ...TEXT,
      hideOverlap: true,
      ...(lying ? { width: names - 12, overflow: "truncate" as const } : {}),
    },
    axisLine: { lineStyle: { color: INK.line } },
    axisTick: { show: false },
    ...(lying ? { inverse: true } : {}),
  };
  const values = [
    valueAxis(false, chart),
    ...(series.some((s) => s.percent) ? [valueAxis(true, chart)] : []),
  ];
  return {
    animation: false,
    textStyle: { fontFamily: "inherit" },
    // The names' room is fixed: their width is only guessed where no browser measures it.
    grid: {
      left: lying ? names : 8,
      right: 24,
      top: series.some((s) => s.percent) && lying ? 30 : 20,
      bottom: lying ? 28 : 8,
      ...(lying ? { outerBoundsMode: "none" } : { outerBoundsMode: "same", outerBoundsContain: "axisLabel" }),
    },
    xAxis: lying ? values : category,
    yAxis: lying ? category : values,
    series: series.map((s) => seriesOption(s, lying)),
  };
}

/** Stand-ins become variables; the font is the page's. */
function adopt(svg: string): string {
  let adopted = svg;
  for (const [name, color] of Object.entries(INK)) adopted = adopted.replaceAll(color, `var(--${name})`);
  return adopted
    .replace(/font-family:[^;"]*;?/g, "")
    .replace(
      /<svg ([^>]*)>/,
      (_, attributes: string) =>
        `<svg ${attributes.replace(/ (?:width|height)="[^"]*"/g, "").replace(/^(?:width|height)="[^"]*" ?/g, "")} aria-hidden="true" focusable="false">`,
    );
}

/** The chart as an SVG element that takes the page's colours and the width it is given. */
export function drawChart(chart: Chart): string {
  const height = chart.height ?? HEIGHT;
  const drawn = echarts.init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height });
  try {
    drawn.setOption(optionOf(chart) as never);
    return adopt(drawn.renderToSVGString());
  } finally {
    // Without this the process never ends.
    drawn.dispose();
  }
}
