// Turns a normalised clause or sentence into the features that the model weighs: word and character n-grams, and
// n-grams in which words of one meaning count as one (the concepts).

/** Words of one meaning; `expression` finds them at a place, `name` stands for them. */
export interface Concept {
  readonly name: string;
  readonly expression: RegExp;
}

/** What of a language the features need. */
export interface FeatureSettings {
  readonly language: "en" | "zh";
  readonly concepts: readonly Concept[];
}

/** FNV-1a folded to 24 bits: the same on every machine. */
export function fingerprint(feature: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < feature.length; i += 1) {
    hash ^= feature.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return ((hash >>> 24) ^ hash) & 0xffffff;
}

const TOKEN = /\p{Script=Han}|[\p{L}]+(?:'\p{L}+)?|\d[\d.,:]*|[?!,.;]/gu;

/** The features of a text as fingerprints, each once. `raw` is the text before case folding (for codes such as "SLA"). */
export function featuresOf(text: string, raw: string, settings: FeatureSettings): Set<number> {
  const features = new Set<number>();
  const add = (feature: string) => features.add(fingerprint(feature));
  const tokens = (text.match(TOKEN) ?? []).map((t) => (/^\d/.test(t) ? "0" : /^[.;]$/.test(t) ? "." : t));
  while (tokens.at(-1) === "." || tokens.at(-1) === ",") tokens.pop();
  const framed = ["^", ...tokens, "$"];
  addNgrams(framed, settings.language === "zh" ? 4 : 3, add);
  if (settings.language === "en") addCharacterNgrams(tokens, add);
  addConcepts(text, settings.concepts, add);
  addCodes(raw, add);
  return features;
}

function addNgrams(tokens: readonly string[], longest: number, add: (feature: string) => void): void {
  for (let i = 0; i < tokens.length; i += 1) {
    let gram = "";
    for (let n = 1; n <= longest && i + n <= tokens.length; n += 1) {
      gram += `${tokens[i + n - 1]} `;
      if (gram.length > 2) add(`n${gram}`);
    }
    const skipped = tokens[i + 2];
    if (skipped !== undefined) add(`s${tokens[i]} ${skipped}`);
  }
}

function addCharacterNgrams(tokens: readonly string[], add: (feature: string) => void): void {
  for (const token of tokens) {
    if (token.length < 4) continue;
    const word = `<${token}>`;
    for (let n = 5; n <= 7 && n < word.length; n += 1) add(`c${word.slice(0, n)}`);
  }
}

function addConcepts(text: string, concepts: readonly Concept[], add: (feature: string) => void): void {
  const found: { at: number; name: string }[] = [];
  for (const { name, expression } of concepts) {
    expression.lastIndex = 0;
    for (const match of text.matchAll(expression)) found.push({ at: match.index, name });
  }
  found.sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1));
  const names = found.map((f) => f.name);
  const first = names[0];
  if (first !== undefined) add(`k^${first}`);
  for (let i = 0; i < names.length; i += 1) {
    add(`k${names[i]}`);
    const next = names[i + 1];
    if (next !== undefined) add(`k${names[i]}>${next}`);
    const third = names[i + 2];
    if (next !== undefined && third !== undefined) add(`k${names[i]}>${next}>${third}`);
    for (let j = i + 1; j < Math.min(names.length, i + 5); j += 1) {
      add(`p${[names[i], names[j]].sort().join("&")}`);
    }
  }
}

/** Codes and acronyms: the mark of jargon, whatever the letters are. */
function addCodes(raw: string, add: (feature: string) => void): void {
  const codes = raw.match(/\b(?:[A-Z]{2,6}s?|[A-Z]{1,3}\d+|[A-Z]+-\d+)\b/g) ?? [];
  const shouting = raw === raw.toUpperCase();
  if (codes.length > 0 && !shouting) add(`x${Math.min(codes.length, 3)}`);
}
