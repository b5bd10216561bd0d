/** `import`: a bundle of events from another seat; any other file needs a map (`import-mapped.ts`). */
import { closeSync, openSync, readSync } from "node:fs";
import type { App, Run } from "../app.ts";
import { badData, usage } from "../core/errors.ts";
import { systemReason } from "../core/system-reason.ts";
import type { BundleSource } from "../store/bundle.ts";
import { writingStore } from "./case-writing.ts";
import { readStdin } from "./read-text.ts";

/** Enough of a file to tell what it is. */
const HEAD = 4096;

function unreadable(app: App, path: string, error: unknown) {
  const reason = systemReason(error, app.t);
  return badData(
    "file_unreadable",
    app.t("store.file_unreadable", { path, reason }),
    app.t("store.file_unreadable_hint"),
    [{ path, message: reason }],
  );
}

function headOf(app: App, path: string): Buffer {
  try {
    const file = openSync(path, "r");
    try {
      const head = Buffer.alloc(HEAD);
      return head.subarray(0, readSync(file, head));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw unreadable(app, path, error);
  }
}

async function sourceOf(
  app: App,
  path: string,
): Promise<{ head: Buffer; source: () => Promise<BundleSource>; bytes?: Buffer }> {
  if (path !== "-") {
    const { readLines } = await import("../store/text-file.ts");
    return { head: headOf(app, path), source: async () => ({ path, lines: () => readLines(path) }) };
  }
  const { splitLines } = await import("../store/text-file.ts");
  const bytes = await readStdin(app);
  const lines = () => {
    let at = 0;
    return splitLines((buffer) => {
      const size = bytes.copy(buffer, 0, at);
      at += size;
      return size;
    });
  };
  return { head: bytes.subarray(0, HEAD), source: async () => ({ path, lines }), bytes };
}

/** Also a head that is damaged: who sent a bundle wants to hear that, not that a map is missing. */
function isBundle(head: Buffer): boolean {
  return /^\ufeff?\s*\{\s*"complaint_bundle"/.test(head.toString("utf8"));
}

async function importBundle(app: App, source: BundleSource): Promise<void> {
  const [{ takeBundle }, { reviewCodes }] = await Promise.all([
    import("../store/bundle.ts"),
    import("./review-codes.ts"),
  ]);
  const store = await writingStore(app);
  const { events, added, known, cases } = takeBundle(store, source, app.t, reviewCodes(app, store));
  const json = {
    source: source.path,
    rows: events,
    stored: added,
    unchanged: known,
    duplicates: 0,
    skipped: 0,
    cases: cases.length,
    errors: [],
    warnings: [],
  };
  app.print({ json, text: () => app.t("store.imported", { added, known, cases: cases.length }) });
}

export const run: Run = async (app, { args, flags }) => {
  const [path] = args;
  if (path === undefined)
    throw usage("missing_argument", app.t("cli.error.missingArgument", { name: "file" }));
  const { head, source, bytes } = await sourceOf(app, path);
  if (head.toString("utf8").trim() === "")
    throw badData("file_empty", app.t("store.file_empty", { path }), app.t("store.file_unreadable_hint"));
  if (isBundle(head)) return importBundle(app, await source());
  if (typeof flags.map !== "string")
    throw usage("missing_flag", app.t("store.needs_map", { path }), app.t("store.needs_map_hint"));
  const { importMapped } = await import("./import-mapped.ts");
  await importMapped(app, path, flags, bytes);
};
