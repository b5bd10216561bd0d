/** The side actions: what they say, what they record, and that the same question follows. */
import { describe, expect, test } from "vitest";
import { makeCode, newApprovalKey } from "../../src/core/approval-code.ts";
import type { Outcome } from "../../src/core/question.ts";
import { newCall, newWorld, type World, type WorldOptions } from "../support/call-world.ts";
import { passing, play, side, value } from "../support/play.ts";

const STORY = { "listen.words": "Three weeks without broadband.", "analyze.category": "telecom-network" };

type Side = Outcome & { type: "side" };

function start(options: WorldOptions = {}) {
  const world = newWorld(options);
  return { world, ...newCall(world, { known: { channel: "phone" } }) };
}

/** Does a side action and returns what it led to. */
function act({ conversation }: ReturnType<typeof start>, action: object): Side {
  const outcome = conversation.reply(side(action));
  if (outcome.type !== "side") throw new Error(`${JSON.stringify(action)} led to ${JSON.stringify(outcome)}`);
  return outcome;
}

function walkTo(
  { conversation }: ReturnType<typeof start>,
  step: string,
  given: Record<string, unknown> = {},
): void {
  for (let i = 0; i < 100 && conversation.current()!.step !== step; i++) {
    const question = conversation.current()!;
    conversation.reply(
      value(given[question.step] ?? (STORY as Record<string, unknown>)[question.step] ?? passing(question)),
    );
  }
  expect(conversation.current()!.step).toBe(step);
}

describe("mood", () => {
  test("line, warning and tip change at once, and the mark has its stage", () => {
    const call = start();
    const before = call.conversation.current()!;
    expect(before.tip).toBeUndefined();
    act(call, { side: "mood", value: 5 });
    const after = call.conversation.current()!;
    expect(after.step).toBe(before.step);
    expect(after.say).not.toBe(before.say);
    expect(after.avoid).not.toEqual(before.avoid);
    expect(after.tip).toBeTruthy();
    expect(after.mood).toBe(5);
    expect(call.conversation.caseNow().moods).toMatchObject([{ stage: "listen", mood: 5 }]);
  });

  test("the question stands, whatever questions the new mood opens or closes", () => {
    const call = start();
    act(call, { side: "mood", value: 5 });
    walkTo(call, "analyze.category");
    act(call, { side: "mood", value: 2 });
    expect(call.conversation.current()!.step).toBe("analyze.category");
    call.conversation.reply(value("telecom-network"));
    // What the worst anger did not allow is asked as soon as it does.
    expect(call.conversation.current()!.step).toBe("listen.recording_notice");
    act(call, { side: "mood", value: 5 });
    expect(call.conversation.current()!.step).toBe("listen.recording_notice");
  });

  test.each([0, 6, 2.5, "angry", undefined])("%j is no mood", (wrong) => {
    const call = start();
    expect(call.conversation.reply(side({ side: "mood", value: wrong }))).toMatchObject({
      code: "out_of_range",
    });
    expect(call.conversation.caseNow().moods).toEqual([]);
  });
});

describe("other words and tips", () => {
  test("another wording each time, until there is none", () => {
    const call = start();
    walkTo(call, "listen.words");
    const said = new Set([call.conversation.current()!.say]);
    for (let i = 0; i < 60; i++) {
      const outcome = act(call, { side: "another" });
      if (outcome.message) {
        expect(outcome.message).toBe("No other wording.");
        expect(said.size).toBeGreaterThan(3);
        return;
      }
      expect(outcome.say).toEqual([call.conversation.current()!.say]);
      expect(said).not.toContain(outcome.say![0]);
      said.add(outcome.say![0]);
    }
    throw new Error("wordings never run out");
  });

  test("a tip asked for stands at any mood, and none comes twice", () => {
    const call = start();
    const tips = new Set<unknown>();
    for (let i = 0; i < 100; i++) {
      const outcome = act(call, { side: "tip" });
      if (outcome.message) return expect(tips.size).toBeGreaterThan(3);
      expect(call.conversation.current()!.tip).toBe(outcome.data!.tip);
      expect(tips).not.toContain(outcome.data!.tip);
      tips.add(outcome.data!.tip);
    }
    throw new Error("tips never run out");
  });
});

