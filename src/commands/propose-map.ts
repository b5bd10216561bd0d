/** `import --map auto`: proposes a map from the file and writes it down for editing. */
import { existsSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import type { App, Input } from "../app.ts";
import { badData, ComplaintError, refused } from "../core/errors.ts";
import { systemReason } from "../core/system-reason.ts";
import { kebab } from "../move/cell-values.ts";
import { columnStats } from "../move/column-stats.ts";
import { guessMap, type MapGuess } from "../move/guess-map.ts";
import type { InputFile } from "../move/input-file.ts";
import { mapText } from "../move/map-text.ts";
import { openSource } from "../move/open-source.ts";
import { checkMap, type MapFile } from "../move/read-map.ts";
import type { RowSource } from "../move/rows.ts";
import { writeWhole } from "../store/text-file.ts";
import { countryOf } from "./case-writing.ts";

export interface Proposal {
  map: MapFile;
  /** Where it was written. */
  path?: string;
  /** For people: where it is, or why it is nowhere. */
  notice: string;
}

/** Countries that write the month before the day. */
const MONTH_FIRST: ReadonlySet<string> = new Set(["US", "PH", "PW", "FM", "MH", "GU", "PR"]);

interface Target {
  path: string;
  /** The user named the file; then it must be written or refused. */
  isNamed: boolean;
  exists: boolean;
}

function targetOf(app: App, input: InputFile, flags: Input["flags"]): Target {
  const isNamed = typeof flags.output === "string";
  const path = isNamed ? resolve(String(flags.output)) : `${input.path}.map.yaml`;
  const exists = existsSync(path);
  if (isNamed && exists && flags.force !== true)
    throw refused("file_exists", app.t("store.file_exists", { path }), app.t("store.file_exists_hint"));
  return { path, isNamed, exists };
}

/** Writes the map, but never over one that somebody may have changed. */
function writeMap(app: App, target: Target, text: string): Pick<Proposal, "path" | "notice"> {
  const { path, isNamed, exists } = target;
  const written = { path, notice: app.t("move.map_written", { path }) };
  try {
    if (exists && !isNamed)
      return readFileSync(path, "utf8") === text ? written : { notice: app.t("move.map_kept", { path }) };
    writeWhole(path, [text]);
    return written;
  } catch (error) {
    if (isNamed || (error as NodeJS.ErrnoException).code === undefined) throw error;
    const reason = systemReason(error, app.t);
    return { notice: app.t("move.map_not_written", { path, reason }) };
  }
}

interface Guessed {
  source: RowSource;
  guess: MapGuess;
  sheet?: number;
}

async function guessSheet(app: App, input: InputFile, sheet?: number): Promise<Guessed> {
  const source = await openSource(input, { names: [], sheet }, app.t);
  const guess = guessMap(await columnStats(source), {
    custom: { now: app.now(), monthFirst: MONTH_FIRST.has(countryOf(app)) },
    taxonomies: app.library().taxonomies(),
    format: source.format,
  });
  return { source, guess, ...(sheet === undefined ? {} : { sheet }) };
}

/** More sheets nobody looks through. */
const MOST_SHEETS = 20;

/** The first sheet of a workbook is often a title page: the first that holds complaints is taken. */
async function guessFile(app: App, input: InputFile): Promise<Guessed> {
  const first = await guessSheet(app, input);
  if (first.source.format !== "xlsx" || first.guess.fields.opened_at) return first;
  for (let sheet = 2; sheet <= MOST_SHEETS; sheet++) {
    const found = await guessSheet(app, input, sheet).catch((error: unknown) => {
      if (error instanceof ComplaintError && ["empty", "xlsx_no_sheet"].includes(error.code))
        return error.code;
      throw error;
    });
    if (found === "xlsx_no_sheet") break;
    if (typeof found === "object" && found.guess.fields.opened_at) return found;
  }
  return first;
}

/** Looks at the whole file, proposes a map and writes it beside the file or to `--output`. */
export async function proposeMap(app: App, input: InputFile, flags: Input["flags"]): Promise<Proposal> {
  const { path } = input;
  const target = path === "-" && flags.output === undefined ? undefined : targetOf(app, input, flags);
  const { source, guess, sheet } = await guessFile(app, input);
  if (!guess.fields.opened_at)
    throw badData(
      "no_opening_column",
      app.t("move.no_opening_column", { path }),
      app.t("move.no_opening_column_hint"),
      [{ path, message: guess.unused.join(", ") }],
    );
  const name = kebab(basename(path).replace(/\.\w+$/, "")) || "import";
  const about = { source: name, file: basename(path), timeZone: app.timeZone, sheet };
  const text = mapText(guess, source, about, app.t);
  const map = checkMap(text, target?.path ?? "auto", app.library().taxonomies(), app.t);
  return { map, ...(target ? writeMap(app, target, text) : { notice: text }) };
}
