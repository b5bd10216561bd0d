/** The sample cases as data: checked, complete in three languages, and every rule of the linter has a bad example. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Converter } from "opencc-js/cn2t";
import { afterAll, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { readCase, readCases } from "../../src/content/cases/compile-cases.ts";
import { inLanguage, type Problem } from "../../src/content/problem.ts";
import { MOVES } from "../../src/core/practice-case.ts";
import { STAGES } from "../../src/core/stage.ts";
import { CASES, caseContext, casesIn, compiled, LOCALES } from "../support/practice-world.ts";
import { messagesOf } from "../support/words.ts";

test("the shipped cases have no mistakes", () => {
  expect(compiled.problems).toEqual([]);
});

test("at least 14 cases, the same in every language", () => {
  const ids = LOCALES.map((l) => casesIn(l).map((c) => c.id));
  expect(ids[0]!.length).toBeGreaterThanOrEqual(14);
  expect(ids[1]).toEqual(ids[0]);
  expect(ids[2]).toEqual(ids[0]);
});

test("every psychology, and what the trainers asked for, has a case", () => {
  const cases = casesIn("en");
  const psychologies = new Set(cases.map((c) => c.customer.psychology));
  expect([...psychologies].sort()).toEqual(
    ["compensation", "hostile", "mixed", "respect", "responsibility-evading", "venting"].sort(),
  );
  const scripts = new Set(cases.map((c) => c.script));
  for (const script of [
    "telecom",
    "property",
    "product-quality",
    "retail-return",
    "safety-incident",
    "uninformed",
    "venting",
  ])
    expect(scripts).toContain(script);
});

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/** Written alike in both scripts, though one of them also stands for a Traditional one; 后 is none: nobody here is a queen. */
const BOTH = new Set(
  "台里面只干系表制准斗范卷才丑出回借克困了累蒙千秋曲舍沈術向郁云扎占折志致周注吃群床尸托采岩峰雇余几斤松于并咸板淀胡须游痴划伙",
);

test("no Simplified character is left in zh-TW", () => {
  const traditional = Converter({ from: "cn", to: "tw" });
  const known = new Map<string, boolean>();
  const isSimplified = (char: string) => {
    if (!known.has(char)) known.set(char, !BOTH.has(char) && traditional(char) !== char);
    return known.get(char)!;
  };
  const left = casesIn("zh-TW").flatMap(({ facts: _, ...c }) =>
    textsOf(c).flatMap((text) => {
      const wrong = [...text].filter(isSimplified);
      return wrong.length > 0 ? [`${c.id}: ${wrong.join("")} in ${text}`] : [];
    }),
  );
  expect(left).toEqual([]);
});

test("Chinese is set with Chinese punctuation", () => {
  const narrow = (["zh-CN", "zh-TW"] as const).flatMap((l) =>
    casesIn(l).flatMap(({ facts: _, ...c }) => textsOf(c).filter((t) => /[\u3400-\u9fff][,;?!]/.test(t))),
  );
  expect(narrow).toEqual([]);
});

test("very good runs go through every stage and use no move that hurts", () => {
  for (const c of casesIn("en")) {
    const stages = new Set(c.reference_runs!.very_good.map((l) => l.stage));
    expect([...stages]).toEqual([...STAGES]);
    for (const line of [...c.reference_runs!.very_good, ...c.reference_runs!.bad])
      for (const move of line.moves) expect(MOVES).toContain(move);
  }
});

const folder = mkdtempSync(join(tmpdir(), "cases-"));
afterAll(() => rmSync(folder, { recursive: true }));

// biome-ignore lint/suspicious/noExplicitAny: a case is edited in many places
type Source = Record<string, any>;
const model = parse(readFileSync(join(CASES, "batch-outage.yaml"), "utf8")) as Source;

function problemsOf(change: (source: Source) => void, name = "batch-outage"): string[] {
  const source = structuredClone(model);
  change(source);
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, stringify(source));
  return readCase(path, caseContext).problems.map((p) => p.message);
}

