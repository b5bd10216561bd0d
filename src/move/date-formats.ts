/**
 * Dates as other systems write them, by Unicode date tokens. date-fns needs 130 µs for one in a time zone and reads the
 * year of "05/03/24" with "yyyy" as 24, so the usual tokens are compiled here; the rest goes to date-fns.
 */
import { parse } from "date-fns/parse";
import { monthNumber } from "./month-names.ts";

/** A local time as if it were UTC, or an instant. */
export interface FoundDate {
  ms: number;
  /** `ms` is an instant already: there was an offset. */
  isInstant: boolean;
  hasTime: boolean;
}

export type ReadDate = (text: string) => FoundDate | undefined;

interface Parts {
  year?: number;
  month?: number;
  day?: number;
  hour?: number;
  minute?: number;
  second?: number;
  ms?: number;
  isPm?: boolean;
  hour12?: number;
  /** Milliseconds to take away for UTC. */
  offset?: number;
}

const YEARS = { from: 1900, to: 2200 };

/** Two digits mean the century that ends twenty years from now. */
function fullYear(two: number): number {
  const year = new Date().getUTCFullYear() + 20;
  const century = Math.floor(year / 100) * 100;
  return two <= year % 100 ? century + two : century - 100 + two;
}

function toDate(p: Parts): FoundDate | undefined {
  const { year, month = 1, day = 1, minute = 0, second = 0, ms = 0 } = p;
  const hour = p.hour12 === undefined ? (p.hour ?? 0) : (p.hour12 % 12) + (p.isPm ? 12 : 0);
  if (year === undefined || year < YEARS.from || year > YEARS.to) return undefined;
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return undefined;
  if (p.hour12 !== undefined && (p.hour12 < 1 || p.hour12 > 12)) return undefined;
  const date = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  if (new Date(date).getUTCDate() !== day) return undefined;
  const hasTime = p.hour !== undefined || p.hour12 !== undefined;
  return { ms: date - (p.offset ?? 0), isInstant: p.offset !== undefined, hasTime };
}

function offsetOf(text: string): number {
  const found = /^(?:GMT|UTC)?([+-])(\d{1,2}):?(\d{2})?$/i.exec(text);
  if (!found) return 0;
  return (found[1] === "-" ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3] ?? 0)) * 60_000;
}

const PM = /^(p|下午|晚|午後|오후|中午|傍晚)/i;

type Token = { pattern: string; take?: (parts: Parts, text: string) => boolean };

const number = (pattern: string, key: "month" | "day" | "hour" | "hour12" | "minute" | "second"): Token => ({
  pattern,
  take: (p, text) => {
    p[key] = Number(text);
    return true;
  },
});
const year = (pattern: string): Token => ({
  pattern,
  take: (p, text) => {
    p.year = text.length === 2 ? fullYear(Number(text)) : Number(text);
    return true;
  },
});
const fraction: Token = {
  pattern: "\\d{1,9}",
  take: (p, text) => {
    p.ms = Math.floor(Number(`0.${text}`) * 1000);
    return true;
  },
};
const monthName: Token = {
  pattern: "\\d{0,2}[\\p{L}\\p{M}][\\p{L}\\p{M}.]*",
  take: (p, text) => {
    const month = monthNumber(text);
    if (month !== undefined) p.month = month;
    return month !== undefined;
  },
};
const half: Token = {
  pattern: "(?:[ap]\\.?\\s?m\\.?|上午|下午|中午|凌晨|清晨|早上|晚上|傍晚|午前|午後|오전|오후)",
  take: (p, text) => {
    p.isPm = PM.test(text);
    return true;
  },
};
const zone: Token = {
  pattern: "(?:Z|(?:GMT|UTC)?[+-]\\d{1,2}(?::?\\d{2})?|GMT|UTC)",
  take: (p, text) => {
    p.offset = offsetOf(text);
    return true;
  },
};
const weekday: Token = { pattern: "[\\p{L}\\p{M}.]+?" };
const two = "\\d{1,2}";

