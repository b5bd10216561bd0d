/**
 * Phone numbers as they are compared. The library with the numbering plans of all countries costs 7 ms to load, more
 * than the rest of the store, and is needed the first time a number is stored: inside a key handler, where nothing can
 * be awaited. So it is required, not imported; the build puts it beside the bundle as `phone.cjs`.
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

/** Compares numbers written without a country code as numbers of `country` (ISO 3166, two letters). */
export function phoneKeyFor(country: string | undefined): PhoneKey {
  return (text) => {
    const plain = text.normalize("NFKC").trim();
    const digits = plain.replace(/\D/g, "");
    if (digits === "") return undefined;
    if (digits.length < 5) return digits;
    const number = library()(plain.replace(/^00/, "+"), country) ?? library()(plain, country);
    return number?.nationalNumber ?? digits;
  };
}
