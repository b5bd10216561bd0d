/**
 * Offline approval codes: a lead signs case, remedy, amount, currency, expiry and a nonce with Ed25519, and the code
 * travels by chat or telephone. Pure: keys, time and codes already used are given.
 */
import type { KeyObject } from "node:crypto";
import type { UtcIso } from "./event.ts";
import { currencyDigits } from "./field.ts";
import { fromBase32, plainBase32, toBase32 } from "./id.ts";

/** What a code allows. */
export interface CodeTerms {
  /** The whole ref, with or without the dash. */
  ref: string;
  remedy: string;
  amount?: number;
  currency?: string;
  /** Who asked for it: nobody decides what he asked for himself. */
  asked_by?: string;
}

export type CodeFault =
  | "malformed"
  | "no_keys"
  | "changed"
  | "own_request"
  | "other_case"
  | "other_remedy"
  | "other_amount"
  | "expired"
  | "used";

export type CodeVerdict = { ok: true; by: string; expires_at: UtcIso } | { ok: false; reason: CodeFault };

/** Loaded when first needed: it takes longer than most commands. */
const crypto = () => process.getBuiltinModule("node:crypto");

const VERSION = 1;
/** Signed with the payload, so that a signature made for something else never passes for an approval. */
const LABEL = "complaint approval code";
const SIGNATURE_BYTES = 64;
const REMEDY_BYTES = 3;
const NONCE_BYTES = 4;
const GROUP = 8;
/** Six bytes of seven bits each: more minor units than any remedy. */
const MAX_MINOR = 2 ** 42 - 1;

/** What stands in a code. */
interface Payload {
  ref: string;
  remedyMark: string;
  minor?: number;
  currency?: string;
  expires: number;
  nonce: string;
}

function remedyMark(remedy: string): Uint8Array {
  return crypto().createHash("sha256").update(remedy, "utf8").digest().subarray(0, REMEDY_BYTES);
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low + 128 : low);
  } while (rest > 0);
  return bytes;
}

/** Three letters in two bytes; zero: no currency. */
function currencyBytes(currency: string | undefined): [number, number] {
  if (currency === undefined) return [0, 0];
  const value = [...currency].reduce((sum, letter) => sum * 27 + (letter.charCodeAt(0) - 64), 0);
  return [value >> 8, value & 255];
}

function currencyOf(high: number, low: number): string | undefined {
  let value = high * 256 + low;
  let text = "";
  while (value > 0) {
    text = String.fromCharCode(64 + (value % 27)) + text;
    value = Math.floor(value / 27);
  }
  return /^[A-Z]{3}$/.test(text) ? text : undefined;
}

function minorUnits(amount: number, currency: string | undefined): number {
  return Math.round(amount * 10 ** currencyDigits(currency ?? "XXX"));
}

function payloadBytes(terms: CodeTerms, expires: number, nonce: Uint8Array): Uint8Array {
  const ref = fromBase32(terms.ref);
  if (ref?.length !== 5) throw new RangeError(`not a whole ref: ${terms.ref}`);
  const minor = terms.amount === undefined ? undefined : minorUnits(terms.amount, terms.currency);
  if (minor !== undefined && minor > MAX_MINOR) throw new RangeError("the amount does not fit a code");
  return Uint8Array.from([
    VERSION * 2 + (minor === undefined ? 0 : 1),
    ...ref,
    ...remedyMark(terms.remedy),
    ...currencyBytes(terms.currency),
    ...[24, 16, 8, 0].map((shift) => (expires >>> shift) & 255),
    ...nonce.subarray(0, NONCE_BYTES),
    ...(minor === undefined ? [] : varint(minor)),
  ]);
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** Seven bits a byte: whole numbers up to 2^56; a longer amount was never made here. */
const MOST_AMOUNT_BYTES = 8;

function readPayload(bytes: Uint8Array): Payload | undefined {
  const [head, ...rest] = bytes;
  if (head === undefined || head >> 1 !== VERSION || rest.length < 5 + REMEDY_BYTES + 2 + 4 + NONCE_BYTES)
    return undefined;
  let at = 1;
  const take = (count: number) => {
    at += count;
    return bytes.subarray(at - count, at);
  };
  const ref = toBase32(take(5));
  const mark = hex(take(REMEDY_BYTES));
  const [high = 0, low = 0] = take(2);
  const currency = currencyOf(high, low);
  const expires = take(4).reduce((sum, byte) => sum * 256 + byte, 0);
  const nonce = hex(take(NONCE_BYTES));
  const amount = [...bytes.subarray(at)];
  if (amount.length > MOST_AMOUNT_BYTES) return undefined;
  const minor = amount.reduceRight((sum, byte) => sum * 128 + (byte % 128), 0);
  if ((head & 1) === 0 && amount.length > 0) return undefined;
  const isWhole = (head & 1) === 0 || hex(Uint8Array.from(varint(minor))) === hex(Uint8Array.from(amount));
  if (!isWhole) return undefined;
  return {
    ref,
    remedyMark: mark,
    ...((head & 1) === 1 ? { minor } : {}),
    ...(currency === undefined ? {} : { currency }),
    expires,
    nonce,
  };
}

function signedBytes(payload: Uint8Array, remedy: string): Buffer {
  return Buffer.concat([Buffer.from(LABEL, "utf8"), payload, Buffer.from(remedy, "utf8")]);
}

/** A new pair: the private key as PKCS#8 PEM, the public one as other seats keep it. */
export function newApprovalKey(): { privatePem: string; publicKey: string } {
  const { privateKey } = crypto().generateKeyPairSync("ed25519");
  const privatePem = privateKey.export({ type: "pkcs8", format: "pem" }) as string;
  return { privatePem, publicKey: publicKeyOf(privatePem) };
}

/** The public key of a private one: 32 bytes in Crockford base 32. */
export function publicKeyOf(privatePem: string): string {
  const jwk = crypto().createPublicKey(crypto().createPrivateKey(privatePem)).export({ format: "jwk" });
  return toBase32(Buffer.from(String(jwk.x), "base64url"));
}

/** Reads a public key; undefined: it is none. */
function readPublicKey(text: string): KeyObject | undefined {
  const raw = fromBase32(text);
  if (raw?.length !== 32) return undefined;
  try {
    return crypto().createPublicKey({
      key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(raw).toString("base64url") },
      format: "jwk",
    });
  } catch {
    return undefined;
  }
}

