/** What is taken apart without commander is what commander finds; where commander has more to say it is asked. */
import { expect, test } from "vitest";
import { CATALOG, GLOBAL_FLAGS } from "../../src/commands/catalog.ts";
import { plainCommand } from "../../src/plain-command.ts";
import { parseCommand } from "../../src/program.ts";

const io = { print: () => {}, columns: 80 };

/** What commander finds; undefined: help, the version or a mistake. */
function commander(argv: readonly string[]) {
  try {
    const found = parseCommand(argv, (key) => key, io);
    return typeof found === "object" ? { name: found.spec.name, ...found.input } : undefined;
  } catch {
    return undefined;
  }
}

function plain(argv: readonly string[]) {
  const found = plainCommand(argv);
  return found && { name: found.spec.name, ...found.input };
}

const VALUES = ["K7QF", "宽带", "2026-11-21", "a b", "x=y", "-", "-1", "--json", "", "help", "--", "0"];
const words = [
  ...VALUES,
  "-v",
  "-h",
  "--help",
  "--nope",
  "--limit=3",
  ...GLOBAL_FLAGS.map(([flags]) => flags.split(" ")[0]!),
];

/** A row of numbers that is the same each time. */
function* numbers(): Generator<number, never> {
  for (let x = 7; ; ) {
    x = (x * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield x >> 8;
  }
}

test.each(CATALOG.map((spec) => spec.name))("%s: as commander, or left to it", (name) => {
  const spec = CATALOG.find((c) => c.name === name)!;
  const row = numbers();
  const pick = (from: readonly string[]) => from[row.next().value % from.length]!;
  const flags = (spec.flags ?? []).map((f) => f.split(" ")[0]!);
  let taken = 0;
  for (let i = 0; i < 300; i++) {
    const length = row.next().value % 5;
    const rest = Array.from({ length }, () =>
      pick(row.next().value % 3 === 0 ? words : [...flags, ...VALUES.slice(0, 5)]),
    );
    const argv = [name, ...rest];
    const found = plain(argv);
    if (found) expect([argv, found]).toEqual([argv, commander(argv)]);
    if (found) taken++;
  }
  if (!spec.hidden) expect(taken).toBeGreaterThan(0);
});

test("everyday command lines are plain", () => {
  for (const argv of [
    ["list"],
    ["search", "broadband"],
    ["new", "--from", "case.yaml"],
    ["show", "last", "--json"],
  ])
    expect(plain(argv)).toEqual(commander(argv));
  expect(plain(["list", "--limit", "3", "--no-color"])).toMatchObject({
    flags: { limit: "3", color: false },
  });
});

test("the rest is commander's", () => {
  for (const argv of [
    [],
    ["nope"],
    ["--json", "list"],
    ["list", "--week"],
    ["list", "-h"],
    ["show"],
    ["list", "x"],
  ])
    expect(plain(argv)).toBeUndefined();
});
