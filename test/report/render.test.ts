/** Every form of the report: aligned, escaped, neutral, and with the same numbers as the JSON. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import stringWidth from "fast-string-width";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Store } from "../../src/core/store-port.ts";
import { renderDigest } from "../../src/report/digest.ts";
import { figuresOf } from "../../src/report/figures.ts";
import { renderCsv } from "../../src/report/render-csv.ts";
import { renderHtml } from "../../src/report/render-html.ts";
import { renderMarkdown } from "../../src/report/render-markdown.ts";
import { renderText } from "../../src/report/render-text.ts";
import { renderXlsx } from "../../src/report/render-xlsx.ts";
import type { Report } from "../../src/report/report.ts";
import { viewOf, voiceOf } from "../../src/report/view.ts";
import { messagesOf } from "../support/words.ts";
import { demoStore, idMaker, reportOf, shippedLibrary, write } from "./support.ts";

const NOW = new Date("2026-11-21T15:00:00Z");
const LOCALES = ["en", "zh-CN", "zh-TW"] as const;
/** Everything a hostile customer may write. */
const HOSTILE =
  '=HYPERLINK("http://x","<script>alert(1)</script>") | `rm` **bold** \u001b[31m\u202e&amp; 13800005678';

let store: Store;
let report: Report;

beforeAll(() => {
  store = demoStore(11, 300, 8, NOW, "Asia/Shanghai");
  const id = idMaker("hostile");
  const at = "2026-11-21T14:59:00.000Z";
  const run = id(Date.parse(at));
  const pin = { id: "good-faith", hash: "0000000000000000" };
  const answer = (field: string, value: string) =>
    ["2026-11-21T14:59:00Z", { type: "answered", data: { field, value } }] as const;
  write(store, id(Date.parse(at)), [
    [at, { type: "opened", data: { script: pin, locale: "en" } }],
    [at, { type: "run-started", data: { run, kind: "call", script: pin, locale: "en" } }],
    [...answer("words", HOSTILE)],
    [...answer("category", "special")],
    [...answer("cause", "=cmd|calc")],
    [...answer("department", "<img src=x onerror=alert(1)>")],
    [at, { type: "dispatched", data: { to: "<img src=x onerror=alert(1)>" } }],
    [at, { type: "finished", data: { run, status: "open" } }],
  ]);
  report = reportOf(store, { now: NOW, zone: "Asia/Shanghai", flags: { week: true } });
});
afterAll(() => store.close());

function voice(locale: string, of = report) {
  const bank = shippedLibrary().bank(locale);
  return voiceOf(of, {
    t: messagesOf("report", locale),
    locale,
    words: shippedLibrary().words(locale),
    lineText: (key) => bank.lines.find((l) => l.id === key)?.text,
  });
}

function text(
  locale: string,
  columns: number,
  more: { color?: boolean; unicode?: boolean } = {},
  of = report,
): string {
  const t = messagesOf("report", locale);
  return renderText(of, viewOf(of, voice(locale, of)), t("report.top.title"), t("report.no_case"), {
    columns,
    color: more.color ?? false,
    unicode: more.unicode ?? true,
    wide: locale.startsWith("zh"),
    more: (n) => t("report.more_rows", { n }),
    rowList: (command) => t("report.row_list", { command }),
    before: t("report.before"),
  });
}

