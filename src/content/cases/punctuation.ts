/** Chinese text set with Chinese punctuation, however it was typed. */

const CJK = "\\u3400-\\u9fff\\u3001-\\u3011\\u2018-\\u201d\\uff01-\\uff5e";
const WIDE: Readonly<Record<string, string>> = { ",": "，", ";": "；", ":": "：", "?": "？", "!": "！" };
const NARROW = new RegExp(`(?<=[${CJK}])[,;:?!]|(?<=[0-9A-Za-z%)])[,;:?!](?=[${CJK}]|$)`, "g");
const PARENTHESES = new RegExp(`\\((?=[^()]*[${CJK}])([^()]*)\\)`, "g");

/** Commas, semicolons, colons, question and exclamation marks and brackets beside Chinese characters become wide ones. */
export function chinesePunctuation(text: string): string {
  let wide = text;
  // A mark that has become wide makes the next one stand beside Chinese.
  for (let i = 0; i < 3; i++) wide = wide.replace(NARROW, (mark) => WIDE[mark]!);
  return wide.replace(PARENTHESES, "（$1）");
}