describe("records", () => {
  test("a note", () => {
    const call = start();
    act(call, { side: "note", text: "calls from abroad" });
    expect(call.conversation.caseNow().notes).toMatchObject([{ n: 1, text: "calls from abroad" }]);
    expect(call.conversation.reply(side({ side: "note", text: " " }))).toMatchObject({ code: "needs_text" });
  });

  test("a promise has an owner and a time that is still to come", () => {
    const call = start();
    act(call, {
      side: "promise",
      what: "engineer visit",
      due_at: "2026-11-23T10:00:00+08:00",
      reason: "first slot",
    });
    expect(call.conversation.caseNow().promises).toMatchObject([
      {
        n: 1,
        what: "engineer visit",
        due_at: "2026-11-23T02:00:00.000Z",
        reason: "first slot",
        by: "lin",
        state: "open",
      },
    ]);
    const past = { side: "promise", what: "visit", due_at: "2026-11-19T10:00:00+08:00" };
    expect(call.conversation.reply(side(past))).toMatchObject({ type: "error", code: "in_past" });
    expect(call.conversation.caseNow().promises).toHaveLength(1);
  });

  test("hold: a line before, a timer, a line when back", () => {
    const call = start();
    const before = act(call, { side: "hold", state: "start" });
    expect(before.say).toHaveLength(1);
    expect(call.conversation.current()!.held_since).toBe(before.data!.since);
    expect(call.conversation.reply(side({ side: "hold", state: "start" }))).toMatchObject({
      code: "held_already",
    });
    call.world.pass(95);
    const back = act(call, { side: "hold", state: "back" });
    expect(back.data).toMatchObject({ seconds: 95 });
    expect(back.say).toHaveLength(1);
    expect(call.conversation.current()!.held_since).toBeUndefined();
    expect(call.conversation.reply(side({ side: "hold", state: "back" }))).toMatchObject({
      code: "not_held",
    });
  });

  test("recap reads back the record and gives the handover card", () => {
    const call = start();
    walkTo(call, "apologize.apology", { "listen.loss": "two days' work", "listen.impact": "no home office" });
    const recap = act(call, { side: "recap" });
    expect(recap.say).toHaveLength(2);
    expect(recap.lines!.join("\n")).toContain("Three weeks without broadband.");
    expect(recap.data!.card).toMatchObject({ words: "Three weeks without broadband.", promised: [] });
    expect((recap.data!.card as { do_not_ask: string[] }).do_not_ask).toContain("Loss");
  });

  test("abuse: warn, warn, end, each with its wording, the step and the words", () => {
    const call = start();
    act(call, { side: "mood", value: 4 });
    const step = call.conversation.current()!.step;
    const said = [1, 2, 3].map((level) => {
      const outcome = act(call, { side: "abuse", words: `insult ${level}` });
      expect(outcome.data).toMatchObject({ level });
      expect(outcome.lines!.length).toBeGreaterThan(0);
      return outcome.say![0];
    });
    expect(new Set(said).size).toBe(3);
    expect(call.conversation.caseNow().warnings).toMatchObject([
      { n: 1, step, words: "insult 1" },
      { n: 2, step, words: "insult 2" },
      { n: 3, step, words: "insult 3" },
    ]);
  });

  test("a warning has words at a mild mood too", () => {
    const call = start();
    expect(act(call, { side: "abuse" }).say).toHaveLength(1);
    expect(call.conversation.caseNow().warnings[0]).not.toHaveProperty("words");
  });

  test.each(["violence", "self-harm", "injury"])(
    "emergency %s: what to say, what to do, whom to call",
    (kind) => {
      const call = start({ facts: { emergency: { police: "110" } } });
      const outcome = act(call, { side: "emergency", kind });
      expect(outcome.say!.length).toBeGreaterThan(0);
      expect(outcome.lines!.length).toBeGreaterThan(2);
      expect(outcome.data!.numbers).toMatchObject({ police: "110", ambulance: "the local emergency number" });
      expect(outcome.lines!.at(-1)).toBe("Police: 110; anything else: the local emergency number");
      expect([...outcome.say!, ...outcome.lines!].join(" ")).not.toMatch(/[{}]/);
    },
  );

  test("without a number of our own it is the local one", () => {
    const outcome = act(start(), { side: "emergency", kind: "injury" });
    expect(outcome.lines!.at(-1)).toBe("No number is set here: call the local emergency number.");
  });

  test("an unknown emergency is an error", () => {
    expect(start().conversation.reply(side({ side: "emergency", kind: "fire" }))).toMatchObject({
      code: "not_in_set",
    });
  });

  test("escalate: the record, the sentence for the customer, the card", () => {
    const call = start();
    const outcome = act(call, { side: "escalate", to: "lead", why: "asks for the manager" });
    expect(outcome.say).toHaveLength(1);
    expect(outcome.lines!.length).toBeGreaterThan(3);
    expect(call.conversation.caseNow().escalations).toMatchObject([
      { n: 1, to: "lead", why: "asks for the manager", trigger: "manual", by: "lin" },
    ]);
    expect(call.conversation.reply(side({ side: "escalate", to: "lead" }))).toMatchObject({
      code: "needs_text",
    });
  });
});

