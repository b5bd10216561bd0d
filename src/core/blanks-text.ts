/**
 * Which free texts of a record may stand inside a sentence. The rules are strict on purpose: where a text might not read
 * as a noun phrase or a clause, the line that needs it is left out and another is chosen.
 */
import type { Locale } from "./locale.ts";

const CONTROL = /[\p{Cc}\p{Cf}]/u;
const HAN = /\p{Script=Han}/u;
const PERSON =
  /\b(i|i'm|me|my|mine|myself|he|him|his|she|her|hers|they|them|their|customer|client|caller|complainant|you)\b/i;
const WE = /\b(we|us|our|ours)\b/i;
const VERB =
  /\b(is|are|was|were|be|been|am|has|have|had|do|does|did|can|could|will|would|shall|should|may|might|must|got|gets?|went|comes?|came|says?|said|told|breaks?|broke|fails?|failed|stops?|stopped|works|worked|wants?|wanted|needs?|needed|lost|costs?|paid|pays|called|arrived|waited|sent|keeps?|kept|refuses?|refused|took|gave|made|left|happened|never|not|cannot|didn|\w+n['’]t)\b/i;
/** Verbs that may be nouns too, and regular pasts: enough to make a clause, not to spoil a noun phrase. */
const CLAUSE_VERB =
  /\b(rang|ran|runs|fell|froze|kept|shows?|showed|cut|shut|burst|hit|leaks?|leaves|goes|covers?|takes|makes|gives|happens|means|remains|lasts|depends|applies|allows|includes|requires|exceeds|let|lay|held|broken|\w{3,}ed)\b/i;
const FUNCTION_WORD =
  /^(the|a|an|no|nobody|nothing|none|neither|there|it|your|our|one|two|three|four|five|six|seven|eight|nine|ten|some|all|both)\b/i;
const HAN_PERSON = /[我他她你您它]|客户|顾客|对方|用户|客戶|顧客|對方|用戶/u;
const HAN_VERB = /[没沒未不了被坏壞断斷漏错錯慢停掉少多收迟遲缺等]/u;

const isChinese = (locale: Locale): boolean => locale.startsWith("zh");
const words = (text: string): number => text.split(/\s+/).length;

/** One line, blanks folded, final full stop gone; undefined where it is empty or hides control characters. */
function tidy(text: unknown): string | undefined {
  if (typeof text !== "string") return undefined;
  const line = text.trim().replace(/[.。．]$/u, "");
  if (line === "" || CONTROL.test(line)) return undefined;
  return line.replace(/ +/g, " ");
}

/** A text in the wrong writing for the sentence: typed before the language was switched. */
function isForeign(text: string, locale: Locale): boolean {
  return isChinese(locale) ? !HAN.test(text) : HAN.test(text);
}

/** Small first letter where the first word is no name. */
function inMidSentence(text: string): string {
  return FUNCTION_WORD.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text;
}

/** A complete noun phrase such as "two days' work" or 两天工夫. */
export function nounPhrase(value: unknown, locale: Locale): string | undefined {
  const text = tidy(value);
  if (text === undefined || isForeign(text, locale)) return undefined;
  if (isChinese(locale)) {
    const plain = text.replace(/^损失了?|^損失了?/u, "");
    const fits = plain.length >= 1 && plain.length <= 14 && !/[\p{P}\s]/u.test(plain);
    return fits && !HAN_PERSON.test(plain) && !/[没沒未不是要被把让讓很还還就都也]|了$/u.test(plain)
      ? plain
      : undefined;
  }
  const fits = words(text) <= 8 && text.length <= 60 && !/[.!?;:,"()[\]{}]/.test(text);
  return fits && !PERSON.test(text) && !WE.test(text) && !VERB.test(text) ? inMidSentence(text) : undefined;
}

/** A summary that names the matter by itself: "the broadband outage", 宽带断网. */
export function namedMatter(value: unknown, locale: Locale): string | undefined {
  const text = nounPhrase(value, locale);
  if (text === undefined) return undefined;
  if (isChinese(locale)) return text.length >= 2 && text.length <= 10 ? text : undefined;
  return /^(the|a|an|your)\b/i.test(text) && words(text) <= 7 ? text : undefined;
}

/** A bare noun for `your …`: articles and possessives gone. Names of things may be in any writing but Han in English. */
export function bareNoun(value: unknown, locale: Locale): string | undefined {
  const text = tidy(value)?.replace(/^(the|a|an|my|our|your|his|her|their)\s+/i, "");
  if (text === undefined || text === "" || /[;:!?,，。！？；：]/u.test(text)) return undefined;
  if (isChinese(locale)) return text.length <= 20 && !HAN_PERSON.test(text) ? text : undefined;
  return words(text) <= 5 && text.length <= 40 && !HAN.test(text) && !VERB.test(text) ? text : undefined;
}

/** One short clause told about the matter, not about a person: "the engineer didn't come", 师傅没来. */
export function clause(value: unknown, locale: Locale, allowWe = false): string | undefined {
  const text = tidy(value)
    ?.replace(/^because\s+/i, "")
    .replace(/^因[为為]/u, "");
  if (text === undefined || text === "" || isForeign(text, locale)) return undefined;
  if (isChinese(locale)) {
    const told = text.replace(/我[们們]/gu, allowWe ? "" : "我");
    const fits = text.length >= 2 && text.length <= 20 && !/[\p{P}\s]/u.test(text);
    return fits && !HAN_PERSON.test(told) && (allowWe || HAN_VERB.test(text)) ? text : undefined;
  }
  const fits = words(text) <= 14 && text.length <= 90 && !/[.!?;:,"()[\]{}]/.test(text);
  if (
    !fits ||
    !(VERB.test(text) || CLAUSE_VERB.test(text)) ||
    PERSON.test(text) ||
    (!allowWe && WE.test(text))
  )
    return undefined;
  if (!allowWe && !FUNCTION_WORD.test(text)) return undefined;
  // A capital in the middle of a sentence reads well only where it begins a name, which cannot be known.
  if (/^\p{Lu}/u.test(text) && !FUNCTION_WORD.test(text) && !/^(we|our|if|since)\b/i.test(text))
    return undefined;
  return allowWe && /^we\b/i.test(text) ? text[0]!.toLowerCase() + text.slice(1) : inMidSentence(text);
}

const HAN_TITLE =
  /(先生|女士|小姐|太太|老师|老師|阿姨|叔叔|师傅|師傅|经理|經理|医生|醫生|主任|总|總|哥|姐)$/u;

/** How the customer is addressed. A bare Chinese name is no form of address, and a title is never guessed. */
export function formOfAddress(name: unknown, locale: Locale): string | undefined {
  const text = tidy(name);
  if (text === undefined || text.length > 40 || /[\d@{}<>]/.test(text)) return undefined;
  if (isChinese(locale)) return HAN_TITLE.test(text) ? text : undefined;
  return HAN.test(text) ? undefined : text;
}

/** A team or a person: small-written teams get "our" from the caller (`isPlainTeam`). */
export function teamName(value: unknown, locale: Locale): string | undefined {
  const text = tidy(value);
  if (text === undefined || text.length > 40 || /[.!?;:,，。！？；：()[\]{}]/u.test(text)) return undefined;
  return !isChinese(locale) && HAN.test(text) ? undefined : text;
}

/** "technical team" takes "our" before it; "the technicians", "Ms Li" and "Li Na" do not. */
export function isPlainTeam(text: string): boolean {
  if (/^(the|our|my|mr|ms|mrs|miss|dr)\b/i.test(text)) return false;
  return !(words(text) >= 2 && text.split(/\s+/).every((w) => /^\p{Lu}/u.test(w)));
}

const UNITS: readonly [RegExp, string | undefined][] = [
  [/NT\$|新台币|新臺幣|新台幣|TWD/iu, "TWD"],
  [/HK\$|港币|港幣|港元|HKD/iu, "HKD"],
  [/US\$|\$|USD|dollars?|美元|美金/iu, "USD"],
  [/€|EUR|euros?|欧元|歐元/iu, "EUR"],
  [/£|GBP|pounds?|英镑|英鎊/iu, "GBP"],
  [/¥|￥|RMB|CNY|yuan|人民币|人民幣/iu, "CNY"],
  [/[元块塊]/u, undefined],
];

/** The one sum of money a text names; undefined where it names none, several, or one in words. */
export function moneyIn(value: unknown, currency: string): { amount: number; currency: string } | undefined {
  if (typeof value !== "string") return undefined;
  const text = value.normalize("NFKC");
  const unit =
    "(?:NT\\$|HK\\$|US\\$|[$€£¥]|RMB|CNY|USD|EUR|GBP|TWD|HKD|yuan|dollars?|euros?|pounds?|元|块|塊|美元|欧元|歐元|英镑|英鎊|港币|港元|人民币|新台幣|新臺幣)";
  const number = "(\\d[\\d,]*(?:\\.\\d+)?)";
  const found = [...text.matchAll(new RegExp(`(${unit})\\s?${number}|${number}\\s?(${unit})`, "giu"))];
  if (found.length !== 1) return undefined;
  const [, before, a, b, after] = found[0]!;
  const amount = Number((a ?? b ?? "").replaceAll(",", ""));
  const mark = before ?? after ?? "";
  const known = UNITS.find(([pattern]) => pattern.test(mark));
  return Number.isFinite(amount) && amount > 0 && known
    ? { amount, currency: known[1] ?? currency }
    : undefined;
}
