/** The call screen, key by key, against a terminal emulator and a strict conversation. */
import { afterEach, describe, expect, it } from "vitest";
import type { OfferChoice, Outcome, SideName } from "../../src/core/question.ts";
import { type TerminalOptions, terminalPrompter } from "../../src/ui/terminal-prompter.ts";
import { type FakeOptions, type FakeStep, fakeConversation } from "../support/fake-conversation.ts";
import { type FakeTerminal, fakeTerminal } from "../support/fake-terminal.ts";
import { messagesOf } from "../support/words.ts";

const t = messagesOf("ui", "en");
const letters = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    id: `id-${i + 1}`,
    label: `Choice ${String.fromCharCode(97 + i)}`,
  }));
const text = (expected?: string): FakeStep => ({
  question: { kind: "text" },
  ...(expected === undefined ? {} : { expect: expected }),
});
const step = (question: FakeStep["question"], expected: unknown): FakeStep => ({
  question,
  expect: expected,
});
const LAST: FakeStep = { question: { kind: "text", ask: "The last one?" } };

const ENTER = "\r";
const ESC_WAIT = 150;
const paste = (content: string) => `\u001b[200~${content}\u001b[201~`;

let running: { terminal: FakeTerminal; done: Promise<unknown> }[] = [];

/** Starts a call; it is left with Ctrl+C after the test where it did not end by itself. */
async function start(
  options: FakeOptions,
  more: Partial<TerminalOptions> & { size?: { columns: number; rows: number } } = {},
) {
  const { size, ...rest } = more;
  const terminal = fakeTerminal(size);
  const fake = fakeConversation(options);
  const done = terminalPrompter({ io: terminal.io, t, density: "normal", timeZone: "UTC", ...rest }).run(
    fake,
  );
  const end: Promise<unknown> = done.catch((error: unknown) => error);
  running.push({ terminal, done: end });
  await terminal.settle();
  await terminal.settle();
  return { terminal, fake, done, end };
}

afterEach(async () => {
  for (const { terminal, done } of running) {
    await terminal.type("\u0003");
    await done;
  }
  running = [];
});

const side = (name: SideName, more: Partial<Outcome & { type: "side" }> = {}) => ({
  [name]: (): Outcome => ({ type: "side", side: name, ...more }),
});

describe("a burst", () => {
  it("of ten answers in one read gives ten answers", async () => {
    const { terminal, fake, done } = await start({
      steps: [
        step({ kind: "say" }, "said"),
        text("no broadband"),
        step({ kind: "choose", choices: letters(5) }, "id-3"),
        step({ kind: "choose", choices: letters(12) }, "id-11"),
        step({ kind: "choose-many", choices: letters(6) }, ["id-2", "id-5"]),
        step({ kind: "yes-no" }, true),
        step({ kind: "number" }, 3),
        step({ kind: "date" }, "2026-11-23"),
        step({ kind: "text", optional: true }, null),
        text("谢谢"),
      ],
    });
    await terminal.type(
      `1no broadband${ENTER}311${ENTER}52${ENTER}y3${ENTER}2026-11-23${ENTER}${ENTER}谢谢${ENTER}`,
    );
    expect((await done).type).toBe("done");
    expect(fake.values).toHaveLength(10);
    fake.finished();
  });

  it("that came before the first question is not lost, and its line feeds are Enter", async () => {
    const terminal = fakeTerminal();
    const fake = fakeConversation({ steps: [text("one"), step({ kind: "yes-no" }, false), text("three")] });
    const done = terminalPrompter({ io: terminal.io, t, density: "normal" }).run(fake);
    await terminal.type("one\nnthree\n");
    await done;
    fake.finished();
  });

  it("of a hundred thousand characters is kept whole", async () => {
    const long = "长话 long ".repeat(12_500);
    const { terminal, fake, done } = await start({ steps: [text(long)] });
    for (let at = 0; at < long.length; at += 4096) await terminal.type(long.slice(at, at + 4096));
    await terminal.type(ENTER);
    await done;
    fake.finished();
  });
});

