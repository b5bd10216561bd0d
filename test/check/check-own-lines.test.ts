// The program's own words: no line to say is a finding, every sentence of the never-say list is one, in every language.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { checkText } from "../../src/check/check.ts";
import { loadCheckLibrary } from "../../src/check/library.ts";

const DATA = join(import.meta.dirname, "../../data");
const library = loadCheckLibrary(join(DATA, "check"));
const LOCALES = readdirSync(join(DATA, "words"));

/** What stands in the blanks, so that only the line itself is judged. */
const EN_FILLED = {
  agent: "Chen Yu",
  org: "Northline",
  title: "Mr",
  name: "Li",
  phone: "ending in 5678",
  issue: "the broadband fault",
  product: "router",
  fact: "nobody came on Monday",
  loss: "two working days",
  amount: "60 dollars",
  limit: "100 dollars",
  option_a: "a visit tomorrow at ten",
  option_b: "30 dollars off",
  date: "12 May",
  reason: "the part comes on Thursday",
  case_id: "K7QF-2MXT",
  dept: "the technical team",
  lead: "Ms Tan",
  time: "10:00",
  deadline: "Friday noon",
  next_update: "Thursday 11:15",
  police: "110",
  ambulance: "120",
  fire: "119",
  crisis_line: "12356",
};
const ZH_FILLED = {
  ...EN_FILLED,
  agent: "陈宇",
  org: "北线",
  title: "先生",
  name: "李",
  phone: "尾号5678",
  issue: "宽带断了",
  product: "路由器",
  fact: "周一没有人来",
  loss: "两天工时",
  amount: "60元",
  limit: "100元",
  option_a: "明天十点上门",
  option_b: "减30元",
  date: "5月12日",
  reason: "配件周四到",
  dept: "技术部",
  lead: "谭主管",
  time: "十点",
  deadline: "周五中午",
  next_update: "周四11点15分",
};
const TW_FILLED = {
  ...ZH_FILLED,
  agent: "陳宇",
  org: "北線",
  phone: "末四碼5678",
  issue: "網路斷線",
  product: "分享器",
  fact: "禮拜一沒有人來",
  loss: "兩天工時",
  option_a: "明天十點到府",
  option_b: "折30元",
  reason: "零件週四到",
  dept: "技術部",
  lead: "譚主管",
  time: "十點",
  deadline: "週五中午",
  next_update: "週四11點15分",
};
const FILLED: Record<string, Record<string, string>> = {
  en: EN_FILLED,
  "zh-CN": ZH_FILLED,
  "zh-TW": TW_FILLED,
};

const load = (path: string): unknown => parse(readFileSync(join(DATA, "words", path), "utf8"));
const fill = (text: string, locale: string): string =>
  text.replace(/\{(\w+)\}/g, (blank, name: string) => FILLED[locale]?.[name] ?? blank);

/** Every sentence in a piece of a words file; an entry with a condition keeps its sentence in `text`. */
function sentences(node: unknown): string[] {
  if (typeof node === "string") return [node];
  if (typeof node !== "object" || node === null) return [];
  const text = (node as { text?: unknown }).text;
  return typeof text === "string" ? [text] : Object.values(node).flatMap(sentences);
}

function linesToSay(locale: string): string[] {
  const own = (name: string) => load(`${locale}/scripts/${name}`) as { lines?: unknown };
  const sides = load(`${locale}/side-lines.yaml`) as { lines: unknown };
  const never = Object.values(load(`${locale}/never-say.yaml`) as Record<string, { better: string }>);
  return [
    ...sentences(load(`${locale}/phrases.yaml`)),
    ...sentences(sides.lines),
    ...readdirSync(join(DATA, "words", locale, "scripts")).flatMap((name) => sentences(own(name).lines)),
    ...never.map(({ better }) => better),
  ];
}

describe.each(LOCALES)("in %s", (locale) => {
  it("no line to say is a finding", () => {
    const lines = linesToSay(locale).map((line) => fill(line, locale));
    expect(lines.length).toBeGreaterThan(900);
    // Lines change more often than the model is trained; more than these few would teach agents to ignore it.
    const flagged = lines.filter((line) => checkText(line, library).length > 0);
    expect(flagged.length, flagged.join("\n")).toBeLessThanOrEqual(lines.length * 0.005);
  });

  it("every sentence of the never-say list is one", () => {
    const never = Object.values(load(`${locale}/never-say.yaml`) as Record<string, { say: string }>);
    const missed = never.map(({ say }) => say).filter((say) => checkText(say, library).length === 0);
    expect(missed).toEqual([]);
  });
});
