/** The report for a terminal: five things first, then every section with aligned columns, bars and a sparkline. */
import { factOf } from "./list-command.ts";
import type { Report } from "./report.ts";
import { cutTo, padEnd, padStart, widthOf, wrap } from "./text-width.ts";
import type { ColumnView, FactView, ReportView, RowView, SectionView } from "./view.ts";

export interface TextOptions {
  columns: number;
  color: boolean;
  unicode: boolean;
  /** Block characters may be two cells wide in terminals of this language. */
  wide: boolean;
  more: (n: number) => string;
  rowList: (command: string) => string;
  before: string;
}

/** Narrower than this nothing can be aligned. */
const NARROWEST = 60;
/** Sections whose numbers say nothing as a bar. */
const NO_BARS: ReadonlySet<string> = new Set(["lines", "repeat"]);
/** So many rows of a Pareto show a customer's words below them, where they have no column. */
const QUOTED = 3;
/** Rows shown of a long table. */
const ROWS = 12;
const SPARKS = ["▁▂▃▄▅▆▇█", "_.-=+*#@"] as const;

interface Page {
  width: number;
  options: TextOptions;
  bold: (text: string) => string;
  dim: (text: string) => string;
}

function makePage(options: TextOptions): Page {
  const style = (code: number) => (text: string) =>
    options.color && text !== "" ? `\u001b[${code}m${text}\u001b[22m` : text;
  return { width: Math.max(NARROWEST, options.columns), options, bold: style(1), dim: style(2) };
}

/** Where only ASCII can be shown, signs beyond it that the texts use. */
function plain(text: string, { unicode }: TextOptions): string {
  if (unicode) return text;
  return text
    .replaceAll("…", "...")
    .replace(/[–—]/g, "-")
    .replace(/[“”]/g, '"')
    .replace(/[‘’]/g, "'")
    .replaceAll("·", "-")
    .replaceAll("\u202f", " ")
    .replaceAll("\u00a0", " ");
}

/** A bar at the end of its line, so that a terminal with wide blocks moves nothing out of place. */
function bar(value: number, most: number, room: number, { unicode, wide }: TextOptions): string {
  const cells = unicode && wide ? Math.floor(room / 2) : room;
  const length = most > 0 && value > 0 ? Math.max(1, Math.round((value / most) * cells)) : 0;
  return (unicode ? "█" : "#").repeat(length);
}

/** One sign per value, from lowest to highest. */
export function sparkline(values: readonly number[], unicode: boolean): string {
  const most = Math.max(...values, 1);
  const signs = SPARKS[unicode ? 0 : 1];
  return values
    .map((v) => (v === 0 ? (unicode ? "▁" : "_") : signs[Math.min(7, Math.ceil((v / most) * 7))]))
    .join("");
}

function command(text: string, indent: number, page: Page): string[] {
  // A command is pasted: it is never cut.
  return [`${" ".repeat(indent)}${page.dim(text)}`];
}

function header(view: ReportView, page: Page): string[] {
  const [open, close] = page.options.wide ? ["（", "）"] : [" (", ")"];
  const compared = view.compared ? `${open}${view.compared}${close}` : "";
  const rest = [`${view.span}${compared}`, view.asOf, view.running, view.changedSince];
  return [page.bold(view.title), ...rest.flatMap((line) => (line ? wrap(line, page.width) : []))];
}

function topLines(view: ReportView, title: string, page: Page): string[] {
  const lines = [page.bold(title)];
  view.top.forEach(({ label, text, list, bad }, i) => {
    const head = `${i + 1} ${bad ? "!" : " "} `;
    const [first = "", ...rest] = wrap(`${label}${page.options.wide ? "：" : ": "}${text}`, page.width - 4);
    lines.push(`${head}${bad ? page.bold(first) : first}`, ...rest.map((line) => `    ${line}`));
    if (list) lines.push(...command(list, 4, page));
  });
  return lines;
}

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(widthOf));

function factLines(facts: readonly FactView[], page: Page): string[] {
  const value = widest(facts.map((f) => f.value));
  const name = widest(facts.map((f) => (f.list ? factOf(f.list) : "")));
  const label = Math.max(12, Math.min(34, widest(facts.map((f) => f.label)), page.width - 6 - value - name));
  const was = (f: FactView, width = 0) =>
    f.before === undefined ? "" : `${page.options.before} ${padStart(f.before, width)}`;
  const number = widest(facts.map((f) => f.before ?? ""));
  const before = widest(facts.map((f) => was(f, number)));
  // The name that lists the cases matters more than the number before.
  const hasBefore = before > 0 && 8 + label + value + before + name <= page.width;
  return facts.map((fact) => {
    const cells = [
      padEnd(cutTo(fact.label, label), label),
      padStart(fact.value, value),
      ...(hasBefore ? [padEnd(was(fact, number), before)] : []),
    ];
    const line = `  ${cells.join("  ")}`;
    if (!fact.list) return line.trimEnd();
    const room = page.width - widthOf(line) - 2;
    const shown = widthOf(fact.list) <= room ? fact.list : factOf(fact.list);
    return widthOf(shown) <= room
      ? `${line}  ${page.dim(shown)}`
      : `${line.trimEnd()}\n      ${page.dim(shown)}`;
  });
}

