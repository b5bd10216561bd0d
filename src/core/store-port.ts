/**
 * The one store port. Live calls, callbacks, practice, tests, sync, import and export use it; SQLite stands behind it.
 * All methods are synchronous: an answer must be on disk before the key handler returns.
 */
import type { Action } from "./action.ts";
import type { Case, Status } from "./case.ts";
import type { CaseEvent, EventDraft, UtcIso } from "./event.ts";
import type { CaseState, ScriptOf } from "./fold.ts";
import type { Uuid } from "./id.ts";
import type { Script } from "./script.ts";

/** Filters of `list`, `search` and `export`, and the ones the report's fact commands need. Periods are UTC instants. */
export interface CaseFilter {
  status?: readonly Status[];
  stage?: string;
  category?: string;
  cause?: string;
  channel?: string;
  agent?: string;
  owner?: string;
  department?: string;
  flag?: string;
  severity?: string;
  kind?: string;
  psychology?: string;
  script?: string;
  source?: string;
  /** opened_at ≥ since, < until. */
  since?: UtcIso;
  until?: UtcIso;
  /** Promise, callback or deadline due today / overdue now. */
  due?: { from: UtcIso; to: UtcIso };
  overdue?: UtcIso;
  /** A fact of a report: `{section, fact, …}`; only the report and its `list` command know its meaning. */
  ids?: readonly Uuid[];
  words?: string;
  limit?: number;
}

export interface CaseList {
  cases: Case[];
  /** How many match, without the limit. */
  total: number;
  /** Search ranked only the newest hits. */
  ranked?: number;
}

export type RefMatch =
  | { kind: "one"; id: Uuid }
  | { kind: "none" }
  | { kind: "many"; candidates: { ref: string; opened_at: UtcIso; status: Status }[] };

export interface AccessEntry {
  at: UtcIso;
  by: string;
  command: string;
  cases: Uuid[];
}

/** A run nobody finished. */
export interface UnfinishedRun {
  caseId: Uuid;
  run: Uuid;
  kind: string;
  agent: string;
  started_at: UtcIso;
}

/** Cases from elsewhere, written in many short transactions; nobody who reads sees any of them before `publish`. */
export interface ImportSession {
  /** Stands in the `imported` event of each case. */
  id: Uuid;
  /** Appends the cases, in as many transactions as it takes. Returns how many there were. */
  append(cases: Iterable<{ caseId: Uuid; drafts: readonly EventDraft[] }>): number;
  /** Makes all of it visible at once. */
  publish(): void;
  /** Takes all of it out again. */
  drop(): void;
}

export interface Store {
  /** Keeps a resolved script under its hash; does nothing where it is known. */
  putScript(script: Script): void;
  script: ScriptOf;

  /** Fields without a personal kind of their own that a step of some script asks for as personal: masked like addresses. */
  personalFields(): ReadonlySet<string>;

  /** Whether a case with this id, or this ref, is here (for making new refs unique). */
  has(id: Uuid): boolean;
  refTaken(ref: string): boolean;

  /**
   * Appends events to one case in one durable transaction (BEGIN IMMEDIATE, synchronous=FULL), gives them `seq` (and
   * `id`, `at`, `by` where absent), and brings the cache up to date. Returns the state after it.
   * Throws ComplaintError `busy` (exit 4) when the file stays locked beyond the busy timeout; nothing is written then.
   */
  append(caseId: Uuid, drafts: readonly EventDraft[]): CaseState;
  /** Several cases at once, all or nothing. */
  appendAll(batch: readonly { caseId: Uuid; drafts: readonly EventDraft[] }[]): CaseState[];
  /**
   * Like `append`, but the drafts are made inside the transaction from the newest state, so that of two writers one wins
   * and the other sees it (`approve`). `decide` may throw a ComplaintError: nothing is written.
   */
  update(caseId: Uuid, decide: (state: CaseState) => readonly EventDraft[]): CaseState;

  /** Appends to a corrective or preventive action, a stream of its own that begins with `action-added`. */
  appendAction(id: Uuid, drafts: readonly EventDraft[]): Action;
  /** Every action, in the order they were added. */
  actions(): Action[];

  events(caseId: Uuid): CaseEvent[];
  /** The folded state from the events; undefined: no such case. */
  state(caseId: Uuid): CaseState | undefined;
  /** The cached case. */
  case(caseId: Uuid): Case | undefined;

  /** Any unique prefix of 3+ characters of a ref, in any case, with or without the dash, or a full id. */
  find(ref: string): RefMatch;
  /** The case this agent last wrote an event to; undefined: none. */
  lastOf(agent: string): Uuid | undefined;

  /** Newest first by opened_at, then ref. */
  list(filter: CaseFilter): CaseList;
  /** Cases whose words, summary, notes, name or phone contain all of `words`, newest first. */
  search(words: string, filter: CaseFilter): CaseList;
  /** Every case that matches, one at a time, oldest first: for export and backfills. */
  each(filter: CaseFilter): Iterable<Case>;
  unfinished(agent?: string): UnfinishedRun[];
  /** Other cases of a customer: same normalised phone, else account, else name. */
  casesOf(customer: { phone?: string; account?: string; email?: string; name?: string }): Case[];

  /** Half-typed text, one per case and step. Written at once; empty text deletes it. */
  putTyped(caseId: Uuid, step: string, text: string): void;
  typed(caseId: Uuid, step: string): string | undefined;

  /** Who looked at what is masked elsewhere; `["*"]` for every case. */
  logAccess(command: string, cases: readonly Uuid[]): void;
  access(caseId: Uuid): AccessEntry[];

  /** Plain read-only SQL for the report: rows as objects. Only `report/` may call it, on the documented tables. */
  query<T>(sql: string, params?: Readonly<Record<string, unknown>>): T[];

  /** Every event after the given arrival position, in arrival order, for bundles and sync. */
  eventsSince(position: number): Iterable<{ position: number; event: CaseEvent }>;
  /** Adds events from another store as they are (idempotent by id). Returns how many were new and which cases changed. */
  absorb(
    events: Iterable<CaseEvent>,
    scripts: Iterable<Script>,
    /** Remembers under this cursor at which positions they came to lie: [from, to] pairs. */
    mark?: string,
  ): { added: number; known: number; cases: Uuid[] };
  scripts(): Iterable<Script>;
  /** Begins an import; what an import that died left behind is taken out first. */
  importing(source: string, file: string): ImportSession;

  /** A small value kept in the store for its upkeep, such as what was synced; undefined: none. */
  cursor(name: string): string | undefined;
  putCursor(name: string, value: string): void;

  /** Makes the cache anew from the events; returns how many cases differed. */
  rebuild(): { cases: number; differed: number };
  /** Writes everything back into the file and empties the journal, so that no erased byte is left in it. False: a reader is in the way. */
  scrub(): boolean;
  close(): void;
}
