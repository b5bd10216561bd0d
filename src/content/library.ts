/**
 * The library at run time: compiled JSON, read when first asked for. YAML and zod are loaded only where files under
 * COMPLAINT_HOME have changed; the joined result is kept there, so that the first question of a call needs neither.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { ErrorDetail } from "../core/errors.ts";
import type { Taxonomies } from "../core/field.ts";
import type { Bank, Library, ScriptInfo, Translate, Words } from "../core/library-port.ts";
import type { Locale } from "../core/locale.ts";
import type { Policy } from "../core/policy.ts";
import type { Line, Script } from "../core/script.ts";
import type { Compiled } from "./compile.ts";
import { contentFolder, contentHash, readContent } from "./content-files.ts";

interface Common {
  locales: string[];
  taxonomies: Taxonomies;
  policy: Policy;
  scriptIds: string[];
  hash: string;
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, "utf8")) as T;
}

/** A reader of JSON files that reads each once. */
function jsonFolder(folder: string): <T>(name: string) => T | undefined {
  const known = new Map<string, unknown>();
  return <T>(name: string) => {
    if (!known.has(name)) known.set(name, readContent(join(folder, name)));
    return known.get(name) as T | undefined;
  };
}

const OVERRIDE_FILES = ["taxonomies", "policy", "phrases", "side-lines", "never-say", "tips", "law"];

/** Name, size and time of every file of the organisation's own; empty: there is none. */
function overrideStamp(home: string): string {
  const stamps: string[] = [];
  const stamp = (path: string) => {
    const { size, mtimeMs } = statSync(path);
    stamps.push(`${path}:${size}:${mtimeMs}`);
  };
  const walk = (folder: string, depth: number) => {
    if (!existsSync(folder)) return;
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && depth > 0) walk(path, depth - 1);
      else if (entry.isFile() && entry.name.endsWith(".yaml")) stamp(path);
    }
  };
  for (const name of OVERRIDE_FILES)
    if (existsSync(join(home, `${name}.yaml`))) stamp(join(home, `${name}.yaml`));
  walk(join(home, "scripts"), 0);
  walk(join(home, "words"), 2);
  return stamps.sort().join("\n");
}

type Joined = Pick<Compiled, "locales" | "taxonomies" | "policy" | "scriptIds"> & {
  byLocale: Record<string, Omit<Compiled["byLocale"][string], "messages">>;
  notices: ErrorDetail[];
  key: string;
};

/** Keeps the joined content in the home; a home that cannot be written to costs only time. */
function keepJoined(path: string, joined: Joined): void {
  try {
    mkdirSync(join(path, ".."), { recursive: true, mode: 0o700 });
    writeFileSync(`${path}.tmp`, JSON.stringify(joined), { mode: 0o600 });
    renameSync(`${path}.tmp`, path);
    chmodSync(path, 0o600);
  } catch {
    // Reading goes on with what was joined in memory.
  }
}

async function joinOverrides(home: string, common: Common): Promise<Joined | undefined> {
  const stamp = overrideStamp(home);
  if (stamp === "") return undefined;
  const key = contentHash([common.hash, stamp]);
  const path = join(home, "cache", "content.json");
  try {
    const kept = readJson<Joined>(path);
    if (kept.key === key) return kept;
  } catch {
    // Absent or damaged: it is made anew.
  }
  const { builtRoot, compileContent, homeRoot } = await import("./compile.ts");
  const compiled = compileContent([builtRoot(), homeRoot(home)]);
  const byLocale: Joined["byLocale"] = {};
  for (const [locale, { messages: _, ...content }] of Object.entries(compiled.byLocale))
    byLocale[locale] = content;
  const { locales, taxonomies, policy, scriptIds } = compiled;
  const { notices } = compiled;
  const joined: Joined = { locales, taxonomies, policy, scriptIds, byLocale, notices, key };
  keepJoined(path, joined);
  return joined;
}

