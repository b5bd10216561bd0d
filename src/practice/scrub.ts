/** Takes a person out of a text: names, numbers, addresses, also inside the customer's words. What is left is read by a person. */
import type { CaseRecord } from "../core/field.ts";

export interface Scrub {
  record: CaseRecord;
  /** What stands in place of the customer's name. */
  customer: string;
}

const GAP = "…";

/** Nobody says more in one breath, and no pattern has more than this to search. UTF-16 units. */
const MOST_TEXT = 2000;

/** The beginning of a long text, up to a gap between words or sentences: half a number would not be known as one. */
function shortened(text: string): string {
  if (text.length <= MOST_TEXT) return text;
  const head = text.slice(0, MOST_TEXT);
  const end = head.search(/[\s,.;!?，。；！？、][^\s,.;!?，。；！？、]*$/);
  return `${head.slice(0, Math.max(end, 0))}${GAP}`;
}

/** Letters that would make `value` a part of a longer word; Chinese has no such borders. */
const LETTER = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u;

/** Takes `value` out wherever it stands, in any case. No pattern is made of it: a value may be as long as a book. */
function without(text: string, value: string, instead: string): string {
  const lower = text.toLowerCase();
  const wanted = value.toLowerCase();
  // Where small letters have another length the places would not fit; such a text is searched as it stands.
  const [where, what] = lower.length === text.length ? [lower, wanted] : [text, value];
  let clean = "";
  let from = 0;
  for (let at = where.indexOf(what); at >= 0; at = where.indexOf(what, at + 1)) {
    if (at < from) continue;
    const end = at + what.length;
    const joins = (a: string | undefined, b: string | undefined) =>
      a !== undefined && b !== undefined && LETTER.test(a) && LETTER.test(b);
    if (joins(text[at - 1], text[at]) || joins(text[end - 1], text[end])) continue;
    clean += text.slice(from, at) + instead;
    from = end;
  }
  return clean + text.slice(from);
}

/** The forms of a name: whole, its longer words, and a Chinese given name without its family name of one or two characters. */
function nameForms(name: string): string[] {
  const words = [...new Set(name.split(/\s+/))].filter((w) => w.length >= 3);
  const given = /^[\u3400-\u9fff]{3,4}$/.test(name) ? [name.slice(1), name.slice(2)] : [];
  return [name, ...words, ...given].filter((w) => w.trim().length >= 2);
}

const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const MONEY_AFTER = "(?:\\s*(?:yuan|元|块|万|usd|dollars?|euros?|%))";
/** Five digits and more, in one piece or as people write numbers apart; no years, times or sums. */
const LONG_NUMBER = new RegExp(
  `(?<![¥￥$€£\\d.])(?:[+＋]?\\d(?:[ \\-–.()]?\\d){4,}[Xx]?)(?!${MONEY_AFTER})(?![-:]?\\d)`,
  "giu",
);
const DATE = /^\d{4}[-.]\d{1,2}[-.]\d{1,2}$/;
/** Letters and digits mixed, as in order and ticket numbers. */
const CODE = /\b(?=[A-Z0-9-]*\d[A-Z0-9-]*\d[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9]+(?:-[A-Z0-9]+)*\b/g;

/** What follows the name of a messenger: "微信号wxid_88", "WeChat: ann88". */
const MESSENGER =
  /(微信号?|微信號?|QQ号?|QQ號?|\bwe ?chat(?: id)?|\btelegram|\bline id)[\s:：是]*[a-z0-9_@][\w.@-]{3,}/giu;

const ADDRESS_ON_THE_NET = /(?:https?:\/\/|www\.)\S+|(?<![\p{L}\p{N}])@[\p{L}\p{N}_.]{3,}/giu;
const WIDE_DIGIT = /[\uff10-\uff19]/g;
/** "My name is Ann Bell", "我叫王小明": who he says he is, where the record does not know it. */
const ENGLISH_SELF =
  /\b((?:[Mm]y|[Hh]is|[Hh]er) name(?:'s| is)|[Tt]his is|[Ii] am called)((?:\s+[A-Z][\p{L}'-]+){1,3})/gu;
