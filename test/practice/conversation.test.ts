/** A whole rehearsal through the dialogue of a live call and a store on disk: turns, record, rewind, leaving, coming back. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { Doors } from "../../src/call/call.ts";
import { startCase } from "../../src/call/start.ts";
import type { Translate } from "../../src/core/library-port.ts";
import type { Level, PracticeCase } from "../../src/core/practice-case.ts";
import type { Conversation, Outcome, Question } from "../../src/core/question.ts";
import { openPracticeConversation } from "../../src/practice/conversation.ts";
import { practiceRuns } from "../../src/practice/history.ts";
import type { Scorecard } from "../../src/practice/scorecard.ts";
import { openPractice } from "../../src/store/practice-store.ts";
import { newWorld } from "../support/call-world.ts";
import { casesIn, ears } from "../support/practice-world.ts";
import { messagesOf } from "../support/words.ts";

const say = messagesOf("practice", "en");
const t: Translate = (key, params) => (key.startsWith("practice.") ? say(key, params) : key);
const caseOf = (id: string) => casesIn("en").find((c) => c.id === id)!;
const homes: string[] = [];
afterEach(() => {
  for (const home of homes.splice(0)) rmSync(home, { recursive: true });
});

interface Rehearsal {
  doors: Doors;
  conversation: Conversation;
  again: () => ReturnType<typeof openPracticeConversation>;
  home: string;
}

const REAL_NOW = () => new Date("2026-12-01T08:00:00Z");

function rehearse(c: PracticeCase, { level = 2 as Level, seed = 1, realNow = REAL_NOW } = {}): Rehearsal {
  const home = mkdtempSync(join(tmpdir(), "practice-"));
  homes.push(home);
  const world = newWorld();
  const now = () => new Date(String(c.expected_record.received_at));
  const store = openPractice(home, { now, random: world.facts.random, agent: "lin" });
  const doors: Doors = { ...world, store, facts: { ...world.facts, now } };
  const script = doors.library.script(c.script, "en")!;
  const { caseId, run } = startCase(doors, { script, known: { channel: c.channel }, practice: true });
  store.append(caseId, [{ type: "practised", data: { case: c.id, level, seed } }]);
  const plan = { case: c, level, seed, andIfNot: ["And if that doesn't work?"] };
  const start = { ...doors, caseId, run, plan, ears, t, realNow };
  return {
    doors,
    home,
    conversation: openPracticeConversation(start),
    again: () => openPracticeConversation({ ...start, resumed: true }),
  };
}

/** What a script's own question gets. */
function plain(q: Question): unknown {
  if (q.kind === "say") return "said";
  if (q.optional) return null;
  if (q.kind === "text") return "as told";
  if (q.kind === "choose") return q.choices![0]!.id;
  if (q.kind === "yes-no") return true;
  if (q.kind === "number") return 1;
  return [];
}

type Done = Outcome & { type: "done" };

/** Holds the conversation to its end; `turn` answers the customer. */
function hold(conversation: Conversation, turn: (q: Question) => string): { done: Done; asked: Question[] } {
  const asked: Question[] = [];
  for (let i = 0; i < 200; i++) {
    const q = conversation.current();
    if (!q) throw new Error("no question and no end");
    asked.push(q);
    const value = q.kind === "reply" ? turn(q) : plain(q);
    const outcome = conversation.reply({ kind: "value", value });
    if (outcome.type === "done") return { done: outcome, asked };
    if (outcome.type !== "accepted") throw new Error(JSON.stringify(outcome));
  }
  throw new Error("it does not end");
}

const cardOf = (done: Done) => done.extra!.scorecard as Scorecard & { last_words: string };
const leak = caseOf("leak-for-weeks");
const goodLines = (c: PracticeCase) => {
  const left = [...c.reference_runs!.very_good];
  return (q: Question) =>
    left.splice(
      left.findIndex((l) => l.stage === q.stage),
      1,
    )[0]!.says;
};

