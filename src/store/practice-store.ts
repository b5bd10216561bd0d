/** Practice has a database of its own, of the same form; no report, list or sync ever opens it. */
import { join } from "node:path";
import type { Store } from "../core/store-port.ts";
import { openStore, type StoreOptions } from "./open-store.ts";

export function practicePath(home: string): string {
  return join(home, "practice.db");
}

/** For writing. The home is made only where `options.create` says so. */
export function openPractice(home: string, options: StoreOptions & { readOnly?: false }): Store {
  return openStore(practicePath(home), options);
}

/** For reading; undefined: nobody has practised yet. */
export function readPractice(home: string, options: Omit<StoreOptions, "readOnly">): Store | undefined {
  return openStore(practicePath(home), { ...options, readOnly: true });
}
