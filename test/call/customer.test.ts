/** Who is calling: recognised before hello, for the agent's eyes until identity is verified; floods of one cause; red flags. */
import { describe, expect, test } from "vitest";
import type { Conversation } from "../../src/core/question.ts";
import { newCall, newWorld, type World } from "../support/call-world.ts";
import { passing, play, side, value } from "../support/play.ts";

const STORY = { "listen.words": "No broadband.", "analyze.category": "telecom-network" };

function walkTo(conversation: Conversation, step: string, given: Record<string, unknown> = {}): void {
  for (let i = 0; i < 100 && conversation.current()!.step !== step; i++) {
    const question = conversation.current()!;
    conversation.reply(
      value(given[question.step] ?? (STORY as Record<string, unknown>)[question.step] ?? passing(question)),
    );
  }
  expect(conversation.current()!.step).toBe(step);
}

/** A whole call of this customer. */
function earlier(world: World, given: Record<string, unknown> = {}, phone = "13800005678"): string {
  const { conversation } = newCall(world, { known: { channel: "phone", phone, name: "Wang Li" } });
  const { done } = play(conversation, { ...STORY, ...given }, { otherwise: passing, lenient: true });
  return done.case.ref;
}

const DAY = 86_400;

describe("the customer card", () => {
  test("stands before hello, newest first, with promises not kept, and the name masked", () => {
    const world = newWorld();
    const first = earlier(world, {
      "resolve.promise": [{ what: "engineer", due_at: "2026-11-23T10:00:00+08:00" }],
    });
    world.pass(4 * DAY);
    const second = earlier(world);
    world.pass(DAY);
    const { conversation } = newCall(world, { known: { phone: "+86 138 0000 5678" } });
    const { customer } = conversation.current()!;
    expect(customer!.cases.map((c) => c.ref)).toEqual([second, first]);
    expect(customer!.promises).toMatchObject([
      { ref: first, what: "engineer", state: "open", overdue: true },
    ]);
    expect(customer!.name).not.toContain("Li");
    walkTo(conversation, "listen.identity_verified");
    conversation.reply(value(true));
    expect(conversation.current()!.customer!.name).toBe("Wang Li");
  });

  test("nobody is known without phone, account, e-mail or name", () => {
    const world = newWorld();
    earlier(world);
    expect(newCall(world).conversation.current()).not.toHaveProperty("customer");
  });

  test("until identity is verified no line uses an earlier case; then it may", () => {
    const world = newWorld();
    earlier(world);
    world.pass(DAY);
    const ask = (verified: boolean): string[] => {
      const { conversation } = newCall(world, { known: { phone: "13800005678" } });
      const { questions } = play(
        conversation,
        { ...STORY, "listen.identity_verified": verified, "listen.product": "broadband" },
        { otherwise: passing, lenient: true },
      );
      return questions.flatMap((q) => q.say ?? []);
    };
    const earlierWords =
      /been here before|isn't your first time|contacted us about|earlier notes|more than once/;
    expect(ask(false).join("\n")).not.toMatch(earlierWords);
    expect(ask(true).join("\n")).toMatch(earlierWords);
  });
});

describe("the flag repeat", () => {
  const flagsOf = (world: World, known: Record<string, string>, given = {}): unknown => {
    const { conversation } = newCall(world, { known });
    play(conversation, { ...STORY, ...given }, { otherwise: passing, lenient: true });
    return conversation.caseNow().record.flags;
  };

  test("is set by itself within 30 days, whether the phone was given or asked for", () => {
    const world = newWorld();
    earlier(world);
    world.pass(29 * DAY);
    expect(flagsOf(world, { phone: "138-0000-5678" })).toEqual(["repeat"]);
    expect(flagsOf(world, {}, { "listen.customer_phone": "13800005678", "listen.flags": ["media"] })).toEqual(
      ["media", "repeat"],
    );
    expect(flagsOf(world, { phone: "13800005678" }, { "listen.flags": ["media"] })).toEqual([
      "media",
      "repeat",
    ]);
  });

  test("flags are asked all the same", () => {
    const world = newWorld();
    earlier(world);
    const { conversation } = newCall(world, { known: { phone: "13800005678" } });
    walkTo(conversation, "listen.flags");
    expect(conversation.current()!.default).toEqual(["repeat"]);
  });

  test("not after 30 days, not for a draft, not for a name alone", () => {
    const world = newWorld();
    earlier(world);
    newCall(world, { known: { phone: "13911112222" } });
    expect(flagsOf(world, { phone: "13911112222" })).toBeUndefined();
    expect(flagsOf(world, { name: "Wang Li" })).toBeUndefined();
    world.pass(31 * DAY);
    expect(flagsOf(world, { phone: "13800005678" })).toBeUndefined();
  });
});

