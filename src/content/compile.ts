/**
 * Reads the YAML of one or two roots (the package; then an organisation's folder over it), checks it and joins it into
 * what the program reads at run time. Used by the build, and when files under COMPLAINT_HOME have changed.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type * as z from "zod";
import type { ErrorDetail } from "../core/errors.ts";
import type { Taxonomies } from "../core/field.ts";
import type { Bank, LawCard, ScriptInfo, Words } from "../core/library-port.ts";
import type { Policy } from "../core/policy.ts";
import type { Line, NeverSay, Script, Tip } from "../core/script.ts";
import { policy as policyForm, wholePolicy } from "./policy-schema.ts";
import { type Ingredients, type ResolveProblem, resolveScript } from "./resolve-script.ts";
import * as schema from "./schema.ts";
import { checkYaml, type YamlFile } from "./yaml-file.ts";

/** Where the files of a root are: facts, words per language, scripts. */
export interface Root {
  data: string;
  words: string;
  scripts: string;
  /** A mistake in an organisation's file is a notice, and the packaged version stands. */
  tolerant: boolean;
}

export interface Compiled {
  locales: string[];
  taxonomies: Taxonomies;
  policy: Policy;
  scriptIds: string[];
  byLocale: Record<
    string,
    {
      words: Words;
      bank: Bank;
      infos: ScriptInfo[];
      scripts: Record<string, Script>;
      messages: Record<string, string>;
    }
  >;
  /** Mistakes in the package: the build fails. */
  problems: ErrorDetail[];
  /** Mistakes in the organisation's files: one line each. */
  notices: ErrorDetail[];
}

export function packagedRoot(folder: string): Root {
  return {
    data: join(folder, "data"),
    words: join(folder, "data", "words"),
    scripts: join(folder, "scripts"),
    tolerant: false,
  };
}

export function homeRoot(home: string): Root {
  return { data: home, words: join(home, "words"), scripts: join(home, "scripts"), tolerant: true };
}

/** Bigger than any sane script; an accident or an attack otherwise. */
const MAX_FILE = 2_000_000;

/** Reads and checks files, and keeps every mistake: in the package a problem, in an organisation's folder a notice. */
function openReader() {
  const problems: ErrorDetail[] = [];
  const notices: ErrorDetail[] = [];
  const reject = (root: Root, found: ErrorDetail[]) =>
    void (root.tolerant ? notices : problems).push(...found);

  /** The checked value of a file; undefined where it is absent or wrong. */
  function read<T>(root: Root, path: string, form: z.ZodType<T>): { value: T; file: YamlFile } | undefined {
    if (!existsSync(path)) return undefined;
    if (statSync(path).size > MAX_FILE) {
      reject(root, [{ path, line: 1, column: 1, message: `larger than ${MAX_FILE} bytes` }]);
      return undefined;
    }
    const parsed = checkYaml(readFileSync(path, "utf8"), path, form);
    if (parsed.ok) return { value: parsed.value, file: parsed.file };
    reject(root, parsed.problems);
    return undefined;
  }

  /** One file over all roots, joined by `joinAll`. */
  function merge<T>(
    roots: readonly Root[],
    place: (root: Root) => string,
    form: z.ZodType<T>,
    joinAll: (all: T[]) => T,
  ): T {
    return joinAll(
      roots.flatMap((root) => {
        const found = read(root, place(root), form);
        return found ? [found.value] : [];
      }),
    );
  }
  return { problems, notices, reject, read, merge };
}
type Reader = ReturnType<typeof openReader>;

const byId = <T extends { id: string }>(lists: T[][]): T[] => [
  ...new Map(lists.flat().map((item) => [item.id, item])).values(),
];
const assign = <T extends object>(all: T[]): T => Object.assign({}, ...all) as T;

function joinTaxonomies(all: Record<string, string[]>[]): Record<string, string[]> {
  const joined: Record<string, string[]> = {};
  for (const one of all)
    for (const [name, ids] of Object.entries(one))
      joined[name] = [...new Set([...(joined[name] ?? []), ...ids])];
  return joined;
}

function joinNested<T>(all: Record<string, Record<string, T>>[]): Record<string, Record<string, T>> {
  const joined: Record<string, Record<string, T>> = {};
  for (const one of all)
    for (const [name, values] of Object.entries(one)) joined[name] = { ...joined[name], ...values };
  return joined;
}

