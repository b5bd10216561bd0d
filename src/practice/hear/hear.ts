/** What a reply does: the moves heard in it. Pure: the same words in the same scene are always heard alike. */
import { englishWords, fold, plain, type Tongue, tongueOf } from "../../content/cases/plain-text.ts";
import type { CaseFacts, Move, PracticeLine } from "../../core/practice-case.ts";
import { apologyOf, countApologies } from "./apology.ts";
import { calmOf } from "./calming.ts";
import type { Ear } from "./ear.ts";
import { hurtOf, type Scene, setsLimit } from "./hurting.ts";
import { copiedShare, holdsOf, partsOf, type ReplyParts, type Sentence } from "./reply.ts";
import { isSalad } from "./salad.ts";

export interface Ears {
  en: Ear;
  zh: Ear;
  /** Traditional to Simplified characters. */
  simplify: (text: string) => string;
  /** What the checker of the never-say rules finds: the move, the words it stands in, how sure it is (log odds). */
  check?: (text: string) => { move: Move; words: string; odds: number }[];
  /** How likely one sentence is bad to the checker: log odds. */
  doubt?: (sentence: string) => number;
}

export interface Listening extends Scene {
  /** What the customer has said so far. */
  said: readonly string[];
  /** The lines on screen to pick from. */
  choices: readonly string[];
  /** The handler's own earlier replies. */
  before: readonly string[];
}

export interface Heard {
  moves: Move[];
  /** The sentence behind a move, for the scorecard. */
  in: Partial<Record<Move, string>>;
  facts: string[];
  /** There is an apology in it, of whatever kind. */
  apologises: boolean;
}

/** A reply of which more than this share is copied is not a reply. */
const COPIED = 0.6;
/** Saying the same again is not a reply either, and a smaller share tells it: what is agreed may be said again. */
const REPEATED = 0.4;
/** So much of a reply, numbers and names with it, stands in one's earlier ones when it is said word for word. */
const WORD_FOR_WORD = 0.8;
/** So much of a line stands in a reply that pastes it; who says the same in his own sentence keeps less. */
const PASTED = 0.85;
/** More calming moves than one per so many words are a list of keywords, not a sentence. */
const WORDS_PER_MOVE = { en: 3, zh: 2 } as const;

const only = (...moves: Move[]): Heard => ({ moves, in: {}, facts: [], apologises: false });

/** A line of the case itself: its author has said what it does. */
function knownLine(text: string, scene: Scene): PracticeLine | undefined {
  const tongue = tongueOf(text);
  const wanted = plain(text, tongue);
  const runs = Object.values(scene.case.reference_runs ?? {});
  return runs.flat().find((line) => plain(line.says, tongue) === wanted);
}

/** Two of the lines on screen in one reply: pasted, not chosen. */
const isPasted = (text: string, tongue: Tongue, choices: readonly string[]) =>
  choices.filter((line) => copiedShare(plain(line, tongue), tongue, [text]) > PASTED).length >= 2;

/** How often one sign stands in a whole reply of a person who means it. */
const MOST_SIGNS = {
  en: [
    ["invite", 5],
    ["confirm", 3],
  ],
  zh: [
    ["invite", 6],
    ["confirm", 3],
  ],
} as const;

const isHeapOfSigns = (r: ReplyParts) =>
  r.facts.length === 0 && MOST_SIGNS[r.tongue].some(([name, most]) => r.count(name) >= most);

/** Words in a row without a sentence: the same keyword again, or one after another. */
function isStuffed(r: ReplyParts, calming: number): boolean {
  if (calming >= 3 && r.length / calming < WORDS_PER_MOVE[r.tongue]) return true;
  if (calming >= 7 || isSalad(r) || isHeapOfSigns(r)) return true;
  const words = r.tongue === "en" ? englishWords(r.text) : (r.text.match(/[\u3400-\u9fff]{2}/g) ?? []);
  const repeated = words.filter((w, i) => w.length > 2 && w === words[i - 1]).length;
  return repeated >= 1 && calming >= 1;
}

const NEUTRAL: ReadonlySet<Move> = new Set([
  "closed-question-in-place",
  "offers-one-option",
  "thanks",
  "second-apology",
  "over-promises",
]);

