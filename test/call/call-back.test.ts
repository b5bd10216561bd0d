/** Call-backs: close as satisfied, wait for what is owed, reopen and climb, try again, or only tell how it stands. */
import { describe, expect, test } from "vitest";
import { openDialogue } from "../../src/call/dialogue.ts";
import { startRun } from "../../src/call/start.ts";
import type { Uuid } from "../../src/core/id.ts";
import type { Outcome } from "../../src/core/question.ts";
import { newCall, newWorld, type World } from "../support/call-world.ts";
import { passing, play, side, value } from "../support/play.ts";

const STORY = { "listen.words": "No broadband.", "analyze.category": "telecom-network" };
const DAY = 86_400;

/** A case whose first call ended with these answers. */
function closedCall(world: World, given: Record<string, unknown>): Uuid {
  const { conversation, caseId } = newCall(world, { known: { channel: "phone", phone: "13800005678" } });
  conversation.reply(side({ side: "mood", value: 2 }));
  play(conversation, { ...STORY, ...given }, { otherwise: passing, lenient: true });
  return caseId;
}

const resolved = (world: World): Uuid => closedCall(world, { "follow-up.outcome": "resolved_on_spot" });

function callBack(world: World, caseId: Uuid, given: Record<string, unknown>): Outcome & { type: "done" } {
  const script = world.library.script("call-back", world.locale)!;
  const run = startRun(world, caseId, script);
  const conversation = openDialogue({ ...world, caseId, run });
  return play(conversation, given, { otherwise: passing, lenient: true }).done;
}

const reached = { "follow-up.callback_result": "reached" };

describe("after the first call", () => {
  test.each([
    [{ "follow-up.outcome": "resolved_on_spot" }, "resolved", undefined],
    [{ "follow-up.outcome": "not_upheld" }, "resolved", undefined],
    [{ "follow-up.outcome": "resolved_on_spot", "follow-up.satisfaction": 4 }, "closed", "exempt_on_spot"],
    [{ "follow-up.outcome": "resolved_on_spot", "follow-up.satisfaction": 2 }, "resolved", undefined],
    [{ "follow-up.outcome": "withdrawn" }, "closed", "withdrawn"],
    [{ "follow-up.outcome": "resolved_later" }, "open", undefined],
    [{ "follow-up.outcome": "partly" }, "open", undefined],
    [{}, "open", undefined],
  ])("%j becomes %s", (given, status, reason) => {
    const world = newWorld();
    const { case: c } = world.store.state(closedCall(world, given))!;
    expect(c.status).toBe(status);
    expect(c.record.closed_reason).toBe(reason);
    expect(c.callbacks.length).toBe(status === "resolved" ? 1 : 0);
  });

  test("a promise or a pending approval keeps it open", () => {
    const world = newWorld();
    const promise = { "resolve.promise": [{ what: "visit", due_at: "2026-11-23" }] };
    const pending = { "resolve.options": [{ remedy: "refund", amount: 900, accepted: true }] };
    for (const owed of [promise, pending])
      for (const outcome of ["resolved_on_spot", "withdrawn"])
        expect(
          world.store.state(closedCall(world, { ...owed, "follow-up.outcome": outcome }))!.case.status,
        ).toBe("open");
  });
});

