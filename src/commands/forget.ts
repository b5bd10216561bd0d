/** `forget`: erases a person from every file the program owns, keeps the numbers, and says what is out of its reach. */
import { join } from "node:path";
import type { App, Run } from "../app.ts";
import type { Case } from "../core/case.ts";
import { refused } from "../core/errors.ts";
import type { Store } from "../core/store-port.ts";
import { eraseCases, eraseInFile, filesBelow, holdsText } from "../store/erase.ts";
import type { StoreOptions } from "../store/open-store.ts";
import { countryOf, writingStore } from "./case-writing.ts";
import { confirmed } from "./confirmed.ts";
import { casesOfWho } from "./customer.ts";

const PERSONAL = [
  "customer_phone",
  "customer_email",
  "customer_account",
  "customer_address",
  "customer_name",
] as const;
/** Shorter ones stand in too many texts that are not about this person. */
const TELLING = 6;

/** What would give the person away in a file: numbers and addresses as they were written. */
function tracesOf(cases: readonly Case[]): string[] {
  const values = cases.flatMap((c) => PERSONAL.map((field) => c.record[field]));
  return [...new Set(values.filter((v) => typeof v === "string" && v.length >= TELLING) as string[])];
}

/** Backups that the program made by itself; a copy made by hand elsewhere is out of reach. */
function backupFolder(app: App): string {
  return app.config.backup?.folder ?? join(app.home, "backups");
}

function storeOptions(app: App): StoreOptions {
  return { now: app.now, random: app.random, agent: app.agent, country: countryOf(app), t: app.t };
}

interface Swept {
  erased: string[];
  pending: string[];
}

/** Backups, and every other database of ours in the home. */
function sweepBackups(app: App, erasures: ReturnType<typeof eraseCases>["erasures"]): Swept {
  const swept: Swept = { erased: [], pending: [] };
  const databases = [...new Set([...filesBelow(backupFolder(app)), ...filesBelow(app.home)])].filter(
    (path) => path.endsWith(".db") && path !== app.dbPath,
  );
  for (const path of databases)
    (eraseInFile(path, erasures, storeOptions(app)) ? swept.erased : swept.pending).push(path);
  return swept;
}

/** Cases of others in whose words the number stands: only a person can say whether that is this customer. */
function mentions(store: Store, cases: readonly Case[]): string[] {
  const mine = new Set(cases.map((c) => c.id));
  const found = tracesOf(cases).flatMap((trace) => store.search(trace, { limit: 50 }).cases);
  return [...new Set(found.filter((c) => !mine.has(c.id)).map((c) => c.ref))];
}

interface Forgotten {
  cases: string[];
  events: number;
  erased_files: string[];
  pending: string[];
  out_of_reach: string[];
}

async function forget(app: App, store: Store, cases: readonly Case[]): Promise<Forgotten> {
  const traces = tracesOf(cases);
  const others = mentions(store, cases);
  const erased = eraseCases(
    store,
    cases.map((c) => c.id),
    "forget",
  );
  const swept = sweepBackups(app, erased.erasures);
  const left: string[] = [];
  for (const path of filesBelow(app.home)) if (await holdsText(path, traces)) left.push(path);
  const pending = [
    ...(erased.isPending ? [app.t("case.forget_busy", { path: app.dbPath })] : []),
    ...[...new Set([...swept.pending, ...left])].map((path) => app.t("case.forget_left", { path })),
    ...(others.length > 0 ? [app.t("case.forget_mentions", { refs: others.join(", ") })] : []),
  ];
  return {
    cases: cases.map((c) => c.ref),
    events: erased.events,
    erased_files: [app.dbPath, ...swept.erased],
    pending,
    out_of_reach: [app.t("case.forget_exports"), app.t("case.forget_seats")],
  };
}

export const run: Run = async (app, { args, flags }) => {
  app.needRole("lead");
  const who = args.join(" ");
  const known = await app.reader();
  const cases = known ? casesOfWho(known, who) : [];
  if (cases.length === 0) throw refused("not_found", app.t("case.no_customer"), app.t("case.forget_hint"));
  const ask = () =>
    confirmed(app, app.t("case.forget_sure", { count: cases.length }), app.t("case.forget_needs_yes"));
  if (flags.yes !== true && !(await ask())) throw refused("not_confirmed", app.t("case.forget_not_done"));
  const result = await forget(app, await writingStore(app), cases);
  app.print({
    json: result,
    text: () =>
      [
        app.t("case.forgotten", { count: result.cases.length, refs: result.cases.join(", ") }),
        ...result.pending,
        ...result.out_of_reach,
      ].join("\n"),
  });
};
