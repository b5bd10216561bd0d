// The shipped handling scripts, read as plain YAML: their shape, their words in every language, and what their conditions may read.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Converter as toTraditional } from "opencc-js/cn2t";
import { Converter as toSimplified } from "opencc-js/t2cn";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type Condition, fieldsOf } from "../../src/core/condition.ts";
import { FIELDS } from "../../src/core/field.ts";
import { RUN_KINDS, STEP_KINDS } from "../../src/core/script.ts";
import { STAGES } from "../../src/core/stage.ts";

interface Flow {
  id: string;
  kind: string;
  steps: {
    key: string;
    kind: string;
    records?: string;
    optional?: boolean;
    confirm?: boolean;
    when?: Condition;
    say?: string[];
    avoid?: string[];
    tip?: string[];
    law?: string[];
    choices?: string[];
    default?: unknown;
  }[];
  lines?: Record<
    string,
    { move: string; mood: [number, number]; psych: string[]; ch: string[]; needs?: string }
  >;
  switches?: { to: string; when: Condition }[];
}

interface Words {
  title: string;
  about: string;
  steps: Record<string, { ask?: string; help?: string; choices?: Record<string, string> }>;
  lines?: Record<string, string>;
}

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const read = <T>(path: string): T => parse(readFileSync(join(root, path), "utf8")) as T;
const names = readdirSync(join(root, "scripts"))
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => file.replace(/\.yaml$/, ""));
const locales = readdirSync(join(root, "data", "words"));
const taxonomies = read<Record<string, string[]>>("data/taxonomies.yaml");
const bank = read<{ id: string; stage: string; move: string }[]>("data/phrases.yaml");
const ids = (path: string) => new Set(read<{ id: string }[]>(path).map((entry) => entry.id));
const known = { avoid: ids("data/never-say.yaml"), tip: ids("data/tips.yaml"), law: ids("data/law.yaml") };

/** Facts that no step records: they are there from the start, or follow from options, marks or the run itself. */
const GIVEN = new Set(["mood", "stage", "status", "repeat_cases"]);
const FREE_BLANKS =
  /^(title|name|agent|org|phone|issue|product|fact|reason|loss|amount|limit|option_a|option_b|dept|lead|date|time|deadline|next_update|case_id|police|ambulance|fire|crisis_line)$/;

const flows = new Map(names.map((name) => [name, read<Flow>(`scripts/${name}.yaml`)]));
const wordsOf = (name: string, locale: string) => read<Words>(`data/words/${locale}/scripts/${name}.yaml`);
const textsOf = (words: Words) => [
  words.title,
  words.about,
  ...Object.values(words.steps).flatMap((s) => [s.ask, s.help, ...Object.values(s.choices ?? {})]),
  ...Object.values(words.lines ?? {}),
];
const stageOf = (key: string) => key.slice(0, key.indexOf("."));

