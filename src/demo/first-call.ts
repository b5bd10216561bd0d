/** The first conversation of a case: the script is walked as in a live call, every answer an event. */
import { holds } from "../core/condition.ts";
import type { EventDraft } from "../core/event.ts";
import type { CaseState } from "../core/fold.ts";
import { LIVE_CHANNELS } from "../core/fold.ts";
import type { Uuid } from "../core/id.ts";
import type { Line, Script, Step } from "../core/script.ts";
import type { Mood, Stage } from "../core/stage.ts";
import { statusAfter } from "../core/status.ts";
import { zonedDate } from "../core/zoned.ts";
import type { Plan } from "./case-plan.ts";
import type { History } from "./history.ts";

const SECOND = 1000;

/** How much of a call is written: everything, the answers that reports and lists read, or these with hardly a line shown. */
export type Detail = "full" | "lean" | "thin";

/** Lines shown in one call at most. */
const LINES: Readonly<Record<Detail, number>> = { full: 99, lean: 5, thin: 1 };

/** What is answered where not everything is. */
const ESSENTIAL: ReadonlySet<string> = new Set([
  "channel",
  "received_at",
  "words",
  "flags",
  "customer_name",
  "customer_phone",
  "customer_email",
  "kind",
  "psychology",
  "category",
  "cause",
  "severity",
  "department",
  "options",
  "outcome",
  "satisfaction",
]);

interface Walk {
  plan: Plan;
  script: Script;
  history: History;
  run: Uuid;
  detail: Detail;
  at: number;
  facts: Record<string, unknown>;
  /** As it really is, and as it was last marked. */
  feeling: number;
  mood: Mood;
  shown: Set<string>;
  stage: Stage;
}

const clamp = (mood: number): Mood => Math.min(5, Math.max(1, Math.round(mood))) as Mood;

/** How well a line calms, the same in every case: what the report should find out. */
function effectOf(key: string): number {
  const sum = [...key].reduce((n, c) => (n * 31 + c.charCodeAt(0)) % 997, 7);
  return 0.05 - 0.17 * (sum / 997);
}

function mark(walk: Walk, stage: Stage): void {
  walk.mood = clamp(walk.feeling);
  walk.facts.mood = walk.mood;
  walk.history.add(walk.at, walk.plan.agent, {
    type: "mood",
    data: { run: walk.run, stage, mood: walk.mood },
  });
}

const fits = (line: Line | undefined, mood: number): line is Line =>
  line !== undefined &&
  !line.text.includes("{") &&
  line.needs === undefined &&
  mood >= line.mood[0] &&
  mood <= line.mood[1];

function show(walk: Walk, step: Step, kind: "say" | "tip", key: string, text: string): void {
  const { history, plan, run } = walk;
  walk.shown.add(key);
  walk.feeling += effectOf(key) * (kind === "tip" ? 1 : 0.8);
  history.add(walk.at, plan.agent, { type: "shown", data: { run, step: step.key, key, kind, text } });
}

function showLines(walk: Walk, step: Step): void {
  const { script, mood, shown, history } = walk;
  const lines = step.say
    .map((id) => script.lines[id])
    .filter((line) => fits(line, mood) && !shown.has(line.id));
  if (lines.length > 0) {
    const line = history.chance.pick(lines.slice(0, 3))!;
    show(walk, step, "say", line.id, line.text);
  }
  if (mood < 3) return;
  const tip = step.tip
    .map((id) => script.tips[id])
    .find((t) => t && !shown.has(t.id) && mood >= t.mood[0] && mood <= t.mood[1]);
  if (tip && history.chance.chance(0.4)) show(walk, step, "tip", tip.id, tip.text);
}

/** A required question the plan has nothing for: its first choice, or the nearest thing to an answer. */
function fallback(step: Step): unknown {
  if (step.choices?.[0]) return step.kind === "choose-many" ? [step.choices[0].id] : step.choices[0].id;
  if (step.kind === "yes-no") return true;
  return step.kind === "number" ? 1 : "–";
}

function promiseDrafts(walk: Walk, step: Step): EventDraft {
  const { plan, history, at, run } = walk;
  const { what, reason } = plan.promise!;
  const due = zonedDate(at, history.timeZone);
  due.setDate(due.getDate() + history.chance.int(1, 5));
  due.setHours(history.chance.int(10, 17), history.chance.pick([0, 30]), 0, 0);
  const item = { what, due_at: new Date(+due).toISOString(), reason };
  const data = { run, step: step.key, value: [item], promises: [{ id: history.newId(at), ...item }] };
  return { type: "answered", data };
}

