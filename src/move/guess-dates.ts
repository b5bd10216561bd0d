/** In which formats the dates of a column are written, and whether the day or the month stands first. */
import type { ColumnStats } from "./column-stats.ts";
import { dateReader, type FoundDate, type ReadDate } from "./date-formats.ts";

export interface DateGuess {
  /** Formats in the order of how many values they read. */
  formats: string[];
  /** Share of the filled cells that they read. */
  share: number;
  /** Nothing told day and month apart but custom. */
  isUnsure: boolean;
  /** Milliseconds, the middle of what was seen. */
  middle: number;
}

const YEAR_FIRST = [
  "yyyy-M-d",
  "yyyy/M/d",
  "yyyy.M.d",
  "yyyy. M. d.",
  "yyyy. M. d",
  "yyyy年M月d日",
  "roc y/M/d",
  "roc y.M.d",
  "roc y-M-d",
  "roc y年M月d日",
  "wareki y年M月d日",
  "wareki y.M.d",
  "wareki y/M/d",
];
/** In which the month may stand first as well. */
const TWO_NUMBERS = ["d/M/yyyy", "d-M-yyyy", "d M yyyy", "d/M/yy", "d-M-yy"];
/** With full stops the day stands first in every country that writes so. */
const DOTTED = ["d.M.yyyy", "d.M.yy", "M.d.yyyy", "M.d.yy"];
const NAMED = [
  "d MMM yyyy",
  "d MMM yy",
  "d-MMM-yyyy",
  "d-MMM-yy",
  "d/MMM/yyyy",
  "d. MMM yyyy",
  "d 'de' MMMM 'de' yyyy",
  "MMM d, yyyy",
  "MMM d yyyy",
  "EEE, d MMM yyyy",
  "EEE MMM d yyyy",
  "yyyy MMM d",
  "yyyy-MMM-d",
];
const TIMES = [
  "",
  " H:mm",
  " H:mm:ss",
  " H:mm:ss.SSS",
  " h:mm a",
  " h:mm:ss a",
  ", H:mm",
  ", H:mm:ss",
  ", h:mm a",
  ", h:mm:ss a",
  "'T'H:mm:ss",
  "'T'H:mm",
  " H.mm",
  " H'h'mm",
  " aH:mm",
  " a h:mm",
  " aH:mm:ss",
  " a h:mm:ss",
  " H时m分",
  " H时m分s秒",
  " H時m分",
  " H時m分s秒",
  " aH时m分",
  " aH時m分",
  " - H:mm",
  " H:mm XXX",
  " H:mm:ss XXX",
  " H:mm 'Uhr'",
  " 'at' h:mm a",
];
/** Nothing need stand between 日 and the time. */
const TIMES_AFTER_CHINESE = [
  "H:mm",
  "H:mm:ss",
  "aH:mm",
  "aH:mm:ss",
  "H时m分",
  "H时m分s秒",
  "H時m分",
  "H時m分s秒",
  "aH时m分",
  "aH時m分",
  "H时",
  "H時",
];

interface Candidate {
  format: string;
  read: ReadDate;
  /** The same with month and day in each other's place. */
  swapped?: string;
}

let all: Candidate[] | undefined;

function candidates(): Candidate[] {
  if (all) return all;
  const lazy = (format: string): ReadDate => {
    let read: ReadDate | undefined;
    return (text) => {
      read ??= dateReader(format);
      return read(text);
    };
  };
  const make = (format: string, swapped?: string): Candidate => ({
    format,
    read: lazy(format),
    ...(swapped === undefined ? {} : { swapped }),
  });
  const timed = (date: string): string[] =>
    [...TIMES, ...(date.endsWith("日") ? TIMES_AFTER_CHINESE : [])].map((time) => date + time);
  const swap = (date: string) => date.replace("d", "?").replace("M", "d").replace("?", "M");
  all = [
    make("iso"),
    ...[...YEAR_FIRST, ...NAMED, ...DOTTED].flatMap(timed).map((format) => make(format)),
    ...TWO_NUMBERS.flatMap((date) =>
      TIMES.flatMap((time) => [make(date + time, swap(date) + time), make(swap(date) + time, date + time)]),
    ),
    make("EEE MMM d H:mm:ss yyyy"),
    make("EEE, d MMM yyyy H:mm:ss XXX"),
    make("T"),
    make("t"),
    make("excel"),
  ];
  return all;
}

