/** What a case becomes when a run ends (product contract §3 and §4). Pure: the drafts are made, not written. */
import type { EventData, EventDraft } from "./event.ts";
import type { CaseState, Run } from "./fold.ts";
import { owesNothing } from "./owed.ts";
import type { Policy } from "./policy.ts";
import { automaticEscalation } from "./trigger.ts";

export type RunEnd = Pick<EventData["finished"], "status" | "closed_reason">;

/** Nothing but the callback is owed: no open promise, pending approval or unanswered work order. */
function isSettled({ case: c }: CaseState): boolean {
  return owesNothing(c) && c.dispatches.every((d) => d.replied_at !== undefined);
}

/** The status after a finished first run. */
export function statusAfter(state: CaseState): RunEnd {
  const { outcome, satisfaction, callback_wanted } = state.case.record;
  if (!isSettled(state)) return { status: "open" };
  if (outcome === "withdrawn") return { status: "closed", closed_reason: "withdrawn" };
  if (outcome === "not_upheld") return { status: "resolved" };
  if (outcome !== "resolved_on_spot") return { status: "open" };
  const isContent = satisfaction !== undefined && satisfaction >= 3 && callback_wanted !== true;
  return isContent ? { status: "closed", closed_reason: "exempt_on_spot" } : { status: "resolved" };
}

/** Whether a promise or a callback will be owed once this run has ended; one that is not wanted is due until it is declined. */
export function owesContact(state: CaseState): boolean {
  const { record, promises } = state.case;
  if (promises.some((p) => p.state === "open") || record.callback_wanted === true) return true;
  return statusAfter(state).status === "resolved";
}

/** What a call-back found; `none`: it was a progress contact, or too little was said to decide. */
export type CallbackFinding = "satisfied" | "dissatisfied" | "declined" | "exempt" | "not_reached" | "none";

export function callbackFinding(run: Run): CallbackFinding {
  const result = run.fields.get("callback_result");
  if (run.began_in === "open" || run.began_in === "draft") return "none";
  if (result === "not_reached" || result === "declined") return result;
  if (typeof result === "string" && result.startsWith("exempt_")) return "exempt";
  if (result !== "reached") return "none";
  const mark = run.fields.get("satisfaction");
  const solved = run.fields.get("solved");
  if (solved === false || (typeof mark === "number" && mark <= 2)) return "dissatisfied";
  return solved === true ? "satisfied" : "none";
}

function closingReason(run: Run, finding: CallbackFinding): string | undefined {
  if (finding === "satisfied") return "satisfied";
  if (finding === "declined") return "callback_declined";
  return finding === "exempt" ? String(run.fields.get("callback_result")) : undefined;
}

/** The events that end a call-back: it closes, closes once all is settled, or reopens and climbs; `why` is kept in the trail. */
export function callbackDrafts(state: CaseState, run: Run, policy: Policy, why: string): EventDraft[] {
  const finding = callbackFinding(run);
  const reason = closingReason(run, finding);
  const channel = String(state.case.record.callback_channel ?? "phone");
  const contacted: EventDraft[] =
    run.fields.get("callback_result") === "reached"
      ? [{ type: "contacted", data: { run: run.id, channel, direction: "out" } }]
      : [];
  const closing: RunEnd =
    reason === undefined
      ? {}
      : { closed_reason: reason, ...(owesNothing(state.case) ? { status: "closed" } : {}) };
  const drafts: EventDraft[] = [...contacted, { type: "finished", data: { run: run.id, ...closing } }];
  if (finding !== "dissatisfied") return drafts;
  const route = automaticEscalation("callback-dissatisfied", state.case, policy);
  return [
    ...drafts,
    { type: "reopened", data: { why } },
    ...(route ? [{ type: "escalated", data: { ...route, why } } as EventDraft] : []),
  ];
}
