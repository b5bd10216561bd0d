/** Where the compiled content is, for the bundle in `dist/` and for sources run by tests alike. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The package's own folder: the nearest one above that has a package.json. */
export function packageFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, "package.json"))) {
    const above = dirname(folder);
    if (above === folder) throw new Error("the program's own folder was not found");
    folder = above;
  }
  return folder;
}

export function contentFolder(): string {
  return join(packageFolder(), "dist", "content");
}

/**
 * A compiled JSON file by its path without an ending; undefined: there is none. What is needed rarely, or later than the
 * first question of most calls, is kept compressed: it is most of the package and unpacks in milliseconds.
 */
export function readContent<T>(path: string): T | undefined {
  if (existsSync(`${path}.json`)) return JSON.parse(readFileSync(`${path}.json`, "utf8")) as T;
  if (!existsSync(`${path}.json.gz`)) return undefined;
  const { gunzipSync } = process.getBuiltinModule("node:zlib");
  return JSON.parse(gunzipSync(readFileSync(`${path}.json.gz`)).toString()) as T;
}

/** Writes what `readContent` reads. */
export function writeContentFile(path: string, value: unknown, isCompressed: boolean): void {
  const text = JSON.stringify(value);
  const { gzipSync } = process.getBuiltinModule("node:zlib");
  if (isCompressed) writeFileSync(`${path}.json.gz`, gzipSync(text, { level: 9 }));
  else writeFileSync(`${path}.json`, text);
}

export function contentHash(value: unknown): string {
  // Loaded when first needed: most commands hash nothing.
  return process
    .getBuiltinModule("node:crypto")
    .createHash("sha256")
    .update(JSON.stringify(value))
    .digest("hex")
    .slice(0, 16);
}
