/**
 * Phone numbers as they are compared. The library with the numbering plans of all countries costs 7 ms to load, more
 * than the rest of the store, and is needed the first time a number is stored: inside a key handler, where nothing can
 * be awaited. So it is required, not imported; the build puts it beside the bundle as `libphonenumber-js-min.cjs`.
 */
import { createRequire } from "node:module";
import type { PhoneKey } from "../core/customer.ts";

type Parse = (text: string, country?: string) => { nationalNumber: string } | undefined;

let parse: Parse | undefined;

function library(): Parse {
  if (parse) return parse;
  const load = createRequire(import.meta.url);
  const name = import.meta.url.endsWith(".ts") ? "libphonenumber-js/min" : "./libphonenumber-js-min.cjs";
  parse = (load(name) as { parsePhoneNumberFromString: Parse }).parsePhoneNumberFromString;
  return parse;
}

/** Digits, or groups of them with a blank or a dash between: the library reads the same number in each. */
const GROUPED = /^\d+(?:[ -]\d+)*$/;

/** A mobile number of the seat's own country as it is usually written, which the library would give back as it stands. */
function mobileNumber(plain: string, digits: string, country: string | undefined): string | undefined {
  if (!GROUPED.test(plain)) return undefined;
  // Behind 179 the library looks for a carrier's code.
  if (country === "CN" && /^1(?!79)[3-9]\d{9}$/.test(digits)) return digits;
  if (country === "TW" && /^09\d{8}$/.test(digits)) return digits.slice(1);
  return undefined;
}

/** Compares numbers written without a country code as numbers of `country` (ISO 3166, two letters). */
export function phoneKeyFor(country: string | undefined): PhoneKey {
  return (text) => {
    const plain = text.normalize("NFKC").trim();
    const digits = plain.replace(/\D/g, "");
    if (digits === "") return undefined;
    if (digits.length < 5) return digits;
    const mobile = mobileNumber(plain, digits, country);
    if (mobile !== undefined) return mobile;
    const number = library()(plain.replace(/^00/, "+"), country) ?? library()(plain, country);
    return number?.nationalNumber ?? digits;
  };
}
