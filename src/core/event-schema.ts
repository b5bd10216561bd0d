/**
 * The form of events and scripts that come from outside (bundles, seats): what the fold and the cache rely on. More
 * keys than are known here are fine, they come from newer versions; so is an unknown type of event.
 */
import * as z from "zod";
import type { Condition } from "./condition.ts";
import { FIELDS, type FieldSpec, isField } from "./field.ts";
import { isUuid } from "./id.ts";
import { RUN_KINDS, STEP_KINDS } from "./script.ts";
import { STAGES } from "./stage.ts";

const id = z.string().refine(isUuid, "not a UUID");
const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/, "not an instant")
  .refine((text) => !Number.isNaN(Date.parse(text)), "not an instant");
const name = z.string().min(1).max(500);
const text = z.string();
/** A key of our own objects: never `__proto__`. */
const word = z.string().regex(/^[a-z][a-z0-9_-]*$/i);
const stepKey = z.string().regex(/^(listen|apologize|analyze|resolve|follow-up)\.[\w-]+$/);
const mood = z.number().int().min(1).max(5);
const stage = z.enum(STAGES);
const pin = z.looseObject({ id: name, hash: z.string().max(200) });
const promise = z.looseObject({ id, what: text, due_at: instant, reason: text.optional() });
const option = z.looseObject({
  remedy: word,
  amount: z.number().optional(),
  currency: z.string().max(10).optional(),
  accepted: z.boolean(),
});
const evidence = z.looseObject({ kind: text, what: text, state: text });

const VALUES: Readonly<Record<FieldSpec["type"], z.ZodType>> = {
  text,
  number: z.number(),
  instant: text,
  bool: z.boolean(),
  id: text,
  ids: z.array(text),
  mood,
  rating: z.number().int().min(1).max(5),
  evidence: z.array(evidence),
  options: z.array(option),
};

/** What is wrong with a value given for a record field; undefined: nothing, or the field is not known here. */
function valueProblem(field: string, value: unknown): string | undefined {
  if (value === null || !isField(field)) return undefined;
  const found = VALUES[(FIELDS[field] as FieldSpec).type].safeParse(value);
  return found.success ? undefined : `not a value of ${field}`;
}

const authority = z.array(z.looseObject({ class: word.optional(), beyond: z.boolean() })).optional();

const answered = z
  .looseObject({
    run: id.optional(),
    step: stepKey.optional(),
    field: word.optional(),
    value: z.unknown(),
    promises: z.array(promise).optional(),
    authority,
  })
  .superRefine(({ field, value }, context) => {
    const message = field === undefined ? undefined : valueProblem(field, value);
    if (message !== undefined) context.addIssue({ code: "custom", message, path: ["value"] });
  });

const imported = z
  .looseObject({
    import: id,
    source: name,
    source_id: text,
    values: z.record(word, z.unknown()).optional(),
    authority,
    status: z.enum(["open", "resolved", "closed"]).optional(),
    resolved_at: instant.optional(),
    closed_at: instant.optional(),
    closed_reason: name.optional(),
  })
  .superRefine(({ values = {} }, context) => {
    for (const [field, value] of Object.entries(values)) {
      const message = valueProblem(field, value);
      if (message !== undefined) context.addIssue({ code: "custom", message, path: ["values", field] });
    }
  });

const why = text.optional();
const run = id.optional();
const none = z.looseObject({});

