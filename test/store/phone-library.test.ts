/** Mobile numbers of the seat's country are compared without the library of all countries, and exactly as it would. */
import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { expect, test } from "vitest";
import { phoneKeyFor } from "../../src/store/phone-library.ts";

/** Ends that differ in every place. */
const ENDS = ["0000000", "0123456", "1700000", "5678901", "8613800", "9999999"];

const SHAPES: readonly ((digits: string) => string)[] = [
  (d) => d,
  (d) => `${d.slice(0, 3)} ${d.slice(3, 7)} ${d.slice(7)}`,
  (d) => `${d.slice(0, 4)}-${d.slice(4)}`,
];

test.each([
  ["CN", 1300, 1999],
  ["TW", 900, 999],
] as const)("%s: every mobile prefix", (country, from, to) => {
  const key = phoneKeyFor(country);
  const wrong: string[] = [];
  for (let prefix = from; prefix <= to; prefix++)
    for (const end of ENDS) {
      const digits = country === "CN" ? `${prefix}${end}` : `0${prefix}${end.slice(1)}`;
      for (const text of SHAPES.map((shape) => shape(digits))) {
        const number = parsePhoneNumberFromString(text, country)?.nationalNumber ?? digits;
        if (key(text) !== number) wrong.push(text);
      }
    }
  expect(wrong).toEqual([]);
});

test("a number is the same customer's with and without its country code", () => {
  expect(phoneKeyFor("CN")("13800005678")).toBe(phoneKeyFor("CN")("+86 138 0000 5678"));
  expect(phoneKeyFor("TW")("0912-345-678")).toBe(phoneKeyFor("TW")("+886 912 345 678"));
  // Elsewhere the same digits are no mobile number of China.
  expect(phoneKeyFor("GB")("13800005678")).toBe("13800005678");
});
