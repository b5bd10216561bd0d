/** The form of every YAML file under `scripts/` and `data/` (but the sample cases), and of an organisation's own. */
import * as z from "zod";
import type { Condition } from "../core/condition.ts";
import { FIELD_NAMES } from "../core/field.ts";
import { NEEDS, PSYCHOLOGIES, RUN_KINDS, STEP_KINDS, WORD_CHANNELS } from "../core/script.ts";
import { STAGES } from "../core/stage.ts";

// The messages of these forms are names of forms: `script.wrong_form` says what each looks like.
const id = z.string().regex(/^[a-z0-9]+(?:[-_][a-z0-9]+)*$/, "id");
const anyId = z.string().regex(/^[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*$/, "any_id");
const level = z.number().int().min(1).max(5);
const mood = z.tuple([level, level]).refine(([from, to]) => from <= to, "mood");
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const words = z.string().min(1);

/** One sentence for every language, or one per language. */
const text = z.union([words, z.record(z.string(), words)]);
export type Text = z.infer<typeof text>;

export const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ field: z.string(), is: scalar }),
    z.strictObject({ field: z.string(), in: z.array(scalar).min(1) }),
    z.strictObject({ field: z.string(), over: z.number() }),
    z.strictObject({ field: z.string(), under: z.number() }),
    z.strictObject({ known: z.string() }),
    z.strictObject({ all: z.array(condition).min(1) }),
    z.strictObject({ any: z.array(condition).min(1) }),
    z.strictObject({ not: condition }),
  ]),
) as z.ZodType<Condition>;

/** A rehearsal walks the scripts of calls. */
const SCRIPT_KINDS = RUN_KINDS.filter((kind) => kind !== "practice");

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
    .regex(/^(listen|apologize|analyze|resolve|follow-up)\.[a-z0-9]+(?:[-_][a-z0-9]+)*$/, "step_key"),
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

const flowLine = z.strictObject({ move: anyId, ...lineFacts, text: text.optional() });
const flowSwitch = z.strictObject({ to: id, when: condition });

export const flow = z.strictObject({
  id,
  kind: z.enum(SCRIPT_KINDS),
  title: text.optional(),
  about: text.optional(),
  steps: z.array(flowStep).min(1),
  lines: z.record(anyId, flowLine).default({}),
  switches: z.array(flowSwitch).default([]),
});
export type Flow = z.infer<typeof flow>;

const CONDITION_KEYS = ["field", "is", "in", "over", "under", "known", "all", "any", "not"];

/** The keys that may stand at a place of a script. */
export function flowKeys(path: readonly PropertyKey[]): readonly string[] | undefined {
  if (path.includes("when")) return CONDITION_KEYS;
  if (path.length === 0) return Object.keys(flow.shape);
  if (path.length !== 2) return undefined;
  const forms: Readonly<Record<string, object>> = {
    steps: flowStep.shape,
    lines: flowLine.shape,
    switches: flowSwitch.shape,
  };
  return Object.keys(forms[String(path[0])] ?? {});
}

/** The innermost part of a condition that is none: a whole tree is not said to be wrong for one leaf. */
export function wrongPart(path: readonly PropertyKey[], value: unknown): PropertyKey[] {
  for (const key of ["all", "any", "not"] as const) {
    const inner = (value as Record<string, unknown> | null)?.[key];
    const parts: [PropertyKey[], unknown][] = Array.isArray(inner)
      ? inner.map((part, i): [PropertyKey[], unknown] => [[key, i], part])
      : [[[key], inner]];
    for (const [at, part] of parts)
      if (typeof part === "object" && part !== null && !condition.safeParse(part).success)
        return wrongPart([...path, ...at], part);
  }
  return [...path];
}

/** An organisation may give some of them only; the package's stand for the rest. */
export const scriptWords = z.strictObject({
  title: words.optional(),
  about: words.optional(),
  steps: z
    .record(
      z.string(),
      z.strictObject({
        ask: words.optional(),
        help: words.optional(),
        choices: z.record(z.string(), words).optional(),
      }),
    )
    .default({}),
  lines: z.record(anyId, words).default({}),
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
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "day");
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
