/** `say`: lines of the phrase bank, by stage, mood and psychology. */
import type { Run } from "../app.ts";
import { PSYCHOLOGIES } from "../core/script.ts";
import { STAGES } from "../core/stage.ts";
import { flowText } from "./flow-text.ts";
import { block, moodFlag, oneOf, withBlanksNamed } from "./look-up.ts";

export const run: Run = async (app, { args, flags }) => {
  const stage = oneOf(app, "stage", args[0], STAGES);
  const mood = moodFlag(app, flags.mood);
  const psychology = oneOf(app, "psychology", flags.psychology, PSYCHOLOGIES);
  const lines = app
    .library()
    .bank(app.locale)
    .lines.filter((l) => stage === undefined || l.stage === stage)
    .filter((l) => mood === undefined || (l.mood[0] <= mood && mood <= l.mood[1]))
    .filter((l) => psychology === undefined || l.psych.length === 0 || l.psych.includes(psychology));
  const labels = app.library().words(app.locale).labels;
  const stages = STAGES.filter((s) => lines.some((l) => l.stage === s));
  app.print({
    json: { lines },
    text: () =>
      flowText(
        app,
        lines.length === 0
          ? app.t("look.none")
          : stages
              .map((s) =>
                block(
                  labels.stage?.[s] ?? s,
                  lines.filter((l) => l.stage === s).map((l) => withBlanksNamed(app, l.text)),
                ),
              )
              .join("\n\n"),
      ),
  });
};
