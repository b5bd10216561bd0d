// What checkText returns: places, words, languages, blanks; and that the weights are what training gives.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CHECK_CATEGORIES, checkText } from "../../src/check/check.ts";
import { detectLocale, splitLines } from "../../src/check/language.ts";
import { loadCheckLibrary } from "../../src/check/library.ts";
import { type PackedModel, packModel, unpackModel } from "../../src/check/model.ts";
import { normalise } from "../../src/check/normalise.ts";
import { clausesOf, sentencesOf } from "../../src/check/sentences.ts";
import { trainLanguage } from "../../src/check/train.ts";

const folder = join(import.meta.dirname, "../../data/check");
const library = loadCheckLibrary(folder);
const placed = (text: string) => checkText(text, library).map((f) => [f.category, text.slice(f.from, f.to)]);

describe("places", () => {
  it("points into the text as it was given, whatever comes before", () => {
    for (const before of ["", "😀 ", "👨‍👩‍👧 Hello Mr Li. ", "①ﬁ… "]) {
      const text = `${before}Please calm down.`;
      const found = checkText(text, library).find((f) => f.category === "commanding");
      expect(text.slice(found?.from, found?.to)).toMatch(/calm down$/);
    }
  });

  it("points into Chinese after emoji and full-width signs", () => {
    for (const before of ["", "😀😀", "您好！", "ＡＢＣ，"]) {
      const text = `${before}您先冷静一下。`;
      const found = checkText(text, library).find((f) => f.category === "commanding");
      expect(text.slice(found?.from, found?.to)).toContain("冷静");
    }
  });

  it("points into Traditional text whose words are replaced for matching", () => {
    const text = "咱們電腦壞了，您先冷靜一下。";
    const found = checkText(text, library).find((f) => f.category === "commanding");
    expect(text.slice(found?.from, found?.to)).toContain("冷靜");
  });

  it("keeps the order and the offsets over several lines", () => {
    const text = "I'm listening.\r\n\n  It's your own fault.\n您先冷静一下。";
    const found = checkText(text, library);
    expect(found.map((f) => f.category)).toEqual(["blaming", "commanding"]);
    expect(text.slice(found[0]?.from, found[0]?.to)).toContain("your own fault");
    expect(found[1]?.reason).toMatch(/\p{Script=Han}/u);
    expect(found[0]?.reason).not.toMatch(/\p{Script=Han}/u);
  });
});

describe("blanks", () => {
  it.each([
    "Dear {name}, I'll call you.",
    "I'll call you by ____.",
    "亲爱的{name}，我给您回电。",
    "XX先生，我给您回电。",
    "Your case is [case_id].",
  ])("finds the unfilled blank in %s", (text) => {
    expect(checkText(text, library).map((f) => f.category)).toContain("unfilled-blank");
  });

  it.each(["I'll call you at 10 (before noon).", "The shirt is XXL.", "您的编号是K7QF。"])(
    "finds none in %s",
    (text) => {
      expect(checkText(text, library).map((f) => f.category)).not.toContain("unfilled-blank");
    },
  );
});

describe("meaning", () => {
  it.each([
    "有没有打扰到您？",
    "I can't do A, I can do B.",
    "I can't refund the fee. I can send a new one today.",
    "这个我办不了，我可以给您换一台。",
    "I won't ask you to calm down.",
    "退款我办不了，您的信我今天交给经理。",
    "",
    "  \n ",
    "123",
  ])("lets %j pass", (text) => {
    expect(placed(text)).toEqual([]);
  });

  it("finds the bad sentence among good ones", () => {
    const text =
      "Thank you for the photos. Frankly, you should have read the manual. I'll ring you on Friday at 10.";
    const found = checkText(text, library);
    expect(found.map((f) => f.category)).toEqual(["blaming"]);
    expect(text.slice(found[0]?.from, found[0]?.to)).toContain("should have read");
  });
});

