/**
 * The tables. Truth: `events` and `scripts`. Everything under CACHE follows from them and may be dropped and rebuilt;
 * change it freely and raise CACHE_VERSION. Times in the cache are milliseconds since 1970 UTC.
 */

/** Raised with every change of CACHE_SQL or of what `cacheRows` writes: a store with another number rebuilds its cache. */
export const CACHE_VERSION = 8;

/** See CACHE_SQL. */
export const COUNTS_NEVER = Number.MAX_SAFE_INTEGER;

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
CREATE INDEX events_case ON events (case_id, seq);
CREATE INDEX events_by ON events (by);
CREATE TABLE scripts (hash TEXT PRIMARY KEY, id TEXT NOT NULL, locale TEXT NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE erased (event_id TEXT PRIMARY KEY, by_event TEXT NOT NULL) STRICT;
CREATE TABLE drafts (case_id TEXT NOT NULL, step TEXT NOT NULL, text TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (case_id, step)) STRICT;
CREATE TABLE access (position INTEGER PRIMARY KEY, at TEXT NOT NULL, by TEXT NOT NULL, command TEXT NOT NULL, cases TEXT NOT NULL) STRICT;
CREATE TABLE cursors (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE imports (id TEXT PRIMARY KEY, source TEXT NOT NULL, at TEXT NOT NULL, file TEXT NOT NULL, visible INTEGER NOT NULL) STRICT;
`;

/**
 * `cases.place` is opened_at and the ref in one number: the table lies in the order of time, "newest first" is its end,
 * a period is a range of it, and full text found by `place` comes newest first without sorting.
 * The Case JSON has a table of its own, so that counting and filtering never read it.
 * `counts_at` in the tables beside `cases` is the case's: a report counts the row where that is before its moment for old
 * drafts. 0: always; the opening of a draft with has_story; COUNTS_NEVER: never. Asking the case itself, for thousands of
 * rows, would take longer than all the rest.
 */
export const CACHE_SQL = `
CREATE TABLE cases (
  place INTEGER PRIMARY KEY,        -- (opened_at << 20) | 20 bits that fall as the ref rises
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
  customer TEXT,                    -- p:phone, else a:account, else e:e-mail, normalised (core/customer.ts)
  name TEXT,                        -- normalised
  account TEXT,                     -- normalised
  email TEXT,                       -- normalised
  channel TEXT, category TEXT, cause TEXT, department TEXT, severity TEXT, kind TEXT, psychology TEXT,
  outcome TEXT,
  on_spot INTEGER NOT NULL,         -- outcome resolved_on_spot given in the first run
  has_story INTEGER NOT NULL,       -- words or category known: an old draft then counts as received
  mood_first INTEGER, mood_last INTEGER, marks INTEGER NOT NULL,
  mood_peak INTEGER,                -- highest mark
  mood_listen INTEGER, mood_apologize INTEGER, mood_analyze INTEGER, mood_resolve INTEGER, mood_follow_up INTEGER, -- last mark in each stage
  counted INTEGER NOT NULL,         -- for reports: 1 counts; 0 a duplicate (closed with reason duplicate); 2 a draft with has_story (counts once older than 24 h); 3 any other draft
  response_ms INTEGER,              -- 0 where the channel is live (LIVE_CHANNELS), else first_out_at - started_at; null: no contact yet
  draft_ms INTEGER,                 -- how long the case was a draft; null: it is one still, or never was
  waiting_since INTEGER,            -- start of the wait that has not ended
  has_words INTEGER NOT NULL,       -- record.words is not empty: a report may quote it
  changed_at INTEGER                -- newest answered or cleared without a run (edit), closing as duplicate, redaction or import; null: none
) STRICT;
CREATE TABLE bodies (place INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT; -- Case JSON
CREATE INDEX cases_ref ON cases (ref);
CREATE INDEX cases_report ON cases (opened_at, counted, status, category, cause, has_words, channel, severity, kind, psychology, on_spot, response_ms, marks, mood_first, mood_peak, mood_last, mood_listen, mood_apologize, mood_analyze, mood_resolve, mood_follow_up, customer, changed_at); -- one pass answers most sections of a report
CREATE INDEX cases_not_closed ON cases (opened_at, counted, status, resolve_by, started_at, waiting_since) WHERE status <> 'closed';
CREATE INDEX cases_open ON cases (resolve_by, started_at, waiting_since, counted, opened_at) WHERE status IN ('open', 'draft');
CREATE INDEX cases_uncounted ON cases (counted, opened_at) WHERE counted <> 1; -- few
CREATE INDEX cases_long_drafts ON cases (opened_at, draft_ms, counted) WHERE draft_ms > 3600000;
CREATE INDEX cases_cause ON cases (cause, opened_at, counted, category) WHERE cause IS NOT NULL;
CREATE INDEX cases_closed ON cases (closed_at, opened_at, counted) WHERE closed_at IS NOT NULL;
CREATE INDEX cases_live ON cases (owner) WHERE status <> 'closed';
CREATE INDEX cases_customer ON cases (customer, opened_at, counted) WHERE customer IS NOT NULL;
CREATE INDEX cases_name ON cases (name) WHERE name IS NOT NULL;
CREATE INDEX cases_account ON cases (account) WHERE account IS NOT NULL;
CREATE INDEX cases_email ON cases (email) WHERE email IS NOT NULL;
CREATE INDEX cases_import ON cases (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX cases_resolved ON cases (resolved_at, counted, opened_at, started_at) WHERE resolved_at IS NOT NULL;
CREATE INDEX cases_resolve_by ON cases (resolve_by, status, resolved_at, waiting_since, counted, opened_at, reopened) WHERE resolve_by IS NOT NULL;
CREATE TABLE case_counts (status TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TRIGGER count_in AFTER INSERT ON cases BEGIN
  INSERT INTO case_counts VALUES (NEW.status, 1) ON CONFLICT (status) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER count_out AFTER DELETE ON cases BEGIN
  UPDATE case_counts SET n = n - 1 WHERE status = OLD.status;
END;
CREATE TRIGGER count_move AFTER UPDATE OF status ON cases WHEN OLD.status <> NEW.status BEGIN
  UPDATE case_counts SET n = n - 1 WHERE status = OLD.status;
  INSERT INTO case_counts VALUES (NEW.status, 1) ON CONFLICT (status) DO UPDATE SET n = n + 1;
END;
CREATE TABLE statuses (case_id TEXT NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, from_status TEXT, to_status TEXT NOT NULL, counts_at INTEGER NOT NULL, PRIMARY KEY (case_id, n)) STRICT, WITHOUT ROWID;
CREATE INDEX statuses_reopened ON statuses (at, from_status, to_status, counts_at) WHERE to_status = 'open' AND from_status IN ('resolved', 'closed');
-- Each time the case became closed, from CaseState.closings: until = when it was reopened, next_at = when it was closed again; alone: exempt_* without any call-back entry
CREATE TABLE closings (case_id TEXT NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, reason TEXT NOT NULL, until INTEGER, next_at INTEGER, alone INTEGER NOT NULL, counts_at INTEGER NOT NULL, PRIMARY KEY (case_id, n)) STRICT, WITHOUT ROWID;
CREATE INDEX closings_at ON closings (at, next_at, reason, alone, counts_at);
CREATE INDEX closings_until ON closings (until, at, counts_at) WHERE until IS NOT NULL;
CREATE TABLE promises (case_id TEXT NOT NULL, n INTEGER NOT NULL, made_at INTEGER NOT NULL, due_at INTEGER NOT NULL, state TEXT NOT NULL, settled_at INTEGER, by TEXT NOT NULL, counts_at INTEGER NOT NULL, PRIMARY KEY (case_id, n)) STRICT, WITHOUT ROWID;
CREATE INDEX promises_due ON promises (due_at, state, settled_at, counts_at);
CREATE TABLE promise_moves (case_id TEXT NOT NULL, n INTEGER NOT NULL, move INTEGER NOT NULL, at INTEGER NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL, counts_at INTEGER NOT NULL, PRIMARY KEY (case_id, n, move)) STRICT, WITHOUT ROWID;
CREATE INDEX promise_moves_from ON promise_moves (from_at, at, counts_at);
CREATE TABLE approvals (case_id TEXT NOT NULL, n INTEGER NOT NULL, asked_at INTEGER NOT NULL, state TEXT NOT NULL, decided_at INTEGER, by TEXT NOT NULL, decided_by TEXT, counts_at INTEGER NOT NULL, PRIMARY KEY (case_id, n)) STRICT, WITHOUT ROWID;
CREATE INDEX approvals_asked ON approvals (asked_at, counts_at);
CREATE INDEX approvals_decided ON approvals (decided_at, state, counts_at) WHERE decided_at IS NOT NULL;
CREATE TABLE callbacks (case_id TEXT NOT NULL, n INTEGER NOT NULL, due_at INTEGER, at INTEGER, result TEXT, solved INTEGER, satisfaction INTEGER, counts_at INTEGER NOT NULL, PRIMARY KEY (case_id, n)) STRICT, WITHOUT ROWID;
CREATE INDEX callbacks_due ON callbacks (due_at, counts_at);
CREATE INDEX callbacks_at ON callbacks (at, result, solved, satisfaction, counts_at) WHERE at IS NOT NULL;
CREATE TABLE escalations (case_id TEXT NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, trigger TEXT NOT NULL, to_whom TEXT NOT NULL, counts_at INTEGER NOT NULL, PRIMARY KEY (case_id, n)) STRICT, WITHOUT ROWID;
CREATE INDEX escalations_at ON escalations (at, trigger, counts_at);
CREATE TABLE appeals (case_id TEXT NOT NULL, opened_at INTEGER NOT NULL, settled_at INTEGER, outcome TEXT, counts_at INTEGER NOT NULL, PRIMARY KEY (case_id)) STRICT, WITHOUT ROWID;
CREATE TABLE dispatches (case_id TEXT NOT NULL, n INTEGER NOT NULL, department TEXT NOT NULL, at INTEGER NOT NULL, replied_at INTEGER, counts_at INTEGER NOT NULL, PRIMARY KEY (case_id, n)) STRICT, WITHOUT ROWID;
CREATE INDEX dispatches_open ON dispatches (department, at, counts_at, replied_at) WHERE replied_at IS NULL;
CREATE INDEX dispatches_replied ON dispatches (replied_at, department, at, counts_at) WHERE replied_at IS NOT NULL;
CREATE TABLE shown (case_id TEXT NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, before INTEGER, after INTEGER, counts_at INTEGER NOT NULL, PRIMARY KEY (case_id, n)) STRICT, WITHOUT ROWID; -- before/after: the mood marks around it
CREATE INDEX shown_at ON shown (key, at, before, after, counts_at);
CREATE TABLE money (case_id TEXT NOT NULL, n INTEGER NOT NULL, remedy TEXT NOT NULL, amount REAL, currency TEXT, class TEXT, cause TEXT, resolved_at INTEGER, counts_at INTEGER NOT NULL, PRIMARY KEY (case_id, n)) STRICT, WITHOUT ROWID; -- accepted options that count; cause and resolved_at are the case's
CREATE INDEX money_resolved ON money (resolved_at, currency, amount, cause, class, counts_at) WHERE resolved_at IS NOT NULL AND amount IS NOT NULL;
CREATE TABLE flags (case_id TEXT NOT NULL, flag TEXT NOT NULL, opened_at INTEGER NOT NULL, counts_at INTEGER NOT NULL, PRIMARY KEY (case_id, flag)) STRICT, WITHOUT ROWID; -- opened_at is the case's
CREATE INDEX flags_opened ON flags (opened_at, flag, counts_at);
CREATE INDEX flags_flag ON flags (flag, case_id);
CREATE TABLE runs (case_id TEXT NOT NULL, run TEXT NOT NULL, kind TEXT NOT NULL, agent TEXT NOT NULL, script TEXT NOT NULL, started_at INTEGER NOT NULL, finished_at INTEGER, PRIMARY KEY (case_id, run)) STRICT, WITHOUT ROWID;
CREATE TABLE missing (case_id TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (case_id, hash)) STRICT, WITHOUT ROWID; -- scripts of its runs that this seat never received
CREATE INDEX missing_hash ON missing (hash);
CREATE INDEX runs_unfinished ON runs (agent) WHERE finished_at IS NULL;
CREATE TABLE actions (id TEXT PRIMARY KEY, cause TEXT NOT NULL, category TEXT, owner TEXT NOT NULL, added_at INTEGER NOT NULL, due INTEGER NOT NULL, done_at INTEGER, body TEXT NOT NULL) STRICT; -- core/action.ts
CREATE VIRTUAL TABLE search USING fts5(text, content='', columnsize=0, tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co So'");
INSERT INTO search(search, rank) VALUES ('secure-delete', 1);
CREATE TABLE terms (id INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE) STRICT; -- the words in it, to be found by any part of theirs
CREATE VIRTUAL TABLE term_parts USING fts5(term, content='', columnsize=0, tokenize='trigram');
INSERT INTO term_parts(term_parts, rank) VALUES ('secure-delete', 1);
`;

/** Tables of the cache that hold rows of one case under `case_id`. */
export const CHILD_TABLES = [
  "statuses",
  "closings",
  "promises",
  "promise_moves",
  "approvals",
  "callbacks",
  "escalations",
  "appeals",
  "dispatches",
  "shown",
  "money",
  "flags",
  "runs",
  "missing",
] as const;
export type ChildTable = (typeof CHILD_TABLES)[number];

/** Every table of the cache. Corrective and preventive actions are streams of events of their own, under an action id in place of a case id. */
export const CACHE_TABLES = [
  "cases",
  "bodies",
  "case_counts",
  ...CHILD_TABLES,
  "actions",
  "search",
  "terms",
  "term_parts",
] as const;

/** Tables that the cache of an older version had. */
export const FORMER_TABLES = ["moods", "uncounted"] as const;
