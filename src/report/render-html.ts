/** The report as one HTML file that needs no network: charts, the five things first, every number with its command. */
import { type Chart, drawChart } from "./charts.ts";
import { STYLE } from "./html-style.ts";
import { factOf } from "./list-command.ts";
import type { Report } from "./report.ts";
import type { FactView, ReportView, SectionView, Voice } from "./view.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text for HTML; control and bidirectional signs are taken out. */
export function escapeHtml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);
}

const e = escapeHtml;

/** Part of the page with a chart, and its numbers as a table behind it. */
export interface Figure {
  title: string;
  chart: Chart;
  /** Axis label of the categories, for the table. */
  over: string;
}

function tableOf(
  caption: string,
  head: readonly { label: string; right?: boolean }[],
  rows: readonly (readonly string[])[],
  quote = -1,
): string {
  const headCells = head
    .map((h) => `<th scope="col"${h.right ? ' class="num"' : ""}>${e(h.label)}</th>`)
    .join("");
  const classOf = (i: number) => (head[i]?.right ? ' class="num"' : i === quote ? ' class="quote"' : "");
  const body = rows
    .map(
      (cells) =>
        `<tr>${cells.map((cell, i) => (i === 0 ? `<th scope="row">${cell}</th>` : `<td${cell.startsWith("<details") ? ' class="list"' : classOf(i)}>${cell}</td>`)).join("")}</tr>`,
    )
    .join("");
  return `<div class="scroll"><table><caption>${e(caption)}</caption><thead><tr>${headCells}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** Which colour is which series; text of the page rather than of the drawing, so that it grows with it. */
function legend({ series }: Chart): string {
  if (series.length < 2) return "";
  const items = series.map(
    ({ name, ink, kind }) => `<li><i class="${kind}" style="background:var(--${ink})"></i>${e(name)}</li>`,
  );
  return `<ul class="legend">${items.join("")}</ul>`;
}

function figureHtml({ title, chart, over }: Figure, voice: Voice): string {
  const isEmpty = chart.series.every((s) => s.values.every((v) => !v));
  if (isEmpty)
    return `<figure class="card"><figcaption>${e(title)}</figcaption><p class="none">${e(voice.t("report.html.no_data"))}</p></figure>`;
  const head = [{ label: over }, ...chart.series.map((s) => ({ label: s.name, right: true }))];
  const number = (value: number | undefined, percent?: boolean) =>
    value === undefined
      ? ""
      : `${voice.format.number(value, Number.isInteger(value) ? 0 : 1)}${percent ? " %" : ""}`;
  const rows = chart.categories.map((name, i) => [
    e(name),
    ...chart.series.map((s) => e(number(s.values[i], s.percent))),
  ]);
  return `<figure class="card" role="group" aria-label="${e(title)}"><figcaption>${e(title)}</figcaption>${legend(chart)}<div class="scroll">${drawChart(chart)}</div><details><summary>${e(voice.t("report.html.table"))}</summary>${tableOf(title, head, rows)}</details></figure>`;
}

/** The name that lists the cases, and behind it the whole command. */
function code(list: string | undefined): string {
  if (list === undefined) return "";
  return `<details class="cmd"><summary><code>${e(factOf(list))}</code></summary><code>${e(list)}</code></details>`;
}

function factTable(section: SectionView, voice: Voice): string {
  const { facts } = section;
  if (facts.length === 0) return "";
  const hasBefore = facts.some((f) => f.before !== undefined);
  const hasList = facts.some((f) => f.list !== undefined);
  const head = [
    { label: "" },
    { label: voice.t("report.now"), right: true },
    ...(hasBefore ? [{ label: voice.t("report.before"), right: true }] : []),
    ...(hasList ? [{ label: voice.t("report.column.list") }] : []),
  ];
  const rows = facts.map((f) => [
    e(f.label),
    e(f.value),
    ...(hasBefore ? [e(f.before ?? "")] : []),
    ...(hasList ? [code(f.list)] : []),
  ]);
  return tableOf(section.title, head, rows);
}

/** So many rows are shown at once; the others behind one more line. */
const ROWS = 12;

function rowTable(section: SectionView, voice: Voice): string {
  const { rows, columns } = section;
  if (rows.length === 0) return "";
  const hasList = rows.some((row) => row.list !== undefined);
  const head = [...columns, ...(hasList ? [{ label: voice.t("report.column.list"), right: false }] : [])];
  const body = rows.map((row) => [
    ...columns.map((c) => e(row.cells[c.key] ?? "")),
    ...(hasList ? [code(row.list)] : []),
  ]);
  const quote = columns.findIndex((c) => c.key === "quote" || c.key === "key" || c.key === "what");
  const [first, rest] = [body.slice(0, ROWS), body.slice(ROWS)];
  const more =
    rest.length === 0
      ? ""
      : `<details class="more"><summary>${e(voice.t("report.html.more_rows", { n: rest.length }))}</summary>${tableOf(section.title, head, rest, quote)}</details>`;
  return tableOf(section.title, head, first, quote) + more;
}

/** Sections whose tables need the whole width. */
const WIDE: ReadonlySet<string> = new Set([
  "category",
  "cause",
  "lines",
  "actions",
  "money",
  "by",
  "spikes",
  "departments",
]);

function sectionHtml(section: SectionView, voice: Voice): string {
  // The days stand behind their chart.
  const body = factTable(section, voice) + (section.id === "volume" ? "" : rowTable(section, voice));
  if (body === "") return "";
  const note = section.note ? `<p class="note">${e(section.note)}</p>` : "";
  return `<section class="card${WIDE.has(section.id) ? " wide" : ""}" id="${section.id}"><h2>${e(section.title)}</h2>${body}${note}</section>`;
}

function topHtml(view: ReportView, title: string): string {
  const items = view.top.map(
    ({ label, text, bad, list }, i) =>
      `<li${bad ? ' class="bad"' : ""}><span class="n">${i + 1}</span><div><strong>${e(label)}</strong>${e(text)}${list ? `<code>${e(list)}</code>` : ""}</div></li>`,
  );
  return `<section class="card top" aria-labelledby="top"><h2 id="top">${e(title)}</h2><ol>${items.join("")}</ol></section>`;
}

const colon = (locale: string): string => (locale.startsWith("zh") ? "：" : ": ");

/** The numbers a lead looks for first; a rate stands as a count while there are too few cases. */
function tilesHtml(report: Report, view: ReportView, voice: Voice): string {
  const find = (id: string, name: string): FactView | undefined =>
    view.sections.find((s) => s.id === id)?.facts.find((f) => f.name === name);
  const wanted: [string, string, string?][] = [
    ["volume", "received"],
    ["volume", "closed"],
    ["volume", "backlog"],
    ["promises", "kept_rate", "kept"],
    ["deadlines", "breached"],
    ["mood", "calmed_rate", "calmed"],
  ];
  const tiles = wanted.flatMap(([id, name, instead]) => {
    const fact = find(id, name) ?? (instead ? find(id, instead) : undefined);
    if (!fact) return [];
    const section = id === "volume" ? "" : `${voice.t(`report.section.${id}`)}${colon(voice.locale)}`;
    const before =
      fact.before === undefined ? "" : `<small>${e(`${voice.t("report.before")} ${fact.before}`)}</small>`;
    return [
      `<div class="card tile"><b>${e(fact.value)}</b><span>${e(section + fact.label)}</span>${before}</div>`,
    ];
  });
  return report.sections.volume ? `<div class="tiles">${tiles.join("")}</div>` : "";
}

/** The whole page. */
export function renderHtml(
  report: Report,
  view: ReportView,
  figures: readonly Figure[],
  title: string,
  empty: string,
  voice: Voice,
): string {
  const { t, locale } = voice;
  const meta = [view.span, view.compared, view.asOf, view.running].flatMap((text) =>
    text ? [`<span>${e(text)}</span>`] : [],
  );
  const changed = view.changedSince ? `<p class="notice">${e(view.changedSince)}</p>` : "";
  const body = view.empty
    ? `<p class="none">${e(empty)}</p>`
    : [
        tilesHtml(report, view, voice),
        topHtml(view, title),
        `<div class="charts">${figures.map((f) => figureHtml(f, voice)).join("")}</div>`,
        `<h2 class="all">${e(t("report.html.figures"))}</h2>${view.factCommand ? `<p class="hint">${e(view.factCommand)}</p>` : ""}<div class="sections">${view.sections.map((s) => sectionHtml(s, voice)).join("")}</div>`,
      ].join("\n");
  return `<!doctype html>
<html lang="${e(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${e(view.title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<header><h1>${e(view.title)}</h1><p class="meta">${meta.join("")}</p>${changed}</header>
<main>
${body}
</main>
<footer>${e(t("report.html.footer"))}</footer>
</body>
</html>
`;
}
