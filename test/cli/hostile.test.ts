/** What strangers do to the program: outputs that cannot be written, odd files, endless texts, crowds of writers. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newSeat, type Seat } from "../support/run-program.ts";

const BIN = join(import.meta.dirname, "..", "..", "bin", "complaint.js");

let seat: Seat;
beforeEach(() => {
  seat = newSeat();
});
afterEach(() => seat.remove());

interface Told {
  error: { code: string; message: string; hint?: string; details: { path: string; line: number }[] };
}
const error = (text: string) => (JSON.parse(text) as Told).error;
const add = (answers: object) => {
  const ran = seat.run(["new", "--from", "-", "--json"], { input: JSON.stringify({ answers }) });
  expect({ code: ran.code, err: ran.err }).toEqual({ code: 0, err: "" });
  return ran.json<{ ref: string; record: Record<string, unknown> }>();
};

test.runIf(existsSync("/dev/full"))("a full disk behind stdout is exit 4, help included", () => {
  for (const args of ["--help", "--version", "list", "list --json"]) {
    const command = `"${process.execPath}" "${BIN}" ${args} > /dev/full`;
    const ran = spawnSync("sh", ["-c", command], {
      encoding: "utf8",
      env: { PATH: process.env.PATH ?? "", COMPLAINT_HOME: seat.home },
    });
    expect({ args, code: ran.status }).toEqual({ args, code: 4 });
    expect(args.includes("--json") ? error(ran.stderr).code : ran.stderr).toContain(
      args.includes("--json") ? "output_failed" : "the disk is full",
    );
  }
});

test("a folder in place of the configuration is told, without a stack trace", () => {
  mkdirSync(join(seat.home, "config.yaml"));
  const ran = seat.run(["list", "--json"]);
  expect(ran.code).toBe(3);
  expect(error(ran.err).code).toBe("bad_config");
});

test("settings that are a link to a file elsewhere stay one when a setting is changed", () => {
  const kept = join(seat.home, "kept.yaml");
  writeFileSync(kept, "# ours\nagent: li\n");
  symlinkSync(kept, join(seat.home, "config.yaml"));
  expect(seat.run(["config", "set", "org", "Acme"]).code).toBe(0);
  expect(lstatSync(join(seat.home, "config.yaml")).isSymbolicLink()).toBe(true);
  expect(readFileSync(kept, "utf8")).toBe("# ours\nagent: li\norg: Acme\n");
});

test("a setting without a value is told with its line", () => {
  writeFileSync(join(seat.home, "config.yaml"), "agent: li\nlocale:\n");
  const ran = seat.run(["list", "--json"]);
  expect(ran.code).toBe(3);
  expect(error(ran.err).message).toContain("config.yaml:2:");
});

test("every wrong item of a list is told in its own place, also where the script is wrong", () => {
  const ran = seat.run(["new", "--from", "-", "--json"], {
    input: [
      "script: bogus",
      "answers:",
      "  category: bogus",
      "  options:",
      "    - { remedy: refund, accepted: true, amount: -1 }",
      "    - { remedy: apology, accepted: true }",
      "    - { remedy: bogus, accepted: true }",
      "promises:",
      "  - { what: call, due_at: bogus, reason: r }",
      "  - { due_at: 2030-01-01, reason: r }",
    ].join("\n"),
  });
  expect(ran.code).toBe(3);
  expect(error(ran.err).details.map(({ path, line }) => `${path}:${line}`)).toEqual([
    "script:1",
    "answers.category:3",
    "answers.options[0].amount:5",
    "answers.options[2].remedy:7",
    "promises[0].due_at:9",
    "promises[1].what:10",
  ]);
});

test("texts of 100,000 characters are kept exactly, and every screen shows them", () => {
  for (const letter of ["x", "中"]) {
    const long = letter.repeat(100_000);
    const { ref, record } = add({ words: long, category: "price", customer_name: long });
    expect(record.words === long && record.customer_name === long).toBe(true);
    for (const args of [["show", ref], ["list"], ["export"], ["today"], ["search", "price"]])
      expect({ args, code: seat.run(args).code }).toEqual({ args, code: 0 });
    const call = seat.run(["new", "--jsonl", "--name", long.slice(0, 30_000)], { input: "" });
    expect({ code: call.code, err: call.err }).toEqual({ code: 130, err: "" });
  }
});

test("a reserved word wins in any case, and several matches are told once each in at most three lines", () => {
  const { ref } = add({ words: "a", category: "price" });
  expect(seat.run(["show", "LAST", "--json"]).json<{ ref: string }>().ref).toBe(ref);
  const many = Array.from({ length: 1_000 }, (_, i) => ({ answers: { words: `${i}`, category: "price" } }));
  seat.run(["new", "--from", "-"], { input: JSON.stringify(many) });
  const { cases } = seat.run(["list", "--all", "--json"]).json<{ cases: { ref: string }[] }>();
  const heads = cases.map((c) => c.ref.slice(0, 3));
  const twice = heads.find((head, i) => heads.indexOf(head) !== i);
  if (twice === undefined) throw new Error("1,000 refs without a common beginning");
  const ran = seat.run(["show", twice]);
  expect(ran.code).toBe(1);
  expect(ran.err.trimEnd().split("\n").length).toBeLessThanOrEqual(3);
});

test("forty programs add a note to one case at once, and none is turned away", async () => {
  const { ref } = add({ words: "a", category: "price" });
  const codes = await Promise.all(
    Array.from({ length: 40 }, (_, i) => {
      const child = spawn(process.execPath, [BIN, "note", ref, `note ${i}`], {
        stdio: "ignore",
        env: { PATH: process.env.PATH ?? "", COMPLAINT_HOME: seat.home, COMPLAINT_AGENT: `agent-${i}` },
      });
      return new Promise((resolve) => child.on("exit", resolve));
    }),
  );
  expect(codes.filter((code) => code !== 0)).toEqual([]);
  const { notes } = seat.run(["show", ref, "--json"]).json<{ notes: { n: number }[] }>();
  expect(notes.map(({ n }) => n)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
});
