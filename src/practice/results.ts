/** Progress by skill: of one person, and of the group. No ranks; below five runs nothing is compared. */
import type { PracticeRun } from "./history.ts";
import { SKILLS, type Skill } from "./points.ts";
import type { Scorecard } from "./scorecard.ts";

export interface FinishedRun extends PracticeRun {
  at: string;
  result: Scorecard;
}

/** From this many runs on a change over time means something. */
export const ENOUGH_RUNS = 5;
/** Points by which the newer half must differ from the older one. */
const REAL_CHANGE = 5;

/** Runs that were played to their end; reviews of single steps are not among them. */
export function finishedRuns(runs: readonly PracticeRun[]): FinishedRun[] {
  return runs.filter((r): r is FinishedRun => r.result !== undefined && !("review" in r.result));
}

export interface SkillProgress {
  skill: Skill;
  now: number;
  /** Absent below five runs. */
  change?: "up" | "down" | "same";
}

const mean = (list: readonly number[]) => Math.round(list.reduce((a, b) => a + b, 0) / list.length);

/** Each skill as it stands: the mean of the newest runs, and whether it rises. */
export function progressOf(runs: readonly FinishedRun[]): SkillProgress[] {
  if (runs.length === 0) return [];
  const newest = runs.slice(-ENOUGH_RUNS);
  const half = Math.floor(runs.length / 2);
  return SKILLS.map((skill) => {
    const of = (list: readonly FinishedRun[]) => mean(list.map((r) => r.result.skills[skill] ?? 0));
    const progress: SkillProgress = { skill, now: of(newest) };
    if (runs.length < ENOUGH_RUNS) return progress;
    const difference = of(runs.slice(half)) - of(runs.slice(0, half));
    const change = difference >= REAL_CHANGE ? "up" : difference <= -REAL_CHANGE ? "down" : "same";
    return { ...progress, change };
  });
}

/** A run as `practice results --json` lists it. */
export function runLine({ ref, agent, at, locale, result }: FinishedRun) {
  const {
    case: id,
    title,
    level,
    seed,
    score,
    outcome,
    process,
    treatment,
    ending,
    skills,
    work_on,
  } = result;
  return {
    ref,
    case: id,
    title,
    level,
    seed,
    agent,
    locale,
    at,
    score,
    outcome,
    process,
    treatment,
    ending,
    skills,
    work_on,
  };
}
