/** A list to choose from: digits, letters that filter, arrows. Pure data; a key gives a new list or a result. */
import { chordOf, type Key } from "./keys.ts";

export interface PickChoice {
  id: string;
  label: string;
  /** Said after the label: a limit, "needs approval". */
  note?: string;
}

export interface Pick {
  readonly choices: readonly PickChoice[];
  readonly many: boolean;
  /** `filter`: letters filter; `free`: everything typed is a command line whose first word filters; `fixed`: neither. */
  readonly letters: "filter" | "free" | "fixed";
  /** Characters that choose at once, beside the digits. */
  readonly shortcuts: Readonly<Record<string, string>>;
  /** Digits or letters typed so far. */
  readonly entry: string;
  /** Index of the selected choice; −1: none. */
  readonly at: number;
  /** Ids that are marked, where many may be. */
  readonly marked: readonly string[];
  /** Something was marked or unmarked by hand. */
  readonly touched: boolean;
}

export type PickResult =
  | { type: "changed"; pick: Pick }
  /** `single`: one digit or letter did it, without Enter. */
  | { type: "chosen"; id: string; single: boolean }
  | { type: "submitted"; ids: string[]; touched: boolean }
  /** Enter with nothing typed and nothing selected. */
  | { type: "empty" }
  | { type: "wrong"; pick: Pick; entry: string }
  | { type: "ignored" };

/** The longest list in which one digit is a choice. */
export const AT_ONCE = 9;

export function pickOf(
  choices: readonly PickChoice[],
  more: Partial<Pick & { selected: unknown }> = {},
): Pick {
  const { selected, ...rest } = more;
  return {
    choices,
    many: false,
    letters: "filter",
    shortcuts: {},
    entry: "",
    at: choices.findIndex((c) => c.id === selected),
    marked: [],
    touched: false,
    ...rest,
  };
}

export const fold = (text: string) => text.normalize("NFKC").toLowerCase();

const isNumber = (entry: string) => /^\d+$/.test(entry);

/** What was typed, in plain characters; of a command line its first word, without the colon. */
function wordOf({ letters, entry }: Pick): string {
  const plain = fold(entry).trim();
  return letters === "free" ? (plain.replace(/^:+/, "").split(" ")[0] ?? "") : plain;
}

/** Letters filter, a number does not. */
function filterOf(pick: Pick): string {
  const word = wordOf(pick);
  return isNumber(word) ? "" : word;
}

/** Indices of the choices that the letters typed so far leave. */
export function visibleOf(pick: Pick): number[] {
  const filter = filterOf(pick);
  const all = pick.choices.map((_, i) => i);
  if (filter === "") return all;
  const starts = all.filter(
    (i) => fold(pick.choices[i]!.label).startsWith(filter) || pick.choices[i]!.id.startsWith(filter),
  );
  const holds = all.filter(
    (i) => fold(pick.choices[i]!.label).includes(filter) || pick.choices[i]!.id.includes(filter),
  );
  return [...new Set([...starts, ...holds])];
}

function typed(pick: Pick, entry: string): Pick {
  const next = { ...pick, entry };
  if (entry === "") return { ...next, at: pick.entry === "" ? pick.at : -1 };
  const number = wordOf(next);
  if (isNumber(number)) return { ...next, at: pick.choices[Number(number) - 1] ? Number(number) - 1 : -1 };
  return { ...next, at: visibleOf(next)[0] ?? -1 };
}

function toggle(pick: Pick, index: number): Pick {
  const { id } = pick.choices[index]!;
  const marked = pick.marked.includes(id) ? pick.marked.filter((m) => m !== id) : [...pick.marked, id];
  return { ...pick, marked, touched: true, entry: "", at: index };
}

function take(pick: Pick, index: number, single: boolean): PickResult {
  if (pick.many) return { type: "changed", pick: toggle(pick, index) };
  return { type: "chosen", id: pick.choices[index]!.id, single };
}

function enter(pick: Pick): PickResult {
  const entry = wordOf(pick);
  if (isNumber(entry)) {
    const index = Number(entry) - 1;
    return pick.choices[index]
      ? take(pick, index, false)
      : { type: "wrong", pick: { ...pick, entry: "" }, entry };
  }
  if (entry !== "" && pick.at < 0) return { type: "wrong", pick, entry: pick.entry };
  if (pick.many && entry === "") {
    const ids = pick.choices.map((c) => c.id).filter((id) => pick.marked.includes(id));
    return { type: "submitted", ids, touched: pick.touched };
  }
  return pick.at >= 0 ? take(pick, pick.at, false) : { type: "empty" };
}

function digit(pick: Pick, number: string): PickResult {
  if (pick.choices.length > AT_ONCE)
    return { type: "changed", pick: typed(pick, (isNumber(pick.entry) ? pick.entry : "") + number) };
  const index = Number(number) - 1;
  return pick.choices[index]
    ? take({ ...pick, entry: "" }, index, true)
    : { type: "wrong", pick: { ...pick, entry: "" }, entry: number };
}

function move(pick: Pick, step: number): Pick {
  const visible = visibleOf(pick);
  if (visible.length === 0) return pick;
  const now = visible.indexOf(pick.at);
  const next =
    now < 0 ? (step > 0 ? 0 : visible.length - 1) : Math.min(Math.max(now + step, 0), visible.length - 1);
  return { ...pick, at: visible[next]! };
}

const MOVES: Readonly<Record<string, number>> = {
  up: -1,
  down: 1,
  pageup: -8,
  pagedown: 8,
  home: -1e6,
  end: 1e6,
};

/** One key in a list. */
export function pickKey(pick: Pick, key: Key): PickResult {
  const chord = chordOf(key);
  if (chord === "enter") return enter(pick);
  if (chord && MOVES[chord] !== undefined) return { type: "changed", pick: move(pick, MOVES[chord]) };
  if (chord === "backspace")
    return { type: "changed", pick: typed(pick, [...pick.entry].slice(0, -1).join("")) };
  if (chord === "ctrl+u" || chord === "ctrl+w") return { type: "changed", pick: typed(pick, "") };
  if (key.text === "") return { type: "ignored" };
  return pickText(pick, key.text);
}

/** Text typed or pasted into a list. */
export function pickText(pick: Pick, text: string): PickResult {
  const plain = fold(text);
  if (pick.letters === "free")
    return { type: "changed", pick: typed(pick, pick.entry + text.replace(/\s+/g, " ")) };
  if (/^\d$/.test(plain)) return digit(pick, plain);
  if (plain === " " && pick.many) return pick.at >= 0 ? take(pick, pick.at, false) : { type: "ignored" };
  const shortcut = pick.shortcuts[plain];
  if (shortcut !== undefined && pick.entry === "") return { type: "chosen", id: shortcut, single: true };
  if (pick.letters === "fixed" || (plain === " " && pick.entry === "")) return { type: "ignored" };
  return { type: "changed", pick: typed(pick, (isNumber(pick.entry) ? "" : pick.entry) + text) };
}