describe("reached", () => {
  test("solved and rated well: closed as satisfied, with what was said", () => {
    const world = newWorld();
    const caseId = resolved(world);
    world.pass(2 * DAY);
    const { case: c } = callBack(world, caseId, {
      ...reached,
      "follow-up.solved": true,
      "follow-up.satisfaction": 5,
      "follow-up.opinion_process": "quick",
    });
    expect(c).toMatchObject({
      status: "closed",
      record: { closed_reason: "satisfied", callback_result: "reached", solved: true, satisfaction: 5 },
      callbacks: [{ n: 1, result: "reached", solved: true, satisfaction: 5, opinion_process: "quick" }],
      contacts: [{ channel: "phone", direction: "out" }],
    });
  });

  test("how angry the first call ended does not decide what the call-back asks", () => {
    const world = newWorld();
    const { conversation, caseId } = newCall(world, { known: { channel: "phone", phone: "13800005678" } });
    conversation.reply(side({ side: "mood", value: 5 }));
    const first = { ...STORY, "follow-up.outcome": "resolved_on_spot" };
    play(conversation, first, { otherwise: passing, lenient: true });
    const given = { "follow-up.opinion_result": "too late", "follow-up.satisfaction": 1 };
    const { case: c } = callBack(world, caseId, { ...reached, "follow-up.solved": true, ...given });
    expect(c.callbacks).toMatchObject([{ result: "reached", opinion_result: "too late", satisfaction: 1 }]);
    expect(c.status).toBe("open");
  });

  test("an earlier No is not answered again in a call that reached nobody", () => {
    const world = newWorld();
    const caseId = resolved(world);
    callBack(world, caseId, { ...reached, "follow-up.solved": false });
    world.store.append(caseId, [{ type: "resolved", data: { outcome: "resolved_later" } }]);
    const script = world.library.script("call-back", "en")!;
    const conversation = openDialogue({ ...world, caseId, run: startRun(world, caseId, script) });
    const missed = { "follow-up.callback_result": "not_reached" };
    const { questions } = play(conversation, missed, { otherwise: passing, lenient: true });
    expect(questions.map((q) => q.step)).toEqual(["follow-up.fact", "follow-up.callback_result"]);
  });

  test("a mark may be declined", () => {
    const world = newWorld();
    const done = callBack(world, resolved(world), { ...reached, "follow-up.solved": true });
    expect(done.case).toMatchObject({ status: "closed", record: { closed_reason: "satisfied" } });
  });

  test("a promise made now keeps it from closing until it is settled", () => {
    const world = newWorld();
    const caseId = resolved(world);
    const done = callBack(world, caseId, {
      ...reached,
      "follow-up.solved": true,
      "follow-up.new_problem": "the router is slow",
      "follow-up.promise": [{ what: "new router", due_at: "2026-11-25T10:00:00+08:00" }],
    });
    expect(done.case.status).toBe("resolved");
    expect(done.lines!.join("\n")).toContain("new router");
    expect(world.store.state(caseId)!.close_when_settled).toBe("satisfied");
  });

  test.each([
    ["not solved", { "follow-up.solved": false }],
    ["rated 1", { "follow-up.solved": true, "follow-up.satisfaction": 1 }],
    ["rated 2", { "follow-up.solved": true, "follow-up.satisfaction": 2 }],
  ])("%s: open again and one level up", (_, given) => {
    const world = newWorld();
    const { case: c } = callBack(world, resolved(world), { ...reached, ...given });
    expect(c).toMatchObject({
      status: "open",
      reopened: 1,
      escalations: [{ to: "lead", trigger: "callback-dissatisfied" }],
      callbacks: [{ result: "reached" }],
    });
  });

  test("the second time it climbs further, at the top it stays", () => {
    const world = newWorld();
    const caseId = resolved(world);
    const levels = [0, 1, 2].map(() => {
      if (world.store.state(caseId)!.case.status === "open")
        world.store.append(caseId, [{ type: "resolved", data: { outcome: "resolved_later" } }]);
      return callBack(world, caseId, { ...reached, "follow-up.solved": false }).case.escalations.at(-1)!.to;
    });
    expect(levels).toEqual(["lead", "manager", "manager"]);
  });

  test("a customer who says no and hangs up has said enough", () => {
    const world = newWorld();
    const caseId = resolved(world);
    const script = world.library.script("call-back", "en")!;
    const conversation = openDialogue({ ...world, caseId, run: startRun(world, caseId, script) });
    const given: Record<string, unknown> = { ...reached, "follow-up.solved": false };
    while (conversation.current()!.step !== "follow-up.opinion_process") {
      const question = conversation.current()!;
      conversation.reply(value(given[question.step] ?? passing(question)));
    }
    conversation.reply(side({ side: "end", reason: "cut_off" }));
    expect(world.store.state(caseId)!.case).toMatchObject({
      status: "open",
      record: { ended: "cut_off" },
      escalations: [{ trigger: "callback-dissatisfied" }],
    });
  });
});

