/** `new --from`: the same record as the same answers in a call, all mistakes at once, all or nothing. */
import { describe, expect, test } from "vitest";
import { createFrom } from "../../src/call/from.ts";
import type { Case } from "../../src/core/case.ts";
import { ComplaintError } from "../../src/core/errors.ts";
import { newCall, newWorld, type World } from "../support/call-world.ts";
import { passing, play, side } from "../support/play.ts";

interface Options {
  isDraft?: boolean;
  fallback?: Record<string, string>;
  path?: string;
}

async function from(
  world: World,
  text: unknown,
  { isDraft = false, fallback = {}, path = "answers.yaml" }: Options = {},
) {
  const { facts, store, library, locale } = world;
  const body = typeof text === "string" ? text : JSON.stringify(text);
  const t = facts.translate(locale);
  return createFrom({ facts, store, library, text: body, path, locale, t, fallback, isDraft });
}

async function one(world: World, text: unknown, options: Options = {}): Promise<Case> {
  const { states } = await from(world, text, options);
  return states[0]!.case;
}

async function mistakes(world: World, text: unknown, options: Options = {}): Promise<ComplaintError> {
  try {
    await from(world, text, options);
  } catch (error) {
    if (error instanceof ComplaintError) return error;
    throw error;
  }
  throw new Error("it was stored");
}

const MINIMAL = { answers: { words: "Three weeks without broadband.", category: "telecom-network" } };

describe("the example of the contract", () => {
  const EXAMPLE = `
script: good-faith        # optional
channel: phone
customer: { name: Wang Li, phone: "13800005678" }
answers:                  # by record field or by step key
  words: "Three weeks without broadband and nobody calls back."
  category: telecom-network
  mood_start: 4
promises: [ { what: engineer visit, due_at: 2026-11-23T10:00:00+08:00, reason: first free slot } ]
`;

  test("makes an open case", async () => {
    const c = await one(newWorld(), EXAMPLE);
    expect(c).toMatchObject({
      status: "open",
      stage: "follow-up",
      script: { id: "good-faith" },
      record: {
        channel: "phone",
        customer_name: "Wang Li",
        customer_phone: "13800005678",
        words: "Three weeks without broadband and nobody calls back.",
        category: "telecom-network",
        mood_start: 4,
      },
      moods: [{ stage: "listen", mood: 4 }],
      promises: [
        { n: 1, what: "engineer visit", due_at: "2026-11-23T02:00:00.000Z", reason: "first free slot" },
      ],
    });
    expect(c.resolve_by).toBeDefined();
    expect(c.update_by).toBeDefined();
  });
});

describe("the same answers in a call and in a file", () => {
  const FIELDS: Record<string, unknown> = {
    channel: "chat",
    words: "断网三周，没人回电话",
    flags: ["media", "legal"],
    summary: "师傅没来",
    customer_name: "王女士",
    customer_phone: "13800005678",
    kind: "valid",
    psychology: "compensation",
    incident_at: "2026-11-02T10:00:00+08:00",
    product: "宽带",
    evidence: "缴费单",
    loss: "两天工夫",
    demand: "赔500元",
    category: "telecom-network",
    cause: "forgot-task",
    severity: "high",
    reasonable: "partly",
    department: "维修部",
    options: [
      { remedy: "onsite-repair", accepted: true },
      { remedy: "refund", amount: 500, accepted: true },
      { remedy: "service-compensation", amount: 50, accepted: false },
    ],
    agreed: "yes",
    deadline: "2026-11-23",
    deadline_reason: "配件缺货",
    outcome: "resolved_later",
    callback_wanted: true,
  };
  const PROMISES = [{ what: "上门维修", due_at: "2026-11-23T10:00:00+08:00", reason: "最早的空档" }];

  function spoken(): Case {
    const { conversation } = newCall(newWorld());
    conversation.reply(side({ side: "mood", value: 4 }));
    const { done } = play(
      conversation,
      { ...FIELDS, "resolve.promise": PROMISES },
      {
        otherwise: passing,
        before: (q, talk) => {
          if (q.step === "analyze.category") talk.reply(side({ side: "mood", value: 5 }));
          if (q.step === "follow-up.outcome") talk.reply(side({ side: "mood", value: 2 }));
          if (q.step === "analyze.cause") talk.reply(side({ side: "mood", value: 3 }));
        },
      },
    );
    return done.case;
  }

  const moods = { mood_start: 4, mood_peak: 5, mood_end: 2 };

  test.each([
    ["JSON by field", { answers: { ...FIELDS, ...moods }, promises: PROMISES }],
    [
      "by step key where there is one",
      {
        channel: "chat",
        answers: {
          ...Object.fromEntries(Object.entries(FIELDS).filter(([f]) => f !== "channel" && f !== "words")),
          "listen.words": FIELDS.words,
          "resolve.promise": PROMISES,
          ...moods,
        },
      },
    ],
  ])("%s: the same record", async (_, text) => {
    const written = await one(newWorld(), text);
    const said = spoken();
    expect(written.record).toEqual(said.record);
    expect(written.status).toBe(said.status);
    expect(written.stage).toBe(said.stage);
    expect(written.approvals.map(({ asked_at: _a, ...a }) => a)).toEqual(
      said.approvals.map(({ asked_at: _a, ...a }) => a),
    );
    expect(written.promises.map(({ made_at: _m, ...p }) => p)).toEqual(
      said.promises.map(({ made_at: _m, ...p }) => p),
    );
    expect(written.moods.map((m) => m.mood)).toEqual([4, 5, 2]);
  });
});

