/**
 * A command line in its plainest form, which most are: the command, whole words, long flags that are spelled out. It is
 * taken apart here, since loading commander for it takes longer than the command itself. Everything else, and every
 * mistake, is left to commander (`program.ts`).
 */
import { CATALOG, type CommandSpec, GLOBAL_FLAGS } from "./commands/catalog.ts";
import type { ParsedCommand } from "./program.ts";

type Flags = Record<string, string | boolean>;

const nameOf = (flag: string): string =>
  flag.slice(2).replace(/-([a-z])/g, (_, c: string) => c.toUpperCase());

/** How the flag of `word` was declared: `--limit <n>`; undefined: the command has none that is spelled so. */
function declared(spec: CommandSpec, word: string): string | undefined {
  const all = [...(spec.flags ?? []), ...GLOBAL_FLAGS.map(([flags]) => flags)];
  return all.find((flags) => flags === word || flags.startsWith(`${word} `));
}

function takesAsMany(spec: CommandSpec, count: number): boolean {
  const places = spec.args?.split(" ") ?? [];
  const least = places.filter((place) => place.startsWith("<")).length;
  return count >= least && (count <= places.length || places.at(-1)?.includes("...") === true);
}

/** A single dash stands for stdin. */
const isFlag = (word: string): boolean => word.startsWith("-") && word !== "-";

/** What commander would find in `argv` (without node and script); undefined: commander has to say. */
export function plainCommand(argv: readonly string[]): ParsedCommand | undefined {
  const [name, ...words] = argv;
  const spec = CATALOG.find((c) => c.name === name);
  if (!spec || spec.hidden || words.some((word) => word === "" || word === "help")) return undefined;
  const args: string[] = [];
  // As commander has it where nobody says --no-color or --no-input.
  const flags: Flags = { color: true, input: true };
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const flag = isFlag(word) ? declared(spec, word) : undefined;
    if (!isFlag(word)) args.push(word);
    else if (flag === word) {
      const isNo = word.startsWith("--no-");
      flags[nameOf(isNo ? `--${word.slice(5)}` : word)] = !isNo;
    } else {
      const value = words[++i];
      if (!flag?.endsWith(">") || value === undefined || isFlag(value)) return undefined;
      flags[nameOf(word)] = value;
    }
  }
  return takesAsMany(spec, args.length) ? { spec, input: { args, flags }, load: spec.load } : undefined;
}
