/** The moves that calm (and the neutral ones): each from several signs in a sentence and around it, never from one wording. */
import type { Move } from "../../core/practice-case.ts";
import { apologyOf } from "./apology.ts";
import { type Scene, setsLimit } from "./hurting.ts";
import { holdsOf, type ReplyParts, type Sentence } from "./reply.ts";

/** `all`: the sentences of the reply that do not hurt, in order. */
interface Part {
  s: Sentence;
  before: Sentence | undefined;
  after: Sentence | undefined;
  all: readonly Sentence[];
  r: ReplyParts;
  scene: Scene;
}
type Test = (p: Part) => boolean;

const factsOf = (list: readonly (Sentence | undefined)[]) => new Set(list.flatMap((s) => s?.facts ?? []));
const near = ({ s, before, after }: Part) => factsOf([before, s, after]).size;
const anywhere = ({ all }: Part) => factsOf(all).size;

const HALVES = { en: /\bor\b|;|: /, zh: /要么|或者|还是|;|也可以|也能|再就是|,/ } as const;
/** The same thing later is not another thing. */
const LATER = { en: /\b(?:well|later|sooner|perhaps|maybe|then)\b/g, zh: /晚点|以后|回头|稍后/g } as const;
const UNITS = { en: /[a-z]{4,}|\d\S*/g, zh: /[\u3400-\u9fff]{2}/g } as const;

/** Two ways that are not the same said twice. */
function differ(text: string, { r }: Part): boolean {
  const { tongue } = r;
  const parts = text.replace(LATER[tongue], " ").split(HALVES[tongue]);
  const sets = parts.map((half) => new Set(half.match(UNITS[tongue]))).filter((set) => set.size > 0);
  const last = sets.at(-1) ?? new Set();
  const others = sets.slice(0, -1);
  return others.length === 0 || others.some((set) => [...last].some((word) => !set.has(word)));
}

/** From here on a sum or a thing is the offer's, not what the customer told. */
const isLate = ({ scene }: Part) => scene.stage === "resolve" || scene.stage === "follow-up";

const remedyIn = (s: Sentence, { r }: Part) =>
  s.is("remedy") || holdsOf(s.text, r.ear, r.caseFacts.remedies).length > 0;

/** Offers a new one where none would help: that is no second way. */
const swapsInVain = ({ r, scene }: Part) =>
  r.is("replacement") && !scene.case.options.some((o) => o.remedy === "replace" && o.fits);

/** "Is it the drum or the cymbals?" asks what is so; it puts no choice. */
const asksWhatIs = (s: Sentence) => s.question && s.is("asks-fact") && !s.is("preference");

/** The way out that is named in a sentence: the words for what may be done. */
const waysIn = (s: Sentence, { r }: Part) =>
  new Set([
    ...holdsOf(s.text, r.ear, r.caseFacts.remedies),
    ...(s.text.match(UNITS[r.tongue]) ?? []).filter((unit) => r.ear.has("remedy", unit)),
  ]);

/** Two ways in two sentences, the second put as another: "Would cash suit you? Or …", "If you'd rather not come, …". */
function inTwoSentences(p: Part): boolean {
  const ways = p.all.filter((x) => remedyIn(x, p) && !asksWhatIs(x));
  return ways.some(
    (x, i) =>
      i > 0 && x.is("other-way") && [...waysIn(x, p)].some((way) => !waysIn(ways[i - 1]!, p).has(way)),
  );
}

const offersTwo: Test = (p) => {
  const { s, r, scene } = p;
  if (scene.stage === "listen" || scene.stage === "apologize") return false;
  if (!(s.is("choice") || s.is("other-way")) || asksWhatIs(s)) return false;
  const whole = r.sentences.filter((x) => remedyIn(x, p) || x.is("inform"));
  if ((whole.length === 0 && r.count("time") < 2) || !isOfCase(p) || swapsInVain(p)) return false;
  // "Pump or controller, I can't tell" leaves nothing to choose.
  const open = (x: Sentence) => !asksWhatIs(x) && !(x.is("limit") && !remedyIn(x, p));
  return inTwoSentences(p) || p.all.some((x) => x.is("alternative") && open(x) && differ(x.text, p));
};

