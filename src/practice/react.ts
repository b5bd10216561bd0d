/**
 * The customer: how one reply moves the mood. The rules are stated in data/cases/README.md and are the same for everybody;
 * nothing here reads a clock or throws dice.
 */
import type { Level, Move, PracticeCase } from "../core/practice-case.ts";
import { STAGES, type Stage } from "../core/stage.ts";
import { lacksFacts, NAMED_TO_AGREE, namedAfter } from "./concrete.ts";
import { type Ears, type Heard, hear } from "./hear/hear.ts";
import { LEVELS } from "./levels.ts";
import { changeOf } from "./moves.ts";

export interface TalkState {
  mood: number;
  /** Points of calming not yet turned into a step down. */
  account: number;
  /** Turns in a row without a calming move. */
  cold: number;
  /** Calming moves already counted, per stage. */
  counted: Partial<Record<Stage, Move[]>>;
  apologies: number;
  /** Things of this case that were named before the way out was spoken of. */
  named: string[];
  /** How many could have been, in the language of the replies. */
  nameable: number;
  forgiven: boolean;
  /** The next calming turn counts half. */
  resentful: boolean;
  /** Pieces of the story told, by index. */
  told: readonly number[];
  offered: boolean;
  /** A time with its reason was given. */
  timed: boolean;
  /** How often the customer has asked "and if that doesn't work?". */
  asked: number;
  agreed: boolean;
  left: boolean;
  /** What the customer and the handler have said, for hearing what is copied. */
  said: string[];
  replies: string[];
}

export interface Turn {
  stage: Stage;
  text: string;
  /** The stage has no further turn. */
  lastOfStage: boolean;
  /** The lines on screen to pick from. */
  choices: readonly string[];
  /** The call has no further turn, unless the customer asks once more. */
  last: boolean;
}

export interface Reaction {
  stage: Stage;
  text: string;
  /** Every move that was heard, with its change for this customer and whether it counted. */
  moves: { move: Move; change: number; counted: boolean; in?: string }[];
  facts: string[];
  /** What the turn does, from −2 to +2. */
  sum: number;
  before: number;
  after: number;
  /** Pieces of the story that follow, by index. */
  pieces: number[];
  /** The customer asks what happens if the offer does not work. */
  asksOnce: boolean;
}

/** The mood a call begins with. */
export function startMood(c: PracticeCase, level: Level): number {
  return Math.min(5, Math.max(2, c.start_mood + LEVELS[level].mood));
}

export function startTalk(c: PracticeCase, level: Level, opening: string): TalkState {
  return {
    mood: startMood(c, level),
    account: 0,
    cold: 0,
    counted: {},
    apologies: 0,
    named: [],
    nameable: 0,
    forgiven: false,
    resentful: false,
    told: [],
    offered: false,
    timed: false,
    asked: 0,
    agreed: false,
    left: false,
    said: [opening],
    replies: [],
  };
}

const clamp = (n: number, low: number, high: number) => Math.min(high, Math.max(low, n));

/** Apologies after the first are no longer specific, and an apology stage without one has been passed over. */
function settleApology(moves: readonly Move[], heard: Heard, state: TalkState, turn: Turn): Move[] {
  const later: Move = state.apologies >= 2 ? "over-apology" : "second-apology";
  const renamed = moves.map((m) => (m === "specific-apology" && state.apologies > 0 ? later : m));
  const sorry = heard.apologises;
  if (sorry && state.apologies >= 2 && !renamed.includes("over-apology")) renamed.push("over-apology");
  const passed = turn.stage === "apologize" && turn.lastOfStage && !sorry && state.apologies === 0;
  const silent = renamed.includes("silence") || renamed.includes("no-apology");
  return [...new Set(passed && !silent ? [...renamed, "no-apology" as Move] : renamed)];
}

/** What calms in a reply that hurts as well: one point at most, and nothing beside a change of this or more. */
const OUTWEIGHS = 2;
const HELD_BACK = 1;

/**
 * The sum of a turn: the two strongest calming changes, all that hurt; a calming move counts once per stage, and one good
 * phrase does not hide a bad one.
 */
function weigh(moves: readonly Move[], c: PracticeCase, counted: readonly Move[]) {
  const judged = moves.map((move) => ({ move, change: changeOf(move, c) }));
  const calming = judged
    .filter((m) => m.change < 0 && !counted.includes(m.move))
    .sort((a, b) => a.change - b.change)
    .slice(0, 2);
  const add = (list: readonly { change: number }[]) => list.reduce((total, m) => total + m.change, 0);
  const hurt = add(judged.filter((m) => m.change > 0));
  if (hurt >= OUTWEIGHS) return { judged, calming: [], sum: clamp(hurt, -2, 2) };
  const eased = hurt > 0 ? Math.max(add(calming), -HELD_BACK) : add(calming);
  return { judged, calming, sum: clamp(eased + hurt, -2, 2) };
}

/** How mood and account go on from the sum of a turn. */
function moveMood(state: TalkState, sum: number, stage: Stage, level: Level): Partial<TalkState> {
  const rules = LEVELS[level];
  if (sum > 0) {
    if (sum === 1 && rules.forgives && !state.forgiven) return { forgiven: true };
    return { mood: clamp(state.mood + sum, 1, 5), account: 0, resentful: rules.resents };
  }
  if (sum === 0) return {};
  const points = state.account + (state.resentful ? Math.floor(-sum / 2) : -sum);
  const floor = STAGES.indexOf(stage) < STAGES.indexOf("resolve") ? 2 : 1;
  const mood = Math.max(Math.min(floor, state.mood), state.mood - Math.floor(points / rules.points));
  return { mood, account: points % rules.points, resentful: false };
}

