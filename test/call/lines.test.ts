/** Lines at one moment of a call: blanks by stage, conditions, channels, moods, apologies; nothing empty, nothing twice. */
import { describe, expect, test } from "vitest";
import { talkAt } from "../../src/call/call.ts";
import { fillBlanks, sentence } from "../../src/core/blanks.ts";
import type { CaseRecord } from "../../src/core/field.ts";
import { isApology, lineText, wordChannel } from "../../src/core/line.ts";
import { needHolds } from "../../src/core/needs.ts";
import { chooseAvoid, nextTip, wordings } from "../../src/core/say-choice.ts";
import { type Line, NEEDS, type Need } from "../../src/core/script.ts";
import type { Stage } from "../../src/core/stage.ts";
import type { Talk } from "../../src/core/talk.ts";
import { newCall, newWorld, shippedLibrary, type WorldOptions } from "../support/call-world.ts";

const library = shippedLibrary();

interface Moment extends WorldOptions {
  stage?: Stage;
  record?: CaseRecord & Record<string, unknown>;
  talk?: Partial<Talk>;
}

/** A talk whose record is given, as if all of it had been answered. */
function talkOf({ stage = "listen", record = {}, talk = {}, ...options }: Moment = {}): Talk {
  const world = newWorld({ library, ...options });
  const { caseId, run } = newCall(world, { known: { channel: "phone" } });
  const state = world.store.state(caseId)!;
  state.case.record = { channel: "phone", ...record };
  const found = state.runs.find((r) => r.id === run)!;
  const script = world.store.script(found.script.hash)!;
  const t = world.facts.translate(world.locale);
  const call = {
    ...world,
    caseId,
    runId: run,
    practice: false,
    threatless: false,
    channel: undefined,
    state,
    run: found,
    script,
    t,
  };
  const rest = {
    focus: undefined,
    lastStep: undefined,
    unsaved: [],
    isMoodNew: false,
    askedTip: undefined,
    told: new Map(),
    over: undefined,
  };
  return { ...talkAt({ ...call, ...rest }, { stage }), ...talk };
}

const say = (text: string, moment: Moment = {}, move = "", stage: Stage | "any" = "any") =>
  sentence({ text, move, stage }, talkOf(moment));

describe("filling blanks", () => {
  test.each([
    ["{x} first", "the part", "The part first"],
    ["So: {x}.", "the part", "So: the part."],
    ["Right. {x} is next.", "the part", "Right. The part is next."],
    ['He said: "{x}"', "yes", 'He said: "yes"'],
    ["Really? {x}!", "the part", "Really? The part!"],
    ["{x}，我记下了", "师傅没来", "师傅没来，我记下了"],
    ["no blank", "y", "no blank"],
  ])("%j with %j", (text, word, expected) => {
    expect(fillBlanks(text, () => word)).toBe(expected);
  });

  test("an empty one leaves no sentence", () => {
    expect(fillBlanks("{a} and {b}", (name) => (name === "a" ? "x" : undefined))).toBeUndefined();
    expect(fillBlanks("{a}", () => "")).toBeUndefined();
  });
});

