/** What the scorecard tells to work on: the weak skills, and the one line that did harm in a call that was good otherwise. */
import { describe, expect, test } from "vitest";
import { scorecardOf } from "../../src/practice/scorecard.ts";
import { beginTalk, reply, stageDue } from "../../src/practice/talk.ts";
import { casesIn, ears } from "../support/practice-world.ts";
import { messagesOf } from "../support/words.ts";

const t = messagesOf("practice", "en");
const c = casesIn("en").find((x) => x.id === "media-threat")!;

/** The very good run, but for some turns. */
function cardWith(other: Record<number, string>) {
  let talk = beginTalk({ case: c, level: 2, seed: 1, andIfNot: ["?"] });
  for (const [i, line] of c.reference_runs!.very_good.entries())
    if (stageDue(talk)) talk = reply(talk, other[i + 1] ?? line.says, ears);
  return scorecardOf(talk, { tries: [], record: undefined, t });
}

describe("work on", () => {
  test("a call without a weakness is worth a harder one", () => {
    expect(cardWith({}).work_on).toEqual([t("practice.work_harder")]);
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