/** Objects are joined key by key, everything else is replaced. */
function joinDeep(all: unknown[]): unknown {
  return all.reduce((below, above) => {
    const plain = (v: unknown) => typeof v === "object" && v !== null && !Array.isArray(v);
    if (!plain(below) || !plain(above)) return above;
    const result: Record<string, unknown> = { ...(below as object) };
    for (const [key, value] of Object.entries(above as object))
      result[key] = key in result ? joinDeep([result[key], value]) : value;
    return result;
  }, {} as unknown);
}

const plainChannels = <T extends { ch: string[] }>(facts: T) => ({
  ...facts,
  ch: facts.ch.filter((c) => c !== "any"),
});

function messagesOf(reader: Reader, roots: readonly Root[], locale: string): Record<string, string> {
  const messages: Record<string, string> = {};
  for (const root of roots) {
    const folder = join(root.words, locale, "messages");
    if (root.tolerant || !existsSync(folder)) continue;
    for (const file of readdirSync(folder)
      .filter((f) => f.endsWith(".yaml"))
      .sort()) {
      const read = reader.read(root, join(folder, file), schema.texts);
      for (const [key, text] of Object.entries(read?.value ?? {}))
        messages[`${basename(file, ".yaml")}.${key}`] = text;
    }
  }
  return messages;
}

type Facts = ReturnType<typeof factsOf>;

/** The files that hold in every language. */
function factsOf(reader: Reader, roots: readonly Root[]) {
  const list = <T extends { id: string }>(name: string, form: z.ZodType<T[]>) =>
    reader.merge(roots, (r) => join(r.data, name), form, byId);
  return {
    taxonomies: reader.merge(
      roots,
      (r) => join(r.data, "taxonomies.yaml"),
      schema.taxonomies,
      joinTaxonomies,
    ),
    policy: wholePolicy(
      reader.merge(
        roots,
        (r) => join(r.data, "policy.yaml"),
        policyForm as z.ZodType<Record<string, unknown>>,
        (all) => joinDeep(all) as Record<string, unknown>,
      ),
    ),
    phrases: list("phrases.yaml", schema.phrases),
    sideLines: list("side-lines.yaml", schema.sideLines),
    neverSay: list("never-say.yaml", schema.neverSay),
    tips: list("tips.yaml", schema.tips),
    law: list("law.yaml", schema.law),
  };
}

/** A fact of the list with its words; where they are missing the package is wrong, and an addition is passed over. */
function worded<F extends { id: string }, W, R>(
  reader: Reader,
  root: Root,
  where: string,
  facts: readonly F[],
  words: Record<string, W>,
  make: (fact: F, words: W) => R,
): R[] {
  return facts.flatMap((fact) => {
    const found = words[fact.id];
    if (found !== undefined) return [make(fact, found)];
    reader.reject(root, [{ path: where, line: 1, column: 1, message: `${fact.id}: words are missing` }]);
    return [];
  });
}

function languageOf(reader: Reader, roots: readonly Root[], locale: string, facts: Facts) {
  const from = <T>(name: string, form: z.ZodType<T>, joinAll: (all: T[]) => T) =>
    reader.merge(roots, (r) => join(r.words, locale, name), form, joinAll);
  const packaged = roots[0]!;
  const join_ = <F extends { id: string }, W, R>(
    name: string,
    list: readonly F[],
    words: Record<string, W>,
    make: (f: F, w: W) => R,
  ) => worded(reader, packaged, join(packaged.words, locale, name), list, words, make);
  const language = from("language.yaml", schema.language, assign);
  const words: Words = {
    locale,
    ...language,
    labels: from("labels.yaml", schema.labels, joinNested),
    fields: from("fields.yaml", schema.fieldWords, assign) as Words["fields"],
  };
  const side = from("side-lines.yaml", schema.sideWords, (all) => ({
    lines: assign(all.map((a) => a.lines)),
    todo: assign(all.map((a) => a.todo)),
  }));
  const bank: Bank = {
    lines: join_(
      "phrases.yaml",
      facts.phrases,
      from("phrases.yaml", schema.texts, assign),
      (f, text) => ({ ...plainChannels(f), text }) as Line,
    ),
    tips: join_(
      "tips.yaml",
      facts.tips,
      from("tips.yaml", schema.tipWords, assign),
      (f, w) => ({ ...plainChannels(f), ...w }) as Tip,
    ),
    avoid: join_(
      "never-say.yaml",
      facts.neverSay,
      from("never-say.yaml", schema.neverSayWords, assign),
      (f, w) => ({ ...f, ...w }) as NeverSay,
    ),
    law: join_(
      "law.yaml",
      facts.law,
      from("law.yaml", schema.texts, assign),
      (f, text) => ({ ...f, text }) as LawCard,
    ),
  };
  const sideLines = join_("side-lines.yaml", facts.sideLines, side.lines, (f, text) => ({
    ...plainChannels(f),
    stage: "any",
    text,
  }));
  const sides: Record<string, string[]> = {};
  for (const line of sideLines) sides[line.side] = [...(sides[line.side] ?? []), line.id];
  const ingredients: Ingredients = {
    words,
    bank,
    sides,
    sideLines: Object.fromEntries(sideLines.map(({ side: _, ...line }) => [line.id, line as Line])),
    todo: side.todo,
    taxonomies: facts.taxonomies,
  };
  return ingredients;
}

