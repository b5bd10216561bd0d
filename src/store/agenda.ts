/** The cases that need somebody today, and those whose deadline has passed: what `today` and the breach sweep ask for. */
import type { Case } from "../core/case.ts";
import type { Store } from "../core/store-port.ts";

export interface AgendaQuery {
  /** Absent: the whole team. */
  owner?: string;
  now: number;
  /** Promises due before this are shown. */
  promisesUntil: number;
  /** Callbacks due before this are shown. */
  callbacksUntil: number;
  /** Share of the time used from which a case is at risk. */
  atRisk: number;
  /** The top of the escalation ladder: cases that reached it are always shown. */
  top: string;
}

type Reading = Pick<Store, "query">;
type Body = { body: string };

const bodies = (rows: Body[]): Case[] => rows.map((row) => JSON.parse(row.body) as Case);

const PROMISED = "SELECT case_id FROM promises WHERE state = 'open' AND due_at < @promisesUntil";
const NEEDED = `
  SELECT case_id FROM callbacks WHERE at IS NULL AND due_at < @callbacksUntil
  UNION SELECT case_id FROM approvals WHERE state = 'pending'
  UNION SELECT id FROM cases WHERE status IN ('open', 'draft') AND resolve_by IS NOT NULL
    AND started_at + @atRisk * (resolve_by - started_at) <= @now
  UNION SELECT id FROM cases WHERE status = 'open' AND update_by <= @now
  UNION SELECT case_id FROM escalations WHERE to_whom = @top`;

/** Cases that owe something until the given times, oldest first; a closed one owes only what was promised. */
export function agendaCases(store: Reading, asked: AgendaQuery): Case[] {
  const { owner, ...times } = asked;
  const mine = owner === undefined ? "" : "AND c.owner = @owner";
  return bodies(
    store.query<Body>(
      `SELECT b.body FROM cases c JOIN bodies b ON b.place = c.place
       WHERE (c.id IN (${PROMISED}) OR (c.status <> 'closed' AND c.id IN (${NEEDED}))) ${mine} ORDER BY c.place`,
      owner === undefined ? times : { ...times, owner },
    ),
  );
}

/**
 * Unresolved cases whose deadline passed while they were open and not waiting, and that hold no breach for it yet; at
 * most `limit`, the longest overdue first. `breachOf` decides; this only finds them without reading every case.
 */
export function overdueCases(store: Reading, now: number, limit: number): Case[] {
  return bodies(
    store.query<Body>(
      `SELECT b.body FROM cases c JOIN bodies b ON b.place = c.place
       WHERE c.status IN ('open', 'draft') AND c.resolve_by <= @now
         AND (c.status = 'open' OR c.has_story = 1)
         AND (c.waiting_since IS NULL OR c.waiting_since >= c.resolve_by)
         AND coalesce((SELECT s.to_status FROM statuses s WHERE s.case_id = c.id AND s.at <= c.resolve_by ORDER BY s.n DESC LIMIT 1), 'open') IN ('open', 'draft')
         AND NOT EXISTS (SELECT 1 FROM escalations e WHERE e.case_id = c.id AND e.trigger = 'breach' AND e.at = c.resolve_by)
       ORDER BY c.resolve_by LIMIT @limit`,
      { now, limit },
    ),
  );
}
