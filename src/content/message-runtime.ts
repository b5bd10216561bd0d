/**
 * What compiled messages call at run time, in place of @messageformat/runtime: the same, but the first `Intl` of a
 * process takes longer than most commands, and a small whole number is written alike in every language here.
 */
export { plural, select, strictNumber } from "@messageformat/runtime";

import { number as written } from "@messageformat/runtime";

/** The number of a plural (`#`), less its offset. */
export function number(locale: string, value: number, offset: number): string {
  const count = value - offset;
  return Number.isInteger(count) && count >= 0 && count < 1000
    ? String(count)
    : written(locale, value, offset);
}
