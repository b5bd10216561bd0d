/** Names of keys, and what an organisation may make of them. */
import { describe, expect, it } from "vitest";
import { keyMap, parseKey, shownKey } from "../../src/ui/keys.ts";

describe("parseKey", () => {
  it.each([
    ["Ctrl+O", "ctrl+o"],
    ["ctrl-o", "ctrl+o"],
    ["F2", "f2"],
    ["Shift+Tab", "shift+tab"],
    ["Alt+Enter", "alt+enter"],
    ["shift+ctrl+up", "ctrl+shift+up"],
    ["Ctrl+J", "newline"],
    ["PgDn", "pagedown"],
  ])("%s", (text, chord) => expect(parseKey(text)).toBe(chord));

  it.each(["", "q", "5", "Enter", "Ctrl+C", "Tab", "up", "ctrl+", "hyper+x", "shift+a", "f13", "Ctrl+M"])(
    "%j cannot be given away",
    (text) => expect(parseKey(text)).toBeUndefined(),
  );
});

describe("keyMap", () => {
  it("moves an action to its new key, and takes the key from its old action", () => {
    const map = keyMap({ tip: "ctrl+r", mood_up: "f2", "mood-down": "F3", nonsense: "q" });
    expect(map.get("ctrl+r")).toBe("tip");
    expect(map.get("ctrl+t")).toBeUndefined();
    expect([map.get("f2"), map.get("f3"), map.get("ctrl+up")]).toEqual(["mood_up", "mood_down", undefined]);
    expect(shownKey(map, "another")).toBeUndefined();
  });

  it.each([
    ["help", "F1"],
    ["back", "Shift+Tab"],
    ["jump", "^G"],
    ["mood_up", "^Up"],
  ] as const)("shows %s as %s", (action, shown) => expect(shownKey(keyMap(), action)).toBe(shown));
});
