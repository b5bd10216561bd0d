/** Drills: the person is taken out of the words too, and what is left can be played. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { readCase } from "../../src/content/cases/compile-cases.ts";
import type { Case } from "../../src/core/case.ts";
import { canDrill, drillTexts, makeDrill } from "../../src/practice/drill.ts";
import { scrub } from "../../src/practice/scrub.ts";
import { shippedLibrary } from "../support/call-world.ts";
import { caseContext, play } from "../support/practice-world.ts";
import { messagesOf } from "../support/words.ts";

const record = {
  customer_name: "Wang Li",
  customer_phone: "138 0000 5678",
  customer_email: "wang.li@example.com",
  customer_account: "AC-7781",
  customer_address: "12 Lakeside Road",
};
const of = (text: string, more: object = {}) =>
  scrub(text, { record: { ...record, ...more }, customer: "the customer" });

describe("what is taken out", () => {
  test.each([
    ["I'm Wang Li, ring me on 138 0000 5678.", ["Wang", "Li,", "5678", "0000"]],
    ["WANG LI here, account ac-7781, mail Wang.Li@example.com", ["WANG", "7781", "example"]],
    ["Another number: +86 139-1111-2222", ["1111", "2222"]],
    ["I live at 12 Lakeside Road, flat 1203.", ["Lakeside", "1203"]],
    ["I live in 7 Green Hill Street.", ["Green", "Hill"]],
    ["Mr Zhao Min from next door saw it, and so did Dr. Porter.", ["Zhao", "Min", "Porter"]],
    ["My order KX20260918-77 never came.", ["KX2026"]],
    ["Card 6222 0200 1234 5678 was charged.", ["6222", "1234"]],
    ["Order TX-20261123-88, WeChat: ann_bell88", ["TX", "ann_bell"]],
    [
      "My mother Zhang Guihua waited, and my neighbour, Tom Hart, saw it.",
      ["Zhang", "Guihua", "Tom", "Hart"],
    ],
  ])("%s", (text, gone) => {
    const clean = of(text);
    for (const part of gone) expect(clean.toLowerCase()).not.toContain(part.toLowerCase());
  });

  test.each([
    [
      "我叫李小明，电话１３８００００５６７８，住解放路12号3栋401室。",
      { customer_name: "李小明" },
      ["李", "小明", "138", "解放路", "401"],
    ],
    [
      "小明我都说过了，找王经理也没用，张师傅也没来。",
      { customer_name: "李小明" },
      ["小明", "王经理", "张师傅"],
    ],
    ["找过欧阳女士，也找过陈建国先生。", {}, ["欧阳", "陈建国"]],
    ["我住阳光花园7号楼502室", {}, ["阳光", "502"]],
    [
      "丽华我等了十天，老伴李秀英睡不着，微信号wxid_lihua88",
      { customer_name: "欧阳丽华" },
      ["丽华", "秀英", "lihua"],
    ],
  ])("%s", (text, more, gone) => {
    const clean = of(text.normalize("NFKC"), more);
    for (const part of gone) expect(clean).not.toContain(part);
  });
});

test.each([
  "Three weeks without broadband, and 23400 yuan lost.",
  "It broke on 12 November at 10:52, for the third time.",
  "十九天没修好，花了23400元，11月2日开始的。",
  "2026-11-02 at half past six, two men came.",
  "Your engineer Monday never came, and my wife I can't ask again.",
  "老伴高兴了一天，女儿白天上班，师傅周五没来。",
])("what happened is kept: %s", (text) => {
  expect(of(text)).toBe(text);
});

const folder = mkdtempSync(join(tmpdir(), "drills-"));
afterAll(() => rmSync(folder, { recursive: true }));

const real = {
  id: "0193f0aa-0000-7000-8000-000000000001",
  status: "closed",
  locale: "en",
  opened_at: "2026-11-10T08:00:00.000Z",
  script: { id: "telecom", hash: "x" },
  record: {
    ...record,
    words: "This is Wang Li. Three weeks without broadband and nobody calls me back on 13800005678!",
    tried: "rang Mr Chen twice",
    demand: "the engineer at 12 Lakeside Road today",
    category: "telecom-network",
    cause: "forgot-task",
    channel: "phone",
    mood_start: 4,
    options: [{ remedy: "onsite-repair", accepted: true }],
  },
} as unknown as Case;

test.each([
  ["My name is Ann Bell, ask for me at the desk.", "Ann"],
  ["我叫王小明，昨天来过。", "王小明"],
  ["身份证11010119900307123X", "X"],
  ["电话１３８００００５６７８", "１３８"],
  ["It is all on https://example.org/annbell and @annbell99", "annbell"],
])("a person whom the record does not know is out of %s", (text, gone) => {
  expect(scrub(text, { record: {}, customer: "the customer" })).not.toContain(gone);
});

test("a name is taken out as a word, not as a part of one", () => {
  const clean = scrub("Rose Park was parking", {
    record: { customer_name: "Rose Park" },
    customer: "somebody",
  });
  expect(clean).toBe("somebody was parking");
});

test("a text or a name as long as a book is no work", () => {
  const long = scrub("Aa ".repeat(60_000), {
    record: { customer_name: "x".repeat(1_000_000) },
    customer: "-",
  });
  expect(long.length).toBeLessThanOrEqual(2001);
});

describe("a drill", () => {
  const drill = makeDrill({
    c: real,
    locale: "en",
    library: shippedLibrary(),
    t: messagesOf("practice", "en"),
  });

  test("holds nothing of the person", () => {
    const text = stringify(drill);
    for (const part of ["Wang", "13800005678", "Lakeside", "Chen", "AC-7781", "0193f0aa"])
      expect(text).not.toContain(part);
    expect(drillTexts(drill).join(" ")).toContain("Three weeks without broadband");
  });

  test("is a case that passes the linter and can be played", () => {
    const path = join(folder, `${drill.id}.yaml`);
    writeFileSync(path, stringify(drill));
    const { cases, problems } = readCase(path, caseContext);
    expect(problems).toEqual([]);
    expect(cases.map((c) => c.locale)).toEqual(["en"]);
    const good = play(cases[0]!, (talk) => {
      const lines: Record<string, string[]> = {
        listen: [
          "Please go on, I'm listening.",
          "Three weeks without broadband, and nobody called you back. Anyone would be angry.",
        ],
        apologize: ["I'm sorry that nobody called you back for three weeks."],
        analyze: ["So three weeks without broadband, and you want the engineer today. Is that right?"],
        resolve: [
          "I can send the engineer today, or lend you a mobile router tonight. Which do you prefer?",
          "The engineer comes at four, because the morning is booked.",
        ],
        "follow-up": [
          "I'll ring you at five to hear whether it works. Thank you for telling us about the broadband.",
        ],
      };
      const stage = (
        ["listen", "listen", "apologize", "analyze", "resolve", "resolve", "follow-up"] as const
      )[talk.reactions.length]!;
      return lines[stage]![talk.reactions.filter((r) => r.stage === stage).length] ?? "";
    });
    expect(good.score).toBeGreaterThan(70);
    expect(play(cases[0]!, () => "").score).toBeLessThan(10);
  });

  test("the same case is always the same drill", () => {
    const again = makeDrill({
      c: real,
      locale: "en",
      library: shippedLibrary(),
      t: messagesOf("practice", "en"),
    });
    expect(again.id).toBe(drill.id);
  });
});

test.each([
  [{ ...real, status: "draft" }, false],
  [{ ...real, record: { ...real.record, words: "no" } }, false],
  [{ ...real, record: {} }, false],
  [real, true],
])("what can become a drill", (c, can) => {
  expect(canDrill(c as Case)).toBe(can);
});
