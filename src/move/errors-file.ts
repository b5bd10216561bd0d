/** The rows that could not be taken, as they stood, each with its line and the reason: to be mended and imported again. */
import { closeSync, existsSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { stringify } from "csv-stringify/sync";
import { refused } from "../core/errors.ts";
import type { Translate } from "../core/library-port.ts";
import { cellText } from "./cell-values.ts";
import type { RowProblem } from "./map-rows.ts";
import { ERROR_COLUMNS, type Row, type RowSource } from "./rows.ts";

export interface ErrorsFile {
  add(row: Row, problems: readonly RowProblem[]): void;
  /** Gives the file its name. Returns it; undefined: there was nothing to write. */
  finish(): string | undefined;
  drop(): void;
}

/** A spreadsheet would run such a text (OWASP, "CSV injection"). */
const harmless = (text: string): string => (/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text);

/** A file of that name which is not one of ours stays. */
function checkFree(path: string, t: Translate): void {
  if (!existsSync(path)) return;
  const head = Buffer.alloc(64 * 1024);
  const file = openSync(path, "r");
  const size = readSync(file, head);
  closeSync(file);
  const titles = head.toString("utf8", 0, size).split("\n")[0]!;
  if (!ERROR_COLUMNS.every((name) => titles.includes(name)))
    throw refused("file_exists", t("move.errors_exist", { path }), t("move.errors_exist_hint"));
}

export function errorsPath(input: string): string {
  return `${input}.errors.csv`;
}

export function openErrorsFile(path: string, source: RowSource, t: Translate): ErrorsFile {
  checkFree(path, t);
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  let file: number | undefined;

  const delimiter = source.delimiter ?? ",";
  const line = (cells: readonly unknown[]): string =>
    stringify([cells.map((cell) => harmless(cellText(cell)))], { delimiter });

  function write(text: string): void {
    if (file === undefined) {
      file = openSync(draft, "w", 0o600);
      const names = source.headers ?? Array.from({ length: source.width ?? 1 }, (_, i) => String(i + 1));
      // The mark makes it UTF-8 for spreadsheets, and for the map that fits the file it came from.
      writeSync(file, `\ufeff${line([...(source.width === undefined ? ["row"] : names), ...ERROR_COLUMNS])}`);
    }
    writeSync(file, text);
  }

  return {
    add(row, problems) {
      const width = source.width ?? 1;
      const whole =
        row.text ??
        (Array.isArray(row.data) && source.width !== undefined ? undefined : JSON.stringify(row.data));
      const cells = whole === undefined ? [...(row.data as readonly unknown[])] : [whole];
      while (cells.length < width) cells.push("");
      const reason = problems
        .map((p) => (p.column === undefined ? p.message : `${p.column}: ${p.message}`))
        .join(" · ");
      write(line([...cells, row.line, reason]));
    },
    finish() {
      if (file === undefined) {
        rmSync(path, { force: true });
        return undefined;
      }
      fsyncSync(file);
      closeSync(file);
      renameSync(draft, path);
      return path;
    },
    drop() {
      if (file !== undefined) closeSync(file);
      rmSync(draft, { force: true });
    },
  };
}
