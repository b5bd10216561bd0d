/** A reply or a line of a case in the form in which both are compared. */

import { digitsEnglish } from "./numbers-en.ts";
import { digitsChinese } from "./numbers-zh.ts";

export type Tongue = "en" | "zh";

const CJK = /[\u3400-\u9fff]/g;

/** The language a line is in: Chinese as soon as a fifth of its letters are. */
export function tongueOf(text: string): Tongue {
  const cjk = text.match(CJK)?.length ?? 0;
  const latin = text.match(/[a-z]/gi)?.length ?? 0;
  return cjk > 0 && cjk * 4 >= latin ? "zh" : "en";
}

/** Small letters, half width, straight quotes, no marks that cannot be seen. */
export function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/[\u201c\u201d\u300c\u300d\u300e\u300f]/g, '"')
    .replace(/[\u2010-\u2015]/g, "-")
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** Numbers, days and times of a folded text in one form. Chinese text must be in Simplified characters. */
export function digits(folded: string, tongue: Tongue): string {
  return tongue === "zh" ? digitsChinese(folded) : digitsEnglish(folded);
}

/** The folded text with numbers, days and times in one form. */
export function plain(text: string, tongue: Tongue): string {
  return digits(fold(text), tongue);
}

/** The sentences of a folded text; a question keeps its mark. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?。;…](?:["')\]]*))\s*(?=[^\d]|$)|(?<=[!?。;…])|\n/)
    .map((s) => s.trim())
    .filter((s) => /[\p{L}\p{N}]/u.test(s));
}

/** Rough English stem: enough to hear "waited" in "waiting". */
export function stem(word: string): string {
  if (word.length <= 3 || /\d/.test(word)) return word;
  return word
    .replace(/'s$/, "")
    .replace(/ies$/, "y")
    .replace(/(ss|x|ch|sh)es$/, "$1")
    .replace(/([^s])s$/, "$1")
    .replace(/(?:ing|ed)$/, (end, at: number) => (at >= 3 ? "" : end))
    .replace(/([bdgmnprt])\1$/, "$1")
    .replace(/e$/, "");
}

/** The words of an English plain text, in order. */
export function englishWords(text: string): string[] {
  return text.match(/[a-z0-9][a-z0-9':.]*[a-z0-9]|[a-z0-9]/g) ?? [];
}
