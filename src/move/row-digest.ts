/** Names for rows: the same source, id and content always give the same case, on every seat. */
import { hash } from "node:crypto";
import { idFromHash, type Uuid } from "../core/id.ts";
import { ERROR_COLUMNS, type Row } from "./rows.ts";

function sha256(...parts: readonly string[]): Buffer {
  return hash("sha256", parts.map((part) => `${part.length}:${part}`).join(""), "buffer");
}

/** JSON whose keys stand in order, so that the same content reads the same. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join()}}`;
}

/**
 * The whole content of a row as text. Columns go by their names where the file has them, so that their order and
 * columns without a value do not count.
 */
export function contentReader(headers: readonly string[] | undefined): (row: Row) => string {
  const order = headers
    ?.map((name, index) => ({ name, index }))
    .filter(({ name }) => !(ERROR_COLUMNS as readonly string[]).includes(name))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.index - b.index));
  return ({ data }) => {
    if (!Array.isArray(data)) return canonical(data);
    const cell = (value: unknown): string =>
      typeof value === "string" ? value : value === null || value === undefined ? "" : canonical(value);
    if (!order)
      return data
        .map(cell)
        .join("\u001f")
        .replace(/\u001f+$/, "");
    let text = "";
    for (const { name, index } of order) {
      const value = cell(data[index]);
      if (value !== "") text += `${name}\u001e${value}\u001f`;
    }
    return text;
  };
}

export interface RowName {
  caseId: Uuid;
  /** What every case of the same source and id begins with. */
  prefix: string;
  /** What stands for the row in its source. */
  sourceId: string;
  /** Digest of the content. */
  content: string;
}

/** What is shown of an id; the whole of it counts. */
const LONGEST = 400;

/** Half of a case's id comes from source and id, half from the content: rows that share the one are found by it. */
export function rowName(source: string, id: string | undefined, content: string): RowName {
  const digest = sha256(content);
  const told = digest.toString("hex").slice(0, 32);
  const named = sha256("source", source, id ?? told);
  const whole = sha256("row", source, id ?? "", told);
  const caseId = idFromHash(Buffer.concat([named.subarray(0, 8), whole.subarray(8, 16)]));
  return { caseId, prefix: caseId.slice(0, 18), sourceId: (id ?? told).slice(0, LONGEST), content: told };
}

/**
 * Gives the id of the n-th event of an imported case: the same wherever the row is imported. A case's events lie beside
 * each other in the index of ids, which halves what an import writes there.
 */
export function eventIds(caseId: Uuid): (n: number) => Uuid {
  const bytes = sha256("event", caseId).subarray(0, 16);
  return (n) => {
    bytes[15] = n;
    return idFromHash(bytes);
  };
}
