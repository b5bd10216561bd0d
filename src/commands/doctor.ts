/** `doctor`: what is wrong with this installation and its store, what was mended, what is left to do. */
import { existsSync, mkdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { App, Run } from "../app.ts";
import { ComplaintError, EXIT } from "../core/errors.ts";
import { refOf, showRef, type Uuid } from "../core/id.ts";
import { screenText } from "../ui/screen-text.ts";
import { backupFiles, backupFolder, stamp, storeOptions } from "./backup-files.ts";
import { dailyBackup } from "./daily-backup.ts";
import { type Check, type CheckState, systemChecks } from "./doctor-system.ts";

/** So many of the newest cases are compared with their events; `--rebuild` compares and mends all. */
const LOOKED_AT = 2000;
const REFS_TOLD = 20;

interface StoreReport {
  checks: Check[];
  newest?: string;
}

const check = (id: string, state: CheckState, message: string, hint?: string): Check => ({
  id,
  state,
  message,
  ...(hint === undefined ? {} : { hint }),
});

/** A copy of the damaged file as it lies there: whatever mending does, nothing more is lost. */
async function keepDamaged(app: App): Promise<string> {
  const { keepAsItIs } = await import("../store/mend.ts");
  const folder = backupFolder(app);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `damaged-${stamp(app)}.db`);
  keepAsItIs(app.dbPath, path);
  return path;
}

const refsOf = (ids: readonly Uuid[]): string =>
  ids
    .slice(0, REFS_TOLD)
    .map((id) => showRef(refOf(id)))
    .join(", ");

/** What is left of cases without a beginning is in no list; it may still come from another seat, or from a backup. */
function headlessChecks({ t }: App, headless: readonly Uuid[]): Check[] {
  if (headless.length === 0) return [];
  const message = t("move.doctor_lost", { refs: refsOf(headless) });
  return [check("lost", "problem", message, t("move.doctor_lost_hint"))];
}

/** Saves what can be read beside the damaged file, and says what is lost. */
async function rescued(app: App, problems: readonly string[]): Promise<Check[]> {
  const { t, dbPath } = app;
  const { rescue } = await import("../store/rescue.ts");
  const target = join(dirname(dbPath), `${basename(dbPath, ".db")}-rescued-${stamp(app)}.db`);
  const found = rescue(dbPath, target, storeOptions(app));
  const backups = backupFiles(app).sort();
  return [
    check(
      "database",
      "unreadable",
      t("move.doctor_unreadable", { path: dbPath, problem: problems[0] ?? "" }),
    ),
    check(
      "rescue",
      "unreadable",
      t("move.doctor_rescued", { ...found, lost: found.headless.length }),
      t("move.doctor_rescue_hint", { path: target }),
    ),
    ...(found.headless.length > 0
      ? [check("lost", "unreadable", t("move.doctor_lost", { refs: refsOf(found.headless) }))]
      : []),
    ...(backups.length > 0
      ? [check("backup", "unreadable", t("move.doctor_backup_there", { path: backups.at(-1)! }))]
      : []),
  ];
}

async function mended(app: App, problems: readonly string[]): Promise<Check[]> {
  const { mendStore } = await import("../store/mend.ts");
  const kept = await keepDamaged(app);
  if (!mendStore(app.dbPath, storeOptions(app))) return rescued(app, problems);
  return [
    check("database", "mended", app.t("move.doctor_mended", { problem: problems[0] ?? "", path: kept })),
  ];
}

/** All cases folded again; where that fails, because rows contradict each other, the cache is dropped and made anew. */
async function rebuilt(app: App, stale: number): Promise<{ cases: number; differed: number }> {
  const store = await app.store();
  try {
    return store.rebuild();
  } catch (error) {
    const { mendStore } = await import("../store/mend.ts");
    if (!mendStore(app.dbPath, storeOptions(app))) throw error;
    const { total } = store.list({ limit: 0 });
    return { cases: total, differed: Math.max(1, stale) };
  }
}

/** The cache against the events: all of them with `--rebuild`, else the newest. */
async function cacheChecks(app: App, isRebuild: boolean): Promise<Check[]> {
  const { t } = app;
  const { staleCases } = await import("../store/compare-cache.ts");
  const { looked, stale } = staleCases(app.dbPath, storeOptions(app), LOOKED_AT);
  if (stale === 0 && !isRebuild) return [check("cache", "ok", t("move.doctor_cache", { looked }))];
  const made = await rebuilt(app, stale);
  const found = { ...made, differed: Math.max(made.differed, stale) };
  return [
    found.differed > 0
      ? check("cache", "mended", t("move.doctor_rebuilt", { ...found }))
      : check("cache", "ok", t("move.doctor_rebuilt_same", { ...found })),
  ];
}

