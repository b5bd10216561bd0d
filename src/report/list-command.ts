/** The `complaint list` command that shows the cases behind a number, as it is printed and pasted. */
import type { Period } from "../core/period.ts";
import type { Scope } from "./scope.ts";

export interface CommandOptions {
  /** The database as it has to be named in the command; undefined: the usual one. */
  db?: string | undefined;
}

/** One word of a POSIX shell; plain words stay as they are. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./~-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The flags that name a period. */
export function periodFlags({ kind, label }: Period): string {
  if (kind !== "range") return `--${kind} ${label}`;
  const [from, to] = label.split("..");
  return `--from ${from} --to ${to}`;
}

/**
 * The command for `section.fact`, `section:row` or `section.fact:row`. What depends on the moment of the report carries
 * that moment, so that it shows the same cases when it is run later.
 */
export function listCommand(scope: Scope, fact: string, ofNow: boolean, { db }: CommandOptions): string {
  const { to, now } = scope.bounds;
  const moment = ofNow || now < to ? ` --as-of ${new Date(now).toISOString().replace(".000Z", "Z")}` : "";
  const file = db === undefined ? "" : ` --db ${shellWord(db)}`;
  return `complaint list${file} --fact ${shellWord(fact)} ${periodFlags(scope.period)}${moment}`;
}

/** The name behind `--fact` in a printed command: what stands beside a number where the whole command has no room. */
export function factOf(command: string): string {
  const word = /--fact ('(?:[^']|'\\'')*'|\S+)/.exec(command)?.[1] ?? "";
  return word.startsWith("'") ? word.slice(1, -1).replaceAll("'\\''", "'") : word;
}
