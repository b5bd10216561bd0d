/** Players who try to fool the score: each stays below 40 in every case and language. */
import { describe, expect, test } from "vitest";
import type { Stage } from "../../src/core/stage.ts";
import { choicesOf, stageDue, type Talk } from "../../src/practice/talk.ts";
import { casesIn, ears, LOCALES, type Player, play } from "../support/practice-world.ts";

const BELOW = 40;
const LEVELS = [1, 2, 3] as const;

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
  /** A well-formed call that fits any case: nothing of this one is in it. */
  anybody: Record<Stage, string[]>;
  /** The stock words of each stage, and in the second line as clauses. */
  heaps: Record<Stage, string[]>;
}

/** The lines of a stage one after the other, the first again after the last. */
const byStage =
  (lines: Record<Stage, string[]>): Player =>
  (talk) => {
    const own = lines[stageDue(talk)!];
    return own[talk.reactions.filter((r) => r.stage === stageDue(talk)).length % own.length]!;
  };

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
  anybody: {
    listen: [
      "Thank you for calling. Please go on, I'm listening and writing it all down.",
      "That sounds really hard, and I can hear how upset you are. What happened then?",
      "Please take your time and tell me everything.",
    ],
    apologize: [
      "I'm sorry that we let you down on this. That should not have happened.",
      "I'm sorry for the trouble this has caused you.",
    ],
    analyze: [
      "Let me make sure I have understood: you had a problem, you contacted us, and it was not solved. Is that right?",
      "I have checked our records and I can see what you mean. Did I miss anything?",
    ],
    resolve: [
      "There are two ways we can do this: either we repair it or we give you a refund. Which would you prefer?",
      "I will have this done by tomorrow at five, because I need to get my manager's approval first.",
    ],
    "follow-up": [
      "I'll call you tomorrow at ten to make sure everything is settled. Thank you for telling us.",
      "To sum up: I'll call you by Friday because the approval takes a day. Thank you for your patience.",
    ],
  },
  heaps: {
    listen: [
      "listening please go on tell me what happened sorry thanks",
      "I'm listening, please go on, what happened, I understand, sorry, thank you.",
    ],
    apologize: [
      "sorry apologise our mistake understand upset",
      "I'm sorry, we apologise for this, our mistake, you must be upset.",
    ],
    analyze: [
      "let me check records confirm is that right understand because",
      "Let me confirm, I checked the records, is that right, did I miss anything.",
    ],
    resolve: [
      "refund or repair options choose tomorrow because",
      "Either a refund or a repair, which would you prefer, tomorrow by five because of the approval.",
    ],
    "follow-up": [
      "call you tomorrow thanks because follow up by Friday",
      "I'll call you tomorrow by five because of the approval, thank you for telling us.",
    ],
  },
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
  anybody: {
    listen: [
      "谢谢您来电,您慢慢说,我在听,都记下来。",
      "听得出来您真的很难受、很着急。后来怎么样了?",
      "您别急,把事情都告诉我。",
    ],
    apologize: ["这件事我们没做好,让您失望了,向您道歉。", "给您带来了麻烦,对不起。"],
    analyze: [
      "我跟您核对一下:您遇到了问题,联系了我们,一直没解决,对吗?",
      "我查了记录,您说的情况我看到了。有没有漏掉什么?",
    ],
    resolve: ["有两个办法:一是给您维修,二是给您退款,您选哪个?", "我明天下午五点前办好,因为要先找经理批准。"],
    "follow-up": [
      "明天上午十点我给您打电话确认都办好了。谢谢您告诉我们。",
      "总结一下:周五前给您回电,因为审批要一天。谢谢您的耐心。",
    ],
  },
  heaps: {
    listen: ["您说 我在听 怎么了 理解 抱歉 谢谢", "我在听,您接着说,怎么回事,我理解,抱歉,谢谢。"],
    apologize: ["抱歉 道歉 我们的错 理解 难受", "抱歉,我们道歉,是我们的错,您一定很难受。"],
    analyze: ["核对 记录 确认 对吗 理解 因为", "确认一下,我查了记录,对吗,有没有漏掉。"],
    resolve: ["退款 或者 维修 方案 您选 明天 因为", "退款或者维修,您选哪个,明天五点前,因为要审批。"],
    "follow-up": ["明天 回电 谢谢 因为 跟进 周五", "明天五点前给您回电,因为要审批,谢谢您告诉我们。"],
  },
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
    choicesOf(talk, ears)
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
  "a call that fits anybody": byStage(w.anybody),
  "keyword-stuffing that knows the stage": byStage(w.heaps),
  "keyword-stuffing that knows the stage, in clauses": (talk) => w.heaps[stageDue(talk)!].at(-1)!,
  "keyword-stuffing that knows the stage, with the customer's words": (talk) =>
    [...w.lift(last(talk)).slice(0, 5), byStage(w.heaps)(talk)].join(w.join),
});

describe.each(LOCALES)("in %s", (locale) => {
  const words = locale === "en" ? EN : ZH;
  test.each(Object.entries(players(words)))("%s", (_, player) => {
    const high = casesIn(locale).flatMap((c) => {
      const scores = LEVELS.map((level) => play(c, player, level).score);
      return scores.every((score) => score < BELOW) ? [] : [`${c.id} ${scores.join(" ")}`];
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