describe("several cases", () => {
  test("a list or several documents, in one transaction", async () => {
    const world = newWorld();
    const list = await from(world, [MINIMAL, MINIMAL]);
    expect(list).toMatchObject({ isMany: true });
    expect(list.states).toHaveLength(2);
    const documents = await from(
      world,
      `answers: { words: a, category: other }\n---\nanswers: { words: b, category: other }\n`,
    );
    expect(documents.states.map((s) => s.case.record.words)).toEqual(["a", "b"]);
    expect(world.store.list({}).total).toBe(4);
    expect(new Set(world.store.list({}).cases.map((c) => c.ref)).size).toBe(4);
  });

  test("one mistake and nothing is stored", async () => {
    const world = newWorld();
    const error = await mistakes(world, [MINIMAL, { answers: { words: "x", category: "moon" } }, MINIMAL]);
    expect(error).toMatchObject({ exit: 3, code: "bad_answers" });
    expect(error.details.map((d) => d.path)).toEqual(["[1].answers.category"]);
    expect(world.store.list({}).total).toBe(0);
    expect([...world.store.scripts()]).toEqual([]);
  });
});

describe("mistakes", () => {
  test("all of them together, each with path, line and column", async () => {
    const text = [
      "chanel: phone",
      "customer: { phone: 13800005678, shoe_size: 43 }",
      "answers:",
      "  category: moon",
      "  amount: 5",
      "  closed_reason: satisfied",
      "  hobby: chess",
      "  mood_start: 4",
      "  mood_peak: 2",
      "  incident_at: yesterday",
      "  options: [{ remedy: refund, amount: -3, accepted: true }]",
      "promises: [{ what: visit }]",
    ].join("\n");
    const world = newWorld();
    const { details, message } = await mistakes(world, text);
    const places = details.map((d) => `${d.path}:${d.line}`);
    expect(places).toEqual([
      "chanel:1",
      "customer.phone:2",
      "customer.shoe_size:2",
      "answers.category:4",
      "answers.amount:5",
      "answers.closed_reason:6",
      "answers.hobby:7",
      "answers.incident_at:10",
      "answers.options[0].amount:11",
      "promises[0].due_at:12",
      "answers.words:4",
      "answers.mood_peak:9",
    ]);
    expect(details.every((d) => (d.column ?? 0) > 0 && d.message.length > 5)).toBe(true);
    expect(message).toContain("12 mistakes");
    expect(world.store.list({}).total).toBe(0);
  });

  test("JSON is placed too", async () => {
    const { details } = await mistakes(
      newWorld(),
      '{\n  "answers": {\n    "words": "x",\n    "category": 7\n  }\n}',
    );
    expect(details[0]).toMatchObject({ path: "answers.category", line: 4 });
  });

  test.each([
    ["", "empty_answers"],
    ["# only a comment\n", "empty_answers"],
    ["[]", "empty_answers"],
    ["answers: [unclosed", "bad_answers"],
    ["a: 1\na: 2\n", "bad_answers"],
    ["just a text", "bad_answers"],
    ["script: call-back\nanswers: { words: x, category: other }", "bad_answers"],
    ["script: nonsense\nanswers: { words: x, category: other }", "bad_answers"],
    ["answers: [1, 2]", "bad_answers"],
    [
      `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c]`,
      "bad_answers",
    ],
  ])("%j is refused", async (text, code) => {
    expect(await mistakes(newWorld(), text)).toMatchObject({ exit: 3, code });
  });

  test("an answer given twice, and one to a step that does not apply", async () => {
    const twice = await mistakes(newWorld(), {
      channel: "phone",
      answers: { ...MINIMAL.answers, channel: "chat" },
    });
    expect(twice.details.map((d) => d.path)).toEqual(["answers.channel"]);
    const idle = await mistakes(newWorld(), {
      answers: { ...MINIMAL.answers, agreed: "yes", "resolve.dispute_point": "x" },
    });
    expect(idle.details.map((d) => d.path)).toEqual(["answers.resolve.dispute_point"]);
  });

  test("a key that stands twice in JSON is a mistake with its place, as in YAML", async () => {
    const text = `{"channel": "phone", "answers": {"words": "a: \\"b\\"",\n "category": "price", "words": "c"}}`;
    const { exit, details } = await mistakes(newWorld(), text);
    expect(exit).toBe(3);
    expect(details.map((d) => [d.line, d.column])).toEqual([[2, 23]]);
  });

  test("what the script assumes counts: a step that depends on the channel may be answered without naming it", async () => {
    const c = await one(newWorld(), {
      answers: { ...MINIMAL.answers, "listen.recording_notice": true },
    });
    expect(c.record).toMatchObject({ channel: "phone", recording_notice: true });
    const idle = await mistakes(newWorld(), {
      channel: "letter",
      answers: { ...MINIMAL.answers, "listen.recording_notice": true },
    });
    expect(idle.details.map((d) => d.path)).toEqual(["answers.listen.recording_notice"]);
  });

  test("a required answer may only be missing in a draft", async () => {
    const world = newWorld();
    expect((await mistakes(world, { answers: { words: "x" } })).details.map((d) => d.path)).toEqual([
      "answers.category",
    ]);
    const draft = await one(world, { answers: { words: "x" } }, { isDraft: true });
    expect(draft).toMatchObject({ status: "draft", record: { words: "x", channel: "phone" } });
    expect(world.store.unfinished("lin")).toHaveLength(1);
  });
});

