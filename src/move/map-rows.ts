/** Turns rows into complaints by a checked map: every value checked, every mistake named with its column. */
import type { ErrorDetail } from "../core/errors.ts";
import type { CaseRecord } from "../core/field.ts";
import type { Translate } from "../core/library-port.ts";
import { cellText, isNothing } from "./cell-values.ts";
import { type Column, type FieldRule, type ImportStatus, idColumns, type Target } from "./import-map.ts";
import { type MapFile, mapError } from "./read-map.ts";
import { contentReader, type RowName, rowName } from "./row-digest.ts";
import {
  type CompiledField,
  compileField,
  type FieldContext,
  isRecordField,
  type Moment,
  shown,
} from "./row-fields.ts";
import { columnIndex, columnReader, type ReadColumn, type Row, type RowSource } from "./rows.ts";

export interface RowProblem {
  line: number;
  /** As the map or the header names it; absent: the row as a whole. */
  column?: Column;
  message: string;
  /** Day and month the other way round would be a date. */
  isSwapped?: true;
}

/** A row as a complaint. */
export interface MappedRow extends RowName {
  line: number;
  /** The row's id was empty; its content stands for it. */
  isUnnamed?: true;
  opened: Moment;
  closed?: Moment;
  status: ImportStatus;
  agent?: string;
  owner?: string;
  note?: string;
  /** Record fields. */
  values: CaseRecord;
  /** Things that were set right or look wrong; codes of warnings. */
  oddities: string[];
}

export type RowResult = { ok: true; row: MappedRow } | { ok: false; problems: RowProblem[] };

export interface RowMapper {
  map(row: Row): RowResult;
  /** The date of a row's opening, where its cells alone tell it; to know a row from a line of text. */
  looksLikeRow(cells: readonly string[]): boolean;
  fields: readonly CompiledField[];
}

/** The columns that a map names, each with where it stands in the map. */
function columnsOf(map: MapFile["map"]): { column: Column; keys: (string | number)[]; optional: boolean }[] {
  const id = idColumns(map);
  return [
    ...id.columns.map((column) => ({ column, keys: ["id"], optional: id.optional })),
    ...Object.entries(map.fields).flatMap(([target, rule]) => {
      const keys = ["fields", target];
      const optional = rule?.optional === true;
      return [
        ...(rule?.column === undefined ? [] : [{ column: rule.column, keys: [...keys, "column"], optional }]),
        ...(rule?.columns ?? []).map((column, i) => ({ column, keys: [...keys, "columns", i], optional })),
        ...(rule?.when ? [{ column: rule.when.column, keys: [...keys, "when", "column"], optional }] : []),
      ];
    }),
  ];
}

/** Names of columns in the map, for finding the header. */
export function namesOf(map: MapFile["map"]): string[] {
  const names = columnsOf(map).flatMap(({ column }) => (typeof column === "string" ? [column] : []));
  return [...new Set(names)];
}

/** Readers of columns by name; another name of the map's `also` is tried where the first is not in the file. */
function findReader(file: MapFile, source: RowSource, column: Column): ReadColumn | undefined {
  const others = Object.hasOwn(file.map.also ?? {}, column) ? (file.map.also![String(column)] ?? []) : [];
  const found = [column, ...others].flatMap((name) => {
    const reader = columnReader(source, name);
    return reader ? [reader] : [];
  });
  if (found.length < 2 || source.headers) return found[0];
  // Keys of JSON: whichever the row has.
  return (row) => {
    for (const read of found) {
      const value = read(row);
      if (value !== undefined) return value;
    }
    return undefined;
  };
}

function missingColumn(
  file: MapFile,
  source: RowSource,
  column: Column,
  keys: (string | number)[],
): ErrorDetail {
  const isDouble = typeof column === "string" && columnIndex(source.headers ?? [], column).isDouble === true;
  const there = source.headers?.map((h) => shown(h)).join(", ") ?? `1–${source.width ?? 0}`;
  const what = isDouble
    ? `the file has several columns "${column}"; name it by its number`
    : `the file has no column "${column}" (it has ${there})`;
  return { path: file.path, ...file.place(keys), message: `${keys.join(".")}: ${what}` };
}

/** Rules whose columns are all there; throws exit 3 naming those that are missing and may not be. */
function presentRules(file: MapFile, source: RowSource, t: Translate): [Target, FieldRule][] {
  const missing = columnsOf(file.map).filter(({ column }) => !findReader(file, source, column));
  const wrong = missing.filter(({ optional }) => !optional);
  if (wrong.length > 0)
    throw mapError(
      t,
      file.path,
      wrong.map(({ column, keys }) => missingColumn(file, source, column, keys)),
    );
  const absent = new Set(missing.map(({ column }) => column));
  return Object.entries(file.map.fields).flatMap(([target, rule]): [Target, FieldRule][] => {
    if (!rule) return [];
    if (!rule.optional) return [[target as Target, rule]];
    if ((rule.column !== undefined && absent.has(rule.column)) || (rule.when && absent.has(rule.when.column)))
      return [];
    if (!rule.columns) return [[target as Target, rule]];
    const columns = rule.columns.filter((column) => !absent.has(column));
    return columns.length === 0 ? [] : [[target as Target, { ...rule, columns }]];
  });
}

