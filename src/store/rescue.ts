/** Saves what can be read of a damaged store into a new one, and says what is lost. */
import { rmSync } from "node:fs";
import type { CaseEvent } from "../core/event.ts";
import { eventProblem, scriptProblem } from "../core/event-schema.ts";
import type { Uuid } from "../core/id.ts";
import type { Script } from "../core/script.ts";
import { openStore, type StoreOptions } from "./open-store.ts";
import { type RawValue, rawRows } from "./raw-pages.ts";

export interface Rescued {
  path: string;
  cases: number;
  events: number;
  scripts: number;
  /** Events that were there and cannot be read, at most. */
  missing: number;
  /** Cases whose beginning is lost, so that what is left of them cannot be shown. */
  headless: Uuid[];
}

const isText = (value: RawValue | undefined): value is string => typeof value === "string";

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A row of `events`: its key stands in the row's number, then id, case, seq, at, by, type and data. */
function eventOf(values: readonly RawValue[]): CaseEvent | undefined {
  if (values.length !== 8 || values[0] !== null) return undefined;
  const [, id, caseId, seq, at, by, type, data] = values;
  if (![id, caseId, at, by, type, data].every(isText) || typeof seq !== "number") return undefined;
  const value = { id, case: caseId, seq, at, by, type, data: parsed(data as string) };
  if (eventProblem(value)) return undefined;
  const { case: _, ...event } = value;
  return { ...event, caseId } as unknown as CaseEvent;
}

/** A row of `scripts`: hash, id, locale, body. */
function scriptOf(values: readonly RawValue[]): Script | undefined {
  if (values.length !== 4 || !values.every(isText)) return undefined;
  const [hash, , , body] = values as string[];
  const value = parsed(body!);
  return scriptProblem(value) || (value as Script).hash !== hash ? undefined : (value as Script);
}

function* eventsIn(path: string, seen: (rowid: number, event: CaseEvent) => void): Generator<CaseEvent> {
  for (const { rowid, values } of rawRows(path)) {
    const event = eventOf(values);
    if (!event) continue;
    seen(rowid, event);
    yield event;
  }
}

/**
 * Reads every page of the file at `path` (and its journal) and puts the events and scripts it finds into a new store at
 * `target`. Erasures among them are applied again. The damaged file stays as it is.
 */
export function rescue(path: string, target: string, options: StoreOptions & { readOnly?: false }): Rescued {
  for (const end of ["", "-wal", "-shm"]) rmSync(target + end, { force: true });
  const store = openStore(target, options);
  try {
    const scripts = new Map<string, Script>();
    for (const { values } of rawRows(path)) {
      const script = scriptOf(values);
      if (script) scripts.set(script.hash, script);
    }
    const positions = new Set<number>();
    const cases = new Set<Uuid>();
    let highest = 0;
    const { added } = store.absorb(
      eventsIn(path, (rowid, event) => {
        positions.add(rowid);
        if (rowid > highest) highest = rowid;
        if (!event.type.startsWith("action-")) cases.add(event.caseId);
      }),
      scripts.values(),
    );
    const headless = [...cases].filter((id) => store.case(id) === undefined);
    store.scrub();
    return {
      path: target,
      cases: cases.size - headless.length,
      events: added,
      scripts: scripts.size,
      missing: Math.max(0, highest - positions.size),
      headless,
    };
  } finally {
    store.close();
  }
}
