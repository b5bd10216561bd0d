/** What is heard in a reply: the examples of the vocabulary, numbers as people say them, copies and lists of keywords. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { caseFacts } from "../../src/content/cases/facts.ts";
import { plain, tongueOf } from "../../src/content/cases/plain-text.ts";
import type { CaseFacts, Move, PracticeCase } from "../../src/core/practice-case.ts";
import type { Stage } from "../../src/core/stage.ts";
import { hear, type Listening } from "../../src/practice/hear/hear.ts";
import { CASES, casesIn, ears, toTraditional } from "../support/practice-world.ts";

const NONE: CaseFacts = { words: [], weak: [], numbers: [], measures: [], remedies: [], misfits: [] };
const some = casesIn("en")[0]!;

/** A case in which the concrete things of `told` are facts. */
function sceneOf(told: string, stage: Stage, more: Partial<Listening> = {}): Listening {
  const tongue = tongueOf(told);
  const facts = caseFacts(
    { told: [told], measures: [], remedies: [told], misfits: [], extra: [], names: [] },
    tongue,
    ears[tongue].words,
  );
  const c: PracticeCase = { ...some, moves: [], options: [], facts: { en: NONE, zh: NONE, [tongue]: facts } };
  return {
    case: { ...c, reference_runs: { very_good: [], fair: [], bad: [] } },
    stage,
    told: new Set(["words", "product", "incident_at", "incident_place", "tried"]),
    insulted: false,
    turn: 2,
    lastOfStage: false,
    said: [],
    choices: [],
    before: [],
    ...more,
  };
}

const STAGE_OF: Partial<Record<Move, Stage>> = {
  "lets-finish": "listen",
  interrupts: "listen",
  "names-feeling": "listen",
  "open-question": "listen",
  "specific-apology": "apologize",
  "offers-two-options": "resolve",
  "offers-one-option": "resolve",
  "gives-time-and-reason": "resolve",
  "consults-with-deadline": "resolve",
  "honest-limit": "resolve",
};

interface Example {
  section: Move;
  kind: "is" | "is not";
  text: string;
  /** What it is instead. */
  other?: Move;
}

function examples(): Example[] {
  const text = readFileSync(join(CASES, "README.md"), "utf8").split("## The vocabulary of moves")[1]!;
  let section = "" as Move;
  return text.split("\n").flatMap((line): Example[] => {
    section = (/^### `([a-z-]+)`/.exec(line)?.[1] as Move | undefined) ?? section;
    const found = /^- (is|is not), (?:en|zh-CN): (.*?)\s*(?:\[([a-z-]+)[^\]]*\])?\s*$/.exec(line);
    if (!found) return [];
    const [, kind, words, other] = found;
    return [
      { section, kind: kind as Example["kind"], text: words!, ...(other ? { other: other as Move } : {}) },
    ];
  });
}

describe("the vocabulary", () => {
  const all = examples();
  const heard = (e: Example, move: Move) => {
    const scene = sceneOf(e.text, STAGE_OF[move] ?? "analyze", { insulted: move === "sets-limit-politely" });
    return hear(e.text, scene, ears).moves;
  };

  test("there are examples in both languages for every move", () => {
    expect(all.length).toBeGreaterThanOrEqual(300);
  });

  test("nine of ten examples are heard as what they are", () => {
    // What only the course of the call tells (a second apology, one passed over) is in the tests of the rules.
    const told = new Set<Move>(["second-apology", "no-apology"]);
    const wanted = all.filter((e) => e.kind === "is" && !told.has(e.section));
    const missed = wanted.filter((e) => !heard(e, e.section).includes(e.section));
    expect(missed.length, missed.map((e) => `${e.section}: ${e.text}`).join("\n")).toBeLessThanOrEqual(
      wanted.length / 10,
    );
  });

  test("what only looks like a move is not heard as it", () => {
    const wanted = all.filter((e) => e.kind === "is not");
    const taken = wanted.filter((e) => heard(e, e.other ?? e.section).includes(e.section));
    expect(taken.length, taken.map((e) => `${e.section}: ${e.text}`).join("\n")).toBeLessThanOrEqual(
      wanted.length / 20,
    );
  });
});

describe("numbers, days and times", () => {
  test.each([
    ["twenty to one", "0:40"],
    ["half past six", "6:30"],
    ["at 18:30", "6:30"],
    ["five past eleven", "11:05"],
    ["on the sixteenth", "day16"],
    ["on 16 November", "day16"],
    ["twenty-three thousand four hundred", "23400"],
    ["a hundred and seventy-seven", "177"],
    ["2,514.67 yuan", "2514.67"],
  ])("%s holds %s", (text, number) => {
    expect(plain(text, "en")).toContain(number);
  });

  test.each([
    ["十二点四十", "0:40"],
    ["下午四点半", "4:30"],
    ["十一点零五", "11:05"],
    ["11月16日", "day16"],
    ["16号", "day16"],
    ["两万三千四", "23400"],
    ["一百七十七块", "177"],
    ["3号窗口", "3号窗口"],
    ["礼拜天", "周7"],
  ])("%s holds %s", (text, number) => {
    expect(plain(text, "zh")).toContain(number);
  });
});

