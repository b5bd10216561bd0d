/** Simplified to Traditional Chinese as written in Taiwan, for case texts without a zh-TW of their own. Build time only. */
import { Converter } from "opencc-js/cn2t";

/** Taiwan's word for what the converter leaves as the mainland's; longer ones first. */
export type Corrections = Readonly<Record<string, string>>;

/** Converts characters and common words, then applies the table. */
export function traditionalConverter(corrections: Corrections): (text: string) => string {
  const convert = Converter({ from: "cn", to: "twp" });
  const table = Object.entries(corrections).sort((a, b) => b[0].length - a[0].length);
  return (text) => table.reduce((t, [from, to]) => t.replaceAll(from, to), convert(text));
}