describe("approvals", () => {
  const key = newApprovalKey();
  const keys = { chen: key.publicKey };
  const big = [{ remedy: "refund", amount: 500, accepted: true }];

  function offered(world: WorldOptions = {}): ReturnType<typeof start> {
    const call = start({ facts: { keys }, ...world });
    walkTo(call, "resolve.options", { "listen.demand": "500 yuan" });
    expect(call.conversation.reply(value(big)).type).toBe("accepted");
    return call;
  }

  test("beyond authority: pending, asked once, and no line names the sum", () => {
    const call = offered();
    expect(call.conversation.caseNow().approvals).toMatchObject([
      { n: 1, remedy: "refund", amount: 500, currency: "CNY", state: "pending" },
    ]);
    expect(call.conversation.caseNow().record).not.toHaveProperty("amount");
    expect(call.conversation.current()!.alerts.join(" ")).toContain("Approval is pending");
    call.conversation.reply(side({ side: "back" }));
    call.conversation.reply(value(big));
    expect(call.conversation.caseNow().approvals).toHaveLength(1);
    const { questions } = play(
      call.conversation,
      {},
      { otherwise: (q) => (q.records === "agreed" ? "yes" : passing(q)) },
    );
    for (const q of questions) expect(q.say ?? "").not.toMatch(/500|refund/i);
  });

  test("nor does a line about the option that was not taken, where its sum is the same", () => {
    const call = start({ facts: { keys } });
    walkTo(call, "resolve.options");
    call.conversation.reply(value([...big, { remedy: "gift", amount: 500, accepted: false }]));
    const { questions } = play(
      call.conversation,
      {},
      { otherwise: (q) => (q.records === "agreed" ? "no" : passing(q)) },
    );
    for (const q of questions) expect(q.say ?? "").not.toContain("500");
  });

  test("within authority nothing is asked, and the money follows from it", () => {
    const call = start();
    walkTo(call, "resolve.options");
    call.conversation.reply(value([{ remedy: "refund", amount: 80, accepted: true }]));
    expect(call.conversation.caseNow()).toMatchObject({
      approvals: [],
      record: { remedy: "refund", amount: 80, currency: "CNY", class: "a" },
    });
  });

  test("what the customer did not take needs nobody's leave", () => {
    const call = start();
    walkTo(call, "resolve.options");
    call.conversation.reply(value([{ remedy: "refund", amount: 5000, accepted: false }]));
    expect(call.conversation.caseNow().approvals).toEqual([]);
  });

  function code(call: ReturnType<typeof start>, amount: number, world: World): string {
    const terms = { ref: call.conversation.caseNow().ref, remedy: "refund", amount, currency: "CNY" };
    return makeCode(terms, key.privatePem, new Date(+world.facts.now() + 3_600_000), world.facts.random(4));
  }

  test("a code answers the request; a wrong or used one changes nothing", () => {
    const call = offered();
    const wrong = code(call, 501, call.world);
    expect(call.conversation.reply(side({ side: "approval", code: wrong }))).toMatchObject({
      code: "code_other_amount",
    });
    expect(call.conversation.reply(side({ side: "approval", code: "ABC" }))).toMatchObject({
      code: "code_malformed",
    });
    expect(call.conversation.caseNow().approvals[0]!.state).toBe("pending");
    const outcome = act(call, { side: "approval", code: code(call, 500, call.world) });
    expect(outcome.say).toHaveLength(1);
    expect(call.conversation.caseNow()).toMatchObject({
      approvals: [{ state: "approved", decided_by: "chen" }],
      record: { amount: 500, class: "b" },
    });
    expect(call.conversation.reply(side({ side: "approval", code: wrong }))).toMatchObject({
      code: "no_pending",
    });
  });

  test("nobody decides what he asked for himself", () => {
    const call = offered({ facts: { keys: { lin: key.publicKey } } });
    const own = call.conversation.reply(side({ side: "approval", code: code(call, 500, call.world) }));
    expect(own).toMatchObject({ type: "error", code: "code_own_request" });
    expect(call.conversation.caseNow().approvals[0]!.state).toBe("pending");
  });

  test("a code may come with the offer itself", () => {
    const call = start({ facts: { keys } });
    walkTo(call, "resolve.options");
    const good = code(call, 500, call.world);
    const bad = call.conversation.reply(value([{ ...big[0], amount: 600, code: good }]));
    expect(bad).toMatchObject({ type: "error", code: "code_other_amount" });
    expect(call.conversation.caseNow().approvals).toEqual([]);
    expect(call.conversation.reply(value([{ ...big[0], code: good }])).type).toBe("accepted");
    expect(call.conversation.caseNow()).toMatchObject({
      approvals: [{ state: "approved" }],
      record: { amount: 500 },
    });
    expect(call.conversation.caseNow().record.options![0]).not.toHaveProperty("code");
  });

  test("money for rudeness warns and is kept as overridden", () => {
    const call = start();
    walkTo(call, "resolve.options", { "analyze.category": "service-attitude" });
    expect(call.conversation.current()!.alerts.join(" ")).toContain("how the customer was treated");
    call.conversation.reply(value([{ remedy: "service-compensation", amount: 50, accepted: true }]));
    expect(call.conversation.current()!.alerts.join(" ")).toContain("how the customer was treated");
    const types = call.world.store.events(call.caseId).map((e) => e.type);
    expect(types.filter((t) => t === "overridden")).toHaveLength(1);
  });
});

