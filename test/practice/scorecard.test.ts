/** What the scorecard tells to work on: the weak skills, and the one line that did harm in a call that was good otherwise. */
import { describe, expect, test } from "vitest";
import { scorecardOf } from "../../src/practice/scorecard.ts";
import { beginTalk, choicesOf, reply, stageDue } from "../../src/practice/talk.ts";
import { casesIn, ears } from "../support/practice-world.ts";
import { messagesOf } from "../support/words.ts";

const t = messagesOf("practice", "en");
const c = casesIn("en").find((x) => x.id === "media-threat")!;

/** The very good run, but for some turns. */
function cardWith(other: Record<number, string>) {
  let talk = beginTalk({ case: c, level: 2, seed: 1, andIfNot: ["?"] });
  for (const [i, line] of c.reference_runs!.very_good.entries())
    if (stageDue(talk)) talk = reply(talk, other[i + 1] ?? line.says, ears);
  return scorecardOf(talk, { tries: [], record: undefined, ears, t });
}

describe("work on", () => {
  test("a call without a weakness is worth a harder one", () => {
    expect(cardWith({}).work_on).toEqual([t("practice.work_harder"), t("practice.work_again")]);
  });

  test.each([
    [1, "Calm down, please.", "practice.rule_commands_calm"],
    [6, "I guarantee you it will never happen again.", "practice.rule_over_promises"],
    [4, "What was the problem again?", "practice.rule_asks_again_what_was_told"],
  ])("one bad line at turn %i is told and costs", (turn, line, rule) => {
    const card = cardWith({ [turn]: line });
    expect(card.work_on).toContain(t(rule));
    expect(card.points).toContainEqual(expect.objectContaining({ turn, line, rule: t(rule) }));
    expect(card.score).toBeLessThan(cardWith({}).score);
  });
});

/** A call of a case played with one of its own runs, or with lines of one's own. */
function cardOf(id: string, lines: readonly string[] | "fair" | "bad") {
  const of = casesIn("en").find((x) => x.id === id)!;
  let talk = beginTalk({ case: of, level: 2, seed: 1, andIfNot: ["?"] });
  const left = typeof lines === "string" ? [...of.reference_runs![lines]] : [];
  for (let i = 0; stageDue(talk); i++) {
    const at = left.findIndex((line) => line.stage === stageDue(talk));
    const own = at < 0 ? "" : left.splice(at, 1)[0]!.says;
    talk = reply(talk, typeof lines === "string" ? own : (lines[i] ?? ""), ears);
  }
  return { talk, card: scorecardOf(talk, { tries: [], record: undefined, ears, t }) };
}

describe("points", () => {
  const played = casesIn("en").flatMap(({ id }) =>
    (["fair", "bad"] as const).map((run) => [id, run] as const),
  );

  test.each(played)(
    "%s, %s: each once, two of a line at most, in order, and every hurt that was told",
    (id, run) => {
      const { talk, card } = cardOf(id, run);
      const { points, work_on } = card;
      expect(new Set(points.map((p) => `${p.turn} ${p.rule}`)).size).toBe(points.length);
      expect(points.map((p) => p.turn)).toEqual(points.map((p) => p.turn).sort((a, b) => a - b));
      talk.reactions.forEach((r, i) => {
        const own = points.filter((p) => p.turn === i + 1);
        expect(own.length).toBeLessThanOrEqual(2);
        const hurts = r.moves.filter((m) => m.change > 0).sort((a, b) => b.change - a.change);
        for (const { move } of hurts.slice(0, 2))
          expect(own.map((p) => p.rule)).toContain(t(`practice.rule_${move.replaceAll("-", "_")}`));
      });
      for (const p of points) expect(p.better).not.toBe(p.line);
      expect(work_on.length).toBeGreaterThanOrEqual(2);
      expect(work_on.length).toBeLessThanOrEqual(3);
      if (work_on.includes(t("practice.work_tone")))
        expect(talk.reactions.some((r) => r.moves.some((m) => m.change > 0))).toBe(true);
    },
  );

  test("what was credited after a turn is not denied at the end", () => {
    const { talk, card } = cardOf("rude-clerk", "fair");
    expect(talk.reactions.some((r) => r.moves.some((m) => m.move === "names-fact" && m.counted))).toBe(true);
    expect(card.skills.heard).toBeGreaterThan(0);
    expect(card.points.map((p) => p.rule)).not.toContain(t("practice.miss_heard"));
  });

  test("a way out that insults is no choice well offered", () => {
    const gate = casesIn("en").find((x) => x.id === "alarm-at-the-gate")!;
    const says = "gift or gift";
    const moves = ["offers-two-options" as const, "offers-money-for-rudeness" as const];
    const lines = gate.reference_runs!.very_good.map((line) =>
      line.moves.includes("offers-two-options") ? { ...line, says, moves } : line,
    );
    const own = { ...gate, reference_runs: { ...gate.reference_runs!, very_good: lines } };
    let talk = beginTalk({ case: own, level: 2, seed: 1, andIfNot: ["?"] });
    for (const line of lines) if (stageDue(talk)) talk = reply(talk, line.says, ears);
    const card = scorecardOf(talk, { tries: [], record: undefined, ears, t });
    expect(card.skills.options).toBeLessThan(100);
    expect(card.points.filter((p) => p.line === says).map((p) => p.rule)).toContain(
      t("practice.rule_offers_money_for_rudeness"),
    );
  });

  test("what was left out is pinned on the turn that a very good handler does it in", () => {
    const lines = c.reference_runs!.very_good;
    const at = lines.findIndex((line) => line.moves.includes("offers-two-options"));
    const card = cardWith({ [at + 1]: "I'm looking at it with my colleagues in the office." });
    const point = card.points.find((p) => p.rule === t("practice.miss_options"));
    expect(point).toMatchObject({ turn: at + 1, better: lines[at]!.says });
  });

  test("nothing that the customer has not told stands on screen to be picked, nor as the better line where another is", () => {
    const bill = casesIn("en").find((x) => x.id === "rude-clerk")!;
    let talk = beginTalk({ case: bill, level: 2, seed: 1, andIfNot: ["?"] });
    talk = reply(talk, "Calm down.", ears);
    const good = bill.reference_runs!.very_good[1]!.says;
    expect(good).toContain("B47");
    const labels = choicesOf(talk, ears).map((choice) => choice.label);
    expect(labels.length).toBeGreaterThanOrEqual(2);
    expect(labels).not.toContain(good);
  });
});
