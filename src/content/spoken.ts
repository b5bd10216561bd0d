/** Lines are said in one breath: how long one is, and the blanks it may have. */

/** Every blank a line may have (the head of `data/phrases.yaml` says what each holds). */
export const BLANKS: ReadonlySet<string> = new Set([
  "title",
  "name",
  "agent",
  "org",
  "phone",
  "issue",
  "product",
  "fact",
  "reason",
  "loss",
  "amount",
  "limit",
  "option_a",
  "option_b",
  "dept",
  "lead",
  "date",
  "time",
  "deadline",
  "next_update",
  "case_id",
  "police",
  "ambulance",
  "fire",
  "crisis_line",
]);

export function blanksIn(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!);
}

const HAN = /\p{Script=Han}/u;

/** Words of an English line (at most 25), characters of a Chinese one (at most 50). A blank counts as one. */
export function spokenLength(text: string): { length: number; limit: number } {
  if (!HAN.test(text)) return { length: text.split(/\s+/).filter((w) => w !== "").length, limit: 25 };
  const plain = text.replace(/\{\w+\}/g, "一").replace(/[\s\p{P}]/gu, "");
  return { length: [...plain].length, limit: 50 };
}
