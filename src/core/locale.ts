/** The languages a call can be held in. A language is a folder under `data/words/`; the build lists them. */
export type Locale = string;

/** The language every other one falls back to. */
export const DEFAULT_LOCALE: Locale = "en";

/**
 * Picks the best of `available` for a wish such as `zh_TW.UTF-8`, `zh-Hans`, `zh`, `en_GB`.
 * Traditional regions and scripts go to zh-TW, every other Chinese to zh-CN. Undefined: nothing fits.
 */
export function matchLocale(wish: string | undefined, available: readonly Locale[]): Locale | undefined {
  if (!wish) return undefined;
  const tag = wish
    .replace(/[.@].*$/, "")
    .replaceAll("_", "-")
    .toLowerCase();
  const exact = available.find((l) => l.toLowerCase() === tag);
  if (exact) return exact;
  const [language] = tag.split("-");
  if (language === "zh") {
    const traditional = /\b(tw|hk|mo|hant)\b/.test(tag);
    return available.find((l) => l === (traditional ? "zh-TW" : "zh-CN"));
  }
  return available.find((l) => l.toLowerCase().split("-")[0] === language);
}
