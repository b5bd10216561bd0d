/** Imports files written for a test, with a home of their own. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run as importRun } from "../../src/commands/import.ts";
import { newDesk } from "../support/in-process.ts";

export const NOW = "2026-11-21T09:00:00+08:00";

export const FIXTURES = join(import.meta.dirname, "..", "fixtures", "import");

export function importDesk(now = NOW) {
  const desk = newDesk(now);
  const folder = join(desk.home, "files");
  mkdirSync(folder);
  const file = (name: string, content: string | Buffer): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  return {
    ...desk,
    folder,
    file,
    text: (name: string) => readFileSync(join(folder, name), "utf8"),
    /** `map`: the text of a map, or a preset or `auto`. */
    import: (path: string, map: string, flags: Record<string, string | boolean> = {}) => {
      const name = map.includes("\n") || map.startsWith("{") ? file("map.yaml", map) : map;
      return desk.run(importRun, [path], { map: name, ...flags });
    },
    cases: async () => {
      const store = await desk.store();
      try {
        return [...store.each({})];
      } finally {
        store.close();
      }
    },
  };
}

export type ImportDesk = ReturnType<typeof importDesk>;

/** The four numbers of a result, which must add up to its rows. */
export function counts(json: Record<string, number>) {
  const { rows, stored, unchanged, duplicates, skipped } = json;
  return { rows, stored, unchanged, duplicates, skipped, sum: stored! + unchanged! + duplicates! + skipped! };
}
