/** Worlds for report tests: demonstrations and hand-made histories in a store in memory, with the report and the oracle beside it. */
import { join } from "node:path";
import { compileContent, packagedRoot } from "../../src/content/compile.ts";
import type { EventDraft } from "../../src/core/event.ts";
import { newId, type Uuid } from "../../src/core/id.ts";
import type { Library } from "../../src/core/library-port.ts";
import { type Period, type PeriodFlags, parsePeriod } from "../../src/core/period.ts";
import type { Store } from "../../src/core/store-port.ts";
import { generateDemo } from "../../src/demo/generate.ts";
import { createChance } from "../../src/demo/random.ts";
import { factCases } from "../../src/report/fact-cases.ts";
import { buildReport, type Report, type ReportOptions } from "../../src/report/report.ts";
import { openStore } from "../../src/store/open-store.ts";
import { type OracleReport, oracle, readCases } from "./oracle.ts";
import type { OracleCase, RawEvent } from "./oracle-case.ts";

let library: Library | undefined;

/** The words and scripts of the working tree; no build is needed. */
export function shippedLibrary(): Library {
  if (library) return library;
  const { byLocale, locales, taxonomies, policy, scriptIds } = compileContent([
    packagedRoot(join(import.meta.dirname, "..", "..")),
  ]);
  const of = (locale: string) => byLocale[locale]!;
  library = {
    locales: () => locales,
    words: (locale) => of(locale).words,
    bank: (locale) => of(locale).bank,
    scriptIds: () => scriptIds,
    scriptInfos: (locale) => of(locale).infos,
    script: (id, locale) => of(locale).scripts[id],
    taxonomies: () => taxonomies,
    policy: () => policy,
    notices: () => [],
  };
  return library;
}

export const t = (key: string): string => key;

export function memoryStore(now: Date): Store {
  return openStore(":memory:", {
    now: () => now,
    random: createChance("store").bytes,
    agent: "lin",
    country: "CN",
  });
}

/** A demonstration in memory. */
export function demoStore(seed: number, cases: number, weeks: number, now: Date, timeZone: string): Store {
  const store = memoryStore(now);
  generateDemo({ store, library: shippedLibrary(), cases, weeks, seed, now, timeZone, country: "CN" });
  return store;
}

export interface Look {
  now: Date;
  zone: string;
  flags: PeriodFlags;
}

function optionsFor(store: Store | undefined, { now }: Look): ReportOptions {
  return { store, now, policy: () => shippedLibrary().policy(), country: "CN", compare: true, command: {} };
}

export function periodOf({ flags, now, zone }: Look): Period {
  return parsePeriod(flags, now, zone, t)!;
}

export function reportOf(store: Store | undefined, look: Look, more: Partial<ReportOptions> = {}): Report {
  return buildReport(periodOf(look), { ...optionsFor(store, look), ...more });
}

export function casesOf(store: Store, look: Look, fact: string): Uuid[] {
  return factCases(fact, periodOf(look), { ...optionsFor(store, look), t });
}

export function rawEvents(store: Store): RawEvent[] {
  return [...store.eventsSince(0)].map(({ event }) => event as unknown as RawEvent);
}

export function rawCases(store: Store): OracleCase[] {
  return readCases({
    events: rawEvents(store),
    scripts: new Map([...store.scripts()].map((s) => [s.hash, s])),
  });
}

/** What the oracle says of the same period; `cases` may be read once for several looks. */
export function oracleOf(
  store: Store,
  look: Look,
  cases?: OracleCase[],
  events: RawEvent[] = rawEvents(store),
): OracleReport {
  const policy = shippedLibrary().policy();
  const { kind, label } = periodOf(look);
  const years = policy.holidays?.CN?.years ?? {};
  const worked = new Set(policy.working_time.shifts.flatMap((s) => s.days));
  return oracle(
    {
      events,
      scripts: new Map(),
      kind,
      label,
      zone: look.zone,
      now: +look.now,
      atRisk: policy.clocks.at_risk,
      replyDays: policy.clocks.dispatch_reply_days.days!,
      isWorkingDay: (day) => {
        const year = years[day.slice(0, 4)];
        if (year?.off.includes(day.slice(5))) return false;
        if (year?.work?.includes(day.slice(5))) return true;
        return worked.has(((new Date(day).getUTCDay() + 6) % 7) + 1);
      },
    },
    cases ?? rawCases(store),
  );
}

