/** `demo`: fills a database of its own with lifelike cases, so that there is something to look around in. */
import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { App, Run } from "../app.ts";
import { refused, usage } from "../core/errors.ts";
import { shellWord } from "../report/list-command.ts";
import { countryOf } from "./case-writing.ts";

const CASES = { usual: 600, most: 2_000_000 };
const WEEKS = { usual: 8, most: 1040 };
/** A centre of this demonstration takes at most so many complaints a week; more cases reach further back. */
const WEEKLY = 2000;

function wholeNumber(app: App, flag: string, value: unknown, most: number, least = 1): number | undefined {
  if (value === undefined) return undefined;
  const text = String(value).normalize("NFKC").trim();
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw usage(
    "invalid_value",
    app.t("report.demo.not_number", { flag: `--${flag}`, value: String(value) }),
    app.t("report.demo.number", { from: least, to: most }),
  );
}

function removeDatabase(path: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
}

/** Says how far it has come, on a terminal only. */
function progressOf(app: App, all: number): (done: number) => void {
  if (!app.io.stderr.isTTY || app.json) return () => {};
  return (done) => {
    const end = done >= all ? "\r\u001b[K" : "";
    app.io.stderr.write(`\r${app.t("report.demo.progress", { done, all })}\u001b[K${end}`);
  };
}

/** Commands worth trying, as they are pasted into a shell. */
function commandsFor(db: string, phone: string): string[] {
  const at = `--db ${shellWord(db)}`;
  return [
    `complaint report --week ${at}`,
    `complaint report --week ${at} --format html --output report.html`,
    `complaint today --team ${at}`,
    `complaint list --overdue ${at}`,
    `complaint search 宽带 ${at}`,
    `complaint customer ${phone} ${at}`,
  ];
}

export const run: Run = async (app, { flags }) => {
  const cases = wholeNumber(app, "cases", flags.cases, CASES.most) ?? CASES.usual;
  const weeks =
    wholeNumber(app, "weeks", flags.weeks, WEEKS.most) ??
    Math.min(WEEKS.most, Math.max(WEEKS.usual, Math.ceil(cases / WEEKLY)));
  const seed = wholeNumber(app, "seed", flags.seed, 4_294_967_295, 0) ?? 1;
  const own = join(app.home, "demo.db");
  const db = typeof flags.db === "string" ? app.dbPath : own;
  // Only the demonstration's own file is ever replaced.
  if (db !== own && existsSync(db))
    throw refused("file_exists", app.t("report.demo.live", { path: db }), app.t("report.demo.live_hint"));
  const draft = `${db}.${process.pid}.tmp`;
  const [{ openStore }, { generateDemo }] = await Promise.all([
    import("../store/open-store.ts"),
    import("../demo/generate.ts"),
  ]);
  const country = countryOf(app);
  try {
    const store = openStore(draft, {
      now: app.now,
      random: app.random,
      agent: app.agent,
      country,
      t: app.t,
      create: !app.env.COMPLAINT_HOME && db === own,
    });
    const made = generateDemo({
      store,
      library: app.library(),
      cases,
      weeks,
      seed,
      now: app.now(),
      timeZone: app.timeZone,
      country,
      progress: progressOf(app, cases),
    });
    store.close();
    removeDatabase(db);
    renameSync(draft, db);
    const commands = commandsFor(db, made.repeatPhone);
    const { t } = app;
    app.print({
      json: { db, cases: made.cases, from: made.from, to: made.to, commands },
      text: () =>
        [
          t("report.demo.done", {
            db,
            cases: made.cases,
            from: made.from.slice(0, 10),
            to: made.to.slice(0, 10),
          }),
          t("report.demo.try"),
          ...commands.map((command) => `  ${command}`),
        ].join("\n"),
    });
  } finally {
    removeDatabase(draft);
  }
};
