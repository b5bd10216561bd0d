/** The form of an import map: from columns of somebody else's file to fields of the record. */
import * as z from "zod";
import { FIELD_NAMES, FIELDS, type FieldName, type FieldSpec, isField } from "../core/field.ts";

export const FORMATS = ["csv", "tsv", "json", "jsonl", "xlsx"] as const;
export type Format = (typeof FORMATS)[number];

/** What a map may fill besides the fields of the record. */
export const CASE_TARGETS = ["opened_at", "closed_at", "status", "agent", "owner", "note"] as const;
export type Target = FieldName | (typeof CASE_TARGETS)[number];
export const TARGETS: readonly Target[] = [...CASE_TARGETS, ...FIELD_NAMES];

/** Statuses a case from elsewhere may have: its first call is over. */
export const IMPORT_STATUSES = ["open", "resolved", "closed"] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/** What a target is filled with, for checking and converting. */
export type TargetType = FieldSpec["type"] | "status" | "at";

export function targetType(target: Target): TargetType {
  if (target === "opened_at" || target === "closed_at") return "at";
  if (target === "status") return "status";
  return isField(target) ? (FIELDS[target] as FieldSpec).type : "text";
}

/** Whether the values of a target come from a closed set. */
export function isIdType(type: TargetType): boolean {
  return type === "id" || type === "ids" || type === "status";
}

const column = z
  .union([z.string().min(1), z.number().int().min(1)], {
    error: "the text of the header, its number (1 = first) or a dotted path",
  })
  .describe("Header text, number of the column (1 = first) or dotted path (a.0.b)");
export type Column = string | number;

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const condition = z
  .strictObject({
    column,
    is: scalar.optional().describe("The column holds this"),
    in: z.array(scalar).optional().describe("The column holds one of these"),
    not_in: z.array(scalar).optional().describe("The column holds none of these"),
    known: z.boolean().optional().describe("The column holds something, or nothing"),
  })
  .describe("The field is filled only where this holds");
export type ColumnCondition = z.infer<typeof condition>;

const ruleObject = z.strictObject({
  column: column.optional(),
  columns: z.array(column).min(1).optional().describe("Several columns in one text"),
  join: z.string().optional().describe("Stands between the columns; a blank where it is absent"),
  constant: scalar.optional().describe("The same in every row"),
  dates: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe(
      "Unicode date tokens such as dd/MM/yyyy HH:mm, or iso, excel, roc, wareki, t, T; tried in order",
    ),
  time_zone: z.string().optional().describe("For times of this column without offset"),
  values: z.record(z.string(), scalar).optional().describe("What stands in the column, and what it means"),
  other: z.string().min(1).optional().describe("The id of every other value; keep: its own text as an id"),
  when: condition.optional(),
  optional: z.boolean().optional().describe("The column may be missing from the file"),
});
export type FieldRule = z.infer<typeof ruleObject>;

const shorthand = z.preprocess(
  (value) => (typeof value === "string" || typeof value === "number" ? { column: value } : value),
  ruleObject,
);

function mapWith<T extends z.ZodType>(rule: T) {
  const fields = Object.fromEntries(TARGETS.map((name) => [name, rule.optional()]));
  return z.strictObject({
    source: z
      .string()
      .min(1)
      .max(200)
      .describe("The system the file comes from; with id it makes an import idempotent"),
    format: z.enum(FORMATS).optional(),
    encoding: z.string().optional().describe("Such as utf-8, gb18030, utf-16le, windows-1252"),
    delimiter: z.string().min(1).optional(),
    header: z
      .union([z.number().int().min(1), z.literal("none")])
      .optional()
      .describe("The physical line of the header, or none"),
    sheet: z
      .union([z.number().int().min(1), z.string().min(1)])
      .optional()
      .describe("XLSX: its number (1 = first) or name"),
    rows: z.string().min(1).optional().describe("JSON: dotted path to the list"),
    time_zone: z.string().optional().describe("For times without offset; else the configured one"),
    id: z
      .union([
        column,
        z.array(column).min(1),
        z.strictObject({ columns: z.array(column).min(1), optional: z.boolean().optional() }),
      ])
      .optional()
      .describe("Columns that name a row for ever; absent: its whole content"),
    also: z
      .record(z.string(), z.array(column))
      .optional()
      .describe("Other names that a column may have in the file"),
    fields: z.strictObject(fields as Record<Target, z.ZodOptional<T>>),
  });
}

/** Checks a map; a bare column stands for `{ column }`. */
export const importMap = mapWith(shorthand as unknown as z.ZodType<FieldRule>);
export type ImportMap = z.infer<typeof importMap>;

/** The columns of a row's id; empty: its whole content is its id. */
export function idColumns({ id }: Pick<ImportMap, "id">): { columns: Column[]; optional: boolean } {
  if (id === undefined) return { columns: [], optional: false };
  if (typeof id === "object" && !Array.isArray(id))
    return { columns: id.columns, optional: id.optional === true };
  return { columns: [id].flat(), optional: false };
}

/** For `complaint schema map`. */
export const importMapForm = mapWith(z.union([column, ruleObject]));
