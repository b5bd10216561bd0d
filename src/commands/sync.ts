/** `sync --folder`: meets the other seats in a shared folder; then `report`, `list` and `approve` work on the union. */
import { resolve } from "node:path";
import type { App, Run } from "../app.ts";
import { usage } from "../core/errors.ts";
import type { SyncResult } from "../move/sync-folder.ts";
import { syncFolder } from "../move/sync-folder.ts";
import { screenText } from "../ui/screen-text.ts";
import { backupFiles, storeOptions } from "./backup-files.ts";
import { writingStore } from "./case-writing.ts";
import { reviewCodes } from "./review-codes.ts";

/** What others erased must not come back from a backup of this seat. */
async function sweep(app: App, result: SyncResult): Promise<string[]> {
  if (result.erasures.length === 0) return [];
  const { eraseInFile } = await import("../store/erase.ts");
  return backupFiles(app).filter((path) => !eraseInFile(path, result.erasures, storeOptions(app)));
}

function textOf(app: App, folder: string, result: SyncResult, pending: readonly string[]): string {
  const { t } = app;
  return [
    t("move.synced", { folder, added: result.added, cases: result.cases.length, written: result.written }),
    ...(result.erasures.length > 0 ? [t("move.sync_erased", { count: result.erasures.length })] : []),
    ...pending.map((path) => t("move.erase_pending", { path })),
    ...result.ignored.map(({ path, reason }) => t("move.sync_ignored", { path, reason })),
  ]
    .map(screenText)
    .join("\n");
}

export const run: Run = async (app, { flags }) => {
  if (typeof flags.folder !== "string")
    throw usage("missing_flag", app.t("cli.error.missingArgument", { name: "--folder" }));
  const folder = resolve(flags.folder);
  const store = await writingStore(app);
  const result = syncFolder({
    store,
    folder,
    t: app.t,
    now: app.now(),
    by: app.agent,
    random: app.random,
    review: reviewCodes(app, store),
  });
  const pending = await sweep(app, result);
  if (result.erasures.length > 0 && !store.scrub()) pending.push(app.dbPath);
  const { erasures, cases, ...rest } = result;
  app.print({
    json: { folder, ...rest, cases: cases.length, erased: erasures.length, pending },
    text: () => textOf(app, folder, result, pending),
  });
};
