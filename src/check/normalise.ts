// Brings a text into the one form that patterns and model read, and remembers where each character came from.

/** A normalised text; `at[i]` is where its character `i` starts in the original, in UTF-16 units (one entry more than characters). */
export interface Normalised {
  readonly text: string;
  readonly at: readonly number[];
}

/** Character and word replacements, longest first, applied after case folding and NFKC. */
export interface Replacements {
  readonly characters: ReadonlyMap<string, string>;
  readonly words: readonly (readonly [from: string, to: string])[];
}

export const NO_REPLACEMENTS: Replacements = { characters: new Map(), words: [] };

const SAME: ReadonlyMap<string, string> = new Map([
  ["’", "'"],
  ["‘", "'"],
  ["`", "'"],
  ["“", '"'],
  ["”", '"'],
  ["。", "."],
  ["、", ","],
  ["—", ","],
  ["–", ","],
  ["…", "."],
  ["~", "!"],
]);

/** Lower case, NFKC, one script, one kind of quotation mark; the result of one character may be several. */
export function normalise(text: string, replacements: Replacements): Normalised {
  let out = "";
  const at: number[] = [];
  let position = 0;
  for (const character of text) {
    const plain = (SAME.get(character) ?? character).normalize("NFKC").toLowerCase();
    for (const unit of plain) {
      const folded = SAME.get(unit) ?? replacements.characters.get(unit) ?? unit;
      for (let i = 0; i < folded.length; i += 1) at.push(position);
      out += folded;
    }
    position += character.length;
  }
  at.push(text.length);
  return replaceWords({ text: out, at }, replacements.words);
}

function replaceWords(input: Normalised, words: Replacements["words"]): Normalised {
  return words.reduce((so, [from, to]) => (so.text.includes(from) ? replaceWord(so, from, to) : so), input);
}

/** One pass over the text for all places of `from`: a long text may hold it thousands of times. */
function replaceWord(input: Normalised, from: string, to: string): Normalised {
  const pieces = input.text.split(from);
  const at: number[] = [];
  let position = 0;
  for (const [i, piece] of pieces.entries()) {
    if (i > 0) {
      const start = input.at[position] ?? 0;
      for (let unit = 0; unit < to.length; unit += 1) at.push(start);
      position += from.length;
    }
    for (let unit = 0; unit < piece.length; unit += 1) at.push(input.at[position + unit] ?? 0);
    position += piece.length;
  }
  at.push(input.at[position] ?? 0);
  return { text: pieces.join(to), at };
}
