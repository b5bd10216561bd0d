/** Compiles the rules of a map: from a row to one checked value per target. */
import { checkField, type FieldName, isField, MAX_TEXT, type Taxonomies } from "../core/field.ts";
import type { Translate } from "../core/library-port.ts";
import {
  cellText,
  isEmptyCell,
  isNoTime,
  isNothing,
  kebab,
  parts,
  readBoolean,
  readNumber,
  sameValue,
} from "./cell-values.ts";
import { dateReader, type FoundDate, type ReadDate } from "./date-formats.ts";
import {
  type Column,
  type ColumnCondition,
  type FieldRule,
  isIdType,
  type Target,
  type TargetType,
  targetType,
} from "./import-map.ts";
import { idsOf } from "./read-map.ts";
import type { ReadColumn, Row } from "./rows.ts";
import { toInstantIn } from "./time-zone.ts";

/** A point in time as a file gives it. */
export interface Moment {
  /** Milliseconds since 1970. */
  ms: number;
  /** The calendar day as it was written. */
  day: string;
  hasTime: boolean;
  /** Which of the rule's formats read it; -1: the cell held a date already. */
  format: number;
}

/** `isSwapped`: a date that could be read with day and month the other way round. */
export type FieldResult = { value: unknown } | { problem: string; isSwapped?: true } | undefined;

/** Reads one target of a row; undefined: there is nothing. */
export interface CompiledField {
  target: Target;
  /** The columns it reads, as the map names them. */
  columns: readonly Column[];
  read(row: Row): FieldResult;
}

export interface FieldContext {
  taxonomies: Taxonomies;
  timeZone: string;
  t: Translate;
}

/** A value as it may stand in a message: one short line without anything that a terminal would obey. */
export function shown(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim();
  return plain.length > 60 ? `${[...plain].slice(0, 60).join("")}…` : plain;
}

/** Formats that can be read in one way only. */
export const PLAIN_DATES: readonly string[] = [
  "iso",
  "yyyy/M/d H:mm:ss",
  "yyyy/M/d H:mm",
  "yyyy/M/d",
  "yyyy-M-d H:mm:ss",
  "yyyy-M-d H:mm",
  "yyyy-M-d",
  "yyyy.M.d H:mm:ss",
  "yyyy.M.d H:mm",
  "yyyy.M.d",
  "yyyy年M月d日 H:mm:ss",
  "yyyy年M月d日 H:mm",
  "yyyy年M月d日",
  "T",
  "t",
];

const DAY = 86_400_000;
const dayOf = (localMs: number): string => new Date(localMs).toISOString().slice(0, 10);

function compileDate(rule: FieldRule, zone: string): (cell: unknown) => Moment | undefined {
  const readers: ReadDate[] = (rule.dates ?? PLAIN_DATES).map(dateReader);
  const toInstant = toInstantIn(rule.time_zone ?? zone);
  const moment = (found: FoundDate, format: number): Moment => ({
    ms: found.isInstant ? found.ms : toInstant(found.ms),
    day: dayOf(found.ms),
    hasTime: found.hasTime,
    format,
  });
  return (cell) => {
    if (cell instanceof Date && !Number.isNaN(+cell))
      return moment({ ms: +cell, isInstant: false, hasTime: +cell % DAY !== 0 }, -1);
    const text = cellText(cell).normalize("NFKC");
    for (const [i, read] of readers.entries()) {
      const found = read(text);
      if (found) return moment(found, i);
    }
    return undefined;
  };
}

/** The same format with day and month in each other's place; none where it has no two numbers to swap. */
export function swapDayAndMonth(format: string): string[] {
  const plain = format.replace(/'[^']*'/g, "");
  if (!/d/.test(plain) || !/M/.test(plain) || /MMM|LLL|iso|roc|wareki/.test(plain)) return [];
  return [format.replace(/[dM]/g, (letter) => (letter === "d" ? "M" : "d"))];
}

/** A value of the map's `values`; undefined: it is not among them. */
function compileValues(rule: FieldRule): (text: string) => string | number | boolean | undefined {
  if (!rule.values) return () => undefined;
  const exact = new Map(Object.entries(rule.values));
  const loose = new Map(Object.entries(rule.values).map(([word, value]) => [sameValue(word), value]));
  return (text) => exact.get(text) ?? loose.get(sameValue(text));
}

function compileId(
  target: Target,
  rule: FieldRule,
  taxonomies: Taxonomies,
): (text: string) => string | undefined {
  const ids = new Set(idsOf(target, taxonomies) ?? []);
  const meaning = compileValues(rule);
  const known = new Map<string, string | undefined>();
  const find = (text: string): string | undefined => {
    const mapped = meaning(text);
    if (mapped !== undefined) return String(mapped);
    if (ids.has(text)) return text;
    const id = kebab(text);
    if (ids.has(id)) return id;
    if (rule.other === "keep" && target !== "status") return id === "" ? undefined : id;
    return rule.other;
  };
  return (text) => {
    if (!known.has(text)) {
      // Few values come again and again; a column of free text must not fill the memory.
      if (known.size > 5000) known.clear();
      known.set(text, find(text));
    }
    return known.get(text);
  };
}

