/**
 * The words that occur in full text, so that a search finds them by any part, as a substring search does: "paid" finds
 * "unpaid". The index itself only finds whole words; their parts are looked up here and the whole words searched for.
 */
import type { Connection } from "./connection.ts";
import { isAscii, spaced } from "./search-text.ts";

export interface Vocabulary {
  /** Adds the words of a text that went into the index. */
  add(text: string): void;
  /** Takes out words of a text that left the index and stand in no other; to be called once the index is written. */
  prune(text: string): void;
  /** Words with `part` in them, the shortest first. */
  holding(part: string): string[];
  /** Another connection wrote: what was remembered may be old. */
  forget(): void;
  clear(): void;
}

/** Longer ones are no words; shorter ones are found as they stand. */
const LONGEST = 24;
const isWord = (token: string): boolean =>
  token.length > 1 &&
  (isAscii(token)
    ? token.length <= LONGEST && /[a-z]/.test(token)
    : /^(?=.*\p{L})[\p{L}\p{N}]{2,24}$/u.test(token));
/** So many words one part may stand for; a part that is in more of them is too short to look for. */
const MOST = 500;
/** So many words a process remembers as known. */
const REMEMBERED = 200_000;
/** The trigram index knows no shorter parts. */
const TRIGRAM = 3;

/** As the index's tokenizer sees a word: without accents. */
export function bareWord(text: string): string {
  if (isAscii(text)) return text;
  return text.normalize("NFD").replace(/\p{M}/gu, "");
}

/** Common Chinese characters, marks, and the border between the parts of a case: nothing of it is in a word. */
const ALONE =
  /[\u2010-\u2027\u3001-\u3003\u3008-\u3011\u3400-\u4dbf\u4e00-\u9fff\ue000\uff01-\uff0f\uff1a-\uff1f]/g;

/** The different words of a text that is spaced already. CJK characters stand alone there and are none. */
function wordsOf(text: string): Set<string> {
  const rest = text.replace(ALONE, " ");
  // Classes of Unicode take longer to be made than a case to store.
  const tokens = isAscii(rest) ? rest.match(/[a-z0-9]+/g) : bareWord(rest).match(/[\p{L}\p{N}]+/gu);
  return new Set(tokens?.filter((token) => isWord(token)));
}

export function createVocabulary({ sql }: Connection): Vocabulary {
  const known = new Set<string>();

  function insert(word: string): void {
    const { changes, lastInsertRowid } = sql(
      "INSERT INTO terms (term) VALUES (?) ON CONFLICT DO NOTHING",
    ).run(word);
    if (changes > 0) sql("INSERT INTO term_parts (rowid, term) VALUES (?, ?)").run(lastInsertRowid, word);
  }

  function remove(word: string): void {
    known.delete(word);
    const row = sql("DELETE FROM terms WHERE term = ? RETURNING id").get(word) as { id: number } | undefined;
    if (row)
      sql("INSERT INTO term_parts (term_parts, rowid, term) VALUES ('delete', ?, ?)").run(row.id, word);
  }

  return {
    add(text) {
      if (known.size > REMEMBERED) known.clear();
      for (const word of wordsOf(text)) {
        if (known.has(word)) continue;
        insert(word);
        known.add(word);
      }
    },
    prune(text) {
      for (const word of wordsOf(text))
        if (!sql("SELECT 1 FROM search WHERE search MATCH ? LIMIT 1").get(`"${word}"`)) remove(word);
    },
    holding(part) {
      const word = bareWord(spaced(part).trim());
      const found =
        word.length < TRIGRAM
          ? sql("SELECT term FROM terms WHERE instr(term, ?) ORDER BY length(term) LIMIT ?").all(word, MOST)
          : sql(
              "SELECT term FROM terms WHERE id IN (SELECT rowid FROM term_parts WHERE term_parts MATCH ?) ORDER BY length(term) LIMIT ?",
            ).all(`"${word}"`, MOST);
      return (found as { term: string }[]).map((row) => row.term);
    },
    forget: () => known.clear(),
    clear() {
      known.clear();
      sql("DELETE FROM terms").run();
      sql("INSERT INTO term_parts (term_parts) VALUES ('delete-all')").run();
    },
  };
}
