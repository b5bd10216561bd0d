/** `report`: the numbers of a period in six formats, or the short summary for the next morning. */
import { existsSync } from "node:fs";
import { extname, resolve } from "node:path";
import type { App, Input, Run } from "../app.ts";
import { refused, storeFailed, usage } from "../core/errors.ts";
import { type Period, parsePeriod, periodAt, previousPeriod } from "../core/period.ts";
import { systemReason } from "../core/system-reason.ts";
import { DIMENSIONS, type DimensionName } from "../report/by-dimension.ts";
import { buildReport, type Report } from "../report/report.ts";
import { makeScope } from "../report/scope.ts";
import { countryOf } from "./case-writing.ts";
import { writeOut } from "./write-out.ts";

const FORMATS = ["text", "markdown", "html", "csv", "xlsx", "json"] as const;
type Format = (typeof FORMATS)[number];

const BY_EXTENSION: Readonly<Record<string, Format>> = {
  ".md": "markdown",
  ".html": "html",
  ".htm": "html",
  ".csv": "csv",
  ".xlsx": "xlsx",
  ".json": "json",
};

type Flags = Input["flags"];

function oneOf<T extends string>(
  app: App,
  flag: string,
  value: Flags[string],
  values: readonly T[],
): T | undefined {
  if (value === undefined) return undefined;
  if ((values as readonly unknown[]).includes(value)) return value as T;
  const { t } = app;
  throw usage(
    "not_in_set",
    t("report.flag.not_one_of", { flag: `--${flag}`, value: String(value) }),
    t("report.flag.one_of", { list: values.join(", ") }),
  );
}

/** The period asked for; without one this week, for the summary of the morning the day before. */
function periodOf(app: App, flags: Flags): Period {
  const asked = parsePeriod(flags, app.now(), app.timeZone, app.t);
  if (asked) return asked;
  if (flags.digest === true) return previousPeriod(periodAt("day", app.now(), app.timeZone));
  return periodAt("week", app.now(), app.timeZone);
}

interface Asked {
  format: Format;
  output: string | undefined;
  /** `--json` beside another format: what was written is told as JSON. */
  told: boolean;
}

function askedOf(app: App, flags: Flags): Asked {
  const output = typeof flags.output === "string" ? resolve(flags.output) : undefined;
  const named = oneOf(app, "format", flags.format, FORMATS);
  const guessed = output === undefined ? undefined : BY_EXTENSION[extname(output).toLowerCase()];
  const format =
    named ?? (app.json && output === undefined ? "json" : (guessed ?? (app.json ? "json" : "text")));
  if (format === "xlsx" && output === undefined && (app.json || app.io.stdout.isTTY))
    throw usage("missing_flag", app.t("report.flag.xlsx_needs_output"), app.t("report.flag.xlsx_output"));
  if (output !== undefined && existsSync(output) && flags.force !== true)
    throw refused(
      "file_exists",
      app.t("report.output.exists", { path: String(flags.output) }),
      app.t("report.output.exists_hint"),
    );
  return { format, output, told: app.json && (output !== undefined || format !== "json") };
}

/** The sentence behind a line's key, from the bank, the tips and the scripts; files are read only for what is shown. */
function lineTexts(app: App): (key: string) => string | undefined {
  const library = app.library();
  const { locale } = app;
  return (key) => {
    const bank = library.bank(locale);
    const known =
      bank.lines.find((line) => line.id === key)?.text ?? bank.tips.find((tip) => tip.id === key)?.text;
    if (known !== undefined) return known;
    for (const id of library.scriptIds()) {
      const own = library.script(id, locale)?.lines[key]?.text;
      if (own !== undefined) return own;
    }
    return undefined;
  };
}

async function drawn(
  app: App,
  flags: Flags,
  report: Report,
  format: Format,
  isFile: boolean,
  classes: () => Classes,
): Promise<string | Uint8Array> {
  if (format === "json") return `${JSON.stringify(report, null, 2)}\n`;
  if (format === "csv") return (await import("../report/render-csv.ts")).renderCsv(report);
  const { viewOf, voiceOf } = await import("../report/view.ts");
  const { t, locale } = app;
  const voice = voiceOf(report, { t, locale, words: app.library().words(locale), lineText: lineTexts(app) });
  if (flags.digest === true) return (await import("../report/digest.ts")).renderDigest(report, voice);
  const view = viewOf(report, voice);
  const title = t("report.top.title");
  const empty = t("report.no_case");
  if (format === "html") {
    const [{ renderHtml }, { figuresOf }] = await Promise.all([
      import("../report/render-html.ts"),
      import("../report/figures.ts"),
    ]);
    return renderHtml(
      report,
      view,
      view.empty ? [] : figuresOf(report, classes(), voice),
      title,
      empty,
      voice,
    );
  }
  if (format === "xlsx")
    return (await import("../report/render-xlsx.ts")).renderXlsx(report, view, title, voice);
  const before = t("report.before");
  if (format === "markdown") {
    const { renderMarkdown } = await import("../report/render-markdown.ts");
    return renderMarkdown(view, title, empty, {
      before,
      now: t("report.now"),
      list: t("report.column.list"),
    });
  }
  const { renderText } = await import("../report/render-text.ts");
  return renderText(report, view, title, empty, {
    columns: isFile ? 100 : app.io.columns,
    color: !isFile && app.io.color,
    unicode: isFile || app.io.unicode,
    wide: locale.startsWith("zh"),
    more: (n) => t("report.more_rows", { n }),
    rowList: (command) => t("report.row_list", { command }),
    before,
  });
}

type Classes = ReturnType<typeof import("../report/sections/time.ts").resolutionClasses>;

async function write(app: App, path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeOut(app, path, [content]);
  } catch (error) {
    const reason = systemReason(error, app.t);
    throw storeFailed(
      "output_failed",
      app.t("report.output.failed", { path, reason }),
      app.t("report.output.failed_hint"),
    );
  }
}

export const run: Run = async (app, { flags }) => {
  const period = periodOf(app, flags);
  const by = oneOf<DimensionName>(app, "by", flags.by, DIMENSIONS);
  const compare = oneOf(app, "compare", flags.compare, ["previous", "none"] as const) !== "none";
  const { format, output, told } = askedOf(app, flags);
  const store = await app.reader();
  const options = { store, now: app.now(), policy: () => app.library().policy(), country: countryOf(app) };
  const db = typeof flags.db === "string" ? app.dbPath : undefined;
  const report = buildReport(period, { ...options, compare, by, command: { db } });
  const { resolutionClasses } = await import("../report/sections/time.ts");
  const classes = () => resolutionClasses(makeScope(period, options));
  if (flags.digest === true && format === "json" && output === undefined) {
    const digest = String(await drawn(app, flags, report, "text", true, classes));
    app.io.print(`${JSON.stringify({ ...report, digest }, null, 2)}\n`);
    return;
  }
  const content = await drawn(app, flags, report, format, output !== undefined, classes);
  if (output === undefined && !told)
    return typeof content === "string" ? app.io.print(content) : writeOut(app, undefined, [content]);
  if (output === undefined) return app.print({ json: { format, content: String(content) }, text: () => "" });
  await write(app, output, content);
  app.print({
    json: { format, path: output, bytes: Buffer.byteLength(content) },
    text: () => app.t("report.output.written", { path: output }),
  });
};