describe("another script, another language", () => {
  test("goes on in another script without asking anything twice", () => {
    const call = start();
    walkTo(call, "analyze.cause", { "listen.product": "broadband" });
    const known = Object.keys(call.conversation.caseNow().record);
    const outcome = act(call, { side: "script", to: "telecom" });
    expect(outcome.data).toEqual({ to: "telecom" });
    const { questions, done } = play(call.conversation, {}, { otherwise: passing });
    for (const q of questions) expect(known).not.toContain(q.records);
    expect(done.case.script.id).toBe("telecom");
    expect(done.case.record.product).toBe("broadband");
  });

  test("goes on in another language with everything it shows", () => {
    const call = start();
    walkTo(call, "listen.kind");
    act(call, { side: "language", to: "中文" });
    const question = call.conversation.current()!;
    expect(question.step).toBe("listen.kind");
    expect(question.ask).toMatch(/\p{Script=Han}/u);
    expect(question.say).toMatch(/\p{Script=Han}/u);
    expect(call.conversation.caseNow().locale).toMatch(/^zh-/);
    expect(call.conversation.caseNow().record.words).toBe("Three weeks without broadband.");
    expect(call.conversation.stages()[0]!.label).toMatch(/\p{Script=Han}/u);
  });

  test.each([
    { side: "script", to: "call-back" },
    { side: "script", to: "nonsense" },
    { side: "language", to: "fr" },
  ])("$side $to is refused", (action) => {
    const call = start();
    const before = call.conversation.current();
    expect(call.conversation.reply(side(action))).toMatchObject({ type: "error", code: "not_in_set" });
    expect(call.conversation.current()).toEqual(before);
  });
});

