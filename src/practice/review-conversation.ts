/** Five minutes at the start of a shift: the steps that are due, one reply each, with the verdict at once. */
import type { Case } from "../core/case.ts";
import type { Translate } from "../core/library-port.ts";
import type { Conversation, Outcome, Question, Reply } from "../core/question.ts";
import type { Mood } from "../core/stage.ts";
import type { Ears } from "./hear/hear.ts";
import type { DueStep } from "./review-schedule.ts";
import { type Scorecard, scorecardOf } from "./scorecard.ts";
import { beginTalk, choicesOf, reply as replyIn, type Talk, type TalkPlan } from "./talk.ts";

export interface ReviewStep extends DueStep {
  plan: TalkPlan;
}

export interface ReviewStart {
  steps: readonly ReviewStep[];
  ears: Ears;
  t: Translate;
  /** Keeps the result on disk and gives the case it is kept in. */
  keep: (step: ReviewStep, turn: Scorecard["turns"][number]) => Case;
  stages: Conversation["stages"];
}

export interface Reviewed {
  case: string;
  turn: number;
  stage: string;
  line: string;
  change: number;
  better: string;
}

/** The talk up to a step, as a very good handler would have brought it there. */
function talkBefore({ plan, turn }: ReviewStep, ears: Ears): Talk {
  const lines = plan.case.reference_runs?.very_good ?? [];
  return lines.slice(0, turn - 1).reduce((talk, line) => replyIn(talk, line.says, ears), beginTalk(plan));
}

interface Session extends ReviewStart {
  at: number;
  talk: Talk | undefined;
  done: Reviewed[];
  last: Case | undefined;
  over: (Outcome & { type: "done" }) | undefined;
}

function questionNow(s: Session): Question | undefined {
  const step = s.steps[s.at];
  if (!step || s.over) return undefined;
  s.talk ??= talkBefore(step, s.ears);
  return {
    ref: "",
    run: "",
    step: `${step.stage}.turn-${step.turn}`,
    stage: step.stage,
    kind: "reply",
    ask: s.t("practice.your_words"),
    choices: choicesOf(s.talk, s.ears),
    optional: false,
    mood: s.talk.state.mood as Mood,
    progress: { done: s.at, left: s.steps.length - s.at },
    alerts: [s.t("practice.review_step", { title: step.plan.case.title })],
    elapsed: 0,
    turn: step.turn,
    says: s.talk.latest,
  };
}

function finish(s: Session, paused: boolean): Outcome & { type: "done" } {
  const good = s.done.filter((d) => d.change < 0).length;
  s.over = {
    type: "done",
    case: s.last ?? ({} as Case),
    paused,
    lines: [s.t("practice.review_done", { count: s.done.length, good })],
    extra: { reviewed: s.done },
  };
  return s.over;
}

function answer(s: Session, value: unknown): Outcome {
  const step = s.steps[s.at];
  questionNow(s);
  if (!step || !s.talk) return finish(s, false);
  if (typeof value !== "string")
    return { type: "error", code: "not_text", message: s.t("practice.not_text") };
  const text = choicesOf(s.talk, s.ears).find((c) => c.id === value)?.label ?? value;
  const talk = replyIn(s.talk, text, s.ears);
  const card = scorecardOf(talk, { tries: [], record: undefined, ears: s.ears, t: s.t });
  const turn = card.turns.at(-1)!;
  s.last = s.keep(step, turn);
  const better = step.plan.case.reference_runs?.very_good[step.turn - 1]?.says ?? "";
  const points = card.points.filter((p) => p.turn === step.turn);
  s.done.push({
    case: step.case,
    turn: step.turn,
    stage: step.stage,
    line: text,
    change: turn.change,
    better,
  });
  s.at += 1;
  s.talk = undefined;
  const lines = [
    ...points.map((p) => s.t("practice.card_rule", { rule: p.rule, source: p.source })),
    s.t("practice.card_better", { better }),
  ];
  if (s.at >= s.steps.length) {
    const done = finish(s, false);
    done.lines = [...lines, ...(done.lines ?? [])];
    return done;
  }
  return { type: "side", side: "recap", lines };
}

function reply(s: Session, given: Reply): Outcome {
  if (s.over) return s.over;
  if (given.kind === "value") return answer(s, given.value);
  if (given.action.side === "pause" || given.action.side === "end") return finish(s, true);
  return { type: "side", side: given.action.side, message: s.t("practice.own_words") };
}

/** Opens the review of `steps`, in their order. */
export function openReview(start: ReviewStart): Conversation {
  const s: Session = { ...start, at: 0, talk: undefined, done: [], last: undefined, over: undefined };
  return {
    current: () => questionNow(s),
    reply: (given) => reply(s, given),
    keepTyped: () => {},
    caseNow: () => s.last ?? ({} as Case),
    places: () => [],
    actions: () => [{ side: "pause", label: start.t("call.do_pause"), word: "pause" }],
    elapsed: () => 0,
    parse: (text) => ({ ok: true, value: text }),
    stages: start.stages,
  };
}
