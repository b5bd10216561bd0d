/** Cells of a terminal: how wide a text is, cut and padded so that Chinese stands in line. */
import stringWidth from "fast-string-width";

const ASCII = /^[\x20-\x7e]*$/;
/** Characters that some terminals draw two cells wide (Unicode TR11, class A; the ones that occur). */
const AMBIGUOUS = /[\u00a1-\u00ff\u2010-\u203e\u2100-\u2bff]/g;

let segmenter: Intl.Segmenter | undefined;

function graphemes(text: string): string[] {
  if (ASCII.test(text)) return text.split("");
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), (part) => part.segment);
}

export function widthOf(text: string): number {
  return ASCII.test(text) ? text.length : stringWidth(text);
}

/** The most cells `text` takes in any terminal. */
function safeWidth(text: string): number {
  return widthOf(text) + (ASCII.test(text) ? 0 : (text.match(AMBIGUOUS)?.length ?? 0));
}

/** `text` cut to `width` cells, with two dots where something is missing. */
export function cutTo(text: string, width: number): string {
  if (safeWidth(text) <= width) return text;
  let cut = "";
  let used = 0;
  // A long text is segmented no further than can be shown.
  for (const sign of graphemes(text.slice(0, 40 * width))) {
    used += safeWidth(sign);
    if (used > width - 2) break;
    cut += sign;
  }
  return `${cut.trimEnd()}..`;
}

export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

export function padStart(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - widthOf(text))) + text;
}

const MARK = /^[\u3001\u3002\uff0c\uff1a\uff1b\uff01\uff1f\uff09\u300d\u201d\u2026]/u;

/** Lines of at most `width` cells, broken at blanks or beside wide characters; no line begins with a mark. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let parts: string[] = [];
  let used = 0;
  let room = "";
  for (const part of text.match(/[\x21-\x7e\u00a1-\u10ff]+|\s+|[^\s]/gu) ?? []) {
    if (/^\s+$/.test(part)) {
      room = " ";
      continue;
    }
    const wide = safeWidth(part);
    if (used > 0 && used + room.length + wide > width) {
      // A mark takes the sign before it along.
      const taken = MARK.test(part) && parts.length > 1 ? parts.splice(-1) : [];
      lines.push(parts.join(""));
      parts = taken.map((sign) => sign.trimStart());
      used = safeWidth(parts.join(""));
      room = "";
    }
    parts.push(room + part);
    used += room.length + wide;
    room = "";
  }
  return used > 0 ? [...lines, parts.join("")] : lines;
}
