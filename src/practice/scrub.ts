/** Takes a person out of a text: names, numbers, addresses, also inside the customer's words. What is left is read by a person. */
import type { CaseRecord } from "../core/field.ts";

export interface Scrub {
  record: CaseRecord;
  /** What stands in place of the customer's name. */
  customer: string;
}

const GAP = "…";

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The forms of a name: whole, its longer words, and a Chinese given name without its family name. */
function nameForms(name: string): string[] {
  const words = name.split(/\s+/).filter((w) => w.length >= 3);
  const given = /^[\u3400-\u9fff]{3,4}$/.test(name) ? [name.slice(1)] : [];
  return [name, ...words, ...given].filter((w) => w.trim().length >= 2);
}

const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const MONEY_AFTER = "(?:\\s*(?:yuan|元|块|万|usd|dollars?|euros?|%))";
/** Five digits and more, in one piece or as people write numbers apart; no years, times or sums. */
const LONG_NUMBER = new RegExp(
  `(?<![¥￥$€£\\d.])(?:[+＋]?\\d(?:[ \\-–.()]?\\d){4,})(?!${MONEY_AFTER})(?![-:]?\\d)`,
  "giu",
);
const DATE = /^\d{4}[-.]\d{1,2}[-.]\d{1,2}$/;
/** Letters and digits mixed, as in order and ticket numbers. */
const CODE = /\b(?=[A-Z0-9-]*\d[A-Z0-9-]*\d[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9]+(?:-[A-Z0-9]+)*\b/g;

const ENGLISH_PERSON = /\b(Mr|Mrs|Ms|Miss|Dr|Prof)\.?\s+[A-Z][\p{L}'-]+(?:\s+[A-Z][\p{L}'-]+)?/gu;
const ENGLISH_STREET =
  /\b(?:\d+[a-z]?\s+)?(?:[A-Z][\p{L}'-]+\s+)+(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Square)\b(?:\s+\d+[a-z]?)?/gu;
const ENGLISH_UNIT = /\b(?:flat|apartment|apt|room|unit|block|building)\s+\d+\w*/giu;
const CHINESE_PERSON =
  /[\u3400-\u9fff]{1,3}(?=先生|女士|小姐|太太|老师|阿姨|叔叔|大爷|大妈|经理|师傅|老師|經理|師傅)/gu;
const DOUBLE_FAMILY = /(?:欧阳|歐陽|司马|司馬|司徒|上官|诸葛|諸葛).*$/u;
const FAMILY =
  "王李张张劉刘陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許邓鄧冯馮韩韓曹曾彭萧蕭蔡潘田董袁于余叶葉蒋蔣杜苏蘇魏程吕呂丁沈任姚卢盧姜崔钟鐘谭譚陆陸汪范范金石廖贾賈夏韦韋付方白邹鄒孟熊秦邱江尹薛闫段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯";
const CHINESE_PLACE =
  /[\u3400-\u9fff]{1,8}(?:省|市|区|區|县|縣|镇|鎮|村|路|街|大道|巷|弄|小区|小區|社区|社區|花园|花園|大厦|大廈)(?:\d+号|\d+號)?/gu;
const CHINESE_UNIT = /\d+\s*(?:栋|幢|棟|号楼|號樓|单元|單元|室|弄|楼|樓)(?:\d+\s*(?:单元|單元|室|号|號))?/gu;

/** What stands before a title: from its first family name on it is a person, the words before that are not. */
function withoutFamily(before: string): string {
  if (DOUBLE_FAMILY.test(before)) return before.replace(DOUBLE_FAMILY, "某");
  const characters = [...before];
  const name = characters.findIndex((character) => FAMILY.includes(character));
  return name < 0 ? before : `${characters.slice(0, name).join("")}某`;
}

function withoutPeople(text: string): string {
  return text
    .replace(ENGLISH_PERSON, (_, title: string) => `${title} ${GAP}`)
    .replace(CHINESE_PERSON, withoutFamily);
}

function withoutPlaces(text: string): string {
  return text
    .replace(ENGLISH_STREET, GAP)
    .replace(ENGLISH_UNIT, GAP)
    .replace(CHINESE_PLACE, (place) => (/\d|路|街|道|巷|弄|花园|花園|大厦|大廈/.test(place) ? GAP : place))
    .replace(CHINESE_UNIT, GAP);
}

function withoutNumbers(text: string): string {
  return text
    .replace(EMAIL, GAP)
    .replace(LONG_NUMBER, (number) => (DATE.test(number) ? number : GAP))
    .replace(CODE, GAP);
}

/** The text without the person. */
export function scrub(text: string, { record, customer }: Scrub): string {
  let clean = text.normalize("NFC");
  const known = [
    record.customer_address,
    record.customer_account,
    record.customer_email,
    record.customer_phone,
  ];
  for (const value of known)
    if (typeof value === "string" && value.trim().length >= 2)
      clean = clean.replace(new RegExp(escaped(value.trim()), "giu"), GAP);
  if (typeof record.customer_name === "string")
    for (const form of nameForms(record.customer_name.trim()))
      clean = clean.replace(new RegExp(escaped(form), "giu"), customer);
  return withoutPlaces(withoutPeople(withoutNumbers(clean)))
    .replace(/(?:…\s*){2,}/g, `${GAP} `)
    .trim();
}
