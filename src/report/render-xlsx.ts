/** The report as a workbook: what matters first, then a sheet per section. Loaded only for this format. */
import writeXlsxFile, { type Sheet } from "write-excel-file/node";
import { neutral } from "./render-csv.ts";
import type { Report, SectionFigures } from "./report.ts";
import type { ReportView, SectionView, Voice } from "./view.ts";

type XlsxCell = {
  value: string | number;
  fontWeight?: "bold";
  format?: string;
  wrap?: boolean;
  type?: StringConstructor | NumberConstructor;
};
type XlsxRow = XlsxCell[];

/** Signs that XML cannot hold are taken out. */
const clean = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");

function text(value: string, bold = false): XlsxCell {
  return { value: clean(String(neutral(value))), type: String, ...(bold ? { fontWeight: "bold" } : {}) };
}

const PERCENT = /(?:^|_)(?:rate|share)$/;

function cell(name: string, value: string | number | undefined): XlsxCell {
  if (typeof value !== "number") return text(value ?? "");
  const format = PERCENT.test(name) ? "0%" : Number.isInteger(value) ? "0" : "0.00";
  return { value, type: Number, format };
}

function factRows(
  { facts, lists, distinct }: SectionFigures,
  view: SectionView,
  before: SectionFigures["facts"] | undefined,
  voice: Voice,
): XlsxRow[] {
  const names = Object.keys(facts);
  if (names.length === 0) return [];
  const { t } = voice;
  const head = [
    "",
    "",
    t("report.now"),
    t("report.before"),
    t("report.column.count"),
    t("report.column.list"),
  ].map((label) => text(label, true));
  const rows = names.flatMap((name) => {
    const value = facts[name]!;
    const label = view.facts.find((f) => f.name === name)?.label ?? name;
    const was = before?.[name];
    const rest: XlsxRow = [
      distinct[name] === undefined ? text("") : cell("", distinct[name]),
      text(lists[name] ?? ""),
    ];
    if (typeof value === "number")
      return [
        [
          text(label),
          text(name),
          cell(name, value),
          typeof was === "number" ? cell(name, was) : text(""),
          ...rest,
        ],
      ];
    return Object.entries(value).map(([currency, amount]) => [
      text(`${label} (${currency})`),
      text(name),
      cell(name, amount),
      typeof was === "object" ? cell(name, was[currency]) : text(""),
      ...rest,
    ]);
  });
  return [head, ...rows, []];
}

function tableRows({ rows }: SectionFigures, view: SectionView, voice: Voice): XlsxRow[] {
  if (rows.length === 0) return [];
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const head = [
    text("", true),
    ...keys.map((key) => text(key === "list" ? voice.t("report.column.list") : key, true)),
  ];
  // The label in the reader's language first, then the figures under the names of the JSON.
  return [
    head,
    ...rows.map((row, i) => [text(firstCell(view, i)), ...keys.map((key) => cell(key, row[key]))]),
  ];
}

function firstCell(view: SectionView, index: number): string {
  const key = view.columns[0]?.key;
  return (key && view.rows[index]?.cells[key]) || "";
}

function overview(view: ReportView, title: string): Sheet<never> {
  const facts = [view.span, view.compared, view.asOf, view.running, view.changedSince].flatMap((line) =>
    line ? [[text(line)]] : [],
  );
  const top = view.top.map(({ label, text: told, list }, i) => [
    text(`${i + 1}. ${label}`, true),
    text(told),
    text(list ?? ""),
  ]);
  const rows: XlsxRow[] = [[text(view.title, true)], ...facts, [], [text(title, true)], ...top];
  return {
    sheet: "report",
    data: rows,
    columns: [{ width: 26 }, { width: 90 }, { width: 70 }],
  } as Sheet<never>;
}

/** The workbook's bytes. */
export async function renderXlsx(
  report: Report,
  view: ReportView,
  title: string,
  voice: Voice,
): Promise<Buffer> {
  const sheets = view.sections
    .filter((section) => section.id !== "by")
    .map((section) => {
      const figures = report.sections[section.id]!;
      const before = report.previous?.sections[section.id]?.facts;
      const data = [
        [text(section.title, true)],
        ...factRows(figures, section, before, voice),
        ...tableRows(figures, section, voice),
      ];
      return {
        sheet: section.id,
        data,
        columns: [{ width: 34 }, { width: 22 }, ...Array(8).fill({ width: 16 })],
      } as Sheet<never>;
    });
  return (await writeXlsxFile([overview(view, title), ...sheets]).toBuffer()) as Buffer;
}
