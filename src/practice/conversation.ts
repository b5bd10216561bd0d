/**
 * A rehearsal behind any face of a call: turns with the customer between the questions of the same script, through the
 * same dialogue. Every reply is on disk before the next turn; the cursor follows from what is there.
 */
import type { Doors } from "../call/call.ts";
import { openDialogue } from "../call/dialogue.ts";
import type { Case } from "../core/case.ts";
import { ComplaintError } from "../core/errors.ts";
import type { EventDraft } from "../core/event.ts";
import type { Uuid } from "../core/id.ts";
import type { Translate } from "../core/library-port.ts";
import { wordChannel } from "../core/line.ts";
import type { PracticeCase } from "../core/practice-case.ts";
import type { Conversation, Outcome, Question, Reply, SideAction } from "../core/question.ts";
import { toQuote } from "../core/quotation.ts";
import { type Mood, STAGES, type Stage } from "../core/stage.ts";
import type { Ears } from "./hear/hear.ts";
import { LEVELS } from "./levels.ts";
import { clearDrafts, isFresh, playedOf, repliesOf, turnStep } from "./log.ts";
import { endingOf } from "./react.ts";
import { checkRecord } from "./record-check.ts";
import { lastWords, type Scorecard, scorecardOf } from "./scorecard.ts";
import {
  beginTalk,
  CHOICE_ID,
  choicesOf,
  draw,
  joined,
  pieceFor,
  reply as replyIn,
  stageDue,
  stagesOf,
  type Talk,
  type TalkChoice,
  type TalkPlan,
} from "./talk.ts";

export interface PracticeStart extends Doors {
  caseId: Uuid;
  run: Uuid;
  plan: TalkPlan;
  ears: Ears;
  t: Translate;
  /** The real time, for the result. */
  realNow: () => Date;
  resumed?: boolean;
}

type Done = Outcome & { type: "done" };

interface Session extends PracticeStart {
  inner: Conversation;
  talk: Talk;
  /** The script's own questions are looked at again: back or jump was asked for at a turn. */
  aside: boolean;
  /** What the customer said to the last reply has not been followed by an answer to the script yet. */
  fresh: boolean;
  /** When this sitting began, in real time: the clock of the case stands still. */
  began: number;
  /** The script was through before the talk was. */
  held: Done | undefined;
  over: Done | undefined;
}

const stageIndex = (stage: Stage) => STAGES.indexOf(stage);

/** The stage of the turn that is due now: the script waits until it has been said. */
function turnNow(s: Session): Stage | undefined {
  if (s.over || s.aside) return undefined;
  const stage = stageDue(s.talk);
  if (!stage) return undefined;
  const asked = s.held ? undefined : s.inner.current();
  return !asked || stageIndex(stage) <= stageIndex(asked.stage) ? stage : undefined;
}

const turnNumber = (s: Session) => s.talk.reactions.length + 1;

/** A calming tip for this moment, where the level shows one. */
function tipAt(s: Session, stage: Stage): string | undefined {
  const script = s.store.script(s.store.state(s.caseId)?.runs.find((r) => r.id === s.run)?.script.hash ?? "");
  const { state, case: c } = s.talk;
  const channel = wordChannel(c.channel, true);
  const any = (list: readonly string[], value: string | undefined) =>
    list.length === 0 || (value !== undefined && list.includes(value));
  const fits = Object.values(script?.tips ?? {}).filter(
    (tip) =>
      tip.mood[0] <= state.mood &&
      state.mood <= tip.mood[1] &&
      any(tip.stages, stage) &&
      any(tip.psych, c.customer.psychology) &&
      any(tip.ch, channel) &&
      // A blank is filled from the record of a call; here there is none yet.
      !tip.text.includes("{"),
  );
  return fits[turnNumber(s) % Math.max(1, fits.length)]?.text;
}

/** Moves named after a turn; more would be a scorecard. */
const MOST_HEARD = 2;

/** What the customer heard in the last line and what it did to the mood, where the level gives hints. */
function heardLines({ talk, t, fresh }: Session): string[] {
  const last = talk.reactions.at(-1);
  if (!last || !fresh || LEVELS[talk.level].tip === "none") return [];
  const { before: from, after: to, sum } = last;
  const strength = (change: number) => (sum > 0 ? -change : change);
  const what = last.moves
    .filter((m) => m.counted && m.change !== 0)
    .sort((a, b) => strength(a.change) - strength(b.change))
    .slice(0, MOST_HEARD)
    .map((m) => t(`practice.heard_${m.move.replaceAll("-", "_")}`));
  const said = what.length > 0 ? what.join(t("practice.heard_join")) : t("practice.heard_nothing");
  return [t("practice.heard", { change: from === to ? "same" : "moved", from, to, what: said })];
}

