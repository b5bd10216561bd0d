/** Whether a reply is a list of keywords and not something a person says. */
import { englishWords } from "../../content/cases/plain-text.ts";
import type { Ear } from "./ear.ts";
import type { ReplyParts } from "./reply.ts";

/** The longest run of words without one that holds a sentence together; nobody speaks like that. */
const LONGEST_RUN = 4;
/** An English clause of this many words has a subject, an auxiliary, a preposition or an article. */
const LONG_ENOUGH = 9;
/** In one of this many more than this share are such words. */
const LONG = 10;
const MOST_UNBOUND = 0.2;
/** Chinese: the share of characters (and marks) that hold a sentence together. */
const LEAST_GLUE = 0.14;

const clausesOf = (text: string) =>
  text
    .replaceAll('"', " ")
    .split(/[,.;:!?()\u2026\u3001\u3002]+|\s-+\s/)
    .filter((c) => c.trim() !== "");

function longestRun(clause: string, glue: ReadonlySet<string>): number {
  let longest = 0;
  let run = 0;
  for (const word of englishWords(clause)) {
    run = glue.has(word.replace(/'s$/, "")) || glue.has(word) || /\d/.test(word) ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return longest;
}

const SUBJECT =
  /\b(?:i|you|we|he|she|it|they|me|us|your|my|our|that|this|nobody|there|is|are|was|were|be|been|has|have|had|will|can|could|would|do|does|did|let)\b/;

const JOINT =
  /\b(?:at|in|on|by|of|with|for|to|from|until|the|a|an|any|between|after|before|and|or|not|no|so|as|if|but|who|how|all|out|his|her|its|like|while|must|being)\b/;

/** A long clause with hardly a word that binds the others; a bare number binds like one ("nine to ten Tuesday"). */
function isUnbound(clause: string): boolean {
  const words = englishWords(clause);
  const bound = words.filter((w) => SUBJECT.test(w) || JOINT.test(w) || /^\d/.test(w)).length;
  if (words.length >= LONG) return bound / words.length <= MOST_UNBOUND;
  return words.length >= LONG_ENOUGH && bound === 0;
}

function isEnglishSalad(text: string, ear: Ear): boolean {
  const clauses = clausesOf(text);
  if (clauses.some((c) => longestRun(c, ear.glue) > LONGEST_RUN || isHeaped(c, ear))) return true;
  if (clauses.some(isUnbound)) return true;
  const ends = clauses.map((c) => englishWords(c)).filter((words) => words.length >= 3);
  if (ends.some((words) => ear.dangling.includes(words.at(-1)!))) return true;
  return keywordClauses(clauses, ear) >= 3;
}

/** How often one kind of sign stands in one clause before it is no clause any more. */
const MOST_SIGNS: readonly (readonly [string, number])[] = [
  ["invite", 2],
  ["apology", 1],
  ["confirm", 2],
  ["choice", 3],
  ["thanks", 1],
  ["understand-empty", 1],
];

const isHeaped = (clause: string, ear: Ear) =>
  MOST_SIGNS.some(([name, most]) => ear.count(name, clause) > most);

/** Clauses that are nothing but a stock word. */
function keywordClauses(clauses: readonly string[], ear: Ear): number {
  const stock = ["apology", "thanks", "understand-empty", "remedy", "feeling"];
  const size = (c: string) =>
    ear.tongue === "en" ? englishWords(c).length / 2 : c.replace(/[^\u3400-\u9fff]/g, "").length / 3;
  return clauses.filter((c) => size(c) <= 1 && stock.some((name) => ear.has(name, c)) && !/\d/.test(c))
    .length;
}

function isChineseSalad(text: string, ear: Ear): boolean {
  const characters = [...text].filter((c) => /[\u3400-\u9fff]/.test(c));
  const spaced = text.match(/[\u3400-\u9fff] +(?=[\u3400-\u9fff])/g)?.length ?? 0;
  if (spaced >= 3 && characters.length / (spaced + 1) <= 4) return true;
  const glue =
    characters.filter((c) => ear.glue.has(c)).length + (text.match(/[,.;:!?\u3001\u3002]/g)?.length ?? 0);
  if (characters.length >= 12 && glue / characters.length < LEAST_GLUE) return true;
  const clauses = clausesOf(text);
  if (
    clauses.some((c) =>
      ear.dangling.some((word) => c.trim().endsWith(word) && c.trim().length > word.length + 1),
    )
  )
    return true;
  return keywordClauses(clauses, ear) >= 3;
}

/** True for a heap of keywords; false for terse but ordered speech ("Tablet, payment box, thirty minutes. Right?"). */
export function isSalad(r: ReplyParts): boolean {
  return r.tongue === "en" ? isEnglishSalad(r.text, r.ear) : isChineseSalad(r.text, r.ear);
}
