/** Killed after any answer, the call goes on at the same question; back and jump anywhere leave every other answer alone. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openDialogue } from "../../src/call/dialogue.ts";
import type { Conversation, Question } from "../../src/core/question.ts";
import { newCall, newWorld } from "../support/call-world.ts";
import { passing, side, value } from "../support/play.ts";

const STORY: Record<string, unknown> = {
  "listen.words": "Three weeks without broadband and nobody rang back.",
  "listen.summary": "The engineer didn't come",
  "listen.customer_name": "Ms Wang",
  "listen.customer_phone": "13800005678",
  "listen.product": "broadband",
  "listen.incident_at": "2026-11-02",
  "listen.kind": "valid",
  "listen.psychology": "compensation",
  "listen.loss": "two days' work",
  "listen.demand": "500 yuan",
  "listen.flags": ["media"],
  "analyze.category": "telecom-network",
  "analyze.cause": "forgot-task",
  "analyze.reasonable": "partly",
  "resolve.options": [
    { remedy: "onsite-repair", accepted: true },
    { remedy: "refund", amount: 500, currency: "CNY", accepted: true },
  ],
  "resolve.agreed": "yes",
  "resolve.promise": [
    { what: "engineer visit", due_at: "2026-11-23T02:00:00.000Z", reason: "first free slot" },
  ],
};

const answerTo = (question: Question): unknown => STORY[question.step] ?? passing(question);

/** What must be the same after a crash: everything but the clock and what is told only once. */
function essence(question: Question | undefined): unknown {
  if (!question) return undefined;
  const { elapsed: _, alerts: __, ...rest } = question;
  return rest;
}

describe("kill", () => {
  test.each(["en", "zh-CN", "zh-TW"])("after every answer the same question stands, in %s", (locale) => {
    const world = newWorld({ locale });
    const { conversation, caseId, run } = newCall(world, { known: { channel: "phone" } });
    let now: Conversation = conversation;
    for (let i = 0; i < 100 && now.current(); i++) {
      const fresh = openDialogue({ ...world, caseId, run });
      expect(essence(fresh.current())).toEqual(essence(now.current()));
      if (i === 3) fresh.reply(side({ side: "mood", value: 4 }));
      if (i === 5) fresh.reply(side({ side: "another" }));
      if (i === 8) fresh.reply(side({ side: "back" }));
      const outcome = fresh.reply(value(answerTo(fresh.current()!)));
      expect(outcome.type).not.toBe("error");
      now = fresh;
    }
    expect(now.caseNow().runs[0]!.finished_at).toBeDefined();
    expect(now.caseNow().record).toMatchObject({ words: STORY["listen.words"], category: "telecom-network" });
  });

  test("between the last answer and the end of the run: opening it again ends it", () => {
    const world = newWorld();
    const { conversation, caseId, run } = newCall(world);
    for (;;) {
      const question = conversation.current()!;
      if (question.progress.left === 1) break;
      conversation.reply(value(answerTo(question)));
    }
    const last = conversation.current()!;
    const data = {
      run,
      step: last.step as "listen.x",
      ...(last.records ? { field: last.records } : {}),
      value: answerTo(last),
    };
    world.store.append(caseId, [{ type: "answered", data }]);
    const again = openDialogue({ ...world, caseId, run, resumed: true });
    expect(again.current()).toBeUndefined();
    const done = again.reply(side({ side: "pause" }));
    expect(done).toMatchObject({
      type: "done",
      paused: false,
      case: { runs: [{ finished_at: expect.any(String) }] },
    });
  });
});

