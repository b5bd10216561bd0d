/** The Case JSON as a schema: what `show --json`, `export` and every writing command print. Fields are only ever added. */
import * as z from "zod";
import { FIELD_NAMES, FIELDS, type FieldSpec } from "./field.ts";
import { RUN_KINDS } from "./script.ts";
import { STAGES } from "./stage.ts";

const text = z.string();
const instant = z.string().describe("ISO 8601 instant in UTC");
const ref = z
  .string()
  .regex(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
  .describe("Such as K7QF-2MXT");
const uuid = z.string().describe("UUID");
const n = z.number().int().min(1).describe("Counts from 1 and stays");
const mood = z.number().int().min(1).max(5);
const stage = z.enum(STAGES);
const status = z.enum(["draft", "open", "resolved", "closed"]);
const agent = text.describe("Name of an agent");

const option = z.looseObject({
  remedy: text,
  amount: z.number().optional(),
  currency: text.optional(),
  accepted: z.boolean(),
  approval: z.enum(["pending", "approved", "denied"]).optional(),
});
const evidence = z.looseObject({ kind: text, what: text, state: z.enum(["have", "promised"]) });

function schemaFor(spec: FieldSpec): z.ZodType {
  const of: Readonly<Record<FieldSpec["type"], z.ZodType>> = {
    text,
    number: z.number(),
    instant: z.string().describe("ISO 8601 date or instant"),
    bool: z.boolean(),
    id: z
      .string()
      .describe(spec.taxonomy ? `An id of the taxonomy ${spec.taxonomy}` : "An id of its taxonomy"),
    ids: z.array(z.string()).describe(`Ids of the taxonomy ${spec.taxonomy ?? ""}`.trim()),
    mood,
    rating: z.number().int().min(1).max(5),
    evidence: z.array(evidence),
    options: z.array(option),
  };
  const value = of[spec.type];
  return spec.personal === undefined
    ? value
    : value.describe(`Personal (${spec.personal}): masked in lists and exports`);
}

const record = z
  .looseObject(Object.fromEntries(FIELD_NAMES.map((name) => [name, schemaFor(FIELDS[name]).optional()])))
  .describe("Absent values are absent, never null");

/** Lists are always there, empty or not. */
export const caseSchema = z.looseObject({
  ref,
  id: uuid,
  status,
  stage,
  script: z.looseObject({ id: text, hash: text }),
  locale: text,
  agent: agent.describe("Who took the first run"),
  owner: agent.describe("Who owes the next step"),
  opened_at: instant,
  updated_at: instant,
  first_response_at: instant.optional(),
  resolved_at: instant.optional(),
  closed_at: instant.optional(),
  resolve_by: instant.optional(),
  update_by: instant.optional(),
  reopened: z.number().int().min(0),
  duplicate_of: ref.optional(),
  appeal_of: ref.optional(),
  appeals: z.array(z.looseObject({ ref, at: instant, outcome: text.optional() })),
  source: z.looseObject({ name: text, id: text }).optional().describe("Where an imported case came from"),
  record,
  runs: z.array(
    z.looseObject({
      id: uuid,
      kind: z.enum(RUN_KINDS),
      script: text,
      started_at: instant,
      finished_at: instant.optional(),
    }),
  ),
  moods: z.array(z.looseObject({ at: instant, stage, mood })),
  statuses: z.array(z.looseObject({ at: instant, status })),
  promises: z.array(
    z.looseObject({
      n,
      what: text,
      due_at: instant,
      reason: text.optional(),
      by: agent,
      made_at: instant,
      state: z.enum(["open", "kept", "broken"]),
      settled_at: instant.optional(),
      moves: z.array(z.looseObject({ at: instant, from: instant, to: instant })),
    }),
  ),
  approvals: z.array(
    z.looseObject({
      n,
      remedy: text,
      amount: z.number().optional(),
      currency: text.optional(),
      why: text.optional(),
      asked_at: instant,
      by: agent,
      state: z.enum(["pending", "approved", "denied"]),
      decided_at: instant.optional(),
      decided_by: agent.optional(),
      unverified: z
        .literal(true)
        .optional()
        .describe("A code from another seat that could not be checked here"),
    }),
  ),
  escalations: z.array(
    z.looseObject({ n, at: instant, to: text, why: text.optional(), by: agent, trigger: text }),
  ),
  dispatches: z.array(
    z.looseObject({ n, to: text, at: instant, replied_at: instant.optional(), why: text.optional() }),
  ),
  waits: z.array(z.looseObject({ n, from: instant, to: instant.optional(), why: text })),
  callbacks: z.array(
    z.looseObject({
      n,
      due_at: instant.optional(),
      at: instant.optional(),
      by: agent.optional(),
      result: text.optional(),
      solved: z.boolean().optional(),
      satisfaction: z.number().int().min(1).max(5).optional(),
      opinion_process: text.optional(),
      opinion_measures: text.optional(),
      opinion_result: text.optional(),
      new_problem: text.optional(),
      next_at: instant.optional(),
    }),
  ),
  contacts: z.array(
    z.looseObject({ n, at: instant, by: agent, channel: text, direction: z.enum(["in", "out"]) }),
  ),
  warnings: z.array(
    z.looseObject({ n, at: instant, by: agent, step: text.optional(), words: text.optional() }),
  ),
  notes: z.array(z.looseObject({ n, at: instant, by: agent, text })),
});
