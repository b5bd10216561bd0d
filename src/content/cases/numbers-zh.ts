/** Numbers, days and times as people say them in Chinese, written as digits, so that 十二点四十 and 12:40 are the same. */
import { dial } from "./numbers-en.ts";

const DIGIT: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  俩: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const SCALE: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** 两万三千四 → 23400: what follows the last scale without one of its own counts a step lower. */
function amountOf(numeral: string): number {
  const wan = numeral.indexOf("万");
  if (wan >= 0) {
    const below = numeral.slice(wan + 1);
    const bare = below.length === 1 && DIGIT[below] !== undefined;
    return amountOf(numeral.slice(0, wan) || "一") * 10_000 + (bare ? DIGIT[below]! * 1000 : amountOf(below));
  }
  if (!/[十百千]/.test(numeral)) return Number([...numeral].map((c) => DIGIT[c] ?? 0).join("")) || 0;
  let sum = 0;
  let digit = 0;
  let scale = 1;
  for (const char of numeral) {
    if (SCALE[char]) {
      scale = SCALE[char]!;
      sum += (digit || 1) * scale;
      digit = 0;
    } else if (char === "零") scale = 10;
    else digit = DIGIT[char] ?? 0;
  }
  return sum + digit * (scale >= 100 ? scale / 10 : 1);
}

const NUMERAL = "零〇一二两三四五六七八九十百千万";
const MEASURE = "点号日月元块节分年天个次张条层楼周小时针度遍趟回台根份封页位碗岁米公里兆室户";
const LONG = new RegExp(`[${NUMERAL}]{2,}`, "g");
const SHORT = new RegExp(`[${NUMERAL}](?=[${MEASURE}])`, "g");

/** "A little" is not one o'clock: 慢一点, 冷静一点, 一点儿, 一点都不; 今晚一点 is. */
const A_LITTLE =
  /(?<=[慢快好多少大小高低轻重远近长短静楚白心气意重松紧净有差这那丁]|(?<![今明昨当])[早晚])一点(?![钟半整刻零〇一二三四五六七八九十\d前到准]|左右|给)|(?<=[没有])一点(?![钟半整刻前])|一点(?=[儿都也没不声用])/g;

function timesOf(text: string): string {
  return text
    .replace(/(\d{1,2}):(\d{2})/g, (_, h, m) => dial(Number(h), Number(m)))
    .replace(/(\d{1,2})点钟?半/g, (_, h) => dial(Number(h), 30))
    .replace(/(\d{1,2})点一刻/g, (_, h) => dial(Number(h), 15))
    .replace(/(\d{1,2})点过?(\d{1,2})分?/g, (_, h, m) => dial(Number(h), Number(m)))
    .replace(/(\d{1,2})点钟?/g, (_, h) => dial(Number(h), 0));
}

/** `text` with numbers as digits, times as `4:40`, days of a month as `day16`, weekdays as 周1 … 周7. */
export function digitsChinese(text: string): string {
  const digits = text
    .replace(/(\d),(\d{3})(?!\d)/g, "$1$2")
    .replace(A_LITTLE, "一些")
    .replace(/(?:星期|礼拜|周)([一二三四五六日天末])/g, (_, d) =>
      d === "末" ? "周末" : `周${"一二三四五六".indexOf(d) + 1 || 7} `,
    )
    .replace(/(\d+(?:\.\d+)?)万(?=[元块]|[^零-鿿]|$)/g, (_, n) => String(Number(n) * 10_000))
    .replace(/(\d+)万/g, (_, n) => String(Number(n) * 10_000))
    .replace(/点零([五一二三四六七八九])/g, (_, d) => `点0${DIGIT[d]}`)
    .replace(LONG, (numeral) => String(amountOf(numeral)))
    .replace(SHORT, (numeral) => String(amountOf(numeral)));
  return timesOf(digits)
    .replace(/(\d{1,2})月(\d{1,2})[日号]?/g, "$1月day$2 ")
    .replace(/(?<![\d:])(\d{1,2})[号日](?!楼|窗|线|访|卡|摄|单|码|门|院|室)/g, "day$1 ");
}
