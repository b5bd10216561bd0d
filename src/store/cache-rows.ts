/** The rows of one case in the cache tables, as they follow from its events. Pure: the same events give the same rows. */
import type { Case } from "../core/case.ts";
import { customerKeys, type PhoneKey } from "../core/customer.ts";
import { byOrder, type CaseEvent, type EventOf } from "../core/event.ts";
import { type CaseState, LIVE_CHANNELS, type ScriptOf } from "../core/fold.ts";
import { refOf, type Uuid } from "../core/id.ts";
import { countedOptions } from "../core/record.ts";
import { STAGES } from "../core/stage.ts";
import { type ChildTable, COUNTS_NEVER } from "./schema.ts";
import { searchText } from "./search-text.ts";

export type Cell = string | number | bigint | null;

export interface CaseRows {
  id: Uuid;
  /** Where the case lies in `cases`; the next lower free one is taken where another case has it. */
  place: bigint;
  /** Columns of `cases` but `place`. */
  columns: Record<string, Cell>;
  body: string;
  search: string;
  /** Rows without their `case_id`. */
  children: Record<ChildTable, Cell[][]>;
}

/** Milliseconds since 1970 UTC. A time without offset is read as UTC, so that no machine's zone gets into the cache. */
function ms(text: string): number {
  const local = /T/.test(text) && !/(Z|[+-]\d{2}:?\d{2})$/.test(text);
  return Date.parse(local ? `${text}Z` : text);
}

function msOrNull(text: unknown): number | null {
  const at = typeof text === "string" ? ms(text) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}

const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);
const flag = (value: unknown): number | null => (typeof value === "boolean" ? Number(value) : null);

/** See CACHE_SQL: newest is highest, and among cases of one millisecond the lowest ref. */
export function placeOf(openedAt: number, ref: string): bigint {
  const bits = [...ref.slice(0, 4)].reduce(
    (n, c) => n * 32 + "0123456789ABCDEFGHJKMNPQRSTVWXYZ".indexOf(c),
    0,
  );
  return (BigInt(openedAt) << 20n) + BigInt(0xfffff - bits);
}

function lastOf<T extends CaseEvent["type"]>(events: readonly CaseEvent[], type: T): EventOf<T> | undefined {
  return events.findLast((e): e is EventOf<T> & CaseEvent => e.type === type) as EventOf<T> | undefined;
}

/** Report columns: whether the case counts there (CACHE_SQL says how), its marks and its response. */
function reportColumns(
  state: CaseState,
  events: readonly CaseEvent[],
  firstOut: number | null,
): Record<string, Cell> {
  const { case: c } = state;
  const { record } = c;
  const started = msOrNull(record.received_at) ?? ms(c.opened_at);
  const story = Boolean(record.words) || Boolean(record.category);
  const live = record.channel !== undefined && LIVE_CHANNELS.has(record.channel);
  const perStage = STAGES.map((stage) => [
    `mood_${stage.replace("-", "_")}`,
    c.moods.findLast((m) => m.stage === stage)?.mood ?? null,
  ]);
  const later = events.filter(
    (e) =>
      ((e.type === "answered" || e.type === "cleared") && e.data.run === undefined) ||
      (e.type === "closed" && e.data.duplicate_of !== undefined) ||
      e.type === "redacted" ||
      e.type === "imported",
  );
  return {
    on_spot: Number(
      record.outcome !== undefined && state.runs[0]?.fields.get("outcome") === "resolved_on_spot",
    ),
    has_story: Number(story),
    mood_first: c.moods[0]?.mood ?? null,
    mood_last: c.moods.at(-1)?.mood ?? null,
    marks: c.moods.length,
    mood_peak: c.moods.length > 0 ? Math.max(...c.moods.map((m) => m.mood)) : null,
    ...(Object.fromEntries(perStage) as Record<string, Cell>),
    counted:
      c.status === "draft"
        ? story
          ? 2
          : 3
        : c.status === "closed" && record.closed_reason === "duplicate"
          ? 0
          : 1,
    response_ms: live ? 0 : firstOut === null ? null : firstOut - started,
    draft_ms: draftMs(c),
    waiting_since: msOrNull(c.waits.findLast((w) => w.to === undefined)?.from),
    has_words: Number(Boolean(record.words)),
    changed_at: later.length > 0 ? Math.max(...later.map((e) => ms(e.at))) : null,
  };
}

function columnsOf(state: CaseState, events: readonly CaseEvent[], phoneKey: PhoneKey): Record<string, Cell> {
  const { case: c } = state;
  const { record } = c;
  const keys = customerKeys(record, phoneKey);
  const opened = ms(c.opened_at);
  const firstOut = msOrNull(c.contacts.find((contact) => contact.direction === "out")?.at);
  return {
    id: c.id,
    ref: refOf(c.id),
    status: c.status,
    stage: c.stage,
    script: c.script.id,
    locale: c.locale,
    agent: c.agent,
    owner: c.owner,
    opened_at: opened,
    updated_at: ms(c.updated_at),
    started_at: msOrNull(record.received_at) ?? opened,
    first_response_at: msOrNull(c.first_response_at),
    first_out_at: firstOut,
    resolved_at: msOrNull(c.resolved_at),
    closed_at: msOrNull(c.closed_at),
    closed_reason: textOrNull(record.closed_reason),
    resolve_by: msOrNull(c.resolve_by),
    update_by: msOrNull(c.update_by),
    reopened: c.reopened,
    duplicate_of: c.duplicate_of ? (lastOf(events, "closed")?.data.duplicate_of ?? null) : null,
    appeal_of: events.find((e) => e.type === "opened")?.data.appeal_of ?? null,
    source: c.source?.name ?? null,
    import_id: lastOf(events, "imported")?.data.import ?? null,
    customer: keys.customer ?? null,
    name: keys.name ?? null,
    account: keys.account ?? null,
    email: keys.email ?? null,
    channel: textOrNull(record.channel),
    category: textOrNull(record.category),
    cause: textOrNull(record.cause),
    department: textOrNull(record.department),
    severity: textOrNull(record.severity),
    kind: textOrNull(record.kind),
    psychology: textOrNull(record.psychology),
    outcome: textOrNull(record.outcome),
    ...reportColumns(state, events, firstOut),
  };
}

