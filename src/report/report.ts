/** The report as data: the JSON of the contract, from which every other form is drawn. */
import { type Period, previousPeriod } from "../core/period.ts";
import { type ByDimension, byDimension, type DimensionName } from "./by-dimension.ts";
import { type ChangedSince, changedSince } from "./changed-since.ts";
import { type CommandOptions, listCommand } from "./list-command.ts";
import { makeScope, type Scope, type ScopeOptions } from "./scope.ts";
import { casesOfFact, distinctCases, type Facts, type Row, type Section, tally } from "./section.ts";
import { SECTIONS } from "./sections.ts";

export interface SectionFigures {
  facts: Record<string, number | Record<string, number>>;
  /** `list` is the command that lists the cases behind a row. */
  rows: Row[];
  /** Fact → the command that lists the cases behind it. */
  lists: Record<string, string>;
  /** Fact → how many distinct cases stand behind it, where that differs from the count. */
  distinct: Record<string, number>;
}

export interface Report {
  period: Period;
  previous: (Period & { sections: Record<string, { facts: SectionFigures["facts"] }> }) | null;
  generated_at: string;
  sections: Record<string, SectionFigures>;
  by?: ByDimension;
  /** Cases of a past period that were changed after its end, by what was done to them. */
  changed_since?: ChangedSince;
}

export interface ReportOptions extends ScopeOptions {
  compare: boolean;
  by?: DimensionName | undefined;
  command: CommandOptions;
}

interface Computed {
  facts: SectionFigures["facts"];
  counts: Record<string, number>;
}

/** The facts of a section in their order. */
function factsOf(section: Section, scope: Scope): Computed {
  const extra = section.params?.(scope) ?? {};
  const counts: Record<string, number> = {};
  for (const counted of section.counted ?? []) Object.assign(counts, tally(scope, counted, extra));
  const found: Facts = { ...section.facts?.(scope), ...counts, ...section.rates?.(counts, scope) };
  const order = section.order ?? Object.keys(found);
  const facts = Object.fromEntries(
    order.flatMap((name) => (found[name] === undefined ? [] : [[name, found[name]]])),
  );
  return { facts: facts as SectionFigures["facts"], counts };
}

const countOf = (fact: number | Record<string, number> | undefined): number =>
  typeof fact === "number" ? fact : Object.values(fact ?? {}).reduce((a, b) => a + b, 0);

/** The distinct cases behind the facts that are shown, where they differ from the count. */
function distinctOf(section: Section, scope: Scope, { facts, counts }: Computed): Record<string, number> {
  const extra = section.params?.(scope) ?? {};
  const found: Record<string, number> = { ...section.distinct?.(scope) };
  for (const counted of section.counted ?? []) {
    const isCounted = Object.keys(counted.facts).some((name) => counts[name]! > 1);
    if (!counted.unique && isCounted) Object.assign(found, distinctCases(scope, counted, extra, counts));
  }
  return Object.fromEntries(
    Object.entries(found).filter(([name, n]) => facts[name] !== undefined && n !== countOf(facts[name])),
  );
}

function sectionFigures(
  section: Section,
  scope: Scope,
  previous: Scope | undefined,
  command: CommandOptions,
): SectionFigures {
  const figures: SectionFigures = { facts: {}, rows: [], lists: {}, distinct: {} };
  const computed = factsOf(section, scope);
  figures.facts = computed.facts;
  figures.distinct = distinctOf(section, scope, computed);
  const list = (fact: string) =>
    listCommand(
      scope,
      fact,
      section.ofNow?.includes(fact.includes(":") ? "rows" : (fact.split(".")[1] ?? "")) ?? false,
      command,
    );
  for (const name of Object.keys(figures.facts)) {
    if (casesOfFact(section, name) !== undefined) figures.lists[name] = list(`${section.id}.${name}`);
  }
  figures.rows = (section.rows?.(scope, previous) ?? []).map((row) => {
    const key = section.rowKey?.(row);
    const filled = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
    return key === undefined ? filled : { ...filled, list: list(`${section.id}:${key}`) };
  });
  return figures;
}

/** Computes the report of a period. Reads only; the store may be missing, then everything is zero or empty. */
export function buildReport(period: Period, options: ReportOptions): Report {
  const scope = makeScope(period, options);
  const before = options.compare ? makeScope(previousPeriod(period), options) : undefined;
  const sections = Object.fromEntries(
    SECTIONS.map((section) => [section.id, sectionFigures(section, scope, before, options.command)]),
  );
  const previous = before && {
    ...before.period,
    sections: Object.fromEntries(
      SECTIONS.map((section) => [section.id, { facts: factsOf(section, before).facts }]),
    ),
  };
  const changed = changedSince(scope);
  return {
    period,
    previous: previous ?? null,
    generated_at: options.now.toISOString(),
    sections,
    ...(options.by === undefined ? {} : { by: byDimension(scope, options.by, options.command) }),
    ...(changed === undefined ? {} : { changed_since: changed }),
  };
}
