/** Which cases were not closed at a moment, from the closings of each: for the backlog and its age. */
import { counts, countsIn, type Scope } from "./scope.ts";

type Moment = "end" | "begin";

/** Closings before the moment that held until after it. */
const heldClosed = (moment: string) => `FROM closings k WHERE k.until >= @${moment} AND k.at < @${moment}`;

const staleOf = (moment: Moment) => (moment === "end" ? "@stale" : "@staleBegin");

/** Not closed now, and closed only after the moment; the few that were closed then and reopened since are to be taken off. */
function notYet(moment: Moment, columns: string): [live: string, later: string] {
  const from = (where: string) =>
    `SELECT ${columns} FROM cases c WHERE ${where} AND c.opened_at < @${moment} AND ${counts(staleOf(moment))}`;
  return [from("c.status <> 'closed'"), from(`c.closed_at IS NOT NULL AND c.closed_at >= @${moment}`)];
}

function list(moment: Moment): string {
  const [live, later] = notYet(moment, "c.id AS case_id, c.opened_at");
  return `SELECT case_id, opened_at FROM (${live} UNION ALL ${later}) WHERE case_id NOT IN (SELECT k.case_id ${heldClosed(moment)})`;
}

/** SELECT of `case_id, opened_at` of the cases not closed at the period's end (or now, if earlier), and at its start. */
export const NOT_CLOSED: Readonly<Record<Moment, string>> = { end: list("end"), begin: list("begin") };

/** When the cases were opened that were closed at the moment and reopened since. */
function takenOff(moment: Moment): string {
  return `SELECT (SELECT c.opened_at FROM cases c WHERE c.id = k.case_id) AS v
    ${heldClosed(moment)} AND ${countsIn("k", staleOf(moment))}`;
}

/**
 * When each case was opened that was not closed at the moment, oldest first. No index need hold the ids: of the times,
 * those of the cases to be taken off are left out.
 */
function opened(scope: Scope, moment: Moment): number[] {
  return scope.shared(`opened-${moment}`, () => {
    const [live, later] = notYet(moment, "c.opened_at AS v");
    const times = scope.numbers(`${live} UNION ALL ${later}`).sort((a, b) => a - b);
    const off = scope.numbers(takenOff(moment)).sort((a, b) => a - b);
    let next = 0;
    return times.filter((at) => {
      const isOff = at === off[next];
      if (isOff) next++;
      return !isOff;
    });
  });
}

export function openAt(scope: Scope, moment: Moment): number {
  return opened(scope, moment).length;
}

/** Buckets of age in days: from (included) and to (excluded; the last two: 15 days are not yet over 15). */
export const BUCKETS = [
  { bucket: "0–1", key: "0-1", from: 0, to: 1 },
  { bucket: "1–3", key: "1-3", from: 1, to: 3 },
  { bucket: "3–7", key: "3-7", from: 3, to: 7 },
  { bucket: "7–12", key: "7-12", from: 7, to: 12 },
  { bucket: "12–15", key: "12-15", from: 12, to: 15 },
  { bucket: ">15", key: "over-15", from: 15, to: Number.POSITIVE_INFINITY },
] as const;

/** Number of the bucket for an age in milliseconds. */
function bucketOf(age: number): number {
  const found = BUCKETS.findIndex(({ to }, i) => (i === 4 ? age <= to * 86_400_000 : age < to * 86_400_000));
  return found;
}

/** The same in SQL, for a case opened at `opened_at`, at the moment `@at`. */
export const BUCKET_OF = `CASE ${BUCKETS.slice(0, 5)
  .map(({ to }, i) => `WHEN @at - opened_at ${i === 4 ? "<=" : "<"} ${to * 86_400_000} THEN ${i}`)
  .join(" ")} ELSE 5 END`;

/** The age of a case is taken at the period's end, or now. */
export function ageMoment({ bounds }: Scope): number {
  return Math.min(bounds.to, bounds.now);
}

export function ages(scope: Scope): { bucket: string; key: string; count: number }[] {
  const at = ageMoment(scope);
  const counts = BUCKETS.map(() => 0);
  for (const openedAt of opened(scope, "end")) counts[bucketOf(at - openedAt)]!++;
  return BUCKETS.map(({ bucket, key }, i) => ({ bucket, key, count: counts[i]! }));
}

/** When the oldest case that was not closed at the end was opened; undefined: there is none. */
export function oldestOpened(scope: Scope): number | undefined {
  return opened(scope, "end")[0];
}