/** Lines and tips that were shown, each with the mood marks around it. */
function shownRows(events: readonly CaseEvent[]): Cell[][] {
  const rows: Cell[][] = [];
  let mood: number | null = null;
  let open = 0;
  for (const event of events) {
    if (event.type === "shown") {
      const { key, kind } = event.data;
      rows.push([rows.length + 1, ms(event.at), key, kind, mood, null]);
    } else if (event.type === "mood") {
      mood = event.data.mood;
      for (; open < rows.length; open++) rows[open]![5] = mood;
    }
  }
  return rows;
}

function appealRows(state: CaseState, events: readonly CaseEvent[]): Cell[][] {
  if (!state.case.appeal_of) return [];
  const settled = lastOf(events, "appeal-settled");
  return [[ms(state.case.opened_at), settled ? ms(settled.at) : null, settled?.data.outcome ?? null]];
}

/** Each time the case became closed; reopened `until` and closed again `next_at`. */
function closingRows({ case: c, closings }: CaseState): Cell[][] {
  const at = c.statuses.flatMap((s, i) => (s.status === "closed" ? [i] : []));
  return closings.map((closing, i) => {
    const until = c.statuses[(at[i] ?? -2) + 1];
    return [
      i + 1,
      ms(closing.at),
      closing.reason,
      msOrNull(until?.at),
      msOrNull(closings[i + 1]?.at),
      Number(closing.alone),
    ];
  });
}

function childrenOf(
  state: CaseState,
  events: readonly CaseEvent[],
  scriptOf: ScriptOf,
  counts: Cell,
): CaseRows["children"] {
  const { case: c } = state;
  const counted = (rows: Cell[][]): Cell[][] => rows.map((row) => [...row, counts]);
  const starters = new Map(events.filter((e) => e.type === "run-started").map((e) => [e.data.run, e.by]));
  return {
    statuses: counted(
      c.statuses.map((s, i) => [i + 1, ms(s.at), c.statuses[i - 1]?.status ?? null, s.status]),
    ),
    closings: counted(closingRows(state)),
    promises: counted(
      c.promises.map((p) => [p.n, ms(p.made_at), ms(p.due_at), p.state, msOrNull(p.settled_at), p.by]),
    ),
    promise_moves: counted(
      c.promises.flatMap((p) => p.moves.map((m, i) => [p.n, i + 1, ms(m.at), ms(m.from), ms(m.to)])),
    ),
    approvals: c.approvals.map((a) => [
      a.n,
      ms(a.asked_at),
      a.state,
      msOrNull(a.decided_at),
      a.by,
      a.decided_by ?? null,
      counts,
    ]),
    callbacks: c.callbacks.map((b) => [
      b.n,
      msOrNull(b.due_at),
      msOrNull(b.at),
      b.result ?? null,
      flag(b.solved),
      b.satisfaction ?? null,
      counts,
    ]),
    escalations: counted(c.escalations.map((e) => [e.n, ms(e.at), e.trigger, e.to])),
    appeals: counted(appealRows(state, events)),
    dispatches: counted(c.dispatches.map((d) => [d.n, d.to, ms(d.at), msOrNull(d.replied_at)])),
    shown: counted(shownRows(events)),
    money: countedOptions(state, scriptOf).map(({ option, class: level }, i) => [
      i + 1,
      option.remedy,
      option.amount ?? null,
      option.currency ?? null,
      level ?? null,
      textOrNull(c.record.cause),
      msOrNull(c.resolved_at),
      counts,
    ]),
    flags: [...new Set(c.record.flags ?? [])].map((name) => [String(name), ms(c.opened_at), counts]),
    runs: state.runs.map((r) => [
      r.id,
      r.kind,
      starters.get(r.id) ?? c.agent,
      r.script.id,
      ms(r.started_at),
      msOrNull(r.finished_at),
    ]),
    missing: [...new Set(state.runs.map((r) => r.script.hash))].filter((h) => !scriptOf(h)).map((h) => [h]),
  };
}

/** From the opening until the case was a draft no longer. */
function draftMs(c: Case): number | null {
  const left = c.statuses[0]?.status === "draft" ? c.statuses[1] : undefined;
  return left === undefined ? null : ms(left.at) - ms(c.opened_at);
}

/** From when on a report counts what belongs to the case; see CACHE_SQL. */
function countsAt({ counted, opened_at: opened }: Record<string, Cell>): Cell {
  return counted === 1 ? 0 : counted === 2 ? opened! : COUNTS_NEVER;
}

/** The rows of the case folded to `state` from `events`, which may stand in any order. */
export function cacheRows(
  state: CaseState,
  events: readonly CaseEvent[],
  context: { scriptOf: ScriptOf; phoneKey: PhoneKey },
): CaseRows {
  const sorted = [...events].sort(byOrder);
  const columns = columnsOf(state, sorted, context.phoneKey);
  return {
    id: state.case.id,
    place: placeOf(Number(columns.opened_at), String(columns.ref)),
    columns,
    body: JSON.stringify(state.case),
    search: searchText(state.case),
    children: childrenOf(state, sorted, context.scriptOf, countsAt(columns)),
  };
}
