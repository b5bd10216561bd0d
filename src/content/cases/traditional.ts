/** Simplified to Traditional Chinese as written in Taiwan, for case texts without a zh-TW of their own. Build time only. */
import { Converter } from "opencc-js/cn2t";
import { Converter as Simplifier } from "opencc-js/t2cn";

/** `data/words/zh-TW/from-zh-CN.yaml`: Taiwan's words, and Taiwan's way of putting things. */
export interface Corrections {
  words: Readonly<Record<string, string>>;
  style: Readonly<Record<string, string>>;
}

const longestFirst = (table: Readonly<Record<string, string>>) =>
  Object.entries(table).sort((a, b) => b[0].length - a[0].length);

/** Converts character by character (a phrase table would turn a counter's window into one on a screen), then the words. */
export function traditionalConverter({ words, style }: Corrections): (text: string) => string {
  const convert = Converter({ from: "cn", to: "tw" });
  const table = [...longestFirst(words), ...longestFirst(style)];
  return (text) =>
    table.reduce((t, [from, to]) => t.replaceAll(from, to), convert(text)).replace(/“([^”]*)”/g, "「$1」");
}

/** Taiwan's words in Simplified characters → the mainland's, for reading replies. */
export function taiwanWords({ words }: Corrections): Record<string, string> {
  const simplify = Simplifier({ from: "tw", to: "cn" });
  return Object.fromEntries(longestFirst(words).map(([from, to]) => [simplify(to), simplify(from)]));
}
