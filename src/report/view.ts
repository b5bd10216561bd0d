/**
 * The report as it is drawn: titles, labels and formatted values in the user's language. Text, Markdown, HTML and the
 * spreadsheet show this; JSON and CSV carry the figures themselves.
 */
import type { Translate, Words } from "../core/library-port.ts";
import type { Locale } from "../core/locale.ts";
import { columnsOf, rowView } from "./columns.ts";
import { createFormat, type Format } from "./format.ts";
import type { Report, SectionFigures } from "./report.ts";
import { type TopThing, topFive } from "./top-five.ts";

export interface FactView {
  name: string;
  label: string;
  value: string;
  before?: string;
  list?: string;
}

export interface ColumnView {
  key: string;
  label: string;
  right: boolean;
  /** Left out first where the window is narrow: the highest number. */
  rank: number;
}

export interface RowView {
  cells: Record<string, string>;
  /** What the bar of the row shows. */
  value: number;
  list?: string;
}

export interface SectionView {
  id: string;
  title: string;
  facts: FactView[];
  columns: ColumnView[];
  rows: RowView[];
  note?: string;
  /** The command for a row, with a word in place of the row. */
  rowCommand?: string;
}

export interface ReportView {
  title: string;
  span: string;
  asOf: string;
  compared?: string;
  running?: string;
  changedSince?: string;
  /** No case at all. */
  empty: boolean;
  top: TopThing[];
  /** How the cases behind any number are listed; undefined where nothing is counted. */
  factCommand?: string;
  sections: SectionView[];
}

export interface Speech {
  t: Translate;
  locale: Locale;
  words: Words;
  /** The sentence behind the key of a line or tip; undefined: not known here. */
  lineText: (key: string) => string | undefined;
}

/** What a renderer needs to say anything. */
export interface Voice extends Speech {
  format: Format;
  label: (taxonomy: string, id: string) => string;
}

export function voiceOf(report: Report, speech: Speech): Voice {
  return {
    ...speech,
    format: createFormat(speech.locale, report.period.time_zone, speech.t),
    label: (taxonomy, id) => speech.words.labels[taxonomy]?.[id] ?? id,
  };
}

/** Sections with a sentence on how to read them. */
const NOTES: ReadonlySet<string> = new Set(["spikes", "mood", "actions"]);

/** A fact's value: a rate, hours, days, a mood, money by currency, or a count. */
function factText(name: string, value: SectionFigures["facts"][string], voice: Voice): string {
  const { format } = voice;
  if (typeof value === "object") {
    const entries = Object.entries(value);
    if (name === "cases") return entries.map(([, n]) => format.number(n)).join(" + ") || format.number(0);
    return (
      entries.map(([currency, amount]) => format.money(amount, currency)).join(" + ") || format.number(0)
    );
  }
  if (name === "rate" || name.endsWith("_rate")) return format.percent(value);
  if (/_p\d\d$/.test(name)) return format.hours(value);
  if (name === "days" || name === "oldest") return format.days(value);
  return name.endsWith("_mean") ? format.number(value, 1) : format.number(value);
}

function factViews(
  id: string,
  figures: SectionFigures,
  before: SectionFigures["facts"] | undefined,
  voice: Voice,
): FactView[] {
  return Object.entries(figures.facts).map(([name, value]) => {
    const distinct = figures.distinct[name];
    const text = factText(name, value, voice);
    const isCount = typeof value === "number" ? value > 0 : Object.keys(value).length > 0;
    const list = isCount ? figures.lists[name] : undefined;
    const was = before?.[name];
    return {
      name,
      label: voice.t(`report.name.${id}.${name}`),
      value:
        distinct === undefined || typeof value !== "number"
          ? text
          : voice.t("report.distinct", { count: text, cases: distinct }),
      ...(was === undefined ? {} : { before: factText(name, was, voice) }),
      ...(list === undefined ? {} : { list }),
    };
  });
}

