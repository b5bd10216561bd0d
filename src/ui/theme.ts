/** Colours of the call screen. Whatever a colour says, a word says too: without colour nothing is lost. */

type Style = (text: string) => string;

export interface Theme {
  strong: Style;
  dim: Style;
  accent: Style;
  /** What to say aloud. */
  speech: Style;
  avoid: Style;
  tip: Style;
  error: Style;
  good: Style;
  /** By anger, 1–5. */
  mood: (value: number) => Style;
  /** The ends of a selected row. */
  chosen: Style;
}

const sgr =
  (on: number | string, off: number): Style =>
  (text) =>
    text === "" ? "" : `\u001b[${on}m${text}\u001b[${off}m`;

const plain: Style = (text) => text;

const PLAIN: Theme = {
  strong: plain,
  dim: plain,
  accent: plain,
  speech: plain,
  avoid: plain,
  tip: plain,
  error: plain,
  good: plain,
  mood: () => plain,
  chosen: plain,
};

// The sixteen colours of the terminal's own palette, so that light and dark themes both stay readable.
const green = sgr(32, 39);
const yellow = sgr(33, 39);
const red = sgr(31, 39);
const cyan = sgr(36, 39);
const bold = sgr(1, 22);

const COLORED: Theme = {
  strong: bold,
  dim: sgr(2, 22),
  accent: cyan,
  speech: bold,
  avoid: red,
  tip: cyan,
  error: red,
  good: green,
  mood: (value) => (value >= 4 ? red : value === 3 ? yellow : green),
  chosen: (text) => bold(cyan(text)),
};

/** The theme for a terminal with or without colour. */
export function theme(color: boolean): Theme {
  return color ? COLORED : PLAIN;
}