interface Laid {
  column: ColumnView;
  width: number;
}

/** The columns that fit, with their widths; the last text column gives way first, then whole columns by rank. */
function layout(columns: readonly ColumnView[], rows: readonly RowView[], room: number): Laid[] {
  const natural = (c: ColumnView) =>
    Math.max(widthOf(c.label), ...rows.map((row) => widthOf(row.cells[c.key] ?? "")));
  let kept = columns.map((column) => ({ column, width: natural(column) }));
  const total = () => kept.reduce((sum, c) => sum + c.width + 2, 0);
  while (total() > room) {
    const text = kept
      .filter((c) => !c.column.right && c.width > 14)
      .sort((a, b) => b.column.rank - a.column.rank || b.width - a.width)[0];
    const over = total() - room;
    if (text) {
      const least = text.column.rank >= 4 ? 20 : 14;
      if (text.width - over >= least) {
        text.width -= over;
        break;
      }
    }
    const last = [...kept].sort((a, b) => b.column.rank - a.column.rank)[0]!;
    if (last.column.rank === 0) {
      last.width = Math.max(8, last.width - over);
      break;
    }
    kept = kept.filter((c) => c !== last);
  }
  return kept;
}

function tableLines(section: SectionView, page: Page): string[] {
  const { rows, columns } = section;
  if (rows.length === 0) return [];
  const hasQuote = columns.some((c) => c.key === "quote" || c.key === "what");
  const isFlat = NO_BARS.has(section.id);
  const barRoom = hasQuote || isFlat ? 0 : Math.min(24, Math.floor(page.width / 4));
  const laid = layout(columns, rows, page.width - 2 - barRoom);
  const used = laid.reduce((sum, c) => sum + c.width + 2, 2);
  const room = hasQuote || isFlat ? 0 : Math.min(24, page.width - used);
  const cell = (text: string, { column, width }: Laid) =>
    column.right ? padStart(text, width) : padEnd(cutTo(text, width), width);
  const head = `  ${laid.map((c) => cell(c.column.label, c)).join("  ")}`.trimEnd();
  const shown = section.id === "volume" ? rows.slice(0, 62) : rows.slice(0, ROWS);
  const most = Math.max(...rows.map((row) => row.value));
  const hasRoomForQuote = laid.some((c) => c.column.key === "quote");
  const lines = shown.flatMap((row, i) => {
    const text = laid.map((c) => cell(row.cells[c.column.key] ?? "", c)).join("  ");
    const line = `  ${text}${room > 3 ? `  ${bar(row.value, most, room - 2, page.options)}` : ""}`.trimEnd();
    const quote = hasRoomForQuote || i >= QUOTED ? undefined : row.cells.quote;
    return quote ? [line, `      ${page.dim(cutTo(`“${quote}”`, page.width - 6))}`] : [line];
  });
  const more = rows.length > shown.length ? [`  ${page.options.more(rows.length - shown.length)}`] : [];
  const list = section.rowCommand
    ? [`  ${page.dim(page.options.rowList(shortened(section.rowCommand, page)))}`]
    : [];
  return [page.dim(head), ...lines, ...more, ...list];
}

/** A template is not pasted as it is, so its name is enough where there is no room. */
function shortened(template: string, page: Page): string {
  return widthOf(page.options.rowList(template)) + 2 <= page.width ? template : factOf(template);
}

function sectionLines(section: SectionView, page: Page, sparks: string | undefined): string[] {
  const title = `${page.bold(section.title)}${sparks ? `  ${sparks}` : ""}`;
  const body = [...factLines(section.facts, page), ...tableLines(section, page)];
  const note = section.note ? wrap(section.note, page.width - 2).map((line) => `  ${page.dim(line)}`) : [];
  return ["", title, ...body, ...note];
}

/** Sections without anything to say are left out; what is empty is named in one line at the end. */
function isSilent({ facts, rows }: SectionView): boolean {
  const nothing = (f: FactView) => /^0?$/.test(f.value) && /^0?$/.test(f.before ?? "0");
  return rows.every((row) => row.value === 0) && facts.every(nothing);
}

/** The whole report as lines for a terminal. */
export function renderText(
  report: Report,
  view: ReportView,
  title: string,
  empty: string,
  options: TextOptions,
): string {
  const page = makePage(options);
  if (view.empty)
    return plain([...header(view, page), "", ...wrap(empty, page.width), ""].join("\n"), options);
  const days = report.sections.volume!.rows.map((row) => Number(row.received));
  const sections = view.sections.flatMap((section) =>
    isSilent(section)
      ? []
      : sectionLines(
          section,
          page,
          section.id === "volume" && days.length > 1
            ? sparkline(days.slice(-60), options.unicode)
            : undefined,
        ),
  );
  const hint = view.factCommand
    ? ["", ...wrap(view.factCommand, page.width).map((line) => page.dim(line))]
    : [];
  const top = topLines(view, title, page);
  return plain([...header(view, page), "", ...top, ...hint, ...sections, ""].join("\n"), options);
}
