/**
 * A store many times as large as one that the demonstration made. Folding a million cases would take an hour, so every
 * case is copied as its rows in the cache, under ids and refs of its own and with customers of its own. The copies have
 * no events: no list, search or report reads those.
 */
import { rmSync } from "node:fs";
import Database from "better-sqlite3";
import type { Case } from "../../src/core/case.ts";
import { openStore } from "../../src/store/open-store.ts";
import { CHILD_TABLES } from "../../src/store/schema.ts";
import { searchText } from "../../src/store/search-text.ts";

const HEX = "'0123456789abcdef'";
const BASE32 = "'0123456789ABCDEFGHJKMNPQRSTVWXYZ'";
const xor = (a: string, b: string) => `((${a} | ${b}) - (${a} & ${b}))`;
const sign = (all: string, text: string, at: number) => `(instr(${all}, substr(${text}, ${at}, 1)) - 1)`;

const changed = (all: string, text: string, at: number, by: string) =>
  `substr(${all}, 1 + ${xor(sign(all, text, at), by)}, 1)`;

/** The ref is the end of the id, and `place` ends with the ref's beginning: the first eight bits of it are others in copy `k`. */
const idOf = (id: string) =>
  `substr(${id}, 1, 26) || ${changed(HEX, id, 27, "(k >> 4)")} || ${changed(HEX, id, 28, "(k & 15)")} || substr(${id}, 29)`;
const REF = `${changed(BASE32, "ref", 1, "(k >> 3)")} || ${changed(BASE32, "ref", 2, "((k & 7) << 2)")} || substr(ref, 3)`;
const PLACE = xor("place", "(k << 12)");
const own = (column: string) => `${column} || k`;

const CASES: Readonly<Record<string, string>> = {
  place: PLACE,
  id: idOf("id"),
  ref: REF,
  duplicate_of: idOf("duplicate_of"),
  appeal_of: idOf("appeal_of"),
  customer: own("customer"),
  name: own("name"),
  account: own("account"),
  email: own("email"),
};

function columnsOf(db: Database.Database, table: string): string[] {
  return db.prepare(`SELECT name FROM pragma_table_info('${table}')`).pluck().all() as string[];
}

function copyRows(
  db: Database.Database,
  table: string,
  instead: Readonly<Record<string, string>>,
  order: string,
): void {
  const columns = columnsOf(db, table).map((name) =>
    instead[name] === undefined ? name : `${instead[name]} AS ${name}`,
  );
  db.exec(
    `INSERT INTO main.${table} SELECT ${columns.join(", ")} FROM base.${table}, copies ORDER BY ${order}`,
  );
}

function copyBodies(db: Database.Database): void {
  const dash = (ref: string) => `substr(${ref}, 1, 4) || '-' || substr(${ref}, 5)`;
  const made = `json_set(body, '$.id', ${idOf("id")}, '$.ref', ${dash(`(${REF})`)})`;
  db.exec(`INSERT INTO main.bodies SELECT ${PLACE.replaceAll("place", "b.place")} AS place, ${made}
    FROM base.bodies b JOIN base.cases c ON c.place = b.place, copies ORDER BY 1`);
}

function index(db: Database.Database): void {
  const add = db.prepare("INSERT INTO search (rowid, text) VALUES (?, ?)");
  const read = db
    .prepare("SELECT place, body FROM bodies WHERE place > ? ORDER BY place LIMIT 1000")
    .safeIntegers();
  for (let after = 0n; ; ) {
    const rows = read.all(after) as { place: bigint; body: string }[];
    if (rows.length === 0) break;
    db.transaction(() => {
      for (const { place, body } of rows) add.run(place, searchText(JSON.parse(body) as Case));
    })();
    after = rows.at(-1)!.place;
  }
  db.exec("INSERT INTO terms SELECT * FROM base.terms");
  db.exec("INSERT INTO term_parts (rowid, term) SELECT id, term FROM base.terms");
}

/** Writes to `path` the cases of the store `base`, `times` (at most 256) over. */
export function multiply(base: string, path: string, times: number): void {
  rmSync(path, { force: true });
  openStore(path, {
    now: () => new Date(),
    random: (n) => new Uint8Array(n),
    agent: "bench",
    country: "CN",
  })!.close();
  const db = new Database(path);
  db.pragma("synchronous = OFF");
  db.pragma("cache_size = -262144");
  db.pragma("wal_autocheckpoint = 100000");
  db.prepare("ATTACH ? AS base").run(base);
  db.exec("CREATE TEMP TABLE copies (k INTEGER)");
  for (let k = 0; k < times; k++) db.prepare("INSERT INTO copies VALUES (?)").run(k);
  // Indexes are made at the end, in one go each.
  const later = db
    .prepare("SELECT sql FROM main.sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    .pluck()
    .all() as string[];
  for (const name of db
    .prepare("SELECT name FROM main.sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    .pluck()
    .all())
    db.exec(`DROP INDEX main.${String(name)}`);
  db.exec("INSERT OR IGNORE INTO main.scripts SELECT * FROM base.scripts");
  copyRows(db, "cases", CASES, "1");
  copyBodies(db);
  for (const table of CHILD_TABLES) copyRows(db, table, { case_id: idOf("case_id") }, "1, 2");
  db.exec("INSERT INTO main.actions SELECT * FROM base.actions");
  for (const sql of later) db.exec(sql);
  index(db);
  db.close();
}
