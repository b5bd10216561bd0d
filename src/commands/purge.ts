/** `purge --older-than 365d`: does to the persons of old closed cases what `forget` does, and keeps the counts. */
import type { App, Run } from "../app.ts";
import { refused, usage } from "../core/errors.ts";
import type { Store } from "../core/store-port.ts";
import { eraseCases, eraseInFile } from "../store/erase.ts";
import { backupFiles, storeOptions } from "./backup-files.ts";
import { writingStore } from "./case-writing.ts";
import { confirmed } from "./confirmed.ts";

const DAY = 86_400_000;
const UNITS: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, y: 365 };

/** Days; without the flag as long as the policy keeps cases. */
function daysOf(app: App, text: unknown): number {
  if (text === undefined) return app.library().policy().retention_days;
  const found = /^(\d{1,5})([dwmy])$/.exec(String(text));
  if (!found)
    throw usage("invalid_value", app.t("move.purge_age", { value: String(text) }), "365d, 52w, 12m, 1y");
  return Number(found[1]) * UNITS[found[2]!]!;
}

function closedBefore(store: Pick<Store, "query">, ms: number): string[] {
  return store
    .query<{ id: string }>(
      "SELECT id FROM cases WHERE status = 'closed' AND closed_at < @ms ORDER BY closed_at",
      { ms },
    )
    .map((row) => row.id);
}

export const run: Run = async (app, { flags }) => {
  app.needRole("lead");
  const days = daysOf(app, flags.olderThan);
  const before = +app.now() - days * DAY;
  const known = await app.reader();
  const old = known ? closedBefore(known, before) : [];
  const since = new Date(before).toISOString();
  const nothing = {
    days,
    before: since,
    cases: 0,
    events: 0,
    erased_files: [],
    pending: [],
    out_of_reach: [],
  };
  if (old.length === 0) return app.print({ json: nothing, text: () => app.t("move.purge_none", { days }) });
  const ask = () =>
    confirmed(app, app.t("move.purge_sure", { count: old.length, days }), app.t("case.forget_needs_yes"));
  if (flags.yes !== true && !(await ask())) throw refused("not_confirmed", app.t("case.forget_not_done"));
  const store = await writingStore(app);
  const erased = eraseCases(store, closedBefore(store, before), "purge");
  const files = backupFiles(app);
  const failed =
    erased.erasures.length === 0
      ? []
      : files.filter((path) => !eraseInFile(path, erased.erasures, storeOptions(app)));
  const pending = [
    ...(erased.isPending ? [app.t("case.forget_busy", { path: app.dbPath })] : []),
    ...failed.map((path) => app.t("case.forget_left", { path })),
  ];
  const out_of_reach = [app.t("case.forget_exports"), app.t("case.forget_seats")];
  const count = erased.cases.length;
  app.print({
    json: {
      days,
      before: since,
      cases: count,
      events: erased.events,
      erased_files: [app.dbPath, ...files.filter((path) => !failed.includes(path))],
      pending,
      out_of_reach,
    },
    text: () =>
      [app.t("move.purged", { count, events: erased.events }), ...pending, ...out_of_reach].join("\n"),
  });
};
