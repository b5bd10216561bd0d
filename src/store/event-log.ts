/** The truth: the table of events and the scripts they name. Rows are added; only an erasure ever blanks one. */
import { byOrder, type CaseEvent } from "../core/event.ts";
import { FIELDS, type FieldSpec } from "../core/field.ts";
import type { Uuid } from "../core/id.ts";
import { redactedData } from "../core/redaction.ts";
import type { Script } from "../core/script.ts";
import type { Connection } from "./connection.ts";
import { parseRow } from "./store-error.ts";

/** A row of `events` as SQLite gives it. */
export interface EventRow {
  position: number;
  id: string;
  case_id: string;
  seq: number;
  at: string;
  by: string;
  type: string;
  data: string;
}

export interface EventLog {
  /** Whether an event may come in blank, because something was erased here before. */
  mayBlank(): boolean;
  /** To be called at the start of a transaction that adds events. */
  begin(): void;
  /**
   * Adds an event as it is; false: its id was known. One that was erased before comes in blank, an erasure blanks what
   * it names. `text` is its data as JSON, where that is at hand.
   */
  add(event: CaseEvent, text?: string): boolean;
  /** In order. */
  of(caseId: Uuid): CaseEvent[];
  has(caseId: Uuid): boolean;
  /** The highest position so far; 0: none. */
  end(): number;
  /** Every event after `position`, in the order of arrival, read in pages so that nothing stays locked. */
  since(position: number): Generator<{ position: number; event: CaseEvent }>;
  /** Cases of the events an erasure names, which it has just blanked. */
  casesOf(events: readonly Uuid[]): Uuid[];
  lastOf(agent: string): Uuid | undefined;
  caseIds(after: Uuid, limit: number): Uuid[];
  /** How many cases (and actions) there are; reads an index from end to end. */
  countCases(): number;
  /** True: it was new. */
  putScript(script: Script): boolean;
  script(hash: string): Script | undefined;
  /** Fields that some script asks for as personal and that are not so by themselves. */
  personalFields(): ReadonlySet<string>;
  scripts(): Generator<Script>;
}

const PAGE = 500;

