/** Appends events and brings the cache up to date with them, in one transaction. */
import { type Action, foldAction, isActionStream } from "../core/action.ts";
import type { PhoneKey } from "../core/customer.ts";
import type { CaseEvent, EventDraft } from "../core/event.ts";
import { type CaseState, foldCase } from "../core/fold.ts";
import { newId, type RandomBytes, type Uuid } from "../core/id.ts";
import type { Script } from "../core/script.ts";
import { type CaseRows, cacheRows } from "./cache-rows.ts";
import { type CacheWriter, createCacheWriter } from "./cache-writer.ts";
import type { Connection } from "./connection.ts";
import { deepFreeze, type EventLog } from "./event-log.ts";

export interface WriterContext {
  now: () => Date;
  random: RandomBytes;
  agent: string;
  phoneKey: PhoneKey;
}

export interface CaseWriter {
  /** `append` as part of a transaction that is open already. */
  appendInside(caseId: Uuid, drafts: readonly EventDraft[]): CaseState;
  /** The events of a case that is new here, without a look at what there might be of it; part of an open transaction. */
  addNew(caseId: Uuid, drafts: readonly EventDraft[]): void;
  /** What was remembered of a case that is taken out. */
  forgetCase(caseId: Uuid): void;
  /** Returns the cases that waited for it. */
  putScript(script: Script): Uuid[];
  append(caseId: Uuid, drafts: readonly EventDraft[]): CaseState;
  appendAll(batch: readonly { caseId: Uuid; drafts: readonly EventDraft[] }[]): CaseState[];
  appendAction(id: Uuid, drafts: readonly EventDraft[]): Action;
  update(caseId: Uuid, decide: (state: CaseState) => readonly EventDraft[]): CaseState;
  absorb(
    events: Iterable<CaseEvent>,
    scripts: Iterable<Script>,
    mark?: string,
  ): { added: number; known: number; cases: Uuid[] };
  /** Makes the rows of one case anew. Inside a transaction. */
  refresh(caseId: Uuid): CaseState | undefined;
  /** Runs `body` in one transaction and writes the full text that waits before it ends. */
  write<T>(body: () => T): T;
  cache: CacheWriter;
  state(caseId: Uuid): CaseState | undefined;
}

/** What this process knows of a case it works on; good as long as nobody else writes to the file. */
interface Known {
  events: CaseEvent[];
  rows?: CaseRows;
}

/** A write transaction ends after this many milliseconds of work, so that calls beside it never wait long. */
export const SLICE_MS = 25;
const KNOWN_CASES = 16;

