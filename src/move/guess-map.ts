/** Proposes a map for a file that nobody has described: from the names of its columns and what stands in them. */
import type { Taxonomies } from "../core/field.ts";
import { kebab } from "./cell-values.ts";
import type { ColumnStats, FileStats } from "./column-stats.ts";
import { type BareDate, type DateCustom, type DateGuess, guessDates } from "./guess-dates.ts";
import { headerScore, meaningOf, type ValueKind } from "./guess-words.ts";
import type { Column, FieldRule, Format, Target } from "./import-map.ts";

export interface MapGuess {
  id?: Column;
  fields: Partial<Record<Target, FieldRule>>;
  /** Dates in which nothing told day and month apart. */
  unsure: Target[];
  /** Columns that are used nowhere. */
  unused: string[];
}

export interface GuessContext {
  custom: DateCustom;
  taxonomies: Taxonomies;
  format: Format;
}

interface Seen {
  stats: ColumnStats;
  dates: DateGuess | undefined;
  rows: number;
}

const meanLength = ({ stats }: Seen): number => (stats.filled === 0 ? 0 : stats.letters / stats.filled);
const fill = ({ stats, rows }: Seen): number => (rows === 0 ? 0 : stats.filled / rows);
const share = (n: number, { stats }: Seen): number => (stats.filled === 0 ? 0 : n / stats.filled);
const isDate = (seen: Seen): boolean => (seen.dates?.share ?? 0) >= 0.8;
/** A few values again and again: a column of kinds. */
const isKind = (seen: Seen): boolean =>
  !isDate(seen) &&
  seen.stats.filled > 0 &&
  seen.stats.distinct <= Math.max(12, Math.min(400, seen.stats.filled * 0.4)) &&
  meanLength(seen) <= 120;
const isText = (seen: Seen): boolean => !isDate(seen) && share(seen.stats.numbers, seen) < 0.5;
const valuesOf = ({ stats }: Seen): string[] => [...stats.values.keys()];