/** How a problem of joining reads; authors' errors are English like the keys they concern. */
const PROBLEM_TEXT: Record<string, (p: Record<string, string>) => string> = {
  unknown_line: (p) => `say: no line, phrase or move "${p.id}" in this stage`,
  unknown_avoid: (p) => `avoid: no never-say entry "${p.id}"`,
  unknown_tip: (p) => `tip: no calming tip "${p.id}"`,
  no_ask: (p) => `${p.key}: no question in ${p.locale}`,
  line_words: (p) => `line ${p.id}: no words in ${p.locale}`,
  no_choices: (p) => `${p.key}: nothing to choose from`,
};

export function describeProblem(problem: ResolveProblem, path: string, file: YamlFile): ErrorDetail {
  return { path, ...file.place(problem.at), message: PROBLEM_TEXT[problem.code]!(problem.params) };
}

/** The scripts of all roots in one language; a later root replaces an earlier one's script of the same id. */
function scriptsOf(
  reader: Reader,
  roots: readonly Root[],
  locale: string,
  from: Ingredients,
): Record<string, Script> {
  const scripts: Record<string, Script> = {};
  for (const root of roots) {
    if (!existsSync(root.scripts)) continue;
    for (const name of readdirSync(root.scripts)
      .filter((f) => f.endsWith(".yaml"))
      .sort()) {
      const path = join(root.scripts, name);
      const read = reader.read(root, path, schema.flow);
      if (!read) continue;
      const words = reader.read(root, join(root.words, locale, "scripts", name), schema.scriptWords);
      const { script, problems } = resolveScript(read.value, words?.value, from);
      if (script.id !== basename(name, ".yaml"))
        problems.push({ at: ["id"], code: "unknown_line", params: { id: script.id } });
      if (problems.length > 0)
        reader.reject(
          root,
          problems.map((p) => describeProblem(p, path, read.file)),
        );
      else scripts[script.id] = script;
    }
  }
  return scripts;
}

function unique(details: ErrorDetail[]): ErrorDetail[] {
  return [...new Map(details.map((d) => [JSON.stringify(d), d])).values()];
}

/** Reads and joins everything. The package must be without problems; an organisation's mistakes come back as notices. */
export function compileContent(roots: readonly Root[]): Compiled {
  const reader = openReader();
  const facts = factsOf(reader, roots);
  const locales = roots
    .flatMap((r) => (existsSync(r.words) ? readdirSync(r.words) : []))
    .filter((l) => existsSync(join(roots[0]!.words, l, "language.yaml")));
  const byLocale: Compiled["byLocale"] = {};
  for (const locale of [...new Set(locales)].sort()) {
    const from = languageOf(reader, roots, locale, facts);
    const scripts = scriptsOf(reader, roots, locale, from);
    const infos = Object.values(scripts).map(({ id, title, about, kind, switches }) => ({
      id,
      title,
      about,
      kind,
      switches,
    }));
    byLocale[locale] = {
      words: from.words,
      bank: from.bank,
      infos,
      scripts,
      messages: messagesOf(reader, roots, locale),
    };
  }
  const scriptIds = [...new Set(Object.values(byLocale).flatMap((l) => Object.keys(l.scripts)))].sort();
  return {
    locales: Object.keys(byLocale),
    taxonomies: facts.taxonomies,
    policy: facts.policy,
    scriptIds,
    byLocale,
    problems: unique(reader.problems),
    notices: unique(reader.notices),
  };
}

/** The ingredients for checking one author's file against the present content. */
export function ingredientsOf(roots: readonly Root[], locale: string): Ingredients {
  const reader = openReader();
  return languageOf(reader, roots, locale, factsOf(reader, roots));
}
