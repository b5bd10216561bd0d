/** Lints a file, or every script of the organisation (where it has none: the packaged ones). */
import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { builtRoot, compileContent, homeRoot, packagedRoot } from "./compile.ts";
import { packageFolder } from "./content-files.ts";
import { type LintWorld, lintScriptFile } from "./lint-script.ts";
import { lintWords } from "./lint-words.ts";
import type { Problem } from "./problem.ts";

const yamlFiles = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((f) => /\.ya?ml$/.test(f))
        .sort()
        .map((f) => join(folder, f))
    : [];

const nameOf = (path: string) => basename(path).replace(/\.ya?ml$/, "");

export interface LintResult {
  files: string[];
  problems: Problem[];
  /** The file that was asked for is not there. */
  missing?: string;
}

/** `given` is a path, or the id of one of the organisation's own scripts. */
function fileOf(home: string, given: string): string | undefined {
  if (existsSync(given)) return given;
  const own = join(home, "scripts", `${given}.yaml`);
  return existsSync(own) ? own : undefined;
}

function filesToLint(home: string, given: string | undefined): string[] | undefined {
  if (given !== undefined) {
    const file = fileOf(home, given);
    if (file === undefined) return undefined;
    return statSync(file).isDirectory() ? yamlFiles(file) : [file];
  }
  const own = yamlFiles(homeRoot(home).scripts);
  return own.length > 0 ? own : yamlFiles(packagedRoot(packageFolder()).scripts);
}

/** What `files` are checked against: the packaged words and scripts and the organisation's. `today`: YYYY-MM-DD. */
export function lintWorld(home: string, files: readonly string[], today: string) {
  const own = homeRoot(home);
  const compiled = compileContent([builtRoot(), own]);
  const { ingredients, scriptIds, scriptWords } = compiled;
  const world: LintWorld = {
    ingredients,
    words: (id, locale) => scriptWords[locale]?.[id],
    scriptIds: [...new Set([...scriptIds, ...yamlFiles(own.scripts).map(nameOf), ...files.map(nameOf)])],
    today,
  };
  return { world, compiled };
}

/** `today` (YYYY-MM-DD) decides which law cards have expired. */
export function lintFiles(home: string, given: string | undefined, today: string): LintResult {
  const files = filesToLint(home, given);
  if (files === undefined) return { files: [], problems: [], missing: given! };
  const { world, compiled } = lintWorld(home, files, today);
  const inHome = given === undefined ? [...compiled.notices, ...lintWords(homeRoot(home), compiled)] : [];
  const problems = [...files.flatMap((path) => lintScriptFile(path, world)), ...inHome];
  return { files, problems: [...new Map(problems.map((p) => [JSON.stringify(p), p])).values()] };
}
