/** Did we calm them: the mood of customers who began angry. */
import { CALMED, received, stageColumn, UPSET } from "../received.ts";
import { RECEIVED, type Scope } from "../scope.ts";
import { type Row, rate, type Section } from "../section.ts";

/** Per stage the mean of each case's last mark there. */
function rows(scope: Scope): Row[] {
  return received(scope)
    .stages.filter((s) => s.count > 0)
    .map(({ stage, count, sum }) => ({ stage, mean: sum / count, count }));
}

const STAGE_CASES = (stage: string) =>
  `SELECT c.id AS case_id FROM cases c WHERE ${RECEIVED} AND ${UPSET} AND c.${stageColumn(stage)} IS NOT NULL`;

export const mood: Section = {
  id: "mood",
  order: ["start_mean", "peak_mean", "end_mean", "calmed", "calmed_rate"],
  facts: (scope) => {
    const { upset, calmed, moodStart, moodPeak, moodEnd } = received(scope);
    const mean = (sum: number) => (upset === 0 ? undefined : sum / upset);
    return {
      start_mean: mean(moodStart),
      peak_mean: mean(moodPeak),
      end_mean: mean(moodEnd),
      calmed,
      calmed_rate: rate(calmed, upset),
    };
  },
  lists: { calmed: `SELECT c.id AS case_id FROM cases c WHERE ${RECEIVED} AND ${CALMED}` },
  rows,
  rowKey: (row) => String(row.stage),
  rowCases: (key, scope) => ({
    sql: received(scope).stages.some((s) => s.stage === key)
      ? STAGE_CASES(key)
      : "SELECT NULL AS case_id WHERE 0",
  }),
};
