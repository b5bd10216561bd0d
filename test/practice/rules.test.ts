/** The stated rules of the customer (data/cases/README.md), one by one. */
import { describe, expect, test } from "vitest";
import type { Level, Move, PracticeCase } from "../../src/core/practice-case.ts";
import type { Stage } from "../../src/core/stage.ts";
import { endingOf, react, startMood, startTalk, type TalkState } from "../../src/practice/react.ts";
import { scoreOf } from "../../src/practice/score.ts";
import { casesIn, ears } from "../support/practice-world.ts";

const base = casesIn("en").find((c) => c.id === "leak-for-weeks")!;

/** A case in which a line does exactly the moves it is made of: "moves a b" → [a, b]. */
function caseOf(lines: Record<string, Move[]>, more: Partial<PracticeCase> = {}): PracticeCase {
  const bad = Object.entries(lines).map(([says, moves]) => ({ stage: "listen" as const, says, moves }));
  return { ...base, moves: [], ...more, reference_runs: { very_good: [], fair: [], bad } };
}

const LINES: Record<string, Move[]> = {
  "one calming line": ["names-fact"],
  "two calming lines": ["names-fact", "names-feeling"],
  "three calming lines": ["names-fact", "names-feeling", "lets-finish"],
  "a line that hurts a little": ["argues"],
  "a line that hurts much": ["blames"],
  "a line that hurts twice": ["argues", "jargon", "vague-time"],
  "a calming line that hurts": ["names-fact", "argues"],
  "an apology for one thing": ["specific-apology"],
  "another apology for one thing": ["specific-apology"],
  "yet another apology for one thing": ["specific-apology"],
  "two offers": ["offers-two-options"],
  "a day and why": ["gives-time-and-reason"],
  "nothing in particular": ["thanks"],
};
const c = caseOf(LINES);

function start(level: Level = 2, mood?: number): TalkState {
  const state = startTalk(c, level, "opening");
  return mood === undefined ? state : { ...state, mood };
}

/** A customer of whose case two things have been named. */
const heard = (level: Level, mood: number): TalkState => ({
  ...start(level, mood),
  named: ["bucket", "plumber"],
});

const say = (state: TalkState, text: string, stage: Stage = "listen", level: Level = 2, of = c) =>
  react(of, level, state, { stage, text, lastOfStage: false, last: false, choices: [] }, ears);

describe("a turn", () => {
  test.each([
    ["one calming line", -1],
    ["two calming lines", -2],
    ["three calming lines", -2],
    ["a line that hurts a little", 1],
    ["a line that hurts twice", 2],
    ["a calming line that hurts", 0],
    ["", 1],
    ["…", 1],
  ])("“%s” does %i", (text, sum) => {
    expect(say(start(), text).reaction.sum).toBe(sum);
  });

  test("the same calming move counts once per stage", () => {
    const first = say(start(), "one calming line");
    const again = say({ ...first.state, replies: [] }, "one calming line");
    expect(again.reaction.sum).toBe(0);
    expect(say({ ...first.state, replies: [] }, "one calming line", "analyze").reaction.sum).toBe(-1);
  });

  test("what was said already is no reply", () => {
    const first = say(start(), "one calming line");
    expect(say(first.state, "one calming line", "analyze").reaction.moves.map((m) => m.move)).toEqual([
      "off-topic",
    ]);
  });

  test("a case may weigh a move in its own way", () => {
    const own = { ...c, moves: [{ when: "names-fact" as Move, change: -2, reply: ["a", "b"], note: "" }] };
    expect(say(start(), "one calming line", "listen", 2, own).reaction.sum).toBe(-2);
  });
});

describe("the mood", () => {
  test.each([
    [1, 2],
    [2, 3],
    [3, 4],
  ] as const)("level %i: two points of calming bring 4 to %i", (level, after) => {
    expect(say(start(level, 4), "two calming lines", "listen", level).state.mood).toBe(after);
  });

  test("points below a step are kept, and a rise empties them", () => {
    const kept = say(start(2, 4), "one calming line").state;
    expect([kept.mood, kept.account]).toEqual([4, 1]);
    expect(say(kept, "an apology for one thing").state.mood).toBe(3);
    const risen = say(kept, "a line that hurts a little").state;
    expect([risen.mood, risen.account]).toEqual([5, 0]);
  });

  test("not below 2 before something is going to be done", () => {
    expect(say(start(1, 2), "two calming lines").state.mood).toBe(2);
    expect(say(start(1, 2), "two calming lines", "resolve", 1).state.mood).toBe(1);
  });

  test("it stays within 1 and 5", () => {
    expect(say(start(2, 5), "a line that hurts much").state.mood).toBe(5);
    expect(say(start(1, 1), "two calming lines", "resolve", 1).state.mood).toBe(1);
  });

  test.each([
    [1, 3],
    [2, 4],
    [3, 5],
  ] as const)("level %i begins at %i", (level, mood) => {
    expect(startMood(c, level)).toBe(mood);
  });

  test("level 1 forgives a rise by one, once", () => {
    const forgiven = say(start(1, 3), "a line that hurts a little", "listen", 1).state;
    expect(forgiven.mood).toBe(3);
    expect(say({ ...forgiven, replies: [] }, "a line that hurts a little", "listen", 1).state.mood).toBe(4);
  });

  test("level 3 resents: after a rise the next calming turn counts half", () => {
    const risen = say(start(3, 3), "a line that hurts a little", "listen", 3).state;
    const calmed = say(risen, "two calming lines", "listen", 3).state;
    expect([calmed.mood, calmed.account]).toEqual([4, 1]);
  });
});

