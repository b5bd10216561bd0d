/** The native part of better-sqlite3. Its JavaScript is bundled; the compiled addon is found where npm put it. */
import { createRequire } from "node:module";

let addon: object | undefined;

/** The addon, loaded once. Throws Node's own error where it is missing or was compiled for another Node. */
export function nativeAddon(): object {
  addon ??= createRequire(import.meta.url)("better-sqlite3/build/Release/better_sqlite3.node") as object;
  return addon;
}