describe("back, jump and forward", () => {
  /** Answers until `stop` questions are answered. */
  function walk(conversation: Conversation, stop: number): void {
    for (let i = 0; i < stop && conversation.current(); i++)
      conversation.reply(value(answerTo(conversation.current()!)));
  }

  test("leave every other answer as it was", () => {
    const world = newWorld();
    const move = fc.oneof(
      fc.record({ kind: fc.constant("back" as const) }),
      fc.record({ kind: fc.constant("jump" as const), to: fc.nat(60) }),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 36 }),
        fc.array(move, { minLength: 1, maxLength: 6 }),
        (stop, moves) => {
          const { conversation } = newCall(world, { known: { channel: "phone" } });
          walk(conversation, stop);
          if (!conversation.current()) return;
          const next = conversation.current()!;
          const record = structuredClone(conversation.caseNow().record);
          const { promises } = conversation.caseNow();
          for (const { kind, ...rest } of moves) {
            if (kind === "back") conversation.reply(side({ side: "back" }));
            else {
              const done = conversation.places().filter((p) => p.answered);
              const place = done[(rest as { to: number }).to % Math.max(1, done.length)];
              if (place) conversation.reply(side({ side: "jump", to: place.key }));
            }
          }
          const here = conversation.current()!;
          // The same answer once more: nothing may change, and the first unanswered question is next again.
          conversation.reply(value(here.default ?? answerTo(here)));
          const after = conversation.caseNow();
          for (const [field, was] of Object.entries(record)) expect(after.record[field]).toEqual(was);
          if (here.step === next.step) return;
          expect(essence(conversation.current())).toEqual(essence(next));
          expect(after.promises).toEqual(promises);
        },
      ),
      { numRuns: 40, seed: 7 },
    );
  });

  test("a changed answer takes out of the record what no longer applies, and brings it back", () => {
    const { conversation } = newCall(newWorld(), { known: { channel: "phone" } });
    const given: Record<string, unknown> = {
      ...STORY,
      "resolve.agreed": "no",
      "resolve.dispute_point": "the sum",
    };
    for (let i = 0; i < 60 && !conversation.current()!.step.startsWith("follow-up"); i++) {
      const question = conversation.current()!;
      conversation.reply(value(given[question.step] ?? passing(question)));
    }
    expect(conversation.caseNow().record.dispute_point).toBe("the sum");
    conversation.reply(side({ side: "jump", to: "resolve.agreed" }));
    conversation.reply(value("yes"));
    expect(conversation.caseNow().record).not.toHaveProperty("dispute_point");
    conversation.reply(side({ side: "jump", to: "resolve.agreed" }));
    conversation.reply(value("no"));
    expect(conversation.caseNow().record.dispute_point).toBe("the sum");
  });

  test("a promise given again is the same promise", () => {
    const { conversation } = newCall(newWorld(), { known: { channel: "phone" } });
    for (let i = 0; i < 60 && conversation.current()!.step !== "resolve.confirmed_by"; i++) {
      const question = conversation.current()!;
      if (question.stage === "follow-up") break;
      conversation.reply(value(answerTo(question)));
    }
    conversation.reply(side({ side: "jump", to: "resolve.promise" }));
    const [promise] = conversation.current()!.default as { what: string; due_at: string }[];
    conversation.reply(value([{ ...promise, due_at: "2026-11-24T02:00:00.000Z" }]));
    expect(conversation.caseNow().promises).toMatchObject([
      { n: 1, due_at: "2026-11-24T02:00:00.000Z", moves: [] },
    ]);
  });
});

describe("a busy store", () => {
  test("keeps the question, says so, and takes the answer the second time", async () => {
    const { ComplaintError } = await import("../../src/core/errors.ts");
    const world = newWorld();
    const { append } = world.store;
    const { conversation } = newCall(world);
    const question = conversation.current();
    world.store.append = () => {
      throw new ComplaintError(4, "busy", "Somebody else is writing.");
    };
    expect(conversation.reply(value("said"))).toEqual({
      type: "notice",
      code: "busy",
      message: "Somebody else is writing.",
    });
    expect(conversation.current()).toEqual(question);
    world.store.append = append;
    expect(conversation.reply(value("said"))).toEqual({ type: "accepted" });
    expect(conversation.current()!.step).not.toBe(question!.step);
  });
});
