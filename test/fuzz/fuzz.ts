/** Hostile input by the thousand, the same for the same seed: `npm run fuzz` multiplies the runs. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const TIMES = Number(process.env.FUZZ_TIMES ?? 1);
export const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121);

/** How often a test is to be run whose share in CI is `runs`. */
export const times = (runs: number): number => Math.ceil(runs * TIMES);

/** A limit for what hangs, far above what a busy machine needs. */
export const LONG = 600_000 * Math.max(1, TIMES);

export interface Dice {
  /** Below `n`. */
  below: (n: number) => number;
  of: <T>(items: readonly T[]) => T;
  /** One time in `n`. */
  oneIn: (n: number) => boolean;
}

/** mulberry32: small, even, and the same everywhere. */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number) => Math.floor(next() * n);
  return { below, of: (items) => items[below(items.length)]!, oneIn: (n) => below(n) === 0 };
}

/** Words that have broken programs. No path among them leads out of the folder the tests work in. */
export const HOSTILE: readonly string[] = [
  "",
  " ",
  "\0",
  "\u001b[2J",
  "\u202e123",
  "\ud800",
  "\ufeff",
  "💥👨‍👩‍👧",
  "客户",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "null",
  "undefined",
  "true",
  "~",
  "NaN",
  "Infinity",
  "-0",
  "-1",
  "0",
  "1",
  "1e309",
  "9007199254740993",
  "0x10",
  "１２",
  "9999-99-99",
  "0000-00-00",
  "2026-11-31",
  "2026-W54",
  "+275760-09-14T00:00:00Z",
  "2026-11-21T09:00:00+08:00",
  "tomorrow 10:00",
  "../up",
  "a/../../b",
  ".",
  "..",
  "-",
  "--",
  "---",
  "=1+1",
  "@SUM(1)",
  "'; DROP TABLE cases; --",
  '"',
  "'",
  "`",
  "$(id)",
  "%s%n",
  "%E4",
  "{}",
  "[]",
  "{words}",
  "[1,",
  "a: b: c",
  "- - -",
  "&a [*a]",
  "*a",
  "<<: *a",
  "!!js/function x",
  "? x",
  "|",
  ">",
  "#",
  "\t",
  "\r",
  "\r\n",
  "\n\n",
  ",",
  ";",
  ",,,,",
  "x".repeat(5000),
  "中".repeat(3000),
  "(".repeat(200),
  "[".repeat(200),
];

/** Cuts, doubles, swaps and strikes pieces of a text. */
export function spoil(text: string, { below, of }: Dice): string {
  let out = text;
  for (let n = 1 + below(4); n > 0; n--) {
    const at = below(out.length + 1);
    const length = below(Math.min(out.length - at, 40) + 1);
    const piece = out.slice(at, at + length);
    const put = [
      of(HOSTILE),
      "",
      piece + piece,
      [...piece].reverse().join(""),
      String.fromCharCode(below(300)),
    ];
    out = out.slice(0, at) + of(put) + out.slice(at + length);
  }
  return out;
}

/** The same for bytes that are no text. */
export function spoilBytes(bytes: Buffer, { below, of }: Dice): Buffer {
  const out = Buffer.from(bytes);
  for (let n = 1 + below(4); n > 0; n--) {
    const at = below(out.length);
    out.fill(below(256), at, Math.min(out.length, at + below(30)));
  }
  const cut = below(out.length);
  return of([out, out, out.subarray(0, cut), Buffer.concat([out.subarray(0, cut), out])]);
}

/** A value of JSON that nobody expects in its place. */
export function oddValue({ of, below }: Dice): unknown {
  return of([
    null,
    true,
    -1,
    1e308,
    below(10),
    of(HOSTILE),
    [],
    {},
    [null],
    [[]],
    { a: [{}] },
    [of(HOSTILE)],
  ]);
}

/** Puts an odd value somewhere into `node`. */
export function strike(node: unknown, roll: Dice): unknown {
  if (typeof node !== "object" || node === null || roll.oneIn(4)) return oddValue(roll);
  const keys = Object.keys(node);
  if (keys.length === 0 || roll.oneIn(8)) {
    if (Array.isArray(node)) return [...node, oddValue(roll)];
    return { ...node, [roll.of(HOSTILE)]: oddValue(roll) };
  }
  const key = roll.of(keys);
  const inner = strike((node as Record<string, unknown>)[key], roll);
  return Array.isArray(node) ? Object.assign([...node], { [key]: inner }) : { ...node, [key]: inner };
}

/**
 * A home to work in, four folders deep so that `..` stays inside, and the current folder; `reset` makes it again as it
 * was when `keep` was called.
 */
export function workplace() {
  const root = mkdtempSync(join(tmpdir(), "complaint-fuzz-"));
  const deep = join(root, "a", "b", "c");
  const cwd = join(deep, "work");
  const home = join(deep, "home");
  const before = process.cwd();
  const kept = join(root, "kept");
  mkdirSync(cwd, { recursive: true });
  mkdirSync(home, { mode: 0o700 });
  process.chdir(cwd);
  return {
    home,
    cwd,
    keep: () => cpSync(deep, kept, { recursive: true }),
    reset: () => {
      process.chdir(before);
      rmSync(join(root, "a"), { recursive: true, force: true });
      cpSync(kept, deep, { recursive: true });
      process.chdir(cwd);
    },
    remove: () => {
      process.chdir(before);
      rmSync(root, { recursive: true, force: true });
    },
  };
}
