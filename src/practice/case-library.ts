/** The cases that can be played: the package's, and the trainer's and drills of this home (`COMPLAINT_HOME/cases`). */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { CaseTools } from "../content/cases/compile-case.ts";
import { plainWordsOf } from "../content/cases/ear-data.ts";
import { contentFolder, readContent } from "../content/content-files.ts";
import { asLine } from "../content/problem.ts";
import type { Library, Translate } from "../core/library-port.ts";
import type { Locale } from "../core/locale.ts";
import type { Level, PracticeCase } from "../core/practice-case.ts";
import { type Hearing, openSimplifier } from "./hear/open-ears.ts";

export interface CaseInfo {
  id: string;
  title: string;
  level: Level;
  locales: Locale[];
}

export interface CaseLibrary {
  /** Every case, the same in every language, by id. A case that is not in the wanted language has its title in another. */
  list(): CaseInfo[];
  /** Undefined: no such case, or not in this language. */
  find(id: string, locale: Locale): PracticeCase | undefined;
  ids(locale: Locale): string[];
  /** One line each: a case of this home that could not be read. */
  notices: readonly string[];
}

type Packaged = Omit<PracticeCase, "facts">;

/** Where a trainer's own cases and the drills of this home are. */
export const ownCasesFolder = (home: string) => join(home, "cases");

function packagedCases(locale: Locale, hearing: Hearing): PracticeCase[] {
  const cases = readContent<Packaged[]>(join(contentFolder(), locale, "cases")) ?? [];
  return cases.map((c) => ({ ...c, facts: hearing.facts[c.id]! }));
}

/** What cases of a home are made with: nothing is converted at run time, so each needs its own texts. */
export function homeTools(hearing: Hearing): CaseTools {
  return {
    words: { en: plainWordsOf(hearing.ears.en, "en"), zh: plainWordsOf(hearing.ears.zh, "zh") },
    simplify: openSimplifier(hearing),
  };
}

async function ownCases(home: string, library: Library, hearing: Hearing) {
  const folder = ownCasesFolder(home);
  if (!existsSync(folder)) return { byLocale: {} as Record<Locale, PracticeCase[]>, problems: [] };
  // YAML and zod are needed only where somebody wrote cases of his own.
  const { readCases } = await import("../content/cases/compile-cases.ts");
  return readCases(folder, {
    locales: library.locales(),
    taxonomies: library.taxonomies(),
    scriptIds: library.scriptIds(),
    tools: homeTools(hearing),
    shipped: false,
  });
}

/** Reads the cases. `locale` is the language titles are wanted in. */
export async function openCaseLibrary(
  home: string,
  library: Library,
  locale: Locale,
  hearing: Hearing,
  t: Translate,
): Promise<CaseLibrary> {
  const own = await ownCases(home, library, hearing);
  const byLocale = new Map(
    library.locales().map((l) => {
      const cases = new Map(packagedCases(l, hearing).map((c) => [c.id, c]));
      for (const c of own.byLocale[l] ?? []) cases.set(c.id, c);
      return [l, cases] as const;
    }),
  );
  const find = (id: string, l: Locale) => byLocale.get(l)?.get(id);
  const ids = [...new Set([...byLocale.values()].flatMap((cases) => [...cases.keys()]))].sort();
  return {
    list: () =>
      ids.map((id) => {
        const locales = library.locales().filter((l) => find(id, l));
        const c = find(id, locale) ?? find(id, locales[0]!)!;
        return { id, title: c.title, level: c.level, locales: [...locales] };
      }),
    find,
    ids: (l) => ids.filter((id) => find(id, l)),
    notices: own.problems.map((p) => asLine(p, t)),
  };
}