/** The data of every type of event, as far as anything reads it. */
const DATA: Readonly<Record<string, z.ZodType>> = {
  opened: z.looseObject({
    script: pin,
    locale: name,
    owner: name.optional(),
    appeal_of: id.optional(),
    source: z.looseObject({ name, id: text }).optional(),
  }),
  "run-started": z.looseObject({ run: id, kind: z.enum(RUN_KINDS), script: pin, locale: name }),
  rescripted: z.looseObject({ run: id, script: pin, locale: name }),
  answered,
  cleared: z.looseObject({ run, step: stepKey.optional(), field: word.optional() }),
  mood: z.looseObject({ run, stage, mood }),
  resumed: z.looseObject({ run: id }),
  practised: z.looseObject({ case: name, level: z.number(), seed: z.number() }),
  shown: z.looseObject({ run: id, step: text, key: name, kind: z.enum(["say", "tip"]), text }),
  overridden: z.looseObject({ step: text.optional(), what: text, why }),
  noted: z.looseObject({ text }),
  promised: z.looseObject({ run, promise }),
  "promise-settled": z.looseObject({
    promise: id,
    state: z.enum(["kept", "broken", "moved"]),
    to: instant.optional(),
    why,
  }),
  "approval-asked": z.looseObject({
    run,
    remedy: word,
    amount: z.number().optional(),
    currency: z.string().max(10).optional(),
    why,
  }),
  approved: z.looseObject({ approval: id, why, code: text.optional(), lead: name.optional() }),
  denied: z.looseObject({ approval: id, why }),
  held: z.looseObject({ run: id, state: z.enum(["start", "back"]) }),
  warned: z.looseObject({ run, step: text.optional(), words: why }),
  emergency: z.looseObject({ run, kind: name }),
  escalated: z.looseObject({ to: name, why, trigger: name }),
  assigned: z.looseObject({ to: name, why }),
  "handed-over": z.looseObject({ to: name, why }),
  dispatched: z.looseObject({ to: name, why }),
  "dispatch-settled": z.looseObject({ dispatch: id, note: why }),
  contacted: z.looseObject({ run, channel: name, direction: z.enum(["in", "out"]), note: why }),
  waiting: z.looseObject({ why: text }),
  "wait-ended": none,
  finished: z.looseObject({
    run: id,
    ended: name.optional(),
    status: z.enum(["open", "resolved", "closed"]).optional(),
    closed_reason: name.optional(),
  }),
  resolved: z.looseObject({ outcome: name }),
  closed: z.looseObject({ reason: name, duplicate_of: id.optional(), override: why }),
  reopened: z.looseObject({ why: text }),
  appealed: z.looseObject({ appeal: id, to: name, why: text }),
  "appeal-settled": z.looseObject({ outcome: name, why: text, appeal: id.optional() }),
  assessed: z.looseObject({ faith: name, evidence: text, second: name, until: text }),
  "routes-told": z.looseObject({ routes: z.array(text) }),
  imported,
  redacted: z.looseObject({ events: z.array(id), why }),
  "action-added": z.looseObject({
    cause: name,
    category: name.optional(),
    kind: name,
    what: text,
    owner: name,
    due: text,
  }),
  "action-done": z.looseObject({ evidence: text }),
  "action-measured": z.looseObject({ days: z.number(), before: z.number(), after: z.number() }),
};

const clock = z.looseObject({
  resolve_by: instant.optional(),
  update_by: instant.optional(),
  callback_due: instant.optional(),
});

const envelope = z.looseObject({
  id,
  case: id,
  seq: z.number().int().min(1).max(1_000_000_000),
  at: instant,
  by: name,
  type: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  data: z.looseObject({ clock: clock.optional() }),
});

/** A condition may hold others, but no one writes thirty levels of them. */
const DEPTH = 30;

function isCondition(value: unknown, depth = 0): value is Condition {
  if (typeof value !== "object" || value === null || depth > DEPTH) return false;
  const c = value as Record<string, unknown>;
  for (const many of ["all", "any"] as const)
    if (many in c) return Array.isArray(c[many]) && c[many].every((inner) => isCondition(inner, depth + 1));
  if ("not" in c) return isCondition(c.not, depth + 1);
  if ("known" in c) return typeof c.known === "string";
  return typeof c.field === "string" && ("is" in c || Array.isArray(c.in) || "over" in c || "under" in c);
}

const condition = z.custom<Condition>((value) => isCondition(value), "not a condition");
const ids = z.array(z.string());
const fits = { mood: z.tuple([mood, mood]), psych: ids, ch: ids };

/** A resolved script as it is stored: what the fold, the questions and the trail read. */
export const storedScript = z.looseObject({
  id: name,
  title: text,
  about: text,
  locale: name,
  kind: z.enum(RUN_KINDS),
  hash: z.string().min(1).max(200),
  steps: z.array(
    z.looseObject({
      key: stepKey,
      stage,
      kind: z.enum(STEP_KINDS),
      records: word.optional(),
      when: condition.optional(),
      ask: text,
      say: ids,
      avoid: ids,
      tip: ids,
    }),
  ),
  switches: z.array(z.looseObject({ to: name, when: condition })),
  lines: z.record(z.string(), z.looseObject({ id: text, text, stage: text, move: text, ...fits })),
  sides: z.record(z.string(), ids),
  todo: z.record(z.string(), ids),
  tips: z.record(z.string(), z.looseObject({ id: text, text, when: text, stages: ids, ...fits })),
  avoid: z.record(z.string(), z.looseObject({ id: text, cat: text, say: text, why: text, better: text })),
});

/** One problem in a value: where in it, and what. */
export interface SchemaProblem {
  path: string;
  message: string;
}

function problemOf(result: z.ZodSafeParseResult<unknown>, prefix: string): SchemaProblem | undefined {
  const issue = result.error?.issues[0];
  return issue && { path: [prefix, ...issue.path].filter((p) => p !== "").join("."), message: issue.message };
}

/** What is wrong with an event as it stands in a bundle (`case` for the case's id); undefined: nothing. */
export function eventProblem(value: unknown): SchemaProblem | undefined {
  const outer = envelope.safeParse(value);
  if (!outer.success) return problemOf(outer, "");
  const inner = DATA[outer.data.type]?.safeParse(outer.data.data);
  return inner && problemOf(inner, "data");
}

/** What is wrong with a stored script; undefined: nothing. */
export function scriptProblem(value: unknown): SchemaProblem | undefined {
  return problemOf(storedScript.safeParse(value), "script");
}

/** For `complaint schema event`. */
export const eventEnvelope = envelope;
export const eventData = DATA;
