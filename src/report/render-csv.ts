/** The report as one long table: section, row, name, value. Names are those of the JSON. */
import { stringify } from "csv-stringify/sync";
import type { Report } from "./report.ts";
import type { Row } from "./section.ts";

/** A text that a spreadsheet would take for a formula gets a quote before it; numbers stay numbers. */
export function neutral(value: string | number): string | number {
  return typeof value === "string" && /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
}

export type Line = [section: string, row: string, name: string, value: string | number];

/** What names a row: its id, day, customer, … */
const KEYS = ["id", "day", "trigger", "stage", "key", "department", "bucket", "ref"] as const;

export function rowName(section: string, row: Row): string {
  if (section === "spikes") return `${row.category}/${row.cause}`;
  if (section === "money") return `${row.by}/${row.id}/${row.currency}`;
  const key = KEYS.find((name) => row[name] !== undefined);
  return key === undefined ? "" : String(row[key]);
}

/** Every figure as a line. */
export function csvLines(report: Report): Line[] {
  const { period, previous, generated_at } = report;
  const lines: Line[] = Object.entries(period).map(([name, value]): Line => ["period", "", name, value]);
  if (previous) lines.push(["period", "", "previous", previous.label]);
  lines.push(["period", "", "generated_at", generated_at]);
  for (const [kind, n] of Object.entries(report.changed_since ?? {}))
    lines.push(["changed_since", "", kind, n]);
  for (const row of report.by?.rows ?? [])
    for (const [name, value] of Object.entries(row))
      if (name !== "id") lines.push([`by_${report.by!.dimension}`, row.id, name, value]);
  for (const [section, { facts, rows, lists, distinct }] of Object.entries(report.sections)) {
    for (const [name, value] of Object.entries(facts)) {
      if (typeof value === "number") lines.push([section, "", name, value]);
      else
        for (const [currency, amount] of Object.entries(value)) lines.push([section, currency, name, amount]);
      if (distinct[name] !== undefined) lines.push([section, "", `${name}.distinct`, distinct[name]]);
      if (lists[name] !== undefined) lines.push([section, "", `${name}.list`, lists[name]]);
    }
    for (const row of rows) {
      const name = rowName(section, row);
      for (const [column, value] of Object.entries(row))
        if (value !== undefined) lines.push([section, name, column, value]);
    }
  }
  return lines;
}

export function renderCsv(report: Report): string {
  const rows = csvLines(report).map((line) => line.map(neutral));
  return stringify([["section", "row", "name", "value"], ...rows]);
}
