/** What `say`, `tips`, `avoid` and `law` share: finding entries by words, and closed sets with their message. */
import type { App } from "../app.ts";
import { usage } from "../core/errors.ts";

const plain = (text: string) => text.normalize("NFKC").toLowerCase();

/** Entries whose texts hold every one of `words`, whatever the case and width. */
export function withWords<T>(
  entries: readonly T[],
  words: readonly string[],
  texts: (entry: T) => string[],
): T[] {
  const wanted = words.flatMap((w) => plain(w).split(/\s+/)).filter((w) => w !== "");
  return entries.filter((entry) => {
    const text = plain(texts(entry).join("\n"));
    return wanted.every((w) => text.includes(w));
  });
}

/** A value of a closed set; undefined where none was given. Another value is wrong usage (exit 2) naming the set. */
export function oneOf<T extends string>(
  app: App,
  name: string,
  value: unknown,
  set: readonly T[],
): T | undefined {
  if (value === undefined) return undefined;
  const text = String(value).normalize("NFKC");
  if ((set as readonly string[]).includes(text)) return text as T;
  throw usage("not_in_set", app.t("cli.error.not_in_set", { name, value: text }), set.join(", "));
}

/** The mood of `--mood`, 1 to 5. */
export function moodFlag(app: App, value: unknown): number | undefined {
  const mood = oneOf(app, "mood", value, ["1", "2", "3", "4", "5"]);
  return mood === undefined ? undefined : Number(mood);
}

/** A heading, its lines indented below it. */
export function block(head: string, lines: readonly string[]): string {
  return [head, ...lines.map((l) => `  ${l}`)].join("\n");
}
