/** list, search, show, note, edit, export and import, each through its own file with a home of its own. */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Run } from "../../src/app.ts";
import { run as close } from "../../src/commands/close.ts";
import { run as dispatch } from "../../src/commands/dispatch.ts";
import { run as edit } from "../../src/commands/edit.ts";
import { run as exportCases } from "../../src/commands/export.ts";
import { run as handOver } from "../../src/commands/hand-over.ts";
import { run as importFile } from "../../src/commands/import.ts";
import { run as list } from "../../src/commands/list.ts";
import { run as note } from "../../src/commands/note.ts";
import { run as promise } from "../../src/commands/promise.ts";
import { run as reopen } from "../../src/commands/reopen.ts";
import { run as search } from "../../src/commands/search.ts";
import { run as show } from "../../src/commands/show.ts";
import { run as wait } from "../../src/commands/wait.ts";
import { safeWidth } from "../../src/ui/layout.ts";
import { type Desk, newDesk } from "../support/in-process.ts";
import { madeCase } from "../support/made-case.ts";

let desk: Desk;
beforeEach(() => {
  desk = newDesk("2026-11-21T10:00:00+08:00");
});
afterEach(() => desk.remove());

const PERSON = {
  customer_name: "欧阳娜娜",
  customer_phone: "+86 138-0000-5678",
  customer_email: "nana@example.com",
  words: "宽带断了三周，打13800005678没人回电话",
};

describe("without a database", () => {
  test("reading finds nothing, exits 0 and makes nothing", async () => {
    expect((await desk.run(list, [])).json).toEqual({ cases: [], total: 0 });
    expect((await desk.run(search, ["宽带"])).json).toEqual({ cases: [], total: 0 });
    expect((await desk.run(exportCases, [])).json).toEqual({ cases: [], total: 0 });
    expect((await desk.run(exportCases, [], { format: "jsonl", json: false })).out).toBe("");
    expect(await desk.run(show, ["K7QF"])).toMatchObject({ code: 1, error: { code: "not_found" } });
    expect(existsSync(join(desk.home, "complaint.db"))).toBe(false);
  });
});

