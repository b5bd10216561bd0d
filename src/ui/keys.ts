/** Keys: how they are named, which side action each one is, how an organisation changes that. */
import type { SideName } from "../core/question.ts";

/** One key as the terminal sent it. */
export interface Key {
  /** `enter`, `newline`, `esc`, `tab`, `up`, `f1`, `paste-start` …, a letter or digit; absent for other characters. */
  name?: string;
  /** What it types; empty for a key that types nothing. */
  text: string;
  /** The bytes as they came, for a paste. */
  raw: string;
  ctrl: boolean;
  alt: boolean;
  shift: boolean;
}

/** What a key can be made to do. */
export type KeyAction = SideName | "mood_up" | "mood_down" | "newline" | "redraw";

export type KeyMap = ReadonlyMap<string, KeyAction>;

/** Alt+1 … Alt+5 set the mood as well; they are not in the map, since they carry a value. */
const DEFAULT_KEYS: readonly (readonly [string, KeyAction])[] = [
  ["f1", "help"],
  ["shift+tab", "back"],
  ["ctrl+g", "jump"],
  ["ctrl+t", "tip"],
  ["ctrl+r", "another"],
  ["ctrl+up", "mood_up"],
  ["ctrl+down", "mood_down"],
  ["alt+enter", "newline"],
  ["newline", "newline"],
  ["ctrl+l", "redraw"],
];

/** Names other people use for the same key. */
const SAME_KEY: Readonly<Record<string, string>> = {
  return: "enter",
  escape: "esc",
  pgup: "pageup",
  pgdn: "pagedown",
  del: "delete",
  control: "ctrl",
  meta: "alt",
  option: "alt",
  "ctrl+j": "newline",
};

const KEY_NAME =
  /^(?:f(?:[1-9]|1[0-2])|up|down|left|right|home|end|pageup|pagedown|insert|delete|tab|enter|[a-z0-9])$/;

/** Keys that must keep their meaning: without them nobody gets out of a field, or anything into it. */
const RESERVED: ReadonlySet<string> = new Set([
  "enter",
  "ctrl+c",
  "ctrl+m",
  "ctrl+i",
  "ctrl+h",
  "tab",
  "up",
  "down",
  "left",
  "right",
  "home",
  "end",
  "delete",
]);

/** `Ctrl+O`, `alt-x`, `F2` in one form; undefined: no key that can be given to an action. */
export function parseKey(text: string): string | undefined {
  const parts = text
    .trim()
    .toLowerCase()
    .split(/[+-]/)
    .map((part) => SAME_KEY[part] ?? part);
  const name = parts.pop() ?? "";
  if (!KEY_NAME.test(name) || parts.some((p) => !["ctrl", "alt", "shift"].includes(p))) return undefined;
  const chord = [...["ctrl", "alt", "shift"].filter((m) => parts.includes(m)), name].join("+");
  if (
    RESERVED.has(chord) ||
    (parts.length === 0 && name.length === 1) ||
    (chord.startsWith("shift+") && name.length === 1)
  )
    return undefined;
  return SAME_KEY[chord] ?? chord;
}

/** The key in the form of the map, `ctrl+alt+shift+name`; undefined for a plain character. */
export function chordOf(key: Key): string | undefined {
  if (key.name === undefined) return undefined;
  const shift = key.shift && key.name.length > 1;
  const chord = `${key.ctrl ? "ctrl+" : ""}${key.alt ? "alt+" : ""}${shift ? "shift+" : ""}${key.name}`;
  return chord.length === 1 ? undefined : chord;
}

/**
 * The keys of this run: the defaults, changed by the config (`tip: ctrl+o`). A key given anew leaves its old action; an
 * action given a key loses its default one. Wrong entries are left out: every action can be typed as a word.
 */
export function keyMap(changes: Readonly<Record<string, string>> = {}): KeyMap {
  const map = new Map<string, KeyAction>(DEFAULT_KEYS);
  for (const [name, spec] of Object.entries(changes)) {
    const chord = parseKey(spec);
    const action = name.replaceAll("-", "_") as KeyAction;
    if (!chord) continue;
    for (const [old, its] of DEFAULT_KEYS) if (its === action && map.get(old) === action) map.delete(old);
    map.set(chord, action);
  }
  return map;
}

const SHOWN: Readonly<Record<string, string>> = { pageup: "PgUp", pagedown: "PgDn", newline: "^J" };

function showChord(chord: string): string {
  if (SHOWN[chord]) return SHOWN[chord];
  const parts = chord.split("+");
  const name = parts.pop()!;
  const shown = SHOWN[name] ?? name[0]!.toUpperCase() + name.slice(1);
  if (parts.join() === "ctrl") return `^${shown}`;
  return [...parts.map((p) => p[0]!.toUpperCase() + p.slice(1)), shown].join("+");
}

/** How the key of `action` is printed: `^T`, `Shift+Tab`; undefined where it has none. */
export function shownKey(map: KeyMap, action: KeyAction): string | undefined {
  for (const [chord, its] of map) if (its === action) return showChord(chord);
  return undefined;
}
