/** Ids of cases and events (UUID version 7), and the refs people say aloud (Crockford base 32). */

/** Fills and returns bytes; injected so that tests and `demo` are deterministic. */
export type RandomBytes = (count: number) => Uint8Array;

export type Uuid = string;

/** Two hexadecimal digits for each byte. */
const HEX = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, "0"));

function formatUuid(bytes: Uint8Array): Uuid {
  let text = "";
  for (let i = 0; i < 16; i++)
    text += i === 4 || i === 6 || i === 8 || i === 10 ? `-${HEX[bytes[i]!]}` : HEX[bytes[i]!];
  return text;
}

/** A new UUID version 7 (RFC 9562): 48 bits of milliseconds, the rest random. */
export function newId(nowMs: number, random: RandomBytes): Uuid {
  const bytes = new Uint8Array(16);
  let ms = nowMs;
  for (let i = 5; i >= 0; i--) {
    bytes[i] = ms % 256;
    ms = Math.floor(ms / 256);
  }
  bytes.set(random(10), 6);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  return formatUuid(bytes);
}

/** A UUID version 8 made of 16 bytes of a hash: the same source row always gives the same case id. */
export function idFromHash(hash: Uint8Array): Uuid {
  const bytes = hash.slice(0, 16);
  bytes[6] = 0x80 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  return formatUuid(bytes);
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Crockford base 32 without padding, upper case. */
export function toBase32(bytes: Uint8Array): string {
  let bits = 0;
  let value = 0;
  let text = "";
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += CROCKFORD[(value >>> bits) & 31];
      value &= (1 << bits) - 1;
    }
  }
  return bits > 0 ? text + CROCKFORD[(value << (5 - bits)) & 31] : text;
}

/** Reads Crockford base 32 in any case; O is 0, I and L are 1; blanks, dashes and line breaks are skipped. Undefined: not base 32. */
export function fromBase32(text: string): Uint8Array | undefined {
  const plain = plainBase32(text);
  if (plain === undefined) return undefined;
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const char of plain) {
    value = (value << 5) | CROCKFORD.indexOf(char);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((value >>> bits) & 255);
      value &= (1 << bits) - 1;
    }
  }
  return Uint8Array.from(bytes);
}

/** Upper case, without blanks, dashes and line breaks, O→0, I and L→1, full-width forms folded. Undefined: another character is in it. */
export function plainBase32(text: string): string | undefined {
  const plain = text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\-\u2010-\u2015\u200b-\u200f\ufeff]/g, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
  return /^[0-9A-HJKMNP-TV-Z]*$/.test(plain) ? plain : undefined;
}

/** The ref of a case, `K7QF2MXT` as stored: the last 40 (random) bits of its id. */
export function refOf(id: Uuid): string {
  const tail = id.replaceAll("-", "").slice(-10);
  return toBase32(Uint8Array.from(tail.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));
}

/** `K7QF2MXT` → `K7QF-2MXT`, the form that is shown. */
export function showRef(ref: string): string {
  return `${ref.slice(0, 4)}-${ref.slice(4)}`;
}
