/** `import --map`: complaints from elsewhere, by a map of one's own, a preset, or a map proposed from the file. */
import type { App, Input } from "../app.ts";
import { badData, usage } from "../core/errors.ts";
import type { Store } from "../core/store-port.ts";
import { systemReason } from "../core/system-reason.ts";
import { importDeadlines } from "../move/deadlines.ts";
import {
  type ImportContext,
  type ImportRequest,
  type ImportResult,
  importFile,
} from "../move/import-file.ts";
import { bytesInput, fileInput, type InputFile } from "../move/input-file.ts";
import { isMapFile, isPreset, type MapFile, PRESETS, readMap, readPreset } from "../move/read-map.ts";
import { countryOf, writingStore } from "./case-writing.ts";
import { startProgress } from "./import-progress.ts";
import { importText } from "./import-text.ts";
import { proposeMap } from "./propose-map.ts";

const ON_ERROR = ["stop", "skip"] as const;
type OnError = (typeof ON_ERROR)[number];

function onErrorOf(app: App, flags: Input["flags"]): OnError {
  const value = flags.onError ?? "stop";
  if ((ON_ERROR as readonly unknown[]).includes(value)) return value as OnError;
  throw usage("not_in_set", app.t("move.not_on_error", { value: String(value) }), ON_ERROR.join(", "));
}

function inputOf(app: App, path: string, bytes: Buffer | undefined): InputFile {
  if (bytes) return bytesInput(path, bytes);
  try {
    return fileInput(path);
  } catch (error) {
    const reason = systemReason(error, app.t);
    throw badData(
      "file_unreadable",
      app.t("store.file_unreadable", { path, reason }),
      app.t("move.file_hint"),
      [{ path, message: reason }],
    );
  }
}

/** A word that is no preset and looks like no file is a mistyped preset. */
function mapOf(app: App, name: string): MapFile {
  const taxonomies = app.library().taxonomies();
  if (isPreset(name)) return readPreset(name, taxonomies, app.t);
  if (isMapFile(name) || /[/\\.]/.test(name)) return readMap(name, taxonomies, app.t);
  const presets = PRESETS.join(", ");
  throw usage(
    "unknown_preset",
    app.t("move.unknown_preset", { name }),
    app.t("move.unknown_preset_hint", { presets }),
  );
}

function contextOf(app: App, map: MapFile): ImportContext {
  const library = app.library();
  const policy = library.policy();
  return {
    source: map.map.source,
    locale: app.locale,
    agent: app.agent,
    policy,
    currency: app.config.currency ?? library.words(app.locale).currency,
    deadlines: importDeadlines(policy, app.timeZone, countryOf(app)),
    taxonomies: library.taxonomies(),
    timeZone: map.map.time_zone ?? app.timeZone,
    t: app.t,
    now: app.now(),
  };
}

/** A dry run opens nothing for writing. */
async function storeOf(app: App, isDryRun: boolean): Promise<Store | undefined> {
  return isDryRun ? app.reader() : writingStore(app);
}

/** Imports `path` (or `bytes`, which came through a pipe) by the map that `--map` names. */
export async function importMapped(
  app: App,
  path: string,
  flags: Input["flags"],
  bytes?: Buffer,
): Promise<ImportResult> {
  const onError = onErrorOf(app, flags);
  const name = String(flags.map);
  const input = inputOf(app, path, bytes);
  const proposal = name === "auto" ? await proposeMap(app, input, flags) : undefined;
  const map = proposal?.map ?? mapOf(app, name);
  const isDryRun = flags.dryRun === true;
  const store = await storeOf(app, isDryRun);
  const context = contextOf(app, map);
  const progress = startProgress(app);
  const request: ImportRequest = { input, map, store, isDryRun, onError, progress: progress.tell };
  const result = await importFile(request, context).finally(() => progress.end());
  app.print({
    json: { ...result, ...(proposal?.path === undefined ? {} : { map: proposal.path }) },
    text: () => importText(app, path, result, isDryRun),
  });
  if (proposal?.notice) app.notice(proposal.notice);
  return result;
}
