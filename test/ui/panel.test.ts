/** The panel fits every window, in every language, and shows nothing harmful. */
import { describe, expect, it } from "vitest";
import type { Question } from "../../src/core/question.ts";
import { openCall } from "../../src/ui/call.ts";
import { takeKeys } from "../../src/ui/call-keys.ts";
import { type Density, openView } from "../../src/ui/call-view.ts";
import { keyMap } from "../../src/ui/keys.ts";
import { displayWidth, safeWidth } from "../../src/ui/layout.ts";
import { openPanel } from "../../src/ui/panel.ts";
import { theme } from "../../src/ui/theme.ts";
import { demoQuestions } from "../support/demo-questions.ts";
import { fakeConversation } from "../support/fake-conversation.ts";
import { messagesOf } from "../support/words.ts";

type Given = Partial<Question> & Pick<Question, "kind">;

function draw(
  question: Given,
  {
    locale = "en",
    density = "normal" as Density,
    columns = 80,
    rows = 24,
    color = false,
    unicode = true,
    keys = "",
  } = {},
) {
  const t = messagesOf("ui", locale);
  const conversation = fakeConversation({ steps: [{ question }, { question: { kind: "text" } }] });
  const call = openCall(
    { conversation, t, keys: keyMap(), when: (iso) => iso, ticks: () => 0, onDone: () => {} },
    conversation.current()!,
  );
  const typed = [...keys].map((text) => ({
    text,
    raw: text,
    ctrl: false,
    alt: false,
    shift: false,
    ...(/[a-z0-9]/.test(text) ? { name: text } : {}),
  }));
  takeKeys(call, { keys: typed, alone: false });
  const view = openView(call, { density, now: () => new Date("2026-11-22T10:00:42Z") });
  return openPanel({ theme: theme(color), t, unicode })(view(), { columns, rows, atLeast: 0 });
}

const SIZES = [
  [80, 24],
  [60, 24],
  [60, 15],
  [40, 24],
  [40, 10],
  [120, 50],
  [300, 24],
  [24, 6],
] as const;

describe.each(["en", "zh-CN", "zh-TW"])("in %s", (locale) => {
  it.each(SIZES)("every question fits into %i×%i, the cursor inside", (columns, rows) => {
    for (const density of ["quiet", "normal", "full"] as const) {
      for (const question of demoQuestions(locale)) {
        const frame = draw(question, { locale, density, columns, rows });
        expect(frame.rows.length).toBeLessThanOrEqual(rows - 1);
        expect(frame.row).toBeLessThan(frame.rows.length);
        expect(frame.rows.filter((row) => safeWidth(row) > columns - 1)).toEqual([]);
        expect(frame.rows[frame.row]!.startsWith(frame.before.trimEnd())).toBe(true);
        expect(displayWidth(frame.before)).toBeLessThan(columns);
      }
    }
  });

  it("shows strip, Say, Avoid, tip and question at 80×24 and 60×24", () => {
    const question = demoQuestions(locale)[1]!;
    const t = messagesOf("ui", locale);
    for (const columns of [80, 60]) {
      const screen = draw(question, { locale, columns }).rows.join("\n");
      for (const wanted of [
        t("ui.label_say"),
        t("ui.label_avoid"),
        t("ui.label_tip"),
        question.ask!,
        "K7QF-2MXT",
        t("ui.mood", { value: 4 }),
        t("ui.minutes", { n: 3 }),
        "[Listen]",
      ])
        expect(screen).toContain(wanted);
    }
  });
});

describe("density", () => {
  const question = demoQuestions("en")[0]!;
  it("quiet shows the strip and the question only", () => {
    const screen = draw(question, { density: "quiet" }).rows.join("\n");
    expect(screen).toContain("K7QF-2MXT");
    expect(screen).toContain(question.ask);
    for (const gone of ["Say", "Avoid", "Tip", "Good morning"]) expect(screen).not.toContain(gone);
  });
  it("full shows other wordings", () => {
    expect(draw(question, { density: "full" }).rows.join(" ")).toContain("Hello, you're speaking with Lin.");
    expect(draw(question).rows.join(" ")).not.toContain("Hello, you're speaking with Lin.");
  });
});

describe("what it can do without", () => {
  it("colour: no escape at all without it, and the same words with it", () => {
    for (const question of demoQuestions("en")) {
      const plain = draw(question).rows;
      expect(plain.join("")).not.toContain("\u001b");
      const colored = draw(question, { color: true }).rows;
      expect(colored.join("")).toContain("\u001b[");
      expect(colored.map((row) => row.replace(/\u001b\[\d+m/g, ""))).toEqual(plain);
    }
  });
  it("anything but ASCII, where the terminal has nothing else", () => {
    for (const question of demoQuestions("en"))
      expect(draw({ ...question, say: "“It’s” – well…" }, { unicode: false }).rows.join("\n")).toMatch(
        /^[\n -~]*$/,
      );
  });
});

describe("a list that is too long", () => {
  const labels = [
    ...Array.from({ length: 16 }, (_, i) => `A cause of usual length ${i}`),
    "Building equipment not maintained in time",
    "Storage or handling by the customer",
  ];
  const choices = labels.map((label, i) => ({ id: `c${i}`, label }));

  it("stands in columns, the few longest labels cut", () => {
    const { rows } = draw({ kind: "choose", choices });
    for (let n = 1; n <= 18; n++)
      expect(rows.join("\n")).toMatch(new RegExp(`^.*\\b${n} [AB]|\\b${n} S`, "m"));
    expect(rows.join("\n")).toContain("Building equipment not mainta..");
  });

  it("takes no more of a low window than it uses: the line to say stays", () => {
    const few = choices.slice(0, 8).map(({ id }) => ({ id, label: `Choice ${id}` }));
    const { rows } = draw({ kind: "choose", choices: few, say: "I'm listening." }, { columns: 40, rows: 10 });
    expect(rows.join("\n")).toContain("I'm listening.");
  });
});

describe("a customer's text", () => {
  it("moves nothing and hides nothing", () => {
    const evil = "a\u001b[2Jb\u0007c\u202ed\u0000e";
    const frame = draw({
      kind: "choose",
      ask: evil,
      say: evil,
      tip: evil,
      avoid: { say: evil, better: evil },
      alerts: [evil],
      says: evil,
      customer: {
        name: evil,
        cases: [],
        promises: [{ ref: "A", n: 1, what: evil, due_at: "2026-01-01", state: "broken" }],
      },
      choices: [{ id: "x", label: evil }],
    });
    expect(frame.rows.join("")).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(frame.rows.join("")).toContain("abcde");
  });
  it("that was typed is shown as harmlessly", () => {
    const frame = draw({ kind: "text", typed: "a\u001b[2Jb\u202ec" });
    expect(frame.rows.join("")).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});

describe("the strip", () => {
  it("counts a hold", () => {
    const screen = draw({ kind: "text", held_since: "2026-11-22T10:00:00Z" }).rows.join("\n");
    expect(screen).toContain("on hold 0:42");
  });
  it("grows with what is done", () => {
    const bar = (done: number) =>
      draw({ kind: "text", progress: { done, left: 10 - done } }).rows[1]!.split("=").length - 1;
    expect(bar(0)).toBe(0);
    expect(bar(5)).toBeGreaterThan(bar(2));
  });
});