describe("words", () => {
  it.each(["en", "zh-CN", "zh-TW"] as const)(
    "in %s: every category has them, and no better line is a finding itself",
    (locale) => {
      const words = library.words(locale);
      for (const category of CHECK_CATEGORIES) expect(words.has(category)).toBe(true);
      const found = [...words].filter(
        ([topic, w]) => topic !== "unfilled-blank" && checkText(w.better, library).length > 0,
      );
      expect(found.map(([, w]) => w.better)).toEqual([]);
    },
  );

  it("every pattern names a known category and a row of words", () => {
    for (const language of ["en", "zh"] as const) {
      for (const { category, topic } of library.language(language).patterns) {
        expect(CHECK_CATEGORIES).toContain(category);
        for (const locale of ["en", "zh-CN", "zh-TW"] as const)
          expect(library.words(locale).has(topic)).toBe(true);
      }
    }
  });
});

describe("language", () => {
  it.each([
    ["Please wait.", "en"],
    ["您先说。", "zh-CN"],
    ["您先說。", "zh-TW"],
    ["SLA 没到", "zh-CN"],
    ["請稍候 OK", "zh-TW"],
    ["Mr 李 will call you back", "en"],
  ])("of %s is %s", (text, locale) => {
    expect(detectLocale(text, library.simplified())).toBe(locale);
  });

  it("splits lines with their places", () => {
    expect(splitLines("a\r\n\n  b c \n")).toEqual([
      { text: "a", from: 0 },
      { text: "b c", from: 6 },
    ]);
  });

  it("normalises and remembers the places", () => {
    const { text, at } = normalise("😀ＡＢ…", { characters: new Map(), words: [["ab", "xyz"]] });
    expect(text).toBe("😀xyz.");
    expect(at).toEqual([0, 0, 2, 2, 2, 4, 5]);
  });

  it("cuts sentences and clauses", () => {
    const text = "Mr. Li paid 4.50. 好的，我查。";
    const sentences = sentencesOf(text).map((s) => text.slice(s.from, s.to));
    expect(sentences).toEqual(["Mr. Li paid 4.50.", "好的，我查。"]);
    expect(clausesOf(text, { from: 18, to: 24 }).map((s) => text.slice(s.from, s.to))).toEqual([
      "好的，",
      "我查。",
    ]);
  });
});

describe("weights", () => {
  it.each(["en", "zh"] as const)(
    "of %s are what training gives, and small",
    { timeout: 400_000 },
    (language) => {
      const file = readFileSync(join(folder, `weights-${language}.json`), "utf8");
      const trained = unpackModel(packModel(trainLanguage(folder, language)));
      const shipped = unpackModel(JSON.parse(file) as PackedModel);
      expect(shipped).toEqual(trained);
      expect(file.length).toBeLessThanOrEqual(160_000);
    },
  );
});

describe("a long text", () => {
  it("of 100,000 characters in one sentence is read in about a second of work", () => {
    const text = "您先冷静一下，这没什么大不了的，".repeat(6250);
    const before = process.cpuUsage();
    expect(placed(text).map(([category]) => category)).toContain("commanding");
    const { user, system } = process.cpuUsage(before);
    // Microseconds; quadratic replacing took 45 seconds.
    expect(user + system).toBeLessThan(6_000_000);
  });
});

describe("words that the customer or somebody else said", () => {
  it.each([
    'You were told "calm down", and that was not right.',
    "他让您“去告啊”？请问是哪天的事，我要查一下。",
    "「會盡快聯絡您」這句話您已經聽了三次，這次我給您一個時間：禮拜四11點15分。",
  ])("are no finding where the line only repeats them: %s", (text) => {
    expect(placed(text)).toEqual([]);
  });

  it.each(['"Calm down."', 'I said "good morning". Now calm down.', "“您冷静一点。”"])(
    "leave the agent's own words to be judged: %s",
    (text) => {
      expect(placed(text).map(([category]) => category)).toContain("commanding");
    },
  );
});
