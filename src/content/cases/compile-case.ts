/** One case, as its author wrote it for all languages, made into what practice reads in one language. Pure. */
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

function stringsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(stringsOf);
  return isPlain(value) ? Object.values(value).flatMap(stringsOf) : [];
}

const NO_FACTS: CaseFacts = { words: [], weak: [], numbers: [], measures: [], remedies: [], misfits: [] };

/** What is listened for in replies of one language. A case without that language has none. */
function factsIn(source: CaseSource, tongue: Tongue, tools: CaseTools): CaseFacts {
  const locale = tongue === "en" ? "en" : "zh-CN";
  const c = inLocale(source, locale, tools) as unknown as PracticeCase | undefined;
  if (!c) return NO_FACTS;
  const { stop_loss, emergency_measure, deadline_reason: _, ...record } = c.expected_record;
  return caseFacts(
    {
      told: [
        c.truth.happened,
        c.truth.on_record,
        ...c.knows,
        ...c.opening,
        ...c.story.flatMap((piece) => [piece.says, ...stringsOf(piece.reveals)]),
        ...stringsOf(record),
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
