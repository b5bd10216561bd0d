/**
 * Nobody in a case knows more than he can: a handler's line speaks of what was told by its turn, what stands on record and
 * what he has to give; a customer answers from his own story, so that it fits whoever made the move.
 */
import { describe, expect, test } from "vitest";
import { contentWords, numbersOf } from "../../src/content/cases/facts.ts";
import { plain, type Tongue } from "../../src/content/cases/plain-text.ts";
import type { PracticeCase } from "../../src/core/practice-case.ts";
import { partsOf } from "../../src/practice/hear/reply.ts";
import { beginTalk, reply } from "../../src/practice/talk.ts";
import { casesIn, ears } from "../support/practice-world.ts";

/** One word may be met by chance ("hurt", "paid"); a number may not. */
const MOST_WORDS = 1;
const QUALITIES = ["very_good", "fair", "bad"] as const;
const WRITTEN = [
  ["en", "en"],
  ["zh-CN", "zh"],
] as const;

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

const isNumber = (thing: string) => /\d/.test(thing);

/** Whether a thing of the case stands in a text. */
function stands(thing: string, text: string, tongue: Tongue): boolean {
  if (isNumber(thing)) return numbersOf(text).includes(thing);
  if (tongue === "en") return contentWords(text, "en", ears.en.words).includes(thing);
  return [...thing.slice(1)].some((_, i) => text.includes(thing.slice(i, i + 2)));
}

/** What the handler has before him or may give, before the customer says a word. */
function ownOf({ truth, options, expected_promises, expected_record, wants }: PracticeCase): string[] {
  const { deadline_reason, stop_loss, emergency_measure } = expected_record;
  return [
    truth.on_record,
    wants.would_accept,
    ...options.map((o) => o.why),
    ...textsOf(expected_promises),
    ...textsOf([deadline_reason, stop_loss, emergency_measure]),
  ];
}

const WEEKDAY = /\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|周\d/g;

/** Numbers, days and times in texts. */
function namedIn(texts: readonly string[], tongue: Tongue): string[] {
  const text = plain(texts.join(" \n "), tongue);
  return [...numbersOf(text), ...(text.match(WEEKDAY) ?? [])];
}

/** The pieces of the story told before each turn of the very good run. */
function toldBefore(c: PracticeCase): string[][] {
  let talk = beginTalk({ case: c, level: 2, seed: 1, andIfNot: [] });
  return c.reference_runs!.very_good.map((line) => {
    const told = talk.state.told.map((i) => c.story[i]!.says);
    talk = reply(talk, line.says, ears);
    return told;
  });
}

/** Things in a line that nobody has told before, whichever opening was chosen. */
function untold(c: PracticeCase, line: string, pieces: readonly string[], tongue: Tongue): string[] {
  const { facts } = partsOf(line, tongue, ears[tongue], c.facts[tongue]);
  const told = [...ownOf(c), ...pieces];
  const texts = c.opening.map((opening) => plain([opening, ...told].join(" \n "), tongue));
  return facts.filter((thing) => !texts.some((text) => stands(thing, text, tongue)));
}

describe.each(WRITTEN)("in %s", (locale, tongue) => {
  test("a reference line knows nothing that was not told by then and is not on record", () => {
    const wrong = casesIn(locale).flatMap((c) => {
      const told = toldBefore(c);
      return QUALITIES.flatMap((quality) =>
        c.reference_runs![quality].flatMap((line, at) => {
          const things = untold(c, line.says, told[at]!, tongue);
          return things.some(isNumber) || things.length > MOST_WORDS
            ? [`${c.id} ${quality} ${at + 1}: ${things.join(", ")}`]
            : [];
        }),
      );
    });
    expect(wrong).toEqual([]);
  });

  test("a customer's answer takes up no number, day or time that only one line of a handler has", () => {
    const wrong = casesIn(locale).flatMap((c) => {
      const own = namedIn(textsOf([c.truth, c.knows, c.opening, c.story.map((piece) => piece.says)]), tongue);
      const lines = QUALITIES.flatMap((quality) => c.reference_runs![quality].map((line) => line.says));
      const offered = namedIn(lines, tongue).filter((name) => !own.includes(name));
      const answers = [...c.moves.flatMap((m) => m.reply ?? []), ...textsOf(c.mood_lines)];
      return [...answers, c.good_ending, c.fair_ending, c.bad_ending].flatMap((line) => {
        const names = namedIn([line], tongue).filter((name) => offered.includes(name));
        return names.length > 0 ? [`${c.id}: ${names.join(", ")} in ${line}`] : [];
      });
    });
    expect(wrong).toEqual([]);
  });
});
