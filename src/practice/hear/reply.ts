/** A reply taken apart: its sentences, the facts of the case in each, and whether it was copied or is empty. */
import { contentWords, numbersOf } from "../../content/cases/facts.ts";
import {
  digits,
  englishWords,
  fold,
  plain,
  sentencesOf,
  type Tongue,
} from "../../content/cases/plain-text.ts";
import type { CaseFacts } from "../../core/practice-case.ts";
import type { Ear } from "./ear.ts";

export interface Sentence {
  /** As it was typed, folded; and with numbers, days and times in one form. */
  typed: string;
  text: string;
  /** Facts of the case that are named in it. */
  facts: string[];
  /** Told as well, but words of any case. */
  weak: string[];
  question: boolean;
  is(name: string): boolean;
  count(name: string): number;
}

export interface ReplyParts {
  tongue: Tongue;
  text: string;
  sentences: Sentence[];
  facts: string[];
  /** How many words (Chinese: characters halved) it has. */
  length: number;
  is(name: string): boolean;
  count(name: string): number;
  ear: Ear;
  caseFacts: CaseFacts;
}

function countWords(text: string, tongue: Tongue): number {
  if (tongue === "en") return englishWords(text).length;
  return Math.ceil((text.match(/[\u3400-\u9fff]/g)?.length ?? 0) / 2) + (text.match(/\d+/g)?.length ?? 0);
}

/** The pairs of `list` in a Chinese text, overlapping ones as one: 落水管 is one thing, not two. */
function runsIn(text: string, list: ReadonlySet<string>): string[] {
  const runs: string[] = [];
  let end = -1;
  for (let i = 0; i + 1 < text.length; i++) {
    if (!list.has(text.slice(i, i + 2))) continue;
    if (i < end && runs.length > 0) runs[runs.length - 1] += text.slice(end, i + 2);
    else runs.push(text.slice(i, i + 2));
    end = i + 2;
  }
  return runs;
}

/** Words of `list` that `text` holds (English: by stem; Chinese: pairs, and whole words of any length). */
export function holdsOf(text: string, ear: Ear, list: readonly string[]): string[] {
  if (list.length === 0) return [];
  const wanted = new Set(list);
  if (ear.tongue === "en")
    return [...new Set(contentWords(text, "en", ear.words).filter((w) => wanted.has(w)))];
  const others = list.filter((w) => w.length !== 2 && text.includes(w));
  return [...new Set([...runsIn(text, wanted), ...others])];
}

function namedIn(text: string, ear: Ear, facts: CaseFacts): string[] {
  const numbers = new Set(facts.numbers);
  return [...new Set([...numbersOf(text).filter((n) => numbers.has(n)), ...holdsOf(text, ear, facts.words)])];
}

const ASKS_IN_ENGLISH =
  /^(?:(?:and|so|ok|okay|but|then),? )?(?:is|are|was|were|do|does|did|can|could|would|will|shall|should|have|has|what|which|who|when|where|how|why)\b[^.!]*$/;

/** A question; people who type fast leave its mark out. */
const isQuestion = (sentence: string, tongue: Tongue) =>
  /\?\s*["')]*$/.test(sentence) ||
  (tongue === "zh" ? /[吗呢么]["。.!]?$/.test(sentence) : ASKS_IN_ENGLISH.test(sentence));

/** Takes a reply apart. `text` must be in Simplified characters where it is Chinese. */
export function partsOf(text: string, tongue: Tongue, ear: Ear, facts: CaseFacts): ReplyParts {
  const folded = fold(text);
  const whole = digits(folded, tongue);
  const sentences = sentencesOf(folded).map((typed): Sentence => {
    const sentence = digits(typed, tongue);
    return {
      typed,
      text: sentence,
      facts: namedIn(sentence, ear, facts),
      weak: holdsOf(sentence, ear, facts.weak),
      question: isQuestion(sentence, tongue),
      is: (name) => ear.has(name, sentence),
      count: (name) => ear.count(name, sentence),
    };
  });
  return {
    tongue,
    text: whole,
    sentences,
    facts: [...new Set(sentences.flatMap((s) => s.facts))],
    length: countWords(whole, tongue),
    is: (name) => ear.has(name, whole),
    count: (name) => ear.count(name, whole),
    ear,
    caseFacts: facts,
  };
}

/** Words in a row (Chinese: characters) that are copied, not met by chance. */
const RUN = { en: 3, zh: 5 } as const;

const unitsOf = (text: string, tongue: Tongue) =>
  tongue === "zh" ? [...text.replace(/[^\p{L}\p{N}]/gu, "")] : englishWords(text);

function shingles(units: readonly string[], tongue: Tongue): string[] {
  const size = RUN[tongue];
  if (units.length < size) return units.length === 0 ? [] : [units.join(" ")];
  return units.slice(size - 1).map((_, i) => units.slice(i, i + size).join(" "));
}

/** The share of a reply's words that stand in a row in `sources`, from 0 to 1. `spared`: rows that do not count. */
export function copiedShare(
  text: string,
  tongue: Tongue,
  sources: readonly string[],
  spared: (row: string) => boolean = () => false,
): number {
  const units = unitsOf(text, tongue);
  if (units.length === 0) return 0;
  const theirs = new Set(sources.flatMap((s) => shingles(unitsOf(plain(s, tongue), tongue), tongue)));
  const copied = new Set<number>();
  shingles(units, tongue).forEach((s, i) => {
    if (theirs.has(s) && !spared(s))
      for (let k = i; k < Math.min(units.length, i + RUN[tongue]); k++) copied.add(k);
  });
  return copied.size / units.length;
}
