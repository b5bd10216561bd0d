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

/** What was given: an address with @, a number, or else a postal address. */
export function contactField(text: string): "customer_email" | "customer_phone" | "customer_address" {
  if (/\S@\S/.test(text)) return "customer_email";
  const digits = text.normalize("NFKC").replace(/[\s()+\-.‐-―]/gu, "");
  return /^\d{5,}$/.test(digits) ? "customer_phone" : "customer_address";
}