describe.each(LOCALES)("text in %s", (locale) => {
  it.each([60, 80, 100, 160])("keeps to %i columns, save for commands that are pasted", (columns) => {
    const long = text(locale, columns)
      .split("\n")
      .filter((line) => stringWidth(line) > columns && !line.includes("complaint list"));
    expect(long).toEqual([]);
  });

  it("begins with five things, each with its label", () => {
    const lines = text(locale, 100).split("\n");
    const numbered = lines.filter((line) => /^[1-5] [! ] /.test(line));
    expect(numbered.map((line) => line[0])).toEqual(["1", "2", "3", "4", "5"]);
  });

  it("aligns the columns of a table by display width", () => {
    const lines = text(locale, 100).split("\n");
    const days = lines.filter((line) => /^ {2}11-\d\d /.test(line));
    expect(days).toHaveLength(7);
    const ends = days.map((line) => stringWidth(/^ {2}11-\d\d \S+\s+\d+\s+\d+/.exec(line)![0]));
    expect(new Set(ends).size).toBe(1);
  });

  it("says the same without colour", () => {
    const plain = text(locale, 100);
    expect(plain).not.toContain("\u001b");
    expect(text(locale, 100, { color: true }).replace(/\u001b\[\d+m/g, "")).toBe(plain);
  });

  it("has a Markdown, an HTML and a digest without a missing word or a raw customer text", () => {
    const t = messagesOf("report", locale);
    const words = { before: t("report.before"), now: t("report.now"), list: t("report.column.list") };
    const view = viewOf(report, voice(locale));
    const markdown = renderMarkdown(view, t("report.top.title"), "", words);
    const html = renderHtml(
      report,
      view,
      figuresOf(report, [{ upTo: 1, count: 2 }], voice(locale)),
      t("report.top.title"),
      "",
      voice(locale),
    );
    const digest = renderDigest(report, voice(locale));
    for (const form of [markdown, html, digest, text(locale, 80)]) {
      expect(form).not.toMatch(/undefined|NaN|\[object|report\.[a-z]+\./);
      expect(form).not.toContain("13800005678");
      expect(form).not.toContain("\u001b[31m");
      expect(form).not.toContain("\u202e");
    }
    expect(html).not.toContain("<script");
    expect(html).not.toContain("<img");
    expect(markdown).not.toContain("<script");
    expect(html.length).toBeLessThan(250_000);
    expect(html).not.toMatch(/(?:src|href)="(?!data:,)[^#]/);
  });
});

it("shows plain ASCII where nothing else can be shown", () => {
  const lines = text("en", 80, { unicode: false }).split("\n");
  // Customers' own words are what they are.
  expect(
    lines.filter((line) =>
      /[^\x20-\x7e]/.test(
        line.replace(/"[^"]*"/g, "").replace(/\p{Script=Han}|[\u3000-\u303f\uff00-\uffef]/gu, ""),
      ),
    ),
  ).toEqual([]);
});

it("says in one line that there is nothing", () => {
  const nothing = reportOf(undefined, { now: NOW, zone: "UTC", flags: { week: true } });
  expect(text("en", 80, {}, nothing)).toContain("No cases in this period");
});

describe("csv and spreadsheet", () => {
  it("holds every number of the JSON under its name, and nothing a spreadsheet would run", () => {
    const rows = parse(renderCsv(report), { columns: true }) as {
      section: string;
      row: string;
      name: string;
      value: string;
    }[];
    expect(Object.keys(rows[0]!)).toEqual(["section", "row", "name", "value"]);
    for (const [section, { facts, rows: list }] of Object.entries(report.sections)) {
      for (const [name, value] of Object.entries(facts)) {
        if (typeof value === "number")
          expect(
            Number(rows.find((r) => r.section === section && r.row === "" && r.name === name)?.value),
          ).toBe(value);
      }
      for (const row of list.filter((r) => r.id !== undefined && section !== "money"))
        expect(
          Number(
            rows.find(
              (r) => r.section === section && r.name === "count" && r.row.replace(/^'/, "") === row.id,
            )?.value,
          ),
        ).toBe(row.count);
    }
    for (const { row, value } of rows) {
      expect(row).not.toMatch(/^[=+@\t]/);
      if (!/^-?\d/.test(value)) expect(value).not.toMatch(/^[=+\-@\t]/);
    }
    expect(rows.some((r) => r.row === "'=cmd|calc")).toBe(true);
  });

  it("makes a workbook with a sheet per section that another program reads", async () => {
    const t = messagesOf("report", "zh-CN");
    const bytes = await renderXlsx(
      report,
      viewOf(report, voice("zh-CN")),
      t("report.top.title"),
      voice("zh-CN"),
    );
    const { default: readSheets } = await import("read-excel-file/node");
    const sheets = (await readSheets(bytes)) as unknown as { sheet: string; data: unknown[][] }[];
    expect(sheets.map((s) => s.sheet)).toEqual(["report", ...Object.keys(report.sections)]);
    const volume = sheets.find((s) => s.sheet === "volume")!.data;
    expect(volume.find((row) => row[1] === "received")?.[2]).toBe(report.sections.volume!.facts.received);
    const cells = sheets
      .flatMap((s) => s.data.flat())
      .filter((cell): cell is string => typeof cell === "string");
    expect(cells.filter((cell) => /^[=+@]/.test(cell))).toEqual([]);
  });
});

it("draws charts whose process ends", () => {
  const folder = mkdtempSync(join(tmpdir(), "chart-"));
  const file = join(folder, "chart.mts");
  writeFileSync(
    file,
    `import { drawChart } from ${JSON.stringify(join(import.meta.dirname, "..", "..", "src", "report", "charts.ts"))};
process.stdout.write(drawChart({ categories: ["a"], series: [{ name: "<b>", values: [1], ink: "blue", kind: "bar" }] }));`,
  );
  const svg = execFileSync(process.execPath, ["--import", "tsx", file], {
    encoding: "utf8",
    timeout: 60_000,
    cwd: join(import.meta.dirname, "..", ".."),
  });
  rmSync(folder, { recursive: true });
  expect(svg).toContain("var(--blue)");
  expect(svg).not.toContain("<b>");
});
