/**
 * The case is the fold of its events. `foldCase` is pure: the same events in any order of arrival give the same
 * state, and nothing in it reads a clock, a policy or a file. Scripts are needed for one thing only: to know which
 * answers belong to steps that no longer apply.
 */
import type { Case, Status } from "./case.ts";
import {
  byOrder,
  type CaseEvent,
  type Clock,
  type EndReason,
  type EventOf,
  type ScriptPin,
  type UtcIso,
} from "./event.ts";
import { refOf, showRef, type Uuid } from "./id.ts";
import type { Locale } from "./locale.ts";
import { nextStep } from "./next-step.ts";
import { type Answer, deriveRecord } from "./record.ts";
import type { RunKind, Script, StepKey } from "./script.ts";
import type { Mood } from "./stage.ts";

/** Finds a stored script by its hash; undefined where this seat never received it. */
export type ScriptOf = (hash: string) => Script | undefined;

/** One conversation with a customer. */
export interface Run {
  id: Uuid;
  kind: RunKind;
  script: ScriptPin;
  locale: Locale;
  started_at: UtcIso;
  finished_at?: UtcIso;
  ended?: EndReason;
  /** The status of the case when the run began. */
  began_in: Status;
  /** Mood marks of the case made before it. */
  moods_before: number;
  /** Latest answer per step key; null: passed. */
  answers: Map<StepKey, unknown>;
  /** Latest value per record field given in this run; null: passed. */
  fields: Map<string, unknown>;
  /** Keys of lines and tips already shown in this run, in order. */
  shown: {
    key: string;
    kind: "say" | "tip";
    step: StepKey;
    text: string;
    at: UtcIso;
    locale: Locale;
    side?: string;
  }[];
  /** Milliseconds from event to event of this run, pauses not counted. */
  active_ms: number;
  last_at: UtcIso;
  /** On hold since, where the customer is waiting. */
  held_since?: UtcIso;
}

export interface CaseState {
  case: Case;
  runs: Run[];
  answers: Answer[];
  mood?: Mood;
  clock: Clock;
  /** Event (or promise) id of promise n at index n−1; so for approvals, dispatches and callbacks' runs. */
  ids: { promises: Uuid[]; approvals: Uuid[]; dispatches: Uuid[] };
  /** A callback found the customer satisfied (or declined, exempt) while something was owed: close with this when settled. */
  close_when_settled?: string;
  /** Each time the case became closed; `alone`: an exempt closing without any call-back entry (metrics, `callbacks`). */
  closings: { at: UtcIso; reason: string; alone: boolean }[];
  assessments: (EventOf<"assessed">["data"] & { at: UtcIso; by: string })[];
  emergencies: { at: UtcIso; kind: string }[];
  /** When the customer was told of the routes outside. */
  told: { at: UtcIso; by: string; routes: string[] }[];
  overrides: { at: UtcIso; by: string; step?: string; what: string; why?: string }[];
  lastSeq: number;
  lastAt: UtcIso;
  /** Types this version does not know, kept and shown as such. */
  unknown: string[];
}

function emptyCase(first: EventOf<"opened">): Case {
  const { data } = first;
  return {
    ref: showRef(refOf(first.caseId)),
    id: first.caseId,
    status: "draft",
    stage: "listen",
    script: data.script,
    locale: data.locale,
    agent: first.by,
    owner: data.owner ?? first.by,
    opened_at: first.at,
    updated_at: first.at,
    reopened: 0,
    appeals: [],
    record: {},
    runs: [],
    moods: [],
    statuses: [],
    promises: [],
    approvals: [],
    escalations: [],
    dispatches: [],
    waits: [],
    callbacks: [],
    contacts: [],
    warnings: [],
    notes: [],
    ...(data.appeal_of ? { appeal_of: showRef(refOf(data.appeal_of)) } : {}),
    ...(data.source ? { source: data.source } : {}),
  };
}

type Handler<T extends CaseEvent["type"]> = (s: CaseState, e: EventOf<T>) => void;

function runOf(s: CaseState, id: Uuid | undefined): Run | undefined {
  return id === undefined ? undefined : s.runs.find((r) => r.id === id);
}

