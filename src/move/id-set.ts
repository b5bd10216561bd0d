/** Very many ids in little memory: 16 bytes each, in open addressing. */
import type { Uuid } from "../core/id.ts";

export interface IdSet {
  /** False: it was there already. */
  add(id: Uuid): boolean;
  has(id: Uuid): boolean;
  readonly size: number;
}

const WORDS = 4;
const START = 1 << 12;

function wordsOf(id: Uuid): [number, number, number, number] {
  const hex = id.replaceAll("-", "").padEnd(32, "0");
  const word = (at: number) => Number.parseInt(hex.slice(at, at + 8), 16) >>> 0;
  // All zero marks a free place.
  return [word(0), word(8), word(16), word(24) || 1];
}

export function idSet(): IdSet {
  let capacity = START;
  let table = new Uint32Array(capacity * WORDS);
  let size = 0;

  /** Where the id is, or the free place where it would be. */
  function placeOf(words: readonly number[], within: Uint32Array, places: number): number {
    for (let n = (words[0]! ^ words[3]!) >>> 0; ; n++) {
      const at = (n % places) * WORDS;
      if (within[at + 3] === 0) return at;
      if (words.every((word, i) => within[at + i] === word)) return at;
    }
  }

  function grow(): void {
    const places = capacity * 2;
    const larger = new Uint32Array(places * WORDS);
    for (let at = 0; at < table.length; at += WORDS) {
      if (table[at + 3] === 0) continue;
      const words = table.subarray(at, at + WORDS);
      larger.set(words, placeOf([...words], larger, places));
    }
    table = larger;
    capacity = places;
  }

  return {
    add(id) {
      if (size * 2 >= capacity) grow();
      const words = wordsOf(id);
      const at = placeOf(words, table, capacity);
      if (table[at + 3] !== 0) return false;
      table.set(words, at);
      size++;
      return true;
    },
    has: (id) => table[placeOf(wordsOf(id), table, capacity) + 3] !== 0,
    get size() {
      return size;
    },
  };
}
