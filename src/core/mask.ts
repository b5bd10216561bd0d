/** Masking of personal values in lists, reports and exports: enough is left to recognise a customer, not to reach him. */

/** Longer than any one character that is seen; segments of a long text would each keep a copy of it. */
const HEAD = 100;

/** Letters, digits and Chinese characters: none of them joins what stands before it. */
const PLAIN = /^[\0-\x7f\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\uac00-\ud7a3]$/u;

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

/** The extension at the end of a number: it reaches nobody by itself and would hide the last digits that count. */
const EXTENSION = /\s*(?:ext\.?|x|#|转|轉|分机|分機)\s*\d{1,6}\s*$/iu;

/** `138 0000 5678` → `138****5678`; short numbers keep less, the check letter of an identity number stays at its end. */
export function maskPhone(phone: string): string {
  const plain = phone.normalize("NFKC").trim();
  const letter = /\d{17}(x)$/i.exec(plain)?.[1] ?? "";
  const digits = nationalDigits(plain.replace(EXTENSION, ""));
  if (digits.length >= 10) return `${digits.slice(0, 3)}****${digits.slice(letter ? -3 : -4)}${letter}`;
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
const LONGEST_PATTERN = 200;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * A number of seven digits and more with what people write between them, in full width too; before it, what looks like
 * one and is none: a date with its time, a sum with decimals, a span of years.
 */
const BETWEEN = "(?:[)）][ \\u00a0]?|[ \\u00a0][(（]|[ \\u00a0\\-‐-―.(（])?";
const LOOSE = "[ \\u00a0\\-‐-―.]{1,3}";
const DATE =
  "(?:19|20)\\d\\d(?<a>[-.])(?:0?[1-9]|1[0-2])\\k<a>(?:0?[1-9]|[12]\\d|3[01])(?!\\d)(?:[ T]\\d{1,2}:\\d\\d(?::\\d\\d)?)?|\\d{1,2}(?<b>[-.])\\d{1,2}\\k<b>(?:19|20)\\d\\d(?!\\d)";
const SUM =
  "\\d+\\.\\d{1,2}(?:[-–]\\d+(?:\\.\\d{1,2})?)?(?![\\d.\\-–])|(?:19|20)\\d\\d[-–](?:19|20)\\d\\d(?![\\d\\-–])";
const MOBILE = `(?:[+＋]?86${LOOSE})?1[3-9]\\d${LOOSE}\\d{4}${LOOSE}\\d{4}(?!\\d)|09\\d\\d${LOOSE}\\d{3}${LOOSE}\\d{3}(?!\\d)`;
const DIGITS = `[+＋(（]?[\\d０-９](?:${BETWEEN}[\\d０-９]){6,}(?:[Xx](?![\\p{L}\\d]))?`;
/** Made when it is first needed: most texts have no such number, and the pattern is dear. */
const numberPattern = (): RegExp =>
  new RegExp(`(?<none>(?<![\\d.])(?:${DATE}|${SUM}))|${MOBILE}|${DIGITS}`, "gu");
const SEVEN_DIGITS = /(?:[\d０-９][^\d０-９]*){7}/;
/** Numbers read out: 一三八零零零零五六七八. */
const SPOKEN = /[零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]{7,}/gu;

/**
 * Chinese runs on without a blank: behind other words only the letters before the @ belong to the address. It only
 * begins where a run of its characters does: a long word would be searched once for each of its letters.
 */
const emailPattern = (): RegExp =>
  /(?:(?<![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}._%+-])[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}._%+-]+|(?<!\p{Script=Han})\p{Script=Han}{1,20})@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

const isLatin = (text: string): boolean => /[a-z]/i.test(text) || /[\p{Script=Latin}\p{M}]/u.test(text);

/** Whether what was found at `from` is a word of its own; only Latin letters join to words. */
function isWhole(text: string, from: number, found: string): boolean {
  const before = text[from - 1];
  const after = text[from + found.length];
  const joins = (inside: string, outside: string | undefined) =>
    outside !== undefined && isLatin(inside) && isLatin(outside);
  return !joins(found[0]!, before) && !joins(found.at(-1)!, after);
}

