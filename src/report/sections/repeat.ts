/** Customers who had to complain again within 30 days. */
import { maskAccount, maskEmail, maskPhone } from "../../core/mask.ts";
import { received } from "../received.ts";
import { type Scope, within } from "../scope.ts";
import { type Row, rate, type Section } from "../section.ts";

const DAYS_30 = 30 * 86_400_000;

/** Drafts and duplicates do not count, on either side. */
const REPEATS = `SELECT c.id AS case_id, c.customer, c.place FROM cases c
  WHERE ${within("c.opened_at")} AND c.counted = 1 AND c.customer IS NOT NULL
    AND EXISTS (SELECT 1 FROM cases o WHERE o.customer = c.customer AND o.counted = 1
      AND o.opened_at >= c.opened_at - ${DAYS_30} AND o.opened_at < c.opened_at)`;

const MASKS: Readonly<Record<string, (value: string) => string>> = {
  p: maskPhone,
  a: maskAccount,
  e: maskEmail,
};

/** `p:13800005678` → `138****5678`. */
export function maskCustomer(key: string): string {
  return (MASKS[key[0] ?? ""] ?? maskAccount)(key.slice(2));
}

interface Repeated {
  customer: string;
  count: number;
  ref: string;
}

/** The customers who came again, each with the ref of his newest case. */
function repeated(scope: Scope): Repeated[] {
  return scope.shared("repeated", () =>
    scope.all<Repeated>(
      `SELECT customer, count, (SELECT c.ref FROM cases c WHERE c.place = newest) AS ref
       FROM (SELECT customer, count(*) AS count, max(place) AS newest FROM (${REPEATS}) GROUP BY customer)`,
    ),
  );
}

function rows(scope: Scope): Row[] {
  const found = repeated(scope);
  const total = found.reduce((sum, row) => sum + row.count, 0);
  return found
    .map(({ customer, count, ref }) => ({
      customer: maskCustomer(customer),
      count,
      share: count / total,
      ref: `${ref.slice(0, 4)}-${ref.slice(4)}`,
    }))
    .sort(
      (a, b) =>
        b.count - a.count ||
        (a.customer < b.customer ? -1 : a.customer > b.customer ? 1 : a.ref < b.ref ? -1 : 1),
    );
}

export const repeat: Section = {
  id: "repeat",
  facts: (scope) => {
    const cases = repeated(scope).reduce((sum, row) => sum + row.count, 0);
    return { repeat_cases: cases, rate: rate(cases, received(scope).received) };
  },
  lists: { repeat_cases: `SELECT case_id FROM (${REPEATS})` },
  rows,
  // A customer is named by the ref of his newest case, so that no command carries a phone number.
  rowKey: (row) => String(row.ref),
  rowCases: (key) => ({
    sql: `SELECT case_id FROM (${REPEATS}) WHERE customer = (SELECT c.customer FROM cases c WHERE c.ref = @ref)`,
    extra: { ref: key.replaceAll("-", "").toUpperCase() },
  }),
};
