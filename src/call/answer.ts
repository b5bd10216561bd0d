/** Takes one answer: checks it, and makes the events that go to disk together before the next question appears. */
import { previewCase } from "../core/clock.ts";
import type { EventData, EventDraft, PromiseInput } from "../core/event.ts";
import { newId, type Uuid } from "../core/id.ts";
import { activeSteps, isAnswered } from "../core/next-step.ts";
import { attemptsOf, mayGiveUp } from "../core/owed.ts";
import type { Outcome } from "../core/question.ts";
import type { Step } from "../core/script.ts";
import { isRudeness, offersMoney } from "./alerts.ts";
import { type Call, commit } from "./call.ts";
import {
  type CheckContext,
  checkAnswer,
  type OfferItem,
  type PromiseItem,
  problemText,
} from "./check-answer.ts";
import { CLOSING_KEY, contactField, isRefusal } from "./closing.ts";
import { isRepeat } from "./customer-card.ts";
import { judgeOffer, usedCodes } from "./offer.ts";

type Drafts = { ok: true; drafts: EventDraft[] } | { ok: false; outcome: Outcome };
type Answered = EventData["answered"];

export function checkContext({
  facts,
  library,
  state,
}: Pick<Call, "facts" | "library" | "state">): CheckContext {
  return {
    taxonomies: library.taxonomies(),
    currency: facts.currency,
    timeZone: facts.timeZone,
    openedAt: state.case.opened_at,
    now: facts.now().toISOString(),
  };
}

/** A promise given again keeps its id: one with the same words, else the one that stood in its place. */
export function promiseInputs(call: Call, step: Step, items: readonly PromiseItem[]): PromiseInput[] {
  const before = (call.run.answers.get(step.key) as PromiseItem[] | null | undefined) ?? [];
  const { promises } = call.state.case;
  const idOf = (item: PromiseItem | undefined): Uuid | undefined => {
    const at = item ? promises.findLastIndex((p) => p.what === item.what && p.due_at === item.due_at) : -1;
    return at < 0 ? undefined : call.state.ids.promises[at];
  };
  const taken = new Set<Uuid>();
  return items.map((item, i) => {
    const same = before.find((b) => b.what === item.what);
    const id = idOf(same) ?? (items.length === before.length ? idOf(before[i]) : undefined);
    const own = id !== undefined && !taken.has(id) ? id : newId(+call.facts.now(), call.facts.random);
    taken.add(own);
    return { id: own, ...item };
  });
}

const WHO: ReadonlySet<string> = new Set(["customer_phone", "customer_account", "customer_email"]);

/** The flag `repeat` is set by itself as soon as the customer is known; it belongs to no step, so flags are still asked. */
export function repeatDraft(
  store: Call["store"],
  c: Parameters<typeof isRepeat>[1],
  fresh: Readonly<Record<string, unknown>>,
): EventDraft[] {
  const record = { ...c.record, ...fresh };
  const flags = (record.flags as string[] | undefined) ?? [];
  if (flags.includes("repeat") || !isRepeat(store, { ...c, record })) return [];
  return [{ type: "answered", data: { field: "flags", value: [...flags, "repeat"] } }];
}

function withRepeat(call: Call, value: unknown): unknown {
  if (!isRepeat(call.store, call.state.case)) return value;
  return [...new Set([...((value as string[] | null) ?? []), "repeat"])];
}

function codeProblem(call: Call, reason: string, at: string): Outcome {
  return { type: "error", code: `code_${reason}`, message: `${at}: ${call.t(`call.code_${reason}`)}` };
}