describe("not reached, declined, exempt", () => {
  test("the next attempt is due after the policy's interval; after three it may be closed, never by itself", () => {
    const world = newWorld();
    const caseId = resolved(world);
    for (const n of [1, 2, 3]) {
      world.pass(2 * DAY);
      const done = callBack(world, caseId, { "follow-up.callback_result": "not_reached" });
      const { callbacks, status } = done.case;
      expect(status).toBe("resolved");
      expect(callbacks.filter((c) => c.result === "not_reached")).toHaveLength(n);
      expect(callbacks[n - 1]).toHaveProperty("next_at");
      expect(callbacks.at(-1)).not.toHaveProperty("result");
      expect(done.lines!.join("\n").includes("exempt_no_contact")).toBe(n === 3);
    }
  });

  test.each([
    ["declined", "callback_declined"],
    ["exempt_on_spot", "exempt_on_spot"],
    ["exempt_inconvenient", "exempt_inconvenient"],
  ])("%s closes as %s", (result, reason) => {
    const world = newWorld();
    const { case: c } = callBack(world, resolved(world), { "follow-up.callback_result": result });
    expect(c).toMatchObject({ status: "closed", record: { closed_reason: reason } });
  });
});

describe("exempt_no_contact", () => {
  const STEP = "follow-up.callback_result";
  const begin = (world: World, caseId: Uuid) => {
    const run = startRun(world, caseId, world.library.script("call-back", world.locale)!);
    const conversation = openDialogue({ ...world, caseId, run });
    conversation.reply(value(null));
    return conversation;
  };

  test("is refused while the customer can be reached and was not tried three times", () => {
    const world = newWorld();
    const caseId = resolved(world);
    const conversation = begin(world, caseId);
    expect(conversation.reply(value("exempt_no_contact"))).toMatchObject({
      type: "error",
      code: "attempts_left",
    });
    expect(conversation.current()?.step).toBe(STEP);
    conversation.reply(value("not_reached"));
    for (const _ of [2, 3]) callBack(world, caseId, { [STEP]: "not_reached" });
    const { case: c } = callBack(world, caseId, { [STEP]: "exempt_no_contact" });
    expect(c).toMatchObject({ status: "closed", record: { closed_reason: "exempt_no_contact" } });
  });

  test("closes at once where no contact is known", () => {
    const world = newWorld();
    const { conversation, caseId } = newCall(world, { known: { channel: "phone" } });
    play(
      conversation,
      { ...STORY, "follow-up.outcome": "resolved_on_spot" },
      { otherwise: passing, lenient: true },
    );
    const { case: c } = callBack(world, caseId, { [STEP]: "exempt_no_contact" });
    expect(c).toMatchObject({ status: "closed", record: { closed_reason: "exempt_no_contact" } });
  });
});

describe("on an open case", () => {
  test("it is a progress contact and closes nothing", () => {
    const world = newWorld();
    const caseId = closedCall(world, {});
    const { case: c } = callBack(world, caseId, {
      ...reached,
      "follow-up.solved": true,
      "follow-up.satisfaction": 5,
    });
    expect(c).toMatchObject({
      status: "open",
      reopened: 0,
      escalations: [],
      contacts: [{ direction: "out" }],
    });
  });

  test("a progress contact tells how it stands", () => {
    const world = newWorld();
    const caseId = closedCall(world, {});
    const before = world.store.state(caseId)!.case.update_by!;
    world.pass(4 * DAY);
    const script = world.library.script("progress-call", "en")!;
    const run = startRun(world, caseId, script);
    const conversation = openDialogue({ ...world, caseId, run, channel: "chat" });
    const { done } = play(conversation, {}, { otherwise: passing });
    expect(done.case).toMatchObject({ status: "open", contacts: [{ channel: "chat", direction: "out" }] });
    expect(done.case.update_by! > before).toBe(true);
  });
});

test("a call-back that is cut off before anything was found leaves the callback due", () => {
  const world = newWorld();
  const caseId = resolved(world);
  const script = world.library.script("call-back", "en")!;
  const conversation = openDialogue({ ...world, caseId, run: startRun(world, caseId, script) });
  conversation.reply(side({ side: "end", reason: "cut_off" }));
  const { case: c } = world.store.state(caseId)!;
  expect(c.status).toBe("resolved");
  expect(c.callbacks).toMatchObject([{ n: 1, due_at: expect.any(String) }]);
  expect(c.callbacks[0]).not.toHaveProperty("result");
});
