/** Offline approval codes: what is accepted, and every way a code can be wrong. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CodeTerms,
  checkCode,
  isPublicKey,
  makeCode,
  newApprovalKey,
} from "../../src/core/approval-code.ts";

const lena = newApprovalKey();
const mira = newApprovalKey();
const keys = { mira: mira.publicKey, lena: lena.publicKey };
const terms: CodeTerms = { ref: "K7QF-2MXT", remedy: "refund", amount: 350.5, currency: "CNY" };
const now = new Date("2026-11-23T02:00:00Z");
const expires = new Date("2026-11-23T06:00:00Z");
const nonce = Uint8Array.of(1, 2, 3, 4);
const code = makeCode(terms, lena.privatePem, expires, nonce);
const check = (text: string, asked: Partial<CodeTerms> = {}, used: string[] = []) =>
  checkCode(text, { ...terms, ...asked }, keys, now, used, ["refund", "gift"]);
const reason = (...args: Parameters<typeof check>) => {
  const verdict = check(...args);
  return verdict.ok ? "ok" : verdict.reason;
};

describe("a code that fits", () => {
  it("names who gave it and until when", () => {
    expect(check(code)).toEqual({ ok: true, by: "lena", expires_at: "2026-11-23T06:00:00.000Z" });
  });

  it.each([
    ["lower case", code.toLowerCase()],
    ["no dashes", code.replaceAll("-", "")],
    ["line breaks and blanks", code.replaceAll("-", "\r\n  ")],
    [
      "full width, as an input method types it",
      [...code]
        .map((c) => (c === "-" ? "－" : String.fromCharCode(c.charCodeAt(0) + 0xfee0)))
        .join("")
        .replaceAll("－", "-"),
    ],
    ["letters read as digits", code.replaceAll("0", "O").replaceAll("1", "l")],
    ["a pasted dash", code.replaceAll("-", "–")],
  ])("%s", (_, text) => expect(reason(text)).toBe("ok"));

  it("of any length is judged at once", () => {
    for (const letter of ["0", "1", "7", "Z"])
      for (const length of [200, 5_000, 1_000_000])
        expect(reason(code + letter.repeat(length))).not.toBe("ok");
  });

  it("is at most 160 characters for any terms, and groups of base 32 only", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 5, maxLength: 5 }),
        fc.option(fc.integer({ min: 0, max: 2 ** 42 - 1 }), { nil: undefined }),
        fc.constantFrom("CNY", "JPY", "KWD", "ZZZ"),
        fc.stringMatching(/^[a-z-]{1,60}$/),
        (bytes, minor, currency, remedy) => {
          const ref = [...bytes]
            .map((b) => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[b % 32])
            .join("")
            .padEnd(8, "7");
          const digits = { CNY: 2, JPY: 0, KWD: 3, ZZZ: 2 }[currency]!;
          const asked = {
            ref,
            remedy,
            ...(minor === undefined ? {} : { amount: minor / 10 ** digits, currency }),
          };
          const made = makeCode(asked, lena.privatePem, expires, nonce);
          expect(made.length).toBeLessThanOrEqual(160);
          expect(made).toMatch(/^[0-9A-Z]{8}(-[0-9A-Z]{1,8})+$/);
          expect(checkCode(made, asked, keys, now).ok).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("a code that does not fit", () => {
  it.each<[string, string, Partial<CodeTerms>, string[], string]>([
    ["another case", code, { ref: "K7QF2MXV" }, [], "other_case"],
    ["another amount", code, { amount: 350.51 }, [], "other_amount"],
    ["another currency", code, { currency: "TWD" }, [], "other_amount"],
    ["another remedy", code, { remedy: "gift" }, [], "other_remedy"],
    ["made by who asked", code, { asked_by: "lena" }, [], "own_request"],
    ["used, in another spelling", code, {}, [code.toLowerCase().replaceAll("-", " ")], "used"],
    ["no code", "please approve", {}, [], "malformed"],
    ["cut short", code.slice(0, -9), {}, [], "malformed"],
    ["too short for anything", code.slice(0, 30), {}, [], "malformed"],
    ["empty", "", {}, [], "malformed"],
  ])("%s", (_, text, asked, used, expected) => expect(reason(text, asked, used)).toBe(expected));

  it("is changed in any single character: never accepted", () => {
    const plain = code.replaceAll("-", "");
    for (let i = 0; i < plain.length; i++) {
      const other = plain[i] === "7" ? "8" : "7";
      expect([i, check(plain.slice(0, i) + other + plain.slice(i + 1)).ok]).toEqual([i, false]);
    }
  });

  it("has expired: the second it names is the last", () => {
    expect(checkCode(code, terms, keys, expires).ok).toBe(true);
    expect(checkCode(code, terms, keys, new Date(+expires + 1))).toEqual({ ok: false, reason: "expired" });
  });

  it("is signed by somebody unknown here, or nobody is known", () => {
    expect(checkCode(code, terms, { mira: mira.publicKey }, now)).toEqual({ ok: false, reason: "changed" });
    expect(checkCode(code, terms, {}, now)).toEqual({ ok: false, reason: "no_keys" });
  });
});

describe("keys", () => {
  it("are 32 bytes in base 32", () => {
    expect(lena.publicKey).toMatch(/^[0-9A-HJKMNP-TV-Z]{52}$/);
    expect([
      isPublicKey(lena.publicKey),
      isPublicKey(lena.publicKey.toLowerCase()),
      isPublicKey("K7QF"),
      isPublicKey(""),
    ]).toEqual([true, true, false, false]);
  });
});
