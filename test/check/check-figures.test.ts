// Measures the checker on the lines in test/fixtures/check, prints the figures per language and category, asserts the marks.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkText } from "../../src/check/check.ts";
import { loadCheckLibrary } from "../../src/check/library.ts";
import { readTsv } from "../../src/check/templates.ts";
import { loadExamples } from "../../src/check/train.ts";

const root = join(import.meta.dirname, "../..");
const library = loadCheckLibrary(join(root, "data/check"));
const rowsOf = (name: string) =>
  readTsv(readFileSync(join(root, "test/fixtures/check", `${name}.tsv`), "utf8")).map(
    ([category = "", text = ""]) => ({
      category,
      text,
    }),
  );

// opencc-js has no types for this entry.
const { Converter } = createRequire(import.meta.url)("opencc-js") as {
  Converter: (options: { from: string; to: string }) => (text: string) => string;
};
const toTaiwan = Converter({ from: "cn", to: "twp" });

const SETS = {
  en: rowsOf("en"),
  "zh-CN": rowsOf("zh-CN"),
  "zh-TW converted": rowsOf("zh-CN").map((r) => ({ ...r, text: toTaiwan(r.text) })),
  "zh-TW native": rowsOf("zh-TW"),
  // Voices of many trades: of the held half only the sums were looked at while the checker was improved.
  ...Object.fromEntries(
    ["en", "zh-CN", "zh-TW"].flatMap((locale) =>
      ["dev", "held"].map((half) => [`${locale} voices, ${half}`, rowsOf(`voices-${locale}.${half}`)]),
    ),
  ),
};

interface Count {
  lines: number;
  found: number;
  rightCategory: number;
}

function measure(rows: readonly { category: string; text: string }[]) {
  const counts = new Map<string, Count>();
  for (const { category, text } of rows) {
    const count = counts.get(category) ?? { lines: 0, found: 0, rightCategory: 0 };
    const findings = checkText(text, library);
    count.lines += 1;
    if (findings.length > 0) count.found += 1;
    if (findings.some((f) => f.category === category)) count.rightCategory += 1;
    counts.set(category, count);
  }
  const bad = [...counts].filter(([category]) => category !== "good").map(([, count]) => count);
  const sum = (key: keyof Count) => bad.reduce((total, count) => total + count[key], 0);
  const wrongly = counts.get("good")?.found ?? 0;
  return {
    counts,
    precision: sum("found") / (sum("found") + wrongly),
    falseAlarms: wrongly / (counts.get("good")?.lines ?? 1),
    recall: sum("found") / sum("lines"),
    rightCategory: sum("rightCategory") / sum("found"),
  };
}

describe.each(Object.entries(SETS))("lines of %s", (name, rows) => {
  it("are judged with precision of at least 0.90 and recall of at least 0.75", () => {
    const { counts, precision, recall, rightCategory, falseAlarms } = measure(rows);
    const lines = [...counts].map(
      ([c, n]) => `  ${c.padEnd(16)} found ${n.found} of ${n.lines}, right category ${n.rightCategory}`,
    );
    const head = `${name}: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, right category ${rightCategory.toFixed(3)}, good lines flagged ${falseAlarms.toFixed(3)}`;
    console.info([head, ...lines].join("\n"));
    expect(precision).toBeGreaterThanOrEqual(0.9);
    expect(recall).toBeGreaterThanOrEqual(0.75);
    expect(rightCategory).toBeGreaterThanOrEqual(0.8);
    expect(falseAlarms).toBeLessThanOrEqual(0.08);
  });
});

it("no test line is a training line", () => {
  const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const tested = new Set(Object.values(SETS).flatMap((rows) => rows.map((r) => plain(r.text))));
  const shared = (["en", "zh"] as const)
    .flatMap((language) => loadExamples(join(root, "data/check"), language))
    .filter((e) => tested.has(plain(e.text)));
  expect(shared.map((e) => e.text)).toEqual([]);
});