/** Takes out what an import that was killed left behind. */
async function importChecks(app: App): Promise<Check[]> {
  const store = await app.store();
  const hidden = () =>
    store.query<{ n: number }>("SELECT count(*) AS n FROM imports WHERE visible = 0")[0]?.n ?? 0;
  if (hidden() === 0) return [];
  store.importing("doctor", "").drop();
  return hidden() === 0 ? [check("imports", "mended", app.t("move.doctor_import_dropped"))] : [];
}

async function upkeep(app: App): Promise<Check[]> {
  const store = await app.store();
  await dailyBackup(app, store, true);
  const backups = backupFiles(app).sort();
  const count = backups.length;
  return [check("backups", "ok", app.t("move.doctor_backups", { count, folder: backupFolder(app) }))];
}

async function storeChecks(app: App, isRebuild: boolean): Promise<StoreReport> {
  const { t, dbPath } = app;
  const { inspectStore } = await import("../store/mend.ts");
  const found = inspectStore(dbPath, t);
  if (found.health === "absent")
    return { checks: [check("database", "ok", t("move.doctor_absent", { path: dbPath }))] };
  if (found.health === "empty")
    return {
      checks: [
        check("database", "problem", t("move.doctor_empty", { path: dbPath }), t("move.doctor_empty_hint")),
      ],
    };
  if (found.health === "newer" || found.health === "foreign") {
    const fault = found.health === "newer" ? "newer_version" : "not_a_store";
    return {
      checks: [
        check("database", "unreadable", t(`store.${fault}`, { path: dbPath }), t(`store.${fault}_hint`)),
      ],
    };
  }
  if (found.health === "unreadable") return { checks: await rescued(app, found.problems) };
  const first =
    found.health === "damaged"
      ? await mended(app, found.problems)
      : [check("database", "ok", t("move.doctor_whole", { ...found, path: dbPath }))];
  if (first.some((c) => c.state === "unreadable")) return { checks: first };
  const checks = [
    ...first,
    ...headlessChecks(app, found.headless),
    ...(await importChecks(app)),
    ...(await cacheChecks(app, isRebuild)),
    ...(await upkeep(app)),
  ];
  const store = await app.store();
  // The one written last: times inside imported cases are not this machine's.
  const newest = store.query<{ at: string }>("SELECT at FROM events ORDER BY position DESC LIMIT 1")[0]?.at;
  return { checks, ...(newest ? { newest } : {}) };
}

/** A store that may not be read at all: locked, no permission, on a share. */
function asCheck(error: unknown): Check {
  if (error instanceof ComplaintError) return check("database", "unreadable", error.message, error.hint);
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return check("database", "unreadable", message);
}

async function lookAtStore(app: App, isRebuild: boolean): Promise<StoreReport> {
  if (existsSync(app.dbPath) && !statSync(app.dbPath).isFile())
    return {
      checks: [
        check(
          "database",
          "unreadable",
          app.t("store.cannot_open", { path: app.dbPath }),
          app.t("store.cannot_open_hint"),
        ),
      ],
    };
  try {
    return await storeChecks(app, isRebuild);
  } catch (error) {
    return { checks: [asCheck(error)] };
  }
}

const MARKS: Readonly<Record<CheckState, string>> = {
  ok: " ",
  notice: "-",
  mended: "*",
  problem: "!",
  unreadable: "x",
};

function overall(checks: readonly Check[]): "well" | "mended" | "problems" | "unreadable" {
  const has = (state: CheckState) => checks.some((c) => c.state === state);
  return has("unreadable") ? "unreadable" : has("problem") ? "problems" : has("mended") ? "mended" : "well";
}

export const run: Run = async (app, { flags }) => {
  const store = await lookAtStore(app, flags.rebuild === true);
  const system = await systemChecks(app, store.newest);
  const checks = [...system, ...store.checks];
  const state = overall(checks);
  app.print({
    json: { state, checks },
    text: () =>
      [
        ...checks.flatMap((c) => [
          `${MARKS[c.state]} ${c.message}`,
          ...(c.hint === undefined ? [] : [`    ${c.hint}`]),
        ]),
        app.t(`move.doctor_state_${state}`),
      ]
        .map(screenText)
        .join("\n"),
  });
  return state === "unreadable" ? EXIT.store : state === "problems" ? EXIT.refused : EXIT.done;
};
