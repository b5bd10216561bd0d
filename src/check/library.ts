// Reads what the checker knows from data/check: patterns, words, weights. Nothing is read before it is needed.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Concept } from "./features.ts";
import type { Language, TextLocale } from "./language.ts";
import { type Model, type PackedModel, unpackModel } from "./model.ts";
import type { Replacements } from "./normalise.ts";
import { NO_REPLACEMENTS } from "./normalise.ts";
import { readTsv } from "./templates.ts";

/** One pattern: what it finds and which words explain it. */
export interface Pattern {
  readonly category: string;
  /** Row in the words files; the category itself where no finer row is named. */
  readonly topic: string;
  readonly expression: RegExp;
}

export interface Words {
  readonly reason: string;
  readonly better: string;
}

/** Everything about one language but the weights. */
export interface LanguageData {
  readonly language: Language;
  readonly replacements: Replacements;
  readonly concepts: readonly Concept[];
  readonly patterns: readonly Pattern[];
  /** What, right before a match, takes the sting out of it: "I won't tell you to", "nobody said that". */
  readonly guards: readonly RegExp[];
}

/** What `checkText` needs; every part is loaded when first asked for, and kept. */
export interface CheckLibrary {
  readonly simplified: () => ReadonlyMap<string, string>;
  readonly language: (language: Language) => LanguageData;
  readonly model: (language: Language) => Model;
  readonly words: (locale: TextLocale) => ReadonlyMap<string, Words>;
}

/** A library over the folder `data/check`. Missing or broken files throw where they are first needed. */
export function loadCheckLibrary(folder: string): CheckLibrary {
  const text = (name: string) => readFileSync(join(folder, name), "utf8");
  const simplified = kept(() => loadSimplified(text("traditional.json")));
  return {
    simplified: () => simplified("all"),
    language: kept((language: Language) => loadLanguage(language, text, () => simplified("all"))),
    model: kept((language: Language) =>
      unpackModel(JSON.parse(text(`weights-${language}.json`)) as PackedModel),
    ),
    words: kept((locale: TextLocale) => loadWords(text(`words-${locale}.tsv`))),
  };
}

/** Everything about a language but weights, from the files that `text` reads. */
export function loadLanguage(
  language: Language,
  text: (name: string) => string,
  simplified: () => ReadonlyMap<string, string>,
): LanguageData {
  const rows = (name: string) => readTsv(text(name));
  return {
    language,
    replacements:
      language === "en"
        ? NO_REPLACEMENTS
        : {
            characters: simplified(),
            words: rows("variants-zh.tsv").map(([from = "", to = ""]) => [from, to] as const),
          },
    concepts: rows(`concepts-${language}.tsv`).map(([name = "", source = ""]) => ({
      name,
      expression: new RegExp(source, "gu"),
    })),
    guards: rows(`guards-${language}.tsv`).map(([source = ""]) => new RegExp(`(?:${source})$`, "u")),
    patterns: rows(`patterns-${language}.tsv`).map(([category = "", topic = "", source = ""]) => ({
      category,
      topic: topic === "" ? category : topic,
      expression: new RegExp(source, "gu"),
    })),
  };
}

export function loadSimplified(json: string): Map<string, string> {
  const { from, to } = JSON.parse(json) as { from: string; to: string };
  const target = [...to];
  return new Map([...from].map((character, i) => [character, target[i] ?? character]));
}

function loadWords(tsv: string): Map<string, Words> {
  return new Map(readTsv(tsv).map(([topic = "", reason = "", better = ""]) => [topic, { reason, better }]));
}

function kept<K, V>(load: (key: K) => V): (key: K) => V {
  const values = new Map<K, V>();
  return (key) => {
    const known = values.get(key);
    if (known !== undefined) return known;
    const value = load(key);
    values.set(key, value);
    return value;
  };
}
