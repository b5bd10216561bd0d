/** The tables of the report as they are drawn: which columns, what a cell says. */
import type { Translate } from "../core/library-port.ts";
import type { Cell, Row } from "./section.ts";
import type { ColumnView, RowView, Voice } from "./view.ts";

/** Column → how far it may be left out, whether it is a number, and the taxonomy of its values. */
const COLUMNS: Readonly<Record<string, { rank: number; right?: true; taxonomy?: string }>> = {
  day: { rank: 0 },
  id: { rank: 0 },
  customer: { rank: 0 },
  trigger: { rank: 0, taxonomy: "trigger" },
  stage: { rank: 0, taxonomy: "stage" },
  key: { rank: 0 },
  department: { rank: 0 },
  category: { rank: 0, taxonomy: "category" },
  cause: { rank: 1, taxonomy: "cause" },
  bucket: { rank: 0 },
  currency: { rank: 1 },
  total: { rank: 1, right: true },
  received: { rank: 1, right: true },
  closed: { rank: 1, right: true },
  backlog: { rank: 2, right: true },
  count: { rank: 1, right: true },
  open: { rank: 1, right: true },
  overdue: { rank: 1, right: true },
  reply_p50: { rank: 2, right: true },
  mean: { rank: 1, right: true },
  mood_change_mean: { rank: 1, right: true },
  n: { rank: 1, right: true },
  shown: { rank: 4, right: true },
  usual: { rank: 1, right: true },
  ratio: { rank: 2, right: true },
  share: { rank: 2, right: true },
  previous: { rank: 3, right: true },
  cumulative_share: { rank: 5, right: true },
  ref: { rank: 2 },
  owner: { rank: 3 },
  due: { rank: 3 },
  state: { rank: 1 },
  before: { rank: 2, right: true },
  after: { rank: 2, right: true },
  what: { rank: 4 },
  quote: { rank: 6 },
};

/** Which columns a section shows, where not all that its rows have. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  category: ["id", "count", "previous", "share", "cumulative_share", "quote"],
  cause: ["id", "count", "previous", "share", "cumulative_share", "quote"],
  money: ["id", "currency", "total", "count", "share"],
  actions: ["cause", "state", "owner", "due", "before", "after", "what"],
  lines: ["key", "mood_change_mean", "n", "shown"],
  repeat: ["customer", "count", "ref"],
  mood: ["stage", "mean", "count"],
};

/** The taxonomy whose labels stand for the ids of a section's rows. */
function taxonomyOf(section: string, column: string, row: Row): string {
  if (section === "flags") return "flag";
  if (column !== "id") return COLUMNS[column]?.taxonomy ?? column;
  return section === "money" ? String(row.by) : section;
}

function cellText(section: string, column: string, value: Cell, row: Row, voice: Voice): string {
  if (value === undefined) return "";
  const { format, label, t } = voice;
  if (typeof value === "string") {
    if (column === "day") return format.day(value);
    if (column === "due") return format.moment(value).slice(0, 10);
    if (column === "state") return t(`report.state.${value}`);
    if (column === "key") return voice.lineText(value) ?? value;
    return column === "id" || COLUMNS[column]?.taxonomy
      ? label(taxonomyOf(section, column, row), value)
      : value;
  }
  if (column === "share" || column === "cumulative_share") return format.percent(value);
  if (column === "reply_p50") return format.hours(value);
  if (column === "mood_change_mean") return `${value > 0 ? "+" : ""}${format.number(value, 2)}`;
  if (column === "total" || column === "mean" || column === "usual" || column === "ratio")
    return format.number(value, column === "total" ? 2 : 1);
  return format.number(value);
}

export function columnsOf(section: string, rows: readonly Row[], t: Translate): ColumnView[] {
  const keys = SHOWN[section] ?? Object.keys(rows[0] ?? {}).filter((key) => key in COLUMNS);
  return keys.map((key) => ({
    key,
    label: t(`report.column.${key}`),
    right: COLUMNS[key]?.right === true,
    rank: COLUMNS[key]?.rank ?? 9,
  }));
}

const BAR: readonly string[] = ["total", "count", "open", "received", "mean", "n"];

export function rowView(section: string, row: Row, columns: readonly ColumnView[], voice: Voice): RowView {
  const cells = Object.fromEntries(
    columns.map(({ key }) => [key, cellText(section, key, row[key], row, voice)]),
  );
  const measured = BAR.find((key) => typeof row[key] === "number");
  const list = row.list === undefined ? {} : { list: String(row.list) };
  return { cells, value: measured ? Number(row[measured]) : 0, ...list };
}
