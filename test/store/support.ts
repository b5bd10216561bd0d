/** Stores in a folder that goes away, and small histories to fill them with. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import type { EventDraft } from "../../src/core/event.ts";
import { newId, type Uuid } from "../../src/core/id.ts";
import type { Script, StepKey } from "../../src/core/script.ts";
import type { Store } from "../../src/core/store-port.ts";
import { openStore, type StoreOptions } from "../../src/store/open-store.ts";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "store-test-"));
  folders.push(folder);
  return folder;
}

/** A clock that goes on by one second with every look. */
export function tickingClock(from = "2026-11-21T09:00:00.000Z"): () => Date {
  let ms = Date.parse(from);
  return () => {
    const now = new Date(ms);
    ms += 1000;
    return now;
  };
}

export const random = (n: number): Uint8Array => randomBytes(n);

export function options(more: Partial<StoreOptions> = {}): StoreOptions & { readOnly?: false } {
  const { readOnly: _, ...rest } = more;
  return { now: tickingClock(), random, agent: "li", country: "CN", ...rest };
}

export function freshStore(more: Partial<StoreOptions> = {}): Store {
  return openStore(join(freshFolder(), "complaint.db"), options(more));
}

/** A script of text steps; `steps` are field names, each its own step in `listen`. */
export function scriptOf(steps: readonly string[], hash = "h1"): Script {
  return {
    id: "good-faith",
    title: "",
    about: "",
    locale: "en",
    kind: "call",
    hash,
    switches: [],
    lines: {},
    sides: {},
    todo: {},
    tips: {},
    avoid: {},
    steps: steps.map((field) => ({
      key: `listen.${field}` as StepKey,
      stage: "listen",
      kind: "text",
      records: field as never,
      ask: field,
      say: [],
      avoid: [],
      tip: [],
    })),
  };
}

export const pin = { id: "good-faith", hash: "h1" };
export const freshId = (): Uuid => newId(Date.now(), random);

export function opening(run: Uuid = freshId(), at?: string): EventDraft[] {
  const when = at === undefined ? {} : { at };
  return [
    { type: "opened", data: { script: pin, locale: "en" }, ...when },
    { type: "run-started", data: { run, kind: "call", script: pin, locale: "en" }, ...when },
  ];
}

export const answer = (field: string, value: unknown): EventDraft => ({
  type: "answered",
  data: { field, value },
});

/** Adds a case with these fields and returns its id. */
export function addCase(store: Store, fields: Readonly<Record<string, unknown>> = {}, at?: string): Uuid {
  const id = freshId();
  store.append(id, [...opening(freshId(), at), ...Object.entries(fields).map(([f, v]) => answer(f, v))]);
  return id;
}
