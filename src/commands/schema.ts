/** `schema case|event|map`: JSON Schema of what other programs read and write. */
import * as z from "zod";
import type { Run } from "../app.ts";
import { caseSchema } from "../core/case-schema.ts";
import { usage } from "../core/errors.ts";
import { eventData, eventEnvelope } from "../core/event-schema.ts";
import { importMapForm } from "../move/import-map.ts";

const KINDS = ["case", "event", "map"] as const;
type Kind = (typeof KINDS)[number];

type Json = Record<string, unknown>;

const toJson = (schema: z.ZodType): Json => {
  const { $schema: _, ...body } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    reused: "ref",
  }) as Json;
  return body;
};

/** One event, by its type; a type that is not among them comes from a newer version and is kept as it is. */
function eventSchema(): Json {
  const envelope = toJson(eventEnvelope);
  const known = Object.entries(eventData).map(([type, data]) => ({
    if: { properties: { type: { const: type } }, required: ["type"] },
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so.
    then: { properties: { data: toJson(data) } },
  }));
  return { ...envelope, allOf: known };
}

const SCHEMAS: Readonly<Record<Kind, { title: string; body: () => Json }>> = {
  case: { title: "A case, as show --json and export print it", body: () => toJson(caseSchema) },
  event: { title: "An event, as a bundle holds it (case: the id of its case)", body: eventSchema },
  map: { title: "An import map", body: () => toJson(importMapForm) },
};

/** Stable: keys are only ever added. */
export function schemaOf(kind: Kind): Json {
  const { title, body } = SCHEMAS[kind];
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `complaint:${kind}`,
    title,
    ...body(),
  };
}

export const run: Run = async (app, { args }) => {
  const kind = KINDS.find((name) => name === args[0]);
  if (!kind)
    throw usage(
      "not_in_set",
      app.t("cli.error.not_in_set", { name: "schema", value: args[0] ?? "" }),
      KINDS.join(", "),
    );
  const schema = schemaOf(kind);
  app.print({ json: schema, text: () => JSON.stringify(schema, null, 2) });
};
