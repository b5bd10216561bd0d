/** What a cell means. */
import { describe, expect, test } from "vitest";
import { cellText, isNothing, kebab, parts, readBoolean, readNumber } from "../../src/move/cell-values.ts";

describe("cells", () => {
  test.each([
    ["1,234.50", 1234.5],
    ["1.234,50", 1234.5],
    ["1 234,5", 1234.5],
    ["$1,234", 1234],
    ["¥300", 300],
    ["EUR 12,30", 12.3],
    ["12.30 USD", 12.3],
    ["1.234", 1.234],
    ["1,234", 1234],
    ["-5", -5],
    ["１２３", 123],
    ["300元", 300],
    ["1'234.50", 1234.5],
    ["abc", undefined],
    ["", undefined],
    ["1-2", undefined],
  ])("number %s", (text, value) => expect(readNumber(text)).toBe(value));

  test("yes and no in many languages", () => {
    for (const text of ["Yes", "Y", "TRUE", "1", "是", "oui", "Ja", "sí", "да", "はい"])
      expect(readBoolean(text)).toBe(true);
    for (const text of ["No", "n", "false", "0", "否", "non", "nein", "não", "нет"])
      expect(readBoolean(text)).toBe(false);
    expect(readBoolean("maybe")).toBeUndefined();
  });

  test("ids of any text, sets, and what stands for nothing", () => {
    expect(kebab("Credit reporting, credit repair")).toBe("credit-reporting-credit-repair");
    expect(kebab("  HEAT/HOT WATER ")).toBe("heat-hot-water");
    expect(kebab("宽带 故障")).toBe("宽带-故障");
    expect(kebab("Don't know")).toBe("dont-know");
    expect(kebab("???")).toBe("");
    expect(parts("safety; legal、media，vip")).toEqual(["safety", "legal", "media", "vip"]);
    for (const text of ["", "NULL", "N/A", "\\N", "#N/A", "nan", "-", "--", "—", "无", "無", "暂无"])
      expect(isNothing(text)).toBe(true);
    for (const text of ["na", "none", "0", "-1"]) expect(isNothing(text)).toBe(false);
    expect(cellText(["a", "b", null])).toBe("a, b");
  });
});
