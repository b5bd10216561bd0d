/** The file `data/words/<locale>/moves.yaml`: word lists and patterns by which the moves of a reply are heard. */
import type { PlainWords } from "./facts.ts";
import { stem, type Tongue } from "./plain-text.ts";

export interface EarData {
  /** Words (Chinese: characters) that say nothing of a case. */
  function: string;
  /** Words that hold a sentence together, and words after which something must come. */
  glue: string;
  dangling: string;
  /** Words that may stand in any case. */
  common: string;
  /** Patterns by name. */
  classes: Readonly<Record<string, string>>;
}

export const splitWords = (list: string) => list.split(/\s+/).filter((w) => w !== "");

/** The words of which no fact is made. */
export function plainWordsOf(data: EarData, tongue: Tongue): PlainWords {
  const set = (list: string) => new Set(tongue === "en" ? splitWords(list).map(stem) : splitWords(list));
  return { function: set(data.function), common: set(data.common) };
}