describe("what a blank holds", () => {
  test.each<[string, Moment, string | undefined]>([
    ["{issue}", { record: { product: "broadband" } }, "The problem with your broadband"],
    [
      "{issue}",
      { record: { product: "broadband", summary: "the broadband outage" } },
      "The broadband outage",
    ],
    ["{issue}", { record: { category: "service-attitude" } }, "The way you were treated"],
    ["{issue}", { record: { category: "own-category" } }, undefined],
    ["{issue}", {}, undefined],
    ["{issue}", { locale: "zh-CN", record: { product: "宽带" } }, "宽带问题"],
    ["{fact}", { record: { summary: "the engineer didn't come" } }, "The engineer didn't come"],
    ["{fact}", { stage: "analyze", record: { summary: "the engineer didn't come" } }, undefined],
    [
      "{date}",
      { stage: "listen", record: { incident_at: "2026-11-16", deadline: "2026-11-23" } },
      "Monday 16 November",
    ],
    [
      "{date}",
      { stage: "resolve", record: { incident_at: "2026-11-16", deadline: "2026-11-23" } },
      "Monday 23 November",
    ],
    ["{date}", { stage: "follow-up", record: { incident_at: "2026-11-16" } }, undefined],
    ["{date}", { record: { incident_at: "2025-12-24" } }, "24 December 2025"],
    ["{date}", { locale: "zh-TW", record: { incident_at: "2026-11-16" } }, "11月16日"],
    ["by {deadline}", { record: { deadline: "2026-11-23T02:00:00Z" } }, "by 10:00 on Monday 23 November"],
    ["by {deadline}", { record: { deadline: "2026-11-23" } }, "by Monday 23 November"],
    ["by {deadline}", { record: { deadline: "2026-11-10T02:00:00Z" } }, undefined],
    ["on {date}", { stage: "resolve", record: { deadline: "2026-11-10" } }, undefined],
    ["{amount}", { record: { demand: "500 yuan" } }, "500 yuan"],
    [
      "{amount}",
      { stage: "follow-up", record: { demand: "500 yuan", amount: 80, currency: "CNY" } },
      "80 yuan",
    ],
    ["{amount} goes to {lead}", { record: { demand: "100 yuan" } }, undefined],
    ["{amount} goes to {lead}", { record: { demand: "500 yuan" } }, "500 yuan goes to my team lead"],
    ["{limit}", {}, "200 yuan"],
    ["{limit}", { facts: { currency: "SEK" } }, undefined],
    // Two ways of mending are no choice.
    [
      "{option_a}, {option_b}",
      { record: { category: "telecom-network" } },
      "A repair visit, a service credit",
    ],
    // Nobody is offered a repair for a cut hand, a cut cable in the street, a bill or a word.
    ["{option_a}", { record: { category: "product-quality", flags: ["safety"] } }, undefined],
    ["{option_a}", { record: { category: "telecom-network", cause: "municipal" } }, undefined],
    ["{option_a}", { record: { category: "price" } }, undefined],
    ["{option_a}", { record: { category: "service-quality" } }, undefined],
    ["I'm {agent}.", {}, "I'm Lin."],
    ["I'm {agent}.", { facts: { agent: "root", agentName: undefined } }, undefined],
    ["{option_a}", { record: { category: "service-attitude" } }, undefined],
    [
      "{option_a}",
      { record: { options: [{ remedy: "refund", amount: 80, currency: "CNY", accepted: true }] } },
      "A refund of 80 yuan",
    ],
    [
      "{option_a}",
      { record: { options: [{ remedy: "refund", amount: 900, accepted: true, approval: "pending" }] } },
      undefined,
    ],
    [
      "{option_a}",
      { record: { options: [{ remedy: "refund", amount: 900, accepted: true, approval: "denied" }] } },
      undefined,
    ],
    ["{option_a}", { record: { options: [{ remedy: "replace", accepted: false }] } }, undefined],
    ["{dept}", { record: { department: "technical team" } }, "Our technical team"],
    ["{dept}", { record: { department: "Li Na" } }, "Li Na"],
    ["{lead}", { facts: { lead: "Ms Chen" } }, "Ms Chen"],
    ["{lead}", { locale: "zh-CN" }, "我们主管"],
    ["{org}", { facts: { org: undefined } }, undefined],
    ["{title}", { record: { customer_name: "Ms Wang" } }, "Ms Wang"],
    ["call {police}", {}, "call the local emergency number"],
    ["call {police}", { facts: { emergency: { police: "110" } } }, "call 110"],
    ["{crisis_line}", { locale: "zh-TW" }, "當地的緊急電話"],
    ["{nonsense}", {}, undefined],
  ])("%s with %j is %j", (text, moment, expected) => {
    expect(say(text, moment)).toBe(expected);
  });

  test("the option that is in dispute is one the customer did not take", () => {
    const record = {
      options: [
        { remedy: "replace", accepted: false },
        { remedy: "repair", accepted: true },
      ],
    };
    expect(say("{option_a}", { record }, "find-dispute-point")).toBe("A replacement");
    expect(say("{option_a}", { record }, "confirm-agreement")).toBe("A repair");
  });

  test("what makes a thing work again is named as such, and money is no alternative to money", () => {
    const record = {
      options: [
        { remedy: "refund", amount: 80, currency: "CNY", accepted: true },
        { remedy: "repair", accepted: true },
      ],
    };
    expect(say("{option_a}", { record }, "durable-fix")).toBe("A repair");
    expect(say("{option_a}", { record }, "alternative")).toBe("A repair");
    expect(say("{option_a}", { record }, "two-options")).toBe("A refund of 80 yuan");
  });

  test("what was found is taken as it was asked for, unless a capital would stand in the middle", () => {
    const found = (text: string, locale = "en") => {
      const talk = talkOf({ stage: "follow-up", locale });
      talk.run.answers.set("follow-up.fact" as never, text);
      return sentence({ text: "{fact}", move: "", stage: "follow-up" }, talk);
    };
    expect(found("we replaced the cable")).toBe("We replaced the cable");
    expect(found("Engineers replaced the cable")).toBeUndefined();
    expect(found("线路周二已经修好", "zh-CN")).toBe("线路周二已经修好");
  });

  test("a reason for a no is the judgement's, for a delay the deadline's", () => {
    const record = {
      reasonable_why: "the rule covers 30 days only",
      deadline_reason: "the part is out of stock",
    };
    expect(say("{reason}", { stage: "resolve", record }, "honest-limit", "resolve")).toBe(
      "The rule covers 30 days only",
    );
    const judged = { ...record, reasonable_why: "his demand goes too far" };
    expect(say("{reason}", { stage: "resolve", record: judged }, "honest-limit", "resolve")).toBeUndefined();
    expect(say("{reason}", { stage: "resolve", record }, "time-and-reason", "resolve")).toBe(
      "The part is out of stock",
    );
  });

  test("waiting since today is no waiting", () => {
    expect(say("since {date}", { record: { incident_at: "2026-11-19" } }, "apology-wait")).toBeUndefined();
    expect(say("since {date}", { record: { incident_at: "2026-11-02" } }, "apology-wait")).toBe(
      "since Monday 2 November",
    );
  });
});