function endWait(s: CaseState, at: UtcIso): void {
  const wait = s.case.waits.at(-1);
  if (wait) wait.to ??= at;
}

/** Nobody waits for the customer any more once a case is resolved or closed. */
function setStatus(s: CaseState, status: Status, at: UtcIso): void {
  if (s.case.status === status && s.case.statuses.length > 0) return;
  s.case.status = status;
  s.case.statuses.push({ at, status });
  if (status === "resolved" || status === "closed") {
    s.case.resolved_at ??= at;
    endWait(s, at);
  }
  if (status === "closed") s.case.closed_at = at;
  else delete s.case.closed_at;
}

/** The callback that is due and not yet made: the last one. An older one was overtaken by a reopening and stays as missed. */
function dueCallback(s: CaseState) {
  const last = s.case.callbacks.findLast((c) => c.due_at !== undefined);
  return last?.at === undefined ? last : undefined;
}

/** A callback that has become due while nothing was done stays on record; one still in the future is dropped. */
function dropDueCallback(s: CaseState, at: UtcIso): void {
  const due = dueCallback(s);
  if (due && (due.due_at ?? "") > at) s.case.callbacks.splice(s.case.callbacks.indexOf(due), 1);
}

function settleDueCallback(s: CaseState, e: { at: UtcIso; by: string }, result: string): void {
  const due = dueCallback(s);
  if (due) Object.assign(due, { at: e.at, by: e.by, result });
}

/** An exempt closing that no call-back entry since the last reopening stands for. */
function isAlone(s: CaseState, reason: string): boolean {
  if (!reason.startsWith("exempt_")) return false;
  const reopened = s.case.statuses.findLast((st, i) => i > 0 && st.status === "open")?.at ?? "";
  return !s.case.callbacks.some((c) => c.result === reason && (c.at ?? "") >= reopened);
}

/** `reason` is empty where a case came from elsewhere and nobody there said why it was closed. */
function close(s: CaseState, e: { at: UtcIso; by: string }, reason: string): void {
  if (reason === "callback_declined") settleDueCallback(s, e, "declined");
  else if (reason.startsWith("exempt_")) settleDueCallback(s, e, reason);
  else dropDueCallback(s, e.at);
  if (reason !== "") s.case.record.closed_reason = reason;
  delete s.close_when_settled;
  if (s.case.status !== "closed") s.closings.push({ at: e.at, reason, alone: isAlone(s, reason) });
  setStatus(s, "closed", e.at);
}

const CALLBACK_FIELDS = [
  "solved",
  "satisfaction",
  "opinion_process",
  "opinion_measures",
  "opinion_result",
  "new_problem",
] as const;

/** The answers of a callback become `callbacks[n]`: the one that was due, or a new one. */
function recordCallback(s: CaseState, run: Run, e: EventOf<"finished">): void {
  const result = run.fields.get("callback_result");
  if (typeof result !== "string") return;
  const due = run.began_in === "open" ? undefined : dueCallback(s);
  const entry = due ?? { n: s.case.callbacks.length + 1 };
  Object.assign(entry, { at: e.at, by: e.by, result });
  for (const field of CALLBACK_FIELDS) {
    const value = run.fields.get(field);
    if (value !== undefined && value !== null) Object.assign(entry, { [field]: value });
  }
  if (!due) s.case.callbacks.push(entry);
  if (result === "not_reached" && e.data.clock?.callback_due) entry.next_at = e.data.clock.callback_due;
}

function answerKeys(run: Run | undefined, data: EventOf<"answered">["data"]): void {
  if (!run) return;
  if (data.step) run.answers.set(data.step, data.value);
  if (data.field) run.fields.set(data.field, data.value);
}

function addPromise(
  s: CaseState,
  e: { at: UtcIso; by: string },
  p: { id: Uuid; what: string; due_at: UtcIso; reason?: string },
) {
  const known = s.ids.promises.indexOf(p.id);
  const text = { what: p.what, due_at: p.due_at, ...(p.reason === undefined ? {} : { reason: p.reason }) };
  if (known >= 0) {
    const promise = s.case.promises[known]!;
    if (promise.state === "open" && promise.moves.length === 0) Object.assign(promise, text);
    return;
  }
  s.ids.promises.push(p.id);
  s.case.promises.push({
    n: s.ids.promises.length,
    ...text,
    by: e.by,
    made_at: e.at,
    state: "open",
    moves: [],
  });
}