function offerDrafts(call: Call, step: Step, items: OfferItem[], answered: Answered): Drafts {
  const used = items.some((i) => i.code !== undefined) ? usedCodes(call.store.events(call.caseId)) : [];
  const { facts, library, state, runId } = call;
  const judged = judgeOffer(items, { facts, library, state, ref: state.case.ref, run: runId, used });
  if (!judged.ok) return { ok: false, outcome: codeProblem(call, judged.reason, judged.at) };
  const known = state.overrides.some((o) => o.what === "money-for-rudeness");
  const overridden: EventDraft[] =
    isRudeness(call) && offersMoney(items) && !known
      ? [{ type: "overridden", data: { step: step.key, what: "money-for-rudeness" } }]
      : [];
  const { value, authority } = judged;
  return {
    ok: true,
    drafts: [{ type: "answered", data: { ...answered, value, authority } }, ...judged.drafts, ...overridden],
  };
}

/** A contact given at the very end must not open questions of the beginning again: optional ones that now apply are passed. */
function passedDrafts(call: Call, drafts: readonly EventDraft[]): EventDraft[] {
  const { caseId, store, facts, script, runId } = call;
  const context = { scriptOf: store.script, at: facts.now().toISOString(), by: facts.agent };
  const state = previewCase(caseId, store.events(caseId), drafts, context);
  const run = state.runs.find((r) => r.id === runId)!;
  return activeSteps(script, state)
    .filter((s) => s.optional && !isAnswered(s, run))
    .map((s) => ({
      type: "answered",
      data: { run: runId, step: s.key, ...(s.records ? { field: s.records } : {}), value: null },
    }));
}

function closingDrafts(call: Call, value: unknown): EventDraft[] {
  const contact = typeof value === "string" && !isRefusal(value) ? value : undefined;
  const field = contact === undefined ? "contact_ok" : contactField(contact);
  const data = { run: call.runId, step: CLOSING_KEY, field, value: contact ?? false };
  const drafts: EventDraft[] = [
    { type: "answered", data },
    ...(contact === undefined ? [] : repeatDraft(call.store, call.state.case, { [field]: contact })),
  ];
  return [...drafts, ...passedDrafts(call, drafts)];
}

function draftsFor(call: Call, step: Step, value: unknown): Drafts {
  if (step.key === CLOSING_KEY) return { ok: true, drafts: closingDrafts(call, value) };
  const answered: Answered = {
    run: call.runId,
    step: step.key,
    ...(step.records ? { field: step.records } : {}),
    value: step.records === "flags" ? withRepeat(call, value) : value,
  };
  if (value === null) return { ok: true, drafts: [{ type: "answered", data: answered }] };
  if (step.kind === "offer") return offerDrafts(call, step, value as OfferItem[], answered);
  if (step.kind === "promise") answered.promises = promiseInputs(call, step, value as PromiseItem[]);
  const repeat =
    step.records && WHO.has(step.records)
      ? repeatDraft(call.store, call.state.case, { [step.records]: value })
      : [];
  return { ok: true, drafts: [{ type: "answered", data: answered }, ...repeat] };
}

/** Nobody is given up on who can be reached and was not tried often enough; on an open case it closes nothing. */
function givesUpEarly(call: Call, step: Step, value: unknown): Outcome | undefined {
  const { state, run, library, t } = call;
  if (step.records !== "callback_result" || value !== "exempt_no_contact" || run.began_in === "open")
    return undefined;
  const policy = library.policy();
  if (mayGiveUp(state.case, policy)) return undefined;
  const counts = { attempts: attemptsOf(state.case), needed: policy.callback.attempts };
  return { type: "error", code: "attempts_left", message: t("call.attempts_left", counts) };
}

/** Commits the answer before it returns; the same question stands after an error. */
export function takeAnswer(call: Call, step: Step, value: unknown): Outcome {
  const checked = checkAnswer(step, value, checkContext(call));
  if (!checked.ok)
    return { type: "error", code: checked.problem.code, message: problemText(checked.problem, call.t) };
  const early = givesUpEarly(call, step, checked.value);
  if (early) return early;
  const made = draftsFor(call, step, checked.value);
  if (!made.ok) return made.outcome;
  commit(call, made.drafts);
  call.focus = undefined;
  call.askedTip = undefined;
  call.lastStep = step;
  return { type: "accepted" };
}
