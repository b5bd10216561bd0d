/**
 * What happened to a case: events, appended and never changed. The case is their fold (`fold.ts`).
 * Types and step keys are never renamed or reused; new fields are optional; unknown types are kept and ignored.
 */
import type { ApprovalState, Evidence, Option } from "./field.ts";
import type { Uuid } from "./id.ts";
import type { Locale } from "./locale.ts";
import type { RunKind, StepKey } from "./script.ts";
import type { Mood, Stage } from "./stage.ts";

export type UtcIso = string;
export type AgentId = string;

export interface ScriptPin {
  id: string;
  hash: string;
}

/**
 * Deadlines in force after the event that carries them, as computed by the writer from the policy of that day
 * (`clock.ts`). The fold only takes them, so a later change of policy never moves the past.
 */
export interface Clock {
  resolve_by?: UtcIso;
  update_by?: UtcIso;
  /** When the callback is due; set when the case becomes resolved or an attempt reached nobody. */
  callback_due?: UtcIso;
}

export interface PromiseInput {
  /** Given to a promise when it is first written, so that a changed answer keeps it. */
  id: Uuid;
  what: string;
  due_at: UtcIso;
  reason?: string;
}

export type EndReason = "cut_off" | "refused" | "abuse" | "other";

/** The data of each event type. References between events are by event id (or promise id), never by `n`. */
export interface EventData {
  opened: {
    script: ScriptPin;
    locale: Locale;
    owner?: AgentId;
    appeal_of?: Uuid;
    source?: { name: string; id: string };
    /** A practice case, never in the live store. */
    practice?: true;
  };
  "run-started": { run: Uuid; kind: RunKind; script: ScriptPin; locale: Locale };
  rescripted: { run: Uuid; script: ScriptPin; locale: Locale };
  /** `value: null` passes an optional step. `authority` stands beside an `options` value: class and pending per option. */
  answered: {
    run?: Uuid;
    step?: StepKey;
    field?: string;
    value: unknown;
    promises?: PromiseInput[];
    authority?: { class?: string; beyond: boolean }[];
  };
  cleared: { run?: Uuid; step?: StepKey; field?: string };
  mood: { run?: Uuid; stage: Stage; mood: Mood };
  /** An unfinished run was taken up again; the time before it does not count as time of the call. */
  resumed: { run: Uuid };
  /** In the practice store only: what is rehearsed (`result` absent), and what came of it. */
  practised: { case: string; level: number; seed: number; result?: Record<string, unknown> };
  /** A line, tip or substitute that was on screen, as it read; `side`: the side action that brought it. */
  shown: { run: Uuid; step: StepKey; key: string; kind: "say" | "tip"; text: string; side?: string };
  overridden: { step?: StepKey; what: string; why?: string };
  noted: { text: string };
  promised: { run?: Uuid; promise: PromiseInput };
  "promise-settled": {
    promise: Uuid;
    state: "kept" | "broken" | "moved";
    /** For moved: the new due time. */
    to?: UtcIso;
    why?: string;
  };
  "approval-asked": { run?: Uuid; remedy: string; amount?: number; currency?: string; why?: string };
  approved: { approval: Uuid; why?: string; code?: string; lead?: AgentId; unverified?: true };
  denied: { approval: Uuid; why?: string };
  held: { run: Uuid; state: "start" | "back" };
  warned: { run?: Uuid; step?: StepKey; level: 1 | 2 | 3; words?: string };
  emergency: { run?: Uuid; kind: "violence" | "self-harm" | "injury" };
  escalated: { to: string; why?: string; trigger: string };
  assigned: { to: AgentId; why?: string };
  "handed-over": { to: AgentId; why?: string };
  dispatched: { to: string; why?: string };
  "dispatch-settled": { dispatch: Uuid; note?: string };
  contacted: { run?: Uuid; channel: string; direction: "in" | "out"; note?: string };
  waiting: { why: string };
  "wait-ended": Record<string, never>;
  /** Ends a run. A first run also says what the case becomes (`status.ts` decides, here it is written). */
  finished: {
    run: Uuid;
    ended?: EndReason;
    status?: "open" | "resolved" | "closed";
    closed_reason?: string;
  };
  resolved: { outcome: string };
  closed: { reason: string; duplicate_of?: Uuid; override?: string };
  reopened: { why: string };
  appealed: { appeal: Uuid; to: AgentId; why: string };
  /** In the appeal's own case and in the one it is about; `appeal` names the appeal's case. */
  "appeal-settled": { outcome: "upheld" | "partly" | "not"; why: string; appeal?: Uuid };
  assessed: { faith: string; evidence: string; second: AgentId; until: UtcIso };
  /** The routes outside the organisation that the customer was told of. */
  "routes-told": { routes: string[] };
  /** Taken over from elsewhere: the record as it was there, and when it was resolved and closed there. */
  imported: {
    import: Uuid;
    source: string;
    source_id: string;
    /** The physical line of the file it began at. */
    row?: number;
    /** Digest of the row's whole content. */
    content?: string;
    /** Values by record field. */
    values?: Readonly<Record<string, unknown>>;
    /** Stands beside `values.options`: class and pending per option. */
    authority?: { class?: string; beyond: boolean }[];
    /** Absent: open. */
    status?: "open" | "resolved" | "closed";
    resolved_at?: UtcIso;
    closed_at?: UtcIso;
    closed_reason?: string;
  };
  /** Blanks older data: the values of the named events, keeping who, when and which. */
  redacted: { events: Uuid[]; why?: string };
  /** Corrective and preventive actions: streams of their own, under an action's id in place of a case's (`action.ts`). */
  "action-added": {
    cause: string;
    category?: string;
    kind: "corrective" | "preventive";
    what: string;
    owner: AgentId;
    due: UtcIso;
  };
  "action-done": { evidence: string };
  /** How many cases of its cause were opened in the same number of days before and after it was done. */
  "action-measured": { days: number; before: number; after: number };
}