describe("list and search", () => {
  test("personal values are masked everywhere; a lead may unmask and it is written down", async () => {
    const { id } = await madeCase(desk, PERSON);
    for (const found of [await desk.run(list, []), await desk.run(search, ["宽带"])]) {
      expect(found.json.total).toBe(1);
      expect(found.json.cases[0].record).toMatchObject({
        customer_name: "欧**",
        customer_phone: "138****5678",
        words: "宽带断了三周，打138****5678没人回电话",
      });
      expect(found.out).not.toMatch(/13800005678|娜娜|nana@/);
    }
    expect(await desk.run(list, [], { unmask: true }, { COMPLAINT_ROLE: "agent" })).toMatchObject({
      code: 1,
    });
    const open = await desk.run(
      list,
      [],
      { unmask: true },
      { COMPLAINT_ROLE: "lead", COMPLAINT_AGENT: "chen" },
    );
    expect(open.json.cases[0].record.customer_name).toBe("欧阳娜娜");
    const { json } = await desk.run(show, [id], { events: true });
    expect(json.access).toEqual([{ at: "2026-11-21T02:00:00.000Z", by: "chen", command: "list --unmask" }]);
  });

  test("what is not closed, newest first, fifty unless told otherwise", async () => {
    const store = await desk.store();
    const pin = { id: "good-faith", hash: "x" };
    for (let i = 0; i < 60; i++) {
      const at = new Date(Date.UTC(2026, 10, 1, 0, i)).toISOString();
      const id = `01a20000-0000-7000-8000-${String(i).padStart(12, "0")}`;
      store.append(id, [
        { type: "opened", data: { script: pin, locale: "en" }, at },
        ...(i < 5 ? [{ type: "closed" as const, data: { reason: "withdrawn" }, at }] : []),
      ]);
    }
    store.close();
    const usual = (await desk.run(list, [])).json;
    expect([usual.cases.length, usual.total]).toEqual([50, 55]);
    expect(usual.cases[0].opened_at).toBe("2026-11-01T00:59:00.000Z");
    expect((await desk.run(list, [], { limit: "3" })).json.cases).toHaveLength(3);
    expect((await desk.run(list, [], { all: true })).json.cases).toHaveLength(55);
    expect((await desk.run(list, [], { all: true, status: "all" })).json.total).toBe(60);
    expect((await desk.run(list, [], { status: "closed" })).json.total).toBe(5);
    expect((await desk.run(list, [], { status: "draft,closed", limit: "60" })).json.total).toBe(60);
    expect((await desk.run(list, [], { since: "2026-11-02" })).json.total).toBe(0);
    // The day begins at midnight in Shanghai: 16:00 of the day before in UTC.
    expect(
      (await desk.run(list, [], { since: "2026-11-01", until: "2026-11-02", all: true })).json.total,
    ).toBe(55);
    expect((await desk.run(list, [], { until: "2026-11-01T08:30:00+08:00", all: true })).json.total).toBe(25);
  });

  test.each([
    [{ status: "opened" }],
    [{ stage: "analyse" }],
    [{ channel: "fax" }],
    [{ category: "nothing-such" }],
    [{ severity: "urgent" }],
    [{ flag: "red" }],
    [{ since: "2026-02-30" }],
    [{ week: "2026-W60" }],
    [{ limit: "0" }],
    [{ limit: "many" }],
    [{ limit: "3", all: true }],
    [{ fact: "volume.nothing" }],
    [{ fact: "volume.received", asOf: "yesterday" }],
  ])("a value outside its set is wrong usage: %j", async (flags) => {
    await madeCase(desk);
    expect(await desk.run(list, [], flags as Record<string, string>)).toMatchObject({ code: 2, out: "" });
  });

  test("filters by what was answered, and by an own category that some case has", async () => {
    await madeCase(desk, { category: "telecom-network", severity: "high", department: "网络部" });
    await madeCase(desk, { category: "heating-outage" });
    expect((await desk.run(list, [], { severity: "high", department: "网络部" })).json.total).toBe(1);
    expect((await desk.run(list, [], { category: "heating-outage" })).json.total).toBe(1);
    expect((await desk.run(list, [], { agent: "nobody" })).json.total).toBe(0);
  });

  test("the cases behind a number of the report", async () => {
    await madeCase(desk);
    const found = await desk.run(list, [], { fact: "volume.received", week: "now" });
    expect(found.json.total).toBe(1);
  });

  test("search needs words, joins them, and finds closed cases too", async () => {
    const { id } = await madeCase(desk, { words: "No refund, not even a call" });
    const store = await desk.store();
    store.append(id, [{ type: "closed", data: { reason: "withdrawn" } }]);
    store.close();
    expect(await desk.run(search, [])).toMatchObject({ code: 2 });
    expect((await desk.run(search, ["no", "refund"])).json.total).toBe(1);
    expect((await desk.run(search, ["refund"], { status: "open" })).json.total).toBe(0);
  });

  test.each([40, 60, 80, 120, 300])("the table fits %i columns, in every language", async (columns) => {
    await madeCase(desk, { ...PERSON, category: "telecom-network" });
    await madeCase(desk, { customer_name: "Wang \u001b[31mLi", words: "line one\nline two\u202e" });
    for (const locale of ["en", "zh-CN", "zh-TW"]) {
      const { app, out } = await desk.app({ json: false }, { COMPLAINT_LOCALE: locale });
      app.io.columns = columns;
      await list(app, { args: [], flags: {} });
      const lines = out.join("").trimEnd().split("\n");
      expect(lines).toHaveLength(4);
      for (const line of lines.slice(0, 3)) expect(safeWidth(line), line).toBeLessThanOrEqual(columns);
      expect(out.join("")).not.toMatch(/[\u001b\u202e]/);
    }
  });
});

