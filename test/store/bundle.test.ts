/** Bundles: nothing lost on the way, nothing added twice, nothing kept of a file that is wrong anywhere. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ComplaintError } from "../../src/core/errors.ts";
import type { EventDraft } from "../../src/core/event.ts";
import type { Store } from "../../src/core/store-port.ts";
import { bundleLines, isBundleHead, takeBundle } from "../../src/store/bundle.ts";
import { readLines, splitLines, writeWhole } from "../../src/store/text-file.ts";
import { addCase, answer, freshFolder, freshId, freshStore, opening, scriptOf } from "./support.ts";

const about = { made_at: "2026-11-21T09:00:00.000Z", by: "li" };
const t = (key: string, params?: Readonly<Record<string, unknown>>) => `${key} ${JSON.stringify(params)}`;

function exported(store: Store): string[] {
  return [...bundleLines(store, about)];
}

function take(store: Store, lines: readonly string[]) {
  const bytes = Buffer.from(lines.join(""));
  return takeBundle(store, { path: "b.jsonl", lines: () => fromBytes(bytes) }, t);
}

function fromBytes(bytes: Buffer) {
  let at = 0;
  return splitLines((buffer) => {
    const size = bytes.copy(buffer, 0, at);
    at += size;
    return size;
  });
}

/** Anything an agent, a customer or a file may have put in. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "宽带断了",
    "\u2028\u2029",
    "\r\n\n",
    "\0",
    "\ud800",
    "😀",
    '{"complaint_bundle":1}',
    "__proto__",
  ),
);
const draft: fc.Arbitrary<EventDraft> = fc.oneof(
  text.map((value) => answer("words", value)),
  text.map((value) => answer("customer_name", value)),
  fc.subarray(["safety", "media", "legal"]).map((value) => answer("flags", value)),
  text.map((note): EventDraft => ({ type: "noted", data: { text: note } })),
  fc
    .constantFrom(1, 2, 3, 4, 5)
    .map((mood): EventDraft => ({ type: "mood", data: { stage: "listen", mood: mood as 1 } })),
  fc
    .tuple(text, fc.date({ min: new Date(0), max: new Date("2100-01-01T00:00:00Z"), noInvalidDate: true }))
    .map(
      ([what, due]): EventDraft => ({
        type: "promised",
        data: { promise: { id: freshId(), what, due_at: due.toISOString() } },
      }),
    ),
  fc.constant<EventDraft>({ type: "closed", data: { reason: "withdrawn" } }),
  fc.constant<EventDraft>({ type: "reopened", data: { why: "" } }),
);

describe("round trip", () => {
  test("a bundle holds all, and its copy makes the same bundle; a second time adds nothing", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(draft, { maxLength: 8 }), { minLength: 1, maxLength: 4 }),
        (histories) => {
          const from = freshStore();
          from.putScript(scriptOf(["words"]));
          for (const drafts of histories) from.append(freshId(), [...opening(), ...drafts]);
          const lines = exported(from);
          const to = freshStore();
          const events = lines.length - 2;
          expect(take(to, lines)).toMatchObject({ events, added: events, known: 0, scripts: 1 });
          expect(exported(to)).toEqual(lines);
          expect(to.list({})).toEqual(from.list({}));
          expect(take(to, lines)).toMatchObject({ added: 0, known: events, cases: [] });
          expect(to.rebuild().differed).toBe(0);
          from.close();
          to.close();
        },
      ),
      { numRuns: 40 },
    );
  });

  test("an erasure done here is done again to what comes back", () => {
    const store = freshStore();
    const id = addCase(store, { words: "secret" });
    const before = exported(store);
    store.append(id, [{ type: "redacted", data: { events: store.events(id).map((e) => e.id) } }]);
    const after = exported(store);
    take(store, before);
    expect(exported(store)).toEqual(after);
    const other = freshStore();
    take(other, before);
    take(other, after);
    expect(exported(other).join("")).not.toContain("secret");
  });
});

describe("a file that is wrong", () => {
  const good = () => {
    const store = freshStore();
    store.putScript(scriptOf(["words"]));
    addCase(store, { words: "宽带" });
    return exported(store);
  };
  const event = (lines: string[]) => JSON.parse(lines.at(-1)!) as Record<string, unknown>;
  const replaced = (change: (e: Record<string, unknown>) => void) => {
    const lines = good();
    const last = event(lines);
    change(last);
    return [...lines.slice(0, -1), `${JSON.stringify(last)}\n`];
  };

  test.each<[string, string, number, () => string[]]>([
    ["no head", "bundle_no_head", 1, () => good().slice(1)],
    ["empty", "bundle_no_head", 1, () => []],
    ["newer", "bundle_newer", 1, () => ['{"complaint_bundle":2}\n', ...good().slice(1)]],
    ["a line that is no JSON", "bundle_not_json", 6, () => [...good(), "oops\n"]],
    ["a line that is a list", "bundle_not_json", 6, () => [...good(), "[1]\n"]],
    ["cut at a line", "bundle_cut", 4, () => good().slice(0, -1)],
    ["cut within a line", "bundle_not_json", 5, () => [...good().slice(0, -1), good().at(-1)!.slice(0, 30)]],
    ["no id", "bundle_bad_line", 5, () => replaced((e) => delete e.id)],
    ["an id that is none", "bundle_bad_line", 5, () => replaced((e) => (e.case = "../../etc/passwd"))],
    ["a seq below one", "bundle_bad_line", 5, () => replaced((e) => (e.seq = 0))],
    ["no instant", "bundle_bad_line", 5, () => replaced((e) => (e.at = "yesterday"))],
    ["no data", "bundle_bad_line", 5, () => replaced((e) => (e.data = null))],
    [
      "a value of the wrong kind",
      "bundle_bad_line",
      5,
      () => replaced((e) => (e.data = { field: "flags", value: "x" })),
    ],
    [
      "options that are none",
      "bundle_bad_line",
      5,
      () => replaced((e) => (e.data = { field: "options", value: [1] })),
    ],
    [
      "a field that is a trap",
      "bundle_bad_line",
      5,
      () => replaced((e) => (e.data = { field: "__proto__", value: "x" })),
    ],
    [
      "promises that are none",
      "bundle_bad_line",
      5,
      () => replaced((e) => (e.data = { value: null, promises: 5 })),
    ],
    ["a script without steps", "bundle_bad_line", 6, () => [...good(), '{"script":{"id":"x","hash":"y"}}\n']],
  ])("%s", (_, code, line, lines) => {
    const store = freshStore();
    let error: unknown;
    try {
      take(store, lines());
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ComplaintError);
    expect(error).toMatchObject({ exit: 3, code, details: [{ path: "b.jsonl", line }] });
    expect([...store.eventsSince(0)]).toEqual([]);
    expect([...store.scripts()]).toEqual([]);
  });

  test("bytes that are no UTF-8", () => {
    const path = join(freshFolder(), "b.jsonl");
    writeFileSync(path, Buffer.concat([Buffer.from(good()[0]!), Buffer.from([0xff, 0xfe, 10])]));
    expect(() => takeBundle(freshStore(), { path, lines: () => readLines(path) }, t)).toThrow(
      "bundle_not_utf8",
    );
    expect(() => takeBundle(freshStore(), { path: "/", lines: () => readLines("/") }, t)).toThrow(
      "bundle_not_a_file",
    );
  });

  test("unknown types and more keys, of a newer version, are taken as they are", () => {
    const lines = good();
    const strange = {
      ...event(lines),
      id: freshId(),
      seq: 9,
      type: "teleported",
      data: { to: "moon" },
      mark: 1,
    };
    lines[0] = '{"complaint_bundle":1}\n';
    const store = freshStore();
    take(store, [...lines, `${JSON.stringify(strange)}\r\n`]);
    expect([...store.eventsSince(0)].at(-1)?.event).toMatchObject({
      type: "teleported",
      data: { to: "moon" },
    });
  });
});

describe("text files", () => {
  test("lines come the same however the bytes are cut", () => {
    const content = "\ufeffone\n二二二\r\n\nfour 😀";
    const whole = [...fromBytes(Buffer.from(content))];
    expect(whole.map((l) => l.text)).toEqual(["one", "二二二", "", "four 😀"]);
    for (const size of [1, 2, 3, 5, 7]) {
      const bytes = Buffer.from(content);
      let at = 0;
      const small = splitLines((buffer) => {
        const n = bytes.copy(buffer, 0, at, Math.min(at + size, bytes.length));
        at += n;
        return n;
      });
      expect([...small]).toEqual(whole);
    }
  });

  test("a file is written whole or not at all", () => {
    const path = join(freshFolder(), "out.jsonl");
    writeWhole(path, ["a\n", Buffer.from("二\n")]);
    expect(readFileSync(path, "utf8")).toBe("a\n二\n");
    function* broken() {
      yield "half";
      throw new Error("disk full");
    }
    expect(() => writeWhole(path, broken())).toThrow("disk full");
    expect(readFileSync(path, "utf8")).toBe("a\n二\n");
  });

  test("a head is known without the rest", () => {
    expect(isBundleHead('{"complaint_bundle":7}')).toBe(true);
    expect(isBundleHead('{"id":1}')).toBe(false);
    expect(isBundleHead("id;name")).toBe(false);
  });
});
