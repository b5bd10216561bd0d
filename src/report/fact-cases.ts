/** `complaint list --fact`: the cases behind a number of the report, by the same SQL that counted them. */
import { usage } from "../core/errors.ts";
import type { Uuid } from "../core/id.ts";
import type { Translate } from "../core/library-port.ts";
import type { Period } from "../core/period.ts";
import { casesByDimension, DIMENSIONS, MEASURES } from "./by-dimension.ts";
import { makeScope, type Scope, type ScopeOptions } from "./scope.ts";
import { casesOfFact, type Section } from "./section.ts";
import { SECTIONS } from "./sections.ts";

export interface FactCases extends ScopeOptions {
  t: Translate;
}

interface Query {
  sql: string;
  extra: Record<string, unknown>;
}

/** Every name `--fact` takes, for completion and errors: `volume.received`, `category:<id>`, `by.agent.closed:<id>`. */
export function factNames(): string[] {
  return [
    ...SECTIONS.flatMap((section) => [
      ...[
        ...(section.counted ?? []).flatMap((c) => Object.keys(c.facts)),
        ...Object.keys(section.lists ?? {}),
      ].map((fact) => `${section.id}.${fact}`),
      ...(section.rowCases ? [`${section.id}:<row>`] : []),
    ]),
    ...DIMENSIONS.flatMap((d) => Object.keys(MEASURES).map((measure) => `by.${d}.${measure}:<row>`)),
  ];
}

function rowQuery(section: Section, key: string, scope: Scope): Query | undefined {
  const { rowCases } = section;
  if (rowCases === undefined) return undefined;
  if (typeof rowCases === "string") return { sql: rowCases, extra: { row: key } };
  const { sql, extra = {} } = rowCases(key, scope);
  return { sql, extra };
}

function queryOf(name: string, scope: Scope): Query | undefined {
  const [, path = "", key] = /^([^:]*)(?::(.*))?$/su.exec(name) ?? [];
  const [id = "", ...rest] = path.split(".");
  if (id === "by") {
    const sql = key === undefined ? undefined : casesByDimension(rest.join("."));
    return sql === undefined ? undefined : { sql, extra: { row: key } };
  }
  const section = SECTIONS.find((s) => s.id === id);
  if (!section) return undefined;
  const extra = section.params?.(scope) ?? {};
  if (rest.length === 0) return key === undefined ? undefined : rowQuery(section, key, scope);
  const sql = key === undefined ? casesOfFact(section, rest.join(".")) : undefined;
  return sql === undefined ? undefined : { sql, extra };
}

/**
 * The distinct cases behind `name` (`section.fact`, `section:row` or `by.dimension.measure:row`) in a period, as of
 * `options.now`. Throws the contracted usage error (exit 2) for a name the report does not have.
 */
export function factCases(name: string, period: Period, options: FactCases): Uuid[] {
  const scope = makeScope(period, options);
  const query = queryOf(name, scope);
  if (!query)
    throw usage("unknown_fact", options.t("report.fact.unknown", { name }), options.t("report.fact.form"));
  // Repeats are taken out here: for DISTINCT over many cases SQLite would walk all of them in the order of their ids.
  const rows = scope.all<{ case_id: Uuid | null }>(query.sql, query.extra);
  return [...new Set(rows.flatMap((row) => row.case_id ?? []))];
}
