/** What is known of the customer before hello: earlier cases and promises, for the agent's eyes until identity is verified. */
import type { Case } from "../core/case.ts";
import type { CaseRecord } from "../core/field.ts";
import { maskName } from "../core/mask.ts";
import type { CustomerCard } from "../core/question.ts";
import type { Store } from "../core/store-port.ts";
import type { Call } from "./call.ts";

const REPEAT_MS = 30 * 86_400_000;

type Who = { phone?: string; account?: string; email?: string; name?: string };

function whoOf(record: CaseRecord): Who {
  const { customer_phone, customer_account, customer_email, customer_name } = record;
  return {
    ...(customer_phone ? { phone: customer_phone } : {}),
    ...(customer_account ? { account: customer_account } : {}),
    ...(customer_email ? { email: customer_email } : {}),
    ...(customer_name ? { name: customer_name } : {}),
  };
}

const found = new WeakMap<object, { key: string; cases: Case[] }>();

/** Other cases of this customer, newest first; looked up again only when what identifies him changes. */
export function earlierCases(call: Pick<Call, "store" | "state" | "caseId">): Case[] {
  const who = whoOf(call.state.case.record);
  const key = JSON.stringify(who);
  const kept = found.get(call);
  if (kept?.key === key) return kept.cases;
  const cases = key === "{}" ? [] : call.store.casesOf(who).filter((c) => c.id !== call.caseId);
  found.set(call, { key, cases });
  return cases;
}

/** Undefined until the customer is known. */
export function customerCard(
  call: Pick<Call, "store" | "state" | "caseId" | "facts">,
): CustomerCard | undefined {
  const { record } = call.state.case;
  if (Object.keys(whoOf(record)).length === 0) return undefined;
  const cases = earlierCases(call);
  const now = call.facts.now().toISOString();
  const name = record.customer_name ?? cases[0]?.record.customer_name;
  return {
    ...(name ? { name: record.identity_verified === true ? name : maskName(name) } : {}),
    cases: cases.map((c) => ({
      ref: c.ref,
      status: c.status,
      opened_at: c.opened_at,
      ...(c.record.category === undefined ? {} : { category: c.record.category }),
    })),
    promises: cases.flatMap((c) =>
      c.promises
        .filter((p) => p.state !== "kept")
        .map((p) => ({
          ref: c.ref,
          n: p.n,
          what: p.what,
          due_at: p.due_at,
          state: p.state,
          ...(p.state === "open" && p.due_at < now ? { overdue: true as const } : {}),
        })),
    ),
  };
}

/**
 * Whether another case of the same customer was opened in the 30 days before (metrics, `repeat`): same phone, else
 * account, else e-mail; drafts and duplicates do not count, and a name alone proves nothing.
 */
export function isRepeat(
  store: Pick<Store, "casesOf">,
  c: Pick<Case, "id" | "opened_at" | "record">,
): boolean {
  const { name: _, ...who } = whoOf(c.record);
  if (Object.keys(who).length === 0) return false;
  const since = new Date(Date.parse(c.opened_at) - REPEAT_MS).toISOString();
  return store
    .casesOf(who)
    .some(
      (other) =>
        other.id !== c.id &&
        other.opened_at >= since &&
        other.opened_at <= c.opened_at &&
        other.status !== "draft" &&
        other.record.closed_reason !== "duplicate",
    );
}