export function createCaseWriter(connection: Connection, log: EventLog, context: WriterContext): CaseWriter {
  const cache = createCacheWriter(connection);
  const known = new Map<Uuid, Known>();
  const rowContext = { scriptOf: (hash: string) => log.script(hash), phoneKey: context.phoneKey };

  function know(caseId: Uuid): Known {
    let entry = known.get(caseId);
    if (!entry) {
      entry = { events: log.of(caseId) };
      if (known.size >= KNOWN_CASES) known.delete(known.keys().next().value!);
      known.set(caseId, entry);
    }
    return entry;
  }

  /** One transaction; what is known of cases never outlives a failed one. */
  function write<T>(body: () => T): T {
    try {
      return connection.write(() => {
        if (connection.changedElsewhere()) {
          known.clear();
          cache.vocabulary.forget();
        }
        log.begin();
        const result = body();
        cache.flush();
        return result;
      });
    } catch (error) {
      known.clear();
      cache.drop();
      throw error;
    }
  }

  /** The drafts as events with their data as text; the data is a copy that nobody can change. */
  function complete(caseId: Uuid, drafts: readonly EventDraft[], highest: number): [CaseEvent, string][] {
    const now = context.now();
    return drafts.map((draft, i) => {
      const text = JSON.stringify(draft.data);
      const event = {
        id: draft.id ?? newId(now.getTime(), context.random),
        caseId,
        seq: highest + i + 1,
        at: draft.at ?? now.toISOString(),
        by: draft.by ?? context.agent,
        type: draft.type,
        data: deepFreeze(JSON.parse(text)),
      };
      return [event as CaseEvent, text];
    });
  }

  function putAction(action: Action): void {
    const { id, cause, category, owner, added_at, due, done_at } = action;
    connection
      .sql("INSERT OR REPLACE INTO actions VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .run(
        id,
        cause,
        category ?? null,
        owner,
        Date.parse(added_at),
        Date.parse(due),
        done_at === undefined ? null : Date.parse(done_at),
        JSON.stringify(action),
      );
  }

  function putRows(entry: Known): CaseState | undefined {
    const action = isActionStream(entry.events) ? foldAction(entry.events) : undefined;
    if (action) putAction(action);
    if (!entry.events.some((e) => e.type === "opened")) return undefined;
    const state = foldCase(entry.events, rowContext.scriptOf);
    entry.rows = cache.put(cacheRows(state, entry.events, rowContext), entry.rows);
    return state;
  }

  function refresh(caseId: Uuid): CaseState | undefined {
    known.delete(caseId);
    return putRows(know(caseId));
  }

  /** What an erasure named has changed under our feet, in this case and perhaps in others. */
  function afterErasure(caseId: Uuid, events: readonly CaseEvent[]): CaseState | undefined {
    const named = events.flatMap((e) => (e.type === "redacted" ? e.data.events : []));
    if (named.length === 0) return undefined;
    for (const other of log.casesOf(named)) if (other !== caseId) refresh(other);
    return refresh(caseId);
  }

  function add(entry: Known, caseId: Uuid, drafts: readonly EventDraft[]): CaseEvent[] {
    const events = complete(caseId, drafts, entry.events.at(-1)?.seq ?? 0);
    const fresh = events.filter(([event, text]) => log.add(event, text)).map(([event]) => event);
    entry.events.push(...fresh);
    return fresh;
  }

  function appendAction(id: Uuid, drafts: readonly EventDraft[]): Action {
    const entry = know(id);
    add(entry, id, drafts);
    putRows(entry);
    const action = foldAction(entry.events);
    if (!action) throw new Error("the first event of an action must be action-added");
    return action;
  }

  function appendInside(caseId: Uuid, drafts: readonly EventDraft[]): CaseState {
    const entry = know(caseId);
    const fresh = add(entry, caseId, drafts);
    for (const { step } of fresh.flatMap((e) =>
      e.type === "answered" && e.data.step ? [{ step: e.data.step }] : [],
    ))
      connection.sql("DELETE FROM drafts WHERE case_id = ? AND step = ?").run(caseId, step);
    const state = afterErasure(caseId, fresh) ?? putRows(entry);
    if (!state) throw new Error("the first event of a case must be opened");
    return state;
  }

  function addNew(caseId: Uuid, drafts: readonly EventDraft[]): void {
    const now = context.now();
    const at = now.toISOString();
    let isNew = true;
    const events = drafts.map((draft, i) => {
      const event = {
        at,
        by: context.agent,
        ...draft,
        id: draft.id ?? newId(now.getTime(), context.random),
        caseId,
        seq: i + 1,
      } as CaseEvent;
      isNew = log.add(event) && isNew;
      return event;
    });
    // Somebody else brought it meanwhile, or an erasure blanked it on its way in.
    if (!isNew || log.mayBlank()) refresh(caseId);
    else cache.add(cacheRows(foldCase(events, rowContext.scriptOf), events, rowContext));
  }

  function state(caseId: Uuid): CaseState | undefined {
    const events = log.of(caseId);
    return events.some((e) => e.type === "opened") ? foldCase(events, rowContext.scriptOf) : undefined;
  }

  /** Cases that were folded without this script are folded again. */
  function awaiting(hash: string): Uuid[] {
    const rows = connection.sql("SELECT case_id FROM missing WHERE hash = ?").all(hash) as {
      case_id: Uuid;
    }[];
    return write(() => rows.filter((row) => refresh(row.case_id)).map((row) => row.case_id));
  }

  function putScript(script: Script): Uuid[] {
    return log.putScript(script) ? awaiting(script.hash) : [];
  }

  /** Nobody else writes in the same transaction, so what came in lies side by side. */
  function markRange(name: string, from: number, to: number): void {
    if (to < from) return;
    const row = connection.sql("SELECT value FROM cursors WHERE name = ?").get(name) as
      | { value: string }
      | undefined;
    const ranges = row ? (JSON.parse(row.value) as [number, number][]) : [];
    const last = ranges.at(-1);
    if (last && last[1] + 1 === from) last[1] = to;
    else ranges.push([from, to]);
    connection
      .sql("INSERT INTO cursors (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value")
      .run(name, JSON.stringify(ranges));
  }

  /** Adds events until the slice is used up or they end; the cases they touched are made anew in the same transaction. */
  function absorbSlice(
    events: Iterator<CaseEvent>,
    touched: Set<Uuid>,
    counts: { added: number; known: number },
    mark: string | undefined,
  ) {
    return write(() => {
      const before = mark === undefined ? 0 : log.end();
      const start = performance.now();
      const here = new Set<Uuid>();
      let next = events.next();
      while (!next.done) {
        const event = next.value;
        if (log.add(event)) {
          counts.added++;
          here.add(event.caseId);
          if (event.type === "redacted") for (const id of log.casesOf(event.data.events)) here.add(id);
        } else counts.known++;
        // Folding what was touched takes about as long again.
        if (performance.now() - start > SLICE_MS / 2) break;
        next = events.next();
      }
      for (const id of here) {
        refresh(id);
        touched.add(id);
      }
      if (mark !== undefined) markRange(mark, before + 1, log.end());
      return !next.done;
    });
  }

  return {
    append: (caseId, drafts) => write(() => appendInside(caseId, drafts)),
    appendAction: (id, drafts) => write(() => appendAction(id, drafts)),
    appendAll: (batch) => write(() => batch.map(({ caseId, drafts }) => appendInside(caseId, drafts))),
    update: (caseId, decide) =>
      write(() => {
        const entry = know(caseId);
        const drafts = decide(foldCase(entry.events, rowContext.scriptOf));
        if (drafts.length === 0) return foldCase(entry.events, rowContext.scriptOf);
        return appendInside(caseId, drafts);
      }),
    absorb(events, scripts, mark) {
      const counts = { added: 0, known: 0 };
      const touched = new Set<Uuid>();
      for (const script of scripts) for (const id of putScript(script)) touched.add(id);
      const iterator = events[Symbol.iterator]();
      while (absorbSlice(iterator, touched, counts, mark));
      return { ...counts, cases: [...touched] };
    },
    putScript,
    appendInside,
    addNew,
    forgetCase: (caseId) => void known.delete(caseId),
    refresh,
    write,
    cache,
    state,
  };
}
