/**
 * The whole event log as one file of JSON Lines: a head `{"complaint_bundle":1,…}`, the scripts, the events in the
 * order of arrival. Taking one in is checked completely before anything is written, and adds nothing twice.
 */
import { badData, type ComplaintError } from "../core/errors.ts";
import type { CaseEvent } from "../core/event.ts";
import { eventProblem, type SchemaProblem, scriptProblem } from "../core/event-schema.ts";
import type { Uuid } from "../core/id.ts";
import type { Translate } from "../core/library-port.ts";
import type { Script } from "../core/script.ts";
import type { Store } from "../core/store-port.ts";
import { TextFileError, type TextLine } from "./text-file.ts";

export const BUNDLE_VERSION = 1;

export interface BundleHead {
  complaint_bundle: number;
  /** How many follow; a file with fewer was cut off. Absent: not said. */
  scripts?: number;
  events?: number;
  made_at?: string;
  by?: string;
}

/** Which events go into a bundle; absent: all. */
export type Pick = (event: CaseEvent) => boolean;

const asLine = (value: unknown): string => `${JSON.stringify(value)}\n`;

/** The lines of a bundle of `store`, each with its line break. */
export function* bundleLines(
  store: Store,
  about: { made_at: string; by: string },
  pick: Pick = () => true,
): Generator<string> {
  let events = 0;
  let end = 0;
  for (const { position, event } of store.eventsSince(0)) {
    end = position;
    if (pick(event)) events++;
  }
  const scripts = [...store.scripts()];
  yield asLine({ complaint_bundle: BUNDLE_VERSION, scripts: scripts.length, events, ...about });
  for (const script of scripts) yield asLine({ script });
  for (const { position, event } of store.eventsSince(0)) {
    // What arrives while the file is written belongs into the next one.
    if (position > end) return;
    const { id, caseId, seq, at, by, type, data } = event;
    if (pick(event)) yield asLine({ id, case: caseId, seq, at, by, type, data });
  }
}

export interface BundleSource {
  /** The name told in errors. */
  path: string;
  /** The lines from the start, each time it is called. */
  lines: () => Iterable<TextLine>;
}

type Entry = { head: BundleHead } | { script: Script } | { event: CaseEvent };

function fault(t: Translate, path: string, line: number, code: string, detail = ""): ComplaintError {
  const message = t(`store.${code}`, { path, line, detail });
  return badData(code, message, t("store.bundle_hint"), [{ path, line, message: detail || message }]);
}

function parse({ path }: BundleSource, { line, text }: TextLine, t: Translate): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw fault(t, path, line, "bundle_not_json");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw fault(t, path, line, "bundle_not_json");
  return value as Record<string, unknown>;
}

/** Whether a first line is the head of a bundle, of whatever version. */
export function isBundleHead(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "complaint_bundle" in value;
  } catch {
    return false;
  }
}

function headOf(source: BundleSource, line: TextLine, t: Translate): BundleHead {
  const head = parse(source, line, t) as unknown as BundleHead;
  const version = head.complaint_bundle;
  if (typeof version !== "number") throw fault(t, source.path, line.line, "bundle_no_head");
  if (version !== BUNDLE_VERSION) throw fault(t, source.path, line.line, "bundle_newer", String(version));
  return head;
}

const told = ({ path, message }: SchemaProblem): string => (path === "" ? message : `${path}: ${message}`);

function entryOf(source: BundleSource, line: TextLine, t: Translate): Entry {
  const value = parse(source, line, t);
  const isScript = "script" in value;
  const problem = isScript ? scriptProblem(value.script) : eventProblem(value);
  if (problem) throw fault(t, source.path, line.line, "bundle_bad_line", told(problem));
  if (isScript) return { script: value.script as Script };
  const { id, case: caseId, seq, at, by, type, data } = value;
  return {
    event: {
      id: String(id).toLowerCase(),
      caseId: String(caseId).toLowerCase(),
      seq,
      at,
      by,
      type,
      data,
    } as CaseEvent,
  };
}

/** Every entry, checked; throws exit 3 naming file and line at the first that is wrong, also where the end is missing. */
function* entries(source: BundleSource, t: Translate): Generator<Entry> {
  let head: BundleHead | undefined;
  const seen = { scripts: 0, events: 0 };
  let last = 0;
  try {
    for (const line of source.lines()) {
      last = line.line;
      if (line.text.trim() === "") continue;
      if (!head) {
        head = headOf(source, line, t);
        yield { head };
        continue;
      }
      const entry = entryOf(source, line, t);
      seen["script" in entry ? "scripts" : "events"]++;
      yield entry;
    }
  } catch (error) {
    if (error instanceof TextFileError) throw fault(t, source.path, error.line, `bundle_${error.kind}`);
    throw error;
  }
  if (!head) throw fault(t, source.path, 1, "bundle_no_head");
  const short = (["scripts", "events"] as const).some(
    (k) => typeof head[k] === "number" && seen[k] !== head[k],
  );
  if (short) throw fault(t, source.path, last, "bundle_cut");
}

export interface BundleResult {
  events: number;
  added: number;
  known: number;
  scripts: number;
  cases: Uuid[];
}

/** Changes an event on its way in, such as an approval by a code that does not hold here. */
export type Review = (event: CaseEvent) => CaseEvent;

/**
 * Takes a bundle in. Throws exit 3 with file and line where anything is wrong; nothing is kept then. `mark` names the
 * cursor that remembers where the events came to lie.
 */
export function takeBundle(
  store: Store,
  source: BundleSource,
  t: Translate,
  review: Review = (e) => e,
  mark?: string,
): BundleResult {
  let events = 0;
  const scripts: Script[] = [];
  for (const entry of entries(source, t)) {
    if ("event" in entry) events++;
    else if ("script" in entry) scripts.push(entry.script);
  }
  function* reviewed(): Generator<CaseEvent> {
    for (const entry of entries(source, t)) if ("event" in entry) yield review(entry.event);
  }
  const { added, known, cases } = store.absorb(reviewed(), scripts, mark);
  return { events, added, known, scripts: scripts.length, cases };
}
