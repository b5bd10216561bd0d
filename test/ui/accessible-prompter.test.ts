/** The call in plain lines, from a pipe. */
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import type { Io } from "../../src/core/io.ts";
import type { OfferChoice, Outcome } from "../../src/core/question.ts";
import { accessiblePrompter } from "../../src/ui/accessible-prompter.ts";
import { type FakeOptions, type FakeStep, fakeConversation } from "../support/fake-conversation.ts";
import { messagesOf } from "../support/words.ts";

const t = messagesOf("ui", "en");
const choices = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    id: `id-${i + 1}`,
    label: `Choice ${String.fromCharCode(97 + i)}`,
  }));
const step = (question: FakeStep["question"], expected: unknown): FakeStep => ({
  question,
  expect: expected,
});

/** Pipes `lines` in at once; `end`: the pipe is closed behind them. */
async function pipe(options: FakeOptions, lines: string[], end = true) {
  const stdin = new PassThrough();
  const out = new PassThrough();
  let printed = "";
  out.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  const io = {
    stdin,
    stdout: new PassThrough(),
    stderr: out,
    color: false,
    unicode: true,
    columns: 80,
    rows: 24,
  } as unknown as Io;
  const fake = fakeConversation(options);
  const done = accessiblePrompter({ io, t, timeZone: "UTC" }).run(fake);
  const result = done.then(
    (outcome) => ({ outcome }),
    (error: unknown) => ({ error }),
  );
  stdin.write(lines.map((line) => `${line}\n`).join(""));
  if (end) stdin.end();
  return { ...(await result), fake, printed: () => printed } as {
    outcome?: Outcome & { type: "done" };
    error?: { code: string; exit: number };
    fake: typeof fake;
    printed: () => string;
  };
}

const offers: OfferChoice[] = [
  { id: "refund", label: "Refund", limit: 200, currency: "CNY", needs_approval: false },
  { id: "replace", label: "Replacement", needs_approval: false },
];

describe("a burst of piped lines", () => {
  it("answers every kind of question", async () => {
    const { outcome, fake } = await pipe(
      {
        steps: [
          step({ kind: "say" }, "said"),
          step({ kind: "text" }, "no broadband"),
          step({ kind: "choose", choices: choices(5) }, "id-3"),
          step({ kind: "choose", choices: choices(12) }, "id-11"),
          step({ kind: "choose-many", choices: choices(6) }, ["id-2", "id-5"]),
          step({ kind: "yes-no" }, true),
          step({ kind: "number" }, 3),
          step({ kind: "date" }, "2026-11-23"),
          step({ kind: "text", optional: true }, null),
          step({ kind: "offer", choices: offers }, [
            { remedy: "refund", amount: 50, currency: "CNY", accepted: false },
            { remedy: "replace", accepted: true },
          ]),
          step({ kind: "promise" }, [{ what: "engineer", due_at: "2026-11-24", reason: "first slot" }]),
          step({ kind: "reply", says: "Well?", turn: 1, choices: choices(3) }, "id-2"),
          step({ kind: "reply", says: "And?", turn: 2, choices: choices(3) }, "I hear you"),
        ],
      },
      [
        "1",
        "no broadband",
        "3",
        "choice k",
        "2 5",
        "y",
        "3",
        "2026-11-23",
        "",
        "1",
        "50",
        "n",
        "2",
        "1",
        "",
        "engineer",
        "2026-11-24",
        "first slot",
        "",
        "2",
        "I hear you",
      ],
      false,
    );
    expect(outcome?.paused).toBe(false);
    fake.finished();
  });

  it.each<[string, FakeStep["question"], string[], unknown]>([
    ["a text of several lines", { kind: "text" }, ["one\\", "two\\", "three"], "one\ntwo\nthree"],
    ["a text that ends with an empty line", { kind: "text" }, ["one\\", "two\\", ""], "one\ntwo"],
    ["a backslash at the end", { kind: "text" }, ["C:\\\\"], "C:\\"],
    ["a real colon", { kind: "text" }, ["::) fine"], ":) fine"],
    ["full-width numbers", { kind: "choose", choices: choices(12) }, ["１２"], "id-12"],
    [
      "a whole label before parts of others",
      { kind: "choose", choices: [...choices(2), { id: "x", label: "Choice" }] },
      ["choice"],
      "x",
    ],
    ["Enter for the default", { kind: "choose", choices: choices(3), default: "id-2" }, [""], "id-2"],
    [
      "digits without blanks",
      { kind: "choose-many", choices: choices(6) },
      ["136"],
      ["id-1", "id-3", "id-6"],
    ],
    [
      "Chinese commas",
      { kind: "choose-many", choices: choices(12) },
      ["１、11，3"],
      ["id-1", "id-11", "id-3"],
    ],
    ["none of many", { kind: "choose-many", choices: choices(3), default: ["id-1"] }, ["0"], []],
    ["what was marked", { kind: "choose-many", choices: choices(3), default: ["id-1"] }, [""], ["id-1"]],
    ["half-typed text by Enter", { kind: "text", typed: "half" }, [""], "half"],
    ["no for yes-no", { kind: "yes-no" }, ["2"], false],
    ["own words", { kind: "say" }, ["2"], "reworded"],
  ])("takes %s", async (_, question, lines, expected) => {
    const { fake } = await pipe({ steps: [step(question, expected)] }, lines);
    fake.finished();
  });

  it("says what is wrong and asks again", async () => {
    const { fake, printed } = await pipe(
      { steps: [step({ kind: "choose", choices: choices(12) }, "id-2"), step({ kind: "number" }, 4)] },
      ["40", "choice", "2", "x", "4"],
    );
    fake.finished();
    expect(printed()).toContain('Not taken: There is no choice "40".');
    expect(printed()).toContain("Not taken: More than one fits: Choice a, Choice b");
    expect(printed()).toContain('Not taken: "x" is no number');
  });
});

