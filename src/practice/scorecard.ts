/** The scorecard: what came of it, in what order it was done, how the customer was treated, and what to work on. */
import type { Translate } from "../core/library-port.ts";
import type { Level, Move } from "../core/practice-case.ts";
import type { Stage } from "../core/stage.ts";
import type { LoggedReply } from "./log.ts";
import { SOURCE } from "./moves.ts";
import type { Reaction } from "./react.ts";
import type { RecordCheck } from "./record-check.ts";
import { recordShare } from "./record-check.ts";
import { DUTIES, type Duty, type Score, scoreOf } from "./score.ts";
import { stagesOf, type Talk } from "./talk.ts";

export interface Point {
  turn: number;
  stage: Stage;
  /** The trainee's own words. */
  line: string;
  /** The rule, said in full, and where it is written. */
  rule: string;
  source: string;
  better: string;
}

/** A skill: a duty, or how the customer was treated. */
export type Skill = Duty | "tone";
export const SKILLS: readonly Skill[] = [...DUTIES, "tone"];

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

/** What a duty left undone is pinned on: the stage it belongs to, and the source of its rule. */
const DUTY_PLACE: Readonly<Record<Duty, { stage: Stage; source: string }>> = {
  listen: { stage: "listen", source: SOURCE["lets-finish"] },
  heard: { stage: "listen", source: SOURCE["names-fact"] },
  apology: { stage: "apologize", source: SOURCE["specific-apology"] },
  clear: { stage: "analyze", source: SOURCE.restates },
  options: { stage: "resolve", source: SOURCE["offers-two-options"] },
  time: { stage: "resolve", source: SOURCE["gives-time-and-reason"] },
  "follow-up": { stage: "follow-up", source: "do-follow-up" },
};

/** Neither calms nor hurts now, and is a mistake all the same. */
const COSTLY: readonly Move[] = ["over-promises", "second-apology"];
/** From this share on a duty counts as done. */
const DONE = 0.7;
const MOST_WORK = 3;

/** How a very good handler puts it at this turn; for a drill, a model for the stage. */
function betterLine(talk: Talk, turn: number, stage: Stage, line: string, t: Translate): string {
  const run = talk.case.reference_runs?.very_good;
  const same = run?.[turn - 1];
  const good = same?.stage === stage ? same : run?.find((l) => l.stage === stage);
  return good && good.says !== line ? good.says : t(`practice.model_${stage.replace("-", "_")}`);
}

const key = (id: string) => id.replaceAll("-", "_");

function hurtPoints(talk: Talk, t: Translate): Point[] {
  return talk.reactions.flatMap((r, i) =>
    r.moves
      .filter((m) => m.change > 0 || COSTLY.includes(m.move))
      .map(({ move }) => ({
        turn: i + 1,
        stage: r.stage,
        line: r.text,
        rule: t(`practice.rule_${key(move)}`),
        source: SOURCE[move],
        better: betterLine(talk, i + 1, r.stage, r.text, t),
      })),
  );
}

/** What was left out, pinned on the last reply of its stage. Nothing is said of a stage that was not reached. */
function missingPoints(talk: Talk, duties: Score["duties"], t: Translate): Point[] {
  return DUTIES.filter((duty) => duties[duty] < DONE).flatMap((duty): Point[] => {
    const { stage, source } = DUTY_PLACE[duty];
    const at = talk.reactions.findLastIndex((r) => r.stage === stage);
    const reaction = talk.reactions[at];
    if (!reaction) return [];
    return [
      {
        turn: at + 1,
        stage,
        line: reaction.text,
        rule: t(`practice.miss_${key(duty)}`),
        source,
        better: betterLine(talk, at + 1, stage, reaction.text, t),
      },
    ];
  });
}

/** The rule of the line that did most harm: one outburst is told too, however good the rest was. */
function worstRule({ reactions }: Talk, t: Translate): string[] {
  const bad = reactions.flatMap((r) => r.moves).filter((m) => m.change > 0 || COSTLY.includes(m.move));
  const worst = bad.sort((a, b) => b.change - a.change)[0];
  return worst ? [t(`practice.rule_${key(worst.move)}`)] : [];
}

/** The weakest skills first, then the worst line, three at most; a call without a weakness is worth a harder one. */
function workOn(skills: Record<Skill, number>, talk: Talk, t: Translate): string[] {
  const weak = SKILLS.filter((skill) => skills[skill] < DONE * 100)
    .sort((a, b) => skills[a] - skills[b])
    .map((skill) => t(`practice.work_${key(skill)}`));
  const rest = skills.tone < DONE * 100 ? [] : worstRule(talk, t);
  const work = [...weak, ...rest].slice(0, MOST_WORK);
  if (work.length > 0) return work;
  return [t(talk.level < 3 ? "practice.work_harder" : "practice.work_other")];
}

/** One point per turn and rule. */
function uniquePoints(points: readonly Point[]): Point[] {
  const seen = new Set<string>();
  return points
    .filter((p) => {
      const id = `${p.turn} ${p.rule}`;
      return seen.has(id) ? false : seen.add(id);
    })
    .sort((a, b) => a.turn - b.turn);
}

const movesOf = (r: Reaction) => r.moves.map((m) => m.move);

export interface CardFacts {
  tries: readonly LoggedReply[][];
  /** Undefined where no record was taken. */
  record: RecordCheck | undefined;
  t: Translate;
}

/** The scorecard of a talk as it stands. */
export function scorecardOf(talk: Talk, { tries, record, t }: CardFacts): Scorecard {
  const { case: c, level, seed, reactions, state } = talk;
  const share = record && recordShare(record);
  const { duties, ...score } = scoreOf(state, reactions, stagesOf(c).length, share);
  const skills = Object.fromEntries(
    SKILLS.map((s) => [s, s === "tone" ? score.treatment : Math.round(duties[s] * 100)]),
  ) as Record<Skill, number>;
  const start = reactions[0]?.before ?? state.mood;
  return {
    case: c.id,
    title: c.title,
    level,
    seed,
    ...score,
    points: uniquePoints([...hurtPoints(talk, t), ...missingPoints(talk, duties, t)]),
    work_on: workOn(skills, talk, t),
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
