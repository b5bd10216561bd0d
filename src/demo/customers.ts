/** Who complains: made-up people, some of them again, with their numbers written in different ways. */
import type { Locale } from "../core/locale.ts";
import type { Chance } from "./random.ts";
import { NAMES } from "./stories.ts";

export interface Customer {
  locale: Locale;
  name: string;
  phone: string;
  account?: string;
}

/** Cases by language. */
const LANGUAGES: readonly (readonly [Locale, number])[] = [
  ["zh-CN", 45],
  ["en", 33],
  ["zh-TW", 22],
];

function digits(count: number, chance: Chance): string {
  return Array.from({ length: count }, () => chance.int(0, 9)).join("");
}

export function newCustomer(chance: Chance): Customer {
  const [locale] = chance.weighted(LANGUAGES, ([, weight]) => weight);
  const { family, given } = NAMES[locale]!;
  const name =
    locale === "en"
      ? `${chance.pick(given)} ${chance.pick(family)}`
      : chance.pick(family) + chance.pick(given);
  const phone = locale === "zh-TW" ? `0900${digits(6, chance)}` : `1380${digits(7, chance)}`;
  const account = chance.chance(0.3) ? `AC${digits(6, chance)}` : undefined;
  return { locale, name, phone, ...(account === undefined ? {} : { account }) };
}

/** The same number as somebody else would write it down. */
export function spelledPhone({ phone, locale }: Customer, chance: Chance): string {
  const country = locale === "zh-TW" ? "+886" : "+86";
  const national = phone.replace(/^0/, "");
  const [a, b, c] =
    locale === "zh-TW"
      ? [phone.slice(0, 4), phone.slice(4, 7), phone.slice(7)]
      : [phone.slice(0, 3), phone.slice(3, 7), phone.slice(7)];
  return chance.weighted(
    [
      [phone, 8],
      [`${a} ${b} ${c}`, 2],
      [`${a}-${b}-${c}`, 2],
      [`${country} ${national}`, 1],
    ] as const,
    ([, weight]) => weight,
  )[0];
}
