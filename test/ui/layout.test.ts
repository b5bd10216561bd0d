/** Widths and wrapping, as tables. */
import { describe, expect, it } from "vitest";
import {
  breakRows,
  columnsFor,
  displayWidth,
  fitText,
  graphemes,
  padText,
  safeWidth,
  wrapSpoken,
  wrapText,
} from "../../src/ui/layout.ts";

describe("width in cells", () => {
  it.each([
    ["abc", 3, 3],
    ["宽带三周没修好", 14, 14],
    ["“宽带”", 6, 8],
    ["e\u0301", 1, 1],
    ["👨‍👩‍👧", 2, 2],
    ["１２３", 6, 6],
    ["", 0, 0],
  ])("%s", (text, narrow, most) => {
    expect(displayWidth(text)).toBe(narrow);
    expect(safeWidth(text)).toBe(most);
  });
});

describe("wrapping", () => {
  it.each([
    ["one two three", 7, ["one two", "three"]],
    ["one  two", 4, ["one", "two"]],
    ["abcdefghij", 4, ["abcd", "efgh", "ij"]],
    ["well-known fact", 8, ["well-", "known", "fact"]],
    ["宽带三周没修好", 8, ["宽带三周", "没修好"]],
    ["宽带三周，没修好", 8, ["宽带三", "周，没修", "好"]],
    ["他说（三周）了", 6, ["他说", "（三", "周）了"]],
    ["WiFi信号不好", 6, ["WiFi信", "号不好"]],
    ["a\nb", 10, ["a", "b"]],
    ["", 10, [""]],
  ])("%j in %i cells", (text, width, lines) => {
    expect(wrapText(text, width)).toEqual(lines);
  });

  it("never makes a line that any terminal would break again", () => {
    const text = "“三周没有宽带”—他说：“没人回电话…” Three weeks without broadband — and “nobody” rang.";
    for (let width = 4; width < 60; width++)
      for (const line of wrapText(text, width)) expect(safeWidth(line)).toBeLessThanOrEqual(width);
  });

  it("keeps every grapheme in exactly one row", () => {
    const cells = graphemes("客户 said:\n👨‍👩‍👧 hello, 再见。 trailing   ");
    for (let width = 2; width < 20; width++) {
      const rows = breakRows(cells, width);
      expect(rows[0]![0]).toBe(0);
      expect(rows.at(-1)![1]).toBe(cells.length);
      for (const [i, row] of rows.slice(1).entries()) expect(row[0]).toBe(rows[i]![1]);
    }
  });
});

describe("what is spoken", () => {
  it.each([
    [
      "先告诉您，我们会录音，免得漏了细节，您看可以吗？",
      46,
      ["先告诉您，我们会录音，", "免得漏了细节，您看可以吗？"],
    ],
    [
      "Three weeks, and nobody rang you back. Please go on.",
      40,
      ["Three weeks, and nobody rang you back.", "Please go on."],
    ],
    ["one two three four five six", 20, ["one two three", "four five six"]],
    ["short", 20, ["short"]],
  ])("%s", (text, width, lines) => expect(wrapSpoken(text, width)).toEqual(lines));

  it("takes no more lines than it must", () => {
    const text = "三周没有宽带，也没有人给您回电话。您接着说，我都记下来，省得您再说第二遍。";
    for (let width = 12; width < 90; width++) {
      const lines = wrapSpoken(text, width);
      expect(lines).toHaveLength(wrapText(text, width).length);
      expect(lines.join("")).toBe(text);
    }
  });
});

describe("fitting and columns", () => {
  it.each([
    ["abcdef", 6, "abcdef"],
    ["abcdefg", 6, "abcd.."],
    ["宽带三周没修好", 8, "宽带三.."],
  ])("%s in %i", (text, width, cut) => expect(fitText(text, width)).toBe(cut));

  it("pads by cells", () => expect(padText("宽带", 6)).toBe("宽带  "));

  it.each([
    [20, 9, 76, 9, 1],
    [20, 12, 76, 6, 2],
    [20, 18, 76, 6, 3],
    [40, 12, 76, 6, 0],
    [20, 40, 76, 6, 0],
  ])("widest %i, %i cells in %i×%i", (widest, count, width, height, columns) =>
    expect(columnsFor(widest, count, width, height)).toBe(columns),
  );
});
