/** The dialogue: what is asked, what is stored before the next question, and what back, jump and errors leave alone. */
import { describe, expect, test } from "vitest";
import { openDialogue } from "../../src/call/dialogue.ts";
import { newCall, newWorld } from "../support/call-world.ts";
import { passing, play, side, value } from "../support/play.ts";

const STORY = { "listen.words": "Three weeks without broadband.", "analyze.category": "telecom-network" };

/** Answers with passing values until `step` is asked. */
function walkTo(
  conversation: ReturnType<typeof newCall>["conversation"],
  step: string,
  given: Record<string, unknown> = {},
): void {
  for (let i = 0; i < 100; i++) {
    const question = conversation.current()!;
    if (question.step === step) return;
    const answer =
      given[question.step] ?? (STORY as Record<string, unknown>)[question.step] ?? passing(question);
    expect(conversation.reply(value(answer)).type).toBe("accepted");
  }
  throw new Error(`${step} was never asked`);
}

describe("the order of questions", () => {
  test("what the flags gave is not asked", () => {
    const world = newWorld();
    const known = { channel: "visit", phone: "13800005678", name: "Ms Wang" };
    const { conversation } = newCall(world, { known });
    const { questions } = play(conversation, STORY, { otherwise: passing });
    const asked = questions.map((q) => q.records);
    expect(asked).not.toContain("channel");
    expect(asked).not.toContain("customer_phone");
    expect(asked).not.toContain("customer_name");
    expect(conversation.caseNow().record).toMatchObject({ channel: "visit", customer_phone: "13800005678" });
  });

  test("Enter alone takes what the script assumes", () => {
    const { conversation } = newCall(newWorld());
    walkTo(conversation, "listen.channel");
    expect(conversation.current()).toMatchObject({ default: "phone", optional: true });
    conversation.reply(value(null));
    expect(conversation.caseNow().record.channel).toBe("phone");
  });

  test("a call ends by itself after its last step", () => {
    const { conversation } = newCall(newWorld());
    const { done } = play(conversation, STORY, { otherwise: passing });
    expect(done.paused).toBe(false);
    expect(done.case.status).toBe("open");
    expect(done.case.runs[0]?.finished_at).toBeDefined();
    expect(done.case.stage).toBe("follow-up");
    expect(conversation.current()).toBeUndefined();
  });
});

describe("values", () => {
  test.each([
    ["listen.words", 7, "not_text"],
    ["listen.words", "  ", "required"],
    ["listen.words", null, "required"],
    ["listen.channel", "pigeon", "not_in_set"],
    ["listen.flags", "media", "not_list"],
    ["listen.flags", ["media", "x"], "not_in_set"],
    ["listen.recording_notice", "yes", "not_bool"],
    ["listen.incident_at", "tomorrow", "not_date"],
    ["listen.incident_at", "2026-02-30", "not_date"],
    ["listen.greeting", "hello", "not_in_set"],
    ["listen.greeting", null, "required"],
    ["resolve.options", [{ remedy: "refund", amount: -1, accepted: true }], "negative"],
    ["resolve.options", [{ remedy: "refund", amount: 1.005, accepted: true }], "digits"],
    ["resolve.options", [{ remedy: "refund", amount: 10 }], "not_bool"],
    ["resolve.options", [{ remedy: "moon", accepted: true }], "not_in_set"],
    ["resolve.promise", [{ what: "visit", due_at: "2020-01-01" }], "in_past"],
    ["resolve.promise", [{ what: "", due_at: "2027-01-01" }], "not_text"],
    ["resolve.promise", [{ what: "visit", due_at: "soon" }], "not_date"],
    ["resolve.promise", { what: "visit" }, "not_list"],
  ])("%s refuses %j and stands", (step, wrong, code) => {
    const world = newWorld();
    const { conversation, caseId } = newCall(world);
    walkTo(conversation, step);
    const before = world.store.events(caseId).length;
    const question = conversation.current();
    expect(conversation.reply(value(wrong))).toMatchObject({ type: "error", code });
    expect(conversation.current()).toEqual(question);
    expect(world.store.events(caseId)).toHaveLength(before);
  });

  test("a complaint cannot have arrived after it was opened", () => {
    const { conversation } = newCall(newWorld(), { known: { channel: "email" } });
    walkTo(conversation, "listen.received_at");
    expect(conversation.reply(value("2026-11-21"))).toMatchObject({ type: "error", code: "after_opening" });
    expect(conversation.reply(value("2026-11-19T10:00")).type).toBe("accepted");
    expect(conversation.caseNow().record.received_at).toBe("2026-11-19T02:00:00.000Z");
  });

  test("the day a complaint arrived is its first moment here, as for deadlines and reports", () => {
    const { conversation } = newCall(newWorld(), { known: { channel: "email" } });
    walkTo(conversation, "listen.received_at");
    expect(conversation.reply(value("2026-11-19")).type).toBe("accepted");
    expect(conversation.caseNow().record.received_at).toBe("2026-11-18T16:00:00.000Z");
  });

  test("text is kept exactly, whatever it holds", () => {
    const text = "\u001b[31mred\u0000 \u202eabc 👩‍👩‍👧 ".padEnd(100_000, "字");
    const { conversation } = newCall(newWorld());
    walkTo(conversation, "listen.words");
    conversation.reply(value(text));
    expect(conversation.caseNow().record.words).toBe(text);
  });

  test("pieces of evidence come one a line, or as the record keeps them", () => {
    const { conversation } = newCall(newWorld());
    const given = { "listen.kind": "valid", "listen.product": "router" };
    walkTo(conversation, "listen.evidence", given);
    conversation.reply(value("photo of the router\nbill of May"));
    expect(conversation.caseNow().record.evidence).toEqual([
      { kind: "other", what: "photo of the router", state: "have" },
      { kind: "other", what: "bill of May", state: "have" },
    ]);
  });
});

