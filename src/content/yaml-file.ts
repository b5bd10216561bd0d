/** YAML with positions: every mistake names its line and column and the form that was expected. */
import { readFileSync, statSync } from "node:fs";
import { type Document, LineCounter, parseAllDocuments, type YAMLParseError, type YAMLWarning } from "yaml";
import type * as z from "zod";
import { type Place, type Problem, problemAt } from "./problem.ts";

/** Aliases a file may expand to; an "alias bomb" is refused. */
const MAX_ALIASES = 100;
/** Deeper than any sane file; an accident or an attack otherwise. */
const MAX_DEPTH = 40;
/** Bigger than any sane file of words. */
const MAX_BYTES = 2_000_000;

export interface YamlFile {
  /** One value per document. */
  values: unknown[];
  /** Where the value at `path` of document `index` stands; the nearest parent where it is absent. */
  place: (path: readonly PropertyKey[], index?: number) => { line: number; column: number };
}

export type Parsed<T> = { ok: true; value: T; file: YamlFile } | { ok: false; problems: Problem[] };

/** What a form knows of itself, so that a mistake is named where it is and with what was expected. */
export interface FormFacts {
  /** Keys that may stand at a place. */
  keysAt?: (path: readonly PropertyKey[]) => readonly string[] | undefined;
  /** Where inside the value at `path`, which fits none of several shapes, the mistake is. */
  wrongPart?: (path: readonly PropertyKey[], value: unknown) => PropertyKey[];
}

const failed = (problem: Problem) => ({ ok: false as const, problems: [problem] });

/** The text of a file, or why it is none. */
export function readYamlText(path: string): { ok: true; value: string } | { ok: false; problems: Problem[] } {
  const top = { path, line: 1, column: 1 };
  try {
    const { size } = statSync(path);
    if (size > MAX_BYTES) return failed(problemAt(top, "too_large", { most: String(MAX_BYTES) }));
    const text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
    return text.includes("\0") ? failed(problemAt(top, "not_text")) : { ok: true, value: text };
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall !== undefined) return failed(problemAt(top, "unreadable", { reason: code ?? "" }));
    return failed(problemAt(top, "not_text"));
  }
}

/** How the reader's own names for mistakes are said; all others as "no YAML". */
const SYNTAX: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "tab",
  BAD_INDENT: "indent",
  DUPLICATE_KEY: "key_twice",
  MISSING_CHAR: "not_closed",
  BAD_ALIAS: "alias",
  NON_STRING_KEY: "key_no_text",
  TAG_RESOLVE_FAILED: "tag",
  BAD_COLLECTION_TYPE: "tag",
  MULTILINE_IMPLICIT_KEY: "indent",
  BLOCK_AS_IMPLICIT_KEY: "indent",
  BLOCK_IN_FLOW: "indent",
};

/** A key whose colon was typed full-wide, as input methods do. */
const WIDE_COLON = /^[\s-]*[A-Za-z_][\w-]*：/;

function syntaxCode({ code, message }: Pick<YAMLParseError, "code" | "message">): string {
  if (/\btabs?\b/i.test(message)) return "tab";
  return /^Flow .*must be sufficiently indented/.test(message) ? "not_closed" : (SYNTAX[code] ?? "yaml");
}

/** What follows the first mistake of form is mostly its consequence. */
function withoutConsequences(problems: Problem[]): Problem[] {
  const first = problems.findIndex((p) => p.code !== "key_twice");
  return first < 0 ? problems : problems.slice(0, first + 1);
}

/** Why a document has no value: an alias without its anchor, or more of them than any file needs. */
function aliasProblem(error: unknown, text: string, lines: LineCounter, path: string): Problem {
  const name = /Unresolved alias[^:]*: (\S+)/.exec((error as Error).message)?.[1];
  if (name === undefined) return problemAt({ path, line: 1, column: 1 }, "aliases");
  const { line, col } = lines.linePos(Math.max(0, text.indexOf(`*${name}`)));
  return problemAt({ path, line, column: col }, "alias");
}

/** Whether a value is nested deeper than files are, or holds itself. */
function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((v) => (typeof v === "object" && v !== null ? Object.values(v) : []));
  }
  return false;
}

/** Brackets within brackets, counted before they are parsed: a parser that recurses would run out of stack. */
function isBracketed(text: string): boolean {
  let open = 0;
  for (const mark of text.match(/[[\]{}]/g) ?? []) {
    open += mark === "[" || mark === "{" ? 1 : -1;
    if (open > 20 * MAX_DEPTH) return true;
  }
  return false;
}

