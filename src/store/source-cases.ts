/** Cases from elsewhere: whether any of a source is here, and whether one of the same source and id, whatever its content. */
import type { Store } from "../core/store-port.ts";

/** `prefix`: the first half of a case's id, which follows from its source and id there (`move/row-digest.ts`). */
export function knowsPrefix(store: Pick<Store, "query">, prefix: string): boolean {
  const sql = "SELECT 1 AS n FROM events WHERE case_id >= @prefix AND case_id < @prefix || '~' LIMIT 1";
  return store.query(sql, { prefix }).length > 0;
}

/** Reads every case where there is none of this source, once for a whole import. */
export function knowsSource(store: Pick<Store, "query">, source: string): boolean {
  return store.query("SELECT 1 AS n FROM cases WHERE source = @source LIMIT 1", { source }).length > 0;
}