describe("show", () => {
  test("JSON is the Case, with events and looks on demand", async () => {
    const { ref, id } = await madeCase(desk, PERSON);
    const plain = (await desk.run(show, [ref.toLowerCase()])).json;
    expect(plain).toMatchObject({ ref, id, status: "open", record: PERSON, notes: [], promises: [] });
    expect(plain.events).toBeUndefined();
    const full = (await desk.run(show, ["last"], { events: true, say: true })).json;
    expect(full.events.map((e: { seq: number }) => e.seq)).toEqual(
      full.events.map((_: unknown, i: number) => i + 1),
    );
    expect(Object.keys(full.events[0])).toEqual(["id", "seq", "at", "by", "type", "data"]);
    expect(full.access).toEqual([]);
    expect(full.say).toEqual([]);
  });

  test("text names everything, wraps within the window and is harmless", async () => {
    const { ref, id } = await madeCase(desk, { ...PERSON, flags: ["safety"], identity_verified: true });
    const store = await desk.store();
    const promise = {
      id: "01900000-0000-7000-8000-000000000001",
      what: "engineer\u001b]0;x\u0007",
      due_at: "2026-11-23T02:00:00.000Z",
    };
    const run = store.state(id)!.runs[0]!.id;
    store.append(id, [
      { type: "promised", data: { promise } },
      { type: "noted", data: { text: `long ${"word ".repeat(60)}` } },
      { type: "mood", data: { stage: "listen", mood: 4 } },
      { type: "escalated", data: { to: "lead", trigger: "manual", why: "asks for more" } },
      { type: "contacted", data: { channel: "phone", direction: "out" } },
      { type: "shown", data: { run, step: "listen.words", key: "L1", kind: "say", text: "Please go on." } },
    ]);
    store.close();
    for (const [locale, words] of [
      ["en", ["Safety", "Promises", "engineer", "Timeline", "mood 4/5", "note 1", "Mon"]],
      ["zh-CN", ["承诺", "时间线", "情绪 4/5", "备注 1"]],
      ["zh-TW", ["承諾", "時間軸", "情緒 4/5", "備註 1"]],
    ] as const) {
      for (const columns of [60, 100]) {
        const { app, out } = await desk.app({ json: false }, { COMPLAINT_LOCALE: locale });
        app.io.columns = columns;
        await show(app, { args: [ref], flags: {} });
        const text = out.join("");
        for (const word of [...words, "13800005678", "欧阳娜娜"]) expect(text).toContain(word);
        expect(text).not.toMatch(/[\u001b\u0007]/);
        for (const line of text.split("\n")) expect(safeWidth(line), line).toBeLessThanOrEqual(columns);
      }
    }
    const said = await desk.run(show, [ref], { say: true, json: false });
    expect(said.out).toContain("Please go on.");
    const trail = await desk.run(show, [ref], { events: true, json: false });
    expect(trail.out).toContain("run-started");
  });

  test("the timeline says who decided and why: override, reopening, hand-over, approval, waiting, replies", async () => {
    const { ref } = await madeCase(desk);
    const lead = { COMPLAINT_AGENT: "lena", COMPLAINT_ROLE: "lead" };
    await desk.run(promise, [ref], { what: "visit", by: "2026-11-24T10:00", why: "slot" });
    await desk.run(handOver, [ref], { to: "ben", why: "night shift" });
    await desk.run(dispatch, [ref], { to: "network", why: "line test" });
    await desk.run(dispatch, ["settle", ref, "1"], { note: "cable cut" });
    await desk.run(wait, [ref], { why: "photos" });
    await desk.run(edit, [ref, "severity=high"]);
    await desk.run(close, [ref], { reason: "withdrawn", override: "they insist" }, lead);
    await desk.run(reopen, [ref], { why: "came back" });
    const { out } = await desk.run(show, [ref], { json: false });
    for (const text of [
      "handed over to ben by anna: night shift",
      "work order 1: the department replied: cable cut",
      "waiting for the customer: photos",
      "corrected by anna: Severity",
      "status: Closed (Withdrawn, lena)",
      "override by lena: they insist",
      "status: Open (anna): came back",
    ])
      expect(out).toContain(text);
  });

  test("a deadline that passed is shown before any command wrote it down", async () => {
    const { ref } = await madeCase(desk);
    desk.at("2027-01-10T10:00:00+08:00");
    const late = (await desk.run(show, [ref])).json;
    expect(late.escalations).toMatchObject([{ n: 1, trigger: "breach", at: late.resolve_by }]);
    expect((await desk.run(list, [])).json.cases[0].escalations).toHaveLength(1);
    const noted = (await desk.run(note, [ref, "x"])).json;
    expect(noted.escalations).toMatchObject([{ n: 1, trigger: "breach", at: late.resolve_by }]);
  });
});