describe("Enter after a choosing digit", () => {
  const steps = [
    step({ kind: "choose", choices: letters(3) }, "id-2"),
    step({ kind: "text", optional: true }, null),
    LAST,
  ];

  it("is ignored when it comes alone and at once", async () => {
    const { terminal, fake } = await start({ steps });
    await terminal.type("2");
    await terminal.type(ENTER);
    expect(fake.values).toEqual(["id-2"]);
  });

  it("counts in one read", async () => {
    const { terminal, fake } = await start({ steps });
    await terminal.type(`2${ENTER}`);
    expect(fake.values).toEqual(["id-2", null]);
  });

  it("counts after a mark in a list of many", async () => {
    const { terminal, fake } = await start({
      steps: [step({ kind: "choose-many", choices: letters(3) }, ["id-2"]), LAST],
    });
    await terminal.type("2");
    await terminal.type(ENTER);
    expect(fake.values).toEqual([["id-2"]]);
  });
});

describe("a text", () => {
  it.each([
    ["plain", `hello${ENTER}`, "hello"],
    ["with new lines by Ctrl+J and Alt+Enter", `a\nb\u001b\rc${ENTER}`, "a\nb\nc"],
    ["pasted in three lines", `${paste("one\rtwo\nthree")}${ENTER}`, "one\ntwo\nthree"],
    ["edited in the middle", `三没修\u001b[D\u001b[D周${ENTER}`, "三周没修"],
    ["with Home, Delete and Backspace", `xabcy\u007f\u001b[H\u001b[3~${ENTER}`, "abc"],
    ["of joined emoji, one Backspace for a family", `a👨‍👩‍👧\u007fb${ENTER}`, "ab"],
    ["with a real colon", `::) fine${ENTER}`, ":) fine"],
    ["with colons inside", `at 10:30: nothing${ENTER}`, "at 10:30: nothing"],
    ["pasted with a colon in front", `${paste(":end cut_off\n:pause")}${ENTER}`, ":end cut_off\n:pause"],
    ["with a question mark", `why?${ENTER}`, "why?"],
    ["with full-width digits", `１３８${ENTER}`, "１３８"],
  ])("%s", async (_, keys, expected) => {
    const { terminal, fake, done } = await start({ steps: [text(expected)] });
    await terminal.type(keys);
    await done;
    fake.finished();
  });

  it("is needed where it is not optional", async () => {
    const { terminal, fake } = await start({ steps: [text(), LAST] });
    await terminal.type(`  ${ENTER}`);
    expect(fake.values).toEqual([]);
    expect(terminal.screen()).toContain(t("ui.needs_text"));
  });

  it("stands while its answer is refused, and can be mended", async () => {
    const { terminal, fake, done } = await start({
      steps: [text("better")],
      before: [{ type: "error", code: "x", message: "That will not do." }],
    });
    await terminal.type(`worse${ENTER}`);
    expect(terminal.screen()).toContain("That will not do.");
    expect(terminal.screen()).toContain("> worse");
    await terminal.type(`\u0015better${ENTER}`);
    await done;
    fake.finished();
  });

  it("half typed before comes back", async () => {
    const { terminal, fake, done } = await start({
      steps: [{ question: { kind: "text", typed: "the engineer" }, expect: "the engineer came" }],
    });
    expect(terminal.screen()).toContain("> the engineer");
    await terminal.type(` came${ENTER}`);
    await done;
    fake.finished();
  });
});

