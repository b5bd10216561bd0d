/** What the call screen shows, as plain data, and what it becomes: rows with a cursor. */
import type { Translate } from "../core/library-port.ts";
import type { AnswerField } from "./answer-field.ts";
import type { PickChoice } from "./pick.ts";
import type { Theme } from "./theme.ts";

export interface Sheet {
  title: string;
  /** To say aloud. */
  say: readonly string[];
  lines: readonly string[];
  /** First line shown; it scrolls. */
  from: number;
}

export interface Message {
  tone: "error" | "notice" | "good";
  text: string;
}

/** What stays while a text is typed. Absent or empty: not shown. Compared by identity, so that it is laid out once. */
export interface StillView {
  stages: readonly { label: string; state: "done" | "now" | "ahead" }[];
  ref: string;
  done: number;
  left: number;
  minutes: number;
  mood: number | undefined;
  /** Seconds the customer has been on hold. */
  held: number | undefined;
  says: string | undefined;
  say: string | undefined;
  alternatives: readonly string[];
  avoid: { say: string; better: string } | undefined;
  tip: string | undefined;
  sheet: Sheet | undefined;
  card: string;
  alerts: readonly string[];
  ask: string;
  lines: readonly string[];
  /** What an offer or a promise asks just now. */
  part: string | undefined;
  /** Numbered choices that a text field offers beside free text. */
  offered: readonly PickChoice[];
  /** Key hints in order; `keep` ones stay when the line is too long. */
  keys: readonly { text: string; keep: boolean }[];
}

/** Everything on the screen. */
export interface PanelView {
  still: StillView;
  field: AnswerField;
  /** What stands in an empty field; asked for only then. */
  placeholder: () => string;
  message: Message | undefined;
}

export interface Look {
  theme: Theme;
  t: Translate;
  unicode: boolean;
}

export interface Frame {
  rows: string[];
  /** The cursor's row, and what stands before it there: plain, and as it is drawn. */
  row: number;
  before: string;
  drawn: string;
}

export interface Size {
  columns: number;
  rows: number;
  /** The panel does not shrink below this, so that the key line stays where it is. */
  atLeast: number;
}

/** Rows that belong together and are left out together. */
export interface Section {
  id: string;
  rows: string[];
}