describe("naming a case", () => {
  test("unknown, ambiguous with candidates and dates, nothing touched yet", async () => {
    const store = await desk.store();
    for (const n of [1, 2])
      store.append(`01a20000-0000-7000-8000-00aaaaaaa00${n}`, [
        {
          type: "opened",
          data: { script: { id: "x", hash: "x" }, locale: "en" },
          at: `2026-11-0${n}T09:00:00.000Z`,
        },
      ]);
    const prefix = store.list({}).cases[0]!.ref.slice(0, 4);
    store.close();
    expect(await desk.run(show, [prefix])).toMatchObject({ code: 1, error: { code: "ambiguous" } });
    const { error } = await desk.run(note, [prefix, "x"]);
    expect(error?.details.map((d) => d.message).join()).toMatch(/2026-11-02.*2026-11-01/);
    expect(await desk.run(note, ["ZZZZ", "x"])).toMatchObject({ code: 1, error: { code: "not_found" } });
    expect(await desk.run(show, ["last"], {}, { COMPLAINT_AGENT: "new" })).toMatchObject({ code: 1 });
    expect(await desk.run(show, [])).toMatchObject({ code: 2 });
  });
});

describe("note and edit", () => {
  test("a note is kept exactly, an empty one refused", async () => {
    const { ref } = await madeCase(desk);
    const text = " the engineer\u001b rang ";
    expect((await desk.run(note, [ref, text])).json.notes).toMatchObject([{ n: 1, by: "anna", text }]);
    expect((await desk.run(note, ["-", "two", "words"])).json.notes[1].text).toBe("two words");
    expect(await desk.run(note, [ref])).toMatchObject({ code: 2 });
    expect(await desk.run(note, [ref, "  "])).toMatchObject({ code: 2 });
    expect(await desk.run(note, [ref, "-"], { input: false })).toMatchObject({ code: 2 });
  });

  test("every type of field; the old value stays in the trail", async () => {
    const { ref } = await madeCase(desk, { severity: "low", product: "router" });
    const args = [
      "severity=high",
      "flags=safety, legal",
      "identity_verified=yes",
      "incident_at=2026-11-20T08:00",
      'evidence=[{"kind":"photo","what":"the box","state":"have"}]',
      "summary= = kept as it is ",
      "product=",
    ];
    const { json } = await desk.run(edit, [ref, ...args]);
    expect(json.record).toMatchObject({
      severity: "high",
      flags: ["safety", "legal"],
      identity_verified: true,
      incident_at: "2026-11-20T00:00:00.000Z",
      evidence: [{ kind: "photo", what: "the box", state: "have" }],
      summary: " = kept as it is ",
    });
    expect(json.record.product).toBeUndefined();
    const { events } = (await desk.run(show, [ref], { events: true })).json;
    expect(events.some((e: { data: { value?: unknown } }) => e.data.value === "low")).toBe(true);
    const before = events.length;
    await desk.run(edit, [ref, "severity=high", "product="]);
    expect((await desk.run(show, [ref], { events: true })).json.events).toHaveLength(before);
  });

  test.each([
    ["closed_reason=withdrawn", "close"],
    ["outcome=withdrawn", "resolve"],
    ["mood_end=3", "resume"],
    ["options=[]", "resume"],
    ["remedy=refund", "resume"],
    ["amount=3", "resume"],
    ["currency=CNY", "resume"],
    ["class=a", "resume"],
    ["satisfaction=5", "call-back"],
    ["callback_result=reached", "call-back"],
    ["solved=true", "call-back"],
  ])("%s is refused and names the command", async (pair, command) => {
    const { ref } = await madeCase(desk);
    const { code, error } = await desk.run(edit, [ref, "summary=x", pair]);
    expect(code).toBe(1);
    expect(error?.hint).toContain(`complaint ${command}`);
    expect((await desk.run(show, [ref])).json.record.summary).toBeUndefined();
  });

  test.each([
    ["colour=red"],
    ["severity=urgent"],
    ["flags=safety,red"],
    ["identity_verified=maybe"],
    ["incident_at=yesterday"],
    ["evidence=[{}]"],
    ["evidence=photo"],
    ["received_at=2026-11-22"],
    ["severity"],
    ["=high"],
  ])("%s is wrong usage and changes nothing", async (pair) => {
    const { ref } = await madeCase(desk);
    expect(await desk.run(edit, [ref, "summary=x", pair])).toMatchObject({ code: 2, out: "" });
    expect(await desk.run(edit, [ref])).toMatchObject({ code: 2 });
    expect((await desk.run(show, [ref])).json.record.summary).toBeUndefined();
  });
});