describe("a rehearsal", () => {
  test("the customer's turns stand between the script's own questions, stage by stage", () => {
    const { conversation } = rehearse(leak);
    const { done, asked } = hold(conversation, goodLines(leak));
    const turns = asked.filter((q) => q.kind === "reply");
    expect(turns.map((q) => q.stage)).toEqual(leak.reference_runs!.very_good.map((l) => l.stage));
    expect(turns.map((q) => q.turn)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(asked.filter((q) => q.kind !== "reply").length).toBeGreaterThan(10);
    expect(done.case.record.words).toBe("as told");
    expect(cardOf(done).ending).toBe("good");
    expect(cardOf(done).last_words).toBe(leak.good_ending);
  });

  test("the mood of the record is the customer's", () => {
    const { done } = hold(rehearse(leak).conversation, goodLines(leak));
    expect(done.case.record.mood_start).toBe(leak.start_mood);
    expect(done.case.record.mood_end).toBe(cardOf(done).moods.at(-1)!.mood);
    expect(done.case.moods.length).toBeGreaterThan(2);
  });

  test("the clock stands at the case's own time", () => {
    const { done } = hold(rehearse(leak).conversation, goodLines(leak));
    expect(done.case.opened_at).toBe(new Date(String(leak.expected_record.received_at)).toISOString());
  });

  test("a customer who is not helped leaves, and the rest is not asked", () => {
    const { done, asked } = hold(rehearse(leak).conversation, () => "");
    expect(asked.filter((q) => q.kind === "reply").length).toBe(4);
    expect(asked.at(-1)!.kind).toBe("reply");
    expect(done.case.record.ended).toBe("cut_off");
    expect(cardOf(done)).toMatchObject({ ending: "bad", last_words: leak.bad_ending });
    expect(cardOf(done).score).toBeLessThan(10);
  });

  test("the same seed and the same replies give the same run", () => {
    const run = (seed: number) => {
      const { done, asked } = hold(rehearse(leak, { seed }).conversation, goodLines(leak));
      return { card: cardOf(done), says: asked.map((q) => q.says), choices: asked.map((q) => q.choices) };
    };
    expect(run(7)).toEqual(run(7));
    expect(run(7).choices).not.toEqual(run(8).choices);
  });

  test("lines of differing quality are offered, and picking one is saying it", () => {
    const { conversation } = rehearse(leak);
    const choices = conversation.current()!.choices!;
    expect(choices.length).toBe(3);
    const good = choices.find((c) => c.label === leak.reference_runs!.very_good[0]!.says)!;
    conversation.reply({ kind: "value", value: good.id });
    expect(conversation.current()!.mood).toBe(3);
  });

  test("a value that is no text is refused, and nothing is lost", () => {
    const { conversation } = rehearse(leak);
    expect(conversation.reply({ kind: "value", value: 3 })).toMatchObject({
      type: "error",
      code: "not_text",
    });
    expect(conversation.current()!.turn).toBe(1);
  });
});

describe("between the turns", () => {
  /** Goes on until the script asks something. */
  function untilAsked(conversation: Conversation, lines: (q: Question) => string): Question {
    for (let q = conversation.current()!; ; q = conversation.current()!) {
      if (q.kind !== "reply") return q;
      conversation.reply({ kind: "value", value: lines(q) });
    }
  }

  test("the customer answers the last reply of a stage before the script asks anything, and once", () => {
    const { conversation } = rehearse(leak);
    const asked = untilAsked(conversation, goodLines(leak));
    expect(asked.says).toContain(leak.story[1]!.says);
    expect(asked.mood).toBe(2);
    expect(asked.alerts[0]).toMatch(/^Mood/);
    conversation.reply({ kind: "value", value: plain(asked) });
    const next = conversation.current()!;
    expect(next.says ?? "").not.toContain(leak.story[1]!.says);
    expect(next.alerts.filter((line) => line.startsWith("Mood"))).toEqual([]);
  });

  test("a stage's opening line was said in the turn: no greeting, no apology is asked for afterwards", () => {
    const { conversation, doors } = rehearse(leak);
    const { asked, done } = hold(conversation, goodLines(leak));
    const steps = asked.map((q) => q.step);
    expect(steps).not.toContain("listen.greeting");
    expect(steps).not.toContain("apologize.apology");
    const said = doors.store
      .events(done.case.id)
      .flatMap((e) => (e.type === "answered" && e.data.step === "listen.greeting" ? [e.data.value] : []));
    expect(said).toEqual(["reworded"]);
  });

  test("a question of the script draws the piece of the story that answers it; nothing is told twice", () => {
    const { asked } = hold(rehearse(leak).conversation, goodLines(leak));
    const told = leak.story.map(
      ({ says }) => asked.filter((q) => q.kind !== "reply" && q.says?.includes(says)).length,
    );
    expect(Math.max(...told)).toBe(1);
    for (const field of ["tried", "impact"] as const) {
      const piece = leak.story.find((p) => field in p.reveals);
      if (!piece) continue;
      const at = asked.findIndex((q) => q.says?.includes(piece.says));
      expect(at).toBeLessThanOrEqual(asked.findIndex((q) => q.records === field));
    }
  });

  test("progress only rises", () => {
    const { asked } = hold(rehearse(leak).conversation, goodLines(leak));
    const done = asked.map((q) => q.progress.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(new Set(done).size).toBe(done.length);
  });

  test("left anywhere, it goes on with the same question and the same words", () => {
    const { conversation, again } = rehearse(leak);
    const lines = goodLines(leak);
    for (let i = 0; i < 60; i++) {
      const q = conversation.current();
      if (!q) break;
      const resumed = again().current()!;
      expect({ ...resumed, elapsed: 0, say: "" }).toEqual({ ...q, elapsed: 0, say: "" });
      const value = q.kind === "reply" ? lines(q) : plain(q);
      if (conversation.reply({ kind: "value", value }).type === "done") break;
    }
  });

  test("the minutes of the strip are real ones, though the clock of the case stands still", () => {
    let now = +new Date("2026-12-01T08:00:00Z");
    const { conversation } = rehearse(leak, { realNow: () => new Date(now) });
    now += 150_000;
    expect(conversation.elapsed()).toBe(150);
    expect(conversation.current()!.elapsed).toBe(0);
  });
});

describe("rewind", () => {
  test("another line can be tried; the first one is kept for the score", () => {
    const { conversation } = rehearse(leak);
    const lines = goodLines(leak);
    conversation.reply({ kind: "value", value: "Madam, please calm down first." });
    expect(conversation.current()!.mood).toBe(5);
    const outcome = conversation.reply({ kind: "side", action: { side: "rewind", turns: 1 } });
    expect(outcome).toMatchObject({ type: "side", side: "rewind", data: { turn: 1, mood: 4 } });
    const { done } = hold(conversation, lines);
    const card = cardOf(done);
    expect(card.tries).toEqual([{ turn: 1, stage: "listen", line: "Madam, please calm down first." }]);
    expect(card.turns[0]!.line).toBe(leak.reference_runs!.very_good[0]!.says);
    expect(card.score).toBeGreaterThan(85);
  });

  test("to any turn, also from a later stage, and no further than the first", () => {
    const { conversation } = rehearse(leak);
    const lines = goodLines(leak);
    let q = conversation.current()!;
    while (q.stage !== "resolve") {
      conversation.reply({ kind: "value", value: q.kind === "reply" ? lines(q) : plain(q) });
      q = conversation.current()!;
    }
    for (const turns of [99, 0, -1, 1.5, "x", true, null])
      expect(
        conversation.reply({ kind: "side", action: { side: "rewind", turns: turns as number } }),
      ).toMatchObject({
        type: "error",
        code: "out_of_range",
      });
    expect(conversation.reply({ kind: "side", action: { side: "rewind", turns: 4 } })).toMatchObject({
      data: { turn: 1 },
    });
    expect(conversation.current()).toMatchObject({ kind: "reply", turn: 1, mood: 4 });
    expect(conversation.reply({ kind: "side", action: { side: "rewind", turns: 1 } })).toMatchObject({
      message: say("practice.rewind_none"),
    });
    expect(conversation.reply({ kind: "side", action: { side: "rewind", turns: 0 } })).toMatchObject({
      type: "error",
      code: "out_of_range",
    });
  });
});

describe("what is on disk", () => {
  test("a rehearsal that was left goes on at the same turn with the same mood", () => {
    const { conversation, again } = rehearse(leak);
    const lines = goodLines(leak);
    conversation.reply({ kind: "value", value: lines(conversation.current()!) });
    conversation.reply({ kind: "value", value: lines(conversation.current()!) });
    const before = conversation.current()!;
    const after = again().current()!;
    expect({ ...after, elapsed: 0 }).toEqual({ ...before, elapsed: 0 });
  });

  test("who comes back reads what was said", () => {
    const { conversation, again } = rehearse(leak);
    const lines = goodLines(leak);
    const first = conversation.current()!;
    const own = lines(first);
    conversation.reply({ kind: "value", value: own });
    expect(again().said()).toEqual([`Customer: ${first.says}`, `You: ${own}`]);
  });

  test("half-typed words are kept", () => {
    const { conversation, again } = rehearse(leak);
    conversation.keepTyped("I have your two ca");
    expect(again().current()!.typed).toBe("I have your two ca");
  });

  test("the result is in the practice store, at the real time, and can be read again", () => {
    const { conversation, doors } = rehearse(leak, { seed: 3 });
    const { done } = hold(conversation, goodLines(leak));
    const [run] = practiceRuns(doors.store);
    expect(run).toMatchObject({ case: leak.id, level: 2, seed: 3, at: "2026-12-01T08:00:00.000Z" });
    expect(run!.result!.score).toBe(cardOf(done).score);
    expect(run!.unfinished).toBeUndefined();
  });
});

describe("levels", () => {
  test("level 3 asks what happens if it does not work, and gives a turn to answer", () => {
    const c = caseOf("opened-return");
    const left = [...c.reference_runs!.very_good];
    const { asked, done } = hold(rehearse(c, { level: 3 }).conversation, (q) => {
      const at = left.findIndex((l) => l.stage === q.stage);
      return at < 0
        ? "Then I take it to Ms Mo myself and write to you on the 28th, because accounts close that day."
        : left.splice(at, 1)[0]!.says;
    });
    const said = asked
      .filter((q) => q.kind === "reply")
      .map((q) => q.says)
      .join("\n");
    expect(said.match(/And if that doesn't work\?/g)).toHaveLength(2);
    expect(cardOf(done).ending).toBe("good");
  });

  test("the language stays: the customer speaks it, and the palette does not offer another", () => {
    const { conversation } = rehearse(leak);
    const before = conversation.current();
    expect(conversation.reply({ kind: "side", action: { side: "language", to: "zh-CN" } })).toEqual({
      type: "side",
      side: "language",
      message: say("practice.one_language"),
    });
    expect(conversation.current()).toEqual(before);
    expect(conversation.actions().map(({ side }) => side)).not.toContain("language");
  });

  test.each(["rude-clerk", "child-cut-by-toy", "fabricated-or-true"])(
    "%s: however angry, a customer who threatens nobody is not asked whether he is safe",
    (id) => {
      const { conversation } = rehearse(caseOf(id));
      while (conversation.current()?.kind === "reply")
        conversation.reply({ kind: "value", value: "You only have yourself to blame. Calm down." });
      const { mood, say: line } = conversation.current()!;
      expect(mood).toBe(5);
      expect(line).toEqual(expect.any(String));
      expect(line).not.toMatch(/safe|danger|police|hurt/iu);
    },
  );

  test("tips are shown at level 1, on request at level 2, never at level 3", () => {
    const tipOf = (level: Level) => rehearse(leak, { level }).conversation.current()!.tip;
    expect(tipOf(1)).toEqual(expect.any(String));
    expect([tipOf(2), tipOf(3)]).toEqual([undefined, undefined]);
    const ask = (level: Level) =>
      rehearse(leak, { level }).conversation.reply({ kind: "side", action: { side: "tip" } });
    expect(ask(2)).toMatchObject({ type: "side", data: { tip: expect.any(String) } });
    expect(ask(3)).toMatchObject({ type: "side", message: say("practice.no_tip") });
  });
});

test("back and jump look at the script's questions; then the turn is due again", () => {
  const { conversation } = rehearse(leak);
  const lines = goodLines(leak);
  for (let i = 0; i < 2; i++) conversation.reply({ kind: "value", value: lines(conversation.current()!) });
  conversation.reply({ kind: "value", value: plain(conversation.current()!) });
  let q = conversation.current()!;
  while (q.kind !== "reply") {
    conversation.reply({ kind: "value", value: plain(q) });
    q = conversation.current()!;
  }
  conversation.reply({ kind: "side", action: { side: "jump", to: "listen.words" } });
  expect(conversation.current()).toMatchObject({ step: "listen.words" });
  conversation.reply({ kind: "value", value: "in her own words" });
  expect(conversation.current()).toMatchObject({ kind: "reply", turn: 3 });
  expect(conversation.caseNow().record.words).toBe("in her own words");
});
