/** A lead's offline code against the requests of a case that wait: which of them it answers, or why none. */
import { type CodeFault, checkCode, codeMark } from "../core/approval-code.ts";
import type { ApprovalRecord } from "../core/case.ts";
import type { CaseEvent, EventDraft } from "../core/event.ts";
import type { CaseState } from "../core/fold.ts";
import { usedCodes } from "./offer.ts";

export interface CodeContext {
  state: CaseState;
  events: readonly CaseEvent[];
  /** Public keys trusted here, by the lead's name. */
  keys: Readonly<Record<string, string>>;
  now: Date;
  /** Every remedy there is. */
  remedies: readonly string[];
  /** Only this request is meant. */
  n?: number;
}

export type CodeAnswer =
  | { ok: true; asked: ApprovalRecord; by: string; draft: EventDraft }
  | { ok: false; reason: CodeFault | "no_pending" };

/** The nearer a code came to a request, the more its fault says. */
const TELLING: readonly CodeFault[] = [
  "expired",
  "other_amount",
  "other_remedy",
  "other_case",
  "own_request",
  "changed",
  "no_keys",
  "malformed",
];

function termsOf({ case: c }: CaseState, { remedy, amount, currency, by }: ApprovalRecord) {
  return {
    ref: c.ref,
    remedy,
    asked_by: by,
    ...(amount === undefined ? {} : { amount }),
    ...(currency === undefined ? {} : { currency }),
  };
}

/** Says which pending request `code` approves, with the event to write; nothing is written here. */
export function answerByCode(code: string, context: CodeContext): CodeAnswer {
  const { state, events, keys, now, remedies, n } = context;
  const used = usedCodes(events);
  const mark = codeMark(code);
  if (mark !== undefined && used.some((spent) => codeMark(spent) === mark))
    return { ok: false, reason: "used" };
  const pending = state.case.approvals.filter((a) => a.state === "pending" && (n === undefined || a.n === n));
  if (pending.length === 0) return { ok: false, reason: "no_pending" };
  const faults: CodeFault[] = [];
  for (const asked of pending) {
    const verdict = checkCode(code, termsOf(state, asked), keys, now, used, remedies);
    if (!verdict.ok) {
      faults.push(verdict.reason);
      continue;
    }
    const approval = state.ids.approvals[asked.n - 1]!;
    const draft: EventDraft = { type: "approved", data: { approval, code, lead: verdict.by } };
    return { ok: true, asked, by: verdict.by, draft };
  }
  return { ok: false, reason: TELLING.find((reason) => faults.includes(reason)) ?? faults[0]! };
}
