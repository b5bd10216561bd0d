/** The talk with the customer as it stands: the replies given so far, played through the rules. Pure. */
import { plain, type Tongue, tongueOf } from "../content/cases/plain-text.ts";
import type { Level, Move, PracticeCase, PracticeLine, Quality } from "../core/practice-case.ts";
import type { Stage } from "../core/stage.ts";
import type { Ears } from "./hear/hear.ts";
import { holdsOf, partsOf } from "./hear/reply.ts";
import { type Reaction, react, startTalk, type TalkState } from "./react.ts";
import { pickOne, shuffled } from "./seed.ts";

export interface TalkPlan {
  case: PracticeCase;
  level: Level;
  seed: number;
  /** "And if that doesn't work?" in the words of the language. */
  andIfNot: readonly string[];
}

export interface Talk extends TalkPlan {
  state: TalkState;
  reactions: Reaction[];
  /** What the customer said before turn 1, before turn 2, …, also to questions of the script in between. */
  says: string[];
  /** What he said last. */
  latest: string;
  /** Lines of the case that the customer has used. */
  used: Set<string>;
  /** Pieces of the story told when the script's own questions asked for them, by index. */
  drawn: readonly number[];
}

/** Stages of the turns of a drill, which has no reference runs. */
const DRILL_STAGES: readonly Stage[] = [
  "listen",
  "listen",
  "apologize",
  "analyze",
  "resolve",
  "resolve",
  "follow-up",
];
/** Turns that may be added at the end where the customer asks what happens if it does not work. */
const MORE_TURNS = 1;

/** The stage of each turn: as many as a very good handler needs. */
export function stagesOf(c: PracticeCase): readonly Stage[] {
  return c.reference_runs?.very_good.map((line) => line.stage) ?? DRILL_STAGES;
}

export function openingOf(plan: TalkPlan): string {
  return pickOne(plan.case.opening, `${plan.seed} opening`) ?? plan.case.opening[0]!;
}

export function beginTalk(plan: TalkPlan): Talk {
  const opening = openingOf(plan);
  return {
    ...plan,
    state: startTalk(plan.case, plan.level, opening),
    reactions: [],
    says: [opening],
    latest: opening,
    used: new Set([opening]),
    drawn: [],
  };
}

/** The stage of the turn that is due; undefined: everything has been said, or the customer has left. */
export function stageDue(talk: Talk): Stage | undefined {
  if (talk.state.left) return undefined;
  const stages = stagesOf(talk.case);
  const at = talk.reactions.length;
  if (at < stages.length) return stages[at];
  const asks = talk.reactions.at(-1)?.asksOnce === true;
  return asks && at < stages.length + MORE_TURNS ? "follow-up" : undefined;
}

/** Moves to which a customer answers with what was put to him. */
const ECHOED: readonly Move[] = [
  "offers-two-options",
  "offers-one-option",
  "gives-time-and-reason",
  "consults-with-deadline",
  "warm-transfer",
  "stop-loss",
];
/** Moves to which he answers with the very thing that was named. */
const POINTED: readonly Move[] = ["names-fact", "offers-two-options", "stop-loss"];
/** Days, times and numbers of a plain text. */
const NAMED = /\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|周\d|day\d+|\d+(?:[:.]\d+)?/g;

const namedIn = (text: string) => plain(text, tongueOf(text)).match(NAMED) ?? [];

/** Whether an answer speaks of a day, time or number that nobody has said: the handler put something else to him. */
function isUnheard(line: string, talk: Talk): boolean {
  const known = new Set([...talk.state.said, ...talk.state.replies].flatMap(namedIn));
  return namedIn(line).some((name) => !known.has(name));
}

const partsIn = (line: string, tongue: Tongue, { case: c }: Pick<Talk, "case">, ears: Ears) =>
  partsOf(ears.simplify(line), tongue, ears[tongue], c.facts[tongue]);

/** Facts by case and line: the same few lines are looked at again before every turn. */
const factsOf = new WeakMap<PracticeCase, Map<string, string[]>>();

/** The facts of the case in a line. */
function factsIn(line: string, tongue: Tongue, talk: Pick<Talk, "case">, ears: Ears): string[] {
  const known = factsOf.get(talk.case) ?? new Map<string, string[]>();
  factsOf.set(talk.case, known);
  const key = `${tongue} ${line}`;
  const facts = known.get(key) ?? partsIn(line, tongue, talk, ears).facts;
  known.set(key, facts);
  return facts;
}

