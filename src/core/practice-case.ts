/** A sample case for practice in one language, as the build compiles it from `data/cases` (its README says what is what). */
import type { Locale } from "./locale.ts";
import type { Stage } from "./stage.ts";

/** What a handler can do in one turn; each calms, hurts or does neither. */
export const MOVES = [
  "lets-finish",
  "interrupts",
  "names-fact",
  "names-feeling",
  "empty-empathy",
  "specific-apology",
  "second-apology",
  "over-apology",
  "no-apology",
  "blames",
  "argues",
  "commands-calm",
  "dismisses",
  "passes-the-buck",
  "jargon",
  "over-promises",
  "threatens",
  "pries",
  "asks-again-what-was-told",
  "open-question",
  "closed-question-in-place",
  "restates",
  "offers-two-options",
  "offers-one-option",
  "offers-money-for-rudeness",
  "gives-time-and-reason",
  "vague-time",
  "honest-limit",
  "consults-with-deadline",
  "warm-transfer",
  "cold-transfer",
  "stop-loss",
  "thanks",
  "sets-limit-politely",
  "hangs-up-on",
  "silence",
  "off-topic",
  "mentions-evidence",
  "face-saving",
  "shared-interest",
] as const;
export type Move = (typeof MOVES)[number];

export type Level = 1 | 2 | 3;
export type Quality = "very_good" | "fair" | "bad";

/** The words by which a case is recognised in one language (see `content/cases/facts.ts`). */
export interface CaseFacts {
  /** Words (English: stems) and numbers, days and times that the customer tells or that stand on record. */
  words: string[];
  numbers: string[];
  /** Told as well, but words of any case: they count only together. */
  weak: string[];
  /** What keeps the harm of this case from growing, and what fits as a way out. */
  measures: string[];
  remedies: string[];
  /** What does not fit and would be an insult. */
  misfits: string[];
}

export interface PracticeLine {
  stage: Stage;
  says: string;
  moves: Move[];
}

export interface PracticeCase {
  id: string;
  locale: Locale;
  title: string;
  script: string;
  /** The level that is played unless another is asked for. */
  level: Level;
  /** A real case without personal data: no reference runs, nothing to look up. */
  drill?: true;
  level_notes: Record<string, string>;
  channel: string;
  customer: {
    name: string;
    phone?: string;
    class: string;
    psychology: string;
    need: string;
    temperament: string;
  };
  truth: { happened: string; on_record: string; fault: string; not_known: string };
  knows: string[];
  wants: { asks_for: string; would_accept: string; really_after: string };
  fears: string[];
  start_mood: number;
  opening: string[];
  story: { says: string; reveals: Record<string, unknown> }[];
  moves: { when: Move; change: number; reply: string[]; note: string }[];
  mood_lines: Record<string, string[]>;
  options: { remedy: string; fits: boolean; why: string }[];
  pitfalls: string[];
  expected_record: Record<string, unknown>;
  expected_promises: { what: string; due_at: string; reason: string }[];
  good_ending: string;
  fair_ending: string;
  bad_ending: string;
  reference_runs?: Record<Quality, PracticeLine[]>;
  lesson: { text: string; source: string[] };
  /** By the language a reply may be in. */
  facts: { en: CaseFacts; zh: CaseFacts };
}