function compileCondition(when: ColumnCondition, column: ReadColumn): (row: Row) => boolean {
  const has = (list: readonly unknown[] | undefined, text: string): boolean =>
    list?.some((one) => sameValue(String(one)) === text) ?? false;
  return (row) => {
    const text = sameValue(cellText(column(row)));
    if (when.is !== undefined) return has([when.is], text);
    if (when.in) return has(when.in, text);
    if (when.not_in) return !has(when.not_in, text);
    return !isNothing(text) === when.known;
  };
}

type Convert = (cell: unknown) => FieldResult;

/** Values that are no ids and no times. */
function compilePlain(target: Target, type: TargetType, rule: FieldRule, context: FieldContext): Convert {
  const meaning = compileValues(rule);
  const { t, taxonomies } = context;
  return (cell) => {
    const text = cellText(cell);
    const mapped = meaning(text);
    // 无 says no where yes or no is asked.
    const isGone = type === "bool" ? isEmptyCell : isNothing;
    if (mapped === undefined && isGone(text)) return undefined;
    const given = mapped ?? cell;
    if (type === "text") {
      const value = mapped === undefined ? text : String(mapped);
      return value.length > MAX_TEXT ? { problem: t("move.err_long", { target }) } : { value };
    }
    if (type === "bool") {
      const value = readBoolean(given);
      return value === undefined
        ? { problem: t("move.err_bool", { target, value: shown(text) }) }
        : { value };
    }
    const value =
      type === "number" || type === "mood" || type === "rating" ? readNumber(given) : listOf(given);
    const checked = checkField(target as FieldName, value, taxonomies);
    return checked.ok
      ? { value: checked.value }
      : { problem: t("move.err_value", { target, value: shown(text) }) };
  };
}

/** Lists of objects come as such from JSON, as text from everything else. */
function listOf(cell: unknown): unknown {
  if (typeof cell !== "string") return cell;
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}

function compileIds(target: Target, type: TargetType, rule: FieldRule, context: FieldContext): Convert {
  const idOf = compileId(target, rule, context.taxonomies);
  const meaning = compileValues(rule);
  const unknown = (value: string) => ({ problem: context.t("move.err_id", { target, value: shown(value) }) });
  const one = (text: string): FieldResult => {
    const id = idOf(text);
    return id === undefined ? unknown(text) : { value: id };
  };
  return (cell) => {
    const text = cellText(cell);
    const isKnown = meaning(text) !== undefined;
    if (!isKnown && isNothing(text)) return undefined;
    if (type !== "ids") return one(text);
    const all = isKnown ? [text] : Array.isArray(cell) ? cell.map(cellText) : parts(text);
    const ids: string[] = [];
    for (const part of all) {
      const id = idOf(part);
      if (id === undefined) return unknown(part);
      ids.push(id);
    }
    return ids.length === 0 ? undefined : { value: [...new Set(ids)] };
  };
}

function compileTime(target: Target, type: TargetType, rule: FieldRule, context: FieldContext): Convert {
  const read = compileDate(rule, context.timeZone);
  const swapped = compileDate(
    { ...rule, dates: (rule.dates ?? []).flatMap(swapDayAndMonth) },
    context.timeZone,
  );
  const meaning = compileValues(rule);
  const problem = (cell: unknown, value: string): FieldResult =>
    rule.dates && swapped(cell)
      ? { problem: context.t("move.err_date_swapped", { target, value }), isSwapped: true }
      : { problem: context.t("move.err_date", { target, value }) };
  return (cell) => {
    const text = cellText(cell);
    const mapped = meaning(text);
    if (mapped === undefined && isNoTime(text)) return undefined;
    const found = read(mapped ?? cell);
    if (!found) return problem(cell, shown(text));
    if (type === "at") return { value: found };
    // The day a complaint came in is its first moment in the map's zone, since deadlines and reports start there.
    return {
      value: found.hasTime || target === "received_at" ? new Date(found.ms).toISOString() : found.day,
    };
  };
}

function compileConvert(target: Target, rule: FieldRule, context: FieldContext): Convert {
  const type = targetType(target);
  if (isIdType(type)) return compileIds(target, type, rule, context);
  if (type === "at" || type === "instant") return compileTime(target, type, rule, context);
  return compilePlain(target, type, rule, context);
}

/** The cell of a rule: one column, several joined, or a constant. */
function compileCell(rule: FieldRule, reader: (column: Column) => ReadColumn): ReadColumn {
  if (rule.constant !== undefined) return () => rule.constant;
  if (rule.column !== undefined) return reader(rule.column);
  const columns = (rule.columns ?? []).map(reader);
  const join = rule.join ?? " ";
  return (row) =>
    columns
      .map((column) => cellText(column(row)))
      .filter((text) => !isNothing(text))
      .join(join);
}

/** Compiles one rule; `reader` gives a column that is known to be there. */
export function compileField(
  target: Target,
  rule: FieldRule,
  reader: (column: Column) => ReadColumn,
  context: FieldContext,
): CompiledField {
  const cell = compileCell(rule, reader);
  const convert = compileConvert(target, rule, context);
  const holds = rule.when ? compileCondition(rule.when, reader(rule.when.column)) : undefined;
  return {
    target,
    columns: [...(rule.column === undefined ? [] : [rule.column]), ...(rule.columns ?? [])],
    read: (row) => (holds && !holds(row) ? undefined : convert(cell(row))),
  };
}

/** Whether a target belongs into the record by itself. */
export function isRecordField(target: Target): target is FieldName {
  return isField(target);
}
