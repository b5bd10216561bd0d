/** What a cell means: text, yes or no, a number, an id. Pure; what cannot be read comes back as undefined. */

/** The text of a cell as a person would read it; empty: nothing stands there. */
export function cellText(cell: unknown): string {
  if (typeof cell === "string") return cell.trim();
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return Number.isNaN(+cell) ? "" : cell.toISOString();
  if (Array.isArray(cell) && cell.every((item) => typeof item !== "object" || item === null))
    return cell
      .map(cellText)
      .filter((text) => text !== "")
      .join(", ");
  return typeof cell === "object" ? JSON.stringify(cell) : String(cell);
}

/** What databases and spreadsheets write where there is nothing. */
const NOTHING = /^(?:null|\\N|n\/a|#n\/a|nan|\(null\)|#value!|#ref!)$/i;
/** What people write there. */
const NOTHING_SAID = /^(?:[-–—－ー_/.]{1,4}|n\.a\.|k\.\s?a\.|s\/d|n\/d|无|無|暂无|暫無|なし|없음)$/i;
/** And where a time is wanted. */
const NO_TIME =
  /^(?:na|none|nil|tbd|0{4}[-/]0{2}[-/]0{2}(?:[ T]00:00(?::00(?:\.0+)?)?)?|未知|不详|不詳|未定|待定)$/i;

/** Empty, or what a system writes where nothing is. */
export function isEmptyCell(text: string): boolean {
  return text === "" || (text.length < 9 && NOTHING.test(text));
}

export function isNothing(text: string): boolean {
  return isEmptyCell(text) || (text.length < 9 && NOTHING_SAID.test(text));
}

export function isNoTime(text: string): boolean {
  return isNothing(text) || (text.length < 30 && NO_TIME.test(text));
}

const YES = /^(?:true|t|yes|y|1|x|on|ja|j|oui|si|sí|s|sim|tak|да|是|有|对|對|はい|예|✓|✔)$/i;
const NO = /^(?:false|f|no|n|0|off|nein|non|não|nao|nie|нет|否|无|無|没有|沒有|いいえ|아니요|✗|✘)$/i;

export function readBoolean(cell: unknown): boolean | undefined {
  if (typeof cell === "boolean") return cell;
  const text = cellText(cell).normalize("NFC");
  return YES.test(text) ? true : NO.test(text) ? false : undefined;
}

/** 1,234.50 and 1.234,50 and 1 234,5 alike, with or without a sign of currency. */
export function readNumber(cell: unknown): number | undefined {
  if (typeof cell === "number") return Number.isFinite(cell) ? cell : undefined;
  const text = cellText(cell)
    .normalize("NFKC")
    .replace(/[\s'’_]|\p{Sc}/gu, "")
    .replace(/^[A-Z]{2,3}(?=[\d-])|(?<=\d)(?:[A-Z]{3}|[元圓円])$/gu, "");
  if (!/^[+-]?[\d.,]*\d[\d.,]*$/.test(text)) return undefined;
  const [commas, points] = [text.split(",").length - 1, text.split(".").length - 1];
  const last = Math.max(text.lastIndexOf(","), text.lastIndexOf("."));
  const digitsAfter = text.length - last - 1;
  const isDecimal =
    last >= 0 &&
    (commas > 0 && points > 0 ? true : commas + points === 1 && !(digitsAfter === 3 && commas === 1));
  const whole = isDecimal ? text.slice(0, last) : text;
  const plain = `${whole.replace(/[.,]/g, "")}${isDecimal ? `.${text.slice(last + 1)}` : ""}`;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

/** Values as they are looked up: forms of letters, case and runs of blanks do not count. */
export function sameValue(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}

/** An id made of the words of a text: `Billing & payments` → `billing-payments`. Empty where it has no letters. */
export function kebab(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
}

/** The parts of a set: `safety; legal`, `safety,legal`, `安全、法律`. */
export function parts(text: string): string[] {
  return text
    .split(/[,;|、，；]+/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
