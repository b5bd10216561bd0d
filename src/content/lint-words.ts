/** Lints an organisation's own wordings: words of ids that exist, sentences that can be said. */
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type * as z from "zod";
import type { Script } from "../core/script.ts";
import type { Compiled, Root } from "./compile.ts";
import { lintSentence } from "./lint-sentence.ts";
import { type Problem, problemAt } from "./problem.ts";
import type { Ingredients } from "./resolve-script.ts";
import * as schema from "./schema.ts";
import { checkYaml, readYamlText } from "./yaml-file.ts";

interface Sentence {
  keys: string[];
  id: string;
  text: string;
}

interface WordFile<T> {
  name: string;
  form: z.ZodType<T>;
  /** The ids the words may be for. */
  ids: (from: Ingredients) => readonly string[];
  /** What of it is said to a customer. */
  sentences: (words: T) => Sentence[];
  /** Where its ids stand. */
  under: string[];
  keys: (words: T) => string[];
}

const file = <T>(one: WordFile<T>): WordFile<unknown> => one as WordFile<unknown>;
const idsOf = (entries: readonly { id: string }[]) => entries.map((e) => e.id);
const plain = (words: Record<string, string>): Sentence[] =>
  Object.entries(words).map(([id, text]) => ({ keys: [id], id, text }));

const FILES: readonly WordFile<unknown>[] = [
  file({
    name: "phrases.yaml",
    form: schema.texts,
    ids: (from) => idsOf(from.bank.lines),
    sentences: plain,
    under: [],
    keys: Object.keys,
  }),
  file({
    name: "side-lines.yaml",
    form: schema.sideWords,
    ids: (from) => Object.keys(from.sideLines),
    sentences: ({ lines }) => plain(lines).map((s) => ({ ...s, keys: ["lines", ...s.keys] })),
    under: ["lines"],
    keys: ({ lines }) => Object.keys(lines),
  }),
  file({
    name: "never-say.yaml",
    form: schema.neverSayWords,
    ids: (from) => idsOf(from.bank.avoid),
    sentences: (words) =>
      Object.entries(words).map(([id, { better }]) => ({ keys: [id, "better"], id, text: better })),
    under: [],
    keys: Object.keys,
  }),
  file({
    name: "tips.yaml",
    form: schema.tipWords,
    ids: (from) => idsOf(from.bank.tips),
    sentences: () => [],
    under: [],
    keys: Object.keys,
  }),
  file({
    name: "law.yaml",
    form: schema.texts,
    ids: (from) => idsOf(from.bank.law),
    sentences: () => [],
    under: [],
    keys: Object.keys,
  }),
];

/** The form's own mistakes are told where the file is read. */
function readWords<T>(path: string, form: z.ZodType<T>) {
  const text = readYamlText(path);
  const parsed = text.ok ? checkYaml(text.value, path, form) : text;
  return parsed.ok ? parsed : undefined;
}

function lintFile(path: string, one: WordFile<unknown>, from: Ingredients): Problem[] {
  const read = readWords(path, one.form);
  if (!read) return [];
  const at = (keys: string[]) => ({ path, ...read.file.place(keys) });
  const known = new Set(one.ids(from));
  const strange = one.keys(read.value).filter((id) => !known.has(id));
  return [
    ...strange.map((id) => problemAt(at([...one.under, id]), "words_for_none", { id })),
    ...one
      .sentences(read.value)
      .flatMap(({ keys, id, text }) =>
        lintSentence(id, text).map(({ code, params }) => problemAt(at(keys), code, params)),
      ),
  ];
}

/** Words of a script are for steps, choices and lines that it has. */
function lintScriptWords(path: string, script: Script | undefined): Problem[] {
  const read = readWords(path, schema.scriptWords);
  if (!read) return [];
  const none = (keys: string[]) =>
    problemAt({ path, ...read.file.place(keys) }, "words_for_none", { id: keys.at(-1)! });
  if (!script) return [none([basename(path, ".yaml")])];
  const steps = Object.entries(read.value.steps).flatMap(([key, words]) => {
    const step = script.steps.find((s) => s.key === key);
    if (!step) return [none(["steps", key])];
    const ids = new Set(step.choices?.map((c) => c.id));
    const strange = Object.keys(words.choices ?? {}).filter((id) => !ids.has(id));
    return strange.map((id) => none(["steps", key, "choices", id]));
  });
  const lines = Object.keys(read.value.lines).filter((id) => !script.lines[id]);
  return [...steps, ...lines.map((id) => none(["lines", id]))];
}

const yamlIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".yaml")) : [];

/** Every mistake in the words of `own` that the reading of it does not tell. */
export function lintWords(own: Root, { ingredients, byLocale }: Compiled): Problem[] {
  return Object.entries(ingredients).flatMap(([locale, from]) => {
    const folder = join(own.words, locale);
    const banks = FILES.flatMap((one) => lintFile(join(folder, one.name), one, from));
    const scripts = yamlIn(join(folder, "scripts")).flatMap((name) =>
      lintScriptWords(join(folder, "scripts", name), byLocale[locale]?.scripts[basename(name, ".yaml")]),
    );
    return [...banks, ...scripts];
  });
}
