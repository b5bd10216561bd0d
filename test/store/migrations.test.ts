/** Migrations: frozen once released, additive, run as a chain; the version of the cache follows its tables. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { MIGRATIONS, migrate, SCHEMA_VERSION, schemaState } from "../../src/store/migrations.ts";
import { openStore } from "../../src/store/open-store.ts";
import { CACHE_SQL, CACHE_TABLES, CACHE_VERSION } from "../../src/store/schema.ts";
import { freshFolder, options } from "./support.ts";

const hash = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);

test("released migrations are frozen: a change of the tables is a new one at the end", () => {
  expect(MIGRATIONS.map(({ name, sql }) => [name, hash(sql)])).toEqual([["0001-truth", "aba2409ccde9f3d1"]]);
});

test("a change of the cache's tables raises CACHE_VERSION", () => {
  expect([CACHE_VERSION, hash(CACHE_SQL)]).toEqual([CACHE_VERSION, "36ec0a932506cdc8"]);
});

test("migrations only add", () => {
  for (const { name, sql } of MIGRATIONS) expect(sql, name).not.toMatch(/\b(DROP|RENAME|DELETE|UPDATE)\b/);
});

test("every step of the chain runs once, in order, and an older file is brought forward", () => {
  const db = new Database(":memory:");
  const added = { name: "9999-more", sql: "CREATE TABLE more (id TEXT) STRICT" };
  migrate(db, "2026-01-01T00:00:00.000Z");
  expect(schemaState(db)).toBe("present");
  migrate(db, "2026-02-01T00:00:00.000Z", [...MIGRATIONS, added]);
  migrate(db, "2026-03-01T00:00:00.000Z", [...MIGRATIONS, added]);
  expect(db.prepare("SELECT name, at FROM migrations ORDER BY rowid").all()).toEqual([
    ...MIGRATIONS.map(({ name }) => ({ name, at: "2026-01-01T00:00:00.000Z" })),
    { name: "9999-more", at: "2026-02-01T00:00:00.000Z" },
  ]);
  expect(db.pragma("user_version", { simple: true })).toBe(SCHEMA_VERSION + 1);
  expect(schemaState(db)).toBe("newer");
});

test("a fresh store has every table of the cache", () => {
  const store = openStore(join(freshFolder(), "complaint.db"), options());
  const names = store.query<{ name: string }>("SELECT name FROM sqlite_schema").map((r) => r.name);
  for (const table of CACHE_TABLES) expect(names).toContain(table);
});
