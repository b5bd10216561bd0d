/** Names of months in the languages of the files we have met, long and short. */
const LANGUAGES = [
  "en",
  "de",
  "fr",
  "es",
  "pt",
  "it",
  "nl",
  "pl",
  "sv",
  "da",
  "nb",
  "fi",
  "cs",
  "sk",
  "hu",
  "ro",
  "hr",
  "tr",
  "ru",
  "uk",
  "bg",
  "el",
  "id",
  "ms",
  "vi",
  "th",
  "zh-CN",
  "zh-TW",
  "ja",
  "ko",
] as const;

/** As names are compared: full stops, case and accents do not count. */
function plain(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/[\p{M}.\s]/gu, "")
    .toLowerCase();
}

let names: Map<string, number> | undefined;

/** The names come from the Unicode data inside Node: no table of our own to keep. */
function allNames(): Map<string, number> {
  if (names) return names;
  names = new Map([["sept", 9]]);
  for (const language of LANGUAGES)
    for (const month of ["long", "short"] as const)
      for (const shape of [{ month }, { day: "numeric", month }] as const) {
        const format = new Intl.DateTimeFormat(language, { ...shape, timeZone: "UTC" });
        for (let n = 0; n < 12; n++) {
          const parts = format.formatToParts(Date.UTC(2000, n, 1));
          const name = plain(parts.find((p) => p.type === "month")?.value ?? "");
          if (/\p{L}/u.test(name) && !names.has(name)) names.set(name, n + 1);
        }
      }
  return names;
}

/** 1 to 12; undefined: no month is called so. */
export function monthNumber(name: string): number | undefined {
  const known = allNames();
  const key = plain(name);
  return known.get(key) ?? (key.length > 3 ? known.get(key.slice(0, 3)) : undefined);
}
