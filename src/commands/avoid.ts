/** `avoid`: what never to say, why, and what instead. */
import type { Run } from "../app.ts";
import { flowText } from "./flow-text.ts";
import { block, inAnyLanguage, withBlanksNamed } from "./look-up.ts";

export const run: Run = async (app, { args }) => {
  const avoid = inAnyLanguage(
    app,
    args,
    (bank) => bank.avoid,
    (n) => [n.id, n.say, n.why, n.better],
  );
  app.print({
    json: { avoid: avoid.map(({ cat, ...entry }) => ({ ...entry, category: cat })) },
    text: () =>
      flowText(
        app,
        avoid.length === 0
          ? app.t("look.none")
          : avoid
              .map((n) =>
                block(app.t("look.avoid", { say: n.say }), [
                  n.why,
                  app.t("look.instead", { better: withBlanksNamed(app, n.better) }),
                ]),
              )
              .join("\n"),
      ),
  });
};
