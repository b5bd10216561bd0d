/** One case, as its author wrote it for all languages, made into what practice reads in one language. Pure. */
import { FIELDS, type FieldSpec, isField } from "../../core/field.ts";
import type { Locale } from "../../core/locale.ts";
import type { CaseFacts, PracticeCase } from "../../core/practice-case.ts";
import { caseFacts, type PlainWords } from "./facts.ts";
import type { Tongue } from "./plain-text.ts";
import { chinesePunctuation } from "./punctuation.ts";
import { CASE_LOCALES, type CaseSource } from "./schema.ts";

export interface CaseTools {
  /** Words without facts in them, per language of a reply. */
  words: Readonly<Record<Tongue, PlainWords>>;
  /** Simplified to Traditional Chinese as written in Taiwan. Absent: a case needs its own zh-TW. */
  traditional?: (text: string) => string;
  /** Traditional to Simplified, for hearing replies to a case that is written in Traditional Chinese only. */
  simplify?: (text: string) => string;
}

const isPlain = (v: unknown): v is Record<string, unknown> =>
  typeof v === "object" && v !== null && !Array.isArray(v);
const isText = (v: unknown): v is Record<string, unknown> =>
  isPlain(v) &&
  Object.keys(v).length > 0 &&
  Object.keys(v).every((k) => (CASE_LOCALES as readonly string[]).includes(k));

/** Thrown inside `inLocale` where a text has no words in the language. */
class MissingText extends Error {}

function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  return Array.isArray(value) ? value.map((v) => mapStrings(v, change)) : value;
}

function mapDeep(value: unknown, change: (text: string) => string): unknown {
  if (!isPlain(value))
    return Array.isArray(value) ? value.map((v) => mapDeep(v, change)) : mapStrings(value, change);
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, mapDeep(v, change)]));
}

function pick(value: unknown, locale: Locale, tools: CaseTools): unknown {
  if (Array.isArray(value)) return value.map((v) => pick(v, locale, tools));
  if (!isPlain(value)) return value;
  if (!isText(value))
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, pick(v, locale, tools)]));
  const chinese = locale.startsWith("zh");
  if (locale in value) return chinese ? mapStrings(value[locale], chinesePunctuation) : value[locale];
  const from = value["zh-CN"];
  const { traditional } = tools;
  if (locale === "zh-TW" && from !== undefined && traditional)
    return mapStrings(from, (text) => chinesePunctuation(traditional(text)));
  throw new MissingText();
}

/** The case in `locale`; undefined where a text of it has no words in that language. */
function inLocale(source: CaseSource, locale: Locale, tools: CaseTools): Record<string, unknown> | undefined {
  try {
    const { paraphrases: _, facts: __, ...rest } = source;
    return pick(rest, locale, tools) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof MissingText) return undefined;
    throw error;
  }
}

/** Where a case that has its title in `locale` has no words in it. */
export function missingTexts(source: CaseSource, locale: Locale): PropertyKey[][] {
  const found: PropertyKey[][] = [];
  const walk = (value: unknown, at: PropertyKey[]): void => {
    if (isText(value)) {
      if (!(locale in value)) found.push(at);
    } else if (Array.isArray(value)) for (const [i, v] of value.entries()) walk(v, [...at, i]);
    else if (isPlain(value)) for (const [key, v] of Object.entries(value)) walk(v, [...at, key]);
  };
  const { paraphrases: _, facts: __, ...rest } = source;
  walk(rest, []);
  return found;
}

function stringsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(stringsOf);
  return isPlain(value) ? Object.values(value).flatMap(stringsOf) : [];
}

/** `2026-11-12T10:52:00+08:00` as a person says it in the zone it is written in. */
function spokenInstant(iso: string, tongue: Tongue): string {
  const [, month = "1", day = "1", time = ""] = /^\d{4}-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}))?/.exec(iso) ?? [];
  const date = new Date(Date.UTC(2000, Number(month) - 1, 1));
  const name = date.toLocaleDateString("en", { month: "long", timeZone: "UTC" });
  return tongue === "en" ? `${Number(day)} ${name} ${time}` : `${Number(month)}月${Number(day)}日${time}`;
}

/** What of a record's values a person would say: texts, things kept as evidence, days and times; no ids. */
function saidOf(values: Readonly<Record<string, unknown>>, tongue: Tongue): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const type = isField(name) ? (FIELDS[name] as FieldSpec).type : undefined;
    if (type === "text") return name === "currency" ? [] : stringsOf(value);
    if (type === "instant" && typeof value === "string" && name !== "received_at")
      return [spokenInstant(value, tongue)];
    if (type === "evidence" && Array.isArray(value))
      return value.flatMap((e) => stringsOf(isPlain(e) ? e.what : e));
    return [];
  });
}

const NO_FACTS: CaseFacts = { words: [], weak: [], numbers: [], measures: [], remedies: [], misfits: [] };

/** The case's texts in the language replies are compared in. */
function textsIn(source: CaseSource, tongue: Tongue, tools: CaseTools): PracticeCase | undefined {
  const own = inLocale(source, tongue === "en" ? "en" : "zh-CN", tools);
  if (own || tongue === "en") return own as unknown as PracticeCase | undefined;
  const { simplify } = tools;
  const traditional = simplify && inLocale(source, "zh-TW", tools);
  return traditional && (mapDeep(traditional, simplify) as unknown as PracticeCase);
}

/** What is listened for in replies of one language. A case without that language has none. */
function factsIn(source: CaseSource, tongue: Tongue, tools: CaseTools): CaseFacts {
  const locale = tongue === "en" ? "en" : "zh-CN";
  const c = textsIn(source, tongue, tools);
  if (!c) return NO_FACTS;
  const { stop_loss, emergency_measure, deadline: _, deadline_reason: __, ...record } = c.expected_record;
  return caseFacts(
    {
      told: [
        c.truth.happened,
        c.truth.on_record,
        ...c.knows,
        ...c.opening,
        ...c.story.flatMap((piece) => [piece.says, ...saidOf(piece.reveals, tongue)]),
        ...saidOf(record, tongue),
      ],
      measures: stringsOf([stop_loss, emergency_measure]),
      remedies: [
        ...c.options.filter((o) => o.fits).map((o) => o.why),
        ...c.expected_promises.map((p) => p.what),
        c.wants.would_accept,
      ],
      misfits: c.options.filter((o) => !o.fits).map((o) => o.why),
      extra: source.facts[locale] ?? [],
      names: [c.customer.name],
    },
    tongue,
    tools.words[tongue],
  );
}

/** The case in `locale`; undefined where it is not written (and cannot be converted) for that language. */
export function compileCase(source: CaseSource, locale: Locale, tools: CaseTools): PracticeCase | undefined {
  const c = inLocale(source, locale, tools);
  if (!c) return undefined;
  const facts = { en: factsIn(source, "en", tools), zh: factsIn(source, "zh", tools) };
  return { level_notes: {}, ...c, locale, facts } as unknown as PracticeCase;
}