describe("lists", () => {
  const list = (count: number, expected: unknown, more: object = {}) => ({
    steps: [step({ kind: "choose", choices: letters(count), ...more }, expected), LAST],
  });

  it.each([
    ["one digit of nine", 9, "9", "id-9"],
    ["a full-width digit", 9, "４", "id-4"],
    ["digits and Enter of twelve", 12, `10${ENTER}`, "id-10"],
    ["one digit and Enter of twelve", 12, `1${ENTER}`, "id-1"],
    ["full-width digits of twelve", 12, `１２${ENTER}`, "id-12"],
    ["letters", 12, `choice e${ENTER}`, "id-5"],
    ["arrows", 12, `\u001b[B\u001b[B\u001b[A${ENTER}`, "id-1"],
    ["a mended number", 12, `12\u007f\u007f7${ENTER}`, "id-7"],
  ])("take %s", async (_, count, keys, expected) => {
    const { terminal, fake } = await start(list(count, expected));
    await terminal.type(keys);
    expect(fake.values).toEqual([expected]);
  });

  it("say what is wrong", async () => {
    const { terminal, fake } = await start(list(12, "id-2"));
    await terminal.type(`40${ENTER}`);
    expect(terminal.screen()).toContain(t("ui.no_choice", { entry: "40" }));
    await terminal.type(`2${ENTER}`);
    expect(fake.values).toEqual(["id-2"]);
  });

  it("take Enter for the default, and pass where optional", async () => {
    const { terminal, fake } = await start({
      steps: [
        step({ kind: "choose", choices: letters(4), default: "id-3" }, "id-3"),
        step({ kind: "choose", choices: letters(4), optional: true }, null),
        LAST,
      ],
    });
    await terminal.type(`${ENTER}${ENTER}`);
    expect(fake.values).toEqual(["id-3", null]);
  });

  it("of many: marks, unmarks, and Enter passes where nothing was touched", async () => {
    const many = (expected: unknown, more: object = {}) =>
      step({ kind: "choose-many", choices: letters(4), optional: true, ...more }, expected);
    const { terminal, fake } = await start({
      steps: [many(["id-1", "id-4"]), many(null), many([]), many(["id-2"], { default: ["id-2"] }), LAST],
    });
    await terminal.type(`412２${ENTER}`);
    expect(fake.values).toEqual([["id-1", "id-4"]]);
    await terminal.type(ENTER);
    await terminal.type(`33${ENTER}`);
    await terminal.type(ENTER);
    expect(fake.values).toEqual([["id-1", "id-4"], null, [], ["id-2"]]);
  });

  it.each([
    ["1", true],
    ["2", false],
    ["y", true],
    ["N", false],
    ["２", false],
    ["是", true],
  ])("yes-no: %s", async (key, expected) => {
    const { terminal, fake } = await start({ steps: [step({ kind: "yes-no" }, expected), LAST] });
    await terminal.type(key);
    expect(fake.values).toEqual([expected]);
  });

  it.each([
    [ENTER, "said"],
    ["1", "said"],
    ["2", "reworded"],
    ["3", "skipped"],
  ])("say: %j", async (key, expected) => {
    const { terminal, fake } = await start({ steps: [step({ kind: "say" }, expected), LAST] });
    await terminal.type(key);
    expect(fake.values).toEqual([expected]);
  });

  it("show a long list in columns and as much of it as fits", async () => {
    const { terminal } = await start(
      { steps: [step({ kind: "choose", choices: letters(40) }, "id-1"), LAST] },
      { size: { columns: 60, rows: 16 } },
    );
    expect(terminal.screen()).toMatch(/ 1 Choice a +\d+ Choice/);
    expect(terminal.screen()).toMatch(/\d+ more/);
    await terminal.type("39");
    expect(terminal.screen()).toContain("> 39");
  });
});

describe("numbers and dates", () => {
  it("say what is wrong and keep what was typed", async () => {
    const { terminal, fake } = await start({
      steps: [step({ kind: "number" }, 42), step({ kind: "date" }, "2026-11-24"), LAST],
    });
    await terminal.type(`4x${ENTER}`);
    expect(terminal.screen()).toContain('"4x" is no number');
    await terminal.type(`\u007f2${ENTER}`);
    await terminal.type(`soon${ENTER}`);
    expect(terminal.screen()).toContain('"soon" is no date');
    await terminal.type(`\u00152026-11-24${ENTER}`);
    expect(fake.values).toEqual([42, "2026-11-24"]);
    expect(terminal.screen()).toContain("Tue, Nov 24");
  });
});