const CHINESE_SELF = /(我叫|名叫|名字叫|叫做|名字是|本人)([\u3400-\u9fff]{2,4})(?=[,，。.;；、!！\s]|$)/gu;

const ENGLISH_PERSON = /\b(Mr|Mrs|Ms|Miss|Dr|Prof)\.?\s+[A-Z][\p{L}'-]+(?:\s+[A-Z][\p{L}'-]+)?/gu;
const ENGLISH_STREET =
  /\b(?:\d+[a-z]?\s+)?(?:[A-Z][\p{L}'-]+\s+)+(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Square)\b(?:\s+\d+[a-z]?)?/gu;
const ENGLISH_UNIT = /\b(?:flat|apartment|apt|room|unit|block|building)\s+\d+\w*/giu;
const CHINESE_PERSON =
  /[\u3400-\u9fff]{1,3}(?=先生|女士|小姐|太太|老师|阿姨|叔叔|大爷|大妈|经理|师傅|老師|經理|師傅)/gu;
/** A relative or neighbour who is called by name. */
const ENGLISH_RELATION =
  /\b(mother|mum|mom|father|dad|wife|husband|partner|son|daughter|brother|sister|aunt|uncle|neighbou?r|friend|colleague|boss|manager|clerk|engineer|technician|named|called)(,? )(?!I\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][\p{L}'-]+(?: [A-Z][\p{L}'-]+)*/gu;
const CHINESE_RELATION =
  /(老伴|爱人|愛人|妻子|太太|丈夫|老公|老婆|儿子|兒子|女儿|女兒|母亲|母親|父亲|父親|妈妈|媽媽|爸爸|哥哥|姐姐|弟弟|妹妹|邻居|鄰居|同事|朋友|店员|店員|客服|师傅|師傅|经理|經理)(?!高兴|高興|白天|金额|金額|万一|萬一|马上|馬上|向来|向來|任何|方便|夏天|周[一二三四五六日末]|何时|何時|严重|嚴重|毛病|安排|全都|常常|曾经|曾經|段时间|石头|程序|范围|罗嗦|江边|田里|汤药)([\u3400-\u9fff])[\u3400-\u9fff]{2}/gu;
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
    .replace(ENGLISH_SELF, (_, words: string) => `${words} ${GAP}`)
    .replace(CHINESE_SELF, (_, words: string) => `${words}${GAP}`)
    .replace(/(我姓|免贵姓|免貴姓)[\u3400-\u9fff]/g, "$1某")
    .replace(ENGLISH_PERSON, (_, title: string) => `${title} ${GAP}`)
    .replace(ENGLISH_RELATION, (_, who: string, gap: string) => `${who}${gap}${GAP}`)
    .replace(CHINESE_RELATION, (whole, who: string, family: string) =>
      FAMILY.includes(family) ? `${who}某` : whole,
    )
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
    .replace(WIDE_DIGIT, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(EMAIL, GAP)
    .replace(ADDRESS_ON_THE_NET, GAP)
    .replace(MESSENGER, (_, where: string) => `${where}${GAP}`)
    .replace(CODE, GAP)
    .replace(LONG_NUMBER, (number) => (DATE.test(number) ? number : GAP));
}

/** The text without the person. */
export function scrub(text: string, { record, customer }: Scrub): string {
  let clean = shortened(text.normalize("NFC"));
  const known = [
    record.customer_address,
    record.customer_account,
    record.customer_email,
    record.customer_phone,
  ];
  for (const value of known)
    if (typeof value === "string" && value.trim().length >= 2) clean = without(clean, value.trim(), GAP);
  if (typeof record.customer_name === "string")
    for (const form of nameForms(record.customer_name.trim())) clean = without(clean, form, customer);
  return withoutPlaces(withoutPeople(withoutNumbers(clean)))
    .replace(/(?:…\s*){2,}/g, `${GAP} `)
    .trim();
}