const HANDLERS: { [T in CaseEvent["type"]]: Handler<T> } = {
  opened: (s, e) => setStatus(s, e.data.source ? "open" : "draft", e.at),
  "run-started": (s, e) => {
    const { run: id, kind, script, locale } = e.data;
    s.runs.push({
      id,
      kind,
      script,
      locale,
      started_at: e.at,
      began_in: s.case.status,
      moods_before: s.case.moods.length,
      answers: new Map(),
      fields: new Map(),
      shown: [],
      active_ms: 0,
      last_at: e.at,
    });
    s.case.runs.push({ id, kind, script: script.id, started_at: e.at });
  },
  rescripted: (s, e) => {
    const run = runOf(s, e.data.run);
    if (!run) return;
    run.script = e.data.script;
    run.locale = e.data.locale;
    const shown = s.case.runs.find((r) => r.id === run.id);
    if (shown) shown.script = e.data.script.id;
    if (s.runs[0] === run) {
      s.case.script = e.data.script;
      s.case.locale = e.data.locale;
    }
  },
  answered: (s, e) => {
    answerKeys(runOf(s, e.data.run), e.data);
    const { run, step, field, value, authority } = e.data;
    s.answers.push({ run, step, field, value, authority });
    for (const promise of e.data.promises ?? []) addPromise(s, e, promise);
  },
  cleared: (s, e) => {
    const run = runOf(s, e.data.run);
    if (e.data.step) run?.answers.delete(e.data.step);
    if (e.data.field) run?.fields.delete(e.data.field);
    s.answers.push({ run: e.data.run, step: e.data.step, field: e.data.field, value: undefined });
  },
  mood: (s, e) => {
    s.mood = e.data.mood;
    s.case.moods.push({ at: e.at, stage: e.data.stage, mood: e.data.mood });
  },
  resumed: () => {},
  practised: () => {},
  shown: (s, e) => {
    const { key, kind, step, text, side } = e.data;
    const run = runOf(s, e.data.run);
    const extra = side === undefined ? {} : { side };
    run?.shown.push({ key, kind, step, text, at: e.at, locale: run.locale, ...extra });
  },
  overridden: (s, e) => {
    s.overrides.push({ at: e.at, by: e.by, ...e.data });
  },
  noted: (s, e) => {
    s.case.notes.push({ n: s.case.notes.length + 1, at: e.at, by: e.by, text: e.data.text });
  },
  promised: (s, e) => addPromise(s, e, e.data.promise),
  "promise-settled": (s, e) => {
    const promise = s.case.promises[s.ids.promises.indexOf(e.data.promise)];
    if (promise?.state !== "open") return;
    if (e.data.state === "moved") {
      if (!e.data.to) return;
      promise.moves.push({ at: e.at, from: promise.due_at, to: e.data.to });
      promise.due_at = e.data.to;
    } else {
      promise.state = e.data.state;
      promise.settled_at = e.at;
    }
  },
  "approval-asked": (s, e) => {
    const { run: _, remedy, amount, currency, why } = e.data;
    s.ids.approvals.push(e.id);
    s.case.approvals.push({
      n: s.ids.approvals.length,
      remedy,
      ...(amount === undefined ? {} : { amount }),
      ...(currency === undefined ? {} : { currency }),
      ...(why === undefined ? {} : { why }),
      asked_at: e.at,
      by: e.by,
      state: "pending",
    });
  },
  approved: (s, e) => {
    const approval = s.case.approvals[s.ids.approvals.indexOf(e.data.approval)];
    // Of two leads at once the first in order wins; the other's event stays in the trail.
    if (approval?.state !== "pending") return;
    Object.assign(approval, { decided_at: e.at, decided_by: e.data.lead ?? e.by });
    if (e.data.unverified) approval.unverified = true;
    else approval.state = "approved";
  },
  denied: (s, e) => {
    const approval = s.case.approvals[s.ids.approvals.indexOf(e.data.approval)];
    if (approval?.state === "pending")
      Object.assign(approval, { state: "denied", decided_at: e.at, decided_by: e.by });
  },
  held: (s, e) => {
    const run = runOf(s, e.data.run);
    if (!run) return;
    if (e.data.state === "start") run.held_since = e.at;
    else delete run.held_since;
  },
  warned: (s, e) => {
    const { step, words } = e.data;
    s.case.warnings.push({
      n: s.case.warnings.length + 1,
      at: e.at,
      by: e.by,
      ...(step === undefined ? {} : { step }),
      ...(words === undefined ? {} : { words }),
    });
  },
  emergency: (s, e) => {
    s.emergencies.push({ at: e.at, kind: e.data.kind });
  },
  escalated: (s, e) => {
    s.case.escalations.push({ n: s.case.escalations.length + 1, at: e.at, by: e.by, ...strip(e.data) });
  },
  assigned: (s, e) => {
    s.case.owner = e.data.to;
  },
  "handed-over": (s, e) => {
    s.case.owner = e.data.to;
  },
  dispatched: (s, e) => {
    s.ids.dispatches.push(e.id);
    s.case.dispatches.push({ n: s.ids.dispatches.length, at: e.at, ...strip(e.data) });
  },
  "dispatch-settled": (s, e) => {
    const dispatch = s.case.dispatches[s.ids.dispatches.indexOf(e.data.dispatch)];
    if (dispatch) dispatch.replied_at ??= e.at;
  },
  contacted: (s, e) => {
    const { channel, direction } = e.data;
    s.case.contacts.push({ n: s.case.contacts.length + 1, at: e.at, by: e.by, channel, direction });
  },
  waiting: (s, e) => {
    s.case.waits.push({ n: s.case.waits.length + 1, from: e.at, why: e.data.why });
  },
  "wait-ended": (s, e) => endWait(s, e.at),
  finished: (s, e) => {
    const run = runOf(s, e.data.run);
    if (!run) return;
    run.finished_at = e.at;
    delete run.held_since;
    const shown = s.case.runs.find((r) => r.id === run.id);
    if (shown) shown.finished_at = e.at;
    if (e.data.ended) run.ended = e.data.ended;
    if (run.kind === "call-back") recordCallback(s, run, e);
    const { status } = e.data;
    if (s.case.status === "draft" && status !== "closed") setStatus(s, status ?? "open", e.at);
    if (e.data.closed_reason) {
      if (status === "closed") close(s, e, e.data.closed_reason);
      else s.close_when_settled = e.data.closed_reason;
    }
  },
  resolved: (s, e) => {
    s.answers.push({ field: "outcome", value: e.data.outcome });
    setStatus(s, "resolved", e.at);
  },
  closed: (s, e) => {
    if (e.data.duplicate_of) s.case.duplicate_of = showRef(refOf(e.data.duplicate_of));
    close(s, e, e.data.reason);
  },
  reopened: (s, e) => {
    s.case.reopened += 1;
    dropDueCallback(s, e.at);
    delete s.case.record.closed_reason;
    delete s.case.duplicate_of;
    delete s.close_when_settled;
    setStatus(s, "open", e.at);
  },
  appealed: (s, e) => {
    s.case.appeals.push({ ref: showRef(refOf(e.data.appeal)), at: e.at });
  },
  "appeal-settled": (s, e) => {
    const ref = e.data.appeal && showRef(refOf(e.data.appeal));
    const appeal = s.case.appeals.findLast((a) => ref === undefined || a.ref === ref);
    if (appeal) appeal.outcome = e.data.outcome;
    else s.case.appeals.push({ ref: s.case.ref, at: e.at, outcome: e.data.outcome });
  },
  assessed: (s, e) => {
    s.assessments.push({ ...e.data, at: e.at, by: e.by });
  },
  "routes-told": (s, e) => {
    s.told.push({ at: e.at, by: e.by, routes: e.data.routes });
  },
  imported: (s, e) => {
    const { values = {}, authority, status, resolved_at, closed_at, closed_reason } = e.data;
    for (const [field, value] of Object.entries(values))
      s.answers.push({ field, value, ...(field === "options" ? { authority } : {}) });
    if (status === "resolved" || resolved_at !== undefined) setStatus(s, "resolved", resolved_at ?? e.at);
    if (status === "closed") close(s, { at: closed_at ?? e.at, by: e.by }, closed_reason ?? "");
  },
  redacted: () => {},
  // Streams of their own, never part of a case.
  "action-added": () => {},
  "action-done": () => {},
  "action-measured": () => {},
};

