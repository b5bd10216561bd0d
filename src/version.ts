/** What `--version` prints: version, Node, SQLite and schema version. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { packageFolder } from "./content/content-files.ts";
import { CACHE_VERSION } from "./store/schema.ts";

/** The SQLite that better-sqlite3 was compiled with; "?" where it cannot be loaded (`doctor` says why). */
function sqliteVersion(): string {
  try {
    const Database = createRequire(import.meta.url)("better-sqlite3") as new (
      path: string,
    ) => { prepare: (sql: string) => { pluck: () => { get: () => string } }; close: () => void };
    const db = new Database(":memory:");
    const version = db.prepare("SELECT sqlite_version()").pluck().get();
    db.close();
    return version;
  } catch {
    return "?";
  }
}

export function versionText(): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder(), "package.json"), "utf8")) as {
    version: string;
  };
  return `complaint ${version} (Node ${process.versions.node}, SQLite ${sqliteVersion()}, schema ${CACHE_VERSION})`;
}