/** Dates as bare numbers: seconds or milliseconds since 1970, days since 1899. */
export type BareDate = "t" | "T" | "excel";

const BARE: ReadonlySet<string> = new Set<BareDate>(["t", "T", "excel"]);
const YEAR_2000 = Date.UTC(2000, 0, 1);

/** A bare number is a date only among the years that complaints are kept for. */
function isLikely({ read }: Candidate, text: string, now: Date): boolean {
  const ms = read(text)?.ms;
  return ms !== undefined && ms >= YEAR_2000 && ms <= +now + 400 * 86_400_000;
}

function usable(bare: ReadonlySet<BareDate>, samples: readonly string[], now: Date): Candidate[] {
  return candidates().filter(
    (one) =>
      !BARE.has(one.format) ||
      (bare.has(one.format as BareDate) && samples.every((text) => isLikely(one, text, now))),
  );
}

/** Candidates that read every sample of a shape, or most of them where a value or two is spoiled. */
function fitting(samples: readonly string[], count: number, possible: readonly Candidate[]): Candidate[] {
  const strict = possible.filter(({ read }) => samples.every(read));
  if (strict.length > 0 || count < 4) return strict;
  const enough = samples.length * 0.7;
  return possible.filter(({ read }) => samples.filter(read).length >= enough);
}

/** The distance from row to row, in all; files are mostly in the order of time. */
function unrest(texts: readonly string[], read: (text: string) => FoundDate | undefined): number {
  let sum = 0;
  let last: number | undefined;
  for (const text of texts) {
    const ms = read(text)?.ms;
    if (ms === undefined) continue;
    if (last !== undefined) sum += Math.abs(ms - last);
    last = ms;
  }
  return sum;
}

export interface DateCustom {
  now: Date;
  /** Where nothing else tells: the month stands first. */
  monthFirst: boolean;
}

/** Of two readings the one that is right for more values, lies in the past and goes on steadily. */
function choose(
  one: Candidate,
  other: Candidate,
  stats: ColumnStats,
  custom: DateCustom,
): { format: string; isUnsure: boolean } {
  const texts = [...stats.shapes.values()].flatMap((shape) => shape.samples);
  const count = (c: Candidate) => texts.filter((text) => c.read(text)).length;
  const future = (c: Candidate) =>
    texts.filter((text) => (c.read(text)?.ms ?? 0) > +custom.now + 2 * 86_400_000).length;
  const [a, b] = [count(one), count(other)];
  if (a !== b) return { format: (a > b ? one : other).format, isUnsure: false };
  const [fa, fb] = [future(one), future(other)];
  if (fa !== fb) return { format: (fa < fb ? one : other).format, isUnsure: false };
  const [ua, ub] = [unrest(stats.first, one.read), unrest(stats.first, other.read)];
  if (stats.first.length > 8 && Math.max(ua, ub) > 2 * Math.min(ua, ub))
    return { format: (ua < ub ? one : other).format, isUnsure: false };
  const isMonthFirst = (c: Candidate) => c.format.indexOf("M") < c.format.indexOf("d");
  return { format: (isMonthFirst(one) === custom.monthFirst ? one : other).format, isUnsure: true };
}

/** Guesses the formats of a column; undefined: it holds no dates. */
export function guessDates(
  stats: ColumnStats,
  custom: DateCustom,
  bare: ReadonlySet<BareDate>,
): DateGuess | undefined {
  const counts = new Map<string, number>();
  let read = 0;
  let isUnsure = false;
  const middles: number[] = [];
  for (const { count, samples } of stats.shapes.values()) {
    const found = fitting(samples, count, usable(bare, samples, custom.now));
    const [first] = found;
    if (!first) continue;
    const other =
      first.swapped === undefined ? undefined : found.find(({ format }) => format === first.swapped);
    const chosen = other ? choose(first, other, stats, custom) : { format: first.format, isUnsure: false };
    isUnsure ||= chosen.isUnsure;
    counts.set(chosen.format, (counts.get(chosen.format) ?? 0) + count);
    read += count;
    const reader = dateReader(chosen.format);
    for (const text of samples) middles.push(reader(text)?.ms ?? 0);
  }
  if (read === 0) return undefined;
  const formats = [...counts].sort((a, b) => b[1] - a[1]).map(([format]) => format);
  middles.sort((a, b) => a - b);
  return { formats, share: read / stats.filled, isUnsure, middle: middles[middles.length >> 1] ?? 0 };
}
