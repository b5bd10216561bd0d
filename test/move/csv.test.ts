/** CSV as it is found: delimiters, headers below other lines, physical lines, quotes that never close. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CsvForm, csvRows } from "../../src/move/csv-rows.ts";
import { findCsvShape } from "../../src/move/csv-shape.ts";
import type { Row } from "../../src/move/rows.ts";

const hints = { names: [] };
const shapeOf = (text: string, more: object = {}) =>
  findCsvShape(text.split(/\r\n|\n|\r/), { ...hints, ...more });

async function rowsOf(
  text: string,
  form: CsvForm = { delimiter: "," },
  from = 1,
  size = 1 << 16,
  looks?: (c: readonly string[]) => boolean,
) {
  const pieces = function* () {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
  };
  const rows: Row[] = [];
  for await (const batch of csvRows(pieces, form, from, looks)) rows.push(...batch);
  return rows;
}

describe("the shape of a CSV text", () => {
  test.each([
    [",", 'id,date,text\n1,2024-01-01,"a;b;c"\n2,2024-01-02,"d;e"\n'],
    [";", "id;date;text\n1;01.02.2024;a, b, c\n2;02.02.2024;d, e, f, g\n"],
    ["\t", "id\tdate\ttext\n1\t2024-01-01\ta, b\n"],
    ["|", "id|date|text\n1|2024-01-01|a, b\n2|2024-01-02|c\n"],
  ])("delimiter %j", (delimiter, text) => {
    expect(shapeOf(text)).toMatchObject({ delimiter, headers: ["id", "date", "text"], headerLine: 1 });
  });

  test("junk above the header is found and told", () => {
    const text = "Complaints of March\nprinted by,li\n\nid,date,text\n1,2024-01-01,a\n2,2024-01-02,b\n";
    expect(shapeOf(text)).toMatchObject({
      headerLine: 4,
      firstLine: 5,
      junk: [1, 2],
      headers: ["id", "date", "text"],
    });
  });

  test("the map's names tell the header where it looks like data", () => {
    const text = "a,b,c\nx,y,z\nTicket,When,What\n1,2024-01-01,t\n";
    expect(shapeOf(text, { names: ["Ticket", "When"] }).headerLine).toBe(3);
  });

  test("a header over two lines, a file without one, and one that is given", () => {
    expect(shapeOf('id,"date\nreceived",text\n1,2024-01-01,a\n2,2024-01-02,b\n')).toMatchObject({
      headers: ["id", "date\nreceived", "text"],
      firstLine: 3,
    });
    const none = shapeOf("1,2024-01-01,no line\n2,2024-01-02,no bill\n3,2024-01-03,rude\n");
    expect(none.headers).toBeUndefined();
    expect(none).toMatchObject({ firstLine: 1, width: 3 });
    expect(shapeOf("a,b\nc,d\n1,2\n", { header: 2 })).toMatchObject({ headers: ["c", "d"], firstLine: 3 });
    expect(shapeOf("a,b\n1,2\n", { header: "none" }).headers).toBeUndefined();
  });

  test("quotes that are escaped by a backslash", async () => {
    const text = 'id,text\n1,"he said \\"no\\", twice"\n2,"she said \\"yes\\""\n';
    const shape = shapeOf(text);
    expect((await rowsOf(text, shape, 2)).map((r) => r.data)).toEqual([
      ["1", 'he said "no", twice'],
      ["2", 'she said "yes"'],
    ]);
  });
});

describe("rows of a CSV text", () => {
  test.each(["\n", "\r\n", "\r"])(
    "physical lines with %j, also inside quotes and over blank lines",
    async (end) => {
      const text = ["a,b", '1,"x', 'y"', "", "2,z", '3,"p', "", 'q"', "4,r"].join(end);
      for (const size of [1, 2, 3, 1000])
        expect(
          (await rowsOf(text, { delimiter: "," }, 1, size))
            .filter((r) => (r.data as string[]).length > 1)
            .map((r) => r.line),
        ).toEqual([1, 2, 5, 6, 9]);
    },
  );

  test("mixed line ends, quotes inside a text, blanks around quotes", async () => {
    const text = 'a,b\r\n1,5" screen\n2,"un "quoted" in"\r\n3,"q" \n';
    expect((await rowsOf(text)).map((r) => r.data)).toEqual([
      ["a", "b"],
      ["1", '5" screen'],
      ["2", 'un "quoted" in'],
      ["3", "q"],
    ]);
  });

  test("a quote that is never closed costs its row and no other", async () => {
    const text = '1,2024-01-01,"open\n2,2024-01-02,b\n3,2024-01-03,c\n';
    expect((await rowsOf(text)).map((r) => [r.line, r.fault ?? (r.data as string[])[0]])).toEqual([
      [1, "quote"],
      [2, "2"],
      [3, "3"],
    ]);
  });

  test("a quote that swallows rows until another closes it is noticed", async () => {
    const text = '1,2024-01-01,"open\n2,2024-01-02,b\n3,2024-01-03,"closed"\n4,2024-01-04,d\n';
    const looks = (cells: readonly string[]) => cells.length === 3 && /^\d{4}-/.test(cells[1]!);
    const rows = await rowsOf(text, { delimiter: "," }, 1, 1000, looks);
    expect(rows.map((r) => [r.line, r.fault ?? (r.data as string[])[2]])).toEqual([
      [1, "quote"],
      [2, "b"],
      [3, "closed"],
      [4, "d"],
    ]);
    expect(rows[0]!.text).toBe('1,2024-01-01,"open');
  });

  test("what csv writers write comes back, whatever the pieces", async () => {
    const cell = fc.string({
      unit: fc.constantFrom("a", ",", '"', "\n", "\r\n", "宽", " ", "😀", "'"),
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 20 }),
        async (rows, size) => {
          const text = rows.map((r) => r.map((c) => `"${c.replaceAll('"', '""')}"`).join(",")).join("\n");
          expect((await rowsOf(text, { delimiter: "," }, 1, size)).map((r) => r.data)).toEqual(
            // A text that begins and ends with quotes of its own loses them: seldom meant, often wrong.
            rows.map((r) =>
              r.map((c) =>
                /^"[\s\S]*"\s*$/.test(c) ? c.replace(/^"([\s\S]*)"\s*$/, "$1").replaceAll('""', '"') : c,
              ),
            ),
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});
