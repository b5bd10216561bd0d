/** The scorecard: what came of it, in what order it was done, how the customer was treated, and what to work on. */
import type { Translate } from "../core/library-port.ts";
import type { Level, Move } from "../core/practice-case.ts";
import type { Stage } from "../core/stage.ts";
import type { Ears } from "./hear/hear.ts";
import type { LoggedReply } from "./log.ts";
import { DONE, type Fault, faultsOf, type Point, SKILLS, type Skill } from "./points.ts";
import type { Reaction } from "./react.ts";
import type { RecordCheck } from "./record-check.ts";
import { recordShare } from "./record-check.ts";
import { type Score, scoreOf } from "./score.ts";
import { stagesOf, type Talk } from "./talk.ts";

export interface Scorecard extends Omit<Score, "duties"> {
  case: string;
  title: string;
  level: Level;
  seed: number;
  points: Point[];
  work_on: string[];
  moods: { turn: number; stage: Stage; mood: number }[];
  /** Each skill from 0 to 100. */
  skills: Record<Skill, number>;
  turns: {
    turn: number;
    stage: Stage;
    says: string;
    line: string;
    moves: Move[];
    change: number;
    mood: number;
  }[];
  /** Lines that were tried and taken back. */
  tries: { turn: number; stage: Stage; line: string }[];
  record?: RecordCheck;
  /** What really happened, and what the case teaches. */
  truth: string;
  lesson: string;
  lesson_source: string[];
}

const MOST_WORK = 3;
const LEAST_WORK = 2;
const key = (id: string) => id.replaceAll("-", "_");

/** The rule of the line that did most harm: one outburst is told too, however good the rest was. */
function worstRule(faults: readonly Fault[]): string[] {
  const worst = faults.filter((f) => f.harm !== undefined).sort((a, b) => b.harm! - a.harm!)[0];
  return worst ? [worst.rule] : [];
}

/**
 * The weakest skills first, those before the others of which a line can be shown; then the worst line. Three at most, two
 * at least: a call without a weakness is worth a harder one.
 */
function workOn(
  skills: Record<Skill, number>,
  faults: readonly Fault[],
  level: Level,
  t: Translate,
): string[] {
  const shown = (skill: Skill) => faults.some((f) => f.skills.includes(skill));
  const hurts = faults.some((f) => f.harm !== undefined);
  const weak = SKILLS.filter((skill) => skills[skill] < DONE * 100 && (skill !== "tone" || shown(skill)))
    .sort((a, b) => Number(shown(b)) - Number(shown(a)) || skills[a] - skills[b])
    .map((skill) => t(`practice.work_${skill === "tone" && !hurts ? "still" : key(skill)}`));
  const rest = skills.tone < DONE * 100 ? [] : worstRule(faults);
  const work = [...weak, ...rest].slice(0, MOST_WORK);
  if (work.length >= LEAST_WORK) return work;
  const nothing = t(level < 3 ? "practice.work_harder" : "practice.work_other");
  return [...(work.length > 0 ? work : [nothing]), t("practice.work_again")];
}

const movesOf = (r: Reaction) => r.moves.map((m) => m.move);

export interface CardFacts {
  tries: readonly LoggedReply[][];
  /** Undefined where no record was taken. */
  record: RecordCheck | undefined;
  ears: Ears;
  t: Translate;
}

/** The scorecard of a talk as it stands. */
export function scorecardOf(talk: Talk, { tries, record, ears, t }: CardFacts): Scorecard {
  const { case: c, level, seed, reactions, state } = talk;
  const share = record && recordShare(record);
  const { duties, ...score } = scoreOf(state, reactions, stagesOf(c).length, share);
  const skills = Object.fromEntries(
    SKILLS.map((s) => [s, s === "tone" ? score.treatment : Math.round(duties[s] * 100)]),
  ) as Record<Skill, number>;
  const faults = faultsOf(talk, duties, { isToneWeak: skills.tone < DONE * 100, ears, t });
  const start = reactions[0]?.before ?? state.mood;
  return {
    case: c.id,
    title: c.title,
    level,
    seed,
    ...score,
    points: faults.map(({ turn, stage, line, rule, source, better }) => ({
      turn,
      stage,
      line,
      rule,
      source,
      better,
    })),
    work_on: workOn(skills, faults, level, t),
    moods: [
      { turn: 0, stage: "listen", mood: start },
      ...reactions.map((r, i) => ({ turn: i + 1, stage: r.stage, mood: r.after })),
    ],
    skills,
    turns: reactions.map((r, i) => ({
      turn: i + 1,
      stage: r.stage,
      says: talk.says[i] ?? "",
      line: r.text,
      moves: movesOf(r),
      change: r.sum,
      mood: r.after,
    })),
    tries: tries.flat().map(({ turn, stage, text }) => ({ turn, stage, line: text })),
    ...(record ? { record } : {}),
    truth: c.truth.happened,
    lesson: c.lesson.text,
    lesson_source: c.lesson.source,
  };
}

/** What the customer says last. */
export function lastWords({ case: c }: Talk, ending: Score["ending"]): string {
  return { good: c.good_ending, fair: c.fair_ending, bad: c.bad_ending }[ending];
}
