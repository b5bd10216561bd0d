/** The concrete things of a case: the words, numbers, days and times by which a handler shows that he has heard. */
import type { CaseFacts } from "../../core/practice-case.ts";
import { englishWords, plain, stem, type Tongue } from "./plain-text.ts";

/** The texts of a case in one language, by what they are good for. */
export interface FactTexts {
  told: readonly string[];
  measures: readonly string[];
  remedies: readonly string[];
  misfits: readonly string[];
  /** Words the author adds: single Chinese characters, other names of a thing. */
  extra: readonly string[];
  /** The customer's own name is no fact. */
  names: readonly string[];
}

const NUMBER = /\d+:\d{2}|day\d+|[a-z]{0,3}-?\d[\da-z]*(?:\.\d+)?[a-z]*/g;

/** Numbers that say something: a time, a day, a sum, a code; not "two men". */
export function numbersOf(text: string): string[] {
  return [...text.matchAll(NUMBER)]
    .map((m) => m[0].replace(/\.$/, "").replaceAll("-", ""))
    .filter((n) => /:|[a-z]/.test(n) || Number(n) >= 13)
    .filter((n) => !/^20\d\d$/.test(n) && n !== "day");
}

const segmenter = new Intl.Segmenter("zh", { granularity: "word" });

/** The words of a plain text that could be facts: English stems of four letters, Chinese words of two characters. */
export function contentWords(text: string, tongue: Tongue): string[] {
  if (tongue === "en")
    return englishWords(text)
      .filter((w) => w.length >= 3 && !/\d/.test(w))
      .map(stem);
  return [...segmenter.segment(text)]
    .filter((s) => s.isWordLike && /^[\u3400-\u9fff]{2,}$/.test(s.segment))
    .map((s) => s.segment);
}

const unique = (list: string[]) => [...new Set(list)].sort();

/** Derives what `hear` listens for. `common` holds the words that never are facts (English: stems). */
export function caseFacts(texts: FactTexts, tongue: Tongue, common: ReadonlySet<string>): CaseFacts {
  const own = new Set(texts.names.flatMap((n) => [...contentWords(plain(n, tongue), tongue), plain(n, tongue)]));
  const words = (list: readonly string[]) =>
    unique(
      list
        .flatMap((t) => contentWords(plain(t, tongue), tongue))
        .filter((w) => !common.has(w) && !own.has(w)),
    );
  const extra = texts.extra.map((w) => (tongue === "en" ? stem(plain(w, "en")) : plain(w, "zh")));
  return {
    words: unique([...words(texts.told), ...extra]),
    numbers: unique(texts.told.flatMap((t) => numbersOf(plain(t, tongue)))),
    measures: words(texts.measures),
    remedies: words(texts.remedies),
    misfits: words(texts.misfits),
  };
}