export type EventType = keyof EventData;

export interface EventOf<T extends EventType> {
  id: Uuid;
  caseId: Uuid;
  /** One more than the highest seen in this case when it was written; order is (seq, id). */
  seq: number;
  at: UtcIso;
  by: AgentId;
  type: T;
  data: EventData[T] & { clock?: Clock };
}

export type CaseEvent = { [T in EventType]: EventOf<T> }[EventType];

/** An event before the store gave it its place: `seq` is added on append, `id` where absent. */
export type EventDraft = {
  [T in EventType]: {
    type: T;
    data: EventData[T] & { clock?: Clock };
    /** Defaults to the store's clock and agent. */
    at?: UtcIso;
    by?: AgentId;
    id?: Uuid;
  };
}[EventType];

export const EVENT_TYPES: readonly EventType[] = [
  "opened",
  "run-started",
  "rescripted",
  "resumed",
  "practised",
  "answered",
  "cleared",
  "mood",
  "shown",
  "overridden",
  "noted",
  "promised",
  "promise-settled",
  "approval-asked",
  "approved",
  "denied",
  "held",
  "warned",
  "emergency",
  "escalated",
  "assigned",
  "handed-over",
  "dispatched",
  "dispatch-settled",
  "contacted",
  "waiting",
  "wait-ended",
  "finished",
  "resolved",
  "closed",
  "reopened",
  "appealed",
  "appeal-settled",
  "assessed",
  "imported",
  "redacted",
  "routes-told",
  "action-added",
  "action-done",
  "action-measured",
];

/** The order of a case's events, the same on every seat whatever the order of arrival. */
export function byOrder(a: { seq: number; id: Uuid }, b: { seq: number; id: Uuid }): number {
  return a.seq - b.seq || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

export type { ApprovalState, Evidence, Option };
