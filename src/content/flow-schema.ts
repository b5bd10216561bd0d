/** The form of a script as JSON Schema, for editors. */
import { toJSONSchema } from "zod";
import { flow } from "./schema.ts";

export function flowSchema(): unknown {
  return toJSONSchema(flow, { io: "input", unrepresentable: "any" });
}
