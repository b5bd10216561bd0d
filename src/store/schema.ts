/**
 * The tables. Truth: `events` and `scripts`. Everything under CACHE follows from them and may be dropped and rebuilt;
 * change it freely and raise CACHE_VERSION. Times in the cache are milliseconds since 1970 UTC.
 */

/** Raised with every change of CACHE_SQL: a store with another number rebuilds its cache. */
export const CACHE_VERSION = 1;

/** The truth and what has no other home. Frozen: later changes are migrations of their own. */
export const TRUTH_SQL = `
CREATE TABLE events (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  case_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  type TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT;
CREATE INDEX events_case ON events (case_id, seq, id);
CREATE INDEX events_by ON events (by, position);
CREATE TABLE scripts (hash TEXT PRIMARY KEY, id TEXT NOT NULL, locale TEXT NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE erased (event_id TEXT PRIMARY KEY, by_event TEXT NOT NULL) STRICT;
CREATE TABLE drafts (case_id TEXT NOT NULL, step TEXT NOT NULL, text TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (case_id, step)) STRICT;
CREATE TABLE access (position INTEGER PRIMARY KEY, at TEXT NOT NULL, by TEXT NOT NULL, command TEXT NOT NULL, cases TEXT NOT NULL) STRICT;
CREATE TABLE cursors (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE imports (id TEXT PRIMARY KEY, source TEXT NOT NULL, at TEXT NOT NULL, file TEXT NOT NULL, visible INTEGER NOT NULL) STRICT;
`;

