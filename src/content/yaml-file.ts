/** YAML with positions: every mistake names its line and column and the form that was expected. */
import { type Document, LineCounter, parseAllDocuments } from "yaml";
import type * as z from "zod";
import type { ErrorDetail } from "../core/errors.ts";

/** Aliases a file may expand to; an "alias bomb" is refused. */
const MAX_ALIASES = 100;

export interface YamlFile {
  /** One value per document. */
  values: unknown[];
  /** Where the value at `path` of document `index` stands; the nearest parent where it is absent. */
  place: (path: readonly PropertyKey[], index?: number) => { line: number; column: number };
}

export type Parsed<T> = { ok: true; value: T; file: YamlFile } | { ok: false; problems: ErrorDetail[] };

/** Parses YAML (so JSON too). `path` is only named in the problems. */
export function parseYaml(text: string, path: string): Parsed<unknown[]> {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    stringKeys: true,
  });
  const parsed = Array.isArray(documents) ? (documents as Document[]) : [];
  const problems: ErrorDetail[] = parsed.flatMap((doc) =>
    doc.errors.map((error) => {
      const { line, col } = lines.linePos(error.pos[0]);
      return { path, line, column: col, message: error.message };
    }),
  );
  if (problems.length > 0) return { ok: false, problems };
  const values: unknown[] = [];
  for (const doc of parsed) {
    try {
      values.push(doc.toJS({ maxAliasCount: MAX_ALIASES }));
    } catch (error) {
      return { ok: false, problems: [{ path, line: 1, column: 1, message: (error as Error).message }] };
    }
  }
  const place: YamlFile["place"] = (keys, index = 0) => {
    const doc = parsed[index];
    for (let depth = keys.length; depth >= 0; depth--) {
      const node = depth === 0 ? doc?.contents : doc?.getIn(keys.slice(0, depth), true);
      const range = (node as { range?: [number, number, number] } | undefined)?.range;
      if (range) {
        const { line, col } = lines.linePos(range[0]);
        return { line, column: col };
      }
    }
    return { line: 1, column: 1 };
  };
  return { ok: true, value: values, file: { values, place } };
}

/** The problems zod found, each with its place. An unknown key is named; a union reports what was expected. */
export function placeIssues(error: z.ZodError, file: YamlFile, path: string, index = 0): ErrorDetail[] {
  return error.issues.map((issue) => {
    const keys = issue.code === "unrecognized_keys" ? [...issue.path, issue.keys[0]!] : issue.path;
    const where = keys.map(String).join(".");
    return {
      path,
      ...file.place(keys, index),
      message: where === "" ? issue.message : `${where}: ${issue.message}`,
    };
  });
}

/** Parses and checks a file of one document. */
export function checkYaml<T>(text: string, path: string, schema: z.ZodType<T>): Parsed<T> {
  const parsed = parseYaml(text, path);
  if (!parsed.ok) return parsed;
  if (parsed.value.length > 1)
    return {
      ok: false,
      problems: [{ path, ...parsed.file.place([], 1), message: "one document was expected" }],
    };
  const checked = schema.safeParse(parsed.value[0]);
  if (!checked.success) return { ok: false, problems: placeIssues(checked.error, parsed.file, path) };
  return { ok: true, value: checked.data, file: parsed.file };
}
