/** Texts of customers and files, made harmless for a screen: nothing in them can move the cursor or turn the line around. */

/** Bidirectional controls: they can make a line read differently from what is stored. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Every control character but the line break. */
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;
/** A whole escape sequence, so that no `[31m` is left behind when its first byte is removed. */
const ESCAPES =
  /\u009b[0-?]*[ -/]*[@-~]|\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[PX^_][^\u001b]*(?:\u001b\\)?|[ -/]*[0-~])?/g;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const PLAIN = /^[\u0020-\u007e]*$/;

/** `text` for the screen, line breaks kept: tabs become a blank, other control and bidirectional characters go. */
export function screenLines(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, "\n")
    .replaceAll("\t", " ")
    .replace(ESCAPES, "")
    .replace(CONTROL, "")
    .replace(BIDI, "")
    .replace(LONE_SURROGATE, "?");
}

/** `text` as one line for the screen. */
export function screenText(text: string): string {
  return PLAIN.test(text) ? text : screenLines(text).replace(/\s*\n\s*/g, " ");
}

const ASCII_FORMS: Readonly<Record<string, string>> = {
  "\u2018": "'",
  "\u2019": "'",
  "\u201c": '"',
  "\u201d": '"',
  "\u2010": "-",
  "\u2011": "-",
  "\u2012": "-",
  "\u2013": "-",
  "\u2014": "-",
  "\u2026": "...",
  "\u00a0": " ",
  "\u00b7": "|",
  "\u2022": "*",
  "\u2190": "<-",
  "\u2192": "->",
  "\u00d7": "x",
};

/**
 * Punctuation of Latin scripts in ASCII, for terminals that show nothing else. Letters stay as they are: a Chinese text
 * has no ASCII form, and a terminal that cannot show it has nothing better to show.
 */
export function asciiText(text: string): string {
  return PLAIN.test(text)
    ? text
    : text.replace(/[\u00a0\u00b7\u00d7\u2010-\u2026\u2190\u2192]/g, (c) => ASCII_FORMS[c] ?? c);
}