describe("what no step asks for", () => {
  test("may be given all the same", async () => {
    const c = await one(newWorld(), {
      answers: {
        ...MINIMAL.answers,
        place: "East hall",
        customer_class: "vip",
        lesson: "ring back",
        satisfaction: 4,
      },
    });
    expect(c.record).toMatchObject({
      place: "East hall",
      customer_class: "vip",
      lesson: "ring back",
      satisfaction: 4,
    });
  });

  test("status follows as in a call", async () => {
    const closed = await one(newWorld(), {
      answers: { ...MINIMAL.answers, outcome: "resolved_on_spot", satisfaction: 5 },
    });
    expect(closed).toMatchObject({ status: "closed", record: { closed_reason: "exempt_on_spot" } });
    const resolved = await one(newWorld(), { answers: { ...MINIMAL.answers, outcome: "not_upheld" } });
    expect(resolved).toMatchObject({ status: "resolved", callbacks: [{ n: 1, due_at: expect.any(String) }] });
  });

  test("the flag repeat is set by itself", async () => {
    const world = newWorld();
    await one(world, { ...MINIMAL, customer: { phone: "13800005678" } });
    const second = await one(world, { ...MINIMAL, customer: { phone: "138 0000 5678" } });
    expect(second.record.flags).toEqual(["repeat"]);
  });

  test("flags of the command line fill in what the file leaves out", async () => {
    const c = await one(newWorld(), MINIMAL, { fallback: { channel: "visit", phone: "13911112222" } });
    expect(c.record).toMatchObject({ channel: "visit", customer_phone: "13911112222" });
    const own = await one(newWorld(), { ...MINIMAL, channel: "letter" }, { fallback: { channel: "visit" } });
    expect(own.record.channel).toBe("letter");
  });
});
