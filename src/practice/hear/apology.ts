/** What an apology is worth: meant for a thing, said in courtesy, made conditional, or taken back by its own "but". */
import type { ReplyParts, Sentence } from "./reply.ts";

export type Apology = "none" | "meant" | "courtesy" | "conditional" | "turned";

export function apologyOf(s: Sentence): Apology {
  if (!s.is("apology")) return "none";
  if (s.is("apology-if")) return "conditional";
  // "Sorry, I can't …" announces something; it asks for no pardon, with or without a "but".
  if (s.is("apology-courtesy") && s.count("apology") <= s.count("apology-courtesy")) return "courtesy";
  if (s.is("apology-but") && !s.is("apology-but-helps")) return "turned";
  return "meant";
}

/**
 * How often a reply says sorry. Courtesies are left out, a wrong word put right ("I said six, sorry: it's seven") is one,
 * and "sorry if …" is none yet: the apology that follows it is still the first.
 */
export function countApologies(r: ReplyParts): number {
  const counted = r.sentences.map((s) => {
    const kind = apologyOf(s);
    if (kind === "none" || kind === "courtesy" || kind === "conditional") return 0;
    return Math.max(1, s.count("apology") - s.count("apology-courtesy"));
  });
  const sum = counted.reduce((total, n) => total + n, 0);
  return sum === 1 && r.is("correction") && (r.is("exact-time") || /\d/.test(r.text)) ? 0 : sum;
}