describe("back and jump", () => {
  test("the step before stands with its answer; later answers stay; then the first unanswered is next", () => {
    const { conversation } = newCall(newWorld());
    walkTo(conversation, "listen.kind");
    const next = conversation.current()!;
    conversation.reply(side({ side: "jump", to: "listen.words" }));
    expect(conversation.current()).toMatchObject({
      step: "listen.words",
      default: "Three weeks without broadband.",
    });
    conversation.reply(value("Four weeks without broadband."));
    expect(conversation.current()).toMatchObject({ step: next.step, say: next.say });
    expect(conversation.caseNow().record.words).toBe("Four weeks without broadband.");
    conversation.reply(side({ side: "back" }));
    conversation.reply(side({ side: "back" }));
    expect(conversation.places().findIndex((p) => p.key === conversation.current()?.step)).toBe(
      conversation.places().findIndex((p) => p.key === next.step) - 2,
    );
  });

  test("back at the first step stays there and says so", () => {
    const { conversation } = newCall(newWorld());
    const first = conversation.current()!.step;
    expect(conversation.reply(side({ side: "back" }))).toMatchObject({
      type: "side",
      message: "This is the first step.",
    });
    expect(conversation.current()!.step).toBe(first);
  });

  test.each([
    ["apolog", "apologize.apology"],
    ["analyze", "analyze.category"],
    ["Analyze", "analyze.category"],
    ["categ", "analyze.category"],
    ["listen.words", "listen.words"],
    ["Customer's words", "listen.words"],
  ])("jump %s", (to, step) => {
    const { conversation } = newCall(newWorld());
    conversation.reply(side({ side: "jump", to }));
    expect(conversation.current()!.step).toBe(step);
  });

  test("a stage is known by its name in the language of the call", () => {
    const { conversation } = newCall(newWorld({ locale: "zh-CN" }));
    conversation.reply(side({ side: "jump", to: "道歉" }));
    expect(conversation.current()!.stage).toBe("apologize");
  });

  test("a place that is not there is an error and nothing moves", () => {
    const { conversation } = newCall(newWorld());
    const before = conversation.current();
    expect(conversation.reply(side({ side: "jump", to: "mars" }))).toMatchObject({
      type: "error",
      code: "not_found",
    });
    expect(conversation.reply(side({ side: "jump", to: " " }))).toMatchObject({
      type: "error",
      code: "not_found",
    });
    expect(conversation.current()).toEqual(before);
  });

  test("the line that was shown is shown again", () => {
    const { conversation } = newCall(newWorld());
    walkTo(conversation, "listen.words");
    const { say } = conversation.current()!;
    walkTo(conversation, "listen.kind");
    conversation.reply(side({ side: "jump", to: "listen.words" }));
    expect(conversation.current()!.say).toBe(say);
  });
});

