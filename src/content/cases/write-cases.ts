/** Build step: the sample cases as `cases` in each language's folder, and `hearing` for hearing replies. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import type { Taxonomies } from "../../core/field.ts";
import type { PracticeCase } from "../../core/practice-case.ts";
import { writeContentFile } from "../content-files.ts";
import { checkYaml } from "../yaml-file.ts";
import { caseTools, readCases, readEars } from "./compile-cases.ts";
import { taiwanWords, traditionalConverter } from "./traditional.ts";

interface Content {
  locales: readonly string[];
  taxonomies: Taxonomies;
  scriptIds: readonly string[];
}

/** Writes into `target`, whose language folders exist. Returns the mistakes, as lines. */
export function writeCases(packageFolder: string, target: string, content: Content): string[] {
  const line = (p: { path?: string; line?: number; column?: number; message: string }) =>
    `${p.path}:${p.line}:${p.column} ${p.message}`;
  const words = join(packageFolder, "data", "words");
  const read = readEars(words);
  if (!read.ok) return read.problems.map(line);
  const table = join(words, "zh-TW", "from-zh-CN.yaml");
  const entries = z.record(z.string(), z.string());
  const corrections = checkYaml(
    readFileSync(table, "utf8"),
    table,
    z.strictObject({ words: entries, style: entries }),
  );
  if (!corrections.ok) return corrections.problems.map(line);
  const tools = caseTools(read.ears, traditionalConverter(corrections.value));
  const { byLocale, problems } = readCases(join(packageFolder, "data", "cases"), {
    ...content,
    tools,
    shipped: true,
  });
  if (problems.length > 0) return problems.map(line);
  // What is listened for is the same in every language of the screen, so it is kept once.
  const facts: Record<string, PracticeCase["facts"]> = {};
  for (const [locale, cases] of Object.entries(byLocale)) {
    const shown = cases.map(({ facts: own, ...rest }) => {
      facts[rest.id] = own;
      return rest;
    });
    writeContentFile(join(target, locale, "cases"), shown, true);
  }
  const hearing = { ears: read.ears, taiwan: taiwanWords(corrections.value), facts };
  writeContentFile(join(target, "hearing"), hearing, true);
  return [];
}
