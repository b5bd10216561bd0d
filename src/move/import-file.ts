/**
 * Imports a file of complaints: once through it to check every row and count what would come, then once more to write.
 * Nothing is written of a file with mistakes unless they are to be skipped, and nobody sees any of it before all is in.
 */
import { badData, type ErrorDetail } from "../core/errors.ts";
import type { EventDraft } from "../core/event.ts";
import type { Uuid } from "../core/id.ts";
import type { Translate } from "../core/library-port.ts";
import type { Store } from "../core/store-port.ts";
import { knowsPrefix, knowsSource } from "../store/source-cases.ts";
import { type DraftContext, draftsOf } from "./case-drafts.ts";
import { cellText } from "./cell-values.ts";
import { errorsPath, openErrorsFile } from "./errors-file.ts";
import { createFindings, type Findings, type Warning } from "./findings.ts";
import { idSet } from "./id-set.ts";
import type { Target } from "./import-map.ts";
import type { InputFile } from "./input-file.ts";
import { type MappedRow, namesOf, type RowMapper, type RowProblem, rowMapper } from "./map-rows.ts";
import { openSource } from "./open-source.ts";
import type { MapFile } from "./read-map.ts";
import { type FieldContext, PLAIN_DATES } from "./row-fields.ts";
import type { FormatHints, Row, RowSource } from "./rows.ts";

export interface ImportContext extends DraftContext, FieldContext {
  now: Date;
  t: Translate;
}

export interface ImportRequest {
  input: InputFile;
  map: MapFile;
  /** Undefined: there is no database yet; only a dry run goes without. */
  store: Store | undefined;
  isDryRun: boolean;
  onError: "stop" | "skip";
  /** Told now and then: how much of the present pass is done, and how many rows it saw. */
  progress?: (pass: "check" | "write", done: number, rows: number) => void;
}

export interface ImportResult {
  source: string;
  rows: number;
  /** Taken in; in a dry run: would be. */
  stored: number;
  unchanged: number;
  duplicates: number;
  skipped: number;
  errors: RowProblem[];
  warnings: Warning[];
  /** What was found out about the file. */
  file: { format: string; encoding?: string; delimiter?: string; header?: number };
  /** Where the bad rows are. */
  errors_file?: string;
}

/** So many mistakes are told one by one; all of them are in the file of bad rows. */
const MOST_ERRORS = 10_000;
/** Mistakes that stand in the error itself. */
const MOST_DETAILS = 20;
/** Cases handed to the store at once; between two batches signals and other work have their turn. */
const BATCH = 400;

export function hintsOf(map: MapFile["map"]): FormatHints {
  const { format, encoding, delimiter, header, sheet, rows } = map;
  return { format, encoding, delimiter, header, sheet, rows, names: namesOf(map) };
}

type Kind = "stored" | "unchanged" | "duplicates";

/** Tells new rows from those that were seen in this file or stored before. */
function rowJudge(store: Store | undefined, source: string, findings?: Findings) {
  // A source that is new here is not looked up row by row.
  const known = store && knowsSource(store, source) ? store : undefined;
  const cases = idSet();
  const ids = idSet();
  return (row: MappedRow): Kind => {
    if (!cases.add(row.caseId)) return "duplicates";
    const isRepeat = !ids.add(row.prefix) || (known !== undefined && knowsPrefix(known, row.prefix));
    if (isRepeat && store?.has(row.caseId)) return "unchanged";
    if (isRepeat) findings?.note("id-repeats", row.line);
    return "stored";
  };
}

const isBlank = (row: Row): boolean =>
  !row.fault && Array.isArray(row.data) && row.data.every((cell) => cellText(cell) === "");

/** A phone number or an id that a spreadsheet has turned into `1.38E+10`. */
const CUT_NUMBER = /^\s*\d(?:[.,]\d+)?E\+\d{1,2}\s*$/i;

/** Things about a row that have nothing to do with the map. */
function noteForm(row: Row, source: RowSource, findings: Findings): void {
  if (!Array.isArray(row.data)) return;
  const { width } = source;
  if (width !== undefined && row.data.length < width && source.format !== "xlsx")
    findings.note("short-rows", row.line);
  if (row.data.some((cell) => typeof cell === "string" && cell.includes("\ufffd")))
    findings.note("bad-bytes", row.line);
  if (row.data.some((cell) => typeof cell === "string" && cell.length < 20 && CUT_NUMBER.test(cell)))
    findings.note("cut-numbers", row.line);
}

interface Pass {
  rows: number;
  counts: Record<Kind, number>;
  skipped: number;
  errors: RowProblem[];
}

interface PassOptions {
  source: RowSource;
  mapper: RowMapper;
  judge: (row: MappedRow) => Kind;
  findings?: Findings;
  onBad?: (row: Row, problems: readonly RowProblem[]) => void;
  onNew?: (row: MappedRow) => void;
  onBatch?: (rows: number) => void;
}

