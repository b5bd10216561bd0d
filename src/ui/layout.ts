/** Text in terminal cells: widths, wrapping and columns that hold for Chinese, emoji and terminals that disagree on widths. */
import fastStringWidth from "fast-string-width";

const ASCII = /^[\u0020-\u007e\n]*$/;

/** Characters that take one cell in some terminals and two in others (Unicode TR11, class A; the ones that occur). */
const AMBIGUOUS = /[\u00a1-\u00ff\u0391-\u0451\u2010-\u203e\u2100-\u2bff]/g;

let segmenter: Intl.Segmenter | undefined;

/** The segmenter's time grows with the square of the text: a letter of many pages is read in pieces. */
const WINDOW = 500;

/** The characters a person sees: an emoji family or a letter with its accents is one. */
export function graphemes(text: string): string[] {
  if (ASCII.test(text)) return text.split("");
  // Built on first need: the segmenter costs milliseconds that a first question in ASCII need not pay.
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const cells: string[] = [];
  let from = 0;
  while (from < text.length) {
    const window = text.slice(from, from + WINDOW);
    const parts = Array.from(segmenter.segment(window));
    // The last character may go on behind the window: it is read again with the next one.
    if (from + WINDOW < text.length && parts.length > 1) from += parts.pop()!.index;
    else from += window.length;
    for (const part of parts) cells.push(part.segment);
  }
  return cells;
}

/** Cells that `text` takes where ambiguous characters are narrow. */
export function displayWidth(text: string): number {
  return ASCII.test(text) ? text.length : fastStringWidth(text);
}

/** Cells that `text` takes at most, in any terminal: what is laid out with it never runs over the edge. */
export function safeWidth(text: string): number {
  return ASCII.test(text) ? text.length : fastStringWidth(text) + (text.match(AMBIGUOUS)?.length ?? 0);
}

/** Whether terminals disagree on the width of `text`. */
export function isAmbiguous(text: string): boolean {
  return safeWidth(text) !== displayWidth(text);
}

const NOT_FIRST =
  /^[\u3001\u3002\uff0c\uff0e\uff1a\uff1b\uff01\uff1f\uff09\u300d\u300f\u3011\u300b\u3009\u3015\u201d\u2019\u2026\u2014\uff5e\u30fc\u00b7,.;:!?)\]}%\u2030\u2103]/;
