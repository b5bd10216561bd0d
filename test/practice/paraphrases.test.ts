/** Other wordings of the good lines are heard as good: those of the cases and those written before any recogniser. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { PracticeCase } from "../../src/core/practice-case.ts";
import { changeOf } from "../../src/practice/moves.ts";
import { beginTalk, reply } from "../../src/practice/talk.ts";
import {
  CASES,
  casesIn,
  ears,
  LOCALES,
  type Player,
  type PracticeLocale,
  play,
  toTraditional,
  unknownLines,
} from "../support/practice-world.ts";

interface Paraphrase {
  turn: number;
  text: string;
}

const OWN = join(import.meta.dirname, "..", "fixtures", "practice");
/** How many of each case and language must be heard as good. */
const SHARE = 0.8;

function ownParaphrases(id: string, written: "en" | "zh-CN", file = "paraphrases"): Paraphrase[] {
  const rows = readFileSync(join(OWN, `${file}.${written}.tsv`), "utf8")
    .trim()
    .split("\n");
  return rows
    .map((row) => row.split("\t"))
    .filter(([name]) => name === id)
    .map(([, turn, text]) => ({ turn: Number(turn), text: text! }));
}

function caseParaphrases(id: string, written: "en" | "zh-CN"): Paraphrase[] {
  const source = parse(readFileSync(join(CASES, `${id}.yaml`), "utf8")) as {
    paraphrases: { turn: number; en: string[]; "zh-CN": string[] }[];
  };
  return source.paraphrases.flatMap((p) => p[written].map((text) => ({ turn: p.turn, text })));
}

function paraphrasesOf(id: string, locale: PracticeLocale): Paraphrase[] {
  const written = locale === "en" ? "en" : "zh-CN";
  const all = [...caseParaphrases(id, written), ...ownParaphrases(id, written)];
  return locale === "zh-TW" ? all.map((p) => ({ ...p, text: toTraditional(p.text) })) : all;
}

/** The reference line's own effect tells what is good at a turn: some good lines only keep what was reached. */
function isGood(c: PracticeCase, { turn, text }: Paraphrase): boolean {
  const lines = c.reference_runs!.very_good;
  const plan = { case: unknownLines(c), level: 2 as const, seed: 1, andIfNot: ["?"] };
  let talk = beginTalk(plan);
  for (const line of lines.slice(0, turn - 1)) talk = reply({ ...talk, case: c }, line.says, ears);
  const { sum, moves } = reply({ ...talk, case: plan.case }, text, ears).reactions.at(-1)!;
  const wanted = lines[turn - 1]!.moves;
  const calms = wanted.some((move) => changeOf(move, c) < 0);
  return (calms ? sum < 0 : sum <= 0) && moves.some((m) => wanted.includes(m.move));
}

describe.each(LOCALES)("in %s", (locale) => {
  test.each(casesIn(locale).map((c) => [c.id, c] as const))(
    "%s: of 30 wordings at least 24 are good",
    (_, c) => {
      const all = paraphrasesOf(c.id, locale);
      expect(all.length).toBe(30);
      const missed = all.filter((p) => !isGood(c, p));
      expect(missed.length, missed.map((p) => `${p.turn} ${p.text}`).join("\n")).toBeLessThanOrEqual(
        all.length * (1 - SHARE),
      );
    },
  );

  test("of a stranger's wordings four in five are good, and his whole run is too", () => {
    const written = locale === "en" ? "en" : "zh-CN";
    for (const c of casesIn(locale)) {
      const typed = ownParaphrases(c.id, written, "strangers").map((p) =>
        locale === "zh-TW" ? { ...p, text: toTraditional(p.text) } : p,
      );
      const missed = typed.filter((p) => !isGood(c, p)).map((p) => `${p.turn} ${p.text}`);
      expect(missed.length / typed.length, `${c.id}\n${missed.join("\n")}`).toBeLessThanOrEqual(1 - SHARE);
      const player: Player = (talk) => typed[talk.reactions.length]?.text ?? "";
      for (const level of [1, 2, 3] as const)
        expect(play(unknownLines(c), player, level).score, `${c.id} ${level}`).toBeGreaterThanOrEqual(80);
    }
  });

  test("a whole run of other wordings still scores good", () => {
    const low = casesIn(locale).flatMap((c) => {
      const all = paraphrasesOf(c.id, locale);
      return [0, 1, 2].flatMap((column) => {
        let talk = beginTalk({ case: unknownLines(c), level: 2, seed: 1, andIfNot: ["?"] });
        for (const [i] of c.reference_runs!.very_good.entries())
          talk = reply(talk, all.filter((p) => p.turn === i + 1)[column]!.text, ears);
        return talk.state.mood <= 2 && talk.state.agreed ? [] : [`${c.id} ${column} mood ${talk.state.mood}`];
      });
    });
    expect(low.length, low.join("\n")).toBeLessThanOrEqual(casesIn(locale).length * 3 * (1 - SHARE));
  });
});
