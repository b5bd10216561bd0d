/** Build step: compiles scripts and words into `dist/content`; run by `build.mjs`. Fails with every mistake named. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import MessageFormat from "@messageformat/core";
// @ts-expect-error the package ships no types for this entry
import compileModule from "@messageformat/core/compile-module.js";
import { build } from "esbuild";
import type { Line, Script } from "../core/script.ts";
import { writeCases } from "./cases/write-cases.ts";
import { compileContent, packagedRoot } from "./compile.ts";
import { contentHash, writeContentFile } from "./content-files.ts";
import { asLine } from "./problem.ts";

/** Messages that are no ICU MessageFormat, by key. */
function brokenMessages(locale: string, messages: Readonly<Record<string, string>>): string[] {
  const format = new MessageFormat(locale);
  return Object.entries(messages).flatMap(([key, text]) => {
    try {
      format.compile(text);
      return [];
    } catch (error) {
      return [`messages ${locale} ${key}: ${(error as Error).message.split("\n")[0]}`];
    }
  });
}

/** One file per area, so that a command loads only what it says. */
async function writeMessages(
  folder: string,
  locale: string,
  messages: Readonly<Record<string, string>>,
  resolveDir: string,
) {
  const areas = new Map<string, Record<string, string>>();
  for (const [key, text] of Object.entries(messages)) {
    const [area] = key.split(".") as [string];
    areas.set(area, { ...areas.get(area), [key]: text });
  }
  const runtime = JSON.stringify(join(resolveDir, "src", "content", "message-runtime.ts"));
  for (const [area, texts] of areas) {
    const compiled: string = compileModule(new MessageFormat(locale), texts);
    const contents = compiled.replace('"@messageformat/runtime"', runtime);
    await build({
      stdin: { contents, resolveDir, loader: "js" },
      bundle: true,
      format: "cjs",
      minify: true,
      charset: "utf8",
      outfile: join(folder, `${area}.cjs`),
      logLevel: "error",
    });
  }
}

function sideLinesOf(script: Script): Script["lines"] {
  const ids = Object.values(script.sides).flat();
  return Object.fromEntries(ids.map((id) => [id, script.lines[id]!]));
}

/** What `library.ts` joins with the shared part and the phrase bank again. */
function ownPart(script: Script, bank: readonly Line[]): Partial<Script> {
  const { sides, todo: _todo, tips: _tips, avoid: _avoid, lines, ...own } = script;
  const side = new Set(Object.values(sides).flat());
  const isOwn = ([id, line]: [string, Line]) => !side.has(id) && !bank.includes(line);
  return { ...own, lines: Object.fromEntries(Object.entries(lines).filter(isOwn)) };
}

/** Look-ups, and scripts of which each is used in few calls; the usual one and those of a minute's call are not. */
function isRare(name: string): boolean {
  const usual = ["good-faith", "call-back", "progress-call"].map((id) => `script-${id}`);
  return name === "bank" || (name.startsWith("script-") && !usual.includes(name));
}

/** Writes one folder per language and `common.json`. Returns the mistakes, as lines. */
export async function writeContent(packageFolder: string, target: string): Promise<string[]> {
  const compiled = compileContent([packagedRoot(packageFolder)]);
  const mistakes = [
    ...compiled.problems.map((p) => asLine(p)),
    ...Object.entries(compiled.byLocale).flatMap(([locale, c]) => brokenMessages(locale, c.messages)),
  ];
  if (mistakes.length > 0) return mistakes;
  const fresh = `${target}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  for (const [locale, content] of Object.entries(compiled.byLocale)) {
    const folder = join(fresh, locale);
    mkdirSync(folder);
    const write = (name: string, value: unknown) => writeContentFile(join(folder, name), value, isRare(name));
    write("words", content.words);
    // Scripts share most lines: they are kept once, apart from what no call needs.
    const { lines, ...bank } = content.bank;
    write("lines", lines);
    write("bank", bank);
    write("infos", content.infos);
    const scripts = Object.values(content.scripts);
    // Side lines, tips and substitutes are the same in every script of a language: they are kept once.
    const { sides, todo, tips, avoid } = scripts[0]!;
    write("shared", { sides, todo, tips, avoid, lines: sideLinesOf(scripts[0]!) });
    for (const script of scripts) write(`script-${script.id}`, ownPart(script, lines));
    await writeMessages(join(folder, "messages"), locale, content.messages, packageFolder);
  }
  const { locales, taxonomies, policy, scriptIds } = compiled;
  const common = { locales, taxonomies, policy, scriptIds };
  const sources = Object.entries(compiled.sources).filter(([path]) => !path.includes("/messages/"));
  writeContentFile(join(fresh, "sources"), Object.fromEntries(sources), true);
  // Of every word: what a home has joined with older words is made anew.
  const hash = contentHash([common, sources]);
  writeFileSync(join(fresh, "common.json"), JSON.stringify({ ...common, hash }));
  const wrongCases = writeCases(packageFolder, fresh, compiled);
  if (wrongCases.length > 0) return wrongCases;
  rmSync(target, { recursive: true, force: true });
  renameSync(fresh, target);
  return [];
}
