/** What `--version` prints: version, Node, SQLite and schema version. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { packageFolder } from "./content/content-files.ts";
import { addonVersion, type VersionFacts, versionLine } from "./ready.ts";
import { nativeAddon } from "./store/native.ts";
import { CACHE_VERSION } from "./store/schema.ts";

/** The SQLite that better-sqlite3 was compiled with; undefined where it cannot be loaded (`doctor` says why). */
function sqliteVersion(): string | undefined {
  try {
    const db = new Database(":memory:", { nativeBinding: nativeAddon() as never });
    const version = db.prepare("SELECT sqlite_version()").pluck().get() as string;
    db.close();
    return version;
  } catch {
    return undefined;
  }
}

function programVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder(), "package.json"), "utf8")) as {
    version: string;
  };
  return version;
}

/** What the build writes down; undefined where there is no database to ask. */
export function versionFacts(): VersionFacts | undefined {
  const [addon, sqlite] = [addonVersion(), sqliteVersion()];
  if (addon === undefined || sqlite === undefined) return undefined;
  return { version: programVersion(), addon, sqlite, schema: CACHE_VERSION };
}

export function versionText(): string {
  return versionLine({ version: programVersion(), sqlite: sqliteVersion() ?? "?", schema: CACHE_VERSION });
}
