/** Complaints from elsewhere, from the file to the cases: every row accounted for. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import iconv from "iconv-lite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import writeXlsx from "write-excel-file/node";
import { counts, FIXTURES, type ImportDesk, importDesk } from "./import-desk.ts";

let desk: ImportDesk;
beforeEach(() => {
  desk = importDesk();
});
afterEach(() => desk.remove());

const MAP = `source: helpdesk
time_zone: Asia/Shanghai
id: Ticket
fields:
  words: Narrative
  opened_at: { column: Date, dates: [dd-MM-yy, "yyyy/M/d H:mm:ss", iso] }
  category: { column: Topic, values: { 宽带: telecom-network }, other: other }
  summary: { columns: [Issue, Sub], join: " / " }
  channel: { constant: web-app }
  department: { column: Unit, when: { column: State, in: [Open] } }
`;
const HEAD = "Ticket,Date,Topic,Issue,Sub,Unit,State,Narrative\n";

describe("the map of the contract", () => {
  test("fills the record: dates in order, values, joins, constants, conditions", async () => {
    const path = desk.file(
      "t.csv",
      `${HEAD}A1,05-03-24,宽带,line,down,net,Open,"no broadband
for weeks"\nA2,2024/3/6 7:05:06,Bill,price,,bill,Closed,too much\nA3,2024-03-07T10:00:00Z,,,,,,\n`,
    );
    const done = await desk.import(path, MAP);
    expect(counts(done.json)).toMatchObject({ rows: 3, stored: 3, sum: 3 });
    expect(done.json.errors).toEqual([]);
    const [one, two, three] = await desk.cases();
    expect(one).toMatchObject({
      status: "open",
      opened_at: "2024-03-04T16:00:00.000Z",
      source: { name: "helpdesk", id: "A1" },
      agent: "anna",
      resolve_by: "2024-03-19T16:00:00.000Z",
      record: {
        words: "no broadband\nfor weeks",
        category: "telecom-network",
        summary: "line / down",
        channel: "web-app",
        department: "net",
      },
    });
    expect(two).toMatchObject({
      opened_at: "2024-03-05T23:05:06.000Z",
      record: { category: "other", summary: "price", words: "too much" },
    });
    expect(two!.record.department).toBeUndefined();
    expect(three).toMatchObject({ opened_at: "2024-03-07T10:00:00.000Z", record: { channel: "web-app" } });
    expect(Object.keys(three!.record)).toEqual(["channel"]);
  });

  test("status, closing, people, notes, moods, money", async () => {
    const map = `source: s
id: [n]
fields:
  opened_at: opened
  closed_at: closed
  status: { column: st, values: { done: closed, answered: resolved }, other: open }
  agent: agent
  owner: owner
  note: note
  mood_start: m1
  mood_end: m2
  flags: flags
  remedy: { constant: refund, when: { column: amount, known: true } }
  amount: amount
  currency: { constant: CNY }
  satisfaction: sat
  closed_reason: { constant: final_answer, when: { column: st, is: done } }
  callback_wanted: cb
`;
    const path = desk.file(
      "t.csv",
      "n,opened,closed,st,agent,owner,note,m1,m2,flags,amount,sat,cb\n" +
        '1,2024-01-01,2024-01-03T10:00:00Z,done,li,wang,told,5,2,"safety; legal","1,200.50",4,yes\n' +
        "2,2024-01-02,2024-01-04,answered,,,,,,,,,no\n3,2024-01-03,,new,,,,,,,,,\n",
    );
    const done = await desk.import(path, map);
    expect(counts(done.json)).toMatchObject({ rows: 3, stored: 3 });
    const [one, two, three] = await desk.cases();
    expect(one).toMatchObject({
      status: "closed",
      agent: "li",
      owner: "wang",
      closed_at: "2024-01-03T10:00:00.000Z",
      resolved_at: "2024-01-03T10:00:00.000Z",
      notes: [{ n: 1, text: "told", by: "anna" }],
      moods: [
        { mood: 5, stage: "listen" },
        { mood: 2, stage: "follow-up" },
      ],
      record: {
        mood_start: 5,
        mood_end: 2,
        flags: ["safety", "legal"],
        remedy: "refund",
        amount: 1200.5,
        currency: "CNY",
        satisfaction: 4,
        closed_reason: "final_answer",
        callback_wanted: true,
      },
    });
    expect(two).toMatchObject({ status: "resolved", resolved_at: "2024-01-03T16:00:00.000Z" });
    expect(two!.callbacks).toHaveLength(1);
    expect(three).toMatchObject({ status: "open", owner: "anna" });
    expect(three!.update_by).toBeDefined();
  });

  test("other: keep makes an id, an unknown value is a mistake without it", async () => {
    const path = desk.file("t.csv", "d,c,s\n2024-01-01,Billing & Payments,high\n2024-01-02,price,awful\n");
    const kept = await desk.import(
      path,
      "source: s\nfields: { opened_at: d, category: { column: c, other: keep }, severity: s }\n",
      { dryRun: true },
    );
    expect(kept.json.errors).toEqual([{ line: 3, column: "s", message: expect.stringContaining("awful") }]);
    const done = await desk.import(
      path,
      "source: s\nfields: { opened_at: d, category: { column: c, other: keep } }\n",
    );
    expect(done.json.stored).toBe(2);
    expect((await desk.cases()).map((c) => c.record.category)).toEqual(["billing-payments", "price"]);
  });

  test("columns by number, header none", async () => {
    const path = desk.file("t.csv", "7,2024-01-01,no line\n8,2024-01-02,no bill\n");
    const done = await desk.import(
      path,
      "source: s\nheader: none\nid: 1\nfields: { opened_at: 2, words: 3 }\n",
    );
    expect(done.json).toMatchObject({ rows: 2, stored: 2 });
    expect((await desk.cases()).map((c) => [c.source?.id, c.record.words])).toEqual([
      ["7", "no line"],
      ["8", "no bill"],
    ]);
  });
});

describe("a map that is wrong is exit 3, naming map, line and word", () => {
  test.each([
    ["source: s\nfields:\n  opened_at: d\n  colour: d\n", 4, "colour"],
    ["source: s\ncolour: red\nfields: { opened_at: d }\n", 2, "colour"],
    ["source: s\ntime_zone: Mars/Base\nfields: { opened_at: d }\n", 2, "Mars/Base"],
    [
      "source: s\nfields:\n  opened_at: d\n  category: { column: d, values: { a: nonsense } }\n",
      4,
      "nonsense",
    ],
    ["source: s\nfields:\n  opened_at: d\n  channel: { constant: pigeon }\n", 4, "pigeon"],
    ["source: s\nfields:\n  opened_at: d\n  status: { column: d, other: keep }\n", 4, "keep"],
    ["source: s\nfields:\n  words: d\n", 3, "opened_at"],
    ["source: s\nfields:\n  opened_at: { column: d, dates: [DD/MM/YYYY] }\n", 3, "write dd"],
    ["source: s\nfields:\n  opened_at: { column: d, columns: [d] }\n", 3, "column, columns and constant"],
    ["source: s\nencoding: klingon\nfields: { opened_at: d }\n", 2, "klingon"],
    ["source: s\nfields:\n  opened_at: d\n  words: Narrative\n", 4, "Narrative"],
    ["source: s\nheader: none\nfields:\n  opened_at: d\n", 4, "number"],
    ["fields: { opened_at: d }\n", 1, "source"],
    ["source: [\n", 2, ""],
  ])("%j", async (map, line, word) => {
    const path = desk.file("t.csv", "d,e\n2024-01-01,x\n2024-01-02,y\n");
    const done = await desk.import(path, map);
    expect(done.code).toBe(3);
    expect(done.error!.details[0]).toMatchObject({ line, message: expect.stringContaining(word) });
    expect(done.error!.details[0]!.path).toContain("map.yaml");
    expect(existsSync(join(desk.home, "complaint.db")) ? (await desk.cases()).length : 0).toBe(0);
  });

  test("an unknown preset and a missing --map are usage, a missing map file and a missing file are not", async () => {
    const path = desk.file("t.csv", "d\n2024-01-01\n");
    expect((await desk.import(path, "zendesk")).code).toBe(2);
    expect((await desk.import(path, join(desk.folder, "none.yaml"))).code).toBe(3);
    expect((await desk.import(join(desk.folder, "none.csv"), "generic")).code).toBe(3);
    expect((await desk.import(path, "generic", { onError: "ignore" })).code).toBe(2);
    const { run } = await import("../../src/commands/import.ts");
    expect((await desk.run(run, [path])).code).toBe(2);
  });
});

const SMALL = "source: s\nid: id\nfields: { opened_at: at, words: text }\n";

describe("rows are accounted for", () => {
  test("twice the same file, duplicates inside it, an id with other content", async () => {
    const path = desk.file(
      "t.csv",
      "id,at,text\n1,2024-01-01,a\n2,2024-01-02,b\n1,2024-01-01,a\n2,2024-01-02,B\n",
    );
    const first = await desk.import(path, SMALL);
    expect(counts(first.json)).toEqual({
      rows: 4,
      stored: 3,
      unchanged: 0,
      duplicates: 1,
      skipped: 0,
      sum: 4,
    });
    expect(first.json.warnings).toEqual([{ code: "id-repeats", message: expect.any(String), lines: [5] }]);
    const again = await desk.import(path, SMALL);
    expect(counts(again.json)).toEqual({
      rows: 4,
      stored: 0,
      unchanged: 3,
      duplicates: 1,
      skipped: 0,
      sum: 4,
    });
    const more = desk.file("u.csv", "id,at,text\n2,2024-01-02,changed\n3,2024-01-03,c\n");
    const later = await desk.import(more, SMALL);
    expect(counts(later.json)).toMatchObject({ rows: 2, stored: 2 });
    expect(later.json.warnings).toMatchObject([{ code: "id-repeats", lines: [2] }]);
    expect((await desk.cases()).map((c) => c.record.words).sort()).toEqual(["B", "a", "b", "c", "changed"]);
  });

  test("the same content under another delimiter, order of columns and encoding is the same", async () => {
    await desk.import(desk.file("t.csv", "id,at,text\n1,2024-01-01,宽带\n"), SMALL);
    const other = iconv.encode("text;id;at;new\n宽带;1;2024-01-01;\n", "gb18030");
    const done = await desk.import(desk.file("u.csv", other), SMALL);
    expect(counts(done.json)).toMatchObject({ rows: 1, unchanged: 1 });
  });

  test("without an id the whole content names the row", async () => {
    const map = "source: s\nfields: { opened_at: at, words: text }\n";
    const path = desk.file("t.csv", "at,text,x\n2024-01-01,a,1\n2024-01-01,a,2\n2024-01-01,a,1\n");
    expect(counts((await desk.import(path, map)).json)).toMatchObject({ stored: 2, duplicates: 1 });
    expect((await desk.import(path, map)).json).toMatchObject({ unchanged: 2, duplicates: 1, warnings: [] });
  });

  test("stop keeps nothing and names every bad row; skip keeps the good and writes the bad beside the input", async () => {
    const path = desk.file(
      "t.csv",
      'id;at;text\n1;2024-01-01;a\n2;soon;=cmd()\n3;;c\n4;2024-01-04;d;e\n5;2024-01-05;"five\n5"\n',
    );
    const stop = await desk.import(path, SMALL);
    expect(stop.code).toBe(3);
    expect(stop.error!.details.map((d) => d.line)).toEqual([3, 4, 5]);
    expect(await desk.cases()).toHaveLength(0);
    expect(existsSync(`${path}.errors.csv`)).toBe(false);

    const skip = await desk.import(path, SMALL, { onError: "skip" });
    expect(skip.code).toBe(0);
    expect(counts(skip.json)).toEqual({
      rows: 5,
      stored: 2,
      unchanged: 0,
      duplicates: 0,
      skipped: 3,
      sum: 5,
    });
    expect(skip.json.errors).toMatchObject([
      { line: 3, column: "at" },
      { line: 4, column: "at" },
      { line: 5 },
    ]);
    expect(skip.json.errors_file).toBe(`${path}.errors.csv`);
    const lines = readFileSync(`${path}.errors.csv`, "utf8").trimEnd().split("\n");
    expect(lines[0]).toBe("\ufeffid;at;text;import_line;import_error");
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatch(/^2;soon;'=cmd\(\);3;/);

    // Mended and imported by the same map: the bad rows only.
    const mended = readFileSync(`${path}.errors.csv`, "utf8")
      .replace("soon", "2024-01-02")
      .replace(/^3;;/m, "3;2024-01-03;")
      .replace("4;2024-01-04;d;e", "4;2024-01-04;d");
    const rest = await desk.import(desk.file("mended.csv", mended), SMALL);
    expect(counts(rest.json)).toMatchObject({ rows: 3, stored: 3 });
    expect((await desk.cases()).map((c) => c.source?.id)).toEqual(["1", "2", "3", "4", "5"]);
  });

  test("a dry run stores nothing and says what would come", async () => {
    const path = desk.file("t.csv", "id,at,text\n1,2024-01-01,a\n2,soon,b\n1,2024-01-01,a\n");
    const dry = await desk.import(path, SMALL, { dryRun: true });
    expect(dry.code).toBe(0);
    expect(counts(dry.json)).toEqual({ rows: 3, stored: 1, unchanged: 0, duplicates: 1, skipped: 1, sum: 3 });
    expect(existsSync(join(desk.home, "complaint.db"))).toBe(false);
    expect(existsSync(`${path}.errors.csv`)).toBe(false);
  });

  test("quotes that never close, rows too short, blank rows, broken bytes: each with its physical line", async () => {
    const bytes = Buffer.concat([
      Buffer.from(
        'id,at,text\n1,2024-01-01,"one\ntwo"\n2,2024-01-02,"open\n3,2024-01-03,c\n4,2024-01-04\n,,\n\n5,2024-01-05,',
      ),
      Buffer.from([0xe4, 0xb8]),
      Buffer.from("\n6,2024-01-06,宽带宽带宽带宽带宽带宽带\n"),
    ]);
    const done = await desk.import(desk.file("t.csv", bytes), SMALL, { onError: "skip" });
    expect(counts(done.json)).toMatchObject({ rows: 6, stored: 5, skipped: 1, sum: 6 });
    expect(done.json.errors.map((e: { line: number }) => e.line)).toEqual([4]);
    const lines = Object.fromEntries(
      done.json.warnings.map((w: { code: string; lines: number[] }) => [w.code, w.lines]),
    );
    expect(lines).toEqual({ "short-rows": [6], "blank-rows": [7], "bad-bytes": [9] });
  });

  test("ids that are empty fall back to the content", async () => {
    const path = desk.file("t.csv", "id,at,text\n,2024-01-01,a\n,2024-01-02,b\n");
    const done = await desk.import(path, SMALL);
    expect(done.json).toMatchObject({ stored: 2, warnings: [{ code: "id-missing", lines: [2, 3] }] });
  });
});

describe("what looks wrong", () => {
  const warned = async (content: string, map = SMALL) => {
    const done = await desk.import(desk.file("t.csv", content), map, { dryRun: true });
    return Object.fromEntries(
      done.json.warnings.map((w: { code: string; lines: number[] }) => [w.code, w.lines]),
    );
  };
  const day = (n: number) => new Date(Date.UTC(2024, 0, n)).toISOString().slice(0, 10);

  test("dates in the future, and closings before openings", async () => {
    expect(await warned("id,at,text\n1,2030-01-01,a\n2,2024-01-01,b\n")).toEqual({ "future-dates": [2] });
    const map =
      "source: s\nfields: { opened_at: at, closed_at: to, status: { column: st, other: open, values: { c: closed } } }\n";
    expect(
      await warned(
        "at,to,st\n2024-01-05,2024-01-01,c\n2024-01-05,2024-01-05,c\n2024-01-05,,c\n2024-01-05,2024-01-06,o\n",
        map,
      ),
    ).toEqual({ "closed-before-opened": [2], "no-closing-time": [4], "closed-but-open": [5] });
  });

  test("days that are missing among many", async () => {
    const rows = Array.from({ length: 120 }, (_, i) => i + 1).filter((n) => n < 50 || n > 64);
    const text = `id,at,text\n${rows.map((n) => `${n},${day(n)},x`).join("\n")}\n`;
    const done = await desk.import(desk.file("t.csv", text), SMALL, { dryRun: true });
    const gap = done.json.warnings.find((w: { code: string }) => w.code === "date-gaps");
    expect(gap.message).toContain("2024-02-19 – 2024-03-04");
    expect(
      await warned(
        `id,at,text\n${Array.from({ length: 120 }, (_, i) => `${i},${day(i + 1)},x`).join("\n")}\n`,
      ),
    ).toEqual({});
  });

  test("a column almost empty", async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i},${day(i + 1)},${i === 7 ? "x" : ""}`);
    expect(await warned(`id,at,text\n${rows.join("\n")}\n`)).toEqual({ "nearly-empty": [] });
  });

  test("day and month that may be swapped: mixed, impossible, never after the twelfth", async () => {
    const map = (dates: string) =>
      `source: s\nid: id\nfields: { opened_at: { column: at, dates: ${dates} } }\n`;
    const rows = ["05/03/2024", "25/03/2024", "06/03/2024", "03/26/2024"];
    const text = `id,at\n${rows.map((at, i) => `${i},${at}`).join("\n")}\n`;
    expect(await warned(text, map("[dd/MM/yyyy, MM/dd/yyyy]"))).toEqual({ "day-month": [5] });
    const wrong = await desk.import(desk.file("t.csv", text), map("[dd/MM/yyyy]"), { dryRun: true });
    expect(wrong.json.errors[0]).toMatchObject({
      line: 5,
      message: expect.stringContaining("day and month"),
    });
    const american = Array.from({ length: 24 }, (_, i) => `${i},0${(i % 9) + 1}/0${(i % 3) + 1}/2024`);
    expect(await warned(`id,at\n${american.join("\n")}\n`, map("[dd/MM/yyyy]"))).toEqual({});
    expect(await warned(`id,at\n${american.join("\n")}\n`, map("[MM/dd/yyyy]"))).toEqual({ "day-month": [] });
  });

  test("lines above the header", async () => {
    expect(await warned("Export of March\nby li\nid,at,text\n1,2024-01-01,a\n2,2024-01-02,b\n")).toEqual({
      junk: [1, 2],
    });
  });
});

describe("kinds of files", () => {
  const rows = [
    { id: "1", at: "2024-01-01T10:00:00Z", text: "一", who: { name: "Wang", tags: ["a"] } },
    { id: "2", at: "2024-01-02T10:00:00Z", text: "two\nlines", who: { name: "Li", tags: [] } },
  ];
  const map =
    "source: s\nid: id\nfields: { opened_at: at, words: text, customer_name: who.name, product: who.tags.0 }\n";

  test("JSON, JSON Lines and a list deep inside give the same cases", async () => {
    const whole = await desk.import(desk.file("a.json", JSON.stringify(rows, null, 1)), map);
    expect(whole.json).toMatchObject({ rows: 2, stored: 2, file: { format: "json" } });
    const lines = await desk.import(desk.file("b.jsonl", rows.map((r) => JSON.stringify(r)).join("\n")), map);
    expect(lines.json).toMatchObject({ unchanged: 2, file: { format: "jsonl" } });
    const deep = desk.file("c.json", JSON.stringify({ meta: { page: 1 }, data: { tickets: rows } }));
    expect((await desk.import(deep, map)).json).toMatchObject({ unchanged: 2 });
    expect((await desk.import(deep, `rows: data.tickets\n${map}`)).json).toMatchObject({ unchanged: 2 });
    expect((await desk.cases())[0]).toMatchObject({
      record: { customer_name: "Wang", product: "a", words: "一" },
    });
  });

  test("a JSON file that was cut off stores nothing", async () => {
    const done = await desk.import(desk.file("a.json", JSON.stringify(rows).slice(0, -20)), map);
    expect([done.code, done.error!.code]).toEqual([3, "json_cut"]);
    expect(await desk.cases()).toHaveLength(0);
  });

  test("an XLSX sheet with dates as dates, junk above and numbers as ids", async () => {
    const cell = (value: unknown) =>
      value instanceof Date
        ? { value, type: Date, format: "yyyy-mm-dd hh:mm" }
        : value === null
          ? null
          : { value };
    const sheet = [
      ["Complaints 2024"],
      [],
      ["No", "Opened", "Text"],
      [17, new Date("2024-03-05T10:30:00Z"), "no line"],
      [18, new Date("2024-03-06T00:00:00Z"), "=1+1"],
    ];
    const bytes = await writeXlsx(sheet.map((r) => r.map(cell)) as never, {} as never).toBuffer();
    const path = desk.file("t.xlsx", Buffer.from(bytes));
    const done = await desk.import(
      path,
      "source: s\ntime_zone: Asia/Shanghai\nid: No\nfields: { opened_at: Opened, words: Text }\n",
    );
    expect(done.json).toMatchObject({
      rows: 2,
      stored: 2,
      file: { format: "xlsx", header: 3 },
      warnings: [{ code: "junk", lines: [1] }],
    });
    expect((await desk.cases()).map((c) => [c.source?.id, c.opened_at, c.record.words])).toEqual([
      ["17", "2024-03-05T02:30:00.000Z", "no line"],
      ["18", "2024-03-05T16:00:00.000Z", "=1+1"],
    ]);
  });

  test.each([
    ["empty.csv", Buffer.alloc(0), "file_empty"],
    ["blank.csv", Buffer.from("\n\n  \n"), "file_empty"],
    ["old.xls", Buffer.from("d0cf11e0a1b11ae1", "hex"), "old_excel"],
    ["zip.xlsx", Buffer.from("504b030400000000000000000000", "hex"), "xlsx_broken"],
    ["x.pdf", Buffer.from("%PDF-1.7 aaaa"), "not_text"],
    ["x.json", Buffer.from('{"a": 1, "b": [1, 2'), "json_cut"],
    ["n.json", Buffer.from('{"a":\n {"x": 1}}'), "json_no_list"],
  ])("%s is refused", async (name, bytes, code) => {
    const done = await desk.import(desk.file(name, bytes), SMALL);
    expect([done.code, done.error!.code]).toEqual([3, code]);
  });

  test.each(["gb18030", "utf-16le", "utf-8"])("Chinese in %s, with and without a mark", async (encoding) => {
    const text = "id,at,text\n1,2024-01-01,宽带断了三周没人回电话\n2,2024-01-02,退款一直没到账\n";
    const bytes = iconv.encode(text, encoding, { addBOM: encoding !== "gb18030" });
    const done = await desk.import(desk.file("t.csv", bytes), SMALL);
    expect(done.json).toMatchObject({ stored: 2, file: { encoding, format: "csv" } });
    expect((await desk.cases()).map((c) => c.record.words)).toEqual([
      "宽带断了三周没人回电话",
      "退款一直没到账",
    ]);
  });
});

describe("the real files", () => {
  const month = (cases: { opened_at: string }[], at: string) =>
    cases.filter((c) => c.opened_at.startsWith(at)).length;

  test.each(["cfpb", "auto"])("1,500 complaints of the CFPB by %s", async (map) => {
    const path = desk.file("cfpb-1500.csv", readFileSync(join(FIXTURES, "cfpb-1500.csv")));
    const done = await desk.import(path, map);
    expect(counts(done.json)).toEqual({
      rows: 1500,
      stored: 1500,
      unchanged: 0,
      duplicates: 0,
      skipped: 0,
      sum: 1500,
    });
    expect(done.json.errors).toEqual([]);
    const cases = await desk.cases();
    expect(cases).toHaveLength(1500);
    const by = (get: (c: (typeof cases)[number]) => unknown) => {
      const found: Record<string, number> = {};
      for (const c of cases) found[String(get(c))] = (found[String(get(c))] ?? 0) + 1;
      return found;
    };
    expect(by((c) => c.status)).toEqual({ closed: 1485, open: 15 });
    expect(by((c) => c.record.channel)).toEqual({
      "web-app": 1160,
      other: 145,
      phone: 115,
      letter: 78,
      email: 2,
    });
    expect(by((c) => c.record.category)).toMatchObject({
      "debt-collection": 286,
      mortgage: 115,
      "student-loan": 34,
    });
    expect(Object.keys(by((c) => c.record.category))).toHaveLength(12);
    expect(cases.filter((c) => c.record.words !== undefined)).toHaveLength(349);
    expect(new Set(cases.map((c) => c.source?.id)).size).toBe(1500);
    expect((await desk.import(path, map)).json).toMatchObject({ stored: 0, unchanged: 1500 });
  });

  test.each(["nyc311", "auto"])("300 service requests of New York by %s", async (map) => {
    const path = desk.file("nyc311-300.csv", readFileSync(join(FIXTURES, "nyc311-300.csv")));
    const done = await desk.import(path, map);
    expect(counts(done.json)).toEqual({
      rows: 300,
      stored: 300,
      unchanged: 0,
      duplicates: 0,
      skipped: 0,
      sum: 300,
    });
    const cases = await desk.cases();
    expect(cases.filter((c) => c.status === "closed")).toHaveLength(23);
    expect(cases.filter((c) => c.closed_at !== undefined)).toHaveLength(23);
    expect(cases.filter((c) => c.record.category === "heat-hot-water")).toHaveLength(59);
    expect(cases.filter((c) => c.record.department === "NYPD")).toHaveLength(145);
    expect(cases.filter((c) => c.record.channel === "phone")).toHaveLength(82);
    expect(month(cases, "2023-12")).toBe(300);
  });

  test("the weekly report over them runs and counts them, search finds them", async () => {
    await desk.import(desk.file("nyc311-300.csv", readFileSync(join(FIXTURES, "nyc311-300.csv"))), "nyc311");
    const { run: report } = await import("../../src/commands/report.ts");
    const done = await desk.run(report, [], { week: "2023-W49", format: "json" }, { TZ: "America/New_York" });
    expect(done.code).toBe(0);
    expect(done.json.sections.volume.facts).toMatchObject({ received: 300, closed: 23, backlog: 277 });
    const { run: search } = await import("../../src/commands/search.ts");
    const hydrant = await desk.run(search, ["Blocked Hydrant"], { status: "all" });
    expect(hydrant.json.total).toBe(22);
  });
});

test("the day a complaint came in is its first moment in the map's zone", async () => {
  const desk = importDesk();
  const path = desk.file("days.csv", "id,opened,came\n1,2026-11-10 09:00,2026-11-08\n");
  const map =
    "source: s\nid: [id]\ntime_zone: Asia/Taipei\nfields:\n  opened_at: opened\n  received_at: { column: came, dates: [iso] }\n";
  await desk.import(path, map);
  const [c] = await desk.cases();
  expect(c).toMatchObject({
    record: { received_at: "2026-11-07T16:00:00.000Z" },
    resolve_by: "2026-11-22T16:00:00.000Z",
  });
});
