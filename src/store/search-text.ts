/**
 * Text as the full-text index reads it. SQLite's tokenizers do not cut Chinese into words: with a space around every
 * CJK character and a phrase query the index finds exactly what a substring search finds, two-character words too.
 */
import type { Case } from "../core/case.ts";

// Classes of Unicode cost up to a millisecond each when their pattern is made, more than a list takes to print: these
// are made where they are needed, and plain ASCII does without.
export const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

/** A space around the characters that are a word each: CJK, and pictures. */
const apart = (text: string): string =>
  text.replace(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Extended_Pictographic}]/gu,
    " $& ",
  );
/** Joiners, direction marks and variation selectors are not seen, so they do not part words either. */
const seen = (text: string): string => text.replace(/\p{Cf}|\p{Variation_Selector}/gu, "");
/** Stands between the parts of a case, so that no phrase runs from one into the next. */
const BORDER = "\u{e000}";
/** Digits of a number from which on its ends are found: the last four, as people say them. */
const SHORTEST_END = 4;

/** NFKC, lower case, a space around every CJK character. */
export function spaced(text: string): string {
  const plain = text.normalize("NFKC").toLowerCase();
  return (isAscii(plain) ? plain : apart(seen(plain))).replaceAll("\0", " ");
}

/** A phone number is found by any of its ends, however it was grouped. */
function phoneEnds(phone: string): string {
  const digits = phone.normalize("NFKC").replace(/\D/g, "").slice(0, 20);
  const ends: string[] = [];
  for (let from = 0; digits.length - from >= SHORTEST_END; from++) ends.push(digits.slice(from));
  return ends.join(` ${BORDER} `);
}

/** What `search` finds a case by: words, summary, notes, name and phone. It follows from the Case JSON alone. */
export function searchText(found: Case): string {
  const { words, summary, customer_name: name, customer_phone: phone } = found.record;
  const parts = [words, summary, name, phone, ...found.notes.map((note) => note.text)]
    .filter((part): part is string => typeof part === "string" && part !== "")
    .map(spaced);
  if (typeof phone === "string") parts.push(phoneEnds(phone));
  return parts.filter((part) => part !== "").join(` ${BORDER} `);
}

/** Something that the index knows as a word or a part of one; the text is in lower case. */
const hasToken = (text: string): boolean =>
  /[a-z0-9]/.test(text) || (!isAscii(text) && /[\p{L}\p{N}\p{Co}\p{So}\p{M}]/u.test(text));

/** Words that hold a part; see `vocabulary.ts`. */
export type Holding = (part: string) => readonly string[];

const isOneWord = (text: string): boolean =>
  isAscii(text) ? /^(?=.*[a-z])[a-z0-9]{2,}$/.test(text) : /^(?=.*\p{L})[\p{L}\p{M}\p{N}]{2,}$/u.test(text);

/**
 * One piece of the query. A single word stands for every word it is a part of; in a phrase the last word may go on
 * ("no refund" finds "no refunds"), as in a substring search.
 */
function piece(text: string, holding: Holding | undefined): string | undefined {
  const words = spaced(text).replaceAll('"', " ").trim();
  if (!hasToken(words)) return undefined;
  if (holding && isOneWord(words)) {
    const whole = holding(words).map((word) => `"${word}"`);
    return whole.length === 1 ? whole[0] : `(${[`"${words}"`, ...whole].join(" OR ")})`;
  }
  const goesOn = /[\p{L}\p{N}]{2}$/u.test(words);
  return goesOn ? `"${words}" *` : `"${words}"`;
}

/**
 * The FTS5 query for what a person typed: every word must be there, "words in quotes" as they stand. Without `holding`
 * words are found by their beginning only. Undefined: nothing to look for.
 */
export function matchQuery(typed: string, holding?: Holding): string | undefined {
  const pieces = [...typed.replace(/[“”„«»＂]/g, '"').matchAll(/"([^"]*)"?|[^\s"]+/gu)].map(
    (m) => m[1] ?? m[0],
  );
  const found = pieces.map((text) => piece(text, holding)).filter((p) => p !== undefined);
  return found.length === 0 ? undefined : found.join(" AND ");
}

/** The digits of a query that is nothing but a phone number; undefined: it is something else. */
export function phoneDigits(typed: string): string | undefined {
  const plain = typed.normalize("NFKC").trim();
  const digits = plain.replace(/\D/g, "");
  return digits.length >= 7 && /^[+\d\s().\-‐-―]+$/u.test(plain) ? digits : undefined;
}
