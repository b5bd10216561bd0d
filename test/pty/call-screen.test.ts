/** The call screen in a real terminal: what only a real one can break. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FakeStep } from "../support/fake-conversation.ts";
import { buildPtyCall, removePtyCall, startPtyCall } from "../support/pty.ts";

const letters = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: `id-${i + 1}`, label: `Choice ${i + 1}` }));
const text = (ask: string): FakeStep => ({ question: { kind: "text", ask } });
const TEN: FakeStep[] = [
  { question: { kind: "say" } },
  text("Words?"),
  { question: { kind: "choose", choices: letters(5) } },
  { question: { kind: "choose", choices: letters(12) } },
  { question: { kind: "choose-many", choices: letters(6) } },
  { question: { kind: "yes-no" } },
  { question: { kind: "number" } },
  { question: { kind: "date" } },
  { question: { kind: "text", optional: true } },
  text("Last?"),
];
const BURST = "1no broadband\r311\r52\ry3\r2026-11-23\r\r谢谢\r";
const ANSWERS = [
  "said",
  "no broadband",
  "id-3",
  "id-11",
  ["id-2", "id-5"],
  true,
  3,
  "2026-11-23",
  null,
  "谢谢",
];
const CHINESE =
  "三周没有宽带了，打了四次电话都没有人给我回，每次来的人都说不知道情况，叫我等着，等到现在也没有一个说法";

beforeAll(buildPtyCall, 60_000);
afterAll(removePtyCall);

describe("ten answers in one burst", () => {
  it("are ten answers when written to the first question", async () => {
    const call = startPtyCall(TEN);
    await call.sees("Question 1?");
    call.type(BURST);
    expect(await call.ended).toBe(0);
    expect(call.values()).toEqual(ANSWERS);
  });

  // While the program starts: before, while and after the terminal is switched to single keys.
  it.each([0, 10, 20, 30, 40, 50, 60, 80, 100, 130, 170, 220])(
    "are ten answers when written %i ms after the start",
    async (wait) => {
      const call = startPtyCall(TEN, wait === 0 ? { early: BURST } : {});
      if (wait > 0) {
        await new Promise((resolve) => setTimeout(resolve, wait));
        call.type(BURST);
      }
      expect(await call.ended).toBe(0);
      expect(call.values()).toEqual(ANSWERS);
    },
  );
});

describe("editing", () => {
  it("three pasted lines are one answer", async () => {
    const call = startPtyCall([text("Words?"), text("More?")]);
    await call.sees("Words?");
    call.type("\u001b[200~one\rtwo\rthree\u001b[201~\r");
    await call.sees("More?");
    expect(call.values()).toEqual(["one\ntwo\nthree"]);
    call.type("\u0003");
    expect(await call.ended).toBe(130);
  });

  it("in the middle of wrapped Chinese goes where the cursor is", async () => {
    const call = startPtyCall([text("Words?"), text("More?")], { columns: 60 });
    await call.sees("Words?");
    call.type(CHINESE);
    await call.sees("也没有一个说法");
    const end = call.cursor();
    call.type("\u001b[D".repeat(30));
    await expect.poll(() => call.cursor().y, { timeout: 5000 }).toBe(end.y - 1);
    const { x, y } = call.cursor();
    call.type("加");
    await expect
      .poll(() => [...call.screen().split("\n")[y]!].indexOf("加"), { timeout: 5000 })
      .toBeGreaterThan(0);
    const row = call.screen().split("\n")[y]!;
    const before = row.slice(0, row.indexOf("加"));
    expect([...before].reduce((sum, c) => sum + (c > "\u2fff" ? 2 : 1), 0)).toBe(x);
    call.type("\u001b[Hx\u001b[Fy\r");
    await call.sees("More?");
    const at = CHINESE.length - 30;
    expect(call.values()).toEqual([`x${CHINESE.slice(0, at)}加${CHINESE.slice(at)}y`]);
    call.type("\u0003");
    await call.ended;
  });

  it("goes on in a window of another size", async () => {
    const call = startPtyCall([text("Words?"), text("More?")]);
    await call.sees("Words?");
    call.type(CHINESE);
    await call.sees("也没有一个说法");
    call.resize(60, 18);
    await expect.poll(() => call.screen().split("三周没有").length, { timeout: 5000 }).toBe(2);
    await call.sees("也没有一个说法");
    call.type("。\r");
    await call.sees("More?");
    expect(call.values()).toEqual([`${CHINESE}。`]);
    call.type("\u0003");
    await call.ended;
  });
});

describe("leaving", () => {
  const half = async (env: Record<string, string> = {}) => {
    const call = startPtyCall([text("Words?"), text("More?")], { env });
    await call.sees("Words?");
    call.type("half a sentence");
    await call.sees("half a sentence");
    return call;
  };
  const kept = (call: Awaited<ReturnType<typeof half>>) =>
    call.log().findLast((entry) => entry.typed !== undefined)?.typed;

  it("by Ctrl+C pauses, keeps half-typed text and gives the terminal back", async () => {
    const call = await half();
    call.type("\u0003");
    expect(await call.ended).toBe(130);
    expect(kept(call)).toBe("half a sentence");
    expect(call.log().at(-1)).toEqual({ end: "paused" });
    await call.sees("call over");
    expect(call.screen()).not.toContain("half a sentence");
  });

  it.each(["SIGTERM", "SIGHUP", "SIGINT"])("by %s keeps half-typed text", async (signal) => {
    const call = await half();
    call.pty.kill(signal);
    expect(await call.ended).toBe(130);
    expect(kept(call)).toBe("half a sentence");
  });

  it("by closing the window keeps half-typed text", async () => {
    const call = await half();
    // The other end of the terminal goes away, as when a window is closed.
    (call.pty as unknown as { destroy: () => void }).destroy();
    await expect.poll(() => kept(call), { timeout: 5000 }).toBe("half a sentence");
  });

  it("by Ctrl+D from an empty field pauses; Ctrl+Z does nothing", async () => {
    const call = startPtyCall([text("Words?")]);
    await call.sees("Words?");
    call.type("\u001a");
    call.type("a");
    await call.sees("> a");
    call.type("\u007f\u0004");
    expect(await call.ended).toBe(130);
  });
});

describe("terminals that show less", () => {
  it.each([{ TERM: "linux" }, { TERM: "dumb" }, { LANG: "C" }])("get ASCII only: %j", async (env) => {
    const call = startPtyCall([{ question: { kind: "text", ask: "Words?", say: "“It’s” – well…" } }], {
      env,
    });
    await call.sees("Words?");
    expect(call.screen()).toMatch(/^[\n -~]*$/);
    call.type("\u0003");
    await call.ended;
  });

  it("get no colour where none is wanted", async () => {
    const call = startPtyCall([text("Words?")], { env: { NO_COLOR: "1" } });
    let bytes = "";
    call.pty.onData((data) => {
      bytes += data;
    });
    await call.sees("Words?");
    expect(bytes).not.toMatch(/\u001b\[[0-9;]*m/);
    call.type("\u0003");
    await call.ended;
  });
});

describe("plain lines in a terminal", () => {
  it("edit Chinese, take side words, and keep a half line on Ctrl+C", async () => {
    const call = startPtyCall([text("Words?"), text("More?")], { env: { ACCESSIBLE: "1" } });
    await call.sees("Words?");
    // One read after the other, as from a keyboard: readline itself loses the place within one read.
    for (const keys of ["三周没宽带", "\u001b[D", "\u001b[D", "有"]) {
      call.type(keys);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await call.sees("三周没有宽带");
    call.type("\r");
    await call.sees("More?");
    expect(call.values()).toEqual(["三周没有宽带"]);
    call.type(":mood 4\r");
    await call.sees("Mood 4 of 5");
    call.type("first\\\rhalf a line");
    await call.sees("half a line");
    call.type("\u0003");
    expect(await call.ended).toBe(130);
    expect(call.log().findLast((entry) => entry.typed !== undefined)?.typed).toBe("first\nhalf a line");
  });
});
