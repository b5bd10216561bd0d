/** Weak steps come back, spaced; progress is by skill and says nothing below five runs. */
import { describe, expect, test } from "vitest";
import type { Level } from "../../src/core/practice-case.ts";
import type { PracticeRun } from "../../src/practice/history.ts";
import { finishedRuns, progressOf } from "../../src/practice/results.ts";
import { openReview, type ReviewStep } from "../../src/practice/review-conversation.ts";
import { dueSteps } from "../../src/practice/review-schedule.ts";
import { type Scorecard, scorecardOf } from "../../src/practice/scorecard.ts";
import { casesIn, ears, play } from "../support/practice-world.ts";
import { messagesOf } from "../support/words.ts";

const t = messagesOf("practice", "en");
const c = casesIn("en").find((x) => x.id === "leak-for-weeks")!;
const find = (id: string) => (id === c.id ? c : undefined);
const DAY = 86_400_000;
const START = Date.parse("2026-11-20T08:00:00Z");

/** A run on day `day` in which the turns of `weak` went wrong. */
function runOn(day: number, weak: readonly number[], agent = "lin"): PracticeRun {
  const lines = c.reference_runs!.very_good;
  const { talk } = play(c, ({ reactions }) =>
    weak.includes(reactions.length + 1) ? "Madam, please calm down first." : lines[reactions.length]!.says,
  );
  return {
    id: `run-${day}`,
    ref: "AAAA-AAAA",
    case: c.id,
    level: 2 as Level,
    seed: 1,
    agent,
    locale: "en",
    at: new Date(START + day * DAY).toISOString(),
    result: scorecardOf(talk, { tries: [], record: undefined, ears, t }),
  };
}

const dueOn = (day: number, runs: readonly PracticeRun[], agent = "lin") =>
  dueSteps(runs, agent, new Date(START + day * DAY), find).map((d) => d.turn);

describe("what is due", () => {
  test("only what went wrong, and not on the same day", () => {
    const runs = [runOn(0, [2])];
    expect(dueOn(0, runs)).toEqual([]);
    expect(dueOn(30, runs)).toContain(2);
    expect(dueOn(30, runs)).not.toContain(3);
  });

  test("done well it comes back later, done badly sooner", () => {
    const first = runOn(0, [2]);
    const next = (runs: readonly PracticeRun[]) => {
      for (let day = 3; day < 400; day++) if (dueOn(day, runs).includes(2)) return day;
      return Number.POSITIVE_INFINITY;
    };
    expect(next([first, runOn(3, [])])).toBeGreaterThan(next([first, runOn(3, [2])]));
  });

  test("it is each person's own", () => {
    expect(dueOn(30, [runOn(0, [2], "wang")])).toEqual([]);
  });

  test("the same history gives the same days", () => {
    const runs = [runOn(0, [2, 4]), runOn(2, [4])];
    expect(dueSteps(runs, "lin", new Date(START + 40 * DAY), find)).toEqual(
      dueSteps(runs, "lin", new Date(START + 40 * DAY), find),
    );
  });
});

describe("reviewing", () => {
  const plan = { case: c, level: 2 as const, seed: 1, andIfNot: ["?"] };
  const step: ReviewStep = { case: c.id, turn: 3, stage: "apologize", due_at: "2026-11-21T08:00:00Z", plan };
  const kept: Scorecard["turns"] = [];
  const review = (steps: ReviewStep[]) =>
    openReview({
      steps,
      ears,
      t,
      stages: () => [],
      keep: (_, turn) => {
        kept.push(turn);
        return { ref: "AAAA-AAAA" } as never;
      },
    });

  test("the customer stands where a good handler brought her, and the verdict comes at once", () => {
    const conversation = review([step, { ...step, turn: 1, stage: "listen" }]);
    const question = conversation.current()!;
    expect(question).toMatchObject({ kind: "reply", stage: "apologize", turn: 3 });
    expect(question.mood).toBeLessThan(c.start_mood);
    const outcome = conversation.reply({
      kind: "value",
      value: "It wasn't our fault, that's the owner of 1203.",
    });
    expect(outcome).toMatchObject({
      type: "side",
      lines: expect.arrayContaining([expect.stringContaining("Better")]),
    });
    expect(kept.at(-1)).toMatchObject({ turn: 3, stage: "apologize" });
    const done = conversation.reply({ kind: "value", value: c.reference_runs!.very_good[0]!.says });
    expect(done).toMatchObject({ type: "done", paused: false });
    expect(kept.at(-1)!.change).toBeLessThan(0);
  });

  test("it can be left at any step", () => {
    const conversation = review([step]);
    expect(conversation.reply({ kind: "side", action: { side: "pause" } })).toMatchObject({
      type: "done",
      paused: true,
    });
    expect(conversation.current()).toBeUndefined();
  });
});

describe("progress", () => {
  test("below five runs it is only told how things stand", () => {
    const runs = finishedRuns([0, 1, 2, 3].map((day) => runOn(day, [3])));
    expect(progressOf(runs).every((p) => p.change === undefined)).toBe(true);
    expect(progressOf(runs).find((p) => p.skill === "apology")!.now).toBe(0);
  });

  test("from five runs on a skill rises or falls", () => {
    const runs = finishedRuns([0, 1, 2, 3, 4, 5].map((day) => runOn(day, day < 3 ? [3] : [])));
    const change = (skill: string) => progressOf(runs).find((p) => p.skill === skill)!.change;
    expect([change("apology"), change("time")]).toEqual(["up", "same"]);
  });

  test("reviews of single steps are no runs", () => {
    const review = { ...runOn(0, []), result: { review: true, turns: [] } as unknown as Scorecard };
    expect(finishedRuns([review])).toEqual([]);
  });
});