describe("export and import", () => {
  const lines = (text: string) =>
    text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  const text = { json: false };

  test("JSON Lines: every status, drafts too, masked", async () => {
    const made = await madeCase(desk, PERSON);
    desk.at("2026-11-21T10:01:00+08:00");
    await madeCase(desk, {}, { finish: false });
    const { out } = await desk.run(exportCases, [], text);
    expect(lines(out).map((c) => c.status)).toEqual(["open", "draft"]);
    expect(lines(out)[0]).toMatchObject({ ref: made.ref, record: { customer_name: "欧**" } });
    const { app, out: asked } = await desk.app();
    await exportCases(app, { args: [], flags: { json: true, format: "jsonl" } });
    expect(lines(asked.join(""))).toHaveLength(2);
    expect(lines((await desk.run(exportCases, [], { ...text, status: "draft" })).out)).toHaveLength(1);
  });

  test("CSV: one row a case, formulas made harmless, everything quoted that must be", async () => {
    await madeCase(desk, {
      words: '=HYPERLINK("http://x")\n"quoted", and more',
      summary: "-1+1",
      flags: ["safety", "legal"],
    });
    const { parse } = await import("csv-parse/sync");
    const { out } = await desk.run(exportCases, [], { ...text, format: "csv" });
    const [row, ...rest] = parse(out, { columns: true }) as Record<string, string>[];
    expect(rest).toEqual([]);
    expect(row).toMatchObject({
      words: '\'=HYPERLINK("http://x")\n"quoted", and more',
      summary: "'-1+1",
      flags: "safety,legal",
      status: "open",
      opened_at: "2026-11-21T02:00:00.000Z",
    });
  });

  test("XLSX: the same rows, readable by another library", async () => {
    await madeCase(desk, { words: "宽带\u0001断了", amount: 3 });
    const path = join(desk.home, "out.xlsx");
    expect((await desk.run(exportCases, [], { format: "xlsx", output: path })).json).toMatchObject({
      cases: 1,
      format: "xlsx",
    });
    const { default: read } = await import("read-excel-file/node");
    const sheets = (await read(path)) as unknown as { sheet?: string; data?: unknown[][] }[] | unknown[][];
    const rows = (
      Array.isArray(sheets[0]) ? sheets : (sheets[0] as { data: unknown[][] }).data
    ) as unknown[][];
    const at = rows[0]!.indexOf("words");
    expect(rows[1]![at]).toBe("宽带断了");
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test("a file that is there is only replaced with --force", async () => {
    await madeCase(desk);
    const path = join(desk.home, "out.jsonl");
    writeFileSync(path, "mine");
    expect(await desk.run(exportCases, [], { output: path })).toMatchObject({
      code: 1,
      error: { code: "file_exists" },
    });
    expect(readFileSync(path, "utf8")).toBe("mine");
    expect((await desk.run(exportCases, [], { output: path, force: true })).json).toEqual({
      path,
      format: "jsonl",
      cases: 1,
    });
    expect(lines(readFileSync(path, "utf8"))).toHaveLength(1);
  });

  test("unmasked only for leads, and written down", async () => {
    const { id } = await madeCase(desk, PERSON);
    expect(await desk.run(exportCases, [], { unmask: true }, { COMPLAINT_ROLE: "agent" })).toMatchObject({
      code: 1,
    });
    const { out } = await desk.run(exportCases, [], { ...text, unmask: true }, { COMPLAINT_ROLE: "lead" });
    expect(lines(out)[0].record.customer_name).toBe("欧阳娜娜");
    expect((await desk.run(show, [id], { events: true })).json.access).toMatchObject([
      { command: "export --unmask" },
    ]);
    expect(await desk.run(exportCases, [], { format: "pdf" })).toMatchObject({ code: 2 });
  });

  test("a bundle goes to another seat whole, and back without effect", async () => {
    const { id, ref } = await madeCase(desk, PERSON);
    const path = join(desk.home, "seat.bundle");
    expect(await desk.run(exportCases, [], { events: path }, { COMPLAINT_ROLE: "agent" })).toMatchObject({
      code: 1,
    });
    const { json } = await desk.run(exportCases, [], { events: path });
    const other = newDesk("2026-11-21T11:00:00+08:00");
    try {
      const first = (await other.run(importFile, [path])).json;
      expect(first).toMatchObject({
        stored: first.rows,
        unchanged: 0,
        skipped: 0,
        duplicates: 0,
        cases: 1,
        errors: [],
      });
      expect(first.rows).toBeLessThan(json.lines);
      expect((await other.run(importFile, [path])).json).toMatchObject({ stored: 0, unchanged: first.rows });
      expect((await other.run(show, [ref])).json).toEqual((await desk.run(show, [ref])).json);
      expect((await desk.run(importFile, [path])).json).toMatchObject({ stored: 0 });
      expect((await desk.run(show, [id], { events: true })).json.access).toMatchObject([
        { command: "export --events" },
      ]);
    } finally {
      other.remove();
    }
  });

  test("what cannot be imported: missing, folder, empty, damaged, not a bundle", async () => {
    const file = (name: string, content: string) => {
      writeFileSync(join(desk.home, name), content);
      return join(desk.home, name);
    };
    mkdirSync(join(desk.home, "folder"));
    const code = async (path: string) => (await desk.run(importFile as Run, [path])).code;
    expect(await code(join(desk.home, "missing"))).toBe(3);
    expect(await code(join(desk.home, "folder"))).toBe(3);
    expect(await code(file("empty", ""))).toBe(3);
    expect(await code(file("blank", "\n \n"))).toBe(3);
    expect(await code(file("head", '{"complaint_bundle":'))).toBe(3);
    expect(await code(file("newer", '{"complaint_bundle":99}\n'))).toBe(3);
    expect(await code(file("line", '{"complaint_bundle":1}\n{"id":1}\n'))).toBe(3);
    expect(await code(file("table.csv", "id,words\n1,x\n"))).toBe(2);
    expect((await desk.run(list, [])).json.total).toBe(0);
  });
});