/** The script's questions and the turns together; `least`: so many turns are left whatever was planned. */
function progressOf({ talk }: Session, asked: Question | undefined, least: 0 | 1): Question["progress"] {
  const { done = 0, left = 0 } = asked?.progress ?? {};
  const said = talk.reactions.length;
  const planned = talk.state.left ? 0 : stagesOf(talk.case).length - said;
  return { done: done + said, left: left + Math.max(least, planned) };
}

function turnQuestion(s: Session, stage: Stage): Question {
  const { talk, t } = s;
  const turn = turnNumber(s);
  const typed = s.store.typed(s.caseId, turnStep(stage, turn));
  const tip = LEVELS[talk.level].tip === "shown" ? tipAt(s, stage) : undefined;
  const asked = s.inner.current();
  return {
    ref: s.inner.caseNow().ref,
    run: s.run,
    step: turnStep(stage, turn),
    stage,
    kind: "reply",
    ask: t("practice.your_words"),
    choices: choicesOf(talk, s.ears),
    optional: false,
    mood: talk.state.mood as Mood,
    progress: progressOf(s, asked, 1),
    alerts: heardLines(s),
    elapsed: s.inner.elapsed(),
    turn,
    says: talk.latest,
    ...(tip === undefined ? {} : { tip }),
    ...(typed === undefined ? {} : { typed }),
  };
}

/** What the customer says while the script asks: to the reply just given, and to what is asked for. */
function saysNow({ talk, fresh }: Session, question: Question): string | undefined {
  const piece = pieceFor(talk, question.records);
  const words = [
    ...(fresh ? [talk.latest] : []),
    ...(piece === undefined ? [] : [talk.case.story[piece]!.says]),
  ];
  return words.length > 0 ? joined(words, talk.case) : undefined;
}

/**
 * The script's question, without earlier cases (there are none to know); a level without hints shows no tip. The customer
 * answers the last reply before anything else is asked.
 */
function ownQuestion(s: Session): Question | undefined {
  const question = s.held ? undefined : s.inner.current();
  if (!question) return undefined;
  const { tip, customer: _, ...rest } = question;
  const says = saysNow(s, question);
  return {
    ...rest,
    ...(tip !== undefined && LEVELS[s.talk.level].tip !== "none" ? { tip } : {}),
    ...(says === undefined ? {} : { says }),
    progress: progressOf(s, question, 0),
    alerts: [...heardLines(s), ...question.alerts],
  };
}

function current(s: Session): Question | undefined {
  if (s.over) return undefined;
  const stage = turnNow(s);
  return stage ? turnQuestion(s, stage) : ownQuestion(s);
}

/** The case marks the mood as in a live call; the dialogue takes the newest state in with it. */
function markMood(s: Session): void {
  s.inner.reply({ kind: "side", action: { side: "mood", value: s.talk.state.mood } });
}

/** The scorecard as things stand. */
export function cardOf(
  s: Pick<Session, "store" | "caseId" | "run" | "talk" | "ears" | "t">,
  c: Case,
): Scorecard {
  const { tries } = repliesOf(s.store.events(s.caseId), s.run);
  return scorecardOf(s.talk, { tries, record: checkRecord(c, s.talk.case), ears: s.ears, t: s.t });
}

/** Ends the rehearsal: the customer's last words, the score, and the result on disk. */
function finish(s: Session, done: Done): Done {
  const card = cardOf(s, done.case);
  const { case: id, level, seed } = card;
  s.store.append(s.caseId, [
    {
      type: "practised",
      at: s.realNow().toISOString(),
      data: { case: id, level, seed, result: card as unknown as Record<string, unknown> },
    },
  ]);
  const words = lastWords(s.talk, endingOf(s.talk.state));
  s.over = {
    type: "done",
    case: done.case,
    paused: false,
    lines: [s.t("practice.customer_says", { text: toQuote(words) })],
    extra: { scorecard: { ...card, last_words: words } },
  };
  return s.over;
}

