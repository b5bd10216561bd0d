// Cuts a line into sentences and clauses, the places that findings point to.

/** A piece of a text: from the first to after the last character, in UTF-16 units. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Sentence ends; a point inside a number, an abbreviation or a name ends nothing. */
const SENTENCE_END = /[。！？!?；;…]+["”’」』)）]*|\.+["”’)]*(?=\s|$)|(?<=\p{Script=Han})[.．]+/gu;
const CLAUSE_END = /[。，,.;；!?！？：:—]+(?=\s|$|\p{Script=Han})|[。，；！？：]+/gu;
const ABBREVIATION = /(?:^|\s)(?:mr|mrs|ms|dr|no|st|vs|etc|e\.g|i\.e)\.$/i;

export const sentencesOf = (text: string): Span[] => cut(text, 0, text.length, SENTENCE_END);

export const clausesOf = (text: string, span: Span): Span[] => cut(text, span.from, span.to, CLAUSE_END);

function cut(text: string, from: number, to: number, end: RegExp): Span[] {
  const spans: Span[] = [];
  let start = from;
  for (const match of text.slice(from, to).matchAll(end)) {
    const stop = from + match.index + match[0].length;
    if (ABBREVIATION.test(text.slice(start, stop))) continue;
    push(spans, text, start, stop);
    start = stop;
  }
  push(spans, text, start, to);
  return spans;
}

/** Adds the span without the spaces around it, unless nothing is left of it or only punctuation. */
function push(spans: Span[], text: string, from: number, to: number): void {
  const piece = text.slice(from, to);
  if (!/[\p{L}\p{N}]/u.test(piece)) {
    const last = spans.at(-1);
    if (last !== undefined) spans[spans.length - 1] = { from: last.from, to };
    return;
  }
  const lead = piece.length - piece.trimStart().length;
  spans.push({ from: from + lead, to: from + piece.trimEnd().length });
}
