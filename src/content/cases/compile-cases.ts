/** Reads the sample cases of a folder, checks them and makes them what practice reads, per language. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as z from "zod";
import type { ErrorDetail } from "../../core/errors.ts";
import type { Taxonomies } from "../../core/field.ts";
import type { Locale } from "../../core/locale.ts";
import type { PracticeCase } from "../../core/practice-case.ts";
import { checkYaml, readYamlText } from "../yaml-file.ts";
import { type CaseTools, compileCase } from "./compile-case.ts";
import type { EarData } from "./ear-data.ts";
import { plainWordsOf } from "./ear-data.ts";
import { languageProblems, lintCase, placeProblems } from "./lint-case.ts";
import type { Tongue } from "./plain-text.ts";
import { caseKeysAt, caseSchema } from "./schema.ts";

export interface CaseContext {
  locales: readonly Locale[];
  taxonomies: Taxonomies;
  scriptIds: readonly string[];
  tools: CaseTools;
  /** The package's own cases are held to more than those of a home. */
  shipped: boolean;
}

export interface CompiledCases {
  byLocale: Record<Locale, PracticeCase[]>;
  problems: ErrorDetail[];
}

const FACTS = { keysAt: caseKeysAt };

/** One case file. Its mistakes are named with their place; a case with mistakes is left out. */
export function readCase(
  path: string,
  context: CaseContext,
): { cases: PracticeCase[]; problems: ErrorDetail[] } {
  const text = readYamlText(path);
  if (!text.ok) return { cases: [], problems: text.problems };
  const parsed = checkYaml(text.value, path, caseSchema, FACTS);
  if (!parsed.ok) return { cases: [], problems: parsed.problems };
  const { value: source, file } = parsed;
  const cases = context.locales.flatMap((locale) => compileCase(source, locale, context.tools) ?? []);
  const sample = cases[0];
  if (!sample) return { cases: [], problems: placeProblems(languageProblems(source), path, file.place) };
  const { taxonomies, scriptIds, shipped } = context;
  const found = lintCase(source, sample, { name: basename(path, ".yaml"), taxonomies, scriptIds, shipped });
  const problems = placeProblems(found, path, file.place);
  return { cases: problems.length > 0 ? [] : cases, problems };
}

/** Every case of a folder, by language; an absent folder has none. */
export function readCases(folder: string, context: CaseContext): CompiledCases {
  const byLocale: CompiledCases["byLocale"] = Object.fromEntries(context.locales.map((l) => [l, []]));
  const problems: ErrorDetail[] = [];
  const files = existsSync(folder) ? readdirSync(folder).filter((f) => f.endsWith(".yaml")) : [];
  for (const name of files.sort()) {
    const read = readCase(join(folder, name), context);
    problems.push(...read.problems);
    for (const c of read.cases) byLocale[c.locale]?.push(c);
  }
  return { byLocale, problems };
}

const earSchema = z.strictObject({
  function: z.string(),
  glue: z.string(),
  dangling: z.string(),
  common: z.string(),
  classes: z.record(z.string().regex(/^[a-z-]+$/), z.string()),
});

/** The words by which moves are heard, per language; both languages are needed whatever the locale. */
export function readEars(
  words: string,
): { ok: true; ears: Record<Tongue, EarData> } | { ok: false; problems: ErrorDetail[] } {
  const of = (locale: string) => {
    const path = join(words, locale, "moves.yaml");
    return checkYaml(readFileSync(path, "utf8"), path, earSchema);
  };
  const [en, zh] = [of("en"), of("zh-CN")];
  if (en.ok && zh.ok) return { ok: true, ears: { en: en.value, zh: zh.value } };
  return { ok: false, problems: [en, zh].flatMap((read) => (read.ok ? [] : read.problems)) };
}

/** Tools for cases without a converter: each needs its own texts. */
export function caseTools(ears: Record<Tongue, EarData>, traditional?: (text: string) => string): CaseTools {
  return {
    words: { en: plainWordsOf(ears.en, "en"), zh: plainWordsOf(ears.zh, "zh") },
    ...(traditional ? { traditional } : {}),
  };
}
