/** The score of a run: outcome, process and treatment, the three justices of service recovery. Pure. */
import type { Move } from "../core/practice-case.ts";
import type { Stage } from "../core/stage.ts";
import { ceilingOf, lacksFacts, NAMED_TO_AGREE } from "./concrete.ts";
import { type Ending, endingOf, type Reaction, type TalkState } from "./react.ts";

export interface Score {
  score: number;
  outcome: number;
  process: number;
  treatment: number;
  ending: Ending;
  /** What a good handler does in this order, each from 0 to 1. */
  duties: Readonly<Record<Duty, number>>;
}

export const DUTIES = ["listen", "heard", "apology", "clear", "options", "time", "follow-up"] as const;
export type Duty = (typeof DUTIES)[number];

/** Weights of the three parts; the outcome weighs no more than how it was reached. */
const WEIGHTS = { outcome: 0.3, process: 0.35, treatment: 0.35 };
/** Share of the record in the process, where one was taken. */
const RECORD_SHARE = 0.2;
/** What a turn is worth by what it did to the mood, from −2 to +2. */
const TURN_WORTH: Readonly<Record<number, number>> = { [-2]: 1, [-1]: 0.8, 0: 0.4, 1: 0.1, 2: 0 };
/** What is lost for words that please now and cost later, or that make the customer begin again. */
const FAULTS: Readonly<Partial<Record<Move, number>>> = {
  "over-promises": 0.12,
  "asks-again-what-was-told": 0.08,
  "cold-transfer": 0.12,
  "passes-the-buck": 0.06,
  "offers-money-for-rudeness": 0.1,
  "hangs-up-on": 0.15,
};

/** What the outcome is worth where there was but one way to agree to, and where nothing was agreed. */
const NO_CHOICE = 0.85;
const NOT_AGREED = 0.65;

const did = (turns: readonly Reaction[], stages: readonly Stage[], ...moves: Move[]) =>
  turns.some((t) => stages.includes(t.stage) && t.moves.some((m) => moves.includes(m.move)));

/** A reply that offers what insults is not praised for the choice in it. */
const decent = (turns: readonly Reaction[]) =>
  turns.filter((t) => !t.moves.some((m) => m.move === "offers-money-for-rudeness"));

const ANY: readonly Stage[] = ["listen", "apologize", "analyze", "resolve", "follow-up"];
const FIRST: readonly Stage[] = ["listen", "apologize"];
const LAST: readonly Stage[] = ["resolve", "follow-up"];
/** A choice may be put as soon as it is clear what is wanted. */
const FROM_CLEAR: readonly Stage[] = ["analyze", ...LAST];

/** By these it shows that a handler has heard. */
const HEARD: readonly Move[] = ["names-fact", "names-feeling", "restates"];
/** Done late, or by half. */
const PARTLY = 0.4;

/** The first that holds gives its share. */
const best = (...of: [boolean, number][]) => of.find(([holds]) => holds)?.[1] ?? 0;

function dutiesOf(state: TalkState, turns: readonly Reaction[]): Record<Duty, number> {
  const grovelled = did(turns, ANY, "over-apology");
  const unheard = lacksFacts(state, NAMED_TO_AGREE);
  return {
    listen: best(
      [did(turns, ["listen"], "lets-finish", "open-question"), 1],
      [did(turns, ["apologize", "analyze"], "lets-finish", "open-question"), PARTLY],
    ),
    heard: best([!unheard && did(turns, FIRST, ...HEARD), 1], [did(turns, ANY, ...HEARD), PARTLY]),
    apology: best([
      did(turns, ["listen", "apologize", "analyze"], "specific-apology"),
      grovelled ? PARTLY : 1,
    ]),
    clear: best(
      [did(turns, ["analyze"], "restates"), 1],
      [
        did(
          turns,
          ["analyze"],
          "open-question",
          "closed-question-in-place",
          "mentions-evidence",
          "names-fact",
        ),
        0.5,
      ],
    ),
    options: best(
      [did(decent(turns), FROM_CLEAR, "offers-two-options"), 1],
      [did(decent(turns), LAST, "offers-one-option"), PARTLY],
    ),
    time: best([did(turns, FROM_CLEAR, "gives-time-and-reason", "consults-with-deadline"), 1]),
    "follow-up":
      best(
        [did(turns, ["follow-up"], "consults-with-deadline", "gives-time-and-reason", "warm-transfer"), 0.7],
        [did(turns, ["follow-up"], "restates", "closed-question-in-place", "honest-limit"), 0.5],
      ) + best([did(turns, ["follow-up"], "thanks"), 0.3]),
  };
}

const mean = (list: readonly number[]) =>
  list.length === 0 ? 0 : list.reduce((a, b) => a + b, 0) / list.length;

function outcomeOf(state: TalkState, turns: readonly Reaction[]): number {
  if (state.left) return 0;
  const byMood = [0, 1, 0.9, 0.5, 0.15, 0][state.mood] ?? 0;
  const agreed = state.agreed
    ? did(decent(turns), FROM_CLEAR, "offers-two-options")
      ? 1
      : NO_CHOICE
    : NOT_AGREED;
  return byMood * agreed - (did(turns, ANY, "over-promises") ? 0.15 : 0);
}

const percent = (share: number) => Math.round(Math.min(1, Math.max(0, share)) * 100);

/**
 * `planned`: how many turns the call has; turns that were not reached count as nothing. `record`: the share of the
 * record that is right, undefined where none was taken.
 */
export function scoreOf(
  state: TalkState,
  turns: readonly Reaction[],
  planned: number,
  record?: number,
): Score {
  const duties = dutiesOf(state, turns);
  const faults = turns.flatMap((t) => t.moves).reduce((sum, m) => sum + (FAULTS[m.move] ?? 0), 0);
  const dutiful = mean(Object.values(duties)) - faults;
  const process = record === undefined ? dutiful : dutiful * (1 - RECORD_SHARE) + record * RECORD_SHARE;
  const worth = turns.map((t) => TURN_WORTH[t.sum] ?? 0);
  const missing = Array.from({ length: Math.max(0, planned - turns.length) }, () => 0);
  const treatment = mean([...worth, ...missing]);
  const ceiling = ceilingOf(state);
  const part = (share: number) => Math.min(ceiling, percent(share));
  const parts = {
    outcome: part(outcomeOf(state, turns)),
    process: part(process),
    treatment: part(treatment),
  };
  const score = Math.round(
    parts.outcome * WEIGHTS.outcome + parts.process * WEIGHTS.process + parts.treatment * WEIGHTS.treatment,
  );
  return { score, ...parts, ending: endingOf(state), duties };
}
