/** Imports appear whole or not at all. */
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import type { EventDraft } from "../../src/core/event.ts";
import type { Store } from "../../src/core/store-port.ts";
import { openStore } from "../../src/store/open-store.ts";
import { addCase, freshFolder, freshId, options, pin } from "./support.ts";

let path: string;
let store: Store;
beforeEach(() => {
  path = join(freshFolder(), "complaint.db");
  store = openStore(path, options());
});

const reading = (): Store => openStore(path, { ...options(), readOnly: true })!;

function* rows(importId: string, count: number): Generator<{ caseId: string; drafts: EventDraft[] }> {
  for (let i = 0; i < count; i++) {
    const at = new Date(Date.UTC(2026, 0, 1, 0, i)).toISOString();
    yield {
      caseId: freshId(),
      drafts: [
        {
          type: "opened",
          at,
          data: { script: pin, locale: "en", source: { name: "helpdesk", id: String(i) } },
        },
        {
          type: "imported",
          data: {
            import: importId,
            source: "helpdesk",
            source_id: String(i),
            values: { words: `imported ${i}`, flags: ["safety"] },
          },
        },
      ],
    };
  }
}

/** What readers of every kind see. */
function seen(): unknown {
  const reader = reading();
  const counts = [
    reader.list({}).total,
    reader.list({ limit: 5 }).cases.length,
    reader.list({ flag: "safety" }).total,
    reader.list({ overdue: "2030-01-01T00:00:00.000Z" }).total,
    reader.search("imported", {}).total,
    [...reader.each({})].length,
    [...reader.eventsSince(0)].length,
    reader.query<{ n: number }>("SELECT count(*) AS n FROM statuses")[0]!.n,
  ];
  reader.close();
  return counts;
}

test("nothing is seen before it is published, everything after", () => {
  addCase(store, { words: "ours" });
  const before = seen();
  const session = store.importing("helpdesk", "tickets.csv");
  expect(session.append(rows(session.id, 400))).toBe(400);
  expect(seen()).toEqual(before);
  session.publish();
  expect(seen()).toEqual([401, 5, 400, 0, 400, 401, 803, 401]);
  expect(store.rebuild()).toEqual({ cases: 401, differed: 0 });
});

test("what was dropped, or left behind by an import that died, leaves no trace", () => {
  const id = addCase(store, { words: "ours" });
  const dropped = store.importing("helpdesk", "a.csv");
  dropped.append(rows(dropped.id, 50));
  dropped.drop();
  const died = store.importing("helpdesk", "b.csv");
  died.append(rows(died.id, 50));
  store.close();
  store = openStore(path, options());
  const third = store.importing("helpdesk", "c.csv");
  third.publish();
  expect([...store.eventsSince(0)].map((e) => e.event.caseId)).toEqual([id, id, id]);
  expect(store.search("imported", {}).total).toBe(0);
  expect(store.query("SELECT * FROM cases")).toHaveLength(1);
  expect(store.query("SELECT visible FROM imports")).toEqual([{ visible: 1 }]);
});

test("calls go on while an import is under way", () => {
  const session = store.importing("helpdesk", "a.csv");
  session.append(rows(session.id, 10));
  const other = openStore(path, options({ agent: "wang" }));
  const id = addCase(other, { words: "live" });
  session.append(rows(session.id, 10));
  expect(
    reading()
      .list({})
      .cases.map((c) => c.id),
  ).toEqual([id]);
  session.publish();
  expect(reading().list({}).total).toBe(21);
});
