/** What is still owed to a customer: it keeps a case from closing. */
import type { ApprovalRecord, Case, PromiseRecord } from "./case.ts";
import type { EventDraft } from "./event.ts";
import type { CaseState } from "./fold.ts";
import type { Policy } from "./policy.ts";

export interface Owed {
  promises: PromiseRecord[];
  approvals: ApprovalRecord[];
}

const CONTACTS = ["customer_phone", "customer_email", "customer_account", "customer_address"] as const;

/** Whether anything is known by which the customer can be reached. */
export function hasContact(record: Readonly<Record<string, unknown>>): boolean {
  return CONTACTS.some((field) => typeof record[field] === "string" && record[field] !== "");
}

/** Open promises and pending approvals. */
export function owedOf(c: Pick<Case, "promises" | "approvals">): Owed {
  return {
    promises: c.promises.filter((p) => p.state === "open"),
    approvals: c.approvals.filter((a) => a.state === "pending"),
  };
}

/** Whether a request beyond the agent's authority waits for its decision. */
export function hasPending(state: Pick<CaseState, "case">): boolean {
  return owedOf(state.case).approvals.length > 0;
}

/** Call-backs that reached nobody since the case was last resolved. */
export function attemptsOf(c: Pick<Case, "callbacks" | "statuses">): number {
  const since = c.statuses.findLast((s) => s.status === "resolved")?.at;
  if (since === undefined) return 0;
  return c.callbacks.filter((b) => b.result === "not_reached" && (b.at ?? "") >= since).length;
}

/** Whether a case may be closed because nobody can be reached: no contact is known, or the attempts were made. */
export function mayGiveUp(c: Pick<Case, "callbacks" | "statuses" | "record">, policy: Policy): boolean {
  return !hasContact(c.record) || attemptsOf(c) >= policy.callback.attempts;
}

export function owesNothing(c: Pick<Case, "promises" | "approvals">): boolean {
  const { promises, approvals } = owedOf(c);
  return promises.length === 0 && approvals.length === 0;
}

/**
 * The closing that follows once the last promise or approval is settled, where a call-back already found the customer
 * satisfied, declining or exempt; `after` is the state with the settlement in it.
 */
export function closingDraft(after: CaseState): EventDraft | undefined {
  const reason = after.close_when_settled;
  if (reason === undefined || after.case.status === "closed" || !owesNothing(after.case)) return undefined;
  return { type: "closed", data: { reason } };
}