const NOT_LAST = /[\uff08\u300c\u300e\u3010\u300a\u3008\u3014\u201c\u2018([{]$/;

/** Whether a line may end after `before` when `after` follows: at blanks, after hyphens, beside wide characters. */
function mayBreak(before: string, after: string): boolean {
  if (before === " ") return after !== " ";
  if (after === " ") return false;
  if (NOT_FIRST.test(after) || NOT_LAST.test(before)) return false;
  if (before === "-") return /[A-Za-z]/.test(after);
  return displayWidth(before) === 2 || displayWidth(after) === 2;
}

/**
 * Cuts graphemes into rows of at most `width` cells: `[from, to)` of each, every grapheme in exactly one row. A line
 * break belongs to the row it ends; blanks at the end of a row may hang over its edge.
 */
export function breakRows(
  cells: readonly string[],
  width: number,
  widths: readonly number[] = cells.map(safeWidth),
): [number, number][] {
  const rows: [number, number][] = [];
  let from = 0;
  let used = 0;
  let lastBreak = -1;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]!;
    if (cell === "\n") {
      rows.push([from, i + 1]);
      from = i + 1;
      used = 0;
      lastBreak = -1;
      continue;
    }
    if (i > from && mayBreak(cells[i - 1]!, cell)) lastBreak = i;
    const wide = widths[i]!;
    if (used + wide > width && cell !== " " && i > from) {
      const cut = lastBreak > from ? lastBreak : i;
      rows.push([from, cut]);
      from = cut;
      used = 0;
      for (let k = cut; k < i; k++) used += widths[k]!;
      lastBreak = -1;
    }
    used += wide;
  }
  rows.push([from, cells.length]);
  return rows;
}

/** `text` in lines of at most `width` cells, broken between words and by the rules of Chinese punctuation. */
export function wrapText(text: string, width: number): string[] {
  if (ASCII.test(text) && text.length <= width && !text.includes("\n")) return [text];
  const cells = graphemes(text);
  return linesOf(cells, breakRows(cells, Math.max(2, width)));
}

function linesOf(cells: readonly string[], rows: readonly [number, number][]): string[] {
  return rows.map(([from, to]) => cells.slice(from, to).join("").replace(/\n$/, "").trimEnd());
}

const CLAUSE_END = /^[,.;:!?\u2026\u3001\u3002\uff0c\uff1a\uff1b\uff01\uff1f\u2014]$/;
const SENTENCE_END = /^[.!?\u2026\u3002\uff01\uff1f]$/;
const CLOSING = /^["'\u201d\u300d ]$/;

/** The last character of a row that ends before `to`, closing quotes and blanks aside. */
function lastSign(cells: readonly string[], to: number): string {
  let last = to - 1;
  while (last > 0 && CLOSING.test(cells[last]!)) last--;
  return cells[last]!;
}

const endsClause = (cells: readonly string[], to: number) => CLAUSE_END.test(lastSign(cells, to));
const endsSentence = (cells: readonly string[], to: number) => SENTENCE_END.test(lastSign(cells, to));

type Rows = [number, number][];

/** A line that ends with a comma counts as this much longer than one that ends with a sentence. */
const WEAK_END = 6;

/** Rows that each end with a clause, the longest as short as possible; undefined: `count` rows of `width` cannot do it. */
function clauseRows(
  cells: readonly string[],
  widths: readonly number[],
  count: number,
  width: number,
): Rows | undefined {
  const isEnd = (to: number) => to < cells.length && mayEndLine(cells, to) && endsClause(cells, to);
  const ends = cells.map((_, i) => i + 1).filter(isEnd);
  const span = (from: number, to: number) => {
    const last = cells[to - 1] === " " ? to - 1 : to;
    return widths.slice(from, last).reduce((sum, w) => sum + w, 0);
  };
  const split = (from: number, rows: number): { cost: number; rows: Rows } | undefined => {
    const all = span(from, cells.length);
    if (rows === 1) return all <= width ? { cost: all, rows: [[from, cells.length]] } : undefined;
    let best: { cost: number; rows: Rows } | undefined;
    for (const to of ends) {
      const own = to > from ? span(from, to) : width + 1;
      const rest = own <= width ? split(to, rows - 1) : undefined;
      if (!rest) continue;
      const cost = Math.max(own + (endsSentence(cells, to) ? 0 : WEAK_END), rest.cost);
      if (!best || cost < best.cost) best = { cost, rows: [[from, to], ...rest.rows] };
    }
    return best;
  };
  return count > 4 ? undefined : split(0, count)?.rows;
}

/** A blank after a clause belongs to its line; closing quotes too. */
function mayEndLine(cells: readonly string[], to: number): boolean {
  return cells[to] !== " " && (cells[to - 1] === " " || mayBreak(cells[to - 1]!, cells[to]!));
}

/** Rows about equally long, as few as `width` allows. */
function evenRows(cells: readonly string[], widths: readonly number[], width: number): Rows {
  let best = breakRows(cells, width, widths);
  const total = widths.reduce((sum, w) => sum + w, 0);
  for (let narrow = width - 1; narrow * best.length >= total; narrow--) {
    const rows = breakRows(cells, narrow, widths);
    if (rows.length !== best.length) break;
    best = rows;
  }
  return best;
}

/**
 * Like `wrapText`, for what is read aloud at a glance: in as few lines, broken after clauses where that is possible,
 * else about equally long.
 */
export function wrapSpoken(text: string, width: number): string[] {
  const most = Math.max(2, width);
  if (safeWidth(text) <= most || text.includes("\n")) return wrapText(text, most);
  const cells = graphemes(text);
  const widths = cells.map(safeWidth);
  const count = breakRows(cells, most, widths).length;
  return linesOf(cells, clauseRows(cells, widths, count, most) ?? evenRows(cells, widths, most));
}

/** `text` cut to `width` cells, with two dots where something is missing. */
export function fitText(text: string, width: number): string {
  if (safeWidth(text) <= width) return text;
  let cut = "";
  let used = 0;
  for (const cell of graphemes(text)) {
    const wide = safeWidth(cell);
    if (used + wide > width - 2) break;
    cut += cell;
    used += wide;
  }
  return `${cut.trimEnd()}..`;
}

/** `text` with blanks up to `width` cells. Ambiguous characters have no place in aligned columns: see `safeWidth`. */
export function padText(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

/** How many columns `cells` need so that they fit into `height` rows of `width` cells; 0: they do not. */
export function columnsFor(widest: number, count: number, width: number, height: number): number {
  for (let columns = 1; columns <= 4; columns++) {
    const room = columns === 1 ? width : Math.floor((width + 2) / columns) - 2;
    if (columns > 1 && widest > room) return 0;
    if (Math.ceil(count / columns) <= height) return columns;
  }
  return 0;
}
