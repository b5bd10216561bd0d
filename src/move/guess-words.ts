/** By which words a column or a value is known (`data/maps/words.yaml`). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { packageFolder } from "../content/content-files.ts";
import type { Target } from "./import-map.ts";

interface WordFile {
  headers: Record<string, (string | number)[][]>;
  values: Record<string, Record<string, (string | number)[]>>;
}

/** Little words that stand between others. */
const LITTLE: ReadonlySet<string> = new Set(
  "of the a an de del la le les el los las du des di da do dos das della dell der die das den dem am im van het l d e y o u und et and".split(
    " ",
  ),
);

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Words without case, accents and punctuation; `createdAt` is two. */
function tokens(text: string): string[] {
  return text
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

const told = (words: readonly string[]): string[] => {
  const kept = words.filter((word) => !LITTLE.has(word));
  return kept.length > 0 ? kept : [...words];
};

interface Known {
  joined: string;
  words: string[];
  isCjk: boolean;
  /** Earlier words of a list are better known. */
  rank: number;
}

let file: { headers: Map<string, Known[]>; values: Map<string, Map<string, string>> } | undefined;

function wordFile() {
  if (file) return file;
  const raw = parse(readFileSync(join(packageFolder(), "data", "maps", "words.yaml"), "utf8")) as WordFile;
  const headers = new Map<string, Known[]>();
  for (const [target, groups] of Object.entries(raw.headers))
    headers.set(
      target,
      groups.flatMap((group) =>
        group.map((word, rank) => {
          const words = told(tokens(String(word)));
          return { joined: words.join(""), words, isCjk: CJK.test(String(word)), rank };
        }),
      ),
    );
  const values = new Map<string, Map<string, string>>();
  for (const [name, ids] of Object.entries(raw.values)) {
    const known = new Map<string, string>();
    for (const [id, words] of Object.entries(ids))
      for (const word of words) known.set(told(tokens(String(word))).join(""), id);
    values.set(name, known);
  }
  file = { headers, values };
  return file;
}

function contains(words: readonly string[], part: readonly string[]): boolean {
  return words.some((_, i) => part.every((word, n) => words[i + n] === word));
}

function scoreOf(words: readonly string[], known: Known): number {
  const joined = words.join("");
  if (joined === "") return 0;
  if (joined === known.joined) return 100 - known.rank * 0.3;
  const share = known.joined.length / joined.length;
  // One word inside others says little: `street_name` is no name.
  if (known.isCjk) return known.joined.length > 1 && joined.includes(known.joined) ? 50 + 40 * share : 0;
  return known.words.length > 1 && contains(words, known.words) ? 50 + 40 * share : 0;
}

/** How well a column's name fits a target: 100 at best, 0 not at all. Of a dotted path the end counts too. */
export function headerScore(name: string, target: Target | "id"): number {
  const known = wordFile().headers.get(target) ?? [];
  const whole = told(tokens(name));
  const end = told(
    tokens(
      name
        .split(".")
        .filter((key) => !/^\d+$/.test(key))
        .at(-1) ?? "",
    ),
  );
  let best = 0;
  for (const one of known)
    best = Math.max(best, scoreOf(whole, one), end.length < whole.length ? scoreOf(end, one) - 3 : 0);
  return best;
}

/** What values are known of. */
export type ValueKind = "status" | "channel" | "severity" | "satisfaction";

/** What a value means, by the words of its kind; satisfaction as a digit. */
export function meaningOf(kind: ValueKind, value: string): string | undefined {
  return wordFile()
    .values.get(kind)
    ?.get(told(tokens(value)).join(""));
}