describe("conditions", () => {
  const holds = (needs: Need, moment: Moment = {}, line: Partial<Line> = {}) =>
    needHolds(
      { id: "x", text: "x", stage: "listen", move: "x", mood: [1, 5], psych: [], ch: [], needs, ...line },
      talkOf(moment),
    );

  test("nothing holds for an empty case but the policy's notice and that it is still open", () => {
    const held = NEEDS.filter((need) => holds(need));
    expect(held).toEqual(["recording-policy", "still-open"]);
  });

  test.each<[Need, Moment, Partial<Line>]>([
    ["identity-verified", { record: { identity_verified: true } }, {}],
    ["confirmed-fault", { record: { cause: "forgot-task", cause_side: "subjective" } }, { text: "{fact}" }],
    ["fact-in-record", { record: { impact: "the children cannot sleep" } }, { move: "apology-family" }],
    ["approved-terms", { record: { agreed: "yes", options: [{ remedy: "repair", accepted: true }] } }, {}],
    ["customer-consent", { stage: "resolve", record: { agreed: "yes" } }, {}],
    ["result-ready", { record: { outcome: "resolved_later" } }, {}],
    ["partly-done", { record: { outcome: "partly" } }, {}],
    ["known-fault", { talk: { sameCauseToday: () => 2 } }, {}],
    ["verified-law-card", { record: { reasonable: "yes" }, talk: { hasVerifiedLaw: () => true } }, {}],
  ])("%s holds with %j", (need, moment, line) => {
    expect(holds(need, moment, line)).toBe(true);
  });

  test.each<[Need, Moment, Partial<Line>]>([
    [
      "approved-terms",
      { record: { agreed: "yes", options: [{ remedy: "refund", accepted: true, approval: "pending" }] } },
      {},
    ],
    ["confirmed-fault", { record: { cause: "forgot-task", cause_side: "objective" } }, { text: "{fact}" }],
    [
      "confirmed-fault",
      { record: { cause: "forgot-task", cause_side: "subjective", needs_consult: true } },
      { text: "{fact}" },
    ],
    ["confirmed-fault", { record: { cause: "municipal", cause_side: "subjective" } }, { text: "{fact}" }],
    ["fact-in-record", { record: { words: "my family is angry" } }, { move: "apology-family" }],
    ["still-open", {}, { move: "decision-news" }],
    ["still-open", { record: { outcome: "not_upheld" } }, {}],
    ["partly-done", { record: { outcome: "partly" } }, { text: "{lead}" }],
    ["known-fault", { talk: { sameCauseToday: () => 1 } }, {}],
    ["true-statement", { record: { outcome: "resolved_later" } }, {}],
  ])("%s does not hold with %j", (need, moment, line) => {
    expect(holds(need, moment, line)).toBe(false);
  });

  test("an earlier case counts once identity is verified, and for the same matter", () => {
    const talk = talkOf();
    const other = { ...talk.state.case, id: "other", record: { category: "price" } };
    const earlier = { talk: { earlier: [other] } };
    expect(holds("earlier-case", earlier)).toBe(false);
    expect(holds("earlier-case", { ...earlier, record: { identity_verified: true } })).toBe(true);
    expect(
      holds("earlier-case", { ...earlier, record: { identity_verified: true, category: "equipment" } }),
    ).toBe(false);
    const same = { text: "{issue} again" };
    expect(holds("earlier-case", { ...earlier, record: { identity_verified: true } }, same)).toBe(false);
    expect(
      holds("earlier-case", { ...earlier, record: { identity_verified: true, category: "price" } }, same),
    ).toBe(true);
  });
});

