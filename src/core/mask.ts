/** Masking of personal values in lists, reports and exports: enough is left to recognise a customer, not to reach him. */
import type { CaseRecord } from "./field.ts";

/** Longer than any one character that is seen; segments of a long text would each keep a copy of it. */
const HEAD = 100;

/** Letters, digits and Chinese characters: none of them joins what stands before it. */
const PLAIN = /^[\p{ASCII}\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\uac00-\ud7a3]$/u;

const first = (text: string): string => {
  const [one = "", two = ""] = text.slice(0, 4);
  // The first segmenter of a process takes longer to make than a whole list to print.
  if (PLAIN.test(one) && (two === "" || PLAIN.test(two))) return one;
  for (const { segment } of new Intl.Segmenter().segment(text.slice(0, HEAD))) return segment;
  return "";
};

/** `李明` → `李**`, `Wang Li` → `W**`. */
export function maskName(name: string): string {
  return name.trim() === "" ? "" : `${first(name.trim())}**`;
}

/** Digits in half width, everything else gone; a leading country code of China or Taiwan is dropped. */
function nationalDigits(text: string): string {
  const digits = text.normalize("NFKC").replace(/\D/g, "");
  return digits.replace(/^(?:00)?86(?=1\d{10}$)/, "").replace(/^(?:00)?886(?=9\d{8}$)/, "0");
}

/** `138 0000 5678` → `138****5678`; short numbers keep less. */
export function maskPhone(phone: string): string {
  const digits = nationalDigits(phone);
  if (digits.length >= 10) return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
  if (digits.length >= 6) return `${digits.slice(0, 2)}****${digits.slice(-2)}`;
  return "****";
}

/** `wang@example.com` → `w***@example.com`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  return at <= 0 ? "***" : `${first(email)}***${email.slice(at)}`;
}

/** Keeps the last characters of a long account, nothing of a short one. */
export function maskAccount(account: string): string {
  const text = account.trim();
  return text.length >= 6 ? `****${text.slice(-2)}` : "****";
}

export function maskAddress(address: string): string {
  return address.trim() === "" ? "" : `${first(address.trim())}***`;
}

/** A longer text cannot be made a pattern; it is found as it stands. */
const LONGEST_PATTERN = 1_000;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Seven digits and more, with the separators people write between them, also in full width; no dates of the calendar. */
const NUMBER = /[+＋]?[\d０-９](?:[ \-–.()（）]?[\d０-９]){6,}/gu;
const DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
/**
 * Chinese runs on without a blank: its characters belong to the sentence, not to the address. It only begins where a run
 * of its characters does: a long word would be searched once for each of its letters.
 */
const EMAIL =
  /(?<![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}._%+-])[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

/**
 * Free text with the personal values of its case masked, and every e-mail address and long number in it, whoever's it is.
 */
export function maskText(
  text: string,
  record: Pick<CaseRecord, "customer_name" | "customer_account"> & { customer_address?: string } = {},
): string {
  let masked = text;
  const known: [string | undefined, (value: string) => string][] = [
    [record.customer_address, maskAddress],
    [record.customer_account, maskAccount],
    [record.customer_name, maskName],
  ];
  for (const [value, mask] of known) {
    if (value === undefined || value.trim().length < 2) continue;
    const found = value.trim();
    const pattern = found.length > LONGEST_PATTERN ? found : new RegExp(escaped(found), "giu");
    masked = masked.replaceAll(pattern, () => mask(value));
  }
  return masked
    .replace(EMAIL, maskEmail)
    .replace(NUMBER, (number) => (DATE.test(number) ? number : maskPhone(number)));
}
