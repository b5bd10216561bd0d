/** The moves that hurt, sentence by sentence. Where the checker of the never-say rules found something, it speaks first. */
import type { Move, PracticeCase } from "../../core/practice-case.ts";
import type { Stage } from "../../core/stage.ts";
import { apologyOf } from "./apology.ts";
import { holdsOf, type ReplyParts, type Sentence } from "./reply.ts";

export interface Scene {
  case: PracticeCase;
  stage: Stage;
  /** Record fields the customer has told already, or that stand on record. */
  told: ReadonlySet<string>;
  /** The customer has insulted or threatened the handler. */
  insulted: boolean;
  /** 1: the first turn of the call. */
  turn: number;
  /** Whether this is the last turn of its stage. */
  lastOfStage: boolean;
}

type Test = (s: Sentence, r: ReplyParts, scene: Scene) => boolean;

const offersMisfit: Test = (s, r, { case: c }) => {
  if (s.is("limit") || s.is("apology")) return false;
  const gift = c.options.some((o) => o.remedy === "gift" && !o.fits);
  const same = c.options.some((o) => o.remedy === "replace" && !o.fits);
  if (gift && s.is("gift")) return true;
  if (gift && s.is("gift-money")) return true;
  if (same && s.is("same-again")) return true;
  return s.is("money-stop") && (s.is("gift") || holdsOf(s.text, r.ear, r.caseFacts.misfits).length > 0);
};

/** Asks for what was told: the field behind the question is known. */
const asksAgain: Test = (s, r, { told, turn }) => {
  if (!s.question && !s.is("ask-again")) return false;
  if (s.is("ask-again") && s.facts.length <= 2) return true;
  if (r.is("invite") || r.is("presence")) return false;
  if (s.facts.length > 1) return false;
  if (s.is("ask-tried")) return told.has("tried");
  if (s.is("ask-what")) return told.has("words") || told.has("product") || turn > 1;
  if (s.is("ask-when")) return told.has("incident_at");
  return s.is("ask-where") && told.has("incident_place");
};

/** Words at a desk: "Name? Address? Account?" */
const isForm = (r: ReplyParts) =>
  r.sentences.filter(
    (s) => s.question && s.text.replace(/[^\p{L}]/gu, "").length <= (r.tongue === "en" ? 12 : 4),
  ).length >= 3;

/** Hurries the customer, or turns to forms and ways out before the story is told. */
const interrupts: Test = (s, r, scene) => {
  if (isForm(r) && s.question) return true;
  if (scene.stage !== "listen") return false;
  if (s.is("hurry")) return true;
  if (s.is("demand-id") && !s.is("invite")) return true;
  const early = scene.turn <= 1 && s.is("could") && s.is("choice") && !s.question && s.is("remedy");
  return early && !r.is("invite") && !s.is("at-once");
};

const emptyEmpathy: Test = (s) => {
  if (apologyOf(s) === "conditional") return true;
  const most = s.is("apology-stock") ? 1 : 0;
  if (s.is("apology") && s.is("apology-generic") && s.facts.length <= most) return true;
  return s.is("understand-empty") && s.facts.length <= 1;
};

/** A time is given in the same reply: "soon" beside it is no evasion. */
const givesTime = (r: ReplyParts) =>
  r.sentences.some((s) => s.is("exact-time") && (s.is("commit") || s.is("inform")));

const vague: Test = (s, r) =>
  (s.is("vague") && !s.is("exact-time") && !givesTime(r)) ||
  (s.is("time") && !s.question && s.count("hedge") >= 2 && !s.is("reason"));

/** A limit that is set so that the help can go on; whoever was not insulted has none to set. */
export const setsLimit: Test = (s, r, { insulted }) =>
  insulted && s.is("insult") && r.is("go-on") && !s.is("walk-out");

/** "That's all for today": the day on which one hangs up is no next step. */
const hangsUp: Test = (s, r) => s.is("bye") && !r.ear.has("time", r.text.replace(/\btoday\b|今天/g, " "));

const commandsCalm: Test = (s, _, { insulted }) =>
  s.is("calm-order") || (!insulted && s.is("insult") && s.is("limit"));

/** Who gives his reason explains. Chinese says one with words that stand anywhere (要, 才), so there it excuses nothing. */
const contradicts = (s: Sentence, { tongue }: ReplyParts) =>
  s.is("contradict") && !s.is("apology") && (tongue === "zh" || !s.is("reason"));

/** In the order of weight: of one sentence the first that fits is the one that is heard. */
const TESTS: readonly (readonly [Move, Test])[] = [
  ["threatens", (s, r, scene) => s.is("threat") && !s.is("presence") && !setsLimit(s, r, scene)],
  ["blames", (s) => s.is("blame")],
  ["commands-calm", commandsCalm],
  ["offers-money-for-rudeness", offersMisfit],
  ["cold-transfer", (s) => s.is("send-away") && !s.is("takeover")],
  ["dismisses", (s) => s.is("belittle")],
  ["hangs-up-on", hangsUp],
  ["passes-the-buck", (s) => s.is("elsewhere") && !s.is("apology")],
  ["dismisses", (s) => s.is("rule-as-fact")],
  ["argues", (s, r) => apologyOf(s) === "turned" || contradicts(s, r)],
  ["pries", (s) => s.is("prying")],
  ["jargon", (s) => s.is("codes")],
  ["over-promises", (s) => s.is("promise-big")],
  ["interrupts", interrupts],
  ["asks-again-what-was-told", asksAgain],
  ["empty-empathy", emptyEmpathy],
  ["vague-time", vague],
  ["off-topic", (s) => s.is("chatter") && s.facts.length === 0],
  ["no-apology", (s, _, { stage }) => stage === "apologize" && s.is("pass-over")],
];

/** What others have said is told, not said: "being processed" four times. */
function withoutQuotes(s: Sentence, { ear }: ReplyParts): Sentence {
  const own = s.text.replace(/"[^"]{2,60}"/g, " ");
  if (own === s.text) return s;
  return { ...s, is: (name) => ear.has(name, own), count: (name) => ear.count(name, own) };
}

/** The move of a sentence that hurts; undefined: it does not. */
export function hurtOf(sentence: Sentence, r: ReplyParts, scene: Scene): Move | undefined {
  const s = withoutQuotes(sentence, r);
  return TESTS.find(([, test]) => test(s, r, scene))?.[0];
}
