/** The ears as the program has them: word classes from the build, the checker of the never-say rules beside them. */
import { join } from "node:path";
import { type CheckCategory, doubtOf, findIn } from "../../check/check.ts";
import { detectLocale } from "../../check/language.ts";
import { type CheckLibrary, loadCheckLibrary } from "../../check/library.ts";
import type { EarData } from "../../content/cases/ear-data.ts";
import type { Tongue } from "../../content/cases/plain-text.ts";
import { contentFolder, packageFolder, readContent } from "../../content/content-files.ts";
import type { Move, PracticeCase } from "../../core/practice-case.ts";
import { openEar } from "./ear.ts";
import type { Ears } from "./hear.ts";

/** What the build compiled for hearing replies. */
export interface Hearing {
  ears: Record<Tongue, EarData>;
  /** Taiwan's words in Simplified characters → the mainland's. */
  taiwan: Readonly<Record<string, string>>;
  /** What is listened for, by case. */
  facts: Readonly<Record<string, PracticeCase["facts"]>>;
}

export function readHearing(): Hearing {
  const hearing = readContent<Hearing>(join(contentFolder(), "hearing"));
  if (!hearing) throw new Error("the package has no hearing");
  return hearing;
}

/** What a finding of the checker is among the moves. An empty phrase is a vague time only where the ear hears one. */
const MOVE_OF: Readonly<Record<CheckCategory, Move>> = {
  blaming: "blames",
  commanding: "commands-calm",
  dismissing: "dismisses",
  arguing: "argues",
  "over-promising": "over-promises",
  "buck-passing": "passes-the-buck",
  jargon: "jargon",
  threatening: "threatens",
  "rights-limiting": "dismisses",
  empty: "empty-empathy",
  prying: "pries",
  "unfilled-blank": "jargon",
};

/** Traditional text as the mainland writes it; Simplified text comes back as it is. */
function simplifier(library: CheckLibrary, taiwan: Hearing["taiwan"]): (text: string) => string {
  const words = Object.entries(taiwan);
  return (text) => {
    if (!/\p{Script=Han}/u.test(text)) return text;
    const characters = library.simplified();
    // A few characters are Traditional in one word and Simplified in another; they alone change nothing.
    if (detectLocale(text, characters) !== "zh-TW") return text;
    const simple = [...text].map((c) => characters.get(c) ?? c).join("");
    return words.reduce((t, [from, to]) => t.replaceAll(from, to), simple);
  };
}

/** Traditional to Simplified characters and words, as replies are read. */
export function openSimplifier(hearing: Hearing): (text: string) => string {
  return simplifier(loadCheckLibrary(join(packageFolder(), "data", "check")), hearing.taiwan);
}

/** Opens the ears; the checker's model is read when the first reply is judged. */
export function openEars(hearing: Hearing): Ears {
  const library = loadCheckLibrary(join(packageFolder(), "data", "check"));
  return {
    en: openEar(hearing.ears.en, "en"),
    zh: openEar(hearing.ears.zh, "zh"),
    simplify: simplifier(library, hearing.taiwan),
    doubt: (sentence) => doubtOf(sentence, library),
    check: (text) =>
      text.split("\n").flatMap((line) =>
        findIn(line, library).map((f) => ({
          move: MOVE_OF[f.category as CheckCategory],
          words: line.slice(f.from, f.to),
          odds: f.odds,
        })),
      ),
  };
}
