/** The cursor stands where the next character appears, in wrapped Chinese too: an input method opens its window there. */
import { describe, expect, it } from "vitest";
import { terminalPrompter } from "../../src/ui/terminal-prompter.ts";
import { fakeConversation } from "../support/fake-conversation.ts";
import { fakeTerminal } from "../support/fake-terminal.ts";
import { messagesOf } from "../support/words.ts";

const CHINESE =
  "三周没有宽带了，打了四次电话都没有人给我回，每次来的人都说不知道情况，叫我等着，等到现在也没有一个说法，谁来管一管这件事";
const MARK = "■";
const LEFT = "\u001b[D";
const HOME = "\u001b[H";

async function open(columns: number, rows = 24) {
  const terminal = fakeTerminal({ columns, rows, color: true });
  const fake = fakeConversation({
    steps: [{ question: { kind: "text", say: "“您说”，我在听。" } }, { question: { kind: "text" } }],
  });
  const done = terminalPrompter({ io: terminal.io, t: messagesOf("ui", "zh-CN"), density: "normal" }).run(
    fake,
  );
  await terminal.settle();
  await terminal.settle();
  return { terminal, fake, leave: () => terminal.type("\u0003").then(() => done) };
}

/** Where `MARK`, typed at the cursor, appears. */
async function placeOfMark(terminal: ReturnType<typeof fakeTerminal>): Promise<{ x: number; y: number }> {
  await terminal.type(MARK);
  const rows = terminal.screen().split("\n");
  const y = rows.findIndex((row) => row.includes(MARK));
  const before = rows[y]!.slice(0, rows[y]!.indexOf(MARK));
  // Two cells for a wide character, one for any other: the emulator's own rule for these texts.
  const x = [...before].reduce(
    (sum, char) => sum + (/[\u3000-\u303f\u4e00-\u9fff\uff01-\uff60]/.test(char) ? 2 : 1),
    0,
  );
  return { x, y };
}

describe("the cursor", () => {
  it.each([
    [80, 0],
    [80, 10],
    [80, 30],
    [80, 45],
    [60, 3],
    [60, 25],
    [60, 50],
    [41, 20],
  ])("at %i columns, %i to the left of the end of wrapped Chinese", async (columns, steps) => {
    const { terminal, leave } = await open(columns);
    await terminal.type(CHINESE);
    await terminal.type(LEFT.repeat(steps));
    const cursor = terminal.cursor();
    expect(cursor).toEqual(await placeOfMark(terminal));
    await leave();
  });

  it("at Home and End of a text of several lines", async () => {
    const { terminal, leave } = await open(60);
    await terminal.type(`第一行\n${CHINESE}\n第三行`);
    await terminal.type(`\u001b[A${HOME}`);
    const cursor = terminal.cursor();
    expect(terminal.row(cursor.y).slice(4, 6)).toBe("三周");
    expect(cursor.x).toBe(4);
    await terminal.type("\u001b[F");
    expect(terminal.row(terminal.cursor().y)).toContain("这件事");
    await leave();
  });

  it("behind quotes that some terminals draw wide", async () => {
    const { terminal, leave } = await open(80);
    await terminal.type("他说“没人管”，");
    const cursor = terminal.cursor();
    expect(cursor).toEqual(await placeOfMark(terminal));
    await leave();
  });

  it("after what is typed in the middle went to the right place", async () => {
    const { terminal, fake, leave } = await open(60);
    await terminal.type(CHINESE);
    await terminal.type(LEFT.repeat(35));
    await terminal.type("（加一句）");
    await terminal.type("\r");
    const at = CHINESE.length - 35;
    expect(fake.values).toEqual([`${CHINESE.slice(0, at)}（加一句）${CHINESE.slice(at)}`]);
    await leave();
  });

  it("goes up and down by rows of the screen", async () => {
    const { terminal, leave } = await open(60);
    await terminal.type(CHINESE);
    const end = terminal.cursor();
    await terminal.type("\u001b[A");
    expect(terminal.cursor().y).toBe(end.y - 1);
    await terminal.type("\u001b[B");
    expect(terminal.cursor()).toEqual(end);
    await leave();
  });

  it("stays in the window while a long text scrolls in its field", async () => {
    const { terminal, leave } = await open(60, 16);
    await terminal.type(Array.from({ length: 40 }, (_, i) => `line ${i}`).join("\n"));
    expect(terminal.row(terminal.cursor().y)).toContain("line 39");
    expect(terminal.screen()).not.toContain("line 3\n");
    await terminal.type("\u001b[1;5H");
    expect(terminal.row(terminal.cursor().y)).toContain("> line 0");
    await leave();
  });
});

describe("a resized window", () => {
  it("is drawn anew, once, with the text and the cursor in place", async () => {
    const { terminal, leave } = await open(80);
    await terminal.type(CHINESE);
    await terminal.resize(60, 20);
    const drawn = terminal.screen();
    expect(drawn.split(CHINESE.slice(0, 8)).length).toBe(2);
    const cursor = terminal.cursor();
    expect(cursor).toEqual(await placeOfMark(terminal));
    await terminal.resize(100, 30);
    expect(terminal.screen().split(CHINESE.slice(0, 8)).length).toBe(2);
    await leave();
  });
});

describe("drawing", () => {
  it("writes only the row of the text while it is typed", async () => {
    const { terminal, leave } = await open(80);
    await terminal.type("宽");
    const before = terminal.written().length;
    await terminal.type("带");
    const bytes = terminal.written().slice(before);
    expect(bytes).toContain("带");
    expect(bytes).not.toContain("您说");
    await leave();
  });

  it("leaves the same screen as drawing everything anew", async () => {
    const { terminal, leave } = await open(60);
    await terminal.type("一行");
    await terminal.type(CHINESE.slice(0, 20));
    await terminal.type("\n第二行");
    await terminal.type("\u007f\u007f");
    const drawn = terminal.screen();
    const cursor = terminal.cursor();
    await terminal.type("\u000c");
    expect(terminal.screen()).toBe(drawn);
    expect(terminal.cursor()).toEqual(cursor);
    await leave();
  });
});
