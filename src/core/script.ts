/**
 * The resolved script: flow and words of one language in one value, pinned by its hash when a run starts.
 * Flows are written in `scripts/<id>.yaml`, words in `data/words/<locale>/`; `content/` joins and checks them.
 */
import type { Condition } from "./condition.ts";
import type { FieldName } from "./field.ts";
import type { Locale } from "./locale.ts";
import type { Stage } from "./stage.ts";

/** `<stage>.<name>`, stable for ever: records and transcripts refer to it. */
export type StepKey = `${Stage}.${string}`;

export const STEP_KINDS = [
  "say",
  "text",
  "number",
  "date",
  "yes-no",
  "choose",
  "choose-many",
  "offer",
  "promise",
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** What a run is: it decides what finishing it does to the case. */
export const RUN_KINDS = ["call", "call-back", "progress", "appeal", "practice"] as const;
export type RunKind = (typeof RUN_KINDS)[number];

export const PSYCHOLOGIES = [
  "respect",
  "venting",
  "compensation",
  "responsibility-evading",
  "hostile",
  "mixed",
] as const;
export type Psychology = (typeof PSYCHOLOGIES)[number];

/** Where a line may be used; a record's channel maps onto it (see `wordChannel` in `line.ts`). */
export const WORD_CHANNELS = ["phone", "chat", "email", "counter", "social"] as const;
export type WordChannel = (typeof WORD_CHANNELS)[number];

/** Conditions of `needs:`; each is derived from the case or the line is not shown (see `needs.ts`). */
export const NEEDS = [
  "recording-policy",
  "identity-verified",
  "earlier-case",
  "earlier-break",
  "fact-in-record",
  "confirmed-fault",
  "true-statement",
  "approved-terms",
  "verified-law-card",
  "customer-consent",
  "still-open",
  "partly-done",
  "result-ready",
  "decision-made",
  "paid",
  "promise-kept",
  "promise-missed",
  "not-satisfied",
  "callback-declined",
  "owner-changed",
  "true-improvement",
  "known-fault",
] as const;
export type Need = (typeof NEEDS)[number];

/** A sentence to say or write, with the conditions under which it fits. Blanks are written `{like_this}`. */
export interface Line {
  id: string;
  text: string;
  /** `any` for lines of side actions. */
  stage: Stage | "any";
  /** What the line does; lines with the same move are wordings of one another. */
  move: string;
  /** Customer's mood, from and to, both included. */
  mood: [number, number];
  /** Empty: any psychology. */
  psych: Psychology[];
  /** Empty: any channel. */
  ch: WordChannel[];
  needs?: Need;
}

/** A calming tip: the agent reads it, the customer does not hear it. */
export interface Tip {
  id: string;
  mood: [number, number];
  /** The moment it is for, in words. */
  when: string;
  text: string;
  /** manual, ev(idence) or prac(tice). */
  src: "manual" | "ev" | "prac";
  /** Where the tip is offered by itself; empty: anywhere. */
  stages: Stage[];
  psych: Psychology[];
  ch: WordChannel[];
}

/** A sentence never to say, with the reason and a substitute. */
export interface NeverSay {
  id: string;
  cat: string;
  say: string;
  why: string;
  better: string;
  law?: boolean;
}

export interface Choice {
  id: string;
  label: string;
}

export interface Step {
  key: StepKey;
  stage: Stage;
  kind: StepKind;
  /** The record field the answer fills. A step without it keeps its answer under its key. */
  records?: FieldName;
  /** Absent: the step always applies. */
  when?: Condition;
  optional?: boolean;
  /** The answer is about a person: masked and erasable. */
  personal?: boolean;
  /** A step that asks again, on purpose, for a field another applicable step records. */
  confirm?: boolean;
  /** The question, addressed to the agent. */
  ask: string;
  /** One more sentence, shown with help. */
  help?: string;
  /** Ids into `Script.lines`, best first. */
  say: string[];
  /** Ids into `Script.avoid`, best first. */
  avoid: string[];
  /** Ids into `Script.tips`, best first; others follow by mood. */
  tip: string[];
  /** Law cards that matter here. */
  law?: string[];
  /** For choose and choose-many. */
  choices?: Choice[];
  /** The answer assumed by Enter alone where the record has none. */
  default?: unknown;
}

/** A suggestion to go on in another script, shown when its condition holds. */
export interface ScriptSwitch {
  to: string;
  when: Condition;
}

export interface Script {
  id: string;
  title: string;
  /** One sentence: when to use it. */
  about: string;
  locale: Locale;
  kind: RunKind;
  /** SHA-256 (hex, first 16) of the canonical JSON of everything but `hash`. */
  hash: string;
  steps: Step[];
  switches: ScriptSwitch[];
  /** Every line a step of this script names, and every side line, by id. */
  lines: Record<string, Line>;
  /** Side action → ids of its lines. */
  sides: Record<string, string[]>;
  /** Side action or red flag → what to do, for the agent. */
  todo: Record<string, string[]>;
  tips: Record<string, Tip>;
  avoid: Record<string, NeverSay>;
}