/** Nobody may change an event, also not by way of a state that was folded from it. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}

function toEvent(row: EventRow): CaseEvent {
  const { id, case_id, seq, at, by, type, data } = row;
  return deepFreeze({ id, caseId: case_id, seq, at, by, type, data: parseRow(data) } as CaseEvent);
}

export function createEventLog({ sql, write }: Connection): EventLog {
  const bodies = new Map<string, Script>();

  /** Most stores have erased nothing; then no event is looked up among the erased. */
  let anyErased = true;

  function blank(eventId: Uuid, byEvent: Uuid): void {
    anyErased = true;
    sql("INSERT OR IGNORE INTO erased (event_id, by_event) VALUES (?, ?)").run(eventId, byEvent);
    const row = sql("SELECT * FROM events WHERE id = ?").get(eventId) as EventRow | undefined;
    if (!row) return;
    const data = JSON.stringify(redactedData(toEvent(row)));
    sql("UPDATE events SET data = ? WHERE id = ?").run(data, eventId);
  }

  /** Kept beside the scripts, so that a list need not read them all. */
  function notePersonal(script: Script): void {
    const fields = script.steps.flatMap((step) => {
      const name = step.personal ? step.records : undefined;
      return name === undefined || (FIELDS[name] as FieldSpec | undefined)?.personal ? [] : [name];
    });
    if (fields.length === 0) return;
    const all = [...new Set([...personalFields(), ...fields])].sort();
    sql(
      "INSERT INTO cursors (name, value) VALUES ('personal', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
    ).run(JSON.stringify(all));
  }

  function personalFields(): ReadonlySet<string> {
    const row = sql("SELECT value FROM cursors WHERE name = 'personal'").get() as
      | { value: string }
      | undefined;
    return new Set(row ? (JSON.parse(row.value) as string[]) : []);
  }

  return {
    personalFields,
    begin() {
      anyErased = sql("SELECT 1 FROM erased LIMIT 1").get() !== undefined;
    },
    mayBlank: () => anyErased,
    add(event, text) {
      const erased = anyErased && sql("SELECT 1 FROM erased WHERE event_id = ?").get(event.id) !== undefined;
      const { changes } = sql(
        "INSERT INTO events (id, case_id, seq, at, by, type, data) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
      ).run(
        event.id,
        event.caseId,
        event.seq,
        event.at,
        event.by,
        event.type,
        erased ? JSON.stringify(redactedData(event)) : (text ?? JSON.stringify(event.data)),
      );
      if (changes === 0) return false;
      if (event.type === "redacted") {
        for (const id of event.data.events) blank(id, event.id);
        sql("DELETE FROM drafts WHERE case_id = ?").run(event.caseId);
      }
      return true;
    },
    of(caseId) {
      const rows = sql("SELECT * FROM events WHERE case_id = ? ORDER BY seq").all(caseId) as EventRow[];
      return rows.map(toEvent).sort(byOrder);
    },
    has: (caseId) => sql("SELECT 1 FROM events WHERE case_id = ? LIMIT 1").get(caseId) !== undefined,
    end: () => (sql("SELECT coalesce(max(position), 0) AS n FROM events").get() as { n: number }).n,
    *since(position) {
      let from = position;
      for (;;) {
        const rows = sql("SELECT * FROM events WHERE position > ? ORDER BY position LIMIT ?").all(
          from,
          PAGE,
        ) as EventRow[];
        for (const row of rows) yield { position: row.position, event: toEvent(row) };
        if (rows.length < PAGE) return;
        from = rows.at(-1)!.position;
      }
    },
    casesOf(events) {
      const found = events.map(
        (id) => sql("SELECT case_id FROM events WHERE id = ?").get(id) as { case_id: string } | undefined,
      );
      return [...new Set(found.flatMap((row) => (row ? [row.case_id] : [])))];
    },
    lastOf(agent) {
      // Streams of their own (corrective actions) are no cases.
      const row = sql(
        "SELECT e.case_id FROM events e WHERE e.by = ? AND EXISTS (SELECT 1 FROM cases c WHERE c.id = e.case_id) ORDER BY e.position DESC LIMIT 1",
      ).get(agent) as { case_id: string } | undefined;
      return row?.case_id;
    },
    caseIds(after, limit) {
      const rows = sql("SELECT DISTINCT case_id FROM events WHERE case_id > ? ORDER BY case_id LIMIT ?").all(
        after,
        limit,
      ) as { case_id: string }[];
      return rows.map((row) => row.case_id);
    },
    countCases: () =>
      (sql("SELECT count(*) AS n FROM (SELECT DISTINCT case_id FROM events)").get() as { n: number }).n,
    putScript(script) {
      const { hash, id, locale } = script;
      if (bodies.has(hash)) return false;
      if (sql("SELECT 1 FROM scripts WHERE hash = ?").get(hash)) {
        bodies.set(hash, script);
        return false;
      }
      const put = sql(
        "INSERT INTO scripts (hash, id, locale, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
      );
      const isNew = write(() => {
        notePersonal(script);
        return put.run(hash, id, locale, JSON.stringify(script)).changes > 0;
      });
      bodies.set(hash, script);
      return isNew;
    },
    script(hash) {
      const known = bodies.get(hash);
      if (known) return known;
      const row = sql("SELECT body FROM scripts WHERE hash = ?").get(hash) as { body: string } | undefined;
      const script = row && (JSON.parse(row.body) as Script);
      if (script) bodies.set(hash, script);
      return script;
    },
    *scripts() {
      const hashes = sql("SELECT hash FROM scripts ORDER BY hash").all() as { hash: string }[];
      for (const { hash } of hashes) {
        const row = sql("SELECT body FROM scripts WHERE hash = ?").get(hash) as { body: string };
        yield JSON.parse(row.body) as Script;
      }
    },
  };
}
