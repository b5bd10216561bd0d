/** How far the ears agree with people who judged replies blind; the floors may rise, never fall. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { plain } from "../../src/content/cases/plain-text.ts";
import type { Stage } from "../../src/core/stage.ts";
import { hear } from "../../src/practice/hear/hear.ts";
import { DEFAULT_CHANGE } from "../../src/practice/moves.ts";
import { figuresOf, type Half, hearRow, judgedCalls, judgedRows, scoreCall } from "../support/judged.ts";
import { casesIn, ears, toTraditional, unknownLines } from "../support/practice-world.ts";

type Judged = "en" | "zh-CN";

const heardIn = (locale: Judged, half: Half) => judgedRows(locale, half).map((row) => hearRow(row, locale));

/** A hard call that is solved by its last turn is worth more in English: blame is told there in words of every day. */
const MOST = { empty: 40, hard: { en: 75, "zh-CN": 45 } } as const;

describe("replies judged blind", () => {
  test.each([
    ["en", "dev", { verdicts: 0.93, accused: 0.04, missed: 0.04 }],
    ["en", "dev2", { verdicts: 0.93, accused: 0.04, missed: 0.04 }],
    ["en", "held", { verdicts: 0.82, accused: 0.08, missed: 0.09 }],
    ["zh-CN", "dev", { verdicts: 0.92, accused: 0.04, missed: 0.04 }],
    ["zh-CN", "dev2", { verdicts: 0.92, accused: 0.04, missed: 0.04 }],
    ["zh-CN", "held", { verdicts: 0.85, accused: 0.04, missed: 0.07 }],
  ] as const)("%s %s", (locale, half, { verdicts, accused, missed }) => {
    const found = figuresOf(heardIn(locale, half));
    expect(found.verdicts).toBeGreaterThanOrEqual(verdicts);
    expect(found.falselyAccused).toBeLessThan(accused);
    expect(found.hurtHeardAsGood).toBeLessThan(missed);
  });

  test.each(["en", "zh-CN"] as const)(
    "whole calls in %s: the good ones high, the empty and the hard ones low",
    (locale) => {
      for (const half of ["dev", "held"] as const)
        for (const call of judgedCalls(locale, half)) {
          const score = scoreCall(call, locale);
          const name = `${call.case} ${call.player} ${score}`;
          if (call.player === "excellent") expect(score, name).toBeGreaterThanOrEqual(80);
          if (call.player === "competent-but-curt") expect(score, name).toBeGreaterThanOrEqual(45);
          if (call.player === "polite-but-empty") expect(score, name).toBeLessThan(MOST.empty);
          if (call.player === "hard") expect(score, name).toBeLessThan(MOST.hard[locale]);
        }
    },
  );
});

interface Row {
  case: string;
  stage: Stage;
  text: string;
  does: "hurts" | "calms" | "harmless";
}

const FILE = join(import.meta.dirname, "..", "fixtures", "practice", "by-meaning.zh-CN.tsv");
const rows: Row[] = readFileSync(FILE, "utf8")
  .trim()
  .split("\n")
  .map((line) => line.split("\t"))
  .map(([name, stage, text, does]) => ({
    case: name!,
    stage: stage as Stage,
    text: text!,
    does: does as Row["does"],
  }));

/** What is heard in a reply at the second turn, whatever was said before. */
function doesIt({ case: id, stage, text, does }: Row): boolean {
  const c = unknownLines(casesIn("zh-CN").find((x) => x.id === id)!);
  const { moves } = hear(
    text,
    {
      case: c,
      stage,
      told: new Set(["words", "product", "incident_at", "incident_place"]),
      insulted: c.customer.psychology === "hostile",
      turn: 2,
      lastOfStage: false,
      said: [],
      choices: [],
      before: [],
    },
    ears,
  );
  const hurts = moves.some((m) => DEFAULT_CHANGE[m] > 0);
  if (does === "hurts") return hurts;
  return !hurts && (does === "harmless" || moves.some((m) => DEFAULT_CHANGE[m] < 0));
}

describe("other wordings of one meaning", () => {
  test.each([
    ["hurts", 0.95],
    ["calms", 0.98],
    ["harmless", 0.97],
  ] as const)("%s", (does, floor) => {
    const own = rows.filter((row) => row.does === does);
    const missed = own.filter((row) => !doesIt(row));
    expect(1 - missed.length / own.length, missed.map((r) => r.text).join("\n")).toBeGreaterThanOrEqual(
      floor,
    );
  });

  test("a good reply in Traditional characters is not heard as a bad one", () => {
    const good = rows.filter((row) => row.does === "calms");
    const missed = good.filter((row) => !doesIt({ ...row, text: toTraditional(row.text) }));
    expect(missed.length, missed.map((r) => r.text).join("\n")).toBeLessThanOrEqual(good.length * 0.03);
  });
});

/** Pairs that share their words and not their meaning, by word class. */
describe("the same words, meant otherwise", () => {
  const is = (name: string, text: string) => ears.zh.has(name, plain(text, "zh"));
  test.each([
    ["blame", "要不是您先骂人,同事也不会挂", "要不是您告诉我们,我们还蒙在鼓里"],
    ["blame", "您当时怎么不早说呢", "怎么没早点告诉您呢,这是我们的错"],
    ["belittle", "这种情况很正常", "您听了生气很正常"],
    ["belittle", "我们也没办法", "封好签字,谁都没办法掉包"],
    ["elsewhere", "那是外包的人弄的,跟我们没关系", "快递的外包装您还留着吗"],
    ["send-away", "您自己去找厂家吧", "我陪您去找厂家,不用您自己跑"],
    ["threat", "您先把差评删了,我们再退款", "发不发是您的权利,退款我照样办"],
    ["threat", "我们就给您断网", "断网时段的费用自动减"],
    ["calm-order", "别冲动,有话好好说", "您有火冲我来,别憋着"],
    ["vague", "有进度会再通知您", "明天五点,有没有进度我都打给您"],
    ["save-face", "这一步谁都会弄错", "换谁都急"],
    ["promise-big", "我保证今晚修好", "什么时候修好我不敢保证"],
  ])("%s: “%s”, not “%s”", (name, yes, no) => {
    expect([is(name, yes), is(name, no)]).toEqual([true, false]);
  });

  test.each([
    ["冷静一点", "time", false],
    ["明天一点到", "time", true],
  ])("“%s” names a %s: %s", (text, name, expected) => {
    expect(is(name, text)).toBe(expected);
  });
});
