/**
 * The conversation port: what every face of a call (terminal, accessible lines, `--jsonl`, tests) shows and gives back.
 * A question is plain data; a face draws it and hands over a reply; the dialogue commits before it returns.
 */
import type { Case } from "./case.ts";
import type { Locale } from "./locale.ts";
import type { Choice, StepKey, StepKind } from "./script.ts";
import type { Mood, Stage } from "./stage.ts";

/** A step kind, or `reply`: a turn of a practice customer. */
export type QuestionKind = StepKind | "reply";

export interface OfferChoice extends Choice {
  /** What this agent may give of it, without asking; absent: no amount. */
  limit?: number;
  currency?: string;
  needs_approval: boolean;
  class?: string;
}

export interface CustomerCard {
  /** How the customer is shown: masked until identity is verified. */
  name?: string;
  cases: { ref: string; status: string; opened_at: string; category?: string }[];
  /** Those not kept; `overdue`: still open, and its time has passed. */
  promises: { ref: string; n: number; what: string; due_at: string; state: string; overdue?: true }[];
}

export interface Question {
  ref: string;
  run: string;
  step: StepKey | string;
  stage: Stage;
  kind: QuestionKind;
  records?: string;
  ask: string;
  help?: string;
  /** The line to say; in density full also the alternatives. Absent: none fits any more. */
  say?: string;
  alternatives?: string[];
  avoid?: { say: string; better: string };
  tip?: string;
  choices?: (Choice | OfferChoice)[];
  /** The present answer, or what Enter alone gives. */
  default?: unknown;
  optional: boolean;
  mood?: Mood;
  progress: { done: number; left: number };
  /** Known once the customer is. */
  customer?: CustomerCard;
  /** One line each, for the agent only: batch alert, red flag route, second apology, pending approval … */
  alerts: string[];
  /** Text half typed in an earlier session. */
  typed?: string;
  /** Seconds of this run so far, pauses not counted, at the moment the question was made. */
  elapsed: number;
  /** Since when the customer is on hold. */
  held_since?: string;
  /** Practice: the turn, and the customer's words; with a question of the script, what he says before it is answered. */
  turn?: number;
  says?: string;
}

/** Side actions, the same at every step and in every face (product contract §2). */
export type SideAction =
  | { side: "help" }
  | { side: "back" }
  | { side: "jump"; to: string }
  | { side: "mood"; value: number }
  | { side: "tip" }
  | { side: "another" }
  | { side: "note"; text: string }
  | { side: "promise"; what: string; due_at: string; reason?: string }
  | { side: "hold"; state: "start" | "back" }
  | { side: "recap" }
  | { side: "abuse"; words?: string }
  | { side: "emergency"; kind: "violence" | "self-harm" | "injury" }
  | { side: "escalate"; to: string; why: string }
  | { side: "approval"; code: string }
  | { side: "script"; to: string }
  | { side: "language"; to: string }
  | { side: "end"; reason: "cut_off" | "refused" | "abuse" | "other" }
  | { side: "pause" }
  | { side: "rewind"; turns: number };

export type SideName = SideAction["side"];

export type Reply = { kind: "value"; value: unknown } | { kind: "side"; action: SideAction };

/** What a reply led to. `current()` of the dialogue gives the next question, if any. */
export type Outcome =
  | { type: "accepted" }
  /** The value was wrong; the same question stands. */
  | { type: "error"; code: string; message: string }
  /** A side action was done; `lines` is what to read (help, recap, todo list), `say` what to say aloud. */
  | {
      type: "side";
      side: SideName;
      message?: string;
      say?: string[];
      lines?: string[];
      data?: Record<string, unknown>;
    }
  /** The store was busy and nothing was stored: show it, keep the answer, try again. */
  | { type: "notice"; code: string; message: string }
  /** The run is over (last answer given, `end`), or paused. */
  | { type: "done"; case: Case; paused: boolean; lines?: string[]; extra?: Record<string, unknown> };

/** What a face needs of a conversation. Both methods are synchronous: an answer is on disk when `reply` returns. */
export interface Conversation {
  /** The question to show now; undefined once the conversation is over. */
  current(): Question | undefined;
  reply(reply: Reply): Outcome;
  /** Keeps half-typed text for the present step; called as typing pauses and when the window closes. */
  keepTyped(text: string): void;
  /** The case as it stands. */
  caseNow(): Case;
  /** Steps a jump may go to, for the jump list. */
  places(): { key: string; stage: Stage; ask: string; answered: boolean }[];
  /** Side actions that make sense now, with their label, for the palette. */
  actions(): { side: SideName; label: string; word: string; needs?: string }[];
  /** Seconds of this run, pauses not counted. */
  elapsed(): number;
  /**
   * Parses what a person typed for the current question ("tomorrow 10:00", "y", full-width digits); the face then
   * replies with the value. `as` reads it as another kind: the time of a promise ("date"), the amount of an offer
   * ("number"), whatever the current question is.
   */
  parse(text: string, as?: StepKind): { ok: true; value: unknown } | { ok: false; message: string };
  /** The language of the run now; absent where it cannot change. */
  locale?(): Locale;
  /** Stages with their labels, in order, for the strip. */
  stages(): { id: Stage; label: string }[];
}

/** One face: it runs a conversation to its end (or pause) and returns the last outcome. */
export interface Prompter {
  run(conversation: Conversation): Promise<Outcome & { type: "done" }>;
}