describe("many cases of one cause", () => {
  const cause = { "analyze.cause": "plant-maintenance" };

  test("the alert counts the others while category and cause are chosen, and the known fault is said", () => {
    const world = newWorld();
    for (const phone of ["1", "2", "3", "4"].map((n) => `1390000111${n}`)) {
      earlier(world, cause, phone);
      world.pass(600);
    }
    const { conversation } = newCall(world, { known: { channel: "phone" } });
    walkTo(conversation, "analyze.category");
    expect(conversation.current()!.alerts).toContainEqual(
      expect.stringMatching(/Broadband or network: 4 today, 4 this week/),
    );
    walkTo(conversation, "analyze.cause");
    expect(conversation.current()!.alerts).toContainEqual(expect.stringMatching(/4 today/));
    conversation.reply(value("plant-maintenance"));
    const after = conversation.current()!;
    expect(after.alerts.join("\n")).toMatch(/4 others today.*Say that it is known/);
    expect(conversation.caseNow().record.cause).toBe("plant-maintenance");
    expect(after.say).toMatch(/Others have reported|isn't only you|repair is expected/);
  });

  test("one other case is no flood", () => {
    const world = newWorld();
    earlier(world, cause);
    const { conversation } = newCall(world, { known: { channel: "phone" } });
    walkTo(conversation, "analyze.cause");
    conversation.reply(value("plant-maintenance"));
    expect(conversation.current()!.alerts.join("\n")).not.toMatch(/today/);
  });
});

describe("red flags", () => {
  test.each([
    ["media", /post|tell others|talk you out/],
    ["legal", /legal route|advise you on the law/],
    ["regulator", /regulator|saying so openly/],
    ["minor", /parent|slowly|hurry/],
    ["vulnerable", /parent|slowly|hurry/],
    ["safety", /hurt|danger|Safety|use it any more/],
  ])("%s has its line at once, and its route", (flag, line) => {
    const { conversation } = newCall(newWorld(), { known: { channel: "phone" } });
    conversation.reply(side({ side: "mood", value: 3 }));
    walkTo(conversation, "listen.flags");
    conversation.reply(value([flag]));
    const { say, alerts } = conversation.current()!;
    expect(say).toMatch(line);
    expect(alerts.length).toBeGreaterThan(0);
    conversation.reply(value(passing(conversation.current()!)));
    expect(conversation.current()!.say ?? "").not.toBe(say);
  });

  test("another mood changes its wording, not that it is said", () => {
    const { conversation } = newCall(newWorld(), { known: { channel: "phone" } });
    walkTo(conversation, "listen.flags");
    conversation.reply(value(["media"]));
    const before = conversation.current()!;
    expect(before.say).toMatch(/tell others|talk you out|post/);
    conversation.reply(side({ side: "mood", value: 4 }));
    const after = conversation.current()!;
    expect(after.say).toMatch(/tell others|talk you out|post/);
    expect(after.alerts).toEqual(expect.arrayContaining(before.alerts));
  });

  test("refusing the recording has its line too", () => {
    const { conversation } = newCall(newWorld(), { known: { channel: "phone" } });
    walkTo(conversation, "listen.recording_notice");
    conversation.reply(value(false));
    expect(conversation.current()!.say).toMatch(/your choice|without the recording/);
  });
});
