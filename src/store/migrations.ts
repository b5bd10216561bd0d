/**
 * How an older store becomes a present one: named, ordered, additive, each in one transaction, frozen once released.
 * They never call living code. The cache is no part of them: it is dropped and rebuilt (`CACHE_VERSION`).
 */
import type Database from "better-sqlite3";
import { TRUTH_SQL } from "./schema.ts";

export interface Migration {
  name: string;
  sql: string;
}

export const MIGRATIONS: readonly Migration[] = [{ name: "0001-truth", sql: TRUTH_SQL }];

/** The number of migrations: kept in `user_version`, printed by `--version`. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** "CMPL": tells our files from other programs' databases. */
export const APPLICATION_ID = 0x434d504c;

/** Where a file stands: `fresh` has no tables at all. */
export type SchemaState = "fresh" | "present" | "older" | "newer" | "foreign";

/** Reads the header only. */
export function schemaState(db: Database.Database): SchemaState {
  const version = db.pragma("user_version", { simple: true }) as number;
  const application = db.pragma("application_id", { simple: true }) as number;
  if (application === APPLICATION_ID)
    return version === SCHEMA_VERSION ? "present" : version > SCHEMA_VERSION ? "newer" : "older";
  const tables = db.prepare("SELECT count(*) AS n FROM sqlite_schema").get() as { n: number };
  return tables.n === 0 && application === 0 ? "fresh" : "foreign";
}

/** Brings the tables of truth up to date. Must run inside a write transaction; does nothing where they are. */
export function migrate(db: Database.Database, at: string, migrations = MIGRATIONS): void {
  const done = db.pragma("user_version", { simple: true }) as number;
  if (done >= migrations.length) return;
  db.exec("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT");
  const note = db.prepare("INSERT INTO migrations (name, at) VALUES (?, ?)");
  for (const { name, sql } of migrations.slice(done)) {
    db.exec(sql);
    note.run(name, at);
  }
  db.pragma(`application_id = ${APPLICATION_ID}`);
  db.pragma(`user_version = ${migrations.length}`);
}