type SharedPart = Pick<Script, "sides" | "todo" | "tips" | "avoid" | "lines">;

/** The whole script: with the side lines, tips and substitutes of every script, and the phrases that its steps name. */
function wholeScript(own: Script, shared: SharedPart, bank: readonly Line[]): Script {
  const named = new Set(own.steps.flatMap((step) => step.say ?? []));
  const phrases = bank.filter(({ id }) => named.has(id) && !own.lines[id]);
  const lines = Object.fromEntries(phrases.map((line) => [line.id, line]));
  return { ...shared, ...own, lines: { ...lines, ...own.lines, ...shared.lines } };
}

function packagedLibrary(common: Common): Library {
  const folders = new Map(common.locales.map((l) => [l, jsonFolder(join(contentFolder(), l))]));
  const read = <T>(locale: Locale, name: string) => {
    const value = folders.get(locale)?.<T>(name);
    if (value === undefined) throw new Error(`the package has no ${name} in ${locale}`);
    return value;
  };
  // A file of many cases asks for the same script for each of them.
  const made = new Map<string, Script>();
  const script = (id: string, locale: Locale): Script => {
    const key = `${locale}/${id}`;
    let whole = made.get(key);
    if (!whole) {
      whole = wholeScript(read(locale, `script-${id}`), read(locale, "shared"), read(locale, "lines"));
      made.set(key, whole);
    }
    return whole;
  };
  return {
    locales: () => common.locales,
    words: (locale) => read<Words>(locale, "words"),
    bank: (locale) => ({
      ...read<Omit<Bank, "lines">>(locale, "bank"),
      lines: read<Line[]>(locale, "lines"),
    }),
    scriptIds: () => common.scriptIds,
    scriptInfos: (locale) => read<ScriptInfo[]>(locale, "infos"),
    script: (id, locale) =>
      common.scriptIds.includes(id) && folders.has(locale) ? script(id, locale) : undefined,
    taxonomies: () => common.taxonomies,
    policy: () => common.policy,
    notices: () => [],
  };
}

/** The library with an organisation's additions from `home`, if it has any. */
export async function loadLibrary(home: string): Promise<Library> {
  const common = readJson<Common>(join(contentFolder(), "common.json"));
  const joined = existsSync(home) ? await joinOverrides(home, common) : undefined;
  if (!joined) return packagedLibrary(common);
  const of = (locale: Locale) => joined.byLocale[locale]!;
  return {
    locales: () => joined.locales,
    words: (locale) => of(locale).words,
    bank: (locale) => of(locale).bank,
    scriptIds: () => joined.scriptIds,
    scriptInfos: (locale) => of(locale).infos,
    script: (id, locale) => of(locale).scripts[id],
    taxonomies: () => joined.taxonomies,
    policy: () => joined.policy,
    notices: () => joined.notices,
  };
}

/** Every language of the package; needed before anything else is, so it reads folder names only. */
export function packagedLocales(): Locale[] {
  return readdirSync(contentFolder(), { withFileTypes: true })
    .filter((e) => e.isDirectory())
    .map((e) => e.name)
    .sort();
}

type Messages = Record<string, (params: object) => string>;

/** Says `area.key` in `locale`; an area is loaded with its first message. A key that is missing is a bug and throws. */
export function loadMessages(locale: Locale): Translate {
  const load = createRequire(import.meta.url);
  const areas = new Map<string, Messages>();
  const areaOf = (name: string): Messages => {
    const known = areas.get(name);
    if (known) return known;
    const path = join(contentFolder(), locale, "messages", `${name}.cjs`);
    const area = existsSync(path) ? (load(path) as { default: Messages }).default : {};
    areas.set(name, area);
    return area;
  };
  return (key, params = {}) => {
    const say = areaOf(key.slice(0, key.indexOf(".")))[key];
    if (!say) throw new Error(`no message "${key}" in ${locale}`);
    return say(params);
  };
}
