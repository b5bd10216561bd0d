/** Cases from elsewhere: whether one of the same source and id is here, whatever its content. */
import type { Store } from "../core/store-port.ts";

/** `prefix`: the first half of a case's id, which follows from its source and id there (`move/row-digest.ts`). */
export function knowsPrefix(store: Pick<Store, "query">, prefix: string): boolean {
  const sql = "SELECT 1 AS n FROM events WHERE case_id >= @prefix AND case_id < @prefix || '~' LIMIT 1";
  return store.query(sql, { prefix }).length > 0;
}
