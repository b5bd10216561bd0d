/** What to change in a call: at most two things of one line, each once, with the line that would have been better. */
import type { Translate } from "../core/library-port.ts";
import type { Move } from "../core/practice-case.ts";
import type { Stage } from "../core/stage.ts";
import type { Ears } from "./hear/hear.ts";
import { SOURCE } from "./moves.ts";
import { DUTIES, type Duty, type Score } from "./score.ts";
import { isKnownAt, type Talk } from "./talk.ts";

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

/** A point, and what it is an example of. */
export interface Fault extends Point {
  skills: readonly Skill[];
  /** How much the line hurt or cost; absent: something was left out. */
  harm?: number;
}

interface DutyRule {
  /** Where what is missing would have been said, the first wanted first. */
  stages: readonly Stage[];
  /** By any of these it is done. */
  moves: readonly Move[];
  source: string;
  /** Moves that hurt by leaving just this out: the line is told once. */
  told: readonly Move[];
}

const DUTY: Readonly<Record<Duty, DutyRule>> = {
  listen: {
    stages: ["listen"],
    moves: ["lets-finish", "open-question"],
    source: SOURCE["lets-finish"],
    told: ["interrupts"],
  },
  heard: {
    stages: ["listen", "apologize"],
    moves: ["names-fact", "names-feeling", "restates"],
    source: SOURCE["names-fact"],
    told: ["empty-empathy", "asks-again-what-was-told"],
  },
  apology: {
    stages: ["apologize", "listen", "analyze"],
    moves: ["specific-apology"],
    source: SOURCE["specific-apology"],
    told: ["no-apology", "over-apology", "empty-empathy"],
  },
  clear: {
    stages: ["analyze"],
    moves: ["restates"],
    source: SOURCE.restates,
    told: ["asks-again-what-was-told"],
  },
  options: {
    stages: ["resolve", "analyze", "follow-up"],
    moves: ["offers-two-options"],
    source: SOURCE["offers-two-options"],
    told: ["offers-money-for-rudeness"],
  },
  time: {
    stages: ["resolve", "follow-up", "analyze"],
    moves: ["gives-time-and-reason", "consults-with-deadline"],
    source: SOURCE["gives-time-and-reason"],
    told: ["vague-time"],
  },
  "follow-up": {
    stages: ["follow-up"],
    moves: ["consults-with-deadline", "gives-time-and-reason", "warm-transfer", "restates"],
    source: "do-follow-up",
    told: ["hangs-up-on", "cold-transfer"],
  },
};

/** Neither calms nor hurts now, and is a mistake all the same. */
const COSTLY: readonly Move[] = ["over-promises", "second-apology"];
/** From this share on a duty counts as done. */
export const DONE = 0.7;
/** Points of one line; as many as the note after a turn names. */
const MOST_OF_LINE = 2;
/** Turns that moved nothing; more would say the same. */
const MOST_STILL = 2;

const key = (id: string) => id.replaceAll("-", "_");

interface Facts {
  talk: Talk;
  ears: Ears;
  t: Translate;
}

/**
 * How a very good handler puts it at this turn: with what was left out, where that is known, and with nothing that the
 * handler could not know yet; for a drill, a model for the stage.
 */
function betterLine({ talk, ears, t }: Facts, turn: number, stage: Stage, wanted: readonly Move[]): string {
  const run = talk.case.reference_runs?.very_good ?? [];
  const said = talk.reactions[turn - 1]?.text;
  const fits = run
    .map((line, i) => ({ line, here: i === turn - 1 }))
    .filter(({ line }) => line.stage === stage && line.says !== said);
  const weight = ({ line, here }: (typeof fits)[number]) =>
    4 * Number(line.moves.some((m) => wanted.includes(m))) +
    2 * Number(isKnownAt(talk, line.says, turn, ears)) +
    Number(here);
  const best = fits.sort((a, b) => weight(b) - weight(a))[0];
  return best ? best.line.says : t(`practice.model_${key(stage)}`);
}