describe("an offer", () => {
  const choices: OfferChoice[] = [
    { id: "refund", label: "Refund", limit: 200, currency: "CNY", needs_approval: false },
    { id: "replace", label: "Replacement", needs_approval: false },
    { id: "money", label: "Compensation", limit: 0, currency: "CNY", needs_approval: true },
  ];
  const offer = (expected: unknown, more: object = {}) => ({
    steps: [step({ kind: "offer", choices, optional: true, ...more }, expected), LAST],
  });

  it("is made of digits and Enter", async () => {
    const expected = [
      { remedy: "refund", amount: 150, currency: "CNY", accepted: false },
      { remedy: "replace", accepted: true },
    ];
    const { terminal, fake } = await start(offer(expected));
    expect(terminal.screen()).toContain("up to 200 CNY");
    expect(terminal.screen()).toContain("needs approval");
    await terminal.type(`1150${ENTER}221${ENTER}`);
    expect(fake.values).toEqual([expected]);
  });

  it("beyond the limit warns and takes a code", async () => {
    const { terminal, fake } = await start(
      offer([{ remedy: "refund", amount: 250, currency: "CNY", accepted: true, code: "ABCD-1234" }]),
    );
    await terminal.type(`1250${ENTER}`);
    expect(terminal.screen()).toContain(t("ui.offer_beyond"));
    await terminal.type(`ABCD-1234${ENTER}1${ENTER}`);
    expect(fake.values).toHaveLength(1);
  });

  it("asks for approval where no code is there, and takes no negative amount", async () => {
    const { terminal, fake } = await start(
      offer([{ remedy: "money", amount: 30, currency: "CNY", accepted: true }]),
    );
    await terminal.type(`3-5${ENTER}`);
    expect(terminal.screen()).toContain(t("ui.not_amount"));
    await terminal.type(`\u001530${ENTER}${ENTER}1${ENTER}`);
    expect(fake.values).toHaveLength(1);
  });

  it("goes back inside, and replaces what was offered before", async () => {
    const { terminal, fake } = await start(
      offer([{ remedy: "refund", amount: 90, currency: "CNY", accepted: true }]),
    );
    await terminal.type(`1100${ENTER}2`);
    expect(terminal.screen()).toContain("Refund 100 CNY: not accepted");
    await terminal.type("\u001b[Z");
    await terminal.type("\u001b[Z");
    await terminal.type(`\u001590${ENTER}1${ENTER}`);
    expect(fake.values).toHaveLength(1);
    expect(fake.sides).toEqual([]);
  });

  it("passes with Enter alone", async () => {
    const { terminal, fake } = await start(offer(null));
    await terminal.type(ENTER);
    expect(fake.values).toEqual([null]);
  });
});

describe("a promise", () => {
  it("is asked for what, when and why, as often as needed", async () => {
    const expected = [
      { what: "engineer", due_at: "2026-11-23", reason: "first free slot" },
      { what: "letter", due_at: "2026-11-24" },
    ];
    const { terminal, fake } = await start({ steps: [step({ kind: "promise" }, expected), LAST] });
    await terminal.type(`engineer${ENTER}soon${ENTER}`);
    expect(terminal.screen()).toContain('"soon" is no date');
    await terminal.type(
      `\u00152026-11-23${ENTER}first free slot${ENTER}letter${ENTER}2026-11-24${ENTER}${ENTER}${ENTER}`,
    );
    expect(fake.values).toEqual([expected]);
  });

  it("half made survives a pause", async () => {
    const { terminal, fake, done } = await start({ steps: [step({ kind: "promise" }, []), LAST] });
    await terminal.type(`engineer${ENTER}2026-11-23${ENTER}first free`);
    await terminal.type("\u0003");
    await done;
    const { text: typed } = fake.typed.at(-1)!;
    const again = await start({
      steps: [
        step({ kind: "promise", typed }, [
          { what: "engineer", due_at: "2026-11-23", reason: "first free slot" },
        ]),
        LAST,
      ],
    });
    await again.terminal.type(` slot${ENTER}${ENTER}`);
    expect(again.fake.values).toHaveLength(1);
  });
});