/** Event data as list entry: without the clock and without absent values. */
function strip<T extends object>(data: T & { clock?: Clock }): Omit<T, "clock"> {
  const { clock: _, ...rest } = data;
  return rest as Omit<T, "clock">;
}

function takeClock(s: CaseState, e: CaseEvent): void {
  const clock = e.data.clock;
  if (!clock) return;
  Object.assign(s.clock, clock);
  if (clock.resolve_by) s.case.resolve_by = clock.resolve_by;
  if (clock.update_by) s.case.update_by = clock.update_by;
  const due = dueCallback(s);
  if (clock.callback_due && (!due || (due.due_at ?? "") <= e.at))
    s.case.callbacks.push({ n: s.case.callbacks.length + 1, due_at: clock.callback_due });
}

/** Adds the time since the run's last event, unless the run was taken up again just now. */
function passTime(s: CaseState, e: CaseEvent): void {
  const run = "run" in e.data ? runOf(s, e.data.run) : undefined;
  if (!run || run.finished_at !== undefined || e.at < run.last_at) return;
  if (e.type !== "resumed") run.active_ms += Date.parse(e.at) - Date.parse(run.last_at);
  run.last_at = e.at;
}

/** Channels on which the customer is answered as he speaks (metrics, `time`). */
export const LIVE_CHANNELS: ReadonlySet<string> = new Set(["phone", "visit", "chat"]);

