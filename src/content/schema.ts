/** The form of every YAML file under `scripts/` and `data/` (but the sample cases), and of an organisation's own. */
import * as z from "zod";
import type { Condition } from "../core/condition.ts";
import { FIELD_NAMES } from "../core/field.ts";
import { NEEDS, PSYCHOLOGIES, RUN_KINDS, STEP_KINDS, WORD_CHANNELS } from "../core/script.ts";
import { STAGES } from "../core/stage.ts";

const id = z
  .string()
  .regex(/^[a-z0-9]+(?:[-_][a-z0-9]+)*$/, "small letters, digits and dashes, like good-faith");
const anyId = z.string().regex(/^[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*$/, "letters, digits and dashes");
const mood = z.tuple([z.number().int().min(1).max(5), z.number().int().min(1).max(5)]);
const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** One sentence for every language, or one per language. */
const text = z.union([z.string(), z.record(z.string(), z.string())]);
export type Text = z.infer<typeof text>;

export const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ field: z.string(), is: scalar }),
    z.strictObject({ field: z.string(), in: z.array(scalar) }),
    z.strictObject({ field: z.string(), over: z.number() }),
    z.strictObject({ field: z.string(), under: z.number() }),
    z.strictObject({ known: z.string() }),
    z.strictObject({ all: z.array(condition) }),
    z.strictObject({ any: z.array(condition) }),
    z.strictObject({ not: condition }),
  ]),
) as z.ZodType<Condition>;

const channels = z.array(z.enum([...WORD_CHANNELS, "any"]));
const lineFacts = {
  mood,
  psych: z.array(z.enum(PSYCHOLOGIES)).default([]),
  ch: channels.default([]),
  needs: z.enum(NEEDS).optional(),
};

export const flowStep = z.strictObject({
  key: z
    .string()
    .regex(
      /^(listen|apologize|analyze|resolve|follow-up)\.[a-z0-9]+(?:[-_][a-z0-9]+)*$/,
      "<stage>.<name>, like listen.words",
    ),
  kind: z.enum(STEP_KINDS),
  records: z.enum(FIELD_NAMES as [string, ...string[]]).optional(),
  optional: z.boolean().optional(),
  personal: z.boolean().optional(),
  confirm: z.boolean().optional(),
  when: condition.optional(),
  say: z.array(anyId).default([]),
  avoid: z.array(anyId).default([]),
  tip: z.array(anyId).default([]),
  law: z.array(z.string()).optional(),
  choices: z.union([z.array(id), z.record(id, text)]).optional(),
  default: z.unknown().optional(),
  ask: text.optional(),
  help: text.optional(),
});

export const flow = z.strictObject({
  id,
  kind: z.enum(RUN_KINDS),
  title: text.optional(),
  about: text.optional(),
  steps: z.array(flowStep).min(1),
  lines: z.record(anyId, z.strictObject({ move: anyId, ...lineFacts, text: text.optional() })).default({}),
  switches: z.array(z.strictObject({ to: id, when: condition })).default([]),
});
export type Flow = z.infer<typeof flow>;

export const scriptWords = z.strictObject({
  title: z.string(),
  about: z.string(),
  steps: z
    .record(
      z.string(),
      z.strictObject({
        ask: z.string().optional(),
        help: z.string().optional(),
        choices: z.record(z.string(), z.string()).optional(),
      }),
    )
    .default({}),
  lines: z.record(anyId, z.string()).default({}),
});
export type ScriptWords = z.infer<typeof scriptWords>;

export const taxonomies = z.record(z.string(), z.array(id));

export const phrases = z.array(
  z.strictObject({ id: anyId, stage: z.enum(STAGES), move: anyId, ...lineFacts }),
);
export const sideLines = z.array(z.strictObject({ id: anyId, side: anyId, move: anyId, ...lineFacts }));
export const neverSay = z.array(z.strictObject({ id: anyId, cat: anyId, law: z.boolean().optional() }));
export const tips = z.array(
  z.strictObject({
    id: anyId,
    mood,
    src: z.enum(["manual", "ev", "prac"]),
    stages: z.array(z.enum(STAGES)).default([]),
    psych: z.array(z.enum(PSYCHOLOGIES)).default([]),
    ch: channels.default([]),
  }),
);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "a day, like 2026-11-21");
export const law = z.array(
  z.strictObject({
    id: z.string(),
    citation: z.string(),
    article: z.string(),
    effective: z.string(),
    checked_on: day,
    review_on: day,
    source: z.string(),
    verified: z.boolean(),
    country: z.string(),
    expires: day.optional(),
  }),
);

export const language = z.strictObject({ name: z.string(), country: z.string(), currency: z.string() });
export const labels = z.record(z.string(), z.record(z.string(), z.string()));
export const fieldWords = z.record(
  z.string(),
  z.strictObject({ label: z.string(), ask: z.string(), help: z.string().optional() }),
);
export const texts = z.record(z.string(), z.string());
export const sideWords = z.strictObject({ lines: texts, todo: z.record(z.string(), z.array(z.string())) });
export const neverSayWords = z.record(
  z.string(),
  z.strictObject({ say: z.string(), why: z.string(), better: z.string() }),
);
export const tipWords = z.record(z.string(), z.strictObject({ when: z.string(), text: z.string() }));
