/** When two cases are the same customer's: the phone number, else the account, else the e-mail address. */
import type { CaseRecord } from "./field.ts";

/** A phone number as it is compared: without blanks, dashes and country code; undefined: no number in it. */
export type PhoneKey = (text: string) => string | undefined;

/** What a person may be looked up by, each in the form that is compared. */
export interface CustomerKeys {
  /** `p:` phone, else `a:` account, else `e:` e-mail. */
  customer?: string;
  name?: string;
  account?: string;
  email?: string;
}

/** Text as it is compared: full-width forms folded, lower case, blanks at the ends gone and one between words. */
export function comparable(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
}

/** An account as it is compared: also without blanks and dashes. */
export function accountKey(text: string): string {
  return comparable(text).replace(/[\s\-‐-―]/gu, "");
}

function filled(value: unknown, key: (text: string) => string | undefined): string | undefined {
  const text = typeof value === "string" ? key(value) : undefined;
  return text === "" ? undefined : text;
}

/** The keys of the customer in `record`; absent where the record has nothing for them. */
export function customerKeys(record: CaseRecord, phoneKey: PhoneKey): CustomerKeys {
  const phone = filled(record.customer_phone, phoneKey);
  const account = filled(record.customer_account, accountKey);
  const email = filled(record.customer_email, comparable);
  const name = filled(record.customer_name, comparable);
  const customer = phone ? `p:${phone}` : account ? `a:${account}` : email ? `e:${email}` : undefined;
  return {
    ...(customer === undefined ? {} : { customer }),
    ...(name === undefined ? {} : { name }),
    ...(account === undefined ? {} : { account }),
    ...(email === undefined ? {} : { email }),
  };
}