function answerDraft(walk: Walk, step: Step): EventDraft | undefined {
  const { plan, run, detail } = walk;
  const field = step.records === undefined ? {} : { field: step.records };
  const base = { run, step: step.key, ...field };
  if (step.kind === "say")
    return detail === "full" ? { type: "answered", data: { ...base, value: "said" } } : undefined;
  if (step.kind === "promise" && plan.promise) return promiseDrafts(walk, step);
  if (step.records === "options" && plan.options)
    return {
      type: "answered",
      data: { ...base, value: plan.options.value, authority: plan.options.authority },
    };
  const isAsked = step.records !== undefined && (detail === "full" || ESSENTIAL.has(step.records));
  const planned = isAsked ? plan.fields[step.records!] : undefined;
  const allowed =
    step.choices === undefined || typeof planned !== "string" || step.choices.some((c) => c.id === planned);
  if (planned !== undefined && allowed) return { type: "answered", data: { ...base, value: planned } };
  if (!step.optional) return { type: "answered", data: { ...base, value: fallback(step) } };
  return detail === "full" ? { type: "answered", data: { ...base, value: null } } : undefined;
}

/** What an option beyond the agent's authority asks of a lead; ids by the option. */
function askApprovals(walk: Walk): void {
  const { plan, history, at, run } = walk;
  for (const [i, option] of (plan.options?.value ?? []).entries()) {
    if (!plan.options?.authority[i]?.beyond) continue;
    const { remedy, amount, currency } = option;
    const money = {
      ...(amount === undefined ? {} : { amount }),
      ...(currency === undefined ? {} : { currency }),
    };
    history.add(at, plan.agent, { type: "approval-asked", data: { run, remedy, ...money } });
  }
}

function enter(walk: Walk, stage: Stage): void {
  const { history } = walk;
  if (walk.stage === stage) return;
  // The mood is marked when something has moved: after the apology, and before what was found is told.
  if (
    walk.stage === "apologize" ||
    walk.stage === "analyze" ||
    (walk.stage === "listen" && history.chance.chance(0.25))
  ) {
    walk.feeling += history.chance.normal() * 0.6 - 0.3;
    mark(walk, walk.stage);
  }
  walk.stage = stage;
}

function walkStep(walk: Walk, step: Step): void {
  const { history, plan, facts } = walk;
  enter(walk, step.stage);
  walk.at += history.chance.int(8, 40) * SECOND;
  const isTime = walk.detail === "full" || step.kind === "say" || step.stage === "resolve";
  if (isTime && walk.shown.size < LINES[walk.detail]) showLines(walk, step);
  const draft = answerDraft(walk, step);
  if (!draft) return;
  history.add(walk.at, plan.agent, draft);
  const { field, value } = draft.data as { field?: string; value?: unknown };
  if (field !== undefined && value !== null) facts[field] = value;
  if (step.records === "options") askApprovals(walk);
  if (step.key === "listen.words") mark(walk, "listen");
}

const DRAFT_ENDS: Readonly<Record<string, string>> = { draft: "apologize", cut_off: "analyze" };

/**
 * Writes the first conversation; a draft and a call that was cut off stop on their way. Returns the state after it and the
 * moment it ended.
 */
export function firstCall(
  plan: Plan,
  script: Script,
  history: History,
  detail: Detail,
): { state: CaseState; at: number } {
  const pin = { id: script.id, hash: script.hash };
  const run = history.newId(plan.at);
  history.add(plan.at, plan.agent, { type: "opened", data: { script: pin, locale: plan.locale } });
  history.add(plan.at, plan.agent, {
    type: "run-started",
    data: { run, kind: "call", script: pin, locale: plan.locale },
  });
  const facts: Record<string, unknown> = { status: "draft" };
  const walk: Walk = {
    plan,
    script,
    history,
    run,
    detail,
    at: plan.at,
    facts,
    feeling: plan.mood,
    mood: clamp(plan.mood),
    shown: new Set(),
    stage: "listen",
  };
  const lastStage = DRAFT_ENDS[plan.ending];
  for (const step of script.steps) {
    if (!holds(step.when, { ...facts, stage: step.stage })) continue;
    walkStep(walk, step);
    if (step.stage === lastStage) break;
  }
  if (plan.ending === "draft") return { state: history.commit(), at: walk.at };
  if (lastStage === undefined) mark(walk, "follow-up");
  finish(walk);
  return { state: history.commit(), at: walk.at };
}

function finish(walk: Walk): void {
  const { plan, history, run } = walk;
  walk.at += history.chance.int(5, 60) * SECOND;
  // Somebody who wrote hears at once that it arrived, in two cases of three.
  if (!LIVE_CHANNELS.has(plan.channel) && history.chance.chance(0.66))
    history.add(walk.at, plan.agent, { type: "contacted", data: { channel: "email", direction: "out" } });
  const state = history.commit();
  const end =
    plan.ending === "cut_off" ? { ended: "cut_off" as const, status: "open" as const } : statusAfter(state);
  history.add(walk.at, plan.agent, { type: "finished", data: { run, ...end } });
}
