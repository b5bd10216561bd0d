/** Replies that people wrote and judged without knowing how they are heard: how far the ear agrees with them. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { MOVES, type Move } from "../../src/core/practice-case.ts";
import { beginTalk, reply } from "../../src/practice/talk.ts";
import { casesIn, ears, type Player, type PracticeLocale, play, unknownLines } from "./practice-world.ts";

const FOLDER = join(import.meta.dirname, "..", "fixtures", "practice");

export const WRITTEN = ["en", "zh-CN"] as const;
export type Written = (typeof WRITTEN)[number];
/** The second open set came later; calls were written with the first two only. */
export const HALVES = ["dev", "dev2", "held"] as const;
export type Half = (typeof HALVES)[number];
export const VERDICTS = ["calms", "nothing", "hurts"] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface JudgedRow {
  case: string;
  /** 1: the first turn of the very good run. */
  turn: number;
  text: string;
  verdict: Verdict;
  must: Move[];
  mustNot: Move[];
}

export interface HeardRow extends JudgedRow {
  heard: Verdict;
  sum: number;
  moves: Move[];
}

const rowsOf = (name: string): string[][] => {
  const path = join(FOLDER, name);
  if (!existsSync(path)) throw new Error(`no file ${name}`);
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => line.split("\t"));
};

function movesIn(list: string | undefined): Move[] {
  const moves = (list ?? "").split(",").map((m) => m.trim());
  return moves.filter((m): m is Move => (MOVES as readonly string[]).includes(m));
}

export function judgedRows(written: Written, half: Half): JudgedRow[] {
  return rowsOf(`judged.${written}.${half}.tsv`).map(([name, turn, text, verdict, must, mustNot]) => ({
    case: name!,
    turn: Number(turn),
    text: text!,
    verdict: verdict as Verdict,
    must: movesIn(must),
    mustNot: movesIn(mustNot),
  }));
}

const verdictOf = (sum: number): Verdict => (sum < 0 ? "calms" : sum > 0 ? "hurts" : "nothing");

/** What is heard in the reply after the turns before it were said as the very good run says them. */
export function hearRow(row: JudgedRow, locale: PracticeLocale, text = row.text): HeardRow {
  const c = casesIn(locale).find((x) => x.id === row.case);
  const lines = c?.reference_runs?.very_good;
  if (!c || !lines?.[row.turn - 1]) throw new Error(`no turn ${row.turn} in ${row.case}`);
  let talk = beginTalk({ case: c, level: 2, seed: 1, andIfNot: ["?"] });
  for (const line of lines.slice(0, row.turn - 1)) talk = reply(talk, line.says, ears);
  const { sum, moves } = reply({ ...talk, case: unknownLines(c) }, text, ears).reactions.at(-1)!;
  return { ...row, heard: verdictOf(sum), sum, moves: moves.map((m) => m.move) };
}

export interface Figures {
  rows: number;
  /** Shares from 0 to 1. */
  verdicts: number;
  must: number;
  mustNot: number;
  /** Good replies heard as ones that hurt, of the good; ones that hurt heard as good, of those that hurt. */
  falselyAccused: number;
  hurtHeardAsGood: number;
}

const share = (part: number, of: number) => (of === 0 ? 1 : part / of);

export function figuresOf(rows: readonly HeardRow[]): Figures {
  const good = rows.filter((r) => r.verdict === "calms");
  const bad = rows.filter((r) => r.verdict === "hurts");
  const must = rows.flatMap((r) => r.must.map((m) => r.moves.includes(m)));
  const mustNot = rows.flatMap((r) => r.mustNot.map((m) => !r.moves.includes(m)));
  const right = (list: readonly boolean[]) => share(list.filter(Boolean).length, list.length);
  return {
    rows: rows.length,
    verdicts: right(rows.map((r) => r.heard === r.verdict)),
    must: right(must),
    mustNot: right(mustNot),
    falselyAccused: share(good.filter((r) => r.heard === "hurts").length, good.length || 1),
    hurtHeardAsGood: share(bad.filter((r) => r.heard === "calms").length, bad.length || 1),
  };
}

export interface JudgedCall {
  case: string;
  player: string;
  lines: string[];
}

/** Whole calls, one reply for every turn of the very good run. */
export function judgedCalls(written: Written, half: Half): JudgedCall[] {
  if (half === "dev2") return [];
  const calls = new Map<string, JudgedCall>();
  for (const [name, player, turn, text] of rowsOf(`calls.${written}.${half}.tsv`)) {
    const key = `${name} ${player}`;
    const call = calls.get(key) ?? { case: name!, player: player!, lines: [] };
    call.lines[Number(turn) - 1] = text!;
    calls.set(key, call);
  }
  return [...calls.values()];
}

export function scoreCall(call: JudgedCall, locale: PracticeLocale, level: 1 | 2 | 3 = 2): number {
  const c = casesIn(locale).find((x) => x.id === call.case)!;
  const player: Player = (talk) => call.lines[talk.reactions.length] ?? "";
  return play(unknownLines(c), player, level).score;
}