describe.each(names)("script %s", (name) => {
  const flow = flows.get(name)!;

  it("is named after its file, with a known kind", () => {
    expect(flow.id).toBe(name);
    expect(RUN_KINDS).toContain(flow.kind);
    for (const step of flow.steps) expect(STEP_KINDS, step.key).toContain(step.kind);
  });

  it("has its stages in order and every key once", () => {
    const stages = flow.steps.map((step) => (STAGES as readonly string[]).indexOf(stageOf(step.key)));
    expect(stages.every((n) => n >= 0)).toBe(true);
    expect(stages).toEqual([...stages].sort((a, b) => a - b));
    const keys = flow.steps.map((step) => step.key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("records fields that exist, each in one step unless it confirms", () => {
    const recorded = flow.steps.filter((step) => step.records && !step.confirm).map((step) => step.records!);
    for (const field of recorded) expect(Object.keys(FIELDS)).toContain(field);
    expect(new Set(recorded).size).toBe(recorded.length);
  });

  it("reads in its conditions only what an earlier step records", () => {
    const earlier = new Set(GIVEN);
    for (const step of flow.steps) {
      const unread = fieldsOf(step.when).filter((field) => !earlier.has(field));
      expect(unread, step.key).toEqual([]);
      if (step.records) earlier.add(step.records);
    }
    for (const { to, when } of flow.switches ?? []) {
      expect(names, `${name} to ${to}`).toContain(to);
      for (const field of fieldsOf(when)) expect(GIVEN.has(field) || field in FIELDS, field).toBe(true);
    }
  });

  it("names lines, never-say entries, tips and law cards that exist", () => {
    const own = flow.lines ?? {};
    for (const step of flow.steps) {
      for (const named of step.say ?? []) {
        const found = bank.some((p) => p.stage === stageOf(step.key) && (p.move === named || p.id === named));
        expect(named in own || found, `${step.key}: ${named}`).toBe(true);
      }
      for (const kind of ["avoid", "tip", "law"] as const)
        for (const id of step[kind] ?? []) expect(known[kind].has(id), `${step.key}: ${id}`).toBe(true);
    }
    const used = new Set(flow.steps.flatMap((step) => step.say ?? []));
    expect(Object.keys(own).filter((id) => !used.has(id))).toEqual([]);
  });

  it("offers choices that belong to the field, or brings labels for its own", () => {
    for (const step of flow.steps.filter((s) => s.choices)) {
      if (step.records) {
        const field = FIELDS[step.records as keyof typeof FIELDS];
        const set = taxonomies[field.taxonomy ?? step.records] ?? [];
        expect(
          step.choices!.filter((id) => !set.includes(id)),
          step.key,
        ).toEqual([]);
        continue;
      }
      for (const locale of locales)
        expect(Object.keys(wordsOf(name, locale).steps[step.key]?.choices ?? {}), step.key).toEqual(
          step.choices,
        );
    }
  });

  it("has the same steps and lines worded in every language, and a question where no field lends one", () => {
    const first = wordsOf(name, "en");
    for (const locale of locales) {
      const words = wordsOf(name, locale);
      expect(Object.keys(words.steps)).toEqual(Object.keys(first.steps));
      expect(Object.keys(words.lines ?? {})).toEqual(Object.keys(flow.lines ?? {}));
      expect(words.title && words.about).toBeTruthy();
      const keys = new Set(flow.steps.map((step) => step.key));
      expect(Object.keys(words.steps).filter((key) => !keys.has(key))).toEqual([]);
      for (const step of flow.steps)
        if (!step.records && step.kind !== "promise")
          expect(words.steps[step.key]?.ask, step.key).toBeTruthy();
      for (const [key, texts] of Object.entries(words.steps))
        expect(Object.keys(texts), key).toEqual(Object.keys(first.steps[key]!));
    }
  });

  it("has own lines that can be said in one breath, with known blanks, the same in every language", () => {
    for (const id of Object.keys(flow.lines ?? {})) {
      const blanks = locales.map((locale) => {
        const text = wordsOf(name, locale).lines![id]!;
        const size =
          locale === "en"
            ? text.split(/\s+/).length
            : text.replace(/\{\w+\}/g, "一").replace(/[\w\s]/g, "").length;
        expect(size, `${locale} ${id}`).toBeLessThanOrEqual(locale === "en" ? 25 : 50);
        const found = [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!).sort();
        for (const blank of found) expect(blank).toMatch(FREE_BLANKS);
        return found.join();
      });
      expect(new Set(blanks).size, id).toBe(1);
    }
  });

  it("apologizes in exactly one step, if it has that stage at all", () => {
    const apologies = flow.steps.filter((step) => stageOf(step.key) === "apologize");
    expect(apologies.map((step) => step.kind)).toEqual(
      flow.kind === "call" || flow.kind === "appeal" ? ["say"] : [],
    );
  });

  it("asks for a mark of satisfaction only where it may be passed, and never in anger", () => {
    for (const step of flow.steps.filter((s) => s.records === "satisfaction")) {
      expect(step.optional).toBe(true);
      expect(fieldsOf(step.when)).toContain("mood");
    }
  });

  it("is written in the characters of its language", () => {
    const traditional = toTraditional({ from: "cn", to: "t" });
    const simplified = toSimplified({ from: "t", to: "cn" });
    // Characters that are right in both scripts, though a converter would touch them.
    const both = new Set(
      "台只后里面干系出才群吃采卷占念余回家游布灶志托划注厘症岳炮欲遍秘奸同床凶并妆痹咨溯仇乃群嘆唸著麼您于准",
    );
    const strange = (text: string, convert: (s: string) => string) =>
      [...text].filter((char) => convert(char) !== char && !both.has(char));
    for (const text of textsOf(wordsOf(name, "zh-TW")))
      expect(strange(text ?? "", traditional), text).toEqual([]);
    for (const text of textsOf(wordsOf(name, "zh-CN")))
      expect(strange(text ?? "", simplified), text).toEqual([]);
  });
});

describe("good-faith", () => {
  const flow = flows.get("good-faith")!;

  it("requires the customer's words and the category, and nothing else", () => {
    const required = flow.steps
      .filter((step) => !step.optional && step.kind !== "say")
      .map((step) => step.key);
    expect(required).toEqual(["listen.words", "analyze.category"]);
    expect(
      flow.steps
        .filter((step) => ["listen.words", "analyze.category"].includes(step.key))
        .every((s) => !s.when),
    ).toBe(true);
  });

  it("assumes the phone", () => {
    expect(flow.steps.find((step) => step.key === "listen.channel")).toMatchObject({
      optional: true,
      default: "phone",
    });
  });

  it("goes on in every other script for a call", () => {
    const others = names.filter((name) => name !== "good-faith" && flows.get(name)!.kind === "call");
    expect([...new Set(flow.switches!.map((s) => s.to))].sort()).toEqual(others.sort());
  });
});

describe("call-back", () => {
  it("requires whether the customer was reached and, where he was, whether it is solved", () => {
    const flow = flows.get("call-back")!;
    const required = flow.steps.filter((step) => !step.optional && step.kind !== "say");
    expect(required.map((step) => step.records)).toEqual(["callback_result", "solved"]);
    expect(required[1]!.when).toEqual({ field: "callback_result", is: "reached" });
  });
});
