/** Numbers, days and times as people say them in English, written as digits, so that "twenty to one" and 12:40 are the same. */

const UNITS = [
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen",
  "seventeen eighteen nineteen",
]
  .join(" ")
  .split(" ");
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const ORDINALS = [
  "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth",
  "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth",
]
  .join(" ")
  .split(" ");
const MONTHS =
  "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";

const CARDINAL = new Map<string, number>([
  ...UNITS.map((word, n) => [word, n] as const),
  ...TENS.map((word, n) => [word, (n + 2) * 10] as const),
  ...TENS.flatMap((ten, t) =>
    UNITS.slice(1, 10).map((unit, u) => [`${ten}-${unit}`, (t + 2) * 10 + u + 1] as const),
  ),
]);
const ORDINAL = new Map<string, number>([
  ...ORDINALS.map((word, n) => [word, n] as const),
  ["twentieth", 20],
  ["thirtieth", 30],
  ...ORDINALS.slice(1, 10).flatMap((word, n) => [
    [`twenty-${word}`, 21 + n] as const,
    [`thirty-${word}`, 31 + n] as const,
  ]),
]);
const WORD = new RegExp(
  `\\b(?:${[...CARDINAL.keys()].sort((a, b) => b.length - a.length).join("|")})\\b`,
  "g",
);
const ORDINAL_WORD = new RegExp(
  `\\b(?:${[...ORDINAL.keys()].sort((a, b) => b.length - a.length).join("|")})\\b`,
  "g",
);

const two = (n: number) => String(n).padStart(2, "0");
/** A time of day on a twelve-hour dial: nobody says 16:40 and twenty to five to mean different things. */
export const dial = (hour: number, minute: number) => `${hour % 12}:${two(minute)}`;

/** "2 thousand 365" → 2365. */
function joinThousands(text: string): string {
  return text
    .replace(/\b(\d+) hundred(?: and)? (\d{1,2})\b/g, (_, h, r) => String(Number(h) * 100 + Number(r)))
    .replace(/\b(\d+) hundred\b/g, (_, h) => String(Number(h) * 100))
    .replace(/\b(\d+) thousand(?: and)? (\d{1,3})\b/g, (_, t, r) => String(Number(t) * 1000 + Number(r)))
    .replace(/\b(\d+) thousand\b/g, (_, t) => String(Number(t) * 1000));
}

function timesOf(text: string): string {
  return text
    .replace(/\b(\d{1,2}):(\d{2})\b(?: ?[ap]\.?m\b\.?)?/g, (_, h, m) => dial(Number(h), Number(m)))
    .replace(/\bhalf past (\d{1,2})\b/g, (_, h) => dial(Number(h), 30))
    .replace(/\b(?:a )?quarter past (\d{1,2})\b/g, (_, h) => dial(Number(h), 15))
    .replace(/\b(?:a )?quarter to (\d{1,2})\b/g, (_, h) => dial(Number(h) + 11, 45))
    .replace(/\b(\d{1,2}) past (\d{1,2})\b/g, (_, m, h) => dial(Number(h), Number(m)))
    .replace(/\b(5|10|20|25) to (\d{1,2})\b/g, (_, m, h) => dial(Number(h) + 11, 60 - Number(m)))
    .replace(/\b(\d{1,2}) ?(?:o'clock|[ap]\.?m\b\.?)/g, (_, h) => dial(Number(h), 0))
    .replace(/\b(1[0-2]|[1-9]) ([1-5][0-9])\b(?! (?:yuan|percent|days|years|minutes|lessons))/g, (_, h, m) =>
      dial(Number(h), Number(m)),
    )
    .replace(/\b(?:noon|midday)\b/g, "12 noon");
}

function daysOf(text: string): string {
  return text
    .replace(ORDINAL_WORD, (word) => (/^(first|second)$/.test(word) ? word : `day${ORDINAL.get(word)}`))
    .replace(/\b(\d{1,2})(?:st|nd|rd|th)\b/g, "day$1")
    .replace(new RegExp(`\\b(\\d{1,2}) (?=(?:of )?(?:${MONTHS})\\b)`, "g"), "day$1 ")
    .replace(new RegExp(`\\b((?:${MONTHS}) )(\\d{1,2})\\b(?!:)`, "g"), "$1day$2")
    .replace(/\bthe (first|second)(?= of|[,.;]| and the day)/g, (_, w) => `day${ORDINAL.get(w)}`);
}

/** `text` in small letters, with numbers as digits, times as `4:40` and days of a month as `day16`. */
export function digitsEnglish(text: string): string {
  const plain = text
    .replace(/\ban? (?=hundred|thousand)/g, "one ")
    .replace(/(\d),(\d{3})\b/g, "$1$2")
    .replace(/\b(\d{1,2})\.(\d{2})\b(?= ?(?:a|p)m)/g, "$1:$2");
  return timesOf(joinThousands(daysOf(plain).replace(WORD, (word) => String(CARDINAL.get(word)))));
}