export const CACHE_SQL = `
CREATE TABLE cases (
  rowid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  ref TEXT NOT NULL,                -- without the dash
  status TEXT NOT NULL,
  stage TEXT NOT NULL,
  script TEXT NOT NULL,
  locale TEXT NOT NULL,
  agent TEXT NOT NULL,
  owner TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  started_at INTEGER NOT NULL,      -- received_at, else opened_at
  first_response_at INTEGER,
  first_out_at INTEGER,             -- first outbound contact
  resolved_at INTEGER,              -- first resolved or closed
  closed_at INTEGER,
  closed_reason TEXT,
  resolve_by INTEGER,
  update_by INTEGER,
  reopened INTEGER NOT NULL,
  duplicate_of TEXT,                -- case id
  appeal_of TEXT,                   -- case id
  source TEXT,
  import_id TEXT,
  customer TEXT,                    -- normalised phone, else account, else e-mail (core/customer.ts)
  name TEXT,
  phone TEXT,                       -- normalised
  account TEXT,
  email TEXT,
  channel TEXT, category TEXT, cause TEXT, department TEXT, severity TEXT, kind TEXT, psychology TEXT,
  outcome TEXT,
  on_spot INTEGER NOT NULL,         -- outcome resolved_on_spot given in the first run
  has_story INTEGER NOT NULL,       -- words or category known: an old draft then counts as received
  mood_first INTEGER, mood_last INTEGER, marks INTEGER NOT NULL,
  body TEXT NOT NULL                -- Case JSON
) STRICT;
CREATE INDEX cases_ref ON cases (ref);
CREATE INDEX cases_opened ON cases (opened_at, status, category, cause, channel);
CREATE INDEX cases_live ON cases (opened_at) WHERE status <> 'closed';
CREATE INDEX cases_customer ON cases (customer, opened_at) WHERE customer IS NOT NULL;
CREATE INDEX cases_resolved ON cases (resolved_at) WHERE resolved_at IS NOT NULL;
CREATE INDEX cases_resolve_by ON cases (resolve_by) WHERE resolve_by IS NOT NULL;
CREATE TABLE statuses (case_id TEXT NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, from_status TEXT, to_status TEXT NOT NULL, PRIMARY KEY (case_id, n)) STRICT, WITHOUT ROWID;
CREATE INDEX statuses_at ON statuses (to_status, at);
CREATE TABLE promises (case_id TEXT NOT NULL, n INTEGER NOT NULL, made_at INTEGER NOT NULL, due_at INTEGER NOT NULL, state TEXT NOT NULL, settled_at INTEGER, by TEXT NOT NULL, PRIMARY KEY (case_id, n)) STRICT, WITHOUT ROWID;
CREATE INDEX promises_due ON promises (due_at);
CREATE TABLE promise_moves (case_id TEXT NOT NULL, n INTEGER NOT NULL, move INTEGER NOT NULL, at INTEGER NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL, PRIMARY KEY (case_id, n, move)) STRICT, WITHOUT ROWID;
CREATE INDEX promise_moves_from ON promise_moves (from_at);
CREATE TABLE approvals (case_id TEXT NOT NULL, n INTEGER NOT NULL, asked_at INTEGER NOT NULL, state TEXT NOT NULL, decided_at INTEGER, by TEXT NOT NULL, decided_by TEXT, PRIMARY KEY (case_id, n)) STRICT, WITHOUT ROWID;
CREATE INDEX approvals_asked ON approvals (asked_at);
CREATE TABLE callbacks (case_id TEXT NOT NULL, n INTEGER NOT NULL, due_at INTEGER, at INTEGER, result TEXT, solved INTEGER, satisfaction INTEGER, PRIMARY KEY (case_id, n)) STRICT, WITHOUT ROWID;
CREATE INDEX callbacks_due ON callbacks (due_at);
CREATE INDEX callbacks_at ON callbacks (at);
CREATE TABLE escalations (case_id TEXT NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, trigger TEXT NOT NULL, to_whom TEXT NOT NULL, PRIMARY KEY (case_id, n)) STRICT, WITHOUT ROWID;
CREATE INDEX escalations_at ON escalations (at);
CREATE TABLE appeals (case_id TEXT NOT NULL, opened_at INTEGER NOT NULL, settled_at INTEGER, outcome TEXT, PRIMARY KEY (case_id)) STRICT, WITHOUT ROWID;
CREATE TABLE dispatches (case_id TEXT NOT NULL, n INTEGER NOT NULL, department TEXT NOT NULL, at INTEGER NOT NULL, replied_at INTEGER, PRIMARY KEY (case_id, n)) STRICT, WITHOUT ROWID;
CREATE TABLE moods (case_id TEXT NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, stage TEXT NOT NULL, mood INTEGER NOT NULL, PRIMARY KEY (case_id, n)) STRICT, WITHOUT ROWID;
CREATE TABLE shown (case_id TEXT NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, before INTEGER, after INTEGER, PRIMARY KEY (case_id, n)) STRICT, WITHOUT ROWID; -- before/after: the mood marks around it
CREATE INDEX shown_at ON shown (at);
CREATE TABLE money (case_id TEXT NOT NULL, n INTEGER NOT NULL, remedy TEXT NOT NULL, amount REAL, currency TEXT, class TEXT, PRIMARY KEY (case_id, n)) STRICT, WITHOUT ROWID; -- accepted options that count
CREATE TABLE flags (flag TEXT NOT NULL, case_id TEXT NOT NULL, PRIMARY KEY (flag, case_id)) STRICT, WITHOUT ROWID;
CREATE TABLE runs (case_id TEXT NOT NULL, run TEXT NOT NULL, kind TEXT NOT NULL, agent TEXT NOT NULL, script TEXT NOT NULL, started_at INTEGER NOT NULL, finished_at INTEGER, PRIMARY KEY (case_id, run)) STRICT, WITHOUT ROWID;
CREATE INDEX runs_unfinished ON runs (agent) WHERE finished_at IS NULL;
CREATE VIRTUAL TABLE search USING fts5(text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
INSERT INTO search(search, rank) VALUES ('secure-delete', 1);
`;

/** Corrective and preventive actions are streams of events of their own, under an action id in place of a case id. */
export const CACHE_TABLES = [
  "cases",
  "statuses",
  "promises",
  "promise_moves",
  "approvals",
  "callbacks",
  "escalations",
  "appeals",
  "dispatches",
  "moods",
  "shown",
  "money",
  "flags",
  "runs",
  "search",
] as const;
