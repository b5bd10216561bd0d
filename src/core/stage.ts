/** The five stages of every complaint, in their fixed order (handbook A6.1). */
export const STAGES = ["listen", "apologize", "analyze", "resolve", "follow-up"] as const;
export type Stage = (typeof STAGES)[number];

/** How angry the customer is: 1 calm, 2 annoyed or anxious, 3 angry, 4 furious or insulting, 5 threatening or at risk. */
export type Mood = 1 | 2 | 3 | 4 | 5;

export function isStage(text: string): text is Stage {
  return (STAGES as readonly string[]).includes(text);
}

export function isMood(value: unknown): value is Mood {
  return value === 1 || value === 2 || value === 3 || value === 4 || value === 5;
}
