/** An offer against the agent's authority: what is within, what becomes a pending approval, what a code approves at once. */
import { type CodeFault, checkCode } from "../core/approval-code.ts";
import { authorityOf } from "../core/authority.ts";
import type { EventDraft } from "../core/event.ts";
import type { CaseState } from "../core/fold.ts";
import { newId, type Uuid } from "../core/id.ts";
import type { Library } from "../core/library-port.ts";
import type { CallFacts } from "./call.ts";
import type { OfferItem } from "./check-answer.ts";

export interface OfferContext {
  facts: Pick<CallFacts, "agent" | "level" | "keys" | "now" | "random" | "currency">;
  library: Pick<Library, "policy" | "taxonomies">;
  /** Undefined for a case that is being made. */
  state: CaseState | undefined;
  ref: string;
  run: Uuid;
  /** Codes spent on this case. */
  used: readonly string[];
}

export type Judged =
  | { ok: true; value: unknown[]; authority: { class?: string; beyond: boolean }[]; drafts: EventDraft[] }
  | { ok: false; reason: CodeFault; at: string };

const isSame = (a: { remedy: string; amount?: number; currency?: string }, b: OfferItem): boolean =>
  a.remedy === b.remedy && a.amount === b.amount && a.currency === b.currency;

function approvalOf(context: OfferContext, item: OfferItem): { id: Uuid; state: string } | undefined {
  const { state } = context;
  const at = state?.case.approvals.findLastIndex((a) => isSame(a, item)) ?? -1;
  return at < 0 ? undefined : { id: state!.ids.approvals[at]!, state: state!.case.approvals[at]!.state };
}

function codeDraft(context: OfferContext, item: OfferItem, approval: Uuid): EventDraft | CodeFault {
  const { facts, library, ref, used } = context;
  const terms = {
    ref,
    remedy: item.remedy,
    asked_by: facts.agent,
    ...(item.amount === undefined ? {} : { amount: item.amount }),
    ...(item.currency === undefined ? {} : { currency: item.currency }),
  };
  const verdict = checkCode(
    item.code!,
    terms,
    facts.keys,
    facts.now(),
    used,
    library.taxonomies().remedy ?? [],
  );
  if (!verdict.ok) return verdict.reason;
  return { type: "approved", data: { approval, code: item.code!, lead: verdict.by } };
}

/** Asks for what is beyond authority, once for each remedy and sum; a good code answers at once, a bad one refuses the whole offer. */
export function judgeOffer(items: readonly OfferItem[], context: OfferContext): Judged {
  const { facts, library, run } = context;
  const drafts: EventDraft[] = [];
  const authority: { class?: string; beyond: boolean }[] = [];
  for (const [i, item] of items.entries()) {
    const verdict = authorityOf(item.remedy, item.amount, item.currency, facts.level, library.policy());
    // What the customer did not take needs nobody's leave.
    const beyond = !verdict.within && item.accepted;
    authority.push({ ...(verdict.class === undefined ? {} : { class: verdict.class }), beyond });
    if (!beyond) continue;
    const known = approvalOf(context, item);
    const id = known?.id ?? newId(+facts.now(), facts.random);
    const { remedy, amount, currency } = item;
    if (!known)
      drafts.push({
        type: "approval-asked",
        id,
        data: {
          run,
          remedy,
          ...(amount === undefined ? {} : { amount }),
          ...(currency === undefined ? {} : { currency }),
        },
      });
    if (item.code === undefined || known?.state === "approved") continue;
    const approved = codeDraft(context, item, id);
    if (typeof approved === "string") return { ok: false, reason: approved, at: `[${i}].code` };
    drafts.push(approved);
  }
  return { ok: true, value: items.map(({ code: _, ...option }) => option), authority, drafts };
}

/** Codes already spent on a case, from its events. */
export function usedCodes(events: readonly { type: string; data: object }[]): string[] {
  return events.flatMap((e) => (e.type === "approved" && "code" in e.data ? [String(e.data.code)] : []));
}