describe("a practice turn", () => {
  const turn = (expected: unknown) => ({
    steps: [step({ kind: "reply", turn: 1, says: "Three weeks!", choices: letters(3) }, expected), LAST],
  });
  it.each([
    ["I hear you.", "I hear you."],
    ["2", "id-2"],
    ["３", "id-3"],
    ["3 weeks is long", "3 weeks is long"],
  ])("%j", async (typed, expected) => {
    const { terminal, fake } = await start(turn(expected));
    expect(terminal.screen()).toContain("Three weeks!");
    await terminal.type(`${typed}${ENTER}`);
    expect(fake.values).toEqual([expected]);
  });

  it("Enter by habit is not silence: the first is told, the second counts", async () => {
    const { terminal, fake } = await start(turn(""));
    await terminal.type(ENTER);
    expect(fake.values).toEqual([]);
    expect(terminal.screen()).toContain("Empty counts as silence");
    await terminal.type(ENTER);
    expect(fake.values).toEqual([""]);
  });

  it("after a word was typed and sent the next empty Enter is told again", async () => {
    const steps = [1, 2].map((n) => step({ kind: "reply", turn: n, says: "Three weeks!" }, "I hear you."));
    const { terminal, fake } = await start({ steps: [...steps, LAST] });
    await terminal.type(ENTER);
    await terminal.type(`I hear you.${ENTER}`);
    await terminal.type(ENTER);
    expect(fake.values).toEqual(["I hear you."]);
  });
});

