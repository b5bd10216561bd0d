// The checker: what in a text an agent should not say, why, and what to say instead.
import { type Judged, judgeSentences, scorePiece } from "./judge.ts";
import { detectLocale, languageOf, splitLines, type TextLocale } from "./language.ts";
import type { CheckLibrary, LanguageData, Words } from "./library.ts";
import type { Model } from "./model.ts";
import { normalise } from "./normalise.ts";
import { hideReported } from "./quotes.ts";
import { clausesOf, type Span } from "./sentences.ts";

/** The kinds of finding, in the order they are listed. */
export const CHECK_CATEGORIES = [
  "blaming",
  "commanding",
  "dismissing",
  "arguing",
  "over-promising",
  "buck-passing",
  "jargon",
  "threatening",
  "rights-limiting",
  "empty",
  "prying",
  "unfilled-blank",
] as const;

export type CheckCategory = (typeof CHECK_CATEGORIES)[number];

/** One thing found: `from` and `to` are UTF-16 offsets in the checked text; words are in the language of its line. */
export interface Finding {
  readonly category: CheckCategory;
  readonly from: number;
  readonly to: number;
  readonly reason: string;
  readonly better: string;
}

/** A finding before its words are looked up. */
export interface Found extends Span {
  readonly category: string;
  readonly topic: string;
  /** How sure the model is that the sentence is bad: log odds of bad against good. */
  readonly odds: number;
}

/** A pattern counts only where the model is not surer than this that the sentence is good (log odds). */
const PATTERN_VETO = -1;
/** A sentence gets a second category only when the model gives it this share, or a pattern names it. */
const CLEAR_SHARE = 0.55;

const BLANKS =
  /\$?\{\s*[\p{L}_][\p{L}\p{N}_ -]*\}|\[\s*[\p{L}_][\p{L}\p{N}_ -]{0,24}\](?!\()|<[\p{L}_][\p{L}\p{N}_ -]{0,24}>|【\s*[\p{L}_ ]{0,12}】|_{3,}|(?<![\p{L}\p{N}])[Xx]{2,4}(?![\p{Script=Latin}\p{N}])|[×〇○]{2,}/gu;

/** Everything found in a text of one or more lines, in order of place. The text may mix languages line by line. */
export function checkText(text: string, library: CheckLibrary): Finding[] {
  return splitLines(text).flatMap((line) => {
    const words = library.words(localeOf(line.text, library));
    return findIn(line.text, library)
      .map((f) => explain(f, words))
      .map((f) => ({ ...f, from: f.from + line.from, to: f.to + line.from }));
  });
}

/** What is found in one line, with how sure it is, in order of place. */
export function findIn(text: string, library: CheckLibrary): Found[] {
  const language = languageOf(localeOf(text, library));
  const bad = findBad(hideReported(text), library.language(language), library.model(language));
  return [...findBlanks(text), ...bad].sort((a, b) => a.from - b.from || a.to - b.to);
}

/** The locale of one line; plain English needs no table of characters. */
function localeOf(text: string, library: CheckLibrary): TextLocale {
  return /\p{Script=Han}/u.test(text) ? detectLocale(text, library.simplified()) : "en";
}

function explain(found: Found, words: ReadonlyMap<string, Words>): Finding {
  const { reason, better } = words.get(found.topic) ??
    words.get(found.category) ?? { reason: "", better: "" };
  return { category: found.category as CheckCategory, from: found.from, to: found.to, reason, better };
}

function findBlanks(text: string): Found[] {
  return [...text.matchAll(BLANKS)].map((m) => ({
    category: "unfilled-blank",
    topic: "unfilled-blank",
    odds: Number.POSITIVE_INFINITY,
    from: m.index,
    to: m.index + m[0].length,
  }));
}

/** How sure the model is that the worst sentence of a line is bad, whether it is a finding or not: log odds. */
export function doubtOf(text: string, library: CheckLibrary): number {
  const language = languageOf(localeOf(text, library));
  const judged = judgeSentences(hideReported(text), library.language(language), library.model(language));
  return Math.max(...judged.map((s) => s.bad));
}

function findBad(text: string, data: LanguageData, model: Model): Found[] {
  const patterns = findPatterns(text, data);
  return judgeSentences(text, data, model).flatMap((sentence) => {
    const inside = patterns.filter((p) => p.from >= sentence.from && p.from < sentence.to);
    return decide(text, sentence, inside, data, model);
  });
}

function decide(
  text: string,
  sentence: Judged,
  patterns: readonly Matched[],
  data: LanguageData,
  model: Model,
): Found[] {
  const odds = sentence.bad;
  const found = odds > PATTERN_VETO ? onePerCategory(patterns).map((p) => ({ ...p, odds })) : [];
  const top = sentence.categories[0];
  if (top === undefined || sentence.bad <= model.threshold) return found;
  const known = found.some((f) => f.category === top.category);
  if (known || (found.length > 0 && top.share < CLEAR_SHARE)) return found;
  const place = worstClause(text, sentence, data, model);
  return [...found, { category: top.category, topic: top.category, odds, ...place }];
}

/** A pattern's match. */
type Matched = Omit<Found, "odds">;

function onePerCategory(found: readonly Matched[]): Matched[] {
  const first = new Map<string, Matched>();
  for (const f of found) if (!first.has(f.category)) first.set(f.category, f);
  return [...first.values()];
}

function findPatterns(text: string, data: LanguageData): Matched[] {
  const normal = normalise(text, data.replacements);
  return data.patterns.flatMap(({ category, topic, expression }) =>
    [...normal.text.matchAll(expression)]
      .filter((m) => m[0].trim() !== "" && !isGuarded(normal.text, m.index, data.guards))
      .map((m) => ({ category, topic, ...trimmed(text, startOf(normal.at, m), endOf(normal.at, m)) })),
  );
}

/** How far before a match a guard may begin, in characters. */
const GUARD_REACH = 40;

function isGuarded(text: string, index: number, guards: readonly RegExp[]): boolean {
  const before = text.slice(Math.max(0, index - GUARD_REACH), index + 1);
  return guards.some((guard) => guard.test(before.slice(0, -1)) || guard.test(before));
}

const startOf = (at: readonly number[], m: RegExpExecArray): number => at[m.index] ?? 0;
const endOf = (at: readonly number[], m: RegExpExecArray): number => at[m.index + m[0].length] ?? 0;

/** The span without spaces and punctuation at its ends. */
function trimmed(text: string, from: number, to: number): Span {
  const piece = text.slice(from, to);
  const lead = /^[\s\p{P}]*/u.exec(piece)?.[0].length ?? 0;
  const tail = /[\s,.;:，。；：、]*$/u.exec(piece)?.[0].length ?? 0;
  return lead + tail >= piece.length ? { from, to } : { from: from + lead, to: to - tail };
}

/** The clause that speaks most for the finding; the whole sentence when it has only one. */
function worstClause(text: string, sentence: Span, data: LanguageData, model: Model): Span {
  const clauses = clausesOf(text, sentence);
  const scored = clauses.map((c) => ({ c, bad: scorePiece(text.slice(c.from, c.to), data, model).bad }));
  const worst = scored.reduce((a, b) => (b.bad > a.bad ? b : a), scored[0] ?? { c: sentence, bad: 0 });
  return trimmed(text, worst.c.from, worst.c.to);
}