/** What hurt or cost, the strongest of each line first: what the note after the turn told is among them. */
function hurtFaults(facts: Facts): Fault[] {
  const { talk, t } = facts;
  return talk.reactions.flatMap((r, i) =>
    r.moves
      .filter((m) => m.change > 0 || COSTLY.includes(m.move))
      .sort((a, b) => b.change - a.change)
      .slice(0, MOST_OF_LINE)
      .map(({ move, change }): Fault => {
        const duties = DUTIES.filter((duty) => DUTY[duty].told.includes(move));
        const wanted = duties.flatMap((duty) => DUTY[duty].moves);
        return {
          turn: i + 1,
          stage: r.stage,
          line: r.text,
          rule: t(`practice.rule_${key(move)}`),
          source: SOURCE[move],
          better: betterLine(facts, i + 1, r.stage, wanted),
          skills: [...duties, "tone"],
          harm: change,
        };
      }),
  );
}

/** The turns in which a very good handler does this duty, then the others of its stages, the last one first. */
function placesFor({ talk }: Facts, duty: Duty): number[] {
  const { stages, moves } = DUTY[duty];
  const run = talk.case.reference_runs?.very_good ?? [];
  const at = (stage: Stage) => talk.reactions.flatMap((r, i) => (r.stage === stage ? [i] : []));
  const does = (i: number) => run[i]?.moves.some((m) => moves.includes(m)) === true;
  const same = (i: number) => run[i]?.says === talk.reactions[i]!.text;
  return stages.flatMap((stage) => {
    const own = at(stage).filter((i) => !same(i));
    return [...own.filter(does), ...own.filter((i) => !does(i)).reverse()];
  });
}

/** What was left out, on a line that has room for it. Nothing is said of a stage that was not reached. */
function missingFaults(facts: Facts, duties: Score["duties"], hurts: readonly Fault[]): Fault[] {
  const { talk, t } = facts;
  const found: Fault[] = [];
  for (const duty of DUTIES) {
    const { stages, moves, source } = DUTY[duty];
    const told = hurts.some((f) => f.skills.includes(duty) && stages.includes(f.stage));
    const reached = talk.reactions.some((r) => r.stage === stages[0]);
    if (duties[duty] >= DONE || told || !reached) continue;
    const room = (i: number) => [...hurts, ...found].filter((f) => f.turn === i + 1).length;
    const at = placesFor(facts, duty).find((i) => room(i) < MOST_OF_LINE);
    if (at === undefined) continue;
    const { stage, text } = talk.reactions[at]!;
    found.push({
      turn: at + 1,
      stage,
      line: text,
      rule: t(`practice.miss_${key(duty)}${duty === "heard" && duties[duty] > 0 ? "_part" : ""}`),
      source,
      better: betterLine(facts, at + 1, stage, moves),
      skills: [duty],
    });
  }
  return found;
}

/** Turns that did neither good nor harm, where there were too many of them. */
function stillFaults(facts: Facts, others: readonly Fault[]): Fault[] {
  const { talk, t } = facts;
  return talk.reactions
    .flatMap((r, i): Fault[] => {
      if (r.sum !== 0 || others.some((f) => f.turn === i + 1)) return [];
      const better = betterLine(facts, i + 1, r.stage, []);
      const rule = t("practice.rule_still");
      return [
        { turn: i + 1, stage: r.stage, line: r.text, rule, source: "res-concrete", better, skills: ["tone"] },
      ];
    })
    .slice(0, MOST_STILL);
}

interface Weighing {
  isToneWeak: boolean;
  ears: Ears;
  t: Translate;
}

/** Everything to change, turn by turn. */
export function faultsOf(talk: Talk, duties: Score["duties"], { isToneWeak, ears, t }: Weighing): Fault[] {
  const facts: Facts = { talk, ears, t };
  const hurts = hurtFaults(facts);
  const told = [...hurts, ...missingFaults(facts, duties, hurts)];
  const still = isToneWeak ? stillFaults(facts, told) : [];
  return [...told, ...still].sort((a, b) => a.turn - b.turn);
}
