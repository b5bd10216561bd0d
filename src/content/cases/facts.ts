/** The concrete things of a case: the words, numbers, days and times by which a handler shows that he has heard. */
import type { CaseFacts } from "../../core/practice-case.ts";
import { englishWords, plain, stem, type Tongue } from "./plain-text.ts";

/** The texts of a case in one language, by what they are good for. */
export interface FactTexts {
  told: readonly string[];
  measures: readonly string[];
  remedies: readonly string[];
  misfits: readonly string[];
  /** Words the author adds: other names of a thing, single Chinese characters. */
  extra: readonly string[];
  /** The customer's own name is no fact. */
  names: readonly string[];
}

/** Words that say nothing, and words that may stand in any case (English: stems; Chinese: characters, and words). */
export interface PlainWords {
  function: ReadonlySet<string>;
  common: ReadonlySet<string>;
}

const NUMBER = /\d+:\d{2}|day\d+|[a-z]{0,3}-?\d[\da-z]*(?:\.\d+)?[a-z]*/g;

/** Numbers that say something: a time, a day, a sum, a code; not "two men". */
export function numbersOf(text: string): string[] {
  return [...text.matchAll(NUMBER)]
    .map((m) => m[0].replace(/\.$/, "").replaceAll("-", ""))
    .filter((n) => /:|[a-z]/.test(n) || Number(n) >= 13)
    .filter((n) => !/^20\d\d$/.test(n));
}

/** Pairs of neighbouring characters, none of which only holds a sentence together. */
function characterPairs(text: string, words: PlainWords): string[] {
  const pairs: string[] = [];
  for (let i = 0; i + 1 < text.length; i++) {
    const pair = text.slice(i, i + 2);
    if (/^[\u3400-\u9fff]{2}$/.test(pair) && ![...pair].some((c) => words.function.has(c))) pairs.push(pair);
  }
  return pairs;
}

/** The words of a plain text that could be facts: English stems, Chinese pairs of characters. */
export function contentWords(text: string, tongue: Tongue, words: PlainWords): string[] {
  if (tongue === "zh") return characterPairs(text, words);
  return englishWords(text)
    .filter((w) => w.length >= 3 && !/\d/.test(w))
    .map(stem)
    .filter((w) => !words.function.has(w));
}

const unique = (list: string[]) => [...new Set(list)].sort();

/** Derives what is listened for in replies. */
export function caseFacts(texts: FactTexts, tongue: Tongue, words: PlainWords): CaseFacts {
  const of = (list: readonly string[]) =>
    unique(list.flatMap((t) => contentWords(plain(t, tongue), tongue, words)));
  const own = new Set(of(texts.names));
  const told = of(texts.told).filter((w) => !own.has(w));
  const extra = texts.extra.map((w) => (tongue === "en" ? stem(plain(w, "en")) : plain(w, "zh")));
  const rare = (list: string[]) => list.filter((w) => !words.common.has(w) && !own.has(w));
  return {
    words: unique([...rare(told), ...extra]),
    weak: told.filter((w) => words.common.has(w) && !extra.includes(w)),
    numbers: unique(texts.told.flatMap((t) => numbersOf(plain(t, tongue)))),
    measures: rare(of(texts.measures)),
    remedies: rare(of(texts.remedies)),
    misfits: rare(of(texts.misfits)),
  };
}
