/** `check`: what an agent is about to say or write, judged before the customer hears it. */
import { join } from "node:path";
import type { App, Run } from "../app.ts";
import { checkText, type Finding } from "../check/check.ts";
import { loadCheckLibrary } from "../check/library.ts";
import { packageFolder } from "../content/content-files.ts";
import { EXIT, usage } from "../core/errors.ts";
import { screenText } from "../ui/screen-text.ts";
import { block } from "./look-up.ts";
import { readText } from "./read-text.ts";

interface Result {
  text: string;
  findings: Finding[];
}

function show(app: App, { text, findings }: Result): string[] {
  return findings.map((f) =>
    block(
      app.t("check.place", {
        category: app.t(`check.category.${f.category}`),
        from: String(f.from),
        to: String(f.to),
        text: screenText(text.slice(f.from, f.to)),
      }),
      [f.reason, app.t("check.better", { better: f.better })],
    ),
  );
}

/** Exit 0: nothing found; 1: something. */
export const run: Run = async (app, { args, flags }) => {
  if (args.length === 0) throw usage("missing_argument", app.t("check.no_text"), app.t("check.no_text_hint"));
  const text = await readText(app, args.join(" "));
  const library = loadCheckLibrary(join(packageFolder(), "data", "check"));
  const texts = flags.lines === true ? text.split(/\r\n|\r|\n/) : [text];
  const results: Result[] = texts.map((one) => ({ text: one, findings: checkText(one, library) }));
  const count = results.reduce((sum, r) => sum + r.findings.length, 0);
  app.print({
    json: { results },
    text: () =>
      count === 0
        ? app.t("check.nothing")
        : [...results.flatMap((r) => show(app, r)), app.t("check.found", { count })].join("\n"),
  });
  return count === 0 ? EXIT.done : EXIT.refused;
};
