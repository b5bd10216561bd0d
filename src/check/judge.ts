// Scores every sentence of a line with the model, alone and together with its neighbours: "I can't do that. I can do this."
// is not a refusal, and one good sentence does not excuse a bad one.
import { featuresOf } from "./features.ts";
import type { LanguageData } from "./library.ts";
import { badness, GOOD, type Model, scoresOf } from "./model.ts";
import { normalise } from "./normalise.ts";
import { type Span, sentencesOf } from "./sentences.ts";

export interface Judged extends Span {
  /** Log odds of bad against good. */
  readonly bad: number;
  /** Categories by falling score, with their share among the bad ones. */
  readonly categories: readonly { readonly category: string; readonly share: number }[];
}

/** What the model says of any piece of text. */
export function scorePiece(
  text: string,
  data: LanguageData,
  model: Model,
): { bad: number; scores: number[] } {
  const features = featuresOf(normalise(text, data.replacements).text, text, data);
  const scores = scoresOf(features, model);
  return { bad: badness(scores, model.classes), scores };
}

export function judgeSentences(text: string, data: LanguageData, model: Model): Judged[] {
  const spans = sentencesOf(text);
  const alone = spans.map((s) => scorePiece(text.slice(s.from, s.to), data, model));
  const joined = spans.slice(1).map((s, i) => scorePiece(text.slice(spans[i]!.from, s.to), data, model).bad);
  return spans.map((span, i) => {
    const own = alone[i]!;
    const around = [joined[i - 1], joined[i]].filter((n) => n !== undefined);
    const mean = around.reduce((sum, n) => sum + n, 0) / Math.max(around.length, 1);
    const bad = around.length === 0 ? own.bad : Math.min((own.bad + mean) / 2, own.bad);
    return { ...span, bad, categories: rank(own.scores, model.classes) };
  });
}

function rank(scores: readonly number[], classes: readonly string[]): Judged["categories"] {
  const odds = classes
    .map((category, c) => ({ category, odds: Math.exp(scores[c] ?? 0) }))
    .filter(({ category }) => category !== GOOD);
  const sum = odds.reduce((total, o) => total + o.odds, 0);
  return odds
    .map(({ category, odds: o }) => ({ category, share: o / sum }))
    .sort((a, b) => b.share - a.share);
}