function finishState(s: CaseState, scriptOf: ScriptOf): void {
  const { closed_reason } = s.case.record;
  s.case.record = deriveRecord(s, scriptOf);
  if (closed_reason !== undefined) s.case.record.closed_reason = closed_reason;
  const firstOut = s.case.contacts.find((c) => c.direction === "out")?.at;
  const { channel } = s.case.record;
  const response = channel !== undefined && LIVE_CHANNELS.has(channel) ? s.case.opened_at : firstOut;
  if (response !== undefined) s.case.first_response_at = response;
  if (s.case.status === "closed") {
    delete s.case.update_by;
  }
  // A run that came to its end is past every stage, whatever it left unasked; one that was cut off stands where it stood.
  const newest = s.runs.at(-1);
  const last = s.runs.findLast((r) => !r.finished_at) ?? (newest?.ended === undefined ? undefined : newest);
  const script = last && scriptOf(last.script.hash);
  s.case.stage = (script && last && nextStep(script, s, last)?.stage) || "follow-up";
}

/**
 * Folds the events of one case. They may come in any order; the first in order must be `opened`.
 * Throws nothing for unknown types: they are listed in `unknown`.
 */
export function foldCase(events: readonly CaseEvent[], scriptOf: ScriptOf): CaseState {
  const sorted = [...events].sort(byOrder);
  const first = sorted.find((e): e is EventOf<"opened"> => e.type === "opened");
  if (!first) throw new Error("a case without its opened event cannot be folded");
  const state: CaseState = {
    case: emptyCase(first),
    runs: [],
    answers: [],
    clock: {},
    ids: { promises: [], approvals: [], dispatches: [] },
    closings: [],
    assessments: [],
    emergencies: [],
    told: [],
    overrides: [],
    lastSeq: 0,
    lastAt: first.at,
    unknown: [],
  };
  for (const event of sorted) {
    const handler = HANDLERS[event.type] as Handler<typeof event.type> | undefined;
    if (handler) {
      passTime(state, event);
      handler(state, event as never);
      takeClock(state, event);
    } else state.unknown.push((event as CaseEvent).type);
    state.lastSeq = event.seq;
    if (event.at > state.lastAt) state.lastAt = event.at;
  }
  state.case.updated_at = state.lastAt;
  finishState(state, scriptOf);
  return state;
}
