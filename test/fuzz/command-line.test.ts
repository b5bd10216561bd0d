/** Random words after every command: an answer or a plain error, and after a refusal nothing has changed. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CATALOG, type CommandSpec, GLOBAL_FLAGS } from "../../src/commands/catalog.ts";
import { runWhole, type WholeRun } from "../support/whole-program.ts";
import { type Dice, dice, HOSTILE, LONG, SEED, times, workplace } from "./fuzz.ts";

const CODES = [0, 1, 2, 3, 4, 130];
const ANSWERS = [
  { script: "good-faith", answers: { words: "Three weeks without broadband.", category: "telecom-network" } },
  { customer: { name: "王丽", phone: "13800005678" }, answers: { words: "没有人回电话", category: "price" } },
  { answers: { words: "The bill is wrong", category: "price", customer_email: "a@b.example" } },
];

let place: ReturnType<typeof workplace>;
let refs: string[] = [];

beforeAll(async () => {
  place = workplace();
  writeFileSync("case.json", JSON.stringify(ANSWERS));
  writeFileSync("rows.csv", "Date,Text\n2026-11-01,broken\n2026-11-02,=late\n");
  writeFileSync("map.yaml", "source: s\nfields:\n  opened_at: Date\n  words: Text\n");
  const made = await runWhole(["new", "--from", "case.json", "--json"], { home: place.home });
  refs = (JSON.parse(made.out) as { ref: string }[]).map((c) => c.ref);
  for (const words of [
    ["export", "--events", "bundle.jsonl"],
    ["backup", "copy.db"],
    [
      "promise",
      refs[0]!,
      "--what",
      "engineer",
      "--by",
      "2026-11-24T10:00:00+08:00",
      "--why",
      "first free slot",
    ],
  ])
    expect(await runWhole(words, { home: place.home })).toMatchObject({ code: 0 });
  place.keep();
});
afterAll(() => place.remove());

/** What stands after a flag or as an argument where something sensible is wanted. */
const SENSIBLE = [
  "last",
  "1",
  "2",
  "refund",
  "200",
  "CNY",
  "lead",
  "closed",
  "open",
  "category",
  "words=x",
  "category=price",
  "flags=safety,legal",
  "case.json",
  "rows.csv",
  "map.yaml",
  "bundle.jsonl",
  "copy.db",
  "out",
  "auto",
  "cfpb",
  "json",
  "csv",
  "text",
  "zh-CN",
  "2026-11-24T10:00:00+08:00",
  "2026-11-01",
  "2026-W47",
  "kept",
  "withdrawn",
  "resolved_later",
  "register",
  "bash",
  "good-faith",
  "13800005678",
  "settle",
  "get",
  "set",
  "list",
  "show",
  "check",
  "3",
  "365d",
  "4h",
];

function word(roll: Dice): string {
  if (roll.oneIn(3)) return roll.of(HOSTILE);
  return roll.oneIn(2) ? roll.of(refs).slice(0, 3 + roll.below(6)) : roll.of(SENSIBLE);
}

/** `--status <list>` → the flag, most times with a value. */
function flag(spec: string, roll: Dice): string[] {
  const name = /--[a-z-]+/.exec(spec)![0];
  if (!/[<[]/.test(spec)) return [name];
  return roll.oneIn(10) ? [name] : roll.oneIn(4) ? [`${name}=${word(roll)}`] : [name, word(roll)];
}

/** A demonstration is as large as it is asked to be. */
const FEW = ["--cases", "3"];

function wordsFor(spec: CommandSpec, roll: Dice): string[] {
  const flags = [...(spec.flags ?? []), ...GLOBAL_FLAGS.map(([form]) => form)];
  const own = Array.from({ length: roll.below(4) }, () => flag(roll.of(flags), roll));
  const args = Array.from({ length: roll.below(4) }, () => [word(roll)]);
  const parts = roll.oneIn(2) ? [...args, ...own] : [...own, ...args];
  return [...(roll.oneIn(20) ? [] : [spec.name]), ...parts.flat(), ...(spec.name === "demo" ? FEW : [])];
}

/** How many events there are; -1: the file is none of ours (any more). */
function events(): number {
  try {
    const db = new Database(join(place.home, "complaint.db"), { readonly: true });
    try {
      return (db.prepare("SELECT count(*) AS n FROM events").get() as { n: number }).n;
    } finally {
      db.close();
    }
  } catch {
    return -1;
  }
}

function follows(args: readonly string[], ran: WholeRun): void {
  expect({ args, bug: ran.bug }).toEqual({ args, bug: undefined });
  expect({ args, code: ran.code, known: CODES.includes(ran.code) }).toMatchObject({ known: true });
  expect({ args, err: ran.err }).toEqual({ args, err: expect.not.stringMatching(/^\s+at .*\.[jt]s:\d/m) });
  if (ran.error && ran.code !== 130)
    expect({
      args,
      message: ran.error.message,
      lines: ran.error.message.split("\n").length < 4,
    }).toMatchObject({
      message: expect.stringMatching(/./),
      lines: true,
    });
}

test("words and flags", { timeout: LONG }, async () => {
  const roll = dice(SEED);
  const commands = CATALOG.filter((c) => !c.hidden);
  for (let n = 0; n < times(2000); n++) {
    // Some of them change the language, the role or the store itself.
    if (n % 50 === 0) place.reset();
    const args = wordsFor(commands[n % commands.length]!, roll);
    const before = events();
    const ran = await runWhole(args, { home: place.home, stdin: roll.oneIn(4) ? roll.of(HOSTILE) : "" });
    follows(args, ran);
    if (ran.error && [1, 2, 3].includes(ran.code))
      expect({ args, events: events() }).toEqual({ args, events: before });
  }
});
