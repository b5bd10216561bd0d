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
function owed(from: string | undefined, to: string): string {
  const within = (column: string) => `${from ? `${column} >= @${from} AND ` : ""}${column} < @${to}`;
  return `c.id IN (SELECT case_id FROM promises WHERE state = 'open' AND ${within("due_at")}
    UNION SELECT b.case_id FROM callbacks b JOIN cases o ON o.id = b.case_id WHERE o.status <> 'closed' AND b.at IS NULL AND ${within("b.due_at")}
    UNION SELECT id FROM cases WHERE status IN ('draft', 'open') AND ${within("resolve_by")})`;
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

/** The clause over `cases c`; `words` and `limit` are not part of it. */
export function caseClause(filter: CaseFilter): Clause {
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
    where.push(owed("dueFrom", "dueTo"));
    Object.assign(params, { dueFrom: Date.parse(filter.due.from), dueTo: Date.parse(filter.due.to) });
  }
  if (filter.overdue !== undefined) {
    where.push(owed(undefined, "overdue"));
    params.overdue = Date.parse(filter.overdue);
  }
  return { where, params };
}