interface OfferRules {
  level: Level;
  last: boolean;
  /** Nothing of his case has been named: what is offered could be meant for anybody, and he agrees to nothing. */
  unheard: boolean;
}

const TIMED: readonly Move[] = ["gives-time-and-reason", "consults-with-deadline"];
const ASKS: readonly Move[] = ["open-question", "closed-question-in-place"];

/** Whether there is an agreed next step after this turn. */
function settleOffer(
  state: TalkState,
  moves: readonly Move[],
  sum: number,
  { level, last, unheard }: OfferRules,
) {
  const rules = LEVELS[level];
  const offers = moves.includes("offers-two-options") || moves.includes("offers-one-option");
  const offered = state.offered || (offers && !moves.includes("offers-money-for-rudeness"));
  const timed = state.timed || moves.some((m) => TIMED.includes(m));
  const fits = offered && sum <= 0;
  const ready = fits && !unheard && (timed || !rules.needsTime);
  // In the last turn he asks only where he has not asked at all: what was said to the others stands.
  const mayAsk = state.asked < rules.asks && (!last || state.asked === 0);
  const asksOnce = fits && !state.agreed && mayAsk;
  return {
    offered,
    timed,
    asked: state.asked + (asksOnce ? 1 : 0),
    agreed: state.agreed || (ready && !asksOnce),
    asksOnce,
  };
}

/** While the trouble is being told the customer goes on by himself; later only where he is asked. */
const STORY_STAGES: readonly Stage[] = ["listen", "apologize", "analyze"];

/** The pieces of the story that are told now: the first that were not told yet. */
function piecesNow(
  { told }: TalkState,
  { stage, moves, sum }: { stage: Stage; moves: readonly Move[]; sum: number },
  c: PracticeCase,
  level: Level,
): number[] {
  if (sum > 0 || moves.length === 0) return [];
  const rules = LEVELS[level];
  const asked = moves.some((m) => ASKS.includes(m));
  if (!asked && !STORY_STAGES.includes(stage)) return [];
  const open = rules.mustAsk && !asked ? c.story.length - 2 : c.story.length;
  return c.story.flatMap((_, i) => (i < open && !told.includes(i) ? [i] : [])).slice(0, rules.pieces);
}

/** Fields of the record that the customer has told, or that stand on record before he says a word. */
export function toldFields(c: PracticeCase, told: readonly number[]): Set<string> {
  const fields = told.flatMap((i) => Object.keys(c.story[i]!.reveals));
  return new Set(["words", ...fields]);
}

/** One turn: the moves heard in the reply, the change of mood, and the state after it. */
export function react(
  c: PracticeCase,
  level: Level,
  state: TalkState,
  turn: Turn,
  ears: Ears,
): { state: TalkState; reaction: Reaction } {
  const heard = hear(
    turn.text,
    {
      case: c,
      stage: turn.stage,
      told: toldFields(c, state.told),
      insulted: c.customer.psychology === "hostile" || state.mood >= 5,
      turn: state.replies.length + 1,
      lastOfStage: turn.lastOfStage,
      said: state.said,
      choices: turn.choices,
      before: state.replies,
    },
    ears,
  );
  const moves = settleApology(heard.moves, heard, state, turn);
  const counted = state.counted[turn.stage] ?? [];
  const { judged, calming, sum } = weigh(moves, c, counted);
  const concrete = namedAfter(state, { stage: turn.stage, text: turn.text, facts: heard.facts, sum }, c);
  const unheard = lacksFacts(concrete, NAMED_TO_AGREE);
  const offer = settleOffer(state, moves, sum, { level, last: turn.last, unheard });
  const moved = moveMood(state, sum, turn.stage, level);
  const cold = calming.length > 0 ? 0 : state.cold + 1;
  const pieces = piecesNow(state, { stage: turn.stage, moves, sum }, c, level);
  const next: TalkState = {
    ...state,
    ...moved,
    cold,
    counted: { ...state.counted, [turn.stage]: [...counted, ...calming.map((m) => m.move)] },
    ...concrete,
    apologies: state.apologies + (heard.apologises ? 1 : 0),
    told: [...state.told, ...pieces],
    offered: offer.offered,
    timed: offer.timed,
    asked: offer.asked,
    agreed: offer.agreed,
    left: cold >= LEVELS[level].patience || moves.includes("hangs-up-on"),
    replies: [...state.replies, turn.text],
  };
  return {
    state: next,
    reaction: {
      stage: turn.stage,
      text: turn.text,
      moves: judged.map((m) => ({
        ...m,
        counted: m.change > 0 || calming.includes(m),
        ...(heard.in[m.move] === undefined ? {} : { in: heard.in[m.move]! }),
      })),
      facts: heard.facts,
      sum,
      before: state.mood,
      after: next.mood,
      pieces,
      asksOnce: offer.asksOnce,
    },
  };
}

export type Ending = "good" | "fair" | "bad";

/** How the call ends as things stand. */
export function endingOf(state: TalkState): Ending {
  if (state.left || state.mood >= 4) return "bad";
  return state.mood <= 2 && state.agreed ? "good" : "fair";
}
