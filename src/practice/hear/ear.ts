/** The word classes by which moves are heard, one set per language, out of `data/words/<locale>/moves.yaml`. */
import { type EarData, plainWordsOf, splitWords } from "../../content/cases/ear-data.ts";
import type { PlainWords } from "../../content/cases/facts.ts";
import type { Tongue } from "../../content/cases/plain-text.ts";

export interface Ear {
  tongue: Tongue;
  words: PlainWords;
  /** Words that hold a sentence together, and words that cannot end one. */
  glue: ReadonlySet<string>;
  dangling: readonly string[];
  has(name: string, text: string): boolean;
  count(name: string, text: string): number;
  /** The first match, or undefined. */
  find(name: string, text: string): RegExpMatchArray | undefined;
}

/** Long patterns are written over several lines, each beginning with `|`. */
const unfold = (pattern: string) => pattern.trim().replace(/\n\s*/g, "");

/** Compiles the classes. A class that is not in the file is a bug and throws. */
export function openEar(data: EarData, tongue: Tongue): Ear {
  const classes = new Map<string, RegExp>();
  const of = (name: string): RegExp => {
    const known = classes.get(name);
    if (known) return known;
    const pattern = data.classes[name];
    if (pattern === undefined) throw new Error(`no word class "${name}" (${tongue})`);
    const made = new RegExp(unfold(pattern), "g");
    classes.set(name, made);
    return made;
  };
  const all = (name: string, text: string) =>
    [...text.matchAll(of(name))].filter((m) => m[0] !== "" || text === "");
  return {
    tongue,
    words: plainWordsOf(data, tongue),
    glue: new Set(splitWords(data.glue)),
    dangling: splitWords(data.dangling),
    has: (name, text) => all(name, text).length > 0,
    count: (name, text) => all(name, text).length,
    find: (name, text) => all(name, text)[0],
  };
}
