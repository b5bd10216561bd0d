/** `export`: cases as JSON Lines, CSV or XLSX, masked; or with `--events` the whole event log as a bundle. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { App, Input, Run } from "../app.ts";
import type { Case } from "../core/case.ts";
import { refused, usage } from "../core/errors.ts";
import { maskCase } from "../core/mask-case.ts";
import type { Store } from "../core/store-port.ts";
import { withBreach } from "../core/trigger.ts";
import { caseFilter } from "./filter-flags.ts";
import { writeOut } from "./write-out.ts";

const FORMATS = ["jsonl", "csv", "xlsx"] as const;
type Format = (typeof FORMATS)[number];

function formatOf(app: App, flags: Input["flags"]): Format {
  const text = flags.format ?? "jsonl";
  if ((FORMATS as readonly unknown[]).includes(text)) return text as Format;
  throw usage(
    "not_in_set",
    app.t("cli.error.not_in_set", { name: "--format", value: String(text) }),
    FORMATS.join(", "),
  );
}

/** Where the result goes: a file that may not be there yet, or undefined for stdout. */
export function outputPath(app: App, name: unknown, force: boolean): string | undefined {
  if (typeof name !== "string" || name === "-") return undefined;
  const path = resolve(name);
  if (existsSync(path) && !force)
    throw refused("file_exists", app.t("store.file_exists", { path }), app.t("store.file_exists_hint"));
  return path;
}

interface Chosen {
  cases: Iterable<Case>;
  /** How many were given out so far, and which. */
  given: { count: number; ids: string[] };
}

/** The cases of the filter, oldest first, each masked on its way unless a lead unmasks them. */
function chosen(app: App, store: Store | undefined, flags: Input["flags"]): Chosen {
  const filter = caseFilter(app, store, flags);
  const policy = app.library().policy();
  const now = app.now();
  const personal = store?.personalFields();
  const given: Chosen["given"] = { count: 0, ids: [] };
  function* cases(): Generator<Case> {
    for (const c of store?.each(filter) ?? []) {
      given.count++;
      given.ids.push(c.id);
      const present = withBreach(c, now, policy);
      yield flags.unmask === true ? present : maskCase(present, personal);
    }
  }
  return { cases: cases(), given };
}

async function* partsOf(format: Format, cases: Iterable<Case>): AsyncGenerator<string | Uint8Array> {
  if (format === "jsonl") for (const c of cases) yield `${JSON.stringify(c)}\n`;
  else if (format === "csv") yield* (await import("./export-table.ts")).csvParts(cases);
  else yield await (await import("./export-xlsx.ts")).xlsxFile(cases);
}

async function exportCases(app: App, flags: Input["flags"]): Promise<void> {
  const format = formatOf(app, flags);
  if (flags.unmask === true) app.needRole("lead");
  const store = await app.reader();
  const path = outputPath(app, flags.output, flags.force === true);
  if (format === "xlsx" && !path && app.io.stdout.isTTY)
    throw usage(
      "missing_flag",
      app.t("case.missing_flag", { name: "--output" }),
      app.t("cli.error.see_help"),
    );
  const { cases, given } = chosen(app, store, flags);
  const asDocument = app.json && !path && flags.format === undefined;
  if (asDocument) {
    const all = [...cases];
    app.print({ json: { cases: all, total: all.length }, text: () => "" });
  } else await writeOut(app, path, partsOf(format, cases));
  if (flags.unmask === true && given.count > 0) store?.logAccess("export --unmask", given.ids);
  if (path)
    app.print({
      json: { path, format, cases: given.count },
      text: () => app.t("store.exported", { count: given.count, path }),
    });
}

async function exportEvents(app: App, flags: Input["flags"]): Promise<void> {
  app.needRole("lead");
  const { bundleLines } = await import("../store/bundle.ts");
  const path = outputPath(app, flags.events, flags.force === true);
  const store = await app.reader();
  if (!store) throw refused("nothing_to_export", app.t("store.no_store"), app.t("store.no_store_hint"));
  // Who takes everything along is written down before it leaves, and so stands in the bundle's own store.
  store.logAccess("export --events", ["*"]);
  let lines = -1;
  function* counted(): Generator<string> {
    for (const line of bundleLines(store!, { made_at: app.now().toISOString(), by: app.agent })) {
      lines++;
      yield line;
    }
  }
  await writeOut(app, path, counted());
  if (path)
    app.print({ json: { path, lines }, text: () => app.t("store.exported_events", { count: lines, path }) });
}

export const run: Run = async (app, { flags }) =>
  flags.events === undefined ? exportCases(app, flags) : exportEvents(app, flags);
