/** Tables: aligned for wide characters, never wider than the window, the important columns last to go. */
import { expect, test } from "vitest";
import { safeWidth } from "../../src/ui/layout.ts";
import { type Column, renderTable } from "../../src/ui/table.ts";

const columns: Column[] = [
  { title: "REF", cells: ["K7QF-2MXT", "3MXT-K7QF"] },
  { title: "客户", cells: ["李**", "W**"], least: 4 },
  {
    title: "WORDS",
    cells: ["宽带断了三周没有人回电话", "The engineer never came and nobody rang"],
    least: 10,
    drop: 2,
  },
  { title: "OWNER", cells: ["li", "anna"], drop: 1 },
  { title: "N", cells: ["1", "12"], align: "right" },
];

test("columns stand under one another, wide characters counted twice", () => {
  expect(renderTable(columns, 120)).toEqual([
    "REF        客户  WORDS                                    OWNER   N",
    "K7QF-2MXT  李**  宽带断了三周没有人回电话                 li      1",
    "3MXT-K7QF  W**   The engineer never came and nobody rang  anna   12",
  ]);
});

test("fits every width: cuts first, then leaves columns out by their weight", () => {
  for (let width = 19; width <= 200; width++)
    for (const line of renderTable(columns, width)) expect(safeWidth(line)).toBeLessThanOrEqual(width);
  expect(renderTable(columns, 50)[2]).toBe("3MXT-K7QF  W**   The engineer never c..  anna   12");
  expect(renderTable(columns, 32)[0]).toBe("REF        客户  OWNER   N");
  expect(renderTable(columns, 22)[0]).toBe("REF        客户   N");
});

test("hostile text stays one harmless cell", () => {
  const lines = renderTable([{ title: "X", cells: ["a\u001b[31mred\nb\u202e\tc"] }], 40);
  expect(lines).toEqual(["X", "ared b c"]);
});

test("no rows: the titles alone", () => {
  expect(renderTable([{ title: "A", cells: [] }], 10)).toEqual(["A"]);
});
