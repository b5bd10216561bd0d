/**
 * Clocks: until when a case must be resolved, the customer be told how it stands, and be called back. Computed by the
 * writer of an event from the policy of that day; `fold.ts` only takes the results.
 */
import type { Case } from "./case.ts";
import type { CaseEvent, Clock, EventDraft, UtcIso } from "./event.ts";
import { type CaseState, foldCase, type ScriptOf } from "./fold.ts";
import type { Uuid } from "./id.ts";
import type { Policy, Span } from "./policy.ts";
import {
  addSpan,
  addWorkingMs,
  startOfLocalDay,
  toInstant,
  type WorkingCalendar,
  workingCalendar,
  workingMs,
} from "./working-time.ts";

const iso = (at: Date | number): UtcIso => new Date(at).toISOString();

/** When the clocks of a case started: when the customer first reached us, else when the case was opened. */
export function startOf(c: Pick<Case, "opened_at" | "record">, timeZone: string): UtcIso {
  const { received_at } = c.record;
  return received_at === undefined ? c.opened_at : iso(toInstant(received_at, timeZone));
}

type Pause = { from: UtcIso; to: UtcIso };

/** Finished waits, from `since` on. */
function pausesOf(c: Pick<Case, "waits">, since: UtcIso): Pause[] {
  return c.waits.flatMap(({ from, to }) =>
    to !== undefined && to > since ? [{ from: from > since ? from : since, to }] : [],
  );
}

/** `span` after `from`, put off by the time the case waited for its customer. */
function addPaused(calendar: WorkingCalendar, from: UtcIso, span: Span, pauses: readonly Pause[]): UtcIso {
  const due = addSpan(calendar, from, span);
  if (pauses.length === 0) return iso(due);
  const waited = pauses.map((p) =>
    span.kind === "working"
      ? workingMs(calendar, new Date(p.from), new Date(p.to))
      : Date.parse(p.to) - Date.parse(p.from),
  );
  const sum = waited.reduce((a, b) => a + b, 0);
  return iso(span.kind === "working" ? addWorkingMs(calendar, due, sum) : +due + sum);
}

function resolveSpan(severity: string | undefined, policy: Policy): Span {
  const { resolve } = policy.clocks;
  return (
    (severity === undefined ? undefined : resolve[severity]) ??
    resolve.default ?? { days: 15, kind: "calendar" }
  );
}

/** What `resolve_by` follows from: where it is the same before and after, the deadline stays as it was stamped. */
function resolveInputs(state: CaseState, timeZone: string): string {
  const { record, waits } = state.case;
  return JSON.stringify([startOf(state.case, timeZone), record.severity, waits.filter((w) => w.to)]);
}

/** When the customer last heard from us or we from him: contacts, conversations, else the opening. */
export function lastContactOf(c: Pick<Case, "opened_at" | "contacts" | "runs">): UtcIso {
  const times = [
    c.opened_at,
    ...c.contacts.map((contact) => contact.at),
    ...c.runs.map((run) => run.finished_at ?? run.started_at),
  ];
  return times.sort().at(-1) ?? c.opened_at;
}

/** The last attempt of a callback that reached nobody and is new since `before`. */
function missedCallback(before: CaseState | undefined, after: CaseState): UtcIso | undefined {
  const open = new Set(before?.runs.filter((r) => r.finished_at === undefined).map((r) => r.id));
  const known = new Set(before?.runs.map((r) => r.id));
  const run = after.runs.findLast((r) => r.kind === "call-back" && r.finished_at !== undefined);
  if (!run || (known.has(run.id) && !open.has(run.id))) return undefined;
  const isMissed = run.fields.get("callback_result") === "not_reached" && run.began_in !== "open";
  return isMissed ? run.finished_at : undefined;
}

function callbackDue(
  before: CaseState | undefined,
  after: CaseState,
  calendar: WorkingCalendar,
  policy: Policy,
): UtcIso | undefined {
  if (after.case.status === "closed") return undefined;
  const missed = missedCallback(before, after);
  if (missed !== undefined) return iso(addSpan(calendar, missed, policy.callback.retry));
  if (after.case.status !== "resolved" || before?.case.status === "resolved") return undefined;
  const since = after.case.statuses.at(-1)?.at ?? after.lastAt;
  return iso(addSpan(calendar, since, policy.callback.after));
}

/**
 * What the deadlines become after new events: only those that change. `before` is undefined for a new case.
 * `country` holds where the policy names none for its holidays.
 */
