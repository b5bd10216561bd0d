/** Reads the file of `new --from`: YAML or JSON, one case, a list or several documents, with the place of every value. */
import type { ErrorDetail } from "../core/errors.ts";

export type Path = readonly (string | number)[];

/** One case as it stands in the file. */
export interface RawCase {
  value: unknown;
  /** Where it stands: nothing, or its place in the list. */
  path: Path;
  document: number;
}

export interface AnswersFile {
  cases: RawCase[];
  /** The file held a list or several documents. */
  isMany: boolean;
  /** Tells line and column of values; the nearest parent where one is absent. Parsing JSON again waits for a mistake. */
  placer: () => Promise<(path: Path, document: number) => { line: number; column: number }>;
}

export type ReadFile = { ok: true; file: AnswersFile } | { ok: false; problems: ErrorDetail[] };

function casesOf(documents: readonly unknown[]): RawCase[] {
  return documents.flatMap((value, document): RawCase[] =>
    Array.isArray(value)
      ? value.map((item, i) => ({ value: item, path: [i], document }))
      : value === null || value === undefined
        ? []
        : [{ value, path: [], document }],
  );
}

/** How many keys a JSON text has: every colon that stands in no string follows one. */
const keysIn = (json: string) => json.replace(/"(?:[^"\\]|\\.)*"/g, "").split(":").length;

/** JSON needs no YAML reader, until a mistake has to be placed: a key that stands twice is one. */
function readJson(text: string): unknown {
  try {
    const value = /^\s*[[{]/.test(text) ? (JSON.parse(text) as unknown) : undefined;
    return value !== undefined && keysIn(text) === keysIn(JSON.stringify(value)) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The YAML reader is loaded where it is needed: most JSON has no mistake to be placed. */
async function parse(text: string, path: string) {
  const { parseYaml } = await import("../content/yaml-file.ts");
  return parseYaml(text, path);
}

/** `path` is only named in problems. A text that is neither YAML nor JSON gives the reader's own words, with their place. */
export async function readAnswers(text: string, path: string): Promise<ReadFile> {
  const plain = text.replace(/^\uFEFF/, "");
  const json = readJson(plain);
  if (json !== undefined) {
    const placer = async () => {
      const parsed = await parse(plain, path);
      return parsed.ok ? parsed.file.place : () => ({ line: 1, column: 1 });
    };
    return { ok: true, file: { cases: casesOf([json]), isMany: Array.isArray(json), placer } };
  }
  const parsed = await parse(plain, path);
  if (!parsed.ok) return parsed;
  const documents = parsed.value;
  const isMany = documents.length > 1 || Array.isArray(documents[0]);
  return { ok: true, file: { cases: casesOf(documents), isMany, placer: async () => parsed.file.place } };
}
