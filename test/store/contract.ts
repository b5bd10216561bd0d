/** What every store must do, as a function: another implementation is one more call of it. */
import { beforeEach, describe, expect, test } from "vitest";
import { refused } from "../../src/core/errors.ts";
import type { CaseEvent } from "../../src/core/event.ts";
import { foldCase } from "../../src/core/fold.ts";
import { refOf, showRef } from "../../src/core/id.ts";
import type { Store } from "../../src/core/store-port.ts";
import { addCase, answer, freshId, opening, pin, scriptOf } from "./support.ts";

export interface StoreUnderTest {
  store: Store;
  /** The same data through another connection, as another process has it. */
  again: (agent: string) => Store;
  /** A store of its own, empty. */
  other: () => Store;
}

export function storeContract(name: string, open: () => StoreUnderTest): void {
  describe(`store contract: ${name}`, () => {
    let store: Store;
    let under: StoreUnderTest;
    beforeEach(() => {
      under = open();
      store = under.store;
    });

    describe("appending", () => {
      test("gives seq, id, time and agent where they are absent, and keeps them where they are given", () => {
        const id = freshId();
        const given = freshId();
        store.append(id, opening());
        store.append(id, [
          { type: "noted", data: { text: "a" }, id: given, at: "2026-01-01T00:00:00.000Z", by: "wang" },
        ]);
        const events = store.events(id);
        expect(events.map((e) => e.seq)).toEqual([1, 2, 3]);
        expect(events[0]).toMatchObject({
          by: "li",
          at: expect.stringMatching(/^2026-11-21T09:00:/),
          caseId: id,
        });
        expect(events[2]).toMatchObject({ id: given, by: "wang", at: "2026-01-01T00:00:00.000Z" });
      });

      test("returns the state after it, the same that its events fold to", () => {
        const id = freshId();
        const state = store.append(id, [...opening(), answer("words", "No broadband")]);
        expect(state.case.record.words).toBe("No broadband");
        expect(state).toEqual(foldCase(store.events(id), store.script));
        expect(store.state(id)).toEqual(state);
        expect(store.case(id)).toEqual(state.case);
      });

      test("does not follow later changes of what it was given", () => {
        const id = freshId();
        const flags = ["safety"];
        const state = store.append(id, [...opening(), answer("flags", flags)]);
        flags.push("media");
        expect(() => (state.case.record.flags as string[]).push("legal")).toThrow();
        expect(store.append(id, [{ type: "noted", data: { text: "x" } }]).case.record.flags).toEqual([
          "safety",
        ]);
      });

      test("sees what another connection wrote in between", () => {
        const id = addCase(store);
        const second = under.again("wang");
        second.append(id, [{ type: "noted", data: { text: "from the other" } }]);
        const state = store.append(id, [{ type: "noted", data: { text: "mine" } }]);
        expect(state.case.notes.map((n) => [n.by, n.text])).toEqual([
          ["wang", "from the other"],
          ["li", "mine"],
        ]);
        expect(new Set(store.events(id).map((e) => e.seq)).size).toBe(4);
      });

      test("several cases at once, all or nothing", () => {
        const [a, b] = [freshId(), freshId()];
        expect(() =>
          store.appendAll([
            { caseId: a, drafts: opening() },
            { caseId: b, drafts: [{ type: "noted", data: { text: "never opened" } }] },
          ]),
        ).toThrow();
        expect(store.has(a)).toBe(false);
        const states = store.appendAll([a, b].map((caseId) => ({ caseId, drafts: opening() })));
        expect(states.map((s) => s.case.id)).toEqual([a, b]);
        expect(store.list({}).total).toBe(2);
      });

      test("update decides on the newest state, and writes nothing where it refuses", () => {
        const id = addCase(store);
        under.again("wang").append(id, [{ type: "noted", data: { text: "first" } }]);
        const state = store.update(id, (now) => [
          { type: "noted", data: { text: `after ${now.case.notes.length}` } },
        ]);
        expect(state.case.notes[1]?.text).toBe("after 1");
        expect(() =>
          store.update(id, () => {
            throw refused("told", "somebody was faster");
          }),
        ).toThrow("somebody was faster");
        expect(store.events(id)).toHaveLength(4);
        expect(store.update(id, () => []).case).toEqual(store.case(id));
      });

      test("keeps hostile text exactly", () => {
        const texts = [
          "\u001b[2J\u0000\u202e evil",
          "'; DROP TABLE cases; --",
          "👩‍👩‍👧‍👦 𠮷 \ud800",
          "x".repeat(100_000),
        ];
        const ids = texts.map((words) => addCase(store, { words }));
        expect(ids.map((id) => under.again("li").state(id)?.case.record.words)).toEqual(texts);
        expect(ids.map((id) => store.case(id)?.record.words)).toEqual(texts);
      });
    });

    describe("scripts", () => {
      test("are kept once by hash and come back as they were", () => {
        const script = scriptOf(["words"]);
        store.putScript(script);
        store.putScript({ ...script });
        expect(store.script("h1")).toEqual(script);
        expect(under.again("li").script("h1")).toEqual(script);
        expect([...store.scripts()]).toEqual([script]);
        expect(store.script("nowhere")).toBeUndefined();
      });

      test("say which fields they ask for as personal", () => {
        const { steps } = scriptOf(["product", "words", "place"]);
        store.putScript({
          ...scriptOf([]),
          steps: steps.map((s) => ({ ...s, personal: s.records !== "place" })),
        });
        store.putScript(scriptOf(["cause"], "h2"));
        expect([...under.again("li").personalFields()]).toEqual(["product"]);
      });

      test("a stage is that of the next unanswered step of the pinned script", () => {
        store.putScript({
          ...scriptOf([]),
          steps: [
            { ...scriptOf(["words"]).steps[0]! },
            { ...scriptOf(["demand"]).steps[0]!, key: "resolve.demand", stage: "resolve" },
          ],
        });
        const [id, run] = [freshId(), freshId()];
        expect(store.append(id, opening(run)).case.stage).toBe("listen");
        const data = { run, step: "listen.words" as const, field: "words", value: "x" };
        expect(store.append(id, [{ type: "answered", data }]).case.stage).toBe("resolve");
        expect(store.list({ stage: "resolve" }).total).toBe(1);
      });
    });

    describe("finding a case", () => {
      test("by full id, by ref in any spelling, by a prefix of three", () => {
        const id = addCase(store);
        const ref = refOf(id);
        for (const form of [
          id,
          id.toUpperCase(),
          ref,
          showRef(ref),
          ref.toLowerCase(),
          ref.slice(0, 3),
          ` ${ref} `,
        ])
          expect(store.find(form)).toEqual({ kind: "one", id });
        for (const form of [ref.slice(0, 2), "", "!!!", `${ref}0`, freshId()])
          expect(store.find(form)).toEqual({ kind: "none" });
        expect(store.refTaken(ref)).toBe(true);
        expect(store.refTaken(showRef(ref))).toBe(true);
        expect(store.has(id)).toBe(true);
        expect(store.has(freshId())).toBe(false);
      });

      test("an ambiguous prefix names the candidates, newest first", () => {
        const tail = (end: string) => `01a20000-0000-7000-8000-00aaaaaa${end}`;
        store.append(tail("0001"), opening(freshId(), "2026-11-01T00:00:00.000Z"));
        store.append(tail("0002"), opening(freshId(), "2026-11-02T00:00:00.000Z"));
        const prefix = refOf(tail("0001")).slice(0, 4);
        expect(store.find(prefix)).toEqual({
          kind: "many",
          candidates: [
            { ref: showRef(refOf(tail("0002"))), opened_at: "2026-11-02T00:00:00.000Z", status: "draft" },
            { ref: showRef(refOf(tail("0001"))), opened_at: "2026-11-01T00:00:00.000Z", status: "draft" },
          ],
        });
        expect(store.find(tail("0002"))).toEqual({ kind: "one", id: tail("0002") });
      });

      test("the last one is that of the agent's last event", () => {
        const first = addCase(store);
        const second = addCase(store);
        expect(store.lastOf("li")).toBe(second);
        store.append(first, [{ type: "noted", data: { text: "x" } }]);
        expect(store.lastOf("li")).toBe(first);
        expect(store.lastOf("nobody")).toBeUndefined();
      });
    });

    describe("lists", () => {
      test("newest first by opening, then ref, with a limit and the whole number", () => {
        const days = ["2026-11-03", "2026-11-01", "2026-11-02", "2026-11-02", "1969-05-05"];
        for (const day of days) addCase(store, {}, `${day}T10:00:00.000Z`);
        const { cases, total } = store.list({});
        expect(total).toBe(5);
        expect(cases.map((c) => c.opened_at.slice(0, 10))).toEqual([
          "2026-11-03",
          "2026-11-02",
          "2026-11-02",
          "2026-11-01",
          "1969-05-05",
        ]);
        expect(cases[1]!.ref < cases[2]!.ref).toBe(true);
        expect(store.list({ limit: 2 })).toEqual({ cases: cases.slice(0, 2), total: 5 });
        expect([...store.each({})]).toEqual(
          [...cases].sort((a, b) =>
            a.opened_at === b.opened_at ? (a.ref > b.ref ? -1 : 1) : a.opened_at < b.opened_at ? -1 : 1,
          ),
        );
      });

      test("a period includes its start and not its end", () => {
        for (const hour of ["08", "09", "10"]) addCase(store, {}, `2026-11-02T${hour}:00:00.000Z`);
        const found = store.list({ since: "2026-11-02T09:00:00.000Z", until: "2026-11-02T10:00:00.000Z" });
        expect(found.cases.map((c) => c.opened_at)).toEqual(["2026-11-02T09:00:00.000Z"]);
        expect(found.total).toBe(1);
      });

      test("by status, each one and several", () => {
        const [open, resolved, closed] = [addCase(store), addCase(store), addCase(store)];
        addCase(store);
        const end = (id: string, data: object) => {
          const run = store.state(id)!.runs[0]!.id;
          store.append(id, [{ type: "finished", data: { run, status: "open", ...data } }]);
        };
        end(open, {});
        end(resolved, { status: "resolved" });
        end(closed, { status: "closed", closed_reason: "withdrawn" });
        const refs = (status: ("draft" | "open" | "resolved" | "closed")[]) =>
          store
            .list({ status })
            .cases.map((c) => c.status)
            .sort();
        expect(refs(["open"])).toEqual(["open"]);
        expect(refs(["draft", "open", "resolved"])).toEqual(["draft", "open", "resolved"]);
        expect(refs(["draft", "open", "resolved", "closed"])).toHaveLength(4);
        expect(refs(["resolved", "closed"])).toEqual(["closed", "resolved"]);
        expect(store.list({ status: ["draft", "open", "resolved"] }).total).toBe(3);
      });

      test("by what is in the record, also several at once", () => {
        const id = addCase(store, {
          category: "telecom-network",
          cause: "forgot-task",
          channel: "phone",
          department: "网络部",
          severity: "high",
          kind: "valid",
          psychology: "venting",
          flags: ["safety", "media"],
        });
        addCase(store, { category: "other", flags: ["legal"] });
        const filters = [
          { category: "telecom-network" },
          { cause: "forgot-task" },
          { channel: "phone" },
          { department: "网络部" },
          { severity: "high" },
          { kind: "valid" },
          { psychology: "venting" },
          { flag: "media" },
          { ids: [id] },
          { category: "telecom-network", flag: "safety", agent: "li", owner: "li", script: "good-faith" },
        ];
        for (const filter of filters)
          expect(
            store.list(filter).cases.map((c) => c.id),
            JSON.stringify(filter),
          ).toEqual([id]);
        expect(store.list({ category: "' OR 1=1 --" }).total).toBe(0);
        expect(store.list({ flag: "media", category: "other" }).total).toBe(0);
      });

      test("due and overdue: open promises, callbacks not made, deadlines of cases not resolved", () => {
        const promise = { id: freshId(), what: "ring", due_at: "2026-11-22T10:00:00.000Z" };
        const owing = freshId();
        store.append(owing, [...opening(), { type: "promised", data: { promise } }]);
        const late = freshId();
        const clock = { resolve_by: "2026-11-20T00:00:00.000Z" };
        const run = freshId();
        store.append(late, [...opening(run), { type: "finished", data: { run, status: "open", clock } }]);
        const called = freshId();
        const back = { callback_due: "2026-11-22T12:00:00.000Z" };
        store.append(called, [
          ...opening(run),
          { type: "finished", data: { run, status: "resolved", clock: back } },
        ]);
        const day = { from: "2026-11-22T00:00:00.000Z", to: "2026-11-23T00:00:00.000Z" };
        const ids = (filter: object) =>
          store
            .list(filter)
            .cases.map((c) => c.id)
            .sort();
        expect(ids({ due: day })).toEqual([owing, called].sort());
        expect(ids({ overdue: "2026-11-22T00:00:00.000Z" })).toEqual([late]);
        expect(ids({ overdue: "2026-11-22T11:00:00.000Z" })).toEqual([owing, late].sort());
        store.append(owing, [{ type: "promise-settled", data: { promise: promise.id, state: "kept" } }]);
        store.append(late, [{ type: "resolved", data: { outcome: "resolved_later" } }]);
        expect(ids({ overdue: "2026-11-22T11:00:00.000Z" })).toEqual([]);
      });

      test("unfinished runs, of one agent and of all, until finished or closed", () => {
        const id = addCase(store);
        under.again("wang").append(freshId(), opening());
        const run = store.state(id)!.runs[0]!.id;
        expect(store.unfinished("li")).toEqual([
          { caseId: id, run, kind: "call", agent: "li", started_at: store.case(id)!.runs[0]!.started_at },
        ]);
        expect(store.unfinished()).toHaveLength(2);
        store.append(id, [{ type: "closed", data: { reason: "withdrawn" } }]);
        expect(store.unfinished("li")).toEqual([]);
      });

      test("the cases of a customer: by phone in any spelling, else account, e-mail or name", () => {
        const phone = addCase(store, { customer_phone: "+86 138-0000-5678", customer_name: "王丽" });
        const same = addCase(store, { customer_phone: "１３８ 0000 5678", customer_account: "AC-1" });
        const account = addCase(store, { customer_account: "ac 1", customer_email: "Wang@Example.org" });
        const ids = (customer: object) =>
          store
            .casesOf(customer)
            .map((c) => c.id)
            .sort();
        expect(ids({ phone: "13800005678" })).toEqual([phone, same].sort());
        expect(ids({ phone: "008613800005678" })).toEqual([phone, same].sort());
        expect(ids({ account: "AC1" })).toEqual([same, account].sort());
        expect(ids({ email: "wang@example.org" })).toEqual([account]);
        expect(ids({ name: " 王丽 " })).toEqual([phone]);
        expect(ids({ phone: "13900005678", name: "王丽" })).toEqual([]);
        expect(ids({})).toEqual([]);
      });
    });

    describe("full text", () => {
      const found = (words: string) => store.search(words, {}).cases.map((c) => c.id);

      test("finds words of two Chinese characters, phrases across punctuation, names, phones, notes", () => {
        const id = addCase(store, {
          words: "宽带断了三周，没有人回电话！",
          summary: "No refund—not even a call",
          customer_name: "欧阳娜娜",
          customer_phone: "+86 138-0000-5678",
        });
        store.append(id, [{ type: "noted", data: { text: "Customer doesn't want e-mail" } }]);
        const good = [
          "断了",
          "三周，没有人",
          "三周没有人",
          "电话！",
          "refund",
          "REFUNDS".slice(0, 6),
          "no refund",
          "refund not",
          "娜娜",
          "5678",
          "13800005678",
          "138 0000 5678",
          "doesn't",
          "e-mail",
          "宽带 refund",
        ];
        for (const words of good) expect(found(words), words).toEqual([id]);
        for (const words of ["断周", "refund 手机", "娜欧", '"refund even"', "周三", "1390000", "?!", ""])
          expect(found(words), words).toEqual([]);
      });

      test("finds a word by any part of it, and no longer once it is gone", () => {
        const id = addCase(store, { words: "The unpaid iPhone13 bill, café Übergröße" });
        addCase(store, { words: "paid" });
        for (const part of ["npai", "unpaid", "phone", "ne13", "ill", "caf", "cafe", "berg", "größe", "un"])
          expect(found(part), part).toEqual([id]);
        expect(found("paid")).toHaveLength(2);
        expect(found("paid bill")).toEqual([id]);
        expect(found("aid xyz")).toEqual([]);
        store.append(id, [answer("words", "The bill")]);
        expect(found("npai")).toEqual([]);
        expect(found("aid")).toHaveLength(1);
        expect(found("ill")).toEqual([id]);
        store.rebuild();
        expect(found("aid")).toHaveLength(1);
      });

      test("a query cannot speak to the index", () => {
        addCase(store, { words: "plain" });
        for (const words of [
          '"',
          '" OR "plain',
          "plain*",
          "text:plain",
          "NEAR(plain",
          "^plain",
          "a AND",
          "-plain",
          "()",
        ])
          expect(() => found(words), words).not.toThrow();
        expect(found('nothing" OR "plain')).toEqual([]);
      });

      test("follows changes, and comes newest first with a limit and filters", () => {
        const old = addCase(store, { words: "router", category: "other" }, "2026-11-01T00:00:00.000Z");
        const young = addCase(store, { words: "router" }, "2026-11-02T00:00:00.000Z");
        expect(found("router")).toEqual([young, old]);
        expect(store.search("router", { limit: 1 })).toMatchObject({ total: 2, cases: [{ id: young }] });
        expect(store.search("router", { category: "other" })).toMatchObject({
          total: 1,
          cases: [{ id: old }],
        });
        expect(store.search("router", { since: "2026-11-02T00:00:00.000Z" }).total).toBe(1);
        expect([...store.each({ words: "router" })].map((c) => c.id)).toEqual([old, young]);
        store.append(young, [answer("words", "modem")]);
        expect(found("router")).toEqual([old]);
        expect(found("modem")).toEqual([young]);
      });
    });

    describe("half-typed text, looks", () => {
      test("typed text is kept per case and step until emptied or answered", () => {
        const id = addCase(store);
        store.putTyped(id, "listen.words", "The engineer was sup\u0000");
        store.putTyped(id, "listen.words", "The engineer was supposed\ud83d");
        store.putTyped(id, "listen.demand", "money");
        expect(under.again("li").typed(id, "listen.words")).toBe("The engineer was supposed\ud83d");
        store.putTyped(id, "listen.demand", "");
        expect(store.typed(id, "listen.demand")).toBeUndefined();
        store.append(id, [{ type: "answered", data: { step: "listen.words", field: "words", value: "x" } }]);
        expect(store.typed(id, "listen.words")).toBeUndefined();
      });

      test("who looked is kept per case", () => {
        const [a, b] = [addCase(store), addCase(store)];
        store.logAccess("export --unmask", [a, b]);
        under.again("wang").logAccess("customer", [a]);
        expect(store.access(a).map((e) => [e.by, e.command])).toEqual([
          ["li", "export --unmask"],
          ["wang", "customer"],
        ]);
        expect(store.access(b)).toMatchObject([{ cases: [a, b] }]);
        expect(store.access(freshId())).toEqual([]);
        store.logAccess("export --events", ["*"]);
        expect(store.access(b).map((e) => e.command)).toEqual(["export --unmask", "export --events"]);
      });
    });

    describe("moving events", () => {
      test("what one store has, another takes over whole, once", () => {
        store.putScript(scriptOf(["words"]));
        const id = addCase(store, { words: "宽带", customer_phone: "13800005678" });
        const events = [...store.eventsSince(0)].map((e) => e.event);
        const other = under.other();
        expect(other.absorb(events, store.scripts())).toEqual({ added: 4, known: 0, cases: [id] });
        expect(other.absorb(events, store.scripts())).toEqual({ added: 0, known: 4, cases: [] });
        expect(other.events(id)).toEqual(store.events(id));
        expect(other.case(id)).toEqual(store.case(id));
        expect(other.search("宽带", {}).total).toBe(1);
        expect(other.rebuild()).toEqual({ cases: 1, differed: 0 });
      });

      test("the order of arrival does not matter, also across two halves", () => {
        const id = addCase(store, { words: "one", category: "other" });
        store.append(id, [answer("words", "two")]);
        const events = [...store.eventsSince(0)].map((e) => e.event).reverse();
        const other = under.other();
        other.absorb(events.slice(0, 3), []);
        expect(other.case(id)).toBeUndefined();
        other.absorb(events.slice(3), []);
        expect(other.case(id)).toEqual(store.case(id));
        expect(other.rebuild().differed).toBe(0);
      });

      test("events after a position", () => {
        addCase(store);
        const all = [...store.eventsSince(0)];
        expect([...store.eventsSince(all[0]!.position)]).toEqual(all.slice(1));
        expect([...store.eventsSince(all.at(-1)!.position)]).toEqual([]);
      });

      test("a script that comes later brings its cases up to date", () => {
        store.putScript(scriptOf(["words"]));
        const id = addCase(store);
        const other = under.other();
        other.absorb(store.events(id), []);
        expect(other.case(id)?.stage).toBe("follow-up");
        expect(other.absorb([], store.scripts()).cases).toEqual([id]);
        expect(other.case(id)).toEqual(store.case(id));
        expect(other.rebuild().differed).toBe(0);
      });

      test("an unknown kind of event is kept, passed on and ignored by the fold", () => {
        const id = addCase(store);
        const strange = {
          id: freshId(),
          caseId: id,
          seq: 3,
          at: "2026-11-21T09:30:00.000Z",
          by: "li",
          type: "teleported",
          data: { to: "moon" },
        } as unknown as CaseEvent;
        store.absorb([strange], []);
        expect(store.events(id)[2]).toEqual(strange);
        expect(store.state(id)?.unknown).toEqual(["teleported"]);
      });

      test("an erasure blanks what it names, in lists and full text too, and again whenever it comes back", () => {
        const id = addCase(store, {
          words: "secret words",
          customer_phone: "13800005678",
          category: "other",
        });
        const before = store.events(id);
        store.putTyped(id, "listen.words", "half secret");
        store.append(id, [{ type: "redacted", data: { events: before.slice(2).map((e) => e.id) } }]);
        const check = (s: Store) => {
          expect(JSON.stringify(s.events(id))).not.toMatch(/secret|1380000/);
          expect(s.case(id)?.record).toEqual({ category: "other" });
          expect(s.search("secret", {}).total).toBe(0);
          expect(s.casesOf({ phone: "13800005678" })).toEqual([]);
          expect(s.rebuild().differed).toBe(0);
        };
        check(store);
        expect(store.typed(id, "listen.words")).toBeUndefined();
        const erasure = store.events(id).at(-1)!;
        const other = under.other();
        other.absorb(before, []);
        other.absorb([erasure], []);
        check(other);
        const late = under.other();
        late.absorb([erasure], []);
        late.absorb(before, []);
        check(late);
      });
    });

    describe("the cache", () => {
      test("making it anew changes nothing", () => {
        store.putScript(scriptOf(["words"]));
        const id = addCase(store, { words: "宽带", flags: ["safety"], customer_phone: "13800005678" });
        const run = store.state(id)!.runs[0]!.id;
        for (const mood of [4, 2] as const)
          store.append(id, [
            { type: "shown", data: { run, step: "listen.words", key: `L${mood}`, kind: "say", text: "…" } },
            { type: "mood", data: { run, stage: "listen", mood } },
          ]);
        const before = [store.list({}), store.search("宽带", {}), store.unfinished()];
        expect(store.rebuild()).toEqual({ cases: 1, differed: 0 });
        expect([store.list({}), store.search("宽带", {}), store.unfinished()]).toEqual(before);
        expect(store.query("SELECT key, before, after FROM shown ORDER BY n")).toEqual([
          { key: "L4", before: null, after: 4 },
          { key: "L2", before: 4, after: 2 },
        ]);
      });

      test("query reads and never writes", () => {
        addCase(store);
        expect(store.query("SELECT status FROM cases WHERE agent = @agent", { agent: "li" })).toEqual([
          { status: "draft" },
        ]);
        expect(() => store.query("DELETE FROM events")).toThrow();
        expect(store.list({}).total).toBe(1);
      });
    });

    test("pinned scripts and languages stand in the case", () => {
      expect(store.case(addCase(store))).toMatchObject({
        script: pin,
        locale: "en",
        agent: "li",
        owner: "li",
      });
    });
  });
}