/** Whether `text` is a public key of this program, for `config set approval.keys.NAME`. */
export function isPublicKey(text: string): boolean {
  return readPublicKey(text) !== undefined;
}

/**
 * Makes a code of at most 160 characters. `expiresAt` is kept to the second, `nonce` to its first four bytes.
 * Throws RangeError for a ref that is not whole or an amount beyond 2^42 minor units.
 */
export function makeCode(terms: CodeTerms, privatePem: string, expiresAt: Date, nonce: Uint8Array): string {
  const payload = payloadBytes(terms, Math.floor(+expiresAt / 1000), nonce);
  const signature = crypto().sign(
    null,
    signedBytes(payload, terms.remedy),
    crypto().createPrivateKey(privatePem),
  );
  const text = toBase32(Buffer.concat([payload, signature]));
  return text.match(new RegExp(`.{1,${GROUP}}`, "g"))!.join("-");
}

interface OpenedCode {
  payload: Payload;
  bytes: Uint8Array;
  signature: Uint8Array;
}

/** A code has at most 160 characters; however it was pasted, with blanks and line breaks, it is not this long. */
const LONGEST_TEXT = 2000;

/** Undefined where `code` is none: case, blanks, dashes and line breaks do not matter, every other character does. */
function openCode(code: string): OpenedCode | undefined {
  const plain = code.length > LONGEST_TEXT ? undefined : plainBase32(code);
  const all = plain === undefined ? undefined : fromBase32(plain);
  // A last character whose spare bits differ would be another spelling of the same code.
  if (!all || toBase32(all) !== plain || all.length <= SIGNATURE_BYTES) return undefined;
  const bytes = all.subarray(0, -SIGNATURE_BYTES);
  const payload = readPayload(bytes);
  return payload && { payload, bytes, signature: all.subarray(-SIGNATURE_BYTES) };
}

function signerOf(
  opened: OpenedCode,
  remedies: readonly string[],
  keys: Readonly<Record<string, string>>,
): string | undefined {
  const { payload, bytes, signature } = opened;
  const fitting = [...new Set(remedies)].filter((r) => hex(remedyMark(r)) === payload.remedyMark);
  for (const [name, text] of Object.entries(keys)) {
    const key = readPublicKey(text);
    if (key && fitting.some((remedy) => crypto().verify(null, signedBytes(bytes, remedy), key, signature)))
      return name;
  }
  return undefined;
}

/** What makes two spellings of a code the same, for `used`; undefined: it is no code. */
export function codeMark(code: string): string | undefined {
  return plainBase32(code);
}

/**
 * Checks a code against what was asked for. `keys` are the public keys trusted here, by the lead's name; `used` the codes
 * already spent on this case; `remedies` every remedy that exists, so that a code for another one can be told from a
 * changed code.
 */
export function checkCode(
  code: string,
  asked: CodeTerms,
  keys: Readonly<Record<string, string>>,
  now: Date,
  used: readonly string[] = [],
  remedies: readonly string[] = [],
): CodeVerdict {
  const fault = (reason: CodeFault): CodeVerdict => ({ ok: false, reason });
  const opened = openCode(code);
  if (!opened) return fault("malformed");
  if (Object.keys(keys).length === 0) return fault("no_keys");
  const { payload } = opened;
  const by = signerOf(opened, [asked.remedy, ...remedies], keys);
  if (by === undefined) return fault("changed");
  if (by === asked.asked_by) return fault("own_request");
  if (payload.ref !== plainBase32(asked.ref)) return fault("other_case");
  if (hex(remedyMark(asked.remedy)) !== payload.remedyMark) return fault("other_remedy");
  const minor = asked.amount === undefined ? undefined : minorUnits(asked.amount, asked.currency);
  if (minor !== payload.minor || asked.currency !== payload.currency) return fault("other_amount");
  const mark = codeMark(code);
  if (used.some((spent) => codeMark(spent) === mark)) return fault("used");
  if (+now > payload.expires * 1000) return fault("expired");
  return { ok: true, by, expires_at: new Date(payload.expires * 1000).toISOString() };
}
