/** Players who try to fool the score: each stays below 40 in every case and language. */
import { describe, expect, test } from "vitest";
import { choicesOf, type Talk } from "../../src/practice/talk.ts";
import { casesIn, LOCALES, type Player, play } from "../support/practice-world.ts";

const BELOW = 40;

const last = (talk: Talk) => talk.says.at(-1)!;
const rotated = (words: readonly string[], by: number) => [
  ...words.slice(by % words.length),
  ...words.slice(0, by % words.length),
];
const turn = (talk: Talk) => talk.reactions.length;

interface Words {
  keywords: string[];
  sorry: string[];
  understand: string[];
  /** Content words of a text, as a stuffing player would lift them. */
  lift: (text: string) => string[];
  join: string;
  template: string;
  heaped: string;
  back: (text: string) => string;
}

const EN: Words = {
  keywords: "sorry understand thanks please refund tomorrow because listening compensation options".split(
    " ",
  ),
  sorry: [
    "I'm so sorry.",
    "We do apologise.",
    "Please accept our apologies.",
    "I'm sorry to hear that.",
    "I apologise for the trouble.",
    "We're truly sorry.",
    "Once again, sorry.",
  ],
  understand: [
    "I understand how you feel.",
    "I hear you.",
    "I completely understand.",
    "I see.",
    "That must be hard.",
  ],
  lift: (text) => text.split(/\W+/).filter((w) => w.length > 3),
  join: " ",
  template: "Thank you for telling me, I understand and we will take care of it as soon as possible.",
  heaped: "sorry sorry I understand thank you?",
  back: (text) => `You say: ${text} Is that right?`,
};
const ZH: Words = {
  keywords: ["对不起", "理解", "谢谢", "请", "退款", "明天", "因为", "我听着", "补偿", "方案"],
  sorry: [
    "真的很抱歉。",
    "我们道歉。",
    "请接受我们的歉意。",
    "听到这个很抱歉。",
    "给您添麻烦了,抱歉。",
    "非常对不起。",
    "再次说声对不起。",
  ],
  understand: ["我理解您的心情。", "我明白。", "完全理解。", "嗯,我知道。", "一定很难受。"],
  lift: (text) => [...text.matchAll(/[\u3400-\u9fff]{2}/g)].map((m) => m[0]),
  join: " ",
  template: "谢谢您告诉我,我理解,我们会尽快处理。",
  heaped: "对不起对不起我理解谢谢您?",
  back: (text) => `您说:${text}对吗?`,
};

const players = (w: Words): Record<string, Player> => ({
  "keyword-stuffing": () => w.heaped,
  "keyword-stuffing, in another order each time": (talk) => rotated(w.keywords, turn(talk)).join(w.join),
  "keyword-stuffing with the customer's words": (talk) =>
    [...w.lift(last(talk)).slice(0, 6), ...rotated(w.keywords, turn(talk)).slice(0, 6)].join(w.join),
  "copy-the-prompt": last,
  "copy everything the customer has said": (talk) => talk.says.join(" "),
  "copy with a word before it": (talk) => `${w.sorry[0]} ${last(talk)}`,
  "copy every line on screen": (talk) =>
    choicesOf(talk)
      .map((choice) => choice.label)
      .join(w.join),
  "copy a good line again and again": (talk) => talk.case.reference_runs!.very_good[0]!.says,
  "say it back as a question": (talk) => w.back(last(talk)),
  "say-nothing": () => "",
  "say-nothing with dots": () => "...",
  "always-apologise, the same": () => w.sorry[0]!,
  "always-apologise, another way each time": (talk) => w.sorry[turn(talk) % w.sorry.length]!,
  "always-apologise for the customer's words": (talk) =>
    `${w.sorry[turn(talk) % w.sorry.length]} ${w.lift(last(talk)).slice(0, 3).join(w.join)}`,
  "always-understand": (talk) => w.understand[turn(talk) % w.understand.length]!,
  "one template": () => w.template,
});

describe.each(LOCALES)("in %s", (locale) => {
  const words = locale === "en" ? EN : ZH;
  test.each(Object.entries(players(words)))("%s", (_, player) => {
    const high = casesIn(locale).flatMap((c) => {
      const { score } = play(c, player);
      return score < BELOW ? [] : [`${c.id} ${score}`];
    });
    expect(high).toEqual([]);
  });
});

test("a plain good reply beats the same reply stuffed with keywords", () => {
  const c = casesIn("en").find((x) => x.id === "leak-for-weeks")!;
  const good = "Please go on, I'm listening.";
  const sum = (line: string) => play(c, (talk) => (turn(talk) === 0 ? line : "")).talk.reactions[0]!.sum;
  expect(sum(good)).toBeLessThan(0);
  expect(sum(EN.heaped)).toBeGreaterThan(0);
  expect(sum(`${EN.keywords.join(" ")} ${good}`)).toBeGreaterThan(sum(good));
});

test.each([
  ["nothing", ""],
  ["something else", "Lovely weather today, isn't it?"],
  ["the customer's own sentence", undefined],
])("%s moves nothing or makes it worse", (_, line) => {
  for (const c of casesIn("en")) {
    const { reactions } = play(c, (talk) => line ?? last(talk)).talk;
    expect(reactions[0]!.sum).toBeGreaterThanOrEqual(0);
  }
});
