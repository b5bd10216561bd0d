/** What the build wrote down, so that `--help` and `--version` need neither the list of commands nor the database. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { contentFolder, packageFolder } from "./content/content-files.ts";
import type { Locale } from "./core/locale.ts";

/** The width that the help is written down for: where nothing tells another, as in a pipe. */
export const READY_COLUMNS = 80;

export interface VersionFacts {
  version: string;
  /** The version of better-sqlite3 that `sqlite` was asked of. */
  addon: string;
  sqlite: string;
  schema: number;
}

export function versionLine({ version, sqlite, schema }: Omit<VersionFacts, "addon">): string {
  return `complaint ${version} (Node ${process.versions.node}, SQLite ${sqlite}, schema ${schema})`;
}

/** The version of better-sqlite3 that is installed for the program; undefined: none. */
export function addonVersion(): string | undefined {
  // Where npm puts it: below the program or beside it. Asking Node takes longer than all the rest.
  const beside = [join(packageFolder(), "node_modules"), join(packageFolder(), "..")]
    .map((folder) => join(folder, "better-sqlite3", "package.json"))
    .find(existsSync);
  try {
    const path = beside ?? createRequire(import.meta.url).resolve("better-sqlite3/package.json");
    return (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version;
  } catch {
    return undefined;
  }
}

/** Undefined where the build could not ask, or another better-sqlite3 is installed now. */
function readyVersion(): string | undefined {
  const path = join(packageFolder(), "dist", "version.json");
  if (!existsSync(path)) return undefined;
  const facts = JSON.parse(readFileSync(path, "utf8")) as VersionFacts;
  return facts.addon === addonVersion() ? `${versionLine(facts)}\n` : undefined;
}

function readyHelp(locale: Locale): string | undefined {
  const path = join(contentFolder(), locale, "help.txt");
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** The whole output for a command line of one flag or none; undefined: it has to be worked out. */
export function readyAnswer(argv: readonly string[], columns: number, locale: Locale): string | undefined {
  if (argv.length > 1) return undefined;
  const [word = "--help"] = argv;
  if (word === "-v" || word === "--version") return readyVersion();
  return (word === "-h" || word === "--help") && columns === READY_COLUMNS ? readyHelp(locale) : undefined;
}