describe("the end", () => {
  test.each(["cut_off", "refused", "abuse", "other"])("%s: open, what is missing, what next", (reason) => {
    const call = start();
    walkTo(call, "listen.words");
    const outcome = call.conversation.reply(side({ side: "end", reason }));
    expect(outcome).toMatchObject({
      type: "done",
      paused: false,
      case: { status: "open", record: { ended: reason } },
    });
    const { lines = [], extra = {} } = outcome as Outcome & { type: "done" };
    expect(extra.missing).toContain("Customer's words");
    expect(lines.join("\n")).toMatch(/Still missing: .*a way to reach the customer/);
    expect(lines.join("\n")).toMatch(/ring back/i);
    expect(call.conversation.current()).toBeUndefined();
    expect(call.conversation.reply(value("too late"))).toEqual(outcome);
  });

  test("a cut-off call stands at the stage where it was cut off", () => {
    const call = start();
    walkTo(call, "analyze.cause");
    call.conversation.reply(side({ side: "end", reason: "cut_off" }));
    expect(call.conversation.caseNow().stage).toBe("analyze");
  });

  test("no other reason", () => {
    const call = start();
    expect(call.conversation.reply(side({ side: "end", reason: "bored" }))).toMatchObject({
      code: "not_in_set",
    });
    expect(call.conversation.caseNow().status).toBe("draft");
  });

  test("pause leaves the case as it stands", () => {
    const call = start();
    walkTo(call, "listen.words");
    const outcome = call.conversation.reply(side({ side: "pause" }));
    expect(outcome).toMatchObject({ type: "done", paused: true, case: { status: "draft" } });
    expect(call.world.store.unfinished("lin")).toHaveLength(1);
  });

  test("an unknown side action is an error", () => {
    expect(start().conversation.reply(side({ side: "dance" }))).toMatchObject({
      type: "error",
      code: "unknown",
    });
    expect(start().conversation.reply(side({ side: "rewind", turns: 1 }))).toMatchObject({ type: "error" });
  });

  test("help names every action by its word", () => {
    const call = start();
    const { lines = [] } = act(call, { side: "help" });
    for (const { word } of call.conversation.actions().filter((a) => a.side !== "help"))
      expect(lines.join("\n")).toContain(`:${word}`);
  });
});

test("after a change of language, going back shows the same line in the new one", () => {
  const call = start();
  walkTo(call, "listen.words");
  const english = call.conversation.current()!.say;
  call.conversation.reply(value("Three weeks without broadband."));
  act(call, { side: "language", to: "zh-CN" });
  act(call, { side: "jump", to: "listen.words" });
  const chinese = call.conversation.current()!.say;
  expect(english).not.toMatch(/\p{Script=Han}/u);
  expect(chinese).toMatch(/\p{Script=Han}/u);
  const shown = call.world.store
    .state(call.caseId)!
    .runs[0]!.shown.filter((s) => s.step === "listen.words" && s.kind === "say");
  expect(new Set(shown.map((s) => s.key)).size).toBe(1);
});
