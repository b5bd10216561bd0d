/** `practice` as its users and a softphone meet it: the built program, a home of its own. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readContent } from "../../src/content/content-files.ts";
import type { PracticeCase } from "../../src/core/practice-case.ts";
import { playProgram, speak } from "../support/practice-caller.ts";
import { newSeat } from "../support/run-program.ts";

const seats: ReturnType<typeof newSeat>[] = [];
function seat(env: Record<string, string> = {}) {
  const made = newSeat(env);
  seats.push(made);
  return made;
}
afterAll(() => {
  for (const s of seats) s.remove();
});

const home = seat();
const cases = home.run(["practice", "list", "--json"]).json<{ cases: Record<string, unknown>[] }>().cases;

describe("practice list", () => {
  test("id, title, level and languages of each", () => {
    expect(cases.length).toBeGreaterThanOrEqual(14);
    for (const c of cases) {
      expect(Object.keys(c)).toEqual(["id", "title", "level", "locales"]);
      expect(c.locales).toEqual(["en", "zh-CN", "zh-TW"]);
    }
  });

  test("the same ids in every language, titles in each", () => {
    const ids = cases.map((c) => c.id);
    for (const locale of ["zh-CN", "zh-TW"]) {
      const own = home
        .run(["practice", "list", "--json", "--locale", locale])
        .json<{ cases: typeof cases }>().cases;
      expect(own.map((c) => c.id)).toEqual(ids);
      for (const c of own) expect(c.title).toMatch(/\p{Script=Han}/u);
    }
  });
});

describe("mistakes", () => {
  test.each([
    ["an unknown case", ["practice", "no-such-case"], 1],
    ["a path instead of a case", ["practice", "../../etc/passwd"], 1],
    ["an unknown case, as jsonl", ["practice", "no-such-case", "--jsonl"], 1],
    ["a cue card of an unknown case", ["practice", "no-such-case", "--two-person"], 1],
    ["a level that there is not", ["practice", "batch-outage", "--level", "4", "--jsonl"], 2],
    ["a seed that is none", ["practice", "batch-outage", "--seed", "abc", "--jsonl"], 2],
    ["nobody who could answer", ["practice", "batch-outage", "--no-input"], 2],
    ["results of an unknown run", ["practice", "results", "ZZZZ-ZZZZ"], 1],
    ["a week that is none", ["practice", "from", "--week", "2026-W60"], 2],
  ])("%s", (_, args, code) => {
    const alone = seat();
    const ran = alone.run(args, { input: "" });
    expect({ code: ran.code, err: ran.err }).toMatchObject({ code });
    expect(ran.err.trim()).not.toBe("");
    expect(existsSync(join(alone.home, "practice.db"))).toBe(false);
  });

  test("the end of input leaves the run saved: exit 130, nothing counted as a result", () => {
    const alone = seat();
    const ran = alone.run(["practice", "batch-outage", "--jsonl"], { input: "" });
    expect(ran.code).toBe(130);
    expect(alone.run(["practice", "results", "--json"]).json<{ runs: unknown[] }>().runs).toEqual([]);
  });
});

test("practice alone goes on with what was left, at its level, and tells what was said", () => {
  const alone = seat();
  const line = "Please go on, I'm writing it all down.";
  const left = alone.run(["practice", "rude-clerk", "--level", "3", "--accessible"], { input: `${line}\n` });
  expect(left.code).toBe(130);
  const again = alone.run(["practice", "--accessible"], { input: "" });
  expect(again.code).toBe(130);
  expect(again.err).toContain(`You: ${line}`);
  expect(again.out).not.toContain(line);
  const other = alone.run(["practice", "rude-clerk", "--level", "1", "--accessible"], { input: "" });
  expect(other.err).not.toContain(line);
});

test("looking at results creates nothing", () => {
  const alone = seat();
  const ran = alone.run(["practice", "results", "--json"]);
  expect(ran.code).toBe(0);
  expect(ran.json()).toMatchObject({ runs: [] });
  expect(existsSync(join(alone.home, "practice.db"))).toBe(false);
});

const CASES = join(import.meta.dirname, "..", "..", "data", "cases");
const content = join(import.meta.dirname, "..", "..", "dist", "content");
const caseOf = (locale: string, id: string) =>
  readContent<PracticeCase[]>(join(content, locale, "cases"))!.find((c) => c.id === id)!;

function envOf(s: ReturnType<typeof seat>): Record<string, string> {
  return { COMPLAINT_HOME: s.home, COMPLAINT_AGENT: "lin", TZ: "UTC", LANG: "en_GB.UTF-8" };
}

const play = (s: ReturnType<typeof seat>, id: string, locale: string, run: "very_good" | "bad") =>
  playProgram(
    ["practice", id, "--seed", "7", "--locale", locale],
    envOf(s),
    speak(caseOf(locale, id).reference_runs![run]),
  );

describe("a run as jsonl", () => {
  const first = seat();
  const id = "batch-outage";
  const good = play(first, id, "en", "very_good");

  test("the customer's turns as they are promised, the scorecard at the end", async () => {
    const { code, lines, done } = await good;
    expect(code).toBe(0);
    const turns = lines.filter((l) => l.kind === "reply");
    expect(turns.length).toBeGreaterThanOrEqual(6);
    expect(turns.map((l) => l.turn)).toEqual(turns.map((_, i) => i + 1));
    for (const turn of turns) {
      expect(turn).toMatchObject({ type: "question", customer: { mood: turn.mood } });
      expect(turn.customer.says.trim()).not.toBe("");
      expect(turn.choices.length).toBeGreaterThanOrEqual(2);
      for (const choice of turn.choices) expect(Object.keys(choice)).toEqual(["id", "label"]);
    }
    expect(lines.some((l) => l.type === "question" && l.kind !== "reply")).toBe(true);
    const { scorecard } = done!;
    for (const part of ["score", "outcome", "process", "treatment"]) {
      expect(scorecard[part]).toBeGreaterThanOrEqual(0);
      expect(scorecard[part]).toBeLessThanOrEqual(100);
    }
    for (const point of scorecard.points)
      for (const key of ["turn", "line", "rule", "source", "better"]) expect(point).toHaveProperty(key);
    expect(scorecard.work_on.length).toBeLessThanOrEqual(3);
    expect(scorecard.moods.length).toBeGreaterThanOrEqual(turns.length);
  });

  test("the same seed and replies on another machine give the same lines, to the letter", async () => {
    const { lines, replies } = await good;
    const again = seat({ TZ: "America/New_York", COMPLAINT_NOW: "2027-01-05T10:00:00Z" });
    const ran = again.run(["practice", id, "--jsonl", "--seed", "7"], { input: replies });
    const told = ran.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(told).toEqual(lines);
  });

  test("it is in practice results, and nowhere else", async () => {
    const { done } = await good;
    const { runs } = first.run(["practice", "results", "--json"]).json<{ runs: Record<string, unknown>[] }>();
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ case: id, agent: "lin", score: done!.scorecard.score });
    expect(existsSync(join(first.home, "practice.db"))).toBe(true);
    const live = first.run(["list", "--json"]).json<{ cases: unknown[] }>();
    expect(live.cases).toEqual([]);
    const one = first.run(["practice", "results", String(runs[0]!.ref), "--json"]);
    expect(one.json<{ scorecard: unknown }>().scorecard).toEqual(
      expect.objectContaining({ score: done!.scorecard.score }),
    );
  });

  test("an agent sees his own runs, a trainer the group's", async () => {
    await good;
    const asked = (role: string, agent: string, wanted?: string) =>
      first.run(["practice", "results", "--json", ...(wanted ? ["--agent", wanted] : [])], {
        env: { COMPLAINT_ROLE: role, COMPLAINT_AGENT: agent },
      });
    expect(asked("agent", "mei").json()).toMatchObject({ runs: [] });
    expect(asked("agent", "mei", "lin").code).toBe(1);
    expect(asked("trainer", "mei", "lin").json<{ runs: unknown[] }>().runs).toHaveLength(1);
  });

  test("the page is one file that asks for nothing, and what was typed is text in it", async () => {
    await good;
    const page = join(first.home, "card.html");
    const hostile = '<img src=x onerror=alert(1)> </style><script>alert("no")</script> "go on" & on';
    const typed = await playProgram(["practice", id, "--seed", "8", "--output", page], envOf(first), (q) =>
      q.kind === "reply" ? { value: hostile } : speak([])(q),
    );
    expect(typed.code).toBe(0);
    const html = readFileSync(page, "utf8");
    expect(html).toMatch(/^<!doctype html>/i);
    expect(html).not.toMatch(
      /<(?:script|img|link|iframe|object|base)|<[^>]*\s(?:src|href|on\w+)=|@import|url\(/i,
    );
    expect(html).toContain("&lt;script&gt;");
    const again = first.run(["practice", id, "--seed", "8", "--output", page, "--jsonl"], { input: "" });
    expect(again.code).toBe(1);
    expect(readFileSync(page, "utf8")).toBe(html);
  });
});

test.each(["zh-CN", "zh-TW"])("a very good run in %s is far above a bad one", async (locale) => {
  const s = seat();
  const good = await play(s, "leak-for-weeks", locale, "very_good");
  const bad = await play(s, "leak-for-weeks", locale, "bad");
  expect(good.done!.scorecard.score - bad.done!.scorecard.score).toBeGreaterThanOrEqual(40);
  const words = JSON.stringify([good.done!.scorecard, bad.done!.scorecard]);
  expect(words).toMatch(/\p{Script=Han}/u);
  expect(words).not.toMatch(/practice\.[a-z]/);
});

test("the last turn is tried another way; both lines are on the card", async () => {
  const s = seat();
  const run = caseOf("en", "rude-clerk").reference_runs!.very_good;
  const well = speak(run);
  let rewound = false;
  const played = await playProgram(["practice", "rude-clerk", "--seed", "1"], envOf(s), (q) => {
    if (q.kind !== "reply") return well(q);
    if (q.turn === 1 && !rewound) return { value: "Calm down. Why didn't you read the sign?" };
    if (q.turn === 2 && !rewound) {
      rewound = true;
      return { side: "rewind", turns: 1 };
    }
    return well(q);
  });
  expect(played.code).toBe(0);
  expect(played.lines.filter((l) => l.kind === "reply" && l.turn === 1)).toHaveLength(2);
  expect(JSON.stringify(played.done!.scorecard)).toContain("Why didn't you read the sign?");
  expect(played.done!.scorecard.score).toBeGreaterThan(60);
});

test("a case that a trainer writes in his home is listed and played", () => {
  const s = seat();
  const folder = join(s.home, "cases");
  mkdirSync(folder);
  const source = readFileSync(join(CASES, "rude-clerk.yaml"), "utf8");
  writeFileSync(join(folder, "our-counter.yaml"), source.replace("id: rude-clerk", "id: our-counter"));
  writeFileSync(join(folder, "broken.yaml"), "id: broken\ntitle: 3\n");
  const ran = s.run(["practice", "list", "--json"]);
  const ids = ran.json<{ cases: { id: string; locales: string[] }[] }>().cases;
  expect(ids.find((c) => c.id === "our-counter")).toMatchObject({ locales: ["en", "zh-CN"] });
  expect(ids.find((c) => c.id === "broken")).toBeUndefined();
  expect(ran.err).toContain("broken.yaml");
  expect(s.run(["practice", "our-counter", "--two-person"]).out).toContain("counter");
});