/** Sentences: several words, mostly letters, no code. */
const isProse = ({ stats }: Seen): boolean => {
  const proseLike = stats.first.filter((text) => {
    const letters = text.match(/\p{L}/gu)?.length ?? 0;
    const words =
      text.split(/\s+/).length >= 4 ||
      (text.match(/\p{Script=Han}|[\u3040-\u30ff\uac00-\ud7a3]/gu)?.length ?? 0) >= 8;
    return words && letters > text.length * 0.5 && !/^[{[<]/.test(text);
  });
  return proseLike.length > stats.first.length * 0.6;
};

/** What the values of a column must be like for a target; what cannot be read would be a mistake in every row. */
const FITS: Partial<Record<Target, (seen: Seen) => boolean>> = {
  opened_at: (s) => isDate(s) && fill(s) >= 0.8,
  closed_at: isDate,
  incident_at: (s) => (s.dates?.share ?? 0) === 1,
  status: (s) => isKind(s) && s.stats.distinct <= 40,
  channel: (s) => isKind(s) && s.stats.distinct <= 60,
  category: isKind,
  cause: isKind,
  severity: (s) =>
    isKind(s) && !s.stats.isVaried && valuesOf(s).every((v) => meaningOf("severity", v) !== undefined),
  satisfaction: (s) =>
    !s.stats.isVaried &&
    valuesOf(s).every((v) => /^[1-5](?:\.0+)?$/.test(v) || meaningOf("satisfaction", v) !== undefined),
  words: (s) => isText(s) && meanLength(s) >= 6,
  summary: (s) => isText(s) && meanLength(s) >= 4,
  note: isText,
  customer_email: (s) => share(s.stats.emails, s) >= 0.5,
  customer_phone: (s) => share(s.stats.phones, s) >= 0.5,
  customer_name: (s) => isText(s) && meanLength(s) <= 80,
  agent: (s) => isText(s) && meanLength(s) <= 60,
  owner: (s) => isText(s) && meanLength(s) <= 60,
};

/** In this order a column goes to the first of two that want it equally. */
const ORDER: readonly Target[] = [
  "opened_at",
  "closed_at",
  "status",
  "words",
  "category",
  "cause",
  "channel",
  "customer_phone",
  "customer_email",
  "customer_name",
  "customer_account",
  "customer_address",
  "severity",
  "summary",
  "department",
  "agent",
  "owner",
  "product",
  "incident_at",
  "incident_place",
  "place",
  "demand",
  "responsible_party",
  "satisfaction",
  "note",
];

/** Long texts are more likely what the customer said. */
function bonus(target: Target, seen: Seen): number {
  if (target === "words") return Math.min(12, meanLength(seen) / 10);
  if (target === "opened_at") return fill(seen) * 2;
  return 0;
}

function assign(columns: readonly Seen[]): Map<Target, Seen> {
  const wishes = columns.flatMap((seen) =>
    ORDER.flatMap((target, rank) => {
      const fits = FITS[target] ?? ((s: Seen) => !isDate(s));
      const score = seen.stats.filled > 0 && fits(seen) ? headerScore(seen.stats.name, target) : 0;
      return score >= 55 ? [{ target, seen, score: score + bonus(target, seen) - rank * 0.01 }] : [];
    }),
  );
  wishes.sort((a, b) => b.score - a.score);
  const chosen = new Map<Target, Seen>();
  const taken = new Set<Seen>();
  for (const { target, seen } of wishes) {
    if (chosen.has(target) || taken.has(seen)) continue;
    chosen.set(target, seen);
    taken.add(seen);
  }
  return chosen;
}

/** What the names do not say: the first dates, the longest text, the fewest kinds. */
function fillIn(chosen: Map<Target, Seen>, columns: readonly Seen[]): void {
  const free = () => columns.filter((seen) => ![...chosen.values()].includes(seen));
  if (!chosen.has("opened_at")) {
    const dates = free().filter((seen) => FITS.opened_at!(seen));
    dates.sort(
      (a, b) => b.dates!.share * fill(b) - a.dates!.share * fill(a) || a.dates!.middle - b.dates!.middle,
    );
    if (dates[0]) chosen.set("opened_at", dates[0]);
  }
  if (!chosen.has("words")) {
    // A column that hardly any row fills, such as an address of a few, is not what customers said.
    const isTold = (s: Seen) =>
      isText(s) &&
      fill(s) >= 0.1 &&
      meanLength(s) >= 12 &&
      s.stats.distinct > s.stats.filled / 2 &&
      isProse(s);
    const texts = free().filter(isTold);
    texts.sort((a, b) => meanLength(b) - meanLength(a));
    if (texts[0]) chosen.set("words", texts[0]);
  }
  // The only kind there is tells what the complaint is about.
  const only = chosen.get("cause");
  if (only && !chosen.has("category")) {
    chosen.set("category", only);
    chosen.delete("cause");
  }
  if (!chosen.has("category")) {
    const kinds = free().filter(
      (s) => isKind(s) && isText(s) && s.stats.distinct > 1 && s.stats.distinct <= 60 && fill(s) > 0.5,
    );
    const isPlain = (s: Seen) => s.stats.name === "";
    if (kinds[0] && isPlain(kinds[0])) chosen.set("category", kinds[0]);
  }
}

/** The column that names a row: hardly any value stands there twice. */
function guessId(columns: readonly Seen[], used: ReadonlySet<Seen>): Seen | undefined {
  const scored = columns.flatMap((seen) => {
    const { stats, rows } = seen;
    const isUnique = stats.distinct >= Math.min(stats.filled, 20_000) * 0.9 && stats.filled >= rows * 0.95;
    if (used.has(seen) || !isUnique || isDate(seen) || meanLength(seen) > 64) return [];
    const score =
      stats.name === "" ? (/^[\w-]{2,}$/.test(stats.first[0] ?? "") ? 56 : 0) : headerScore(stats.name, "id");
    return score >= 55 ? [{ seen, score }] : [];
  });
  scored.sort((a, b) => b.score - a.score);
  return scored[0]?.seen;
}

/** The values that stand in a column, each with what it means, as far as it is known. */
function meanings(seen: Seen, kind: ValueKind): Record<string, string> {
  const pairs = valuesOf(seen).flatMap((value): [string, string][] => {
    const id = meaningOf(kind, value);
    return id === undefined ? [] : [[value, id]];
  });
  return Object.fromEntries(pairs.sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

function ruleFor(target: Target, seen: Seen, context: GuessContext): FieldRule {
  const { column } = seen.stats;
  const values = (found: Record<string, string | number>) =>
    Object.keys(found).length > 0 ? { values: found } : {};
  if (target === "opened_at" || target === "closed_at" || target === "incident_at")
    return { column, dates: seen.dates!.formats };
  if (target === "status") return { column, ...values(meanings(seen, "status")), other: "open" };
  if (target === "channel") return { column, ...values(meanings(seen, "channel")), other: "other" };
  if (target === "satisfaction") {
    const found = meanings(seen, "satisfaction");
    return { column, ...values(Object.fromEntries(Object.entries(found).map(([v, n]) => [v, Number(n)]))) };
  }
  if (target === "severity") return { column, ...values(meanings(seen, "severity")) };
  if (target === "category" || target === "cause") {
    const ids = new Set(context.taxonomies[target] ?? []);
    // A value without any letter has no id of its own.
    const wordless = valuesOf(seen).filter((value) => kebab(value) === "");
    const other = ids.has("other") ? "other" : [...ids].at(-1);
    return {
      column,
      ...(wordless.length > 0 && other ? values(Object.fromEntries(wordless.map((v) => [v, other]))) : {}),
      other: "keep",
    };
  }
  return { column };
}

const DATES: readonly Target[] = ["opened_at", "closed_at", "incident_at", "received_at"];
const NO_BARE: ReadonlySet<BareDate> = new Set();
const MILLISECONDS: ReadonlySet<BareDate> = new Set(["T"]);
const EPOCH: ReadonlySet<BareDate> = new Set(["t", "T"]);
const ALL_BARE: ReadonlySet<BareDate> = new Set(["t", "T", "excel"]);

/** As which dates bare numbers of a column may be read: an id or a phone number is none, whatever it looks like. */
function bareDates(name: string, format: Format): ReadonlySet<BareDate> {
  const fits = (targets: readonly (Target | "id")[]) =>
    targets.some((target) => headerScore(name, target) >= 55);
  if (fits(["id", "customer_phone", "customer_account"])) return NO_BARE;
  if (format === "xlsx" || fits(DATES) || /\b(?:ts|epoch|unix)/i.test(name)) return ALL_BARE;
  return format === "json" || format === "jsonl" ? EPOCH : MILLISECONDS;
}

/** Times of day beside a day: two columns for one moment. */
const TIME_OF_DAY = /^(?:[ap]m|上午|下午)?\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?\s*(?:[ap]\.?m\.?)?$/i;
const TIME_FORMATS: readonly [RegExp, string][] = [
  [/^\d{1,2}:\d{2}$/, "H:mm"],
  [/^\d{1,2}:\d{2}:\d{2}$/, "H:mm:ss"],
  [/^\d{1,2}:\d{2}\s*[ap]\.?m\.?$/i, "h:mm a"],
  [/^\d{1,2}:\d{2}:\d{2}\s*[ap]\.?m\.?$/i, "h:mm:ss a"],
  [/^(?:上午|下午)\s*\d{1,2}:\d{2}$/, "aH:mm"],
];

/** The column right beside `day` that holds the time of day, and how it is written. */
function timeBeside(day: Seen, columns: readonly Seen[], used: ReadonlySet<Seen>) {
  const next = columns[columns.indexOf(day) + 1];
  if (!next || used.has(next) || fill(next) < 0.5) return undefined;
  const { first } = next.stats;
  if (!first.every((text) => TIME_OF_DAY.test(text))) return undefined;
  const format = TIME_FORMATS.find(([form]) => first.every((text) => form.test(text)))?.[1];
  return format === undefined ? undefined : { next, format };
}

/** The rule for the opening where its time stands in a column of its own. */
function withTime(rule: FieldRule, next: Seen, format: string): FieldRule {
  const days = rule.dates ?? [];
  return {
    columns: [rule.column!, next.stats.column],
    join: " ",
    dates: [...days.map((day) => `${day === "iso" ? "yyyy-M-d" : day} ${format}`), ...days],
  };
}

const isDayOnly = (format: string): boolean =>
  format === "iso" || !/[Hh]/.test(format.replace(/'[^']*'/g, ""));

/** Proposes a map. Without a column of dates there is none to propose: `fields` then lacks `opened_at`. */
export function guessMap({ rows, columns }: FileStats, context: GuessContext): MapGuess {
  const seen = columns.map((stats) => ({
    stats,
    rows,
    dates: guessDates(stats, context.custom, bareDates(stats.name, context.format)),
  }));
  const chosen = assign(seen);
  fillIn(chosen, seen);
  const id = guessId(seen, new Set(chosen.values()));
  const used = new Set<Seen>([...chosen.values(), ...(id ? [id] : [])]);
  const day = chosen.get("opened_at");
  const time = day && day.dates!.formats.every(isDayOnly) ? timeBeside(day, seen, used) : undefined;
  if (time) used.add(time.next);
  const fields = Object.fromEntries(
    ORDER.flatMap((target) => {
      const found = chosen.get(target);
      return found ? [[target, ruleFor(target, found, context)] as const] : [];
    }),
  ) as Partial<Record<Target, FieldRule>>;
  if (time) fields.opened_at = withTime(fields.opened_at!, time.next, time.format);
  // Codes that nobody here knows say less than the time of closing does.
  if (fields.status && !fields.status.values && fields.closed_at) {
    delete fields.status;
    used.delete(chosen.get("status")!);
  }
  return {
    ...(id ? { id: id.stats.column } : {}),
    fields,
    unsure: [...chosen].flatMap(([target, s]) =>
      s.dates?.isUnsure && fields[target]?.dates ? [target] : [],
    ),
    unused: seen.filter((s) => !used.has(s)).map((s) => s.stats.name || String(s.stats.column)),
  };
}
