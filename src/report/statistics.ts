/** Percentiles in the database, and the Poisson tail of the spike test. */
import type { Scope } from "./scope.ts";

/**
 * Percentiles (0–1) of `values`, a SELECT with one column `v`, by linear interpolation between closest ranks.
 * Undefined where there is no value.
 */
export function percentiles(
  scope: Scope,
  values: string,
  at: readonly number[],
  extra: Record<string, unknown> = {},
): (number | undefined)[] {
  const n = scope.one<{ n: number }>(`SELECT count(*) AS n FROM (${values})`, extra).n ?? 0;
  if (n === 0) return at.map(() => undefined);
  const ranks = at.map((p) => p * (n - 1));
  const valueAt = new Map<number, number>();
  for (const rank of ranks) {
    const low = Math.floor(rank);
    const rows = scope.all<{ v: number }>(
      `SELECT v FROM (${values}) ORDER BY v LIMIT 2 OFFSET ${low}`,
      extra,
    );
    for (const [i, { v }] of rows.entries()) valueAt.set(low + i, v);
  }
  return ranks.map((rank) => {
    const [low, high] = [valueAt.get(Math.floor(rank))!, valueAt.get(Math.ceil(rank))!];
    return low + (high - low) * (rank - Math.floor(rank));
  });
}

/** P(X ≥ count) for a Poisson variable of the given mean. */
export function poissonTail(count: number, mean: number): number {
  if (count <= 0) return 1;
  if (mean <= 0) return 0;
  // Summed from the smaller side: the tail itself where the mean lies below the count, so that tiny values stay exact.
  const logTerm = (k: number) => k * Math.log(mean) - mean - logFactorial(k);
  let sum = 0;
  if (count > mean) {
    for (let k = count, term = Math.exp(logTerm(k)); term > 0; k++, term *= mean / k) {
      sum += term;
      if (term < sum * 1e-17) break;
    }
    return Math.min(1, sum);
  }
  for (let k = 0; k < count; k++) sum += Math.exp(logTerm(k));
  return Math.max(0, 1 - sum);
}

function logFactorial(n: number): number {
  let sum = 0;
  for (let k = 2; k <= n; k++) sum += Math.log(k);
  return sum;
}