function placer(documents: readonly Document[], lines: LineCounter): YamlFile["place"] {
  return (keys, index = 0) => {
    const doc = documents[index];
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
}

/** Parses YAML (so JSON too). `path` is only named in the problems. */
export function parseYaml(text: string, path: string): Parsed<unknown[]> {
  const top: Place = { path, line: 1, column: 1 };
  if (isBracketed(text)) return failed(problemAt(top, "too_deep"));
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    stringKeys: true,
    logLevel: "silent",
  });
  const parsed = Array.isArray(documents) ? (documents as Document[]) : [];
  const problems = parsed.flatMap((doc) =>
    [...doc.errors, ...doc.warnings].map((error: YAMLParseError | YAMLWarning) => {
      const { line, col } = lines.linePos(error.pos[0]);
      const isWide = WIDE_COLON.test(text.split("\n")[line - 1] ?? "");
      return problemAt({ path, line, column: col }, isWide ? "wide_colon" : syntaxCode(error));
    }),
  );
  if (problems.length > 0) return { ok: false, problems: withoutConsequences(problems) };
  const values: unknown[] = [];
  for (const doc of parsed) {
    try {
      values.push(doc.toJS({ maxAliasCount: MAX_ALIASES }));
    } catch (error) {
      return failed(aliasProblem(error, text, lines, path));
    }
  }
  if (values.some(isTooDeep)) return failed(problemAt(top, "too_deep"));
  return { ok: true, value: values, file: { values, place: placer(parsed, lines) } };
}

const TYPES: Readonly<Record<string, string>> = {
  string: "text",
  number: "number",
  int: "number",
  boolean: "boolean",
  array: "list",
  tuple: "list",
  object: "map",
  record: "map",
};

const listed = (values: readonly unknown[]): string => values.map(String).join(", ");

/** The shapes that can be described; anything else is only said to be of the wrong one. */
function shapeOf(path: readonly PropertyKey[]): string {
  if (path.includes("when")) return "condition";
  const name = String(path.at(-1) ?? "");
  if (name === "choices") return "choices";
  return ["title", "about", "ask", "help", "text"].includes(name) ? "text" : "other";
}

/** One issue of zod: its code among our messages, with what they need. */
function describe(
  issue: z.core.$ZodIssue,
  path: readonly PropertyKey[],
  facts: FormFacts,
): [string, Record<string, string>] {
  const where = path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    const known = facts.keysAt?.(issue.path);
    const key = [...issue.path.map(String), issue.keys[0]!].join(".");
    // A part of a sentence, cut off by its comma.
    if (WIDE_COLON.test(issue.keys[0]!)) return ["wide_colon", {}];
    if (!/^[\w.-]+$/.test(issue.keys[0]!)) return ["unquoted", { key: where, words: issue.keys[0]! }];
    return known ? ["unknown_key", { key, known: listed(known) }] : ["stray_key", { key }];
  }
  if (issue.code === "invalid_type") {
    if (/received undefined/.test(issue.message)) return ["missing", { key: where }];
    const type = TYPES[issue.expected] ?? "other";
    return where === "" ? ["file_type", { type }] : ["type", { key: where, type }];
  }
  if (issue.code === "invalid_value") return ["value", { key: where, values: listed(issue.values) }];
  if (issue.code === "too_small" || issue.code === "too_big") {
    if (issue.origin === "string") return ["text_empty", { key: where }];
    const bound = issue.code === "too_small" ? issue.minimum : issue.maximum;
    const what = issue.origin === "array" ? "length" : "number";
    return [`${issue.code}_${what}`, { key: where, bound: String(bound) }];
  }
  if (issue.code === "invalid_format" || issue.code === "custom")
    return ["form", { key: where, form: issue.message }];
  if (issue.code === "invalid_key") return ["key_form", { key: where }];
  return ["shape", { key: where, shape: shapeOf(path) }];
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);
}

/** The problems zod found, each with its place: an unknown key where it stands, a missing one where it should. */
export function placeIssues(
  error: z.ZodError,
  file: YamlFile,
  path: string,
  facts: FormFacts = {},
): Problem[] {
  return error.issues.map((issue) => {
    const inner =
      issue.code === "invalid_union" && facts.wrongPart
        ? facts.wrongPart(issue.path, valueAt(file.values[0], issue.path))
        : issue.path;
    const keys = issue.code === "unrecognized_keys" ? [...inner, issue.keys[0]!] : inner;
    const [code, params] = describe(issue, inner, facts);
    return problemAt({ path, ...file.place(keys) }, code, params);
  });
}

/** Parses and checks a file of one document. */
export function checkYaml<T>(text: string, path: string, schema: z.ZodType<T>, facts?: FormFacts): Parsed<T> {
  const parsed = parseYaml(text, path);
  if (!parsed.ok) return parsed;
  const { values, place } = parsed.file;
  if (values.length > 1) return failed(problemAt({ path, ...place([], 1) }, "one_document"));
  if (values[0] === undefined || values[0] === null)
    return failed(problemAt({ path, line: 1, column: 1 }, "empty"));
  const checked = schema.safeParse(values[0]);
  if (!checked.success) return { ok: false, problems: placeIssues(checked.error, parsed.file, path, facts) };
  return { ok: true, value: checked.data, file: parsed.file };
}