describe("side actions", () => {
  it("by words in a text field leave the text alone", async () => {
    const { terminal, fake } = await start({
      steps: [text("first line\nlast"), LAST],
      sides: side("note", { message: "Noted." }),
    });
    await terminal.type("first line\n:note the neighbour rang");
    await terminal.type(ENTER);
    expect(fake.sides).toEqual([{ side: "note", text: "the neighbour rang" }]);
    expect(terminal.screen()).toContain("Noted.");
    await terminal.type(`\nlast${ENTER}`);
    expect(fake.values).toEqual(["first line\nlast"]);
  });

  it.each<[string, object]>([
    [":mood 4", { side: "mood", value: 4 }],
    ["：mood ５", { side: "mood", value: 5 }],
    [":moo up", { side: "mood", value: 4 }],
    [":jump step-1", { side: "jump", to: "step-1" }],
    [":escalate lead he asked twice", { side: "escalate", to: "lead", why: "he asked twice" }],
    [":emergency self-harm", { side: "emergency", kind: "self-harm" }],
    [":emergency vio", { side: "emergency", kind: "violence" }],
    [":abuse called me names", { side: "abuse", words: "called me names" }],
    [":approval ABCD EFGH", { side: "approval", code: "ABCD EFGH" }],
    [":hold", { side: "hold", state: "start" }],
    [":language zh-CN", { side: "language", to: "zh-CN" }],
  ])("%s", async (line, action) => {
    const sides = Object.assign(
      {},
      ...(["escalate", "emergency", "abuse", "approval", "language"] as const).map((s) => side(s)),
    );
    const { terminal, fake } = await start({ steps: [text(), LAST], sides });
    await terminal.type(line + ENTER);
    expect(fake.sides).toEqual([action]);
  });

  it("that do not exist are said, and the line stays", async () => {
    const { terminal, fake } = await start({ steps: [text(), LAST] });
    await terminal.type(`:nonsense${ENTER}`);
    expect(terminal.screen().replace(/\s+/g, " ")).toContain(t("ui.no_action", { word: "nonsense" }));
    expect(terminal.screen()).toContain("> :nonsense");
    expect(fake.sides).toEqual([]);
  });

  it("that are ambiguous are listed", async () => {
    const { terminal } = await start({ steps: [text(), LAST] });
    await terminal.type(`:e${ENTER}`);
    expect(terminal.screen()).toContain(t("ui.which_action", { words: ":emergency :escalate :end" }));
  });

  it("ask for what is missing, and Esc goes back to the text", async () => {
    const { terminal, fake } = await start({ steps: [text("half"), LAST], sides: side("escalate") });
    await terminal.type("half\n:escalate");
    await terminal.type(ENTER);
    expect(terminal.screen()).toContain(t("ui.form_escalate_to"));
    await terminal.type(`lead${ENTER}`);
    await terminal.type("because\u001b");
    await new Promise((resolve) => setTimeout(resolve, ESC_WAIT));
    await terminal.settle();
    expect(fake.sides).toEqual([]);
    await terminal.type(ENTER);
    expect(fake.values).toEqual(["half"]);
  });

  it("by keys: mood, tip, another, back, jump", async () => {
    const { terminal, fake } = await start({
      steps: [text(), text(), LAST],
      sides: { ...side("tip"), ...side("another") },
    });
    await terminal.type("\u001b4");
    await terminal.type("\u001b[1;5A");
    await terminal.type("\u001b[1;5B");
    await terminal.type("\u0014");
    await terminal.type("\u0012");
    await terminal.type("\u001b[Z");
    await terminal.type("\u0007");
    await terminal.type(`2${ENTER}`);
    expect(fake.sides).toEqual([
      { side: "mood", value: 4 },
      { side: "mood", value: 5 },
      { side: "mood", value: 4 },
      { side: "tip" },
      { side: "another" },
      { side: "back" },
      { side: "jump", to: "listen.step-1" },
    ]);
  });

  it("choose from what the conversation says they may be given", async () => {
    const actions = [
      { side: "language" as const, label: "another language", word: "language", needs: "en, zh-CN" },
    ];
    const { terminal, fake } = await start({ steps: [text(), LAST], actions, sides: side("language") });
    await terminal.type(`:language${ENTER}2`);
    expect(fake.sides).toEqual([{ side: "language", to: "zh-CN" }]);
  });

  it("by keys of one's own", async () => {
    const { terminal, fake } = await start(
      { steps: [text(), LAST], sides: side("tip") },
      { keys: { tip: "Ctrl+O", mood_up: "F2", bad: "q" } },
    );
    expect(terminal.screen()).toContain("^O tip");
    await terminal.type("\u000f");
    await terminal.type("\u001bOQ");
    await terminal.type("q\u0014");
    expect(fake.sides).toEqual([{ side: "tip" }, { side: "mood", value: 4 }]);
    expect(terminal.screen()).toContain("> q");
  });

  it("by the palette: a name, a number, words after it; F1 again closes it", async () => {
    const { terminal, fake } = await start({
      steps: [text("kept"), LAST],
      sides: { ...side("note"), ...side("recap") },
    });
    await terminal.type("kept");
    await terminal.type("\u001bOP");
    expect(terminal.screen()).toContain(t("ui.palette"));
    await terminal.type("\u001bOP");
    expect(terminal.screen()).not.toContain(t("ui.palette"));
    await terminal.type(`\u001bOPrec${ENTER}`);
    await terminal.type(`\u001bOPnote he rang${ENTER}`);
    await terminal.type(`\u001bOP3${ENTER}`);
    expect(terminal.screen()).toContain(t("ui.form_mood"));
    await terminal.type("5");
    expect(fake.sides).toEqual([
      { side: "recap" },
      { side: "note", text: "he rang" },
      { side: "mood", value: 5 },
    ]);
    await terminal.type(ENTER);
    await new Promise((resolve) => setTimeout(resolve, 320));
    await terminal.type(ENTER);
    expect(fake.values).toEqual(["kept"]);
  });

  it("by ? and : where no text is typed", async () => {
    const { terminal, fake } = await start({
      steps: [step({ kind: "yes-no" }, true), LAST],
      sides: side("recap"),
    });
    await terminal.type("？");
    expect(terminal.screen()).toContain(t("ui.palette"));
    await terminal.type("\u001b");
    await new Promise((resolve) => setTimeout(resolve, ESC_WAIT));
    await terminal.settle();
    expect(terminal.screen()).not.toContain(t("ui.palette"));
    await terminal.type(`:recap${ENTER}y`);
    expect(fake.sides).toEqual([{ side: "recap" }]);
    expect(fake.values).toEqual([true]);
  });

  it("show what to say and to read, beside the text that is being typed", async () => {
    const lines = Array.from({ length: 30 }, (_, i) => `fact ${i + 1}`);
    const { terminal } = await start({
      steps: [text(), LAST],
      sides: side("recap", { say: ["Let me read it back."], lines }),
    });
    await terminal.type("half a sentence\n:recap");
    await terminal.type(ENTER);
    expect(terminal.screen()).toContain("Let me read it back.");
    expect(terminal.screen()).toContain("fact 2");
    expect(terminal.screen()).toContain("> half a sentence");
    await terminal.type("\u001b[6~");
    expect(terminal.screen()).not.toContain("fact 2\n");
    expect(terminal.screen()).toContain("fact 9");
  });

  it("back and jump lose nothing that was typed", async () => {
    const { terminal, fake } = await start({ steps: [text("a"), text("half and whole"), LAST] });
    await terminal.type(`a${ENTER}half`);
    await terminal.type("\u001b[Z");
    expect(terminal.screen()).toContain(t("ui.enter_keeps", { value: "a" }));
    await terminal.type(ENTER);
    expect(terminal.screen()).toContain("> half");
    await terminal.type(` and whole${ENTER}`);
    expect(fake.values).toEqual(["a", "a", "half and whole"]);
  });

  it("Tab takes the present answer into the field", async () => {
    const { terminal, fake } = await start({
      steps: [step({ kind: "text", default: "old words" }, "old words!"), LAST],
    });
    await terminal.type(`\t!${ENTER}`);
    expect(fake.values).toEqual(["old words!"]);
  });
});

