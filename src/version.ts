/** What `--version` prints: version, Node, SQLite and schema version. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { packageFolder } from "./content/content-files.ts";
import { nativeAddon } from "./store/native.ts";
import { CACHE_VERSION } from "./store/schema.ts";

/** The SQLite that better-sqlite3 was compiled with; "?" where it cannot be loaded (`doctor` says why). */
function sqliteVersion(): string {
  try {
    const db = new Database(":memory:", { nativeBinding: nativeAddon() as never });
    const version = db.prepare("SELECT sqlite_version()").pluck().get() as string;
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