/** Something of this case is in it: a remedy that fits, a fact, a measure. */
const isOfCase = ({ r }: Part) => {
  const { remedies, measures, weak } = r.caseFacts;
  return r.facts.length > 0 || holdsOf(r.text, r.ear, [...remedies, ...measures, ...weak]).length > 0;
};

const offersOne: Test = (p) =>
  p.scene.stage !== "listen" && p.s.is("could") && remedyIn(p.s, p) && !p.s.question && !p.s.is("thanks");

const stopLoss: Test = (p) => {
  const { s, r, scene } = p;
  if (
    s.is("safety") &&
    (s.question || s.is("at-once") || scene.stage === "listen" || s.is("limit") === false)
  )
    return scene.stage !== "follow-up";
  if (
    scene.case.channel === "visit" &&
    scene.turn <= 2 &&
    s.count("comfort") >= 1 &&
    scene.case.facts !== undefined
  )
    return s.count("comfort") >= 2 || r.count("comfort") >= 2;
  if (!s.is("at-once")) return false;
  if (s.is("protects")) return true;
  return holdsOf(s.text, r.ear, r.caseFacts.measures).length >= 2;
};

/** Two facts, or one that cannot be meant of anything else: a number, a day, a time. */
const namesFact: Test = (p) => {
  const { s } = p;
  const { facts, question } = s;
  // "Thank you for the photo" thanks for a thing; it does not say back what was told.
  if (p.scene.stage === "follow-up" && s.is("thanks")) return false;
  // What is asked or offered is not said back: "Is the light still red?", "The 89 yuan go back to you".
  if (question && !s.is("confirm") && !s.is("open-question") && facts.length < 4) return false;
  if (isLate(p) && (remedyIn(s, p) || s.is("limit")) && facts.length < 3) return false;
  if (facts.length >= 2 || (facts.length >= 1 && anywhere(p) >= 2)) return true;
  return !question && facts.some((f) => /\d/.test(f));
};