function idReader(
  file: MapFile,
  reader: (column: Column) => ReadColumn | undefined,
): (row: Row) => string | undefined {
  const columns = idColumns(file.map).columns.flatMap((column) => reader(column) ?? []);
  if (columns.length === 0) return () => undefined;
  return (row) => {
    const texts = columns.map((column) => cellText(column(row)));
    return texts.every(isNothing) ? "" : texts.join("/");
  };
}

/** The longest name of a person that is kept. */
const LONGEST_NAME = 400;

type Got = Partial<Record<Target, unknown>>;

function textOf(got: Got, target: "agent" | "owner"): string | undefined {
  const value = got[target];
  return typeof value === "string" ? value.slice(0, LONGEST_NAME) : undefined;
}

/** The status a row says, else what follows from its closing time. */
function statusOf(got: Got): ImportStatus {
  return (got.status as ImportStatus | undefined) ?? (got.closed_at === undefined ? "open" : "closed");
}

/** Sets right what contradicts itself, and says so. */
function settle(
  got: Got,
): Pick<MappedRow, "opened" | "closed" | "status" | "oddities"> & { received?: string } {
  const opened = got.opened_at as Moment;
  const status = statusOf(got);
  const oddities: string[] = [];
  let closed = got.closed_at as Moment | undefined;
  if (closed && status === "open") oddities.push("closed-but-open");
  if (closed && closed.ms < opened.ms) {
    // A day without a time is not before a time of that day.
    if (!(closed.day === opened.day && !closed.hasTime)) oddities.push("closed-before-opened");
    closed = opened;
  }
  if (!closed && status !== "open") oddities.push("no-closing-time");
  const received = got.received_at as string | undefined;
  const isLate =
    received !== undefined &&
    (received.length > 10 ? Date.parse(received) > opened.ms : received > opened.day);
  if (isLate) oddities.push("received-after-opened");
  return {
    opened,
    status,
    oddities,
    ...(closed && status !== "open" ? { closed } : {}),
    ...(received === undefined || isLate ? {} : { received }),
  };
}

export function rowMapper(file: MapFile, source: RowSource, context: FieldContext): RowMapper {
  const { t } = context;
  const { map } = file;
  const readers = new Map<Column, ReadColumn>();
  const reader = (column: Column): ReadColumn | undefined => {
    const found = readers.get(column) ?? findReader(file, source, column);
    if (found) readers.set(column, found);
    return found;
  };
  const fields = presentRules(file, source, t).map(([target, rule]) =>
    compileField(target, rule, (column) => reader(column)!, context),
  );
  const idOf = idReader(file, reader);
  const contentOf = contentReader(source.headers);
  const opening = fields.find(({ target }) => target === "opened_at")!;

  function faultOf(row: Row): RowProblem[] {
    const problem = (message: string): RowProblem[] => [{ line: row.line, message }];
    if (row.fault) return problem(t(`move.err_${row.fault}`));
    const { width } = source;
    if (width === undefined || !Array.isArray(row.data) || row.data.length <= width) return [];
    const beyond = row.data.slice(width).some((cell) => cellText(cell) !== "");
    return beyond && source.format !== "xlsx"
      ? problem(t("move.err_cells", { cells: row.data.length, width }))
      : [];
  }

  function readFields(row: Row): { got: Got; problems: RowProblem[] } {
    const got: Got = {};
    const problems: RowProblem[] = [];
    for (const field of fields) {
      const found = field.read(row);
      if (!found) continue;
      if ("value" in found) got[field.target] = found.value;
      else {
        const [column] = field.columns;
        problems.push({
          line: row.line,
          ...(column === undefined ? {} : { column }),
          message: found.problem,
          ...(found.isSwapped ? { isSwapped: true } : {}),
        });
      }
    }
    if (got.opened_at === undefined && !problems.some((p) => opening.columns.includes(p.column as Column))) {
      const [column] = opening.columns;
      problems.push({
        line: row.line,
        ...(column === undefined ? {} : { column }),
        message: t("move.err_no_opening"),
      });
    }
    return { got, problems };
  }

  function recordOf(got: Got, received: string | undefined): CaseRecord {
    const values: Record<string, unknown> = {};
    for (const { target } of fields)
      if (isRecordField(target) && got[target] !== undefined) values[target] = got[target];
    if (received === undefined) delete values.received_at;
    return values;
  }

  return {
    fields,
    looksLikeRow(cells) {
      const width = source.width ?? 0;
      if (cells.length < width || width < 2) return false;
      const found = opening.read({ line: 0, data: cells });
      return found !== undefined && "value" in found && opening.columns.length > 0;
    },
    map(row) {
      const fault = faultOf(row);
      if (fault.length > 0) return { ok: false, problems: fault };
      const { got, problems } = readFields(row);
      if (problems.length > 0) return { ok: false, problems };
      const id = idOf(row);
      const { received, ...settled } = settle(got);
      const agent = textOf(got, "agent");
      const owner = textOf(got, "owner");
      const note = got.note as string | undefined;
      return {
        ok: true,
        row: {
          ...rowName(map.source, id === "" ? undefined : id, contentOf(row)),
          line: row.line,
          ...settled,
          values: recordOf(got, received),
          ...(id === "" ? { isUnnamed: true } : {}),
          ...(agent === undefined ? {} : { agent }),
          ...(owner === undefined ? {} : { owner }),
          ...(note === undefined ? {} : { note }),
        },
      };
    },
  };
}
