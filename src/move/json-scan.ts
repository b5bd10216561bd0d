/** Walks through JSON text that comes in pieces, without holding more of it than one element of a list. */

/** What the walk meets. */
export interface JsonEvents {
  /** A list begins; `path` leads to it. Return true to have its elements given to `element`. */
  list(path: readonly string[]): boolean;
  /** One element of the list, as text, and the line at which it begins. */
  element(text: string, line: number): void;
}

interface Level {
  isList: boolean;
  /** The key or number under which the present value stands. */
  key: string;
  wantsKey: boolean;
}

/** The text was no JSON, or ended too early, at this line. */
export class JsonScanError extends Error {
  override readonly name = "JsonScanError";
  readonly line: number;
  readonly kind: "cut" | "not_json" | "too_long";

  constructor(kind: JsonScanError["kind"], line: number) {
    super(kind);
    this.kind = kind;
    this.line = line;
  }
}

/** No complaint is as long; what never ends must not fill the memory. */
const LONGEST = 16 * 1024 * 1024;
const DEEPEST = 200;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;
const OPENING: ReadonlySet<number> = new Set([91, 123]);
const CLOSING: ReadonlySet<number> = new Set([93, 125]);

const isBlank = (code: number): boolean => code <= 32 || code === 0xfeff;

export interface JsonScan {
  /** Pieces of the text, in order. */
  feed(piece: string): void;
  /** After the last piece. */
  end(): void;
}

export function scanJson(events: JsonEvents): JsonScan {
  const stack: Level[] = [];
  let line = 1;
  let inString = false;
  let isEscaped = false;
  let isOver = false;
  /** What a key under way reads so far. */
  let key: string | undefined;
  /** How many levels are open where the wanted list is the innermost; 0: not found yet. */
  let wanted = 0;
  /** The element under way: what came of it in earlier pieces, and where it goes on in this one. */
  let before = "";
  let from = -1;
  let began = 0;

  const atElements = (): boolean => wanted > 0 && stack.length === wanted;

  function finish(piece: string, end: number): void {
    if (from < 0) return;
    const text = before + piece.slice(from, end);
    before = "";
    from = -1;
    events.element(text.trim(), began);
  }

  function open(isList: boolean): void {
    if (isOver || stack.length >= DEEPEST) throw new JsonScanError("not_json", line);
    const wants = isList && wanted === 0 && events.list(stack.map((level) => level.key));
    stack.push({ isList, key: isList ? "0" : "", wantsKey: !isList });
    if (wants) wanted = stack.length;
  }

  function close(isList: boolean): void {
    if (stack.pop()?.isList !== isList) throw new JsonScanError("not_json", line);
    if (wanted > 0 && stack.length < wanted) wanted = Number.POSITIVE_INFINITY;
    isOver = stack.length === 0;
  }

  function separate(code: number): void {
    const level = stack.at(-1);
    if (!level) throw new JsonScanError("not_json", line);
    if (code === COLON) level.wantsKey = false;
    else if (level.isList) level.key = String(Number(level.key) + 1);
    else level.wantsKey = true;
  }

  function inText(code: number, character: string): void {
    if (isEscaped) isEscaped = false;
    else if (code === BACKSLASH) isEscaped = true;
    else if (code === QUOTE) {
      inString = false;
      const level = stack.at(-1);
      if (key !== undefined && level) level.key = key;
      key = undefined;
      return;
    }
    if (key !== undefined) key += character;
  }

  function outside(piece: string, i: number, code: number): void {
    if (isBlank(code)) return;
    const atEnd = code === COMMA || CLOSING.has(code);
    if (atElements() && atEnd) finish(piece, i);
    else if (atElements() && from < 0) {
      from = i;
      began = line;
    }
    if (code === QUOTE) {
      if (stack.length === 0) throw new JsonScanError("not_json", line);
      inString = true;
      key = wanted === 0 && stack.at(-1)!.wantsKey ? "" : undefined;
    } else if (OPENING.has(code)) open(code === 91);
    else if (CLOSING.has(code)) close(code === 93);
    else if (code === COMMA || code === COLON) separate(code);
    else if (stack.length === 0) throw new JsonScanError("not_json", line);
  }

  return {
    feed(piece) {
      if (from >= 0) from = 0;
      for (let i = 0; i < piece.length; i++) {
        const code = piece.charCodeAt(i);
        if (code === 10) line++;
        if (inString) inText(code, piece[i]!);
        else outside(piece, i, code);
      }
      if (from >= 0) before += piece.slice(from);
      if (before.length > LONGEST) throw new JsonScanError("too_long", began);
    },
    end() {
      if (!isOver) throw new JsonScanError("cut", line);
    },
  };
}