/** Asks for the story or the wish; a question that wants yes or no is none. */
const openQuestion: Test = ({ s, scene }) => {
  if (scene.stage !== "listen" && scene.stage !== "analyze") return false;
  if (!s.question && !(s.is("invite") && s.facts.length > 0)) return false;
  if (s.is("confirm") || !s.is("open-question")) return false;
  return !/吗[?。"]*$/.test(s.text) || /怎|什么|哪|如何/.test(s.text);
};

const weakOf = (list: readonly Sentence[]) => new Set(list.flatMap((s) => s.weak)).size;

const namesFeeling: Test = (p) => {
  const { s, r, all } = p;
  if (s.is("apology") || s.question) return false;
  if (s.is("in-your-place") && (anywhere(p) >= 1 || weakOf(all) >= 2)) return true;
  if (!s.is("feeling")) return false;
  if (anywhere(p) >= 1) return true;
  return s.is("feeling-cause") && (weakOf(all) >= 2 || r.length >= (r.tongue === "en" ? 12 : 9));
};

/** Sorry for one named thing: a fact of the case, or what was done wrong and to whom. */
const specificApology: Test = (p) => {
  const { s, all } = p;
  if (apologyOf(s) !== "meant" || (s.is("apology-generic") && anywhere(p) === 0)) return false;
  if (near(p) >= 1 || (anywhere(p) >= 1 && all.length <= 3)) return true;
  if (s.is("apology-for") && (weakOf(all) >= 1 || all.some((x) => x.is("event")))) return true;
  const harm = all.some((x) => x.is("wrongdoing"));
  const thing = all.some((x) => x.is("event")) || weakOf(all) >= 2;
  return harm && thing && p.r.length >= (p.r.tongue === "en" ? 6 : 3);
};

/** How many times are named, "tonight at eight" being one. */
const timesIn = (r: ReplyParts) =>
  r.text.split(/[,;.!?]| and /).filter((part) => r.ear.has("time", part)).length;

const restates: Test = (p) => {
  const { s, all, r, scene } = p;
  if (scene.stage === "follow-up" && timesIn(r) >= 2) return true;
  const check = all.some((x) => x.is("confirm"));
  const facts = anywhere(p);
  const weak = weakOf(all);
  if (check) return facts >= 2 || (facts >= 1 && weak >= 1) || weak >= 2;
  return (
    s.is("summary") && (facts >= 3 || (facts >= 2 && weak >= 1) || (facts >= 1 && weak >= 3) || weak >= 5)
  );
};

const committed: Test = ({ s, scene }) =>
  s.is("time") &&
  !s.question &&
  ((s.is("inform") && !s.is("limit")) || (s.is("commit") && scene.stage !== "analyze"));

const consults: Test = (p) => {
  const { s, scene, all } = p;
  if (scene.stage === "listen" || scene.stage === "apologize") return false;
  if (committed(p)) return true;
  return (
    s.is("decider") && all.some((x) => x.is("time")) && all.some((x) => x.is("commit") || x.is("inform"))
  );
};

const timeAndReason: Test = (p) => {
  const { s, before, scene, all } = p;
  if (scene.stage === "listen" || scene.stage === "apologize") return false;
  if (!s.is("time") || asksWhatIs(s) || (s.question && all.every((x) => x.question))) return false;
  if (s.is("limit") && !p.r.ear.has("time", s.text.replace(/\btoday\b|今天/g, " "))) return false;
  return s.is("reason") || (before?.is("reason") ?? false) || all.some((x) => x !== s && x.is("reason"));
};

const honestLimit: Test = ({ s, all, r }) =>
  s.is("limit") && (s.is("instead") || all.length > 1 || r.length >= (r.tongue === "en" ? 8 : 6));

const TESTS: readonly (readonly [Move, Test])[] = [
  [
    "lets-finish",
    ({ s, scene }) =>
      (scene.stage === "listen" || scene.stage === "apologize") && (s.is("invite") || s.is("presence")),
  ],
  ["names-fact", namesFact],
  ["names-feeling", namesFeeling],
  ["specific-apology", specificApology],
  ["restates", restates],
  ["open-question", openQuestion],
  ["closed-question-in-place", ({ s }) => s.question],
  ["offers-two-options", offersTwo],
  ["offers-one-option", offersOne],
  ["gives-time-and-reason", timeAndReason],
  ["consults-with-deadline", consults],
  ["honest-limit", honestLimit],
  ["stop-loss", stopLoss],
  ["warm-transfer", ({ s }) => s.is("takeover")],
  ["thanks", ({ s }) => s.is("thanks") && (s.is("thanks-for") || s.facts.length > 0)],
  ["mentions-evidence", ({ s }) => s.is("evidence") && s.is("evidence-care")],
  ["sets-limit-politely", ({ s, r, scene }) => setsLimit(s, r, scene)],
  [
    "face-saving",
    ({ s, scene }) => s.is("save-face") && scene.stage !== "resolve" && scene.stage !== "follow-up",
  ],
  ["shared-interest", ({ s }) => s.is("both-gain")],
];

/** Every move of the sentences that do not hurt, each with the sentence it was heard in. */
export function calmOf(all: readonly Sentence[], r: ReplyParts, scene: Scene): { move: Move; in: string }[] {
  const heard = new Map<Move, string>();
  all.forEach((s, i) => {
    for (const [move, test] of TESTS)
      if (!heard.has(move) && test({ s, before: all[i - 1], after: all[i + 1], all, r, scene }))
        heard.set(move, s.text);
  });
  return [...heard].map(([move, text]) => ({ move, in: text }));
}