/** `in` of the moves; what is weaker than another found in the same reply is dropped. */
function settle(heard: { move: Move; in: string }[]): Pick<Heard, "moves" | "in"> {
  const has = (move: Move) => heard.some((h) => h.move === move);
  const drop = new Set<Move>();
  if (has("offers-two-options")) drop.add("offers-one-option");
  if (has("open-question") || has("restates") || has("offers-two-options"))
    drop.add("closed-question-in-place");
  const kept = heard.filter((h) => !drop.has(h.move));
  return {
    moves: [...new Set(kept.map((h) => h.move))],
    in: Object.fromEntries(kept.map((h) => [h.move, h.in])),
  };
}

const SERVICE = [
  "time",
  "inform",
  "remedy",
  "evidence",
  "limit",
  "decider",
  "at-once",
  "invite",
  "commit",
  "protects",
  "farewell",
  "looking-up",
];

/** Speaks of calls, times, remedies: it belongs to a complaint, though nothing in it moves anybody. */
const isOfService = (r: ReplyParts) =>
  SERVICE.some((name) => r.is(name)) || r.sentences.some((s) => s.weak.length > 0);

/** Apologies heaped up in one breath. */
function grovels(r: ReplyParts): boolean {
  const count = countApologies(r);
  if (count >= 3 || (count >= 2 && r.facts.length === 0)) return true;
  return r.is("forgive") && r.facts.length <= 1;
}

/** Rows of words with a number, a day, a time or a thing of the case in them: what is agreed may be said once more. */
const agreedThings =
  (ear: Ear, { words }: CaseFacts) =>
  (row: string) =>
    /\d/.test(row) || ear.has("time", row) || holdsOf(row, ear, words).length > 0;

/** The moves of a reply in its scene. */
export function hear(reply: string, scene: Listening, ears: Ears): Heard {
  const text = ears.simplify(reply.trim());
  const tongue = tongueOf(text);
  const ear = ears[tongue];
  if (!/[\p{L}\p{N}]/u.test(text) || ear.has("filler", plain(text, tongue))) return only("silence");
  const known = knownLine(reply, scene) ?? knownLine(text, scene);
  const words = plain(text, tongue);
  // What was said is compared as it stands too: in a short text Traditional characters are not always told.
  const both = (lines: readonly string[]) => [...lines, ...lines.map(ears.simplify)];
  const typed = plain(reply, tongue);
  const copied = (lines: readonly string[], spared?: (row: string) => boolean) =>
    Math.max(
      copiedShare(words, tongue, both(lines), spared),
      copiedShare(typed, tongue, both(lines), spared),
    );
  const most = scene.stage === "follow-up" ? COPIED : REPEATED;
  const again = copied(scene.before, agreedThings(ear, scene.case.facts[tongue]));
  if (again > most || copied(scene.before) > WORD_FOR_WORD) return only("off-topic");
  const parts = partsOf(text, tongue, ear, scene.case.facts[tongue]);
  const apologises = countApologies(parts) > 0;
  if (known) return { moves: [...known.moves], in: {}, facts: parts.facts, apologises };
  if (copied(scene.said) > COPIED) return only("off-topic");
  if (isPasted(words, tongue, scene.choices.map(ears.simplify))) return only("off-topic");
  return {
    ...hearSentences(parts, text, scene, ears),
    apologises,
  };
}

interface Finding {
  move: Move;
  odds: number;
}

/** The checker's findings by the sentence they stand in. */
function findingsOf(r: ReplyParts, reply: string, ears: Ears): Map<Sentence, Finding> {
  const found = new Map<Sentence, Finding>();
  for (const { move, words, odds } of ears.check?.(reply) ?? []) {
    const sentence = r.sentences.find((s) => s.typed.includes(fold(words)));
    if (sentence && !found.has(sentence)) found.set(sentence, { move, odds });
  }
  return found;
}

/** What nobody can mean well; the checker alone makes it heard where it is sure. */
const GRAVE: ReadonlySet<Move> = new Set([
  "blames",
  "threatens",
  "dismisses",
  "commands-calm",
  "argues",
  "pries",
  "passes-the-buck",
]);
/** From these log odds on the checker is sure of a sentence, whatever stands beside it. */
const SURE = 1.6;
/** The same where the rest of the reply is good. */
const SURE_BESIDE_GOOD = 2.2;
/** From these on even one that names a feeling or a fault hurts. */
const CERTAIN = 3;

