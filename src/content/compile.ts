/**
 * Reads the YAML of one or two roots (the package; then an organisation's folder over it), checks it and joins it into
 * what the program reads at run time. Used by the build, and when files under COMPLAINT_HOME have changed.
 */
import { existsSync, readdirSync } from "node:fs";
import { basename, join, relative } from "node:path";
import type * as z from "zod";
import type { Taxonomies } from "../core/field.ts";
import type { Bank, LawCard, ScriptInfo, Words } from "../core/library-port.ts";
import type { Policy } from "../core/policy.ts";
import type { Line, NeverSay, Script, Tip } from "../core/script.ts";
import { contentFolder, packageFolder, readContent } from "./content-files.ts";
import { policy as policyForm, wholePolicy } from "./policy-schema.ts";
import { type Place, type Problem, problemAt } from "./problem.ts";
import { type Ingredients, type ResolveProblem, resolveScript } from "./resolve-script.ts";
import * as schema from "./schema.ts";
import { checkYaml, type FormFacts, readYamlText, type YamlFile } from "./yaml-file.ts";

/** Where the files of a root are: facts, words per language, scripts. */
export interface Root {
  data: string;
  words: string;
  scripts: string;
  /** A mistake in an organisation's file is a notice, and the packaged version stands. */
  tolerant: boolean;
  /** What the build read from the package's files, by path: at run time none of them is parsed again. */
  sources?: Sources;
}

/** Path inside the package → the checked value of the file. */
export type Sources = Readonly<Record<string, unknown>>;

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
  /** What scripts are resolved with, by language: the linter resolves with the same. */
  ingredients: Record<string, Ingredients>;
  /** The words of scripts, by language and id. */
  scriptWords: Record<string, Record<string, schema.ScriptWords>>;
  /** What was read from the package's own files. */
  sources: Sources;
  /** Mistakes in the package: the build fails. */
  problems: Problem[];
  /** Mistakes in the organisation's files: one line each. */
  notices: Problem[];
}

export function packagedRoot(folder: string): Root {
  return {
    data: join(folder, "data"),
    words: join(folder, "data", "words"),
    scripts: join(folder, "scripts"),
    tolerant: false,
  };
}

/** The package as it was built; its YAML is read only where nothing was built yet. */
export function builtRoot(): Root {
  const root = packagedRoot(packageFolder());
  const sources = readContent<Sources>(join(contentFolder(), "sources"));
  return sources ? { ...root, sources } : root;
}

/** How a file of the package is named among its sources, on every system. */
const sourceName = (root: Root, path: string): string =>
  relative(join(root.data, ".."), path).replaceAll("\\", "/");

function isThere(root: Root, path: string): boolean {
  return root.sources ? sourceName(root, path) in root.sources : existsSync(path);
}

/** The names of the YAML files in a folder. */
function yamlIn(root: Root, folder: string): string[] {
  const prefix = `${sourceName(root, folder)}/`;
  const names = root.sources
    ? Object.keys(root.sources).flatMap((p) => (p.startsWith(prefix) ? [p.slice(prefix.length)] : []))
    : existsSync(folder)
      ? readdirSync(folder)
      : [];
  return names.filter((name) => name.endsWith(".yaml") && !name.includes("/")).sort();
}

/** The languages a root has words in. */
function languagesIn(root: Root): string[] {
  if (!root.sources) return existsSync(root.words) ? readdirSync(root.words) : [];
  const prefix = `${sourceName(root, root.words)}/`;
  const paths = Object.keys(root.sources).filter((p) => p.startsWith(prefix));
  return [...new Set(paths.map((p) => p.slice(prefix.length).split("/")[0]!))];
}

export function homeRoot(home: string): Root {
  return { data: home, words: join(home, "words"), scripts: join(home, "scripts"), tolerant: true };
}

const NOWHERE: YamlFile["place"] = () => ({ line: 1, column: 1 });