describe("half-typed text", () => {
  test("is there again in the next session, and gone once the answer is stored", () => {
    const world = newWorld();
    const { conversation, caseId, run } = newCall(world);
    walkTo(conversation, "listen.words");
    conversation.keepTyped("The engineer was supposed to");
    const again = openDialogue({ ...world, caseId, run, resumed: true });
    expect(again.current()!.typed).toBe("The engineer was supposed to");
    again.reply(value("The engineer did not come."));
    again.reply(side({ side: "back" }));
    expect(again.current()!.typed).toBeUndefined();
  });
});

describe("time", () => {
  test("the time between two sessions does not count", () => {
    const world = newWorld();
    const { conversation, caseId, run } = newCall(world);
    world.pass(60);
    conversation.reply(value(passing(conversation.current()!)));
    world.pass(20);
    expect(conversation.elapsed()).toBe(80);
    conversation.reply(side({ side: "pause" }));
    world.pass(3600);
    const again = openDialogue({ ...world, caseId, run, resumed: true });
    expect(again.elapsed()).toBeLessThan(90);
    world.pass(5);
    again.reply(side({ side: "note", text: "back again" }));
    expect(again.elapsed()).toBeLessThan(95);
    expect(again.elapsed()).toBeGreaterThanOrEqual(65);
  });
});

describe("the closing question", () => {
  const promised = { "resolve.promise": [{ what: "engineer visit", due_at: "2026-11-23T10:00:00+08:00" }] };

  test("asks for a contact while a promise is owed and none is known", () => {
    const { conversation } = newCall(newWorld());
    walkTo(conversation, "follow-up.closing-contact", promised);
    expect(conversation.current()).toMatchObject({ kind: "text", optional: true, records: "customer_phone" });
    const done = conversation.reply(value("wang@example.com"));
    expect(done).toMatchObject({ type: "done", case: { record: { customer_email: "wang@example.com" } } });
  });

  test.each([null, "no", "No.", "不愿意", "不方便"])("a refusal is kept: %j", (refusal) => {
    const { conversation } = newCall(newWorld());
    walkTo(conversation, "follow-up.closing-contact", promised);
    const done = conversation.reply(value(refusal));
    expect(done).toMatchObject({ type: "done", case: { record: { contact_ok: false } } });
    expect(conversation.caseNow().record).not.toHaveProperty("customer_address");
  });

  test.each([
    ["customer_address", "12 Mill Lane"],
    ["customer_address", "和平路12号3栋"],
    ["customer_account", "AC-99812"],
    ["customer_phone", "+86 138-0000-5678"],
  ])("%s is told by its form: %s", (field, given) => {
    const { conversation } = newCall(newWorld());
    walkTo(conversation, "follow-up.closing-contact", promised);
    expect(conversation.reply(value(given))).toMatchObject({ case: { record: { [field]: given } } });
  });

  test("asks while a call-back is due, even one that is not wanted", () => {
    const { conversation } = newCall(newWorld());
    const answers = { "follow-up.outcome": "not_upheld", "follow-up.callback_wanted": false };
    walkTo(conversation, "follow-up.closing-contact", answers);
    expect(conversation.reply(value(null))).toMatchObject({
      case: { status: "resolved", callbacks: [{ n: 1 }], record: { contact_ok: false } },
    });
  });

  test("is not asked where nothing is owed, or a contact is known", () => {
    const nothing = play(newCall(newWorld()).conversation, STORY, { otherwise: passing });
    expect(nothing.questions.map((q) => q.step)).not.toContain("follow-up.closing-contact");
    const { conversation } = newCall(newWorld(), { known: { phone: "13800005678" } });
    const known = play(conversation, { ...STORY, ...promised }, { otherwise: passing });
    expect(known.questions.map((q) => q.step)).not.toContain("follow-up.closing-contact");
  });
});
