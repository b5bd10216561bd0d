/** The `:words`: a line that starts with a colon is a side action, in every text field, the palette and the plain lines. */
import type { Conversation, SideAction, SideName } from "../core/question.ts";
import { fold } from "./pick.ts";

/** The word that stands for each action where the dialogue names no other. */
const WORDS: readonly SideName[] = [
  "help",
  "back",
  "jump",
  "mood",
  "tip",
  "another",
  "note",
  "promise",
  "hold",
  "recap",
  "abuse",
  "emergency",
  "escalate",
  "approval",
  "script",
  "language",
  "end",
  "pause",
  "rewind",
];

export const EMERGENCIES = ["violence", "self-harm", "injury"] as const;
export const END_REASONS = ["cut_off", "refused", "abuse", "other"] as const;

export type SideWord =
  | { type: "action"; action: SideAction }
  /** Something is missing: ask for it, with what was given. */
  | { type: "form"; side: SideName; given: Record<string, unknown> }
  | { type: "unknown"; word: string }
  | { type: "several"; words: string[] };

/** What the words need to know of the conversation. */
export interface SideContext {
  actions: ReturnType<Conversation["actions"]>;
  mood: number | undefined;
  held: boolean;
}

export function isCommand(line: string): boolean {
  return /^[:\uff1a](?![:\uff1a])/.test(line);
}

/** `::` at the start of a line stands for a real colon. */
export function unescapeColons(text: string): string {
  return text.replace(/^([:\uff1a])[:\uff1a]/gm, "$1");
}

type Found = { side: SideName } | { several: string[] } | undefined;

/** By whole word or label, else by the beginning of exactly one. */
export function findSide(typed: string, actions: SideContext["actions"]): Found {
  const word = fold(typed);
  const known = [
    ...actions.map((a) => ({ side: a.side, names: [fold(a.word), a.side, fold(a.label)], word: a.word })),
    ...WORDS.filter((side) => !actions.some((a) => a.side === side)).map((side) => ({
      side,
      names: [side as string],
      word: side as string,
    })),
  ];
  const whole = known.find((k) => k.names.includes(word));
  if (whole) return { side: whole.side };
  const some = word === "" ? [] : known.filter((k) => k.names.some((n) => n.startsWith(word)));
  if (some.length === 1) return { side: some[0]!.side };
  return some.length > 1 ? { several: some.map((k) => k.word) } : undefined;
}

/** A member of `set` by its beginning, `-`, `_` and blanks alike. */
function member<T extends string>(set: readonly T[], text: string): T | undefined {
  const plain = fold(text).replace(/[-\s]/g, "_");
  const hits = plain === "" ? [] : set.filter((id) => id.replace("-", "_").startsWith(plain));
  return hits.length === 1 ? hits[0] : undefined;
}

function readMood(text: string, now: number | undefined): number | undefined {
  const plain = fold(text);
  if (/^[1-5]$/.test(plain)) return Number(plain);
  const step = { up: 1, "+": 1, down: -1, "-": -1 }[plain];
  return step === undefined ? undefined : moodStep(now, step);
}

/** One step more or less angry, within 1–5; from the middle where nothing is known. */
export function moodStep(now: number | undefined, step: number): number {
  return Math.min(5, Math.max(1, (now ?? 3) + step));
}

/** What follows the word of `side`: a whole action, or what it gives of a form. */
export function readSide(
  side: SideName,
  rest: string,
  context: SideContext,
): SideAction | { given: Record<string, unknown> } {
  const needs = (make: (text: string) => SideAction) => (rest === "" ? { given: {} } : make(rest));
  switch (side) {
    case "help":
    case "back":
    case "tip":
    case "another":
    case "recap":
    case "pause":
      return { side };
    case "jump":
      return needs((to) => ({ side, to }));
    case "mood": {
      const value = readMood(rest, context.mood);
      return value === undefined ? { given: {} } : { side, value };
    }
    case "note":
      return needs((text) => ({ side, text }));
    case "promise":
      return { given: rest === "" ? {} : { what: rest } };
    case "hold":
      return { side, state: member(["start", "back"] as const, rest) ?? (context.held ? "back" : "start") };
    case "abuse":
      return rest === "" ? { side } : { side, words: rest };
    case "emergency": {
      const kind = member(EMERGENCIES, rest);
      return kind ? { side, kind } : { given: {} };
    }
    case "escalate": {
      const [to, ...why] = rest.split(/\s+/);
      return why.length > 0 ? { side, to: to!, why: why.join(" ") } : { given: to ? { to } : {} };
    }
    case "approval":
      return needs((code) => ({ side, code }));
    case "script":
    case "language":
      return needs((to) => ({ side, to }));
    case "end": {
      const reason = member(END_REASONS, rest);
      return reason ? { side, reason } : { given: {} };
    }
    case "rewind":
      return { side, turns: /^\d+$/.test(fold(rest)) ? Number(fold(rest)) : 1 };
  }
}

/** Reads a command line, with or without its colon: `:mood 4`, `note customer is abroad`. */
export function parseSide(line: string, context: SideContext): SideWord {
  const [, word = "", rest = ""] = /^\s*[:\uff1a]?\s*(\S+)\s*([\s\S]*)$/.exec(line) ?? [];
  const found = findSide(word === "?" || word === "\uff1f" ? "help" : word, context.actions);
  if (!found) return { type: "unknown", word };
  if ("several" in found) return { type: "several", words: found.several };
  const read = readSide(found.side, rest.trim(), context);
  return "given" in read
    ? { type: "form", side: found.side, given: read.given }
    : { type: "action", action: read };
}
