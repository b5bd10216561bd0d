/** The form of a script as JSON Schema, for editors. */
import * as z from "zod";
import { flow } from "./schema.ts";

export function flowSchema(): unknown {
  return z.toJSONSchema(flow, { io: "input", unrepresentable: "any" });
}