/** What a reply to the script's own question led to: its end waits for the end of the talk. */
function passOn(s: Session, reply: Reply): Outcome {
  const asked = s.inner.current();
  const outcome = s.inner.reply(reply);
  if (reply.kind === "value" && (outcome.type === "accepted" || outcome.type === "done")) {
    s.talk = draw(s.talk, asked?.records);
    s.fresh = false;
  }
  if (outcome.type !== "done") return outcome;
  if (outcome.paused) {
    s.over = { ...outcome, lines: [s.t("practice.paused", { id: s.plan.case.id })] };
    return s.over;
  }
  const broken = reply.kind === "side";
  if (!broken && stageDue(s.talk)) {
    s.held = outcome;
    return { type: "accepted" };
  }
  return finish(s, outcome);
}

/** Ends the script where it stands: the customer has put down the phone. */
function breakOff(s: Session): Outcome {
  if (s.held) return finish(s, s.held);
  return passOn(s, { kind: "side", action: { side: "end", reason: "cut_off" } });
}

const noSuchLine = ({ t }: Session, choices: readonly TalkChoice[]) =>
  choices.length === 0
    ? t("practice.not_text")
    : t("practice.no_such_line", { ids: choices.map((c) => c.id).join(", ") });

/** A reply to the customer: on disk first, then heard. */
function answerTurn(s: Session, stage: Stage, value: unknown): Outcome {
  if (typeof value !== "string")
    return { type: "error", code: "not_text", message: s.t("practice.not_text") };
  const choices = choicesOf(s.talk, s.ears);
  const chosen = choices.find((c) => c.id === value.trim());
  if (!chosen && CHOICE_ID.test(value.trim()))
    return { type: "error", code: "not_in_set", message: noSuchLine(s, choices) };
  const text = chosen?.label ?? value;
  const step = turnStep(stage, turnNumber(s));
  const drafts: EventDraft[] = [{ type: "answered", data: { run: s.run, step, value: text } }];
  s.store.append(s.caseId, drafts);
  if (s.store.typed(s.caseId, step) !== undefined) s.store.putTyped(s.caseId, step, "");
  s.talk = replyIn(s.talk, text, s.ears);
  s.fresh = true;
  if (!s.held) markMood(s);
  if (s.talk.state.left) return breakOff(s);
  if (s.held && !stageDue(s.talk)) return finish(s, s.held);
  return passSaid(s);
}

/**
 * A stage of the script that begins with a line to say (the greeting, the apology) has had it: the trainee said it in his
 * own words. It is not asked once more.
 */
function passSaid(s: Session): Outcome {
  const asked = turnNow(s) || s.held ? undefined : s.inner.current();
  if (asked?.kind !== "say" || asked.stage !== s.talk.reactions.at(-1)?.stage) return { type: "accepted" };
  const outcome = passOn(s, { kind: "value", value: "reworded" });
  s.fresh = true;
  return outcome.type === "notice" ? { type: "accepted" } : outcome;
}

/** A whole number from 1, as a number or typed; undefined: it is none. */
function turnsWished(turns: unknown): number | undefined {
  const typed = typeof turns === "string" && /^\d{1,6}$/.test(turns.trim());
  const wish = typed ? Number(turns) : turns;
  return typeof wish === "number" && Number.isInteger(wish) && wish >= 1 ? wish : undefined;
}

/** Takes back the last turns: another line can be tried; what was said stays on record. */
function rewind(s: Session, turns: unknown): Outcome {
  const { t } = s;
  const given = s.talk.reactions.length;
  const wish = turns === undefined ? 1 : turnsWished(turns);
  const wrong = (message: string): Outcome => ({ type: "error", code: "out_of_range", message });
  if (wish === undefined) return wrong(t("practice.rewind_number"));
  if (given === 0) return wrong(t("practice.rewind_none"));
  if (wish > given) return wrong(t("practice.rewind_far", { given }));
  const to = given - wish + 1;
  s.store.append(s.caseId, clearDrafts(s.run, repliesOf(s.store.events(s.caseId), s.run).now, to));
  Object.assign(s, talkFrom(s));
  s.aside = false;
  if (!s.held) markMood(s);
  return {
    type: "side",
    side: "rewind",
    message: t("practice.rewound", { turn: to }),
    data: { turn: to, mood: s.talk.state.mood },
  };
}