/** Reads and checks files, and keeps every mistake: in the package a problem, in an organisation's folder a notice. */
function openReader() {
  const problems: Problem[] = [];
  const notices: Problem[] = [];
  const sources: Record<string, unknown> = {};
  /** Where an organisation's own entries stand, by list and id. */
  const additions = new Map<string, Place>();
  const reject = (root: Root, found: Problem[]) => void (root.tolerant ? notices : problems).push(...found);

  /** The checked value of a file; undefined where it is absent or wrong. */
  function read<T>(
    root: Root,
    path: string,
    form: z.ZodType<T>,
    facts?: FormFacts,
  ): { value: T; file: YamlFile } | undefined {
    if (!isThere(root, path)) return undefined;
    const name = sourceName(root, path);
    if (root.sources) {
      const value = root.sources[name] as T;
      return { value, file: { values: [value], place: NOWHERE } };
    }
    const text = readYamlText(path);
    const parsed = text.ok ? checkYaml(text.value, path, form, facts) : text;
    if (!parsed.ok) {
      reject(root, parsed.problems);
      return undefined;
    }
    if (!root.tolerant) sources[name] = parsed.value;
    return { value: parsed.value, file: parsed.file };
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

  /** A list of entries over all roots: a later root's entry replaces an earlier one's of the same id. */
  function list<T extends { id: string }>(roots: readonly Root[], name: string, form: z.ZodType<T[]>): T[] {
    return byId(
      roots.flatMap((root) => {
        const path = join(root.data, name);
        const found = read(root, path, form);
        if (!found) return [];
        if (root.tolerant)
          for (const [i, { id }] of found.value.entries())
            additions.set(`${name} ${id}`, { path, ...found.file.place([i]) });
        return [found.value];
      }),
    );
  }
  return { problems, notices, sources, additions, reject, read, merge, list };
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
    // What was built before has its messages compiled.
    if (root.tolerant || root.sources) continue;
    for (const file of yamlIn(root, folder)) {
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
    reader.list(roots, name, form);
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
  where: { name: string; locale: string; packaged: Root },
  facts: readonly F[],
  words: Record<string, W>,
  make: (fact: F, words: W) => R,
): R[] {
  const { name, locale, packaged } = where;
  return facts.flatMap((fact) => {
    const found = words[fact.id];
    if (found !== undefined) return [make(fact, found)];
    const own = reader.additions.get(`${name} ${fact.id}`);
    const at = own ?? { path: join(packaged.words, locale, name), line: 1, column: 1 };
    const missing = problemAt(at, "no_words", { id: fact.id, locale });
    reader.reject({ ...packaged, tolerant: own !== undefined }, [missing]);
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
  ) => worded(reader, { name, locale, packaged }, list, words, make);
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

export function describeProblem(problem: ResolveProblem, path: string, file: YamlFile): Problem {
  return problemAt({ path, ...file.place(problem.at) }, problem.code, problem.params);
}

/** What the form of a script knows of itself. */
export const FLOW_FACTS: FormFacts = { keysAt: schema.flowKeys, wrongPart: schema.wrongPart };

/** The words of every script in one language, an organisation's over the package's, sentence by sentence. */
function scriptWordsOf(
  reader: Reader,
  roots: readonly Root[],
  locale: string,
): Record<string, schema.ScriptWords> {
  const folder = (root: Root) => join(root.words, locale, "scripts");
  const names = new Set(roots.flatMap((root) => yamlIn(root, folder(root))));
  const place = (root: Root, name: string) => join(folder(root), name);
  return Object.fromEntries(
    [...names].map((name) => {
      const all = roots.flatMap((root) => reader.read(root, place(root, name), schema.scriptWords) ?? []);
      return [basename(name, ".yaml"), joinDeep(all.map((found) => found.value)) as schema.ScriptWords];
    }),
  );
}

/** The scripts of all roots in one language; a later root replaces an earlier one's script of the same id. */
function scriptsOf(
  reader: Reader,
  roots: readonly Root[],
  words: Readonly<Record<string, schema.ScriptWords>>,
  from: Ingredients,
): Record<string, Script> {
  const scripts: Record<string, Script> = {};
  for (const root of roots) {
    for (const name of yamlIn(root, root.scripts)) {
      const path = join(root.scripts, name);
      const read = reader.read(root, path, schema.flow, FLOW_FACTS);
      if (!read) continue;
      const { script, problems } = resolveScript(read.value, words[basename(name, ".yaml")], from);
      if (script.id !== basename(name, ".yaml"))
        problems.push({ at: ["id"], code: "id_is_name", params: { name } });
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

function unique(problems: Problem[]): Problem[] {
  return [...new Map(problems.map((p) => [JSON.stringify(p), p])).values()];
}

/** Reads and joins everything. The package must be without problems; an organisation's mistakes come back as notices. */
export function compileContent(roots: readonly Root[]): Compiled {
  const reader = openReader();
  const facts = factsOf(reader, roots);
  const locales = roots
    .flatMap(languagesIn)
    .filter((l) => isThere(roots[0]!, join(roots[0]!.words, l, "language.yaml")));
  const byLocale: Compiled["byLocale"] = {};
  const ingredients: Compiled["ingredients"] = {};
  const scriptWords: Compiled["scriptWords"] = {};
  for (const locale of [...new Set(locales)].sort()) {
    const from = languageOf(reader, roots, locale, facts);
    ingredients[locale] = from;
    scriptWords[locale] = scriptWordsOf(reader, roots, locale);
    const scripts = scriptsOf(reader, roots, scriptWords[locale], from);
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
    ingredients,
    scriptWords,
    sources: reader.sources,
    problems: unique(reader.problems),
    notices: unique(reader.notices),
  };
}