export function stampClock(
  before: CaseState | undefined,
  after: CaseState,
  policy: Policy,
  timeZone: string,
  country: string | undefined,
): Clock {
  const calendar = workingCalendar(policy, timeZone, country);
  const clock: Clock = {};
  const isSame =
    before?.clock.resolve_by !== undefined &&
    resolveInputs(before, timeZone) === resolveInputs(after, timeZone);
  if (!isSame) {
    const start = startOf(after.case, timeZone);
    clock.resolve_by = addPaused(
      calendar,
      start,
      resolveSpan(after.case.record.severity, policy),
      pausesOf(after.case, start),
    );
  }
  const { status } = after.case;
  if (status === "open" || status === "draft") {
    const last = lastContactOf(after.case);
    const reopened = after.case.reopened > 0 ? (after.case.statuses.at(-1)?.at ?? last) : last;
    const since = [last, reopened].sort()[1] ?? last;
    clock.update_by = addPaused(calendar, since, policy.clocks.update_days, pausesOf(after.case, since));
  }
  const due = callbackDue(before, after, calendar, policy);
  if (due !== undefined) clock.callback_due = due;
  for (const key of ["resolve_by", "update_by"] as const)
    if (clock[key] === before?.clock[key]) delete clock[key];
  return clock;
}

/** What `withClock` needs to know besides the case. */
export interface ClockContext {
  policy: Policy;
  timeZone: string;
  country: string | undefined;
  scriptOf: ScriptOf;
  /** Stand in for what the store will give to drafts without their own. */
  at: UtcIso;
  by: string;
}

/** Fields whose value a deadline depends on. */
const CLOCK_FIELDS: ReadonlySet<string> = new Set(["severity", "received_at"]);
const CLOCK_TYPES: ReadonlySet<string> = new Set([
  "opened",
  "run-started",
  "contacted",
  "waiting",
  "wait-ended",
  "finished",
  "resolved",
  "closed",
  "reopened",
]);

/** Whether a draft can change a deadline. */
export function movesClock(draft: EventDraft): boolean {
  if (CLOCK_TYPES.has(draft.type)) return true;
  const field = draft.type === "answered" || draft.type === "cleared" ? draft.data.field : undefined;
  return field !== undefined && CLOCK_FIELDS.has(field);
}

/** The state a case would have after `drafts`, without writing them. */
export function previewCase(
  caseId: Uuid,
  events: readonly CaseEvent[],
  drafts: readonly EventDraft[],
  context: Pick<ClockContext, "scriptOf" | "at" | "by">,
): CaseState {
  const seq = events.reduce((highest, e) => Math.max(highest, e.seq), 0);
  const coming = drafts.map((draft, i) => ({
    id: `preview-${String(i).padStart(6, "0")}`,
    at: context.at,
    by: context.by,
    ...draft,
    caseId,
    seq: seq + i + 1,
  }));
  return foldCase([...events, ...(coming as CaseEvent[])], context.scriptOf);
}

/**
 * The same drafts, the last one carrying the deadlines in force after them. Every writer of events passes its drafts
 * through here before appending; drafts that touch no deadline come back as they are, without folding anything.
 */
export function withClock(
  caseId: Uuid,
  events: readonly CaseEvent[],
  drafts: readonly EventDraft[],
  context: ClockContext,
): readonly EventDraft[] {
  if (!drafts.some(movesClock)) return drafts;
  const before = events.length > 0 ? foldCase(events, context.scriptOf) : undefined;
  const after = previewCase(caseId, events, drafts, context);
  const clock = stampClock(before, after, context.policy, context.timeZone, context.country);
  if (Object.keys(clock).length === 0) return drafts;
  const last = drafts.at(-1)!;
  return [...drafts.slice(0, -1), { ...last, data: { ...last.data, clock } } as EventDraft];
}

/** A case is waiting for its customer: its clocks stand still. */
export function isWaiting(c: Pick<Case, "waits">): boolean {
  const last = c.waits.at(-1);
  return last !== undefined && last.to === undefined;
}

export type ClockState = "ok" | "at_risk" | "breached" | "waiting" | "done";

/** How the deadline of a case stands: from the policy's share of its time on it is at risk, then breached. */
export function clockState(c: Case, now: Date, policy: Policy, timeZone: string): ClockState {
  if (c.status === "resolved" || c.status === "closed" || c.resolve_by === undefined) return "done";
  const due = Date.parse(c.resolve_by);
  const start = Date.parse(startOf(c, timeZone));
  const wait = c.waits.at(-1);
  const waiting = wait !== undefined && wait.to === undefined;
  const at = waiting ? Math.min(+now, Date.parse(wait.from)) : +now;
  if (at >= due) return "breached";
  if (at - start >= policy.clocks.at_risk * (due - start)) return "at_risk";
  return waiting ? "waiting" : "ok";
}

/**
 * Until when a customer who reached us in writing must know that his complaint arrived: the end of the day of receipt
 * and the policy's span. Undefined once somebody spoke or wrote to him.
 */
export function acknowledgeBy(
  c: Case,
  policy: Policy,
  timeZone: string,
  country: string | undefined,
): UtcIso | undefined {
  if (c.first_response_at !== undefined || c.status === "closed") return undefined;
  const calendar = workingCalendar(policy, timeZone, country);
  const due = addSpan(calendar, startOf(c, timeZone), policy.clocks.acknowledge);
  return iso(+startOfLocalDay(due, timeZone, 1));
}
