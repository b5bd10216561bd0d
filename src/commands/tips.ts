/** `tips`: calming tips, by mood and words. */
import type { Run } from "../app.ts";
import { flowText } from "./flow-text.ts";
import { block, inAnyLanguage, moodFlag, withBlanksNamed } from "./look-up.ts";

export const run: Run = async (app, { args, flags }) => {
  const mood = moodFlag(app, flags.mood);
  const tips = inAnyLanguage(
    app,
    args,
    (bank) => bank.tips,
    (t) => [t.id, t.when, t.text],
  ).filter((t) => mood === undefined || (t.mood[0] <= mood && mood <= t.mood[1]));
  app.print({
    json: { tips },
    text: () =>
      tips.length === 0
        ? app.t("look.none")
        : flowText(app, tips.map((t) => block(t.when, [withBlanksNamed(app, t.text)])).join("\n")),
  });
};
