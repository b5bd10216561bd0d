// Tells which language a line is in, and splits a text into lines.

export type Language = "en" | "zh";
export type TextLocale = "en" | "zh-CN" | "zh-TW";

/** Which language's patterns and model read a text in this locale. */
export const languageOf = (locale: TextLocale): Language => (locale === "en" ? "en" : "zh");

/** A line of a text and where it starts, in UTF-16 units. Empty lines are left out. */
export interface Line {
  readonly text: string;
  readonly from: number;
}

/** Splits at line ends; spaces around a line are not part of it. */
export function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  for (const match of text.matchAll(/[^\r\n\u2028\u2029]+/g)) {
    const trimmed = match[0].trim();
    if (trimmed === "") continue;
    lines.push({ text: trimmed, from: match.index + match[0].indexOf(trimmed) });
  }
  return lines;
}

const HAN = /\p{Script=Han}/gu;
const LATIN_WORD = /[\p{Script=Latin}]+/gu;

/**
 * English, Simplified or Traditional, by the characters: Chinese when at least as many Han characters as Latin words,
 * Traditional when more characters exist only there. A line that could be either is Simplified.
 */
export function detectLocale(line: string, toSimplified: ReadonlyMap<string, string>): TextLocale {
  const han = line.match(HAN) ?? [];
  const words = line.match(LATIN_WORD) ?? [];
  if (han.length === 0 || han.length < words.length) return "en";
  const simplifiedOnly = new Set(toSimplified.values());
  let balance = 0;
  for (const character of han) {
    if (toSimplified.has(character)) balance += 1;
    else if (simplifiedOnly.has(character)) balance -= AMBIGUOUS.has(character) ? 0 : 1;
  }
  return balance > 0 ? "zh-TW" : "zh-CN";
}

/** Characters that both scripts use, though one of them also stands for a Traditional one. */
const AMBIGUOUS = new Set(
  "你后里面只干系表制准台斗范松谷卷别才丑出刮胡回家借克困了累蒙霉面蔑辟千秋曲舍沈术向咸须郁冤云扎占折征志致钟周注吃群床秘厘尸托采岩栖峰裸痴雇丰余佣几",
);
