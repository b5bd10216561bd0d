/** Stretches of days without a row that chance does not explain: a part of the file may be missing. */

export interface DayGap {
  from: string;
  to: string;
}

const DAY = 86_400_000;
const WINDOW = 14;
/** Fewer rows around a gap tell nothing of what is usual. */
const ENOUGH = 12;
const MOST = 5;

const dayText = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** How many days without a row are usual: nearly all gaps are at most as long (weekends). */
function usualGap(days: readonly number[]): number {
  const gaps = days.slice(1).map((day, i) => day - days[i]! - 1);
  gaps.sort((a, b) => a - b);
  return gaps[Math.floor(gaps.length * 0.95)] ?? 0;
}

/**
 * Gaps in `counts` (rows per day since 1970), the longest first. With the rate of the two weeks on either side, so many
 * days without a row have a chance of less than 1 in 100 for the whole file.
 */
export function dayGaps(counts: ReadonlyMap<number, number>): DayGap[] {
  const days = [...counts.keys()].sort((a, b) => a - b);
  const usual = usualGap(days);
  const gaps = days.slice(1).flatMap((day, i) => {
    const before = days[i]!;
    const length = day - before - 1;
    if (length < 3 || length <= 2 * usual) return [];
    let near = 0;
    for (let d = 0; d < WINDOW; d++) near += (counts.get(before - d) ?? 0) + (counts.get(day + d) ?? 0);
    const expected = near < ENOUGH ? 0 : (near / (2 * WINDOW)) * length;
    return expected >= Math.log(100 * days.length)
      ? [{ from: dayText(before + 1), to: dayText(day - 1), length }]
      : [];
  });
  return gaps.sort((a, b) => b.length - a.length).slice(0, MOST);
}
