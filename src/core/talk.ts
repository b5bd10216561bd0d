/** What is known at one moment of a conversation: lines are chosen (`say-choice.ts`) and their blanks filled from it. */
import type { Case } from "./case.ts";
import type { CaseState, Run } from "./fold.ts";
import type { Translate } from "./library-port.ts";
import type { Locale } from "./locale.ts";
import type { Level, Policy } from "./policy.ts";
import type { Script, WordChannel } from "./script.ts";
import type { Mood, Stage } from "./stage.ts";

export interface EmergencyNumbers {
  police?: string;
  ambulance?: string;
  fire?: string;
  crisis_line?: string;
}

export interface Talk {
  script: Script;
  state: CaseState;
  run: Run;
  /** The stage of the present step. */
  stage: Stage;
  mood: Mood;
  /** Undefined: only lines for any channel fit. */
  channel: WordChannel | undefined;
  locale: Locale;
  t: Translate;
  now: Date;
  timeZone: string;
  /** The agent as a sentence may name him; absent: lines with his name are left out. */
  agent?: string | undefined;
  org?: string | undefined;
  /** The next level as the customer may hear it; absent: "my team lead". */
  lead?: string | undefined;
  level: Level;
  currency: string;
  emergency: EmergencyNumbers;
  policy: Policy;
  /** Other cases of this customer, newest first. */
  earlier: readonly Case[];
  /** Other cases of the same category and cause opened today. */
  sameCauseToday: () => number;
  /** Whether a law card of the present step is verified and in force. */
  hasVerifiedLaw: () => boolean;
}

/** Assumed until the first mark: people who complain are annoyed, and milder words offend nobody. */
export const UNMARKED_MOOD: Mood = 2;