test("the model itself is fine", () => {
  expect(problemsOf(() => {})).toEqual([]);
});

test.each<[string, (s: Source) => void, RegExp]>([
  [
    "another id than the file",
    (s) => (s.id = "other"),
    /^id: it has to be the file.s name \(batch-outage\)\.$/,
  ],
  ["an unknown script", (s) => (s.script = "nowhere"), /^script: one of these is expected: .*telecom/],
  ["an unknown channel", (s) => (s.channel = "pigeon"), /^channel: one of these is expected: phone/],
  [
    "an unknown psychology",
    (s) => (s.customer.psychology = "sad"),
    /^customer\.psychology: one of these is expected: /,
  ],
  ["an unknown need", (s) => (s.customer.need = "sleep"), /^customer\.need: one of these is expected: /],
  [
    "an unknown remedy",
    (s) => (s.options[0].remedy = "magic"),
    /^options\.0\.remedy: one of these is expected: /,
  ],
  ["an unknown move", (s) => (s.moves[0].when = "sings"), /^moves\.0\.when: /],
  [
    "a move twice",
    (s) => (s.moves[1].when = s.moves[0].when),
    /^moves\.1\.when: names-fact stands here twice\.$/,
  ],
  ["too strong a change", (s) => (s.moves[0].change = -3), /^moves\.0\.change: /],
  ["lines of unequal length", (s) => s.moves[0].reply.en.pop(), /^moves\.0\.reply/],
  [
    "no field of the record",
    (s) => (s.story[0].reveals.colour = "red"),
    /^story\.0\.reveals\.colour: a record has no such field/,
  ],
  [
    "a value the record refuses",
    (s) => (s.expected_record.severity = "huge"),
    /^expected_record\.severity: one of these is expected: low/,
  ],
  ["one opening", (s) => s.opening.pop(), /^opening: 2 are expected, not 1\.$/],
  ["too short a story", (s) => s.story.splice(2), /^story: 5 to 8 are expected, not 2\.$/],
  ["no pitfalls", (s) => delete s.pitfalls, /^pitfalls: 3 to 5 are expected, not 0\.$/],
  [
    "no reference runs",
    (s) => delete s.reference_runs,
    /^reference_runs is missing: a very good, a fair and a bad run\.$/,
  ],
  [
    "a stage left out",
    (s) =>
      (s.reference_runs.very_good = s.reference_runs.very_good.filter(
        (l: Source) => l.stage !== "apologize",
      )),
    /^reference_runs\.very_good: no turn in the stage apologize;/,
  ],
  [
    "an earlier stage again",
    (s) => (s.reference_runs.fair.at(-1).stage = "listen"),
    /^reference_runs\.fair\.6\.stage: stages follow listen, /,
  ],
  [
    "a turn without other wordings",
    (s) => s.paraphrases.pop(),
    /^paraphrases: turn 7 has no other wordings\.$/,
  ],
  [
    "a promise before the call",
    (s) => (s.expected_promises[0].due_at = "2020-01-01T10:00:00+08:00"),
    /^expected_promises\.0\.due_at: this is before the call /,
  ],
  [
    "no now",
    (s) => delete s.expected_record.received_at,
    /^expected_record\.received_at is the "now" of the case/,
  ],
  ["no notes on the levels", (s) => delete s.level_notes, /^level_notes is missing\.$/],
  [
    "a text that one language lacks",
    (s) => delete s.pitfalls[1]["zh-CN"],
    /^pitfalls\.1: zh-CN is missing\.$/,
  ],
  [
    "texts that are missing in every language",
    (s) => {
      delete s.truth.fault.en;
      delete s.good_ending["zh-CN"];
    },
    /^truth\.fault: en is missing\.$/,
  ],
  ["an unknown key", (s) => (s.colour = "red"), /^colour: there is no such key; here stand: id, title, /],
  [
    "a text cut off by its comma",
    (s) => (s.title = { en: "Well", "no thanks": null }),
    /^title: the text ends before "no thanks": in braces a text with a comma or a colon stands in quotes\.$/,
  ],
  ["a text without a language", (s) => (s.title = {}), /^title: a text per language is expected/],
])("the linter names %s", (_, change, message) => {
  expect(problemsOf(change).join("\n")).toMatch(new RegExp(message.source, "m"));
});

