/** Lints a file, or every script of the organisation (where it has none: the packaged ones). */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ErrorDetail } from "../core/errors.ts";
import { compileContent, homeRoot, ingredientsOf, packagedRoot } from "./compile.ts";
import { packageFolder } from "./content-files.ts";
import { type LintWorld, lintScriptFile } from "./lint-script.ts";
import { scriptWords } from "./schema.ts";
import { checkYaml } from "./yaml-file.ts";

const yamlFiles = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((f) => /\.ya?ml$/.test(f))
        .sort()
        .map((f) => join(folder, f))
    : [];

export interface LintResult {
  files: string[];
  problems: ErrorDetail[];
  /** The file that was asked for is not there. */
  missing?: string;
}

/** `today` (YYYY-MM-DD) decides which law cards have expired. */
export function lintFiles(home: string, file: string | undefined, today: string): LintResult {
  const roots = [packagedRoot(packageFolder()), homeRoot(home)];
  const own = yamlFiles(roots[1]!.scripts);
  const files = file !== undefined ? [file] : own.length > 0 ? own : yamlFiles(roots[0]!.scripts);
  if (file !== undefined && !existsSync(file)) return { files, problems: [], missing: file };
  const compiled = compileContent(roots);
  const world: LintWorld = {
    ingredients: Object.fromEntries(compiled.locales.map((l) => [l, ingredientsOf(roots, l)])),
    words: (id, locale) => {
      const path = [...roots]
        .reverse()
        .map((r) => join(r.words, locale, "scripts", `${id}.yaml`))
        .find(existsSync);
      if (path === undefined) return undefined;
      const parsed = checkYaml(readFileSync(path, "utf8"), path, scriptWords);
      return parsed.ok ? parsed.value : undefined;
    },
    scriptIds: [
      ...new Set([...compiled.scriptIds, ...own.map((p) => p.replace(/^.*\//, "").replace(/\.ya?ml$/, ""))]),
    ],
    today,
  };
  const wordProblems = file === undefined ? compiled.notices : [];
  const problems = [...files.flatMap((path) => lintScriptFile(path, world)), ...wordProblems];
  return { files, problems: [...new Map(problems.map((p) => [JSON.stringify(p), p])).values()] };
}
