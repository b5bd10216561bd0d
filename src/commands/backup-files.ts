/** Where the program keeps its own backups, and what they are opened with. */
import { join } from "node:path";
import type { App } from "../app.ts";
import { filesBelow } from "../store/erase.ts";
import type { StoreOptions } from "../store/open-store.ts";
import { countryOf } from "./case-writing.ts";

/** The folder of automatic backups. */
export function backupFolder(app: App): string {
  return app.config.backup?.folder ?? join(app.home, "backups");
}

/** Every backup in it. */
export function backupFiles(app: App): string[] {
  return filesBelow(backupFolder(app)).filter((path) => path.endsWith(".db"));
}

export function storeOptions(app: App): StoreOptions & { readOnly?: false } {
  return { now: app.now, random: app.random, agent: app.agent, country: countryOf(app), t: app.t };
}

/** The moment as part of a file's name: `20261121-090000`. */
export function stamp(app: App): string {
  return app.now().toISOString().slice(0, 19).replaceAll("-", "").replace("T", "-").replaceAll(":", "");
}
