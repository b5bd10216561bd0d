/** Which charts the HTML report has, and the numbers they are drawn from. */
import type { Chart } from "./charts.ts";
import type { Figure } from "./render-html.ts";
import type { Report } from "./report.ts";
import type { Row } from "./section.ts";
import { cutTo } from "./text-width.ts";
import type { Voice } from "./view.ts";

/** Cells that the name of a lying bar may take; the table has it whole. */
const NAME = 30;

const rowsOf = (report: Report, id: string): Row[] => report.sections[id]?.rows ?? [];
const numbers = (rows: readonly Row[], name: string): number[] => rows.map((row) => Number(row[name] ?? 0));

function trend(report: Report, { t, format }: Voice): Figure {
  const rows = rowsOf(report, "volume");
  // Days that are still to come are no days without complaints.
  const past = (name: string) =>
    numbers(rows, name).map((n, k) =>
      n === 0 && String(rows[k]?.day) > report.generated_at.slice(0, 10) ? undefined : n,
    );
  const chart: Chart = {
    categories: rows.map((row) =>
      rows.length <= 14 ? format.day(String(row.day)) : String(row.day).slice(5),
    ),
    series: [
      {
        name: t("report.name.volume.received"),
        values: past("received"),
        ink: "blue",
        kind: "bar",
        labels: rows.length <= 14,
      },
      { name: t("report.name.volume.closed"), values: past("closed"), ink: "teal", kind: "line" },
    ],
  };
  return { title: t("report.html.trend"), over: t("report.column.day"), chart };
}

function pareto(report: Report, { t, label }: Voice): Figure {
  const rows = rowsOf(report, "cause").slice(0, 10);
  const chart: Chart = {
    categories: rows.map((row) => cutTo(label("cause", String(row.id)), NAME)),
    series: [
      {
        name: t("report.html.cases"),
        values: numbers(rows, "count"),
        ink: "blue",
        kind: "bar",
        labels: true,
      },
      {
        name: t("report.html.cumulative"),
        values: numbers(rows, "cumulative_share").map((s) => Math.round(s * 1000) / 10),
        ink: "amber",
        kind: "line",
        percent: true,
      },
    ],
    lying: true,
    names: 230,
    height: 340,
  };
  return { title: t("report.html.pareto"), over: t("report.column.cause"), chart };
}

/** Classes of the resolution time: so many days, how many cases. */
export type ResolutionClasses = readonly { upTo: number | undefined; count: number }[];

function resolution(classes: ResolutionClasses, { t }: Voice): Figure {
  const names = classes.map(({ upTo }, i) =>
    t("report.html.resolution_class", { from: classes[i - 1]?.upTo ?? 0, upTo: upTo ?? "none" }),
  );
  const chart: Chart = {
    categories: names,
    series: [
      {
        name: t("report.html.resolved"),
        values: classes.map((c) => c.count),
        ink: "teal",
        kind: "bar",
        labels: true,
      },
    ],
  };
  return {
    title: t("report.html.resolution"),
    over: t("report.html.resolution_axis"),
    chart,
  };
}

function mood(report: Report, { t, label }: Voice): Figure {
  const rows = rowsOf(report, "mood");
  const chart: Chart = {
    categories: rows.map((row) => label("stage", String(row.stage))),
    series: [
      {
        name: t("report.column.mean"),
        values: numbers(rows, "mean").map((m) => Math.round(m * 10) / 10),
        ink: "red",
        kind: "line",
        labels: true,
      },
    ],
    min: 1,
    max: 5,
  };
  return { title: t("report.html.mood"), over: t("report.column.stage"), chart };
}

function promises(report: Report, { t }: Voice): Figure {
  const now = report.sections.promises!.facts as Record<string, number>;
  const before = report.previous?.sections.promises?.facts as Record<string, number> | undefined;
  const inks = { kept: "teal", broken: "red", open_overdue: "amber" } as const;
  const periods = [...(before ? [before] : []), now];
  const chart: Chart = {
    categories: [...(before ? [report.previous!.label] : []), report.period.label],
    series: Object.entries(inks).map(([name, ink]) => ({
      name: t(`report.name.promises.${name}`),
      values: periods.map((p) => p[name] || undefined),
      ink,
      kind: "bar" as const,
      stack: "promises",
      labels: true,
    })),
    lying: true,
    names: 110,
  };
  return { title: t("report.html.promises"), over: t("report.title"), chart };
}

function ageing(report: Report, { t }: Voice): Figure {
  const rows = rowsOf(report, "ageing");
  const chart: Chart = {
    categories: rows.map((row) => String(row.bucket)),
    series: [
      {
        name: t("report.html.cases"),
        values: numbers(rows, "count"),
        ink: "amber",
        kind: "bar",
        labels: true,
      },
    ],
  };
  return { title: t("report.html.ageing"), over: t("report.column.bucket"), chart };
}

export function figuresOf(report: Report, classes: ResolutionClasses, voice: Voice): Figure[] {
  return [
    trend(report, voice),
    pareto(report, voice),
    resolution(classes, voice),
    mood(report, voice),
    promises(report, voice),
    ageing(report, voice),
  ];
}
