/** Practice without the build: cases and ears straight from the working tree, and talks played from a list of lines. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { caseTools, readCases, readEars } from "../../src/content/cases/compile-cases.ts";
import { type Corrections, taiwanWords, traditionalConverter } from "../../src/content/cases/traditional.ts";
import type { Level, PracticeCase, PracticeLine, Quality } from "../../src/core/practice-case.ts";
import type { Ears } from "../../src/practice/hear/hear.ts";
import { openEars } from "../../src/practice/hear/open-ears.ts";
import { type Score, scoreOf } from "../../src/practice/score.ts";
import { beginTalk, reply, stagesOf, type Talk } from "../../src/practice/talk.ts";
import { shippedLibrary } from "./call-world.ts";

const ROOT = join(import.meta.dirname, "..", "..");
export const CASES = join(ROOT, "data", "cases");
export const LOCALES = ["en", "zh-CN", "zh-TW"] as const;
export type PracticeLocale = (typeof LOCALES)[number];

const corrections = parse(
  readFileSync(join(ROOT, "data", "words", "zh-TW", "from-zh-CN.yaml"), "utf8"),
) as Corrections;

export const toTraditional = traditionalConverter(corrections);

const read = readEars(join(ROOT, "data", "words"));
if (!read.ok) throw new Error(JSON.stringify(read.problems));
const earData = read.ears;

export const tools = caseTools(earData, toTraditional);

export const caseContext = {
  locales: LOCALES,
  taxonomies: shippedLibrary().taxonomies(),
  scriptIds: shippedLibrary().scriptIds(),
  tools,
  shipped: true,
};

export const compiled = readCases(CASES, caseContext);

const opened = openEars({ ears: earData, taiwan: taiwanWords(corrections), facts: {} });
const checked = new Map<string, ReturnType<NonNullable<Ears["check"]>>>();
const doubted = new Map<string, number>();

/** The ears of the program; a line that is said in many cases is looked at by the checker once. */
export const ears: Ears = {
  ...opened,
  check: (text) => {
    const known = checked.get(text) ?? opened.check!(text);
    checked.set(text, known);
    return known;
  },
  doubt: (sentence) => {
    const known = doubted.get(sentence) ?? opened.doubt!(sentence);
    doubted.set(sentence, known);
    return known;
  },
};

export function casesIn(locale: PracticeLocale): PracticeCase[] {
  return compiled.byLocale[locale] ?? [];
}

/** The case without its lines, so that every reply must be heard: nothing in it is known beforehand. */
export function unknownLines(c: PracticeCase): PracticeCase {
  const runs = c.reference_runs!;
  const hidden = (lines: PracticeLine[]) => lines.map((l, i) => ({ ...l, says: `\u0000 ${i}` }));
  return {
    ...c,
    reference_runs: { very_good: hidden(runs.very_good), fair: hidden(runs.fair), bad: hidden(runs.bad) },
  };
}

/** What a player says at a turn. */
export type Player = (talk: Talk) => string;

/** Plays a case to its end. */
export function play(c: PracticeCase, player: Player, level: Level = 2, seed = 1): Score & { talk: Talk } {
  let talk = beginTalk({ case: c, level, seed, andIfNot: ["?"] });
  const turns = stagesOf(c).length;
  while (!talk.state.left && talk.reactions.length < turns) talk = reply(talk, player(talk), ears);
  return { ...scoreOf(talk.state, talk.reactions, turns), talk };
}

/** The lines of a reference run, each at the next turn of its stage; nothing where it has none left. */
export function linesOf(run: readonly PracticeLine[]): Player {
  const left = [...run];
  return (talk) => {
    const stage = stagesOf(talk.case)[talk.reactions.length];
    const at = left.findIndex((line) => line.stage === stage);
    return at < 0 ? "" : left.splice(at, 1)[0]!.says;
  };
}

/** A reference run played with its own turns only. */
export function playRun(c: PracticeCase, quality: Quality, level: Level = 2, as: PracticeCase = c) {
  const run = c.reference_runs![quality];
  const plan = {
    ...as,
    reference_runs: { ...as.reference_runs!, very_good: run.map((l, i) => ({ ...l, says: `\u0000 ${i}` })) },
  };
  const known = as === c ? { ...plan.reference_runs, fair: run } : plan.reference_runs;
  let talk = beginTalk({ case: { ...plan, reference_runs: known }, level, seed: 1, andIfNot: ["?"] });
  for (const line of run) talk = reply(talk, line.says, ears);
  return scoreOf(talk.state, talk.reactions, c.reference_runs!.very_good.length);
}
