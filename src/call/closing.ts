/** The closing question: while something is owed and nothing is known to reach the customer by, one question asks for it. */
import { nextStep } from "../core/next-step.ts";
import { hasContact } from "../core/owed.ts";
import type { Step, StepKey } from "../core/script.ts";
import { owesContact } from "../core/status.ts";
import type { Call } from "./call.ts";

export const CLOSING_KEY: StepKey = "follow-up.closing-contact";

/** Undefined where it need not be asked: nothing owed, a contact known, or refused already. */
export function closingStep(call: Call): Step | undefined {
  const { state, run, script, t } = call;
  if (run.kind === "call-back" || run.kind === "progress") return undefined;
  const { record } = state.case;
  if (hasContact(record) || record.contact_ok === false) return undefined;
  if (nextStep(script, state, run) !== undefined || !owesContact(state)) return undefined;
  return {
    key: CLOSING_KEY,
    stage: "follow-up",
    kind: "text",
    records: "customer_phone",
    personal: true,
    optional: true,
    ask: t("call.ask_contact"),
    help: t("call.ask_contact_help"),
    say: ["L26", "gf-phone", "gf-phone-chat"].filter((id) => script.lines[id]),
    avoid: [],
    tip: [],
  };
}

type ContactField = "customer_email" | "customer_phone" | "customer_account" | "customer_address";

/** One word with a digit in it, in Latin letters: an account, not a place. */
const ACCOUNT = /^[\w-]*\d[\w-]*$/;

/** What was given: an address with @, a phone number, an account, or else a postal address. */
export function contactField(text: string): ContactField {
  if (/\S@\S/.test(text)) return "customer_email";
  const plain = text.normalize("NFKC").trim();
  if (/^\d{5,}$/.test(plain.replace(/[\s()+\-.‐-―]/gu, ""))) return "customer_phone";
  return ACCOUNT.test(plain) ? "customer_account" : "customer_address";
}

const REFUSED =
  /^(n|no|none|nothing|refused?|refuses|declined?|不|不要|不用|不给|不給|不愿意?|不願意?|不想[给給]|不方便|没有|沒有|无|無|拒绝|拒絕)[.。!！]?$/iu;

/** A refusal typed out instead of passing the question. */
export function isRefusal(text: string): boolean {
  return REFUSED.test(text.normalize("NFKC").trim());
}