/** Two reports side by side: every difference as one readable line. */
export function differences(report: Report, truth: OracleReport): string[] {
  const wrong: string[] = [];
  const close = (a: unknown, b: unknown): boolean => {
    if (typeof a === "number" && typeof b === "number")
      return Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b));
    if (typeof a === "object" && typeof b === "object" && a && b) {
      const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
      return [...keys].every((k) =>
        close((a as Record<string, unknown>)[k], (b as Record<string, unknown>)[k]),
      );
    }
    return a === b;
  };
  for (const [id, { facts, rows }] of Object.entries(truth)) {
    const section = report.sections[id];
    if (!section) {
      wrong.push(`${id}: missing`);
      continue;
    }
    for (const name of new Set([...Object.keys(facts), ...Object.keys(section.facts)]))
      if (!close(section.facts[name], facts[name]))
        wrong.push(
          `${id}.${name}: report ${JSON.stringify(section.facts[name])}, oracle ${JSON.stringify(facts[name])}`,
        );
    if (id === "actions") continue;
    // Rows are compared by what the oracle knows of them, whatever their order among equals.
    const named = (row: Record<string, unknown>) =>
      JSON.stringify(
        [
          "by",
          "id",
          "currency",
          "key",
          "trigger",
          "department",
          "category",
          "cause",
          "bucket",
          "stage",
          "day",
        ].map((k) => row[k]),
      );
    const sorted = (list: readonly Record<string, unknown>[]) =>
      [...list].sort((a, b) => (named(a) < named(b) ? -1 : named(a) > named(b) ? 1 : 0));
    const [ours, theirs] = id === "repeat" ? [section.rows, rows] : [sorted(section.rows), sorted(rows)];
    if (ours.length !== theirs.length) wrong.push(`${id}: ${ours.length} rows, oracle ${theirs.length}`);
    for (const [i, row] of theirs.entries())
      for (const [name, value] of Object.entries(row))
        if (!close(ours[i]?.[name], value))
          wrong.push(
            `${id} row ${named(row)} ${name}: report ${JSON.stringify(ours[i]?.[name])}, oracle ${JSON.stringify(value)}`,
          );
  }
  return wrong;
}

/** Every command of the report, run: those that do not give as many distinct cases as were counted. */
export function wrongLists(store: Store, look: Look, report: Report): string[] {
  const wrong: string[] = [];
  const check = (command: string, wanted: number) => {
    const fact = /--fact '?([^' ]+)/.exec(command)![1]!;
    const cases = casesOf(store, look, fact);
    if (cases.length !== wanted || new Set(cases).size !== wanted)
      wrong.push(`${command}: ${cases.length} cases, counted ${wanted}`);
  };
  for (const section of Object.values(report.sections)) {
    for (const [fact, command] of Object.entries(section.lists)) {
      const value = section.facts[fact]!;
      const count = typeof value === "number" ? value : Object.values(value).reduce((a, b) => a + b, 0);
      check(command, section.distinct[fact] ?? count);
    }
    for (const row of section.rows)
      if (row.list !== undefined && row.shown === undefined && row.open === undefined)
        check(String(row.list), Number(row.count));
  }
  return wrong;
}

/** Makes ids that rise and never repeat. */
export function idMaker(seed: string): (at: number) => Uuid {
  const { bytes } = createChance(seed);
  return (at) => newId(at, bytes);
}

export type Written = [at: string, draft: EventDraft, by?: string];

/** Appends events with their times to one case. */
export function write(store: Store, caseId: Uuid, events: readonly Written[]): void {
  store.append(
    caseId,
    events.map(([at, draft, by]) => ({
      ...draft,
      at: new Date(at).toISOString(),
      ...(by === undefined ? {} : { by }),
    })),
  );
}