describe("side actions", () => {
  it("are words, at every kind of question", async () => {
    const { fake, printed } = await pipe(
      {
        steps: [step({ kind: "choose", choices: choices(3) }, "id-1"), step({ kind: "text" }, "one\ntwo")],
        sides: {
          recap: () => ({ type: "side", side: "recap", say: ["Let me read it back."], lines: ["fact one"] }),
        },
      },
      [":mood 4", ":recap", "1", "one\\", ":mood 5", "two"],
    );
    fake.finished();
    expect(fake.sides).toEqual([{ side: "mood", value: 4 }, { side: "recap" }, { side: "mood", value: 5 }]);
    expect(printed()).toContain("Say: Let me read it back.\nfact one\n");
  });

  it("ask for what they need, and :back leaves their form", async () => {
    const { fake, printed } = await pipe(
      {
        steps: [step({ kind: "text" }, "x")],
        sides: {
          escalate: () => ({ type: "side", side: "escalate" }),
          emergency: () => ({ type: "side", side: "emergency" }),
        },
      },
      [":escalate", "lead", "asked twice", ":emergency", "3", ":note", ":back", "x"],
    );
    fake.finished();
    expect(fake.sides).toEqual([
      { side: "escalate", to: "lead", why: "asked twice" },
      { side: "emergency", kind: "injury" },
    ]);
    expect(printed()).toContain(t("ui.form_escalate_to"));
  });

  it("help lists them", async () => {
    const { printed } = await pipe({ steps: [step({ kind: "text", help: "Let them finish first." }, "x")] }, [
      ":help",
      "x",
    ]);
    expect(printed()).toContain("Let them finish first.");
    expect(printed()).toContain(":recap  do recap");
  });

  it("back and jump go there", async () => {
    const { fake } = await pipe(
      { steps: [step({ kind: "text" }, "a"), step({ kind: "text" }, "b"), step({ kind: "text" }, "c")] },
      ["a", "b", ":jump step-0", "", "c"],
    );
    expect(fake.values).toEqual(["a", "b", "a", "c"]);
  });

  it("at the same step only what is new is read again", async () => {
    const { printed } = await pipe({ steps: [step({ kind: "text", say: "Please go on." }, "x")] }, [
      ":mood 4",
      "x",
    ]);
    expect(printed().split("Please go on.")).toHaveLength(2);
    expect(printed()).toContain("Mood 4 of 5.");
  });
});

describe("the end", () => {
  it("of the input stops, after every line was answered, and keeps a text that went on", async () => {
    const { error, fake } = await pipe(
      { steps: [step({ kind: "text" }, "a"), step({ kind: "text" }, "b")] },
      ["a", "half\\"],
    );
    expect(error).toMatchObject({ code: "stopped", exit: 130 });
    expect(fake.values).toEqual(["a"]);
    expect(fake.typed.at(-1)?.text).toBe("half");
  });

  it("does not lose what was half typed in an earlier session", async () => {
    const { error, fake } = await pipe({ steps: [step({ kind: "text", typed: "half" }, "x")] }, [":mood 4"]);
    expect(error).toMatchObject({ code: "stopped" });
    expect(fake.typed.map((kept) => kept.text)).not.toContain("");
  });

  it("by :pause is a pause", async () => {
    const { outcome } = await pipe({ steps: [step({ kind: "text" }, "a")] }, [":pause"], false);
    expect(outcome?.paused).toBe(true);
  });

  it("by :end is none", async () => {
    const { outcome, fake } = await pipe({ steps: [step({ kind: "text" }, "a")] }, [":end cut"], false);
    expect(outcome?.paused).toBe(false);
    expect(fake.sides).toEqual([{ side: "end", reason: "cut_off" }]);
  });
});

describe("a busy store", () => {
  it("is told, and the lines behind the answer wait, even at the end of the input", async () => {
    const busy: Outcome = { type: "notice", code: "busy", message: "The store is busy." };
    const { fake, printed, outcome } = await pipe(
      { steps: [step({ kind: "text" }, "a"), step({ kind: "text" }, "b")], before: [busy, busy] },
      ["a", "b"],
    );
    expect(outcome?.type).toBe("done");
    fake.finished();
    expect(printed()).toContain("The store is busy. Trying again.");
  });
});

describe("a customer's text", () => {
  it("is read without control characters", async () => {
    const { printed } = await pipe(
      {
        steps: [
          step(
            {
              kind: "choose",
              ask: "a\u001b[2Jb",
              say: "x\u202ey\u0007",
              choices: [{ id: "i", label: "l\u001b]0;t\u0007m" }],
            },
            "i",
          ),
        ],
      },
      ["1"],
    );
    expect(printed()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(printed()).toContain("Question: ab");
  });
});
