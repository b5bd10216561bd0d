/** How old the cases are that are not closed. */
import { ageMoment, ages, BUCKET_OF, BUCKETS, NOT_CLOSED, oldestOpened } from "../backlog.ts";
import type { Section } from "../section.ts";

const DAY = 86_400_000;

export const ageing: Section = {
  id: "ageing",
  facts: (scope) => {
    const oldest = oldestOpened(scope);
    return { oldest: oldest === undefined ? undefined : (ageMoment(scope) - oldest) / DAY };
  },
  rows: (scope) => ages(scope).map(({ bucket, count }) => ({ bucket, count })),
  rowKey: (row) => (Number(row.count) > 0 ? BUCKETS.find((b) => b.bucket === row.bucket)?.key : undefined),
  rowCases: (key, scope) => ({
    sql: `SELECT case_id FROM (${NOT_CLOSED.end}) WHERE ${BUCKET_OF} = @bucket`,
    extra: { bucket: BUCKETS.findIndex((b) => b.key === key), at: ageMoment(scope) },
  }),
};