test.each(["en", "zh-CN", "zh-TW"] as const)("every mistake is told in %s", (locale) => {
  const t = messagesOf("script", locale);
  const source = structuredClone(model);
  Object.assign(source, { id: "other", script: "nowhere", level_notes: undefined, pitfalls: [] });
  source.opening.pop();
  Object.assign(source.expected_record, { severity: "huge", colour: "red", amount: "much" });
  Object.assign(source.story[0].reveals, { remedy: "refund", received_at: "soon" });
  source.moves[1].when = source.moves[0].when;
  source.expected_promises[0].due_at = "soon";
  source.reference_runs.very_good = source.reference_runs.very_good.slice(0, 5);
  const path = join(folder, "batch-outage.yaml");
  writeFileSync(path, stringify(source));
  const told = readCase(path, caseContext).problems.map((p) => inLanguage(p, t).message);
  expect(told.length).toBeGreaterThanOrEqual(12);
  for (const message of told) {
    expect(message).not.toMatch(/wrong_|undefined|[{}]/);
    if (locale !== "en") expect(message).toMatch(/\p{Script=Han}/u);
  }
});

test("a colon typed full-wide is told as that", () => {
  const path = join(folder, "wide.yaml");
  const codesOf = (text: string) => {
    writeFileSync(path, text);
    return readCase(path, caseContext).problems.map((p) => (p as Problem).code);
  };
  const whole = stringify(model);
  expect(codesOf(whole.replace(/^title:/m, "title："))).toContain("wide_colon");
  expect(codesOf(whole.replace(/^title:[\s\S]*?\nscript/m, "title: {zh-CN：标题}\nscript"))).toContain(
    "wide_colon",
  );
});

test("a file that is no text, and a folder with the name of one, are told and do no harm", () => {
  const place = mkdtempSync(join(tmpdir(), "own-cases-"));
  writeFileSync(join(place, "bytes.yaml"), Buffer.from([0xff, 0xfe, 0]));
  mkdirSync(join(place, "folder.yaml"));
  const { problems } = readCases(place, { ...caseContext, shipped: false });
  rmSync(place, { recursive: true });
  expect(problems.map((p) => (p as Problem).code)).toEqual(["not_text", "unreadable"]);
});

test("a case of a home may be in one language, without other wordings", () => {
  const source = structuredClone(model);
  const inChinese = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inChinese);
    if (typeof value !== "object" || value === null) return value;
    const { en: _, ...rest } = value as Source;
    return Object.fromEntries(Object.entries(rest).map(([k, v]) => [k, inChinese(v)]));
  };
  const path = join(folder, "batch-outage.yaml");
  const { paraphrases: _, ...rest } = source;
  writeFileSync(path, stringify(inChinese(rest)));
  const read = readCase(path, { ...caseContext, shipped: false });
  expect(read.problems).toEqual([]);
  expect(read.cases.map((c) => c.locale)).toEqual(["zh-CN", "zh-TW"]);
  expect(readCase(path, caseContext).problems.map((p) => p.message)).toContain(
    "paraphrases: turn 1 has no other wordings.",
  );
});

test("a mistake is placed in its line", () => {
  const path = join(folder, "placed.yaml");
  writeFileSync(
    path,
    readFileSync(join(CASES, "batch-outage.yaml"), "utf8").replace("script: telecom", "script: nowhere"),
  );
  const found = readCase(path, caseContext).problems.find((p) => p.message.startsWith("script"));
  expect([found?.line, found?.column]).toEqual([4, 9]);
});
