/** Where the compiled content is, for the bundle in `dist/` and for sources run by tests alike. */
import { existsSync } from "node:fs";
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

export function contentHash(value: unknown): string {
  // Loaded when first needed: most commands hash nothing.
  return process
    .getBuiltinModule("node:crypto")
    .createHash("sha256")
    .update(JSON.stringify(value))
    .digest("hex")
    .slice(0, 16);
}