describe("apologies", () => {
  test("the second does nothing, the third hurts", () => {
    const one = say(start(), "an apology for one thing");
    const two = say({ ...one.state, replies: [] }, "another apology for one thing", "apologize");
    const three = say({ ...two.state, replies: [] }, "yet another apology for one thing", "analyze");
    expect([one, two, three].map((r) => r.reaction.moves[0]!.move)).toEqual([
      "specific-apology",
      "second-apology",
      "over-apology",
    ]);
    expect([one, two, three].map((r) => r.reaction.sum)).toEqual([-1, 0, 1]);
  });

  test("the stage for it passed over without one hurts", () => {
    const turn = {
      stage: "apologize" as const,
      text: "nothing in particular",
      lastOfStage: true,
      last: false,
      choices: [],
    };
    const passed = react(c, 2, start(), turn, ears).reaction;
    expect(passed.moves.map((m) => m.move)).toEqual(["thanks", "no-apology"]);
    const apologised = say(start(), "an apology for one thing").state;
    expect(react(c, 2, apologised, turn, ears).reaction.sum).toBe(0);
  });
});

describe("the end", () => {
  test.each([
    [1, 5],
    [2, 4],
    [3, 3],
  ] as const)("level %i: after %i turns without calming the customer leaves", (level, patience) => {
    let state = start(level, 3);
    for (let i = 1; i <= patience; i++) {
      expect(state.left).toBe(false);
      state = say(state, "", "listen", level).state;
    }
    expect(state.left).toBe(true);
    expect(endingOf(state)).toBe("bad");
  });

  test("level 1 takes a fitting offer, level 2 wants a time with it, level 3 asks first", () => {
    const agreed = (level: Level, lines: string[]) => {
      let state = heard(level, 2);
      for (const line of lines) state = say({ ...state, replies: [] }, line, "resolve", level).state;
      return state.agreed;
    };
    expect(agreed(1, ["two offers"])).toBe(true);
    expect(agreed(2, ["two offers"])).toBe(false);
    expect(agreed(2, ["two offers", "a day and why"])).toBe(true);
    expect(agreed(3, ["two offers", "a day and why"])).toBe(false);
    expect(agreed(3, ["two offers", "a day and why", "an apology for one thing"])).toBe(true);
  });

  test("who has not been heard agrees to nothing, and the score stays low whatever else was done", () => {
    const end = (named: string[]) => {
      const { state, reaction } = say({ ...start(1, 2), named }, "two offers", "resolve", 1);
      return { agreed: state.agreed, ...scoreOf(state, [reaction], 1) };
    };
    expect(end([])).toMatchObject({ agreed: false, duties: { heard: 0 } });
    expect(end(["bucket"]).agreed).toBe(false);
    expect(end(["bucket", "plumber"]).agreed).toBe(true);
    const most = [0, 1, 2, 3].map((n) => end(["bucket", "plumber", "stain", "board"].slice(0, n)).treatment);
    expect(most).toEqual([30, 38, 60, 80]);
  });

  test("level 3 asks twice while there are turns left, in the last one only if he has not asked yet", () => {
    const offered = say(heard(3, 2), "two offers", "resolve", 3);
    expect(offered.reaction.asksOnce).toBe(true);
    expect(say(offered.state, "a day and why", "resolve", 3).reaction.asksOnce).toBe(true);
    const turn = {
      stage: "follow-up" as const,
      text: "a day and why",
      lastOfStage: true,
      last: true,
      choices: [],
    };
    expect(react(c, 3, offered.state, turn, ears)).toMatchObject({
      state: { agreed: true },
      reaction: { asksOnce: false },
    });
    const never = react(c, 3, { ...heard(3, 2), offered: true }, turn, ears);
    expect(never).toMatchObject({ state: { agreed: false }, reaction: { asksOnce: true } });
  });

  test.each([
    [1, true, "good"],
    [2, true, "good"],
    [2, false, "fair"],
    [3, true, "fair"],
    [4, true, "bad"],
    [5, true, "bad"],
  ] as const)("mood %i, agreed %s: %s", (mood, agreed, ending) => {
    expect(endingOf({ ...start(), mood, agreed })).toBe(ending);
  });
});

describe("the story", () => {
  test("one piece a turn, two at level 1, none to a line that hurts", () => {
    expect(say(start(), "one calming line").reaction.pieces).toEqual([0]);
    expect(say(start(1), "one calming line", "listen", 1).reaction.pieces).toEqual([0, 1]);
    expect(say(start(), "a line that hurts much").reaction.pieces).toEqual([]);
  });

  test("level 3 keeps the last two pieces for who asks", () => {
    const almost = { ...start(3), told: c.story.slice(0, -2).map((_, i) => i) };
    expect(say(almost, "one calming line", "listen", 3).reaction.pieces).toEqual([]);
    const asked = caseOf({ "a question": ["open-question"] });
    expect(say(almost, "a question", "listen", 3, asked).reaction.pieces).toEqual([c.story.length - 2]);
  });

  test("once the way out is spoken of nothing more is told unasked", () => {
    const asked = caseOf({ ...LINES, "a question": ["closed-question-in-place"] });
    const piecesAt = (stage: Stage, line: string) => say(start(), line, stage, 2, asked).reaction.pieces;
    expect(piecesAt("analyze", "two offers")).toEqual([0]);
    for (const stage of ["resolve", "follow-up"] as const) {
      expect(piecesAt(stage, "two offers")).toEqual([]);
      expect(piecesAt(stage, "a question")).toEqual([0]);
    }
  });
});
