/** `note`: a free note to a case. */
import type { Run } from "../app.ts";
import { usage } from "../core/errors.ts";
import { MAX_TEXT } from "../core/field.ts";
import { writeAndPrint } from "./case-command.ts";
import { readText } from "./read-text.ts";

export const run: Run = async (app, { args }) => {
  const [ref, ...words] = args;
  const text = await readText(app, words.join(" "));
  if (text.trim() === "")
    throw usage("missing_argument", app.t("cli.error.missingArgument", { name: "text" }));
  if (text.length > MAX_TEXT)
    throw usage("too_long", app.t("call.problem_too_long", { expected: String(MAX_TEXT) }));
  await writeAndPrint(
    app,
    ref,
    () => [{ type: "noted", data: { text } }],
    ({ case: c }) => [app.t("store.noted", { ref: c.ref, n: c.notes.length })],
  );
};