describe("a reply in Traditional characters, with Taiwan's words", () => {
  test.each([
    "您3号、10号的来电我这儿都有，不用从头讲。今早家里什么情况，您说，我听着。",
    "楼上业主周四就同意了，却没人告诉您，这事我跟您道歉。",
    "消息您挑：隔天六点发短信，还是您下班后打电话？",
  ])("%s is heard alike", (text) => {
    const c = casesIn("zh-TW").find((x) => x.id === "leak-for-weeks")!;
    const scene = {
      ...sceneOf("", "resolve"),
      case: { ...c, reference_runs: { very_good: [], fair: [], bad: [] } },
    };
    const traditional = toTraditional(text);
    expect(traditional).not.toBe(text);
    expect(hear(traditional, scene, ears).moves).toEqual(hear(text, scene, ears).moves);
  });
});

test("a trainee may answer in the other language", () => {
  const c = casesIn("zh-CN").find((x) => x.id === "leak-for-weeks")!;
  const scene = {
    ...sceneOf("", "listen"),
    case: { ...c, reference_runs: { very_good: [], fair: [], bad: [] } },
  };
  expect(hear("Please go on, I'm listening: nineteen days with that bucket.", scene, ears).moves).toContain(
    "lets-finish",
  );
});

test.each([
  ["", "silence"],
  ["Hm.", "silence"],
  ["嗯。", "silence"],
  ["???", "silence"],
] as const)("“%s” is %s", (text, move) => {
  expect(hear(text, sceneOf("x", "listen"), ears).moves).toEqual([move]);
});

test("the customer's own sentence is no reply, nor is one's own again", () => {
  const said = ["The pump. Mended on the twelfth, dead on the nineteenth."];
  expect(hear(said[0]!, sceneOf(said[0]!, "listen", { said }), ears).moves).toEqual(["off-topic"]);
  const before = ["Please go on, I'm listening to all of it."];
  expect(hear(before[0]!, sceneOf("x", "listen", { before }), ears).moves).toEqual(["off-topic"]);
});

test.each([
  "sorry sorry I understand thank you?",
  "sorry, thank you, refund, I understand, tomorrow because",
  "either or refund replacement which two options because friday bank",
  "对不起 理解 谢谢 退款 明天 因为",
])("a list of keywords is not speech: %s", (text) => {
  const { moves } = hear(text, sceneOf("bank friday 银行", "resolve"), ears);
  expect(moves.filter((m) => !["empty-empathy", "over-apology", "off-topic"].includes(m))).toEqual([]);
});

describe("an apology that depends on an if", () => {
  const told = "The old plan of 59 yuan was not stopped at the counter.";
  const listen = (text: string) => hear(text, sceneOf(told, "listen"), ears);

  test.each([
    "I'm sorry if you feel that way, but our system shows only one plan.",
    "We apologise if this has caused you any inconvenience.",
    "Sorry if anybody was rude to you.",
  ])("is none, and hurts: %s", (text) => {
    const { moves, apologises } = listen(text);
    expect(apologises).toBe(false);
    expect(moves).not.toContain("specific-apology");
    expect(moves.some((m) => ["empty-empathy", "argues"].includes(m))).toBe(true);
  });

  test("so the one after it is the first", () => {
    expect(listen("I'm sorry that the old plan of 59 yuan was not stopped.")).toMatchObject({
      apologises: true,
    });
  });
});

test.each([
  ["No machine, somebody will hand the 59 yuan to you at the counter.", false],
  ["Somebody will contact you about the plan.", true],
  ["Someone will call about the 59 yuan.", true],
])("vague is who comes some time, not who does a thing: %s", (text, vague) => {
  const { moves } = hear(text, sceneOf("The plan of 59 yuan, at the counter.", "resolve"), ears);
  expect(moves.includes("vague-time")).toBe(vague);
});

test.each([
  "So September and October: that makes 177 yuan too much. Does that match your book?",
  "177 yuan, for September and October. Do the sums agree?",
])("figures put to the customer to be confirmed are said back: %s", (text) => {
  const told = "In September and October 177 yuan too much, all in my book.";
  expect(hear(text, sceneOf(told, "analyze"), ears).moves).toContain("restates");
});
