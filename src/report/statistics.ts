/** Percentiles, and the Poisson tail of the spike test. */

/** Percentiles (0–1) by linear interpolation between closest ranks. Undefined where there is no value. */
export function percentiles(values: readonly number[], at: readonly number[]): (number | undefined)[] {
  if (values.length === 0) return at.map(() => undefined);
  const sorted = Float64Array.from(values).sort();
  return at.map((p) => {
    const rank = p * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(rank)]!, sorted[Math.ceil(rank)]!];
    return low + (high - low) * (rank - Math.floor(rank));
  });
}

/** A sum that loses nothing to rounding on the way (Neumaier's), as SQLite's own. */
export function sumOf(values: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
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
