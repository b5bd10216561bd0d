/** Quotation marks inside a sentence that is itself shown in quotation marks. */

const INNER: Readonly<Record<string, string>> = {
  "“": "‘",
  "”": "’",
  "「": "『",
  "」": "』",
  '"': "'",
};

/** `text` to be put between quotation marks: its own become the inner ones. */
export function toQuote(text: string): string {
  return text.replace(/[“”「」"]/gu, (mark) => INNER[mark] ?? mark);
}
