/** `restore FILE`: puts a backup back, unless it is bad, the store is in use, or newer cases would be lost. */
import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { App, Run } from "../app.ts";
import { refused, usage } from "../core/errors.ts";
import type { CaseEvent } from "../core/event.ts";
import { checkBackup, erasuresOf, lossBy, putBack, takeAlone } from "../store/backup.ts";
import { storeError } from "../store/store-error.ts";
import { backupFolder, stamp, storeOptions } from "./backup-files.ts";

interface Present {
  loss: { cases: number; events: number };
  erasures: CaseEvent[];
  /** The present store cannot be read, so nobody can say what would be lost. */
  isBroken: boolean;
}

function lookAtPresent(app: App, backup: string): Present {
  try {
    return {
      loss: lossBy(app.dbPath, backup, app.t),
      erasures: erasuresOf(app.dbPath, storeOptions(app)),
      isBroken: false,
    };
  } catch {
    return { loss: { cases: 0, events: 0 }, erasures: [], isBroken: true };
  }
}

function checkAlone(app: App): void {
  const { dbPath: path, t } = app;
  try {
    if (takeAlone(path, t)) return;
  } catch {
    // Damaged: nobody works with it.
    return;
  }
  throw refused("in_use", t("move.restore_in_use", { path }), t("move.restore_in_use_hint"));
}

/** The file is replaced, so its folder must be there; only the default home is made. */
function checkFolder(app: App): void {
  const folder = dirname(app.dbPath);
  if (existsSync(folder)) return;
  if (app.env.COMPLAINT_HOME || folder !== app.home)
    throw storeError("folder_missing", app.t, { path: app.dbPath, folder });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

function checkLoss(app: App, present: Present, isForced: boolean): void {
  if (isForced) return;
  const { t } = app;
  if (present.isBroken)
    throw refused("unreadable", t("move.restore_unreadable", { path: app.dbPath }), t("move.restore_force"));
  if (present.loss.events > 0)
    throw refused("newer_cases", t("move.restore_newer", { ...present.loss }), t("move.restore_force"));
}

/** What was there is kept among the backups: a restore that was a mistake can be undone. */
function keepPath(app: App): string | undefined {
  if (!existsSync(app.dbPath) || statSync(app.dbPath).size === 0) return undefined;
  const folder = backupFolder(app);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, `before-restore-${stamp(app)}.db`);
}

export const run: Run = async (app, { args, flags }) => {
  const [name] = args;
  if (name === undefined)
    throw usage("missing_argument", app.t("cli.error.missingArgument", { name: "file" }));
  const backup = resolve(name);
  if (backup === resolve(app.dbPath)) throw refused("same_file", app.t("move.backup_same", { path: backup }));
  const facts = checkBackup(backup, app.t);
  checkFolder(app);
  const exists = existsSync(app.dbPath) && statSync(app.dbPath).size > 0;
  if (exists) checkAlone(app);
  const present: Present = exists
    ? lookAtPresent(app, backup)
    : { loss: { cases: 0, events: 0 }, erasures: [], isBroken: false };
  checkLoss(app, present, flags.force === true);
  const kept = keepPath(app);
  putBack(backup, app.dbPath, present.erasures, storeOptions(app), kept);
  const { cases, events, newest } = facts;
  const json = {
    path: app.dbPath,
    from: backup,
    cases,
    events,
    ...(newest === undefined ? {} : { newest }),
    erasures: present.erasures.length,
    lost: present.loss,
    ...(kept === undefined ? {} : { kept }),
  };
  app.print({
    json,
    text: () =>
      [
        app.t("move.restored", { path: app.dbPath, cases, events }),
        ...(present.erasures.length > 0
          ? [app.t("move.restore_erased", { count: present.erasures.length })]
          : []),
        ...(kept === undefined ? [] : [app.t("move.restore_kept", { path: kept })]),
      ].join("\n"),
  });
};