describe("a busy store", () => {
  const busy: Outcome = { type: "notice", code: "busy", message: "The store is busy." };

  it("keeps the answer on screen, tries again, and the keys behind it wait", async () => {
    const { terminal, fake, done } = await start({ steps: [text("one"), text("two")], before: [busy, busy] });
    await terminal.type(`one${ENTER}two${ENTER}`);
    expect(terminal.screen()).toContain("The store is busy.");
    expect(terminal.screen()).toContain("> one");
    await done;
    expect(fake.values).toEqual(["one", "two"]);
  });

  it("does not hold back Ctrl+C", async () => {
    const { terminal, done } = await start({
      steps: [text(), LAST],
      before: Array<Outcome>(1000).fill(busy),
    });
    await terminal.type(`one${ENTER}`);
    await terminal.type("\u0003");
    expect((await done).paused).toBe(true);
  });
});

describe("leaving", () => {
  it.each([
    ["Ctrl+C", "half\u0003"],
    ["the word", `half\n:pause${ENTER}`],
  ])("with %s pauses and keeps half-typed text", async (_, keys) => {
    const { terminal, fake, done } = await start({ steps: [text(), LAST] });
    await terminal.type(keys);
    expect((await done).paused).toBe(true);
    expect(fake.typed.at(-1)?.text).toBe("half");
  });

  it("with Ctrl+D only from an empty field", async () => {
    const { terminal, done } = await start({ steps: [text(), LAST] });
    await terminal.type("ab\u001b[H\u0004");
    expect(terminal.screen()).toContain("> b");
    await terminal.type("\u0015\u001b[F\u007f\u0004");
    expect((await done).paused).toBe(true);
  });

  it("by a closed window keeps half-typed text and is told as stopped", async () => {
    const { terminal, fake, done } = await start({ steps: [text(), LAST] });
    await terminal.type("half");
    const failed = expect(done).rejects.toMatchObject({ code: "stopped", exit: 130 });
    await terminal.hangUp();
    await failed;
    expect(fake.typed.at(-1)?.text).toBe("half");
  });

  it("by a failing store gives its error", async () => {
    const { terminal, done } = await start({
      steps: [text(), LAST],
      sides: {
        note: () => {
          throw new Error("disk full");
        },
      },
    });
    const failed = expect(done).rejects.toThrow("disk full");
    await terminal.type(`:note x${ENTER}`);
    await failed;
  });

  it("leaves a clean screen, and paste as it was", async () => {
    const { terminal, done } = await start({ steps: [text()] });
    expect(terminal.written()).toContain("\u001b[?2004h");
    await terminal.type(`x${ENTER}`);
    await done;
    await terminal.settle();
    expect(terminal.screen()).toBe("");
    expect(terminal.written()).toContain("\u001b[?2004l");
  });

  it("by ending the call keeps nothing half typed", async () => {
    const { terminal, done } = await start({ steps: [text(), LAST] });
    await terminal.type(`:end${ENTER}`);
    expect(terminal.screen()).toContain(t("ui.form_end"));
    await terminal.type("1");
    expect((await done).paused).toBe(false);
  });
});

