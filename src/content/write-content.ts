/** Build step: compiles scripts and words into `dist/content`; run by `build.mjs`. Fails with every mistake named. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import MessageFormat from "@messageformat/core";
// @ts-expect-error the package ships no types for this entry
import compileModule from "@messageformat/core/compile-module.js";
import { build } from "esbuild";
import { compileContent, packagedRoot } from "./compile.ts";
import { contentHash } from "./content-files.ts";

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

/** Writes one folder per language and `common.json`. Returns the mistakes, as lines. */
export async function writeContent(packageFolder: string, target: string): Promise<string[]> {
  const compiled = compileContent([packagedRoot(packageFolder)]);
  const mistakes = [
    ...compiled.problems.map((p) => `${p.path}:${p.line}:${p.column} ${p.message}`),
    ...Object.entries(compiled.byLocale).flatMap(([locale, c]) => brokenMessages(locale, c.messages)),
  ];
  if (mistakes.length > 0) return mistakes;
  const fresh = `${target}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  for (const [locale, content] of Object.entries(compiled.byLocale)) {
    const folder = join(fresh, locale);
    mkdirSync(folder);
    const write = (name: string, value: unknown) =>
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(value));
    write("words", content.words);
    write("bank", content.bank);
    write("infos", content.infos);
    for (const script of Object.values(content.scripts)) write(`script-${script.id}`, script);
    const messages = compileModule(new MessageFormat(locale), content.messages);
    await build({
      stdin: { contents: messages, resolveDir: packageFolder, loader: "js" },
      bundle: true,
      format: "cjs",
      minify: true,
      outfile: join(folder, "messages.cjs"),
      logLevel: "error",
    });
  }
  const { locales, taxonomies, policy, scriptIds } = compiled;
  const common = { locales, taxonomies, policy, scriptIds };
  writeFileSync(join(fresh, "common.json"), JSON.stringify({ ...common, hash: contentHash(common) }));
  rmSync(target, { recursive: true, force: true });
  renameSync(fresh, target);
  return [];
}