const TOKENS: Readonly<Record<string, Token>> = {
  y: year("\\d{2}|\\d{4}"),
  yy: year("\\d{2}"),
  yyyy: year("\\d{4}"),
  u: year("\\d{4}"),
  uuuu: year("\\d{4}"),
  M: number(two, "month"),
  MM: number(two, "month"),
  MMM: monthName,
  MMMM: monthName,
  LLL: monthName,
  LLLL: monthName,
  d: number(two, "day"),
  dd: number(two, "day"),
  H: number(two, "hour"),
  HH: number(two, "hour"),
  h: number(two, "hour12"),
  hh: number(two, "hour12"),
  m: number(two, "minute"),
  mm: number("\\d{2}", "minute"),
  s: number(two, "second"),
  ss: number("\\d{2}", "second"),
  S: fraction,
  SS: fraction,
  SSS: fraction,
  SSSSSS: fraction,
  a: half,
  aa: half,
  aaa: half,
  aaaa: half,
  b: half,
  ...Object.fromEntries(
    ["X", "XX", "XXX", "x", "xx", "xxx", "Z", "O", "OOOO", "z"].map((name) => [name, zone]),
  ),
  ...Object.fromEntries(["E", "EE", "EEE", "EEEE"].map((name) => [name, weekday])),
};

/** Tokens, quoted text and everything else, as Unicode TR 35 and date-fns cut a format. */
const PIECES = /([a-zA-Z])\1*o?|''|'((?:[^']|'')+)'|\s+|./gu;

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

interface Compiled {
  tokens: Token[];
  pattern: RegExp;
}

/** Undefined: a token is in it that only date-fns reads. */
function compile(format: string): Compiled | undefined {
  const tokens: Token[] = [];
  let pattern = "";
  for (const [piece, letter, quoted] of format.matchAll(PIECES)) {
    if (piece === "''") pattern += "'";
    else if (quoted !== undefined) pattern += literal(quoted.replaceAll("''", "'"));
    else if (/^\s+$/.test(piece)) pattern += "\\s+";
    else if (letter === undefined) pattern += literal(piece);
    else {
      const token = Object.hasOwn(TOKENS, piece) ? TOKENS[piece] : undefined;
      if (!token) return undefined;
      pattern += token.take ? `(${token.pattern})` : `(?:${token.pattern})`;
      if (token.take) tokens.push(token);
    }
  }
  return { tokens, pattern: new RegExp(`^${pattern}$`, "iu") };
}

/** `… GMT+0800 (China Standard Time)`, as JavaScript writes a date. */
const ZONE_NAME = /\s*\([^()]{1,60}\)$/;

function withTokens({ tokens, pattern }: Compiled): ReadDate {
  return (text) => {
    const found =
      pattern.exec(text) ?? (text.endsWith(")") ? pattern.exec(text.replace(ZONE_NAME, "")) : null);
    if (!found) return undefined;
    const parts: Parts = {};
    const isGood = tokens.every((token, i) => token.take!(parts, found[i + 1]!));
    return isGood ? toDate(parts) : undefined;
  };
}

