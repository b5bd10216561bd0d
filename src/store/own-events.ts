/** Which events a store made itself and which it was given by other seats, by their positions. */
import type { Store } from "../core/store-port.ts";

type Reading = Pick<Store, "query" | "cursor">;
export type Range = [from: number, to: number];

/** Under this cursor stand the positions of what came from other seats. */
export const FOREIGN = "foreign";

const number = (store: Reading, sql: string, params: Record<string, unknown> = {}): number =>
  store.query<{ n: number | null }>(sql, params)[0]?.n ?? 0;

/** The last position that may be given away: an import under way is not. */
export function settledEnd(store: Reading): number {
  const hidden = number(
    store,
    `SELECT min(e.position) AS n FROM events e JOIN cases c ON c.id = e.case_id
     WHERE c.import_id IN (SELECT id FROM imports WHERE visible = 0)`,
  );
  return hidden > 0 ? hidden - 1 : number(store, "SELECT max(position) AS n FROM events");
}

export function foreignRanges(store: Reading): Range[] {
  const text = store.cursor(FOREIGN);
  return text === undefined ? [] : (JSON.parse(text) as Range[]);
}

export function isForeign(ranges: readonly Range[], position: number): boolean {
  let [low, high] = [0, ranges.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [from, to] = ranges[middle]!;
    if (position < from) high = middle - 1;
    else if (position > to) low = middle + 1;
    else return true;
  }
  return false;
}

/** What is in a stretch of positions: changes whenever a file of its own events must be written anew. */
export interface Stretch {
  own: number;
  erased: number;
}

export function stretchOf(store: Reading, from: number, to: number, foreign: readonly Range[]): Stretch {
  const between = "position BETWEEN @from AND @to";
  const count = (a: number, b: number) =>
    number(store, `SELECT count(*) AS n FROM events WHERE ${between}`, { from: a, to: b });
  const overlap = foreign.flatMap(([a, b]): Range[] =>
    b < from || a > to ? [] : [[Math.max(a, from), Math.min(b, to)]],
  );
  return {
    own: count(from, to) - overlap.reduce((sum, [a, b]) => sum + count(a, b), 0),
    erased: number(
      store,
      `SELECT count(*) AS n FROM erased r JOIN events e ON e.id = r.event_id WHERE e.${between}`,
      { from, to },
    ),
  };
}