/** The things of the case in a line: what was told, and what may be done about it. */
function thingsIn(line: string, tongue: Tongue, talk: Talk, ears: Ears): string[] {
  const { facts, caseFacts, text } = partsIn(line, tongue, talk, ears);
  return [...facts, ...holdsOf(text, ears[tongue], [...caseFacts.measures, ...caseFacts.remedies])];
}

/** Whether a "yes, the …" speaks of what the handler has just said; another language's words are not compared. */
function isToThePoint(line: string, talk: Talk, reaction: Reaction, ears: Ears): boolean {
  const tongue = tongueOf(line);
  if (tongue !== tongueOf(ears.simplify(reaction.text))) return true;
  const own = thingsIn(line, tongue, talk, ears);
  const named = thingsIn(reaction.text, tongue, talk, ears);
  return own.length === 0 || own.some((thing) => named.some((n) => n.includes(thing) || thing.includes(n)));
}

/** The customer's reply to a move, by what moved him most; undefined: his case has no line for it. */
function replyTo(talk: Talk, reaction: Reaction, ears: Ears): string | undefined {
  const strength = (change: number) => (reaction.sum > 0 ? change : -change);
  const moves = [...reaction.moves].sort((a, b) => strength(b.change) - strength(a.change));
  for (const { move } of moves) {
    const lines = talk.case.moves.find((m) => m.when === move)?.reply ?? [];
    const fresh = lines.filter(
      (line) =>
        !talk.used.has(line) &&
        !(ECHOED.includes(move) && isUnheard(line, talk)) &&
        (!POINTED.includes(move) || isToThePoint(line, talk, reaction, ears)),
    );
    const line = pickOne(fresh, `${talk.seed} ${talk.reactions.length} ${move}`);
    if (line !== undefined) return line;
  }
  return undefined;
}

function moodLine(talk: Talk, mood: number): string {
  const lines = talk.case.mood_lines[String(mood)] ?? [];
  const fresh = lines.filter((line) => !talk.used.has(line));
  const from = fresh.length > 0 ? fresh : lines;
  return pickOne(from, `${talk.seed} ${talk.reactions.length} mood ${mood}`) ?? "";
}

/** So many things in a piece of the story, and all of them named: it is no news. */
const NO_NEWS = 2;

/** Whether the handler has named everything that is in a piece of the story. */
function isNamed(piece: string, talk: Talk, ears: Ears): boolean {
  const tongue = tongueOf(piece);
  const wanted = factsIn(piece, tongue, talk, ears);
  if (wanted.length < NO_NEWS) return false;
  const replies = talk.state.replies.filter((text) => tongueOf(ears.simplify(text)) === tongue);
  const named = replies.flatMap((text) => factsIn(text, tongue, talk, ears));
  return wanted.every((thing) => named.some((n) => n.includes(thing)));
}

/** What the customer says now: to the move, then the next piece of the story, else how he feels. */
function wordsAfter(talk: Talk, reaction: Reaction, ears: Ears): string[] {
  const { case: c } = talk;
  const reply = replyTo(talk, reaction, ears);
  const pieces = reaction.pieces.map((i) => c.story[i]!.says).filter((says) => !isNamed(says, talk, ears));
  const asks = reaction.asksOnce ? pickOne(talk.andIfNot, `${talk.seed} ${talk.state.asked}`) : undefined;
  const words = [reply, ...pieces, asks].filter((w): w is string => w !== undefined);
  return words.length > 0 ? words : [moodLine(talk, reaction.after)];
}

/** One after the other; chat lines end without a mark, and get one before the next. */
export function joined(words: readonly string[], c: PracticeCase): string {
  const [stop, space] = c.locale.startsWith("zh") ? ["。", ""] : [".", " "];
  return words.map((w, i) => (i < words.length - 1 && /[\p{L}\p{N}]$/u.test(w) ? w + stop : w)).join(space);
}

/** One reply more. Nothing is changed in `talk`; the new talk is returned. */
export function reply(talk: Talk, text: string, ears: Ears): Talk {
  const stage = stageDue(talk);
  if (!stage) return talk;
  const at = talk.reactions.length;
  const stages = stagesOf(talk.case);
  const turn = {
    stage,
    text,
    lastOfStage: stages[at + 1] !== stage,
    last: at + 1 >= stages.length,
    choices: choicesOf(talk, ears).map((choice) => choice.label),
  };
  const { state, reaction } = react(talk.case, talk.level, talk.state, turn, ears);
  const next: Talk = { ...talk, state, reactions: [...talk.reactions, reaction] };
  const words = wordsAfter({ ...talk, state }, reaction, ears);
  const latest = joined(words, talk.case);
  return {
    ...next,
    state: { ...state, said: [...state.said, ...words] },
    says: [...talk.says, latest],
    latest,
    used: new Set([...talk.used, ...words]),
  };
}