/** The parts of a name with whatever apostrophe, and blanks or none between them. */
function spelled(name: string): string {
  const between = /\p{Script=Han}/u.test(name) ? [...name.replace(/\s+/gu, "")] : name.split(/[\s·]+/u);
  return between.map((part) => escaped(part).replace(/['’‘ʼ＇]/gu, "['’‘ʼ＇]?")).join("[\\s·]*");
}

const TITLE = /^(?:mrs?|ms|miss|dr|prof|sir|madam)\.?$/iu;

// Classes of Unicode take longer to be made than a list to print: names in ASCII or in common Chinese do without.
const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);
const COMMON_HAN = /^[\u3400-\u4dbf\u4e00-\u9fff]+$/;
const isHanName = (name: string): boolean =>
  COMMON_HAN.test(name)
    ? name.length >= 3 && name.length <= 4
    : !isAscii(name) && /^\p{Script=Han}{3,4}$/u.test(name);

function isNameWord(part: string): boolean {
  if (isAscii(part)) return /^[A-Z][A-Za-z'-]+$/.test(part);
  return !COMMON_HAN.test(part) && /^\p{Lu}[\p{L}'’‘ʼ＇-]+$/u.test(part);
}

/** What a person is also called: the words of a Latin name, the given name of a Chinese one. Common words keep their case. */
function shortNames(name: string): string[] {
  if (isHanName(name)) return [[...name].slice(-2).join("")];
  const parts = name.split(/\s+/).filter((part) => isNameWord(part) && !TITLE.test(part));
  return parts.length > 1 || parts[0] !== name ? parts : [];
}

type Mask = (value: string) => string;

/**
 * The longest run of plain letters or digits, of Chinese one character: where it is missing, the whole cannot stand.
 * Empty where there is none.
 */
function telltale(value: string): string {
  const runs = value.match(/[a-z0-9]+|[\u3041-\u9fff\uac00-\ud7a3]/gi) ?? [];
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), "").toLowerCase();
}

/** Masks `value` where it stands in `text`; `source` makes its pattern, which is dear, so most texts are spared it. */
function hide(
  text: string,
  value: string,
  source: () => string,
  mask: Mask,
  { flags = "giu", sign = telltale(value) } = {},
): string {
  if (!text.toLowerCase().includes(sign)) return text;
  if (value.length > LONGEST_PATTERN) return text.replaceAll(value, () => mask(value));
  return text.replaceAll(new RegExp(source(), flags), (found: string, from: number) =>
    isWhole(text, from, found) ? mask(value) : found,
  );
}

const isTelling = (value: string | undefined): value is string =>
  value !== undefined && value.trim().length >= 2;

function hideName(text: string, name: string): string {
  const whole = hide(text, name, () => spelled(name), maskName);
  if (name.length > LONGEST_PATTERN) return whole;
  return shortNames(name).reduce(
    (masked, short) => hide(masked, short, () => spelled(short), maskName, { flags: "gu" }),
    whole,
  );
}

const hasLetter = (text: string): boolean => /[a-z\u3400-\u9fff]/i.test(text) || /\p{L}/u.test(text);

/** The whole address, and each part of it that has a number: `Garden Road 5`. */
function hideAddress(text: string, address: string): string {
  const parts = address.split(/[,，、;；\n]/u).map((part) => part.trim());
  const telling = parts.filter((part) => part.length >= 5 && /\d/.test(part) && hasLetter(part));
  return [address, ...telling].reduce(
    (masked, part) => hide(masked, part, () => escaped(part), maskAddress),
    text,
  );
}

function hideAccount(text: string, account: string): string {
  const signs = [...account.replace(/[\s-]/gu, "")];
  const sign = (signs[0] ?? "").toLowerCase();
  return hide(text, account, () => signs.map(escaped).join("[\\s-]?"), maskAccount, { sign });
}

/** The personal values that free text of a case is searched for. */
export type PersonalValues = Partial<
  Record<
    "customer_name" | "customer_account" | "customer_address" | "customer_phone" | "customer_email",
    string
  >
>;

/**
 * Free text with the personal values of its case masked, and every e-mail address and long number in it, whoever's it is.
 */
export function maskText(text: string, record: PersonalValues = {}): string {
  const { customer_address, customer_account, customer_name, customer_phone, customer_email } = record;
  let masked = text;
  if (isTelling(customer_address)) masked = hideAddress(masked, customer_address.trim());
  if (isTelling(customer_email))
    masked = hide(masked, customer_email.trim(), () => escaped(customer_email.trim()), maskEmail);
  if (isTelling(customer_account)) masked = hideAccount(masked, customer_account.trim());
  if (isTelling(customer_name)) masked = hideName(masked, customer_name.trim());
  // Patterns are compiled when they are first used, which takes longer than all the rest of a list.
  if (masked.includes("@")) masked = masked.replace(emailPattern(), maskEmail);
  if (SEVEN_DIGITS.test(masked))
    masked = masked.replace(numberPattern(), (...found) =>
      found.at(-1).none === undefined ? maskPhone(found[0]) : found[0],
    );
  masked = masked.replace(SPOKEN, (digits) => `${digits.slice(0, 3)}****${digits.slice(-4)}`);
  // Too short to be taken for a number: a service number, an extension.
  return isTelling(customer_phone) && customer_phone.trim().length < 10
    ? hide(masked, customer_phone.trim(), () => escaped(customer_phone.trim()), maskPhone)
    : masked;
}
