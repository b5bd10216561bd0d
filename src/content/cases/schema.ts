/** The form of a sample case for practice (`data/cases/*.yaml`, its README says what each key is for). */
import * as z from "zod";
import { MOVES } from "../../core/practice-case.ts";
import { STAGES } from "../../core/stage.ts";

/** Languages a case may be written in; the others are made from them. */
export const CASE_LOCALES = ["en", "zh-CN", "zh-TW"] as const;

const nonEmpty = z.string().min(1);
/** `{en: …, zh-CN: …}`; a drill made from a real case has one language only. */
const text = z
  .partialRecord(z.enum(CASE_LOCALES), nonEmpty)
  .refine((t) => Object.keys(t).length > 0, "text_map");
const lines = (least: number, most: number) =>
  z
    .partialRecord(z.enum(CASE_LOCALES), z.array(nonEmpty).min(least).max(most))
    .refine((t) => Object.keys(t).length > 0, "line_map")
    .refine((t) => new Set(Object.values(t).map((l) => l.length)).size === 1, "same_lines");
const move = z.enum(MOVES);
const change = z.number().int().min(-2).max(2);
const moodKeys = ["1", "2", "3", "4", "5"] as const;
const fields = z.record(z.string(), z.unknown());
const referenceLine = z.strictObject({ stage: z.enum(STAGES), says: text, moves: z.array(move).min(1) });
const otherWordings = Object.fromEntries(
  CASE_LOCALES.map((locale) => [locale, z.array(nonEmpty).length(3).optional()]),
) as Record<(typeof CASE_LOCALES)[number], z.ZodOptional<z.ZodArray<z.ZodString>>>;
const referenceRun = z.array(referenceLine).min(5).max(10);

export const caseSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "id"),
  title: text,
  script: z.string(),
  level: z.literal([1, 2, 3]).default(2),
  /** Made from a real case: it has no reference runs and no paraphrases. */
  drill: z.literal(true).optional(),
  level_notes: z.strictObject({ "1": text, "2": text, "3": text }).optional(),
  channel: z.string(),
  customer: z.strictObject({
    name: text,
    phone: z.string().optional(),
    class: z.string(),
    psychology: z.string(),
    need: z.string(),
    temperament: text,
  }),
  truth: z.strictObject({ happened: text, on_record: text, fault: text, not_known: text }),
  knows: z.array(text).default([]),
  wants: z.strictObject({ asks_for: text, would_accept: text, really_after: text }),
  fears: z.array(text).default([]),
  /** Other names of the things in this case, for hearing: `{en: [namesake], zh-CN: [锅]}`. */
  facts: z.partialRecord(z.enum(CASE_LOCALES), z.array(nonEmpty)).default({}),
  start_mood: z.number().int().min(2).max(5),
  opening: z.array(text).min(1).max(2),
  story: z
    .array(z.strictObject({ says: text, reveals: fields }))
    .min(1)
    .max(8),
  moves: z
    .array(z.strictObject({ when: move, change, reply: lines(2, 3), note: text.optional() }))
    .default([]),
  mood_lines: z.strictObject(
    Object.fromEntries(moodKeys.map((k) => [k, lines(1, 3)])) as Record<
      (typeof moodKeys)[number],
      ReturnType<typeof lines>
    >,
  ),
  options: z.array(z.strictObject({ remedy: z.string(), fits: z.boolean(), why: text })).min(1),
  pitfalls: z.array(text).default([]),
  expected_record: fields,
  expected_promises: z.array(z.strictObject({ what: text, due_at: z.string(), reason: text })).default([]),
  good_ending: text,
  fair_ending: text,
  bad_ending: text,
  reference_runs: z
    .strictObject({ very_good: referenceRun, fair: referenceRun, bad: referenceRun })
    .optional(),
  /** Other wordings of the good lines; only tests read them, the package's own cases must have them. */
  paraphrases: z.array(z.strictObject({ turn: z.number().int().min(1), ...otherWordings })).default([]),
  lesson: z.strictObject({ text, source: z.array(z.string()).min(1) }),
});

export type CaseSource = z.infer<typeof caseSchema>;

/** What stands inside a default or an optional value. */
function bare(schema: unknown): unknown {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodOptional ? bare(schema.unwrap()) : schema;
}

/** Keys that may stand at a place of a case; undefined: any may, or it holds no keys. */
export function caseKeysAt(path: readonly PropertyKey[]): readonly string[] | undefined {
  const found = path.reduce<unknown>((at, key) => {
    const schema = bare(at);
    if (schema instanceof z.ZodArray) return schema.element;
    return schema instanceof z.ZodObject ? schema.shape[String(key)] : undefined;
  }, caseSchema);
  const schema = bare(found);
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : undefined;
}