/** The command of the first row that has one, with a word in place of the row. */
function rowCommand(rows: readonly RowView[], t: Translate): string | undefined {
  const list = rows.find((row) => row.list !== undefined)?.list;
  return list?.replace(
    /(--fact )(?:'([^':]+):.*'(?= --)|([^ :]+):\S+)/,
    (_, flag: string, a?: string, b?: string) => `${flag}${a ?? b}:${t("report.per_row")}`,
  );
}

function sectionView(id: string, figures: SectionFigures, report: Report, voice: Voice): SectionView {
  const { t } = voice;
  const columns = columnsOf(id, figures.rows, t);
  const rows = figures.rows.map((row) => rowView(id, row, columns, voice));
  const command = rowCommand(rows, t);
  const note =
    id === "lines"
      ? t(rows.length > 0 ? "report.note.lines" : "report.note.lines_none")
      : NOTES.has(id)
        ? t(`report.note.${id}`)
        : undefined;
  return {
    id,
    title: t(`report.section.${id}`),
    facts: factViews(id, figures, report.previous?.sections[id]?.facts, voice),
    columns,
    rows,
    ...(note === undefined ? {} : { note }),
    ...(command === undefined ? {} : { rowCommand: command }),
  };
}

function byView(report: Report, voice: Voice): SectionView[] {
  const { by } = report;
  if (!by) return [];
  const { t, label, format } = voice;
  const columns = columnsOf("by", [{ id: "", received: 0, share: 0, closed: 0, backlog: 0 }], t);
  const rows = by.rows.map(({ id, received, closed, backlog, share, list }) => ({
    cells: {
      id: label(by.dimension, id),
      received: format.number(received),
      share: format.percent(share),
      closed: format.number(closed),
      backlog: format.number(backlog),
    },
    value: received,
    list,
  }));
  const command = rowCommand(rows, t);
  const title = t("report.section.by", { dimension: t(`report.column.${by.dimension}`) });
  return [
    { id: "by", title, facts: [], columns, rows, ...(command === undefined ? {} : { rowCommand: command }) },
  ];
}

function changedText(report: Report, { t, locale }: Voice): string | undefined {
  const { changed_since: changed } = report;
  if (!changed) return undefined;
  const list = Object.entries(changed).map(([kind, n]) => t(`report.changed.${kind}`, { n }));
  return t("report.changed_since", {
    list: new Intl.ListFormat(locale, { type: "conjunction" }).format(list),
  });
}

/** Everything the renderers show. */
export function viewOf(report: Report, voice: Voice): ReportView {
  const { t, format } = voice;
  const { period, previous } = report;
  const { received, backlog, drafts } = report.sections.volume!.facts as Record<string, number>;
  const lastDay = new Date(Date.parse(period.to) - 1).toISOString();
  const changed = changedText(report, voice);
  const factHint = report.sections.volume!.lists.received?.replace("volume.received", t("report.per_fact"));
  return {
    title: t("report.heading", { kind: period.kind, label: period.label }),
    span: t("report.span", {
      from: format.moment(period.from).slice(0, 10),
      to: format.moment(lastDay).slice(0, 10),
    }),
    asOf: t("report.as_of", { time: format.moment(report.generated_at), zone: period.time_zone }),
    ...(previous ? { compared: t("report.compared", { label: previous.label }) } : {}),
    ...(report.generated_at < period.to
      ? { running: t(report.generated_at < period.from ? "report.not_begun" : "report.running") }
      : {}),
    ...(changed === undefined ? {} : { changedSince: changed }),
    empty: received === 0 && backlog === 0 && drafts === 0 && report.sections.volume!.facts.closed === 0,
    top: topFive(report, voice),
    ...(factHint === undefined ? {} : { factCommand: t("report.fact_list", { command: factHint }) }),
    sections: [
      ...byView(report, voice),
      ...Object.entries(report.sections).map(([id, figures]) => sectionView(id, figures, report, voice)),
    ],
  };
}
