/** The native part of better-sqlite3. Its JavaScript is bundled; the compiled addon is found where npm put it. */
import { createRequire } from "node:module";

interface Addon {
  Database: { prototype: { prepare: Make } };
  Statement: { prototype: { iterate: Make } };
}
type Make = (this: object, ...given: unknown[]) => object;

let addon: Addon | undefined;

/** From this on (24.19) Node aborts where an object of the addon is collected while no JavaScript runs. */
const ABORTS_FROM = 24;
const kept = new Set<object>();

/** Whatever `method` makes, and what it was made by, stays until the process ends: a statement, a connection. */
function keepAll<Name extends string>(owner: Record<Name, Make>, method: Name): void {
  const make = owner[method];
  owner[method] = function (...given) {
    const made = make.apply(this, given);
    kept.add(this).add(made);
    return made;
  };
}

/** The addon, loaded once. Throws Node's own error where it is missing or was compiled for another Node. */
export function nativeAddon(): object {
  if (!addon) {
    addon = createRequire(import.meta.url)("better-sqlite3/build/Release/better_sqlite3.node") as Addon;
    if (Number.parseInt(process.versions.node, 10) >= ABORTS_FROM) {
      keepAll(addon.Database.prototype, "prepare");
      keepAll(addon.Statement.prototype, "iterate");
    }
  }
  return addon;
}
