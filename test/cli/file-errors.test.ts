/** A file that cannot be read or written: which one, why in words, and no code of the system. */
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newSeat, type Seat } from "../support/run-program.ts";

let seat: Seat;
let ref: string;
let folder: string;

beforeAll(() => {
  seat = newSeat();
  folder = join(seat.home, "a-folder");
  mkdirSync(folder);
  const made = seat.run(["new", "--from", "-", "--json"], {
    input: "answers: { words: hello, category: price }",
  });
  ref = made.json<{ ref: string }>().ref;
});
afterAll(() => seat.remove());

const missing = () => join(seat.home, "nowhere", "x.out");

test.each([
  ["new", () => ["new", "--from", missing()], 3, "no such file or folder"],
  ["new", () => ["new", "--from", folder], 3, "it is a folder"],
  ["import", () => ["import", missing()], 3, "no such file or folder"],
  ["report", () => ["report", "--week", "--output", missing()], 4, "no such file or folder"],
  ["form", () => ["form", ref, "--kind", "handling", "--output", missing()], 4, "no such file or folder"],
  ["export", () => ["export", "--output", missing()], 4, "no such file or folder"],
  ["backup", () => ["backup", missing()], 4, "no such file or folder"],
])("%s names the file and says why", (_, argv, code, why) => {
  const args = argv();
  const done = seat.run(args);
  expect(done.code).toBe(code);
  expect(done.err).toContain(args.at(-1));
  expect(done.err).toContain(why);
  expect(done.err).not.toMatch(/\bE[A-Z]{3,}\b|\.tmp/);
});

test("nothing half written is left", () => {
  expect(readdirSync(seat.home).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});
