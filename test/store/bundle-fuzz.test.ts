/** Damaged bundles of every kind: refused with exit 3 and nothing kept, or taken in whole and readable; never a crash. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { ComplaintError } from "../../src/core/errors.ts";
import type { EventDraft } from "../../src/core/event.ts";
import { EVENT_TYPES } from "../../src/core/event.ts";
import { bundleLines, takeBundle } from "../../src/store/bundle.ts";
import { openStore } from "../../src/store/open-store.ts";
import { splitLines } from "../../src/store/text-file.ts";
import { LONG, SEED, times } from "../fuzz/fuzz.ts";
import { answer, freshId, freshStore, opening, options, scriptOf } from "./support.ts";

const RUNS = times(1500);

function sample(): string[] {
  const store = freshStore();
  store.putScript(scriptOf(["words", "category"]));
  const run = freshId();
  const due = "2026-11-23T02:00:00.000Z";
  const drafts: EventDraft[] = [
    ...opening(run),
    answer("words", "宽带"),
    answer("flags", ["safety"]),
    answer("options", [{ remedy: "refund", amount: 3, currency: "CNY", accepted: true }]),
    { type: "mood", data: { run, stage: "listen", mood: 4 } },
    { type: "shown", data: { run, step: "listen.words", key: "L1", kind: "say", text: "x" } },
    { type: "promised", data: { run, promise: { id: freshId(), what: "ring", due_at: due } } },
    { type: "approval-asked", data: { run, remedy: "refund", amount: 3, currency: "CNY" } },
    { type: "contacted", data: { channel: "phone", direction: "out" } },
    { type: "waiting", data: { why: "photos" } },
    { type: "finished", data: { run, status: "resolved", clock: { callback_due: due, resolve_by: due } } },
    { type: "closed", data: { reason: "withdrawn" } },
  ];
  store.append(freshId(), drafts);
  const lines = [...bundleLines(store, { made_at: due, by: "li" })];
  store.close();
  return lines;
}

const anything = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1e308, "", "x", [], {}, [null], [{}], "__proto__", "2026-13-01", "\0", {
    a: { b: [] },
  }),
  fc.constantFrom(...EVENT_TYPES),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Puts `value` somewhere into a JSON value. */
function strike(node: unknown, path: readonly number[], value: unknown): unknown {
  if (path.length === 0 || typeof node !== "object" || node === null) return value;
  const keys = Object.keys(node);
  if (keys.length === 0) return value;
  const [at, ...rest] = path as [number, ...number[]];
  const key = keys[at % keys.length]!;
  const inner = strike((node as Record<string, unknown>)[key], rest, value);
  return Array.isArray(node) ? Object.assign([...node], { [key]: inner }) : { ...node, [key]: inner };
}

function takeLines(lines: readonly string[]): void {
  const store = openStore(":memory:", options());
  const bytes = Buffer.from(lines.join(""));
  const source = () => {
    let at = 0;
    return splitLines((buffer) => {
      const size = bytes.copy(buffer, 0, at);
      at += size;
      return size;
    });
  };
  try {
    takeBundle(store, { path: "f", lines: source }, (key) => key);
    // What was taken in can be read, searched, folded again and passed on.
    store.list({});
    store.search("宽带", {});
    for (const c of store.each({})) store.state(c.id);
    expect(store.rebuild().differed).toBe(0);
    for (const line of bundleLines(store, { made_at: "", by: "" })) JSON.parse(line);
  } catch (error) {
    if (!(error instanceof ComplaintError)) throw error;
    expect(error.exit).toBe(3);
    expect([...store.eventsSince(0)]).toEqual([]);
  } finally {
    store.close();
  }
}

test("values struck anywhere in a line", { timeout: LONG }, () => {
  const lines = sample();
  const where = fc.tuple(
    fc.nat(lines.length - 1),
    fc.array(fc.nat(20), { minLength: 1, maxLength: 5 }),
    anything,
  );
  fc.assert(
    fc.property(fc.array(where, { minLength: 1, maxLength: 3 }), (strikes) => {
      const struck = [...lines];
      for (const [line, path, value] of strikes)
        struck[line] = `${JSON.stringify(strike(JSON.parse(struck[line]!), path, value))}\n`;
      takeLines(struck);
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

test("bytes cut, doubled and changed", { timeout: LONG }, () => {
  const text = sample().join("");
  fc.assert(
    fc.property(
      fc.nat(text.length),
      fc.nat(200),
      fc.string({ unit: "binary", maxLength: 8 }),
      (at, gone, put) => {
        takeLines([text.slice(0, at), put, text.slice(at + gone)]);
      },
    ),
    { numRuns: Math.ceil(RUNS / 3), seed: SEED },
  );
});
