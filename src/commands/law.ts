/** `law`: dated cards with their source. Not legal advice; an expired, overdue or unverified card says so. */
import type { App, Run } from "../app.ts";
import type { LawCard } from "../core/library-port.ts";
import type { Locale } from "../core/locale.ts";
import { flowText } from "./flow-text.ts";
import { block, inAnyLanguage } from "./look-up.ts";

type CardState = "current" | "review_due" | "expired" | "unverified";

/** The state of a card on `today` (YYYY-MM-DD); only `current` cards may appear in a line to say. */
export function cardState(card: LawCard, today: string): CardState {
  if (card.expires !== undefined && card.expires <= today) return "expired";
  if (!card.verified) return "unverified";
  return card.review_on <= today ? "review_due" : "current";
}

/** The law's name in a language: by the longest label that the card's id begins with. */
function lawName(app: App, card: LawCard, locale: Locale): string {
  const names = Object.entries(app.library().words(locale).labels.law ?? {});
  const fits = names
    .filter(([prefix]) => card.id.startsWith(prefix))
    .sort((a, b) => b[0].length - a[0].length);
  return fits[0]?.[1] ?? card.citation;
}

function cardText(app: App, card: LawCard, state: CardState): string {
  const facts = app.t("look.law_facts", {
    effective: card.effective,
    checked: card.checked_on,
    source: card.source,
  });
  const warning = state === "current" ? [] : [app.t("look.law_state", { state, review: card.review_on })];
  return block(`${lawName(app, card, app.locale)} ${card.article} (${card.id})`, [
    card.text,
    facts,
    ...warning,
  ]);
}

export const run: Run = async (app, { args }) => {
  const today = app.now().toISOString().slice(0, 10);
  const found = inAnyLanguage(
    app,
    args,
    (bank) => bank.law,
    (c, locale) => [c.id, c.citation, c.article, c.text, lawName(app, c, locale)],
  );
  const cards = found.map((card) => ({ ...card, state: cardState(card, today) }));
  const note = app.t("look.not_advice");
  app.print({
    json: { cards, note },
    text: () =>
      flowText(
        app,
        cards.length === 0
          ? app.t("look.none")
          : [...cards.map((c) => cardText(app, c, c.state)), note].join("\n\n"),
      ),
  });
};