/** Once through the file. */
async function passThrough(options: PassOptions): Promise<Pass> {
  const { source, mapper, judge, findings } = options;
  const pass: Pass = { rows: 0, counts: { stored: 0, unchanged: 0, duplicates: 0 }, skipped: 0, errors: [] };
  function take(row: Row): void {
    if (isBlank(row)) {
      if ((row.data as unknown[]).length > 1 && source.format !== "xlsx")
        findings?.note("blank-rows", row.line);
      return;
    }
    pass.rows++;
    findings?.row(row);
    const result = mapper.map(row);
    if (!result.ok) {
      pass.skipped++;
      if (pass.errors.length < MOST_ERRORS) pass.errors.push(...result.problems);
      findings?.bad(result.problems);
      options.onBad?.(row, result.problems);
      return;
    }
    if (findings) noteForm(row, source, findings);
    findings?.good(result.row);
    const kind = judge(result.row);
    pass.counts[kind]++;
    if (kind === "stored") options.onNew?.(result.row);
  }
  for await (const batch of source.batches(mapper.looksLikeRow)) {
    for (const row of batch) take(row);
    options.onBatch?.(pass.rows);
  }
  return pass;
}

function dateFormats(map: MapFile["map"]): Map<Target, readonly string[]> {
  return new Map(
    Object.entries(map.fields).flatMap(([target, rule]) =>
      rule ? [[target as Target, rule.dates ?? PLAIN_DATES] as const] : [],
    ),
  );
}

function stopError(request: ImportRequest, pass: Pass, t: Translate) {
  const { path } = request.input;
  const details: ErrorDetail[] = pass.errors.slice(0, MOST_DETAILS).map((problem) => ({
    path,
    line: problem.line,
    ...(typeof problem.column === "number" ? { column: problem.column } : {}),
    message: problem.column === undefined ? problem.message : `${problem.column}: ${problem.message}`,
  }));
  const more = pass.errors.length - details.length;
  if (more > 0) details.push({ path, message: t("move.more_errors", { count: more }) });
  const message = t("move.bad_rows", { count: pass.skipped, rows: pass.rows, path });
  return badData("bad_rows", message, t("move.bad_rows_hint"), details);
}

/** Writes what the check found to be new, hidden until the last case is in. */
async function write(
  request: ImportRequest,
  store: Store,
  source: RowSource,
  mapper: RowMapper,
  context: ImportContext,
): Promise<number> {
  const session = store.importing(context.source, request.input.path);
  let waiting: { caseId: Uuid; drafts: readonly EventDraft[] }[] = [];
  let stored = 0;
  const flush = (): void => {
    if (waiting.length > 0) stored += session.append(waiting);
    waiting = [];
  };
  try {
    await passThrough({
      source,
      mapper,
      judge: rowJudge(store, context.source),
      onNew(row) {
        waiting.push({ caseId: row.caseId, drafts: draftsOf(row, session.id, context) });
        if (waiting.length >= BATCH) flush();
      },
      onBatch: (rows) => request.progress?.("write", request.input.done(), rows),
    });
    flush();
    session.publish();
    return stored;
  } catch (error) {
    session.drop();
    throw error;
  }
}

function resultOf(source: RowSource, context: ImportContext, pass: Pass, warnings: Warning[]): ImportResult {
  return {
    source: context.source,
    rows: pass.rows,
    ...pass.counts,
    skipped: pass.skipped,
    errors: pass.errors,
    warnings,
    file: {
      format: source.format,
      ...(source.encoding === undefined ? {} : { encoding: source.encoding }),
      ...(source.delimiter === undefined ? {} : { delimiter: source.delimiter }),
      ...(source.headerLine === undefined ? {} : { header: source.headerLine }),
    },
  };
}

/** Imports a file. Throws exit 3 where the map does not fit, or rows are wrong and none may be left out. */
export async function importFile(request: ImportRequest, context: ImportContext): Promise<ImportResult> {
  const { input, map, store, isDryRun } = request;
  const { t, now } = context;
  const source = await openSource(input, hintsOf(map.map), t);
  const mapper = rowMapper(map, source, context);
  const findings = createFindings(source, {
    t,
    now,
    isDryRun,
    dates: dateFormats(map.map),
    fields: mapper.fields,
  });
  // What an import that died left behind must not count as stored.
  if (!isDryRun) store?.importing(context.source, input.path).drop();
  const keepsBad = request.onError === "skip" && !isDryRun;
  const bad = keepsBad ? openErrorsFile(errorsPath(input.path), source, t) : undefined;
  try {
    const pass = await passThrough({
      source,
      mapper,
      judge: rowJudge(store, context.source, findings),
      findings,
      ...(bad ? { onBad: bad.add } : {}),
      onBatch: (rows) => request.progress?.("check", input.done(), rows),
    });
    const result = resultOf(source, context, pass, findings.warnings());
    if (isDryRun) return result;
    if (pass.skipped > 0 && !bad) throw stopError(request, pass, t);
    const errors_file = bad?.finish();
    if (pass.counts.stored > 0 && store) result.stored = await write(request, store, source, mapper, context);
    return { ...result, ...(errors_file === undefined ? {} : { errors_file }) };
  } catch (error) {
    bad?.drop();
    throw error;
  }
}
