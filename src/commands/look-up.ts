/** What `say`, `tips`, `avoid` and `law` share: finding entries by words, and closed sets with their message. */
import type { App } from "../app.ts";
import { fillBlanks } from "../core/blanks.ts";
import { usage } from "../core/errors.ts";
import type { Bank } from "../core/library-port.ts";
import type { Locale } from "../core/locale.ts";
import type { EmergencyNumbers } from "../core/talk.ts";

const EMERGENCY_BLANKS: Required<Record<keyof EmergencyNumbers, true>> = {
  police: true,
  ambulance: true,
  fire: true,
  crisis_line: true,
};

const plain = (text: string) => text.normalize("NFKC").toLowerCase();

/** Entries whose texts hold every one of `words`, whatever the case and width. */
function withWords<T>(entries: readonly T[], words: readonly string[], texts: (entry: T) => string[]): T[] {
  const wanted = words.flatMap((w) => plain(w).split(/\s+/)).filter((w) => w !== "");
  return entries.filter((entry) => {
    const text = plain(texts(entry).join("\n"));
    return wanted.every((w) => text.includes(w));
  });
}

/** Entries of the bank in the reader's language that hold every one of `words` in one of the languages there are. */
export function inAnyLanguage<T extends { id: string }>(
  app: App,
  words: readonly string[],
  entries: (bank: Bank) => readonly T[],
  texts: (entry: T, locale: Locale) => string[],
): T[] {
  const library = app.library();
  const own = entries(library.bank(app.locale));
  if (words.length === 0) return [...own];
  const found = library
    .locales()
    .flatMap((l) => withWords(entries(library.bank(l)), words, (entry) => texts(entry, l)));
  const ids = new Set(found.map((entry) => entry.id));
  return own.filter((entry) => ids.has(entry.id));
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

/** How a sentence reads where there is no case to fill its blanks from; emergency numbers are known without one. */
export function withBlanksNamed(app: App, text: string): string {
  return fillBlanks(text, (name) =>
    name in EMERGENCY_BLANKS
      ? app.config.emergency?.[name as keyof EmergencyNumbers] || app.t("call.local_emergency_number")
      : app.t("look.blank", { name }),
  )!;
}

/** A heading, its lines indented below it. */
export function block(head: string, lines: readonly string[]): string {
  return [head, ...lines.map((l) => `  ${l}`)].join("\n");
}