/** The talk as what is on disk makes it. */
function talkFrom(
  s: Pick<Session, "store" | "caseId" | "run" | "plan" | "ears">,
): Pick<Session, "talk" | "fresh"> {
  const played = playedOf(s.store.events(s.caseId), s.run);
  const talk = played.reduce(
    (at, p) => ("turn" in p ? replyIn(at, p.text, s.ears) : draw(at, p.field)),
    beginTalk(s.plan),
  );
  return { talk, fresh: isFresh(played) };
}

/** Side actions at a turn: some are the customer's own, the rest is the call's. */
function sideAtTurn(s: Session, stage: Stage, action: SideAction): Outcome {
  const { t } = s;
  if (action.side === "tip") {
    const tip = LEVELS[s.talk.level].tip === "none" ? undefined : tipAt(s, stage);
    if (tip === undefined) return { type: "side", side: "tip", message: t("practice.no_tip") };
    return { type: "side", side: "tip", data: { tip } };
  }
  if (action.side === "another") return { type: "side", side: "another", message: t("practice.own_words") };
  if (action.side === "mood") return { type: "side", side: "mood", message: t("practice.mood_is_his") };
  const outcome = passOn(s, { kind: "side", action });
  if (outcome.type === "side" && (action.side === "back" || action.side === "jump")) s.aside = !s.held;
  return outcome;
}

function answer(s: Session, reply: Reply): Outcome {
  if (s.over) return s.over;
  const stage = turnNow(s);
  if (reply.kind === "side") {
    if (reply.action.side === "rewind") return rewind(s, reply.action.turns);
    // The customer speaks the language the rehearsal began in, and so do the lines that are heard.
    if (reply.action.side === "language")
      return { type: "side", side: "language", message: s.t("practice.one_language") };
    return stage ? sideAtTurn(s, stage, reply.action) : passOn(s, reply);
  }
  if (stage) return answerTurn(s, stage, reply.value);
  s.aside = false;
  return passOn(s, reply);
}

/** A busy store keeps the reply on screen. */
function guarded(act: () => Outcome): Outcome {
  try {
    return act();
  } catch (error) {
    if (error instanceof ComplaintError && error.code === "busy")
      return { type: "notice", code: "busy", message: error.message };
    throw error;
  }
}

/**
 * Whether the customer is one who threatens: only then are the words of mood 5 in place. An injury or a hazard in the case
 * is no danger on the line, and nobody who rings about it is told to go where it is safe.
 */
function threatens(c: PracticeCase): boolean {
  return c.customer.psychology === "hostile";
}

/** What was said so far, in turns, for who comes back to it. */
function saidSoFar({ talk, t }: Session): string[] {
  return talk.reactions.flatMap(({ text }, i) => [
    `${t("practice.card_customer")}: ${talk.says[i]}`,
    `${t("practice.card_you")}: ${text.trim() || t("practice.card_nothing")}`,
  ]);
}

/** Opens the rehearsal of a run that is in the practice store; `said` tells what was said in it. */
export function openPracticeConversation(start: PracticeStart): Conversation & { said(): string[] } {
  const { facts, store, library, caseId, run } = start;
  const inner = openDialogue({
    facts,
    store,
    library,
    caseId,
    run,
    practice: true,
    ...(threatens(start.plan.case) ? {} : { threatless: true }),
    ...(start.resumed ? { resumed: true } : {}),
  });
  const s: Session = {
    ...start,
    inner,
    ...talkFrom(start),
    aside: false,
    began: +start.realNow(),
    held: undefined,
    over: undefined,
  };
  if (store.state(caseId)?.mood !== s.talk.state.mood) markMood(s);
  return {
    current: () => current(s),
    reply: (reply) => guarded(() => answer(s, reply)),
    keepTyped(text) {
      const stage = turnNow(s);
      if (!stage) return inner.keepTyped(text);
      const step = turnStep(stage, turnNumber(s));
      if ((store.typed(caseId, step) ?? "") !== text) store.putTyped(caseId, step, text);
    },
    caseNow: () => inner.caseNow(),
    places: () => inner.places(),
    actions: () => [
      { side: "rewind", label: start.t("practice.do_rewind"), word: "rewind" },
      ...inner.actions().filter((action) => action.side !== "language"),
    ],
    elapsed: () => Math.max(0, Math.floor((+start.realNow() - s.began) / 1000)),
    parse: (text, as) => (turnNow(s) && as === undefined ? { ok: true, value: text } : inner.parse(text, as)),
    stages: () => inner.stages(),
    said: () => saidSoFar(s),
  };
}
