/** The form of `policy.yaml`, the packaged one and an organisation's over it: every key may be left out, none may be misspelt. */
import * as z from "zod";
import { LEVELS, type Policy } from "../core/policy.ts";
import { condition } from "./schema.ts";

const level = z.enum(LEVELS);
const currency = z.string().regex(/^[A-Z]{3}$/, "a currency, like CNY");
const amounts = z.record(currency, z.number().min(0));
const span = {
  days: z.number().int().min(0).optional(),
  hours: z.number().min(0).optional(),
  kind: z.enum(["calendar", "working"]),
};
const time = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, "a time of day, like 09:00");
const dayOfYear = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "a day, like 05-01");
const Span = z.strictObject(span);

/** Objects are joined key by key, so an override names only what it changes; lists are replaced whole. */
export const policy = z.strictObject({
  authority: z
    .array(
      z.strictObject({
        remedy: z.string(),
        limits: z.partialRecord(level, z.union([z.literal(true), amounts])),
      }),
    )
    .optional(),
  classes: z.array(z.strictObject({ class: z.string(), upTo: amounts.optional() })).optional(),
  ladder: z.array(level).min(1).optional(),
  clocks: z
    .strictObject({
      resolve: z.record(z.string(), Span).optional(),
      at_risk: z.number().gt(0).max(1).optional(),
      update_days: Span.optional(),
      acknowledge: Span.optional(),
      dispatch_reply_days: Span.optional(),
    })
    .optional(),
  callback: z
    .strictObject({
      after: Span.optional(),
      retry: Span.optional(),
      attempts: z.number().int().min(1).optional(),
    })
    .optional(),
  soon_hours: z.number().min(0).optional(),
  working_time: z
    .strictObject({
      shifts: z
        .array(z.strictObject({ days: z.array(z.number().int().min(1).max(7)).min(1), from: time, to: time }))
        .optional(),
      lunch: z.union([z.strictObject({ from: time, to: time }), z.null()]).optional(),
      holidays: z.string().optional(),
    })
    .optional(),
  triggers: z
    .array(
      z.strictObject({
        id: z.string(),
        when: condition.optional(),
        to: z.string(),
        automatic: z.boolean().optional(),
        within: Span.optional(),
      }),
    )
    .optional(),
  batch: z
    .strictObject({
      today: z.number().int().min(1).optional(),
      ratio: z.number().min(0).optional(),
      at_least: z.number().int().min(1).optional(),
    })
    .optional(),
  recording: z.strictObject({ notice: z.boolean() }).optional(),
  retention_days: z.number().int().min(1).optional(),
  draft_stale_hours: z.number().gt(0).optional(),
  approval_code: z.strictObject({ hours: z.number().gt(0) }).optional(),
  assessment: z.strictObject({ max_days: z.number().int().min(1) }).optional(),
  outside: z
    .record(
      z.string(),
      z.strictObject({
        ...span,
        law: z.string().optional(),
        country: z.string().optional(),
        route: z.string().optional(),
        category: z.string().optional(),
      }),
    )
    .optional(),
  holidays: z
    .record(
      z.string().regex(/^[A-Z]{2}$/, "a country, like CN"),
      z.strictObject({
        source: z.string(),
        years: z.record(
          z.string().regex(/^\d{4}$/, "a year"),
          z.strictObject({ off: z.array(dayOfYear), work: z.array(dayOfYear).optional() }),
        ),
      }),
    )
    .optional(),
});

/** What the packaged policy must be once it was read: whole. */
export type PolicyFile = z.infer<typeof policy>;

/** Policies joined, later over earlier; `lunch: null` takes the shipped one away. */
export function wholePolicy(joined: Record<string, unknown>): Policy {
  const working = joined.working_time as Record<string, unknown> | undefined;
  if (working?.lunch !== null || !working) return joined as unknown as Policy;
  const { lunch: _, ...rest } = working;
  return { ...joined, working_time: rest } as unknown as Policy;
}