describe("choosing", () => {
  const good = library.script("good-faith", "en")!;
  const step = good.steps.find((s) => s.key === "apologize.apology")!;

  test.each([
    [undefined, "phone"],
    ["phone", "phone"],
    ["visit", "counter"],
    ["letter", "email"],
    ["web-app", "email"],
    ["email", "email"],
    ["chat", "chat"],
    ["social", "social"],
    ["other", undefined],
    ["fax", undefined],
  ])("channel %s takes the words of %s", (channel, words) => {
    expect(wordChannel(channel)).toBe(words);
  });

  test("in practice letters are answered by a call, posts by message", () => {
    expect(wordChannel("letter", true)).toBe("phone");
    expect(wordChannel("web-app", true)).toBe("phone");
    expect(wordChannel("other", true)).toBe("phone");
    expect(wordChannel("social", true)).toBe("chat");
    expect(wordChannel("chat", true)).toBe("chat");
  });

  test("every line fits mood, psychology and channel, whatever the moment", () => {
    for (const psychology of [undefined, "respect", "hostile"])
      for (const mood of [1, 2, 3, 4, 5] as const)
        for (const channel of ["phone", "email", undefined] as const) {
          const talk = talkOf({ record: psychology ? { psychology } : {}, talk: { mood, channel } });
          for (const s of good.steps)
            for (const { key } of wordings(s.say, talk)) {
              const line = good.lines[key]!;
              expect(line.mood[0] <= mood && mood <= line.mood[1]).toBe(true);
              expect(line.psych.length === 0 || line.psych.some((p) => p === psychology)).toBe(true);
              expect(line.ch.length === 0 || line.ch.some((c) => c === channel)).toBe(true);
            }
        }
  });

  test("words for this person come first within a move", () => {
    const talk = talkOf({ stage: "apologize", record: { psychology: "respect", product: "broadband" } });
    const [first] = wordings(step.say, talk);
    expect(good.lines[first!.key]!.psych).toContain("respect");
  });

  test("a line that was shown does not come again, in any wording of its text", () => {
    const talk = talkOf({ stage: "apologize" });
    const [first, second] = wordings(step.say, talk);
    const shown = [
      { key: first!.key, kind: "say" as const, step: step.key, text: first!.text, at: "", locale: "en" },
    ];
    expect(wordings(step.say, { ...talk, run: { ...talk.run, shown } })[0]).toEqual(second);
  });

  test("after two apologies no line apologises", () => {
    const talk = talkOf({ stage: "apologize", record: { product: "broadband", loss: "two days" } });
    const lines = step.say.flatMap((id) => good.lines[id] ?? []);
    const before = lines.filter((line) => lineText(line, talk, 1) !== undefined);
    expect(before.length).toBeGreaterThan(5);
    for (const line of lines) {
      const text = lineText(line, talk, 2);
      if (text !== undefined) expect(isApology(line, text, talk.t)).toBe(false);
    }
  });

  test.each([
    ["en", "I'm sorry about that.", true],
    ["en", "We apologise for it.", true],
    ["en", "What happened?", false],
    ["zh-CN", "这事对不住您", true],
    ["zh-CN", "您慢慢说", false],
    ["zh-TW", "很抱歉讓您久等", true],
  ])("%s: %s", (locale, text, expected) => {
    expect(isApology({ stage: "any" }, text, talkOf({ locale }).t)).toBe(expected);
  });

  test("cases take turns among equal lines, and one case always has the same", () => {
    const equal = (caseId: string) => {
      const talk = talkOf();
      const state = { ...talk.state, case: { ...talk.state.case, id: caseId } };
      return wordings(good.steps.find((s) => s.key === "listen.recording_notice")!.say, {
        ...talk,
        state,
      })[0]!.key;
    };
    expect(equal("…0000")).toBe(equal("…0000"));
    expect(equal("…0000")).not.toBe(equal("…0001"));
  });

  test("the substitute of what to avoid is filled or not shown", () => {
    const talk = talkOf({ facts: { agent: "" } });
    for (const s of good.steps) {
      const avoid = chooseAvoid(s, talk);
      if (avoid) expect(`${avoid.say}${avoid.better}`).not.toMatch(/[{}]/);
    }
  });

  test("the step's own tip comes first, then others for the mood", () => {
    const talk = talkOf({ talk: { mood: 4 } });
    const s = good.steps.find((one) => one.key === "listen.words")!;
    const tip = nextTip(s, talk)!;
    expect(s.tip).toContain(tip.key);
    expect(nextTip({ tip: [] }, talk)).toBeDefined();
  });
});
