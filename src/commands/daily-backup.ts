/**
 * The automatic backup: at most once a day, after a command that wrote, never while anybody waits for a key. The newest
 * `backup.keep` (default 7; 0: none are made) stay.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { App } from "../app.ts";
import type { Store } from "../core/store-port.ts";
import { localDay } from "../core/working-time.ts";
import { backupFolder } from "./backup-files.ts";

const KEEP = 7;
const NAME = /^daily-\d{4}-\d{2}-\d{2}\.db$/;

/** Copying more takes seconds; it is left to a command that nobody waits for (`doctor`). */
const MOST_BYTES = 200 * 1024 * 1024;

function keepOf(app: App): number {
  return app.config.backup?.keep ?? KEEP;
}

function rotate(folder: string, keep: number): void {
  const names = readdirSync(folder)
    .filter((name) => NAME.test(name))
    .sort()
    .reverse();
  for (const name of names.slice(keep)) rmSync(join(folder, name), { force: true });
}

/** A store that was begun today has nothing yet that a day-old copy would save. */
function isOlderThan(store: Pick<Store, "query">, day: string, timeZone: string): boolean {
  const first = store.query<{ at: string }>("SELECT at FROM events ORDER BY position LIMIT 1")[0];
  return first !== undefined && localDay(Date.parse(first.at), timeZone) < day;
}

/** Where today's backup lies, or would lie. */
export function dailyPath(app: App): string {
  return join(backupFolder(app), `daily-${localDay(app.now(), app.timeZone)}.db`);
}

/**
 * Makes today's backup unless it is there. To be called when a command that wrote has printed its result; `any`: whatever
 * its size. Returns the file; undefined: nothing was to be done. Never throws: what went wrong is one line on stderr.
 */
export async function dailyBackup(app: App, store: Store, any = false): Promise<string | undefined> {
  const keep = keepOf(app);
  const path = dailyPath(app);
  if (keep === 0 || existsSync(path) || !existsSync(app.dbPath)) return undefined;
  try {
    if (!any && statSync(app.dbPath).size > MOST_BYTES) return undefined;
    if (!isOlderThan(store, localDay(app.now(), app.timeZone), app.timeZone)) return undefined;
    const folder = backupFolder(app);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { makeBackup } = await import("../store/backup.ts");
    makeBackup(app.dbPath, path, app.t);
    rotate(folder, keep);
    return path;
  } catch (error) {
    app.notice(app.t("move.daily_failed", { path, reason: (error as Error).message }));
    return undefined;
  }
}
