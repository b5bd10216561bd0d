/** Chance that is none: the same seed always gives the same choice, on every machine. */
import type { RandomBytes } from "../core/id.ts";

/** FNV-1a over UTF-16 units, 32 bits. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** A stream of numbers in [0, 1) (mulberry32). */
export function stream(seed: string): () => number {
  let state = hashOf(seed);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of `list`. */
export function pickOne<T>(list: readonly T[], seed: string): T | undefined {
  return list[Math.floor(stream(seed)() * list.length)];
}

/** `list` in another order. */
export function shuffled<T>(list: readonly T[], seed: string): T[] {
  const next = stream(seed);
  const result = [...list];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}

/** Ids of a run: the same for the same seed, so that a run can be compared with another one word for word. */
export function seededBytes(seed: string): RandomBytes {
  const next = stream(seed);
  return (count) => Uint8Array.from({ length: count }, () => Math.floor(next() * 256));
}
