/** The agent's name in a sentence: a person's, never that of an account. */

/** Accounts of machines and shared seats, which nobody is called. */
const ACCOUNT =
  /^(?:root|admin|administrator|user|username|guest|test|tester|agent|operator|staff|support|service|system|nobody|daemon|default|demo|owner|ubuntu|debian|vagrant|node|runner|azureuser|desktop|pc|call|seat|desk)$/i;

/** Up to four words of letters; longer names are typed by nobody who wants to be called by them. */
const NAME = /^\p{L}[\p{L}\p{M}.'’·-]*(?: \p{L}[\p{L}\p{M}.'’·-]*){0,3}$/u;
const LONGEST = 40;

/** A name as it is said: "lin" is how Lin writes it as an account. Undefined: it is none that a customer should hear. */
export function personName(name: string | undefined): string | undefined {
  const text = name?.trim() ?? "";
  if (text.length > LONGEST || !NAME.test(text) || ACCOUNT.test(text)) return undefined;
  if (text !== text.toLowerCase()) return text;
  return text.replace(/(^|[ -])(\p{Ll})/gu, (_, gap: string, first: string) => gap + first.toUpperCase());
}
