/** The result of an import as people read it: what came, what looks wrong, what was left out. */
import type { App } from "../app.ts";
import type { ImportResult } from "../move/import-file.ts";
import { screenText } from "../ui/screen-text.ts";

const MOST_LINES = 10;
const MOST_ERRORS = 20;

function lineList(app: App, lines: readonly number[]): string {
  if (lines.length === 0) return "";
  const told = lines.slice(0, MOST_LINES).join(", ");
  return ` (${app.t("move.at_lines", { lines: lines.length > MOST_LINES ? `${told} …` : told })})`;
}

export function importText(app: App, path: string, result: ImportResult, isDryRun: boolean): string {
  const { t } = app;
  const { file, errors, warnings } = result;
  const more = errors.length - MOST_ERRORS;
  return [
    t(isDryRun ? "move.summary_dry" : "move.summary", { path, ...result }),
    t("move.form", { format: file.format, encoding: file.encoding ?? "none", header: file.header ?? "none" }),
    ...warnings.map((warning) => `! ${warning.message}${lineList(app, warning.lines)}`),
    ...errors
      .slice(0, MOST_ERRORS)
      .map(
        ({ line, column, message }) =>
          `x ${t("move.error_at", { line, message: column === undefined ? message : `[${column}] ${message}` })}`,
      ),
    ...(more > 0 ? [`  ${t("move.and_more", { count: more })}`] : []),
    ...(result.errors_file === undefined ? [] : [t("move.errors_written", { path: result.errors_file })]),
  ]
    .map(screenText)
    .join("\n");
}
