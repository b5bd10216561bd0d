/** Histories of a case for tests: events written by hand, folded like real ones. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { CaseEvent, EventDraft } from "../../src/core/event.ts";
import { type CaseState, foldCase } from "../../src/core/fold.ts";
import { idFromHash } from "../../src/core/id.ts";
import type { Policy } from "../../src/core/policy.ts";

export const CASE_ID = "01900000-0000-7000-8000-0123456789ab";
export const SCRIPT = { id: "good-faith", hash: "0000000000000000" };

/** The shipped policy, a new copy each time. */
export function shippedPolicy(): Policy {
  return parse(readFileSync(new URL("../../data/policy.yaml", import.meta.url), "utf8")) as Policy;
}

let counter = 0;
export function testId(): string {
  counter += 1;
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setUint32(8, counter);
  return idFromHash(bytes);
}

/** Time, draft and, where it is not `anna`, the writer. */
export type Step = [at: string, draft: EventDraft, by?: string];

export function eventsOf(steps: readonly Step[], caseId = CASE_ID): CaseEvent[] {
  return steps.map(
    ([at, draft, by = "anna"], i) =>
      ({ id: testId(), by, ...draft, at: new Date(at).toISOString(), caseId, seq: i + 1 }) as CaseEvent,
  );
}

export function stateOf(steps: readonly Step[], caseId = CASE_ID): CaseState {
  return foldCase(eventsOf(steps, caseId), () => undefined);
}

export const opened = (at: string): Step => [at, { type: "opened", data: { script: SCRIPT, locale: "en" } }];
export const ran = (at: string, run: string, kind: "call" | "call-back" | "progress" = "call"): Step => [
  at,
  { type: "run-started", data: { run, kind, script: SCRIPT, locale: "en" } },
];
export const answered = (at: string, field: string, value: unknown, run?: string): Step => [
  at,
  { type: "answered", data: { field, value, ...(run ? { run } : {}) } },
];
export const finished = (at: string, run: string, status?: "open" | "resolved" | "closed"): Step => [
  at,
  { type: "finished", data: { run, ...(status ? { status } : {}) } },
];