/** Who names a hurt or his own fault speaks of bad things in bad words: the checker alone does not make it hurt. */
const SPEAKS_OF_HARM: readonly Move[] = ["names-feeling", "specific-apology", "face-saving"];
const namesHarm = (s: Sentence, r: ReplyParts, scene: Scene) =>
  !s.question &&
  calmOf(r.sentences, r, scene).some((c) => c.in === s.text && SPEAKS_OF_HARM.includes(c.move));

/** Signs that a sentence means well; where they are the checker alone does not make it hurt. */
const isWellMeant = (s: Sentence, r: ReplyParts, scene: Scene) =>
  s.facts.length > 0 ||
  s.is("exact-time") ||
  namesHarm(s, r, scene) ||
  calmOf([s], r, scene).some((c) => !NEUTRAL.has(c.move));

/** A sentence more doubtful than this earns nothing by the mere words in it. */
const DOUBTFUL = 0;
/** So many things of the case in one sentence are not there by chance. */
const MANY_FACTS = 3;
/** What takes no good will: a word of the case is soon said. */
const CHEAP: readonly Move[] = ["names-fact", "mentions-evidence", "face-saving", "shared-interest"];

/** Calming moves from which on a reply is not made a bad one by the checker's doubt about another sentence of it. */
const WELL_MEANT = 2;

/** What of the checker's findings is heard; `good`: the rest of the reply is. */
function checkedMove(
  s: Sentence,
  found: Finding | undefined,
  good: boolean,
  r: ReplyParts,
  scene: Scene,
): Move | undefined {
  if (!found || setsLimit(s, r, scene)) return undefined;
  const sure = GRAVE.has(found.move) && found.odds >= (good ? SURE_BESIDE_GOOD : SURE);
  if (sure && (found.odds >= CERTAIN || !namesHarm(s, r, scene))) return found.move;
  return good || isWellMeant(s, r, scene) ? undefined : found.move;
}

/** The sentences that hurt, each with its move, and those that do not. */
function sortSentences(r: ReplyParts, reply: string, scene: Scene, ears: Ears) {
  const found = findingsOf(r, reply, ears);
  const rest = r.sentences.filter((s) => !found.has(s) && !hurtOf(s, r, scene));
  const good = calmOf(rest, r, scene).filter((c) => !NEUTRAL.has(c.move)).length >= WELL_MEANT;
  const hurts: { move: Move; in: string }[] = [];
  const fine = r.sentences.filter((s) => {
    const move = hurtOf(s, r, scene) ?? checkedMove(s, found.get(s), good, r, scene);
    if (move) hurts.push({ move, in: s.typed });
    return !move || move === "over-promises";
  });
  return { hurts, fine };
}

function hearSentences(r: ReplyParts, reply: string, scene: Scene, ears: Ears): Omit<Heard, "apologises"> {
  const { hurts, fine } = sortSentences(r, reply, scene, ears);
  const { facts } = r;
  const settled = (...more: Move[]) => ({
    ...settle([...hurts, ...more.map((move) => ({ move, in: r.text }))]),
    facts,
  });
  if (grovels(r)) return settled("over-apology");
  const isDoubtful = (s: Sentence) =>
    s.facts.length < MANY_FACTS && (ears.doubt?.(s.typed) ?? DOUBTFUL) > DOUBTFUL;
  const doubtful = new Set(fine.filter(isDoubtful).map((s) => s.text));
  const earned = (c: { move: Move; in: string }) => !(CHEAP.includes(c.move) && doubtful.has(c.in));
  const calm = calmOf(fine, r, scene).filter(earned);
  const calming = calm.filter((c) => !NEUTRAL.has(c.move) && c.move !== "names-fact").length;
  if (isStuffed(r, calming)) return settled("empty-empathy");
  const meant = fine.some((s) => apologyOf(s) === "meant") && countApologies(r) > 0;
  const isEmpty = meant && !calm.some((c) => c.move === "specific-apology");
  if (isEmpty && !hurts.some((h) => h.move === "empty-empathy"))
    hurts.push({ move: "empty-empathy", in: r.text });
  const all = [...hurts, ...calm];
  if (all.length === 0 && facts.length === 0 && !isOfService(r)) return only("off-topic");
  return { ...settle(all), facts };
}
