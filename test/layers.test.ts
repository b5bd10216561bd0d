/** The layer rule: who may know whom. A new import across a line fails with the file and what it may import. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

const SRC = join(import.meta.dirname, "..", "src");

/** Folder → what it may import: other folders, then packages. `*`: everything. */
const MAY: Readonly<Record<string, { folders: string[]; packages: string[] }>> = {
  core: {
    folders: ["core"],
    packages: ["zod", "date-fns", "@date-fns/tz", "libphonenumber-js", "chinese-days", "date-holidays"],
  },
  content: {
    folders: ["content", "core"],
    packages: ["yaml", "zod", "esbuild", "@messageformat/core", "@messageformat/runtime", "opencc-js"],
  },
  check: { folders: ["check", "core"], packages: ["yaml", "opencc-js"] },
  store: { folders: ["store", "core"], packages: ["better-sqlite3"] },
  ui: {
    folders: ["ui", "core"],
    packages: ["@inquirer/core", "@inquirer/prompts", "chalk", "fast-string-width", "fast-wrap-ansi"],
  },
  report: {
    folders: ["report", "core", "ui"],
    packages: ["echarts", "csv-stringify", "write-excel-file", "fast-string-width"],
  },
  forms: { folders: ["forms", "core"], packages: [] },
  demo: { folders: ["demo", "core", "call", "content"], packages: [] },
  move: {
    folders: ["move", "core", "content", "store"],
    packages: [
      "csv-parse",
      "csv-stringify",
      "read-excel-file",
      "iconv-lite",
      "chardet",
      "date-fns",
      "@date-fns/tz",
      "zod",
      "yaml",
    ],
  },
  call: { folders: ["call", "core", "content", "app"], packages: ["chrono-node", "yaml"] },
  practice: {
    folders: ["practice", "call", "core", "content", "check", "store", "ui", "app"],
    packages: ["ts-fsrs", "yaml", "zod"],
  },
};

/** Only these folders may use these packages. */
const OWNERS: Readonly<Record<string, string[]>> = {
  "better-sqlite3": ["store", "version"],
  commander: ["", "commands"],
  echarts: ["report"],
  "@inquirer/core": ["ui"],
};

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? sources(path) : path.endsWith(".ts") ? [path] : [];
  });
}

const folderOf = (path: string) => {
  const inside = relative(SRC, path).split("/");
  return inside.length > 1 ? inside[0]! : inside[0]!.replace(/\.ts$/, "");
};

/** Every static and dynamic import; `import type` counts too: a type is knowledge. */
function importsOf(path: string): string[] {
  const text = readFileSync(path, "utf8");
  const statements = text.matchAll(/^(?:import|export)\b[^"';]*?from\s+"([^"]+)"|\bimport\(\s*"([^"]+)"/gm);
  return [...statements].map((m) => m[1] ?? m[2]!);
}

const packageOf = (name: string) =>
  name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");

function faults(path: string): string[] {
  const folder = folderOf(path);
  const may = MAY[folder];
  return importsOf(path).flatMap((name) => {
    const where = relative(SRC, path);
    if (name.startsWith("node:")) return [];
    if (name.startsWith(".")) {
      const target = folderOf(join(dirname(path), name));
      return may && !may.folders.includes(target)
        ? [`${where} imports ${target}; ${folder} may import ${may.folders.join(", ")}`]
        : [];
    }
    const pack = packageOf(name);
    const owners = OWNERS[pack];
    const inside = relative(SRC, path).includes("/") ? folder : "";
    if (owners && !owners.includes(inside) && inside !== "")
      return [`${where} imports ${pack}, which belongs to ${owners.join(", ")}`];
    return may && !may.packages.includes(pack)
      ? [`${where} imports ${pack}; ${folder} may import ${may.packages.join(", ")}`]
      : [];
  });
}

test("no file imports across the layers", () => {
  expect(sources(SRC).flatMap(faults)).toEqual([]);
});

test("every folder under src has its line in the rule", () => {
  const folders = readdirSync(SRC).filter((name) => statSync(join(SRC, name)).isDirectory());
  expect(folders.filter((f) => f !== "commands" && !MAY[f])).toEqual([]);
});
