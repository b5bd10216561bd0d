/** Writes the rows of a case into the cache tables, touching only what changed where the rows before are known. */
import type { Case } from "../core/case.ts";
import type { Uuid } from "../core/id.ts";
import type { CaseRows, Cell } from "./cache-rows.ts";
import type { Connection } from "./connection.ts";
import { CHILD_TABLES, type ChildTable } from "./schema.ts";
import { searchText } from "./search-text.ts";
import { createVocabulary, type Vocabulary } from "./vocabulary.ts";

export interface CacheWriter {
  /**
   * Replaces the rows of a case. `before` are the rows this process wrote last, where nobody else wrote since. Returns
   * the rows with the place they took. Full text waits for `flush`: the index takes rows in rising order only.
   */
  put(rows: CaseRows, before: CaseRows | undefined): CaseRows;
  /** Writes the rows of a case that is not in yet. */
  add(rows: CaseRows): void;
  /** Takes a case out, where it is in; `textToo: false` where its full text is gone already. */
  remove(id: Uuid, how?: { textToo: boolean }): void;
  /** Writes the full text that waits; call it before the commit. */
  flush(): void;
  /** Forgets what waits, after a rollback. */
  drop(): void;
  vocabulary: Vocabulary;
}

const COLUMNS_AT: Readonly<Record<ChildTable, number>> = {
  statuses: 5,
  closings: 7,
  promises: 7,
  promise_moves: 6,
  approvals: 7,
  callbacks: 7,
  escalations: 5,
  appeals: 4,
  dispatches: 5,
  shown: 7,
  money: 8,
  flags: 3,
  runs: 6,
  missing: 1,
};

const marks = (n: number): string => Array(n).fill("?").join(", ");
const same = (a: readonly Cell[], b: readonly Cell[]): boolean => a.every((cell, i) => cell === b[i]);

interface Text {
  place: bigint;
  out: string | undefined;
  in: string | undefined;
}

const INSERT_CHILD = Object.fromEntries(
  CHILD_TABLES.map((table) => [
    table,
    `INSERT OR REPLACE INTO ${table} VALUES (${marks(COLUMNS_AT[table] + 1)})`,
  ]),
) as Record<ChildTable, string>;
const DELETE_CHILD = Object.fromEntries(
  CHILD_TABLES.map((table) => [table, `DELETE FROM ${table} WHERE case_id = ?`]),
) as Record<ChildTable, string>;

/** The full text of a stored body. One that was damaged on the disk tells none; `doctor` makes the index anew then. */
function textOf(body: string): string {
  try {
    return searchText(JSON.parse(body) as Case);
  } catch {
    return "";
  }
}

export function createCacheWriter(connection: Connection): CacheWriter {
  const { sql } = connection;
  const vocabulary = createVocabulary(connection);
  let waiting: Text[] = [];
  /** The columns are always the same, in the same order. */
  let insertCase: string | undefined;

  function freePlace(wanted: bigint): bigint {
    let place = wanted;
    while (sql("SELECT 1 FROM cases WHERE place = ?").get(place)) place -= 1n;
    return place;
  }

  function stored(id: Uuid): { place: bigint; text: string } | undefined {
    const row = sql("SELECT c.place, b.body FROM cases c JOIN bodies b ON b.place = c.place WHERE c.id = ?")
      .safeIntegers()
      .get(id) as { place: bigint; body: string } | undefined;
    return row && { place: row.place, text: textOf(row.body) };
  }

  function putChildren(rows: CaseRows, before: CaseRows | undefined, isNew: boolean): void {
    for (const table of CHILD_TABLES) {
      const now = rows.children[table];
      const then = before?.children[table];
      // Rows are only added or changed in place as events come; anything else writes the table anew.
      const grown =
        then !== undefined && now.length >= then.length && then.every((r, i) => r[0] === now[i]![0]);
      if (!grown && !isNew) sql(DELETE_CHILD[table]).run(rows.id);
      for (const [i, row] of now.entries()) {
        if (grown && then[i] && same(row, then[i])) continue;
        sql(INSERT_CHILD[table]).run(rows.id, ...row);
      }
    }
  }

  function insert(rows: CaseRows): CaseRows {
    const place = freePlace(rows.place);
    const values = Object.values(rows.columns);
    insertCase ??= `INSERT INTO cases (place, ${Object.keys(rows.columns).join(", ")}) VALUES (${marks(values.length + 1)})`;
    sql(insertCase).run(place, ...values);
    sql("INSERT INTO bodies (place, body) VALUES (?, ?)").run(place, rows.body);
    putChildren(rows, undefined, true);
    waiting.push({ place, out: undefined, in: rows.search });
    return { ...rows, place };
  }

  function change(
    rows: CaseRows,
    old: { place: bigint; text: string },
    before: CaseRows | undefined,
  ): CaseRows {
    const names = Object.keys(rows.columns).filter((name) => before?.columns[name] !== rows.columns[name]);
    if (names.length > 0)
      sql(`UPDATE cases SET ${names.map((n) => `${n} = ?`).join(", ")} WHERE place = ?`).run(
        ...names.map((n) => rows.columns[n]!),
        old.place,
      );
    if (before?.body !== rows.body)
      sql("UPDATE bodies SET body = ? WHERE place = ?").run(rows.body, old.place);
    putChildren(rows, before, false);
    if (old.text !== rows.search) waiting.push({ place: old.place, out: old.text, in: rows.search });
    return { ...rows, place: old.place };
  }

  function remove(id: Uuid, how = { textToo: true }): void {
    const old = stored(id);
    if (!old) return;
    sql("DELETE FROM cases WHERE place = ?").run(old.place);
    sql("DELETE FROM bodies WHERE place = ?").run(old.place);
    for (const table of CHILD_TABLES) sql(DELETE_CHILD[table]).run(id);
    if (how.textToo) waiting.push({ place: old.place, out: old.text, in: undefined });
  }

  return {
    put(rows, before) {
      if (before && before.columns.opened_at === rows.columns.opened_at)
        return change(rows, { place: before.place, text: before.search }, before);
      const old = stored(rows.id);
      if (!old) return insert(rows);
      // The opening moved (two seats imported the same row): the case moves with it.
      if (old.place >> 20n !== rows.place >> 20n) {
        remove(rows.id);
        return insert(rows);
      }
      return change(rows, old, undefined);
    },
    add: (rows) => void insert(rows),
    remove,
    flush() {
      if (waiting.length === 0) return;
      const texts = waiting.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
      waiting = [];
      for (const text of texts) {
        if (text.out)
          sql("INSERT INTO search (search, rowid, text) VALUES ('delete', ?, ?)").run(text.place, text.out);
        if (text.in) {
          sql("INSERT INTO search (rowid, text) VALUES (?, ?)").run(text.place, text.in);
          vocabulary.add(text.in);
        }
      }
      for (const { out } of texts) if (out) vocabulary.prune(out);
    },
    drop() {
      waiting = [];
      vocabulary.forget();
    },
    vocabulary,
  };
}