describe("typing", () => {
  it("is kept as it pauses, once", async () => {
    const { terminal, fake } = await start({ steps: [text(), LAST] });
    await terminal.type("half a");
    await terminal.type(" sentence");
    await expect.poll(() => fake.typed.map((k) => k.text), { timeout: 3000 }).toEqual(["half a sentence"]);
  });

  it("in the palette is kept too", async () => {
    const { terminal, fake, done } = await start({ steps: [text(), LAST] });
    await terminal.type("own words\n");
    await terminal.type("\u001bOPnote the neigh");
    await terminal.type("\u0003");
    await done;
    expect(fake.typed.at(-1)?.text).toBe("own words\n\n:note the neigh");
  });
});

describe("a hold", () => {
  it("is counted on screen while nothing is typed, and the screen rests while something is", async () => {
    const { terminal, fake } = await start({ steps: [text(), LAST] });
    await terminal.type(`:hold${ENTER}`);
    expect(terminal.screen()).toContain("One moment, please.");
    await expect.poll(() => terminal.screen(), { timeout: 5000 }).toMatch(/on hold 0:0[1-9]/);
    await terminal.type("a");
    const drawn = terminal.written().length;
    await new Promise((resolve) => setTimeout(resolve, 1300));
    expect(terminal.written().length).toBe(drawn);
    await terminal.type(`\u007f:hold${ENTER}`);
    expect(terminal.screen()).not.toContain("on hold");
    expect(fake.sides.map((s) => (s.side === "hold" ? s.state : ""))).toEqual(["start", "back"]);
  });
});

describe("a change of language", () => {
  it("shows the new labels and keeps the marks", async () => {
    let language = "en";
    const translators = { en: t, "zh-CN": messagesOf("ui", "zh-CN") } as Record<string, typeof t>;
    const { terminal } = await start(
      {
        steps: [step({ kind: "choose-many", choices: letters(3) }, ["id-2"]), LAST],
        sides: {
          language: () => {
            language = "zh-CN";
            return { type: "side", side: "language" };
          },
        },
      },
      { t: (key, params) => translators[language]!(key, params) },
    );
    await terminal.type("2");
    await terminal.type(`:language zh-CN${ENTER}`);
    expect(terminal.screen()).toContain("按数字勾选");
    expect(terminal.screen()).toContain("[x] Choice b");
  });
});
