/** What is wrong with a sentence to say: too long for one breath, a blank that is none, characters nobody can say. */
import { BLANKS, blanksIn, spokenLength } from "./spoken.ts";

export interface SentenceFault {
  code: string;
  params: Record<string, string>;
}

export function lintSentence(id: string, text: string): SentenceFault[] {
  const { length, limit } = spokenLength(text);
  const faults: SentenceFault[] = [];
  if (length > limit)
    faults.push({ code: "too_long", params: { id, length: String(length), limit: String(limit) } });
  for (const blank of blanksIn(text))
    if (!BLANKS.has(blank))
      faults.push({ code: "no_blank", params: { id, blank: `{${blank}}`, blanks: [...BLANKS].join(", ") } });
  if (/[{}]/.test(text.replace(/\{\w+\}/g, ""))) faults.push({ code: "stray_brace", params: { id } });
  if (/[\p{Cc}\p{Cf}]/u.test(text)) faults.push({ code: "control", params: { id } });
  return faults;
}
