/** A filter of `list`, `search` and `export` as the WHERE clause it means. Every value is a parameter. */
import { STATUSES } from "../core/case.ts";
import type { CaseFilter } from "../core/store-port.ts";

export interface Clause {
  /** Joined with AND; empty: every case. */
  where: string[];
  params: Record<string, string | number>;
}

const EQUAL = [
  "stage",
  "category",
  "cause",
  "channel",
  "agent",
  "owner",
  "department",
  "severity",
  "kind",
  "psychology",
  "script",
  "source",
] as const;

/** Everything owed in [from, to): open promises, callbacks not made, deadlines of cases not resolved. */
function owed(from: string | undefined, to: string, isView: boolean): string {
  const within = (column: string) => `${from ? `${column} >= @${from} AND ` : ""}${column} < @${to}`;
  // Left alone, SQLite reads the deadlines of all closed cases too.
  const open = isView ? "cases" : "cases INDEXED BY cases_open";
  return `c.place IN (
    SELECT o.place FROM promises p JOIN cases o ON o.id = p.case_id WHERE p.state = 'open' AND ${within("p.due_at")}
    UNION ALL SELECT o.place FROM callbacks b JOIN cases o ON o.id = b.case_id WHERE b.at IS NULL AND o.status <> 'closed' AND ${within("b.due_at")}
    UNION ALL SELECT place FROM ${open} WHERE status IN ('open', 'draft') AND ${within("resolve_by")})`;
}

/** Only the statuses that narrow anything. */
function statusClause(status: CaseFilter["status"]): string | undefined {
  if (!status || STATUSES.every((s) => status.includes(s))) return undefined;
  // Written like the partial index, so that SQLite takes it.
  if (status.length === 3 && !status.includes("closed")) return "c.status <> 'closed'";
  return `c.status IN (${STATUSES.filter((s) => status.includes(s))
    .map((s) => `'${s}'`)
    .join(", ")})`;
}

/** The clause over `cases c`; `words` and `limit` are not part of it. `isView`: `cases` hides some (`import-session.ts`). */
export function caseClause(filter: CaseFilter, isView: boolean): Clause {
  const where: string[] = [];
  const params: Clause["params"] = {};
  const status = statusClause(filter.status);
  if (status) where.push(status);
  for (const name of EQUAL) {
    const value = filter[name];
    if (value === undefined) continue;
    where.push(`c.${name} = @${name}`);
    params[name] = value;
  }
  if (filter.since !== undefined) {
    where.push("c.place >= @since << 20");
    params.since = Date.parse(filter.since);
  }
  if (filter.until !== undefined) {
    where.push("c.place < @until << 20");
    params.until = Date.parse(filter.until);
  }
  if (filter.flag !== undefined) {
    where.push("c.id IN (SELECT case_id FROM flags WHERE flag = @flag)");
    params.flag = filter.flag;
  }
  if (filter.ids) {
    where.push("c.id IN (SELECT value FROM json_each(@ids))");
    params.ids = JSON.stringify(filter.ids);
  }
  if (filter.due) {
    where.push(owed("dueFrom", "dueTo", isView));
    Object.assign(params, { dueFrom: Date.parse(filter.due.from), dueTo: Date.parse(filter.due.to) });
  }
  if (filter.overdue !== undefined) {
    where.push(owed(undefined, "overdue", isView));
    params.overdue = Date.parse(filter.overdue);
  }
  return { where, params };
}
