/** The rows of a JSON text: the elements of one list in it, or one value per line. */

import { scanJson } from "./json-scan.ts";
import type { Row } from "./rows.ts";

function rowOf(text: string, line: number): Row {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { line, data: [], fault: "not_json", text };
  }
  if (typeof value !== "object" || value === null) return { line, data: [], fault: "not_object", text };
  return { line, data: value as Row["data"] };
}

/** The elements of the list at `path`. Throws JsonScanError where the text is no JSON. */
export async function* jsonRows(pieces: Iterable<string>, path: string): AsyncGenerator<readonly Row[]> {
  let rows: Row[] = [];
  const scan = scanJson({
    list: (found) => found.join(".") === path,
    element: (text, line) => void rows.push(rowOf(text, line)),
  });
  for (const piece of pieces) {
    scan.feed(piece);
    if (rows.length > 0) yield rows;
    rows = [];
    await new Promise(setImmediate);
  }
  scan.end();
  if (rows.length > 0) yield rows;
}

/** Ends a walk that has seen enough. */
class Seen extends Error {}

/** The first list not among `tried`, and whether its first element is an object; undefined: there is no other. */
function nextList(
  pieces: Iterable<string>,
  tried: readonly string[],
): { path: string; isRows: boolean } | undefined {
  let found: { path: string; isRows: boolean } | undefined;
  const scan = scanJson({
    list(at) {
      const path = at.join(".");
      if (tried.includes(path)) return false;
      found = { path, isRows: false };
      return true;
    },
    element(text) {
      found!.isRows = /^[{[]/.test(text);
      throw new Seen();
    },
  });
  try {
    for (const piece of pieces) scan.feed(piece);
  } catch {
    // Seen, or no JSON: who reads the rows will say so.
  }
  return found;
}

/** Lists of plain values, such as tags, that are passed over before giving up. */
const MOST_LISTS = 50;

/** The path of the list that holds the rows: the first whose elements are objects or lists. Undefined: there is no list. */
export function findList(pieces: () => Iterable<string>): string | undefined {
  const tried: string[] = [];
  while (tried.length < MOST_LISTS) {
    const list = nextList(pieces(), tried);
    if (!list) break;
    if (list.isRows) return list.path;
    tried.push(list.path);
  }
  return tried[0];
}

/** One value per line. */
export async function* jsonlRows(pieces: Iterable<string>): AsyncGenerator<readonly Row[]> {
  let line = 0;
  let rest = "";
  const take = (text: string): Row[] => {
    line++;
    return text.trim() === "" ? [] : [rowOf(text, line)];
  };
  for (const piece of pieces) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop()!;
    const rows = lines.flatMap(take);
    if (rows.length > 0) yield rows;
    await new Promise(setImmediate);
  }
  const rows = take(rest);
  if (rows.length > 0) yield rows;
}
