/** What looks wrong in a file though every row of it could be read: said beside the numbers, never silently mended. */
import type { Translate } from "../core/library-port.ts";
import { dayGaps } from "./day-gaps.ts";
import type { Column, Target } from "./import-map.ts";
import type { MappedRow, RowProblem } from "./map-rows.ts";
import { type CompiledField, type Moment, shown, swapDayAndMonth } from "./row-fields.ts";
import { columnIndex, type Row, type RowSource } from "./rows.ts";

export interface Warning {
  code: string;
  message: string;
  /** Physical lines, the first thousand; empty: it is about the file. */
  lines: number[];
}

export interface Findings {
  row(row: Row): void;
  good(row: MappedRow): void;
  bad(problems: readonly RowProblem[]): void;
  note(code: string, line: number): void;
  warnings(): Warning[];
}

const MOST_LINES = 1000;
/** A column that fewer rows fill is nearly empty; with fewer rows nothing is said. */
const NEARLY_EMPTY = 0.05;
const ENOUGH_ROWS = 20;
/** So many rows without any day after the twelfth are no chance. */
const ENOUGH_DATES = 12;
/** A clock in another zone may be that much ahead. */
const AHEAD = 24 * 3_600_000;

interface DateUse {
  rows: number;
  lines: number[];
  days: Set<number>;
  months: Set<number>;
}

export interface FindingsContext {
  t: Translate;
  now: Date;
  isDryRun: boolean;
  /** Formats of each target that holds dates. */
  dates: ReadonlyMap<Target, readonly string[]>;
  fields: readonly CompiledField[];
}

/** Whether the day stands before the month in a format of numbers; undefined: there is nothing to mix up. */
function isDayFirst(format: string | undefined): boolean | undefined {
  if (format === undefined || swapDayAndMonth(format).length === 0 || /^\W*[yu]/.test(format))
    return undefined;
  return format.indexOf("d") < format.indexOf("M");
}

export function createFindings(source: RowSource, context: FindingsContext): Findings {
  const { t, now } = context;
  const noted = new Map<string, { count: number; lines: number[] }>();
  const uses = new Map<string, DateUse>();
  const opened = new Map<number, number>();
  const filled = new Map<string | number, number>();
  let rows = 0;

  function note(code: string, line: number): void {
    const found = noted.get(code) ?? { count: 0, lines: [] };
    found.count++;
    if (found.lines.length < MOST_LINES) found.lines.push(line);
    noted.set(code, found);
  }

  function useOf(target: Target, moment: Moment, line: number): void {
    const format = context.dates.get(target)?.[moment.format];
    const dayFirst = isDayFirst(format);
    if (dayFirst === undefined) return;
    const key = `${target} ${dayFirst}`;
    const use = uses.get(key) ?? { rows: 0, lines: [], days: new Set<number>(), months: new Set<number>() };
    const [, month, day] = moment.day.split("-").map(Number) as [number, number, number];
    use.rows++;
    if (use.lines.length < MOST_LINES) use.lines.push(line);
    use.days.add(day);
    use.months.add(month);
    uses.set(key, use);
    const swapped = Date.UTC(Number(moment.day.slice(0, 4)), day - 1, month);
    if (moment.ms > +now + AHEAD && day <= 12 && swapped <= +now) note("day-month", line);
  }

  function countFilled(row: Row): void {
    rows++;
    if (Array.isArray(row.data)) {
      for (let i = 0; i < row.data.length; i++) {
        const cell = row.data[i];
        if (cell !== "" && cell !== null && cell !== undefined) filled.set(i, (filled.get(i) ?? 0) + 1);
      }
      return;
    }
    for (const [key, value] of Object.entries(row.data))
      if (value !== "" && value !== null && filled.size < 500) filled.set(key, (filled.get(key) ?? 0) + 1);
  }

  /** Day and month may stand the other way round. */
  function mixedDates(): void {
    for (const target of new Set([...uses.keys()].map((key) => key.split(" ")[0]!))) {
      const [first, second] = [uses.get(`${target} true`), uses.get(`${target} false`)];
      if (first && second) {
        const fewer = first.rows < second.rows ? first : second;
        for (const line of fewer.lines) note("day-month", line);
        continue;
      }
      const use = first ?? second;
      if (!use || use.rows < ENOUGH_DATES || Math.max(...use.days) > 12) continue;
      if (use.months.size > 2 && use.months.size > use.days.size && !noted.has("day-month"))
        noted.set("day-month", { count: use.rows, lines: [] });
    }
  }

  function emptyColumns(): string[] {
    if (rows < ENOUGH_ROWS) return [];
    const mapped = new Set(context.fields.flatMap((field) => field.columns));
    const keyOf = (column: Column): string | number | undefined => {
      if (!source.headers) return typeof column === "number" ? column - 1 : column;
      return typeof column === "number" ? column - 1 : columnIndex(source.headers, column).index;
    };
    const mappedKeys = new Set([...mapped].map(keyOf));
    const all = context.isDryRun && source.headers ? source.headers.map((_, i) => i) : [];
    const keys = new Set<string | number>([...all, ...mappedKeys].filter((key) => key !== undefined));
    return [...keys].flatMap((key) => {
      const count = filled.get(key) ?? 0;
      // A dotted path is no key of its own.
      const isUnknown = typeof key === "string" && !filled.has(key) && key.includes(".");
      if (isUnknown || count >= rows * NEARLY_EMPTY || (count === 0 && !mappedKeys.has(key))) return [];
      const name = typeof key === "number" ? (source.headers?.[key] ?? String(key + 1)) : key;
      return [t("move.column_filled", { column: shown(name), count, rows })];
    });
  }

  function fileWarnings(): Warning[] {
    const gaps = dayGaps(opened);
    const empty = emptyColumns();
    const listed = gaps.map(({ from, to }) => (from === to ? from : `${from} – ${to}`)).join(", ");
    return [
      ...(source.junk.length > 0
        ? [
            {
              code: "junk",
              message: t("move.warn_junk", { count: source.junk.length }),
              lines: [...source.junk],
            },
          ]
        : []),
      ...(gaps.length > 0
        ? [{ code: "date-gaps", message: t("move.warn_date-gaps", { gaps: listed }), lines: [] }]
        : []),
      ...(empty.length > 0
        ? [
            {
              code: "nearly-empty",
              message: t("move.warn_nearly-empty", { columns: empty.join(", ") }),
              lines: [],
            },
          ]
        : []),
    ];
  }

  return {
    row: countFilled,
    note,
    good(row) {
      for (const code of row.oddities) note(code, row.line);
      if (row.isUnnamed) note("id-missing", row.line);
      if (row.opened.ms > +now + AHEAD || (row.closed && row.closed.ms > +now + AHEAD))
        note("future-dates", row.line);
      const day = Math.floor(Date.parse(row.opened.day) / 86_400_000);
      opened.set(day, (opened.get(day) ?? 0) + 1);
      useOf("opened_at", row.opened, row.line);
      if (row.closed && row.closed !== row.opened) useOf("closed_at", row.closed, row.line);
    },
    bad(problems) {
      for (const problem of problems) if (problem.isSwapped) note("day-month", problem.line);
    },
    warnings() {
      mixedDates();
      const perRow = [...noted].map(([code, { count, lines }]) => ({
        code,
        message: t(`move.warn_${code}`, { count }),
        lines: [...new Set(lines)].sort((a, b) => a - b),
      }));
      return [...fileWarnings(), ...perRow];
    },
  };
}