/** The tokens that are not compiled here; the machine's own zone must not get into the result. */
function withDateFns(format: string): ReadDate {
  const hasTime = /[HhKkms]/.test(format.replace(/'[^']*'/g, ""));
  return (text) => {
    const date = parse(text, format, new Date(2000, 0, 1));
    if (Number.isNaN(+date)) return undefined;
    const year = date.getFullYear();
    if (year < YEARS.from || year > YEARS.to) return undefined;
    const ms = Date.UTC(
      year,
      date.getMonth(),
      date.getDate(),
      date.getHours(),
      date.getMinutes(),
      date.getSeconds(),
    );
    return { ms: ms + date.getMilliseconds(), isInstant: false, hasTime };
  };
}

const ISO =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[T\s]\s*(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

const iso: ReadDate = (text) => {
  const found = ISO.exec(text);
  if (!found) return undefined;
  const [, y, mo, d, h, mi, s, f, z] = found;
  return toDate({
    year: Number(y),
    month: Number(mo),
    day: Number(d),
    ...(h === undefined ? {} : { hour: Number(h), minute: Number(mi), second: Number(s ?? 0) }),
    ...(f === undefined ? {} : { ms: Math.floor(Number(`0.${f}`) * 1000) }),
    ...(z === undefined ? {} : { offset: offsetOf(z) }),
  });
};

const DAY = 86_400_000;

/** Days since the end of 1899, as spreadsheets count. */
const excel: ReadDate = (text) => {
  if (!/^\d{4,6}(?:\.\d+)?$/.test(text)) return undefined;
  const serial = Number(text);
  const ms = Date.UTC(1899, 11, 30) + Math.round(serial * DAY);
  const year = new Date(ms).getUTCFullYear();
  if (year < YEARS.from || year > YEARS.to) return undefined;
  return { ms, isInstant: false, hasTime: !Number.isInteger(serial) };
};

/** Seconds (`t`) or milliseconds (`T`) since 1970. */
function epoch(unit: number): ReadDate {
  const digits = unit === 1 ? /^\d{12,14}$/ : /^\d{9,11}(?:\.\d+)?$/;
  return (text) =>
    digits.test(text) ? { ms: Math.round(Number(text) * unit), isInstant: true, hasTime: true } : undefined;
}

const ROC = /^roc(?:\s+(.+))?$/;

const ROC_YEAR = /^(?:(?:中華)?民[國国]\s*(\d{1,3})|(\d{3}))(?=\D)/;

/** Years of the Republic of China (民國), as Taiwan's authorities and many of its systems count: three digits since 2011. */
function republic(format: string): ReadDate {
  const inner = dateReader(format.replace(/y+/, "yyyy"));
  return (text) => {
    const found = ROC_YEAR.exec(text);
    if (!found) return undefined;
    return inner(`${Number(found[1] ?? found[2]) + 1911}${text.slice(found[0].length)}`);
  };
}

const WAREKI = /^wareki(?:\s+(.+))?$/;

/** The year before the first of an era. */
const ERAS: Readonly<Record<string, number>> = {
  令和: 2018,
  R: 2018,
  平成: 1988,
  H: 1988,
  昭和: 1925,
  S: 1925,
};
const ERA_YEAR = /^(令和|平成|昭和|[RHS])\s*(\d{1,2}|元)(?=\D)/;

/** Years of the Japanese eras (令和8年 is 2026). */
function wareki(format: string): ReadDate {
  const inner = dateReader(format.replace(/y+/, "yyyy"));
  return (text) => {
    const found = ERA_YEAR.exec(text);
    if (!found) return undefined;
    const year = ERAS[found[1]!]! + (found[2] === "元" ? 1 : Number(found[2]));
    return inner(`${year}${text.slice(found[0].length)}`);
  };
}

const SPECIAL: Readonly<Record<string, ReadDate>> = { iso, excel, t: epoch(1000), T: epoch(1) };

/** What reads dates of one format: date tokens, `iso`, `excel`, `roc` and `wareki` (with or without tokens), `t`, `T`. */
export function dateReader(format: string): ReadDate {
  if (Object.hasOwn(SPECIAL, format)) return SPECIAL[format]!;
  const roc = ROC.exec(format);
  if (roc) return republic(roc[1] ?? "y/M/d");
  const era = WAREKI.exec(format);
  if (era) return wareki(era[1] ?? "y年M月d日");
  const compiled = compile(format);
  return compiled ? withTokens(compiled) : withDateFns(format);
}

const MOMENT: Readonly<Record<string, string>> = { YYYY: "yyyy", YY: "yy", DD: "dd", D: "d" };

/** What is wrong with a date format, in English like the tokens; undefined: nothing. */
export function dateFormatProblem(format: string): string | undefined {
  if (Object.hasOwn(SPECIAL, format) || ROC.test(format) || WAREKI.test(format)) return undefined;
  const pieces = [...format.matchAll(PIECES)].filter(([, letter]) => letter !== undefined);
  const wrong = pieces.find(([piece]) => Object.hasOwn(MOMENT, piece));
  if (wrong) return `"${wrong[0]}" is no date token here; write ${MOMENT[wrong[0]]}`;
  if (pieces.length === 0) return "no date token is in it (such as dd/MM/yyyy HH:mm, or iso)";
  if (compile(format)) return undefined;
  try {
    parse("2000", format, new Date(2000, 0, 1));
    return undefined;
  } catch (error) {
    return (error as Error).message.split(";")[0];
  }
}