/** Fields that a handler fills by asking the customer; the others are his own judgement, or what was said anyway. */
const ASKED_FOR: ReadonlySet<string> = new Set([
  "incident_at",
  "incident_place",
  "product",
  "tried",
  "tried_result",
  "impact",
  "loss",
  "evidence",
  "demand",
  "expected_outcome",
]);

/**
 * The piece of the story that answers a question of the script for `field`, by index: one that was not told yet, or that
 * was told to such a question before. Undefined: the customer has told it, or has nothing to say to that.
 */
export function pieceFor({ case: c, state, drawn }: Talk, field: string | undefined): number | undefined {
  if (field === undefined || !ASKED_FOR.has(field)) return undefined;
  const at = c.story.findIndex(
    (piece, i) => field in piece.reveals && (!state.told.includes(i) || drawn.includes(i)),
  );
  const known = c.story.some((piece, i) => field in piece.reveals && state.told.includes(i));
  return at < 0 || (known && !drawn.includes(at)) ? undefined : at;
}

/** The script's own question for `field` was put to the customer, and he has answered. */
export function draw(talk: Talk, field: string | undefined): Talk {
  const at = pieceFor(talk, field);
  if (at === undefined || talk.drawn.includes(at)) return talk;
  const { state } = talk;
  const { says } = talk.case.story[at]!;
  return {
    ...talk,
    state: { ...state, told: [...state.told, at], said: [...state.said, says] },
    says: talk.says.with(-1, joined([talk.says.at(-1)!, says], talk.case)),
    latest: says,
    used: new Set([...talk.used, says]),
    drawn: [...talk.drawn, at],
  };
}

/** One thing may be guessed, or meant otherwise; so many together are known only from being told. */
const UNTOLD = 2;

/** Whether a line of the case speaks of nothing that only the customer knows and has not told before `turn`. */
export function isKnownAt(talk: Talk, line: string, turn: number, ears: Ears): boolean {
  const { case: c } = talk;
  const tongue = tongueOf(line);
  const things = (texts: readonly string[]) => texts.flatMap((text) => factsIn(text, tongue, talk, ears));
  const untold = new Set(things([...c.story.map((piece) => piece.says), ...c.knows]));
  const heard = [
    ...talk.says.slice(0, turn),
    ...talk.reactions.slice(0, turn - 1).map((r) => r.text),
    c.truth.on_record,
    c.customer.name,
    c.title,
  ];
  const known = things(heard);
  const unknown = factsIn(line, tongue, talk, ears).filter(
    (thing) => untold.has(thing) && !known.some((k) => k.includes(thing) || thing.includes(k)),
  );
  return unknown.length < UNTOLD;
}

export interface TalkChoice {
  id: string;
  label: string;
}

/** What the id of a line looks like; anything else is what the trainee says. */
export const CHOICE_ID = /^line-\d+$/;

const QUALITIES: readonly Quality[] = ["very_good", "fair", "bad"];

/** A choice is at least between two. */
const LEAST_CHOICES = 2;

/**
 * Lines of differing quality for the turn that is due, shuffled by the seed; their ids tell nothing. A line that speaks of
 * what the customer has not told yet stands back, as long as two are left.
 */
export function choicesOf(talk: Talk, ears: Ears): TalkChoice[] {
  const runs = talk.case.reference_runs;
  const stage = stageDue(talk);
  if (!runs || !stage) return [];
  const turn = talk.reactions.length + 1;
  const before = talk.reactions.filter((r) => r.stage === stage).length;
  const said = new Set(talk.state.replies);
  const isKnown = (line: PracticeLine) => isKnownAt(talk, line.says, turn, ears);
  const lines = QUALITIES.flatMap((quality): { says: string; known: boolean }[] => {
    const own = runs[quality].filter((line) => line.stage === stage);
    const due = own[before] ?? own.at(-1);
    const line = due && !isKnown(due) ? (own.find((l) => !said.has(l.says) && isKnown(l)) ?? due) : due;
    return line && !said.has(line.says) ? [{ says: line.says, known: isKnown(line) }] : [];
  });
  const unique = lines.filter((line, i) => lines.findIndex((l) => l.says === line.says) === i);
  const known = unique.filter((line) => line.known);
  const shown = known.length >= LEAST_CHOICES ? known : unique;
  return shuffled(
    shown.map((line) => line.says),
    `${talk.seed} choices ${talk.reactions.length}`,
  ).map((label, i) => ({ id: `line-${i + 1}`, label }));
}
