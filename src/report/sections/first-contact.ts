/** Solved while the customer was still there. */
import { received } from "../received.ts";
import { RECEIVED } from "../scope.ts";
import { rate, type Section } from "../section.ts";

export const firstContact: Section = {
  id: "first_contact",
  facts: (scope) => {
    const { received: all, onSpot } = received(scope);
    return { resolved_on_spot: onSpot, rate: rate(onSpot, all) };
  },
  lists: { resolved_on_spot: `SELECT c.id AS case_id FROM cases c WHERE ${RECEIVED} AND c.on_spot = 1` },
};
