/** Erased text is in no byte of any file of the store: database, journal, full-text index. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { openStore } from "../../src/store/open-store.ts";
import { addCase, freshFolder, options } from "./support.ts";

/** Words that occur nowhere else, as the table, the index and the drafts would each hold them. */
const SECRETS = ["zwanzigfach", "13800009999", "欧阳克敏", "halfsecret"];

function bytesOf(folder: string): string {
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file)).toString("utf8"))
    .join("\n");
}

test("after an erasure and a scrub no byte is left, and other cases are found as before", () => {
  const folder = freshFolder();
  const store = openStore(join(folder, "complaint.db"), options());
  for (let i = 0; i < 50; i++)
    addCase(store, { words: `another case ${i}`, customer_phone: `1390000${1000 + i}` });
  const id = addCase(store, {
    words: "zwanzigfach 宽带",
    customer_phone: "13800009999",
    customer_name: "欧阳克敏",
  });
  store.append(id, [{ type: "noted", data: { text: "zwanzigfach again" } }]);
  store.putTyped(id, "listen.words", "halfsecret");
  for (let i = 0; i < 50; i++) addCase(store, { words: `a later case ${i}` });
  store.scrub();
  for (const secret of SECRETS) expect(bytesOf(folder), secret).toContain(secret);

  const events = store.events(id).filter((e) => e.type === "answered" || e.type === "noted");
  store.append(id, [{ type: "redacted", data: { events: events.map((e) => e.id) } }]);
  expect(store.scrub()).toBe(true);
  for (const secret of SECRETS) expect(bytesOf(folder), secret).not.toContain(secret);
  expect(store.search("another", {}).total).toBe(50);
  expect(store.search("later", {}).total).toBe(50);
  expect(store.query("PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
});

test("a reader in the way is said, not passed over", () => {
  const path = join(freshFolder(), "complaint.db");
  const store = openStore(path, options());
  addCase(store);
  const reader = new Database(path);
  reader.exec("BEGIN; SELECT count(*) FROM events");
  reader.prepare("SELECT count(*) FROM events").get();
  addCase(store);
  expect(store.scrub()).toBe(false);
  reader.exec("COMMIT");
  expect(store.scrub()).toBe(true);
  reader.close();
});
