/** JSON that comes in pieces: lists found, elements cut out, lines counted. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findList, jsonlRows, jsonRows } from "../../src/move/json-rows.ts";
import type { Row } from "../../src/move/rows.ts";

const pieces = (text: string, size: number) => () => text.match(new RegExp(`[\\s\\S]{1,${size}}`, "g")) ?? [];

async function all(rows: AsyncIterable<readonly Row[]>): Promise<Row[]> {
  const found: Row[] = [];
  for await (const batch of rows) found.push(...batch);
  return found;
}

describe("JSON rows", () => {
  test("any list in any document, whatever the pieces", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
          { minLength: 1, maxLength: 6 },
        ),
        fc.constantFrom("", "data", "hits.hits", "a.0.b"),
        fc.integer({ min: 1, max: 30 }),
        fc.boolean(),
        async (list, path, size, pretty) => {
          let whole: unknown = list;
          for (const key of path === "" ? [] : path.split(".").reverse())
            whole =
              key === "0" ? [whole, { x: 1 }] : { note: 'a "list": [1]', [key]: whole, after: { b: 2 } };
          const text = JSON.stringify(whole, null, pretty ? 2 : undefined);
          const rows = await all(jsonRows(pieces(text, size)(), path));
          expect(rows.map((r) => r.data)).toEqual(JSON.parse(JSON.stringify(list)));
        },
      ),
      { numRuns: 300 },
    );
  });

  test("the list of objects is found, past lists of plain values", () => {
    const at = (value: unknown) => findList(pieces(JSON.stringify(value), 5));
    expect(at([{ a: 1 }])).toBe("");
    expect(at({ tags: ["x"], meta: { n: [] }, hits: { hits: [{ a: [1] }] } })).toBe("hits.hits");
    expect(at({ a: 1 })).toBeUndefined();
  });

  test("rows begin at their physical lines; a bad one is told and the next goes on", async () => {
    const rows = await all(jsonRows(['[\n {"a": 1},\n\n {"b": tru},\n 7, {"c":\n 3}\n]'], ""));
    expect(rows.map((r) => [r.line, r.fault ?? r.data])).toEqual([
      [2, { a: 1 }],
      [4, "not_json"],
      [5, "not_object"],
      [5, { c: 3 }],
    ]);
    const lines = await all(jsonlRows(['{"a":1}\r\n\n{"b":', '2}\nx\n{"c":3}']));
    expect(lines.map((r) => [r.line, r.fault ?? r.data])).toEqual([
      [1, { a: 1 }],
      [3, { b: 2 }],
      [4, "not_json"],
      [5, { c: 3 }],
    ]);
  });

  test.each(['[{"a":1}, {"b"', "[", '{"a": "', "[1]]", "nonsense", "[{]}"])(
    "%j is no document",
    async (text) => {
      await expect(all(jsonRows([text], ""))).rejects.toMatchObject({ name: "JsonScanError" });
    },
  );
});
