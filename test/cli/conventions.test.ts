/** What holds for every command: streams, exit codes, errors as JSON, language, the frozen clock, nothing waits for a key. */
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newSeat, type Seat } from "../support/run-program.ts";

let seat: Seat;
beforeEach(() => {
  seat = newSeat();
});
afterEach(() => seat.remove());

const error = (text: string) =>
  (JSON.parse(text) as { error: { code: string; message: string; hint?: string } }).error;

test("bare complaint prints help on stdout", () => {
  const { code, out, err } = seat.run([]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toContain("complaint [options] [command]");
  expect(out.indexOf("  new ")).toBeLessThan(out.indexOf("  config "));
});

test.each([
  [["nope"], "unknown_command"],
  [["list", "--bogus"], "unknown_option"],
  [["note"], "missing_argument"],
  [["list", "--limit"], "option_missing_argument"],
  [["list", "--locale", "xx"], "invalid_locale"],
  [["list", "--status", "nope"], undefined],
  [["new", "--script", "nope"], undefined],
  [["list", "--db", "postgres://host/db"], "no_team_database"],
  [["new", "--no-input"], "no_input"],
  [["new"], "no_terminal"],
] as const)("wrong usage %j is exit 2 with a code and a next step", (args, code) => {
  const ran = seat.run([...args, "--json"]);
  expect(ran.code).toBe(2);
  expect(ran.out).toBe("");
  const told = error(ran.err);
  if (code) expect(told.code).toBe(code);
  expect(told.message).not.toBe("");
  expect(told.hint ?? "").not.toBe("");
});

test("a wrong COMPLAINT_NOW is exit 2", () => {
  expect(seat.run(["list"], { env: { COMPLAINT_NOW: "yesterday" } }).code).toBe(2);
  expect(seat.run(["list"], { env: { COMPLAINT_NOW: "2026-02-30T00:00:00Z" } }).code).toBe(2);
});

test("reading creates nothing where no database exists", () => {
  for (const args of [["list"], ["today"], ["search", "x"], ["report", "--week"], ["export"]]) {
    const { code, err } = seat.run([...args, "--json"]);
    expect({ args, code, err }).toEqual({ args, code: 0, err: "" });
  }
  expect(readdirSync(seat.home)).toEqual([]);
});

test("a missing folder of --db is exit 4, and nothing is created", () => {
  const ran = seat.run(["new", "--from", "-", "--db", join(seat.home, "no", "x.db")], {
    input: "answers: { words: hello, category: price }",
  });
  expect(ran.code).toBe(4);
  expect(existsSync(join(seat.home, "no"))).toBe(false);
});

test("a file that is no database is exit 4 and stays as it is", () => {
  const path = join(seat.home, "complaint.db");
  writeFileSync(path, "this is not a database, it is a text of some length".repeat(50));
  expect(seat.run(["list"]).code).toBe(4);
  expect(statSync(path).size).toBe("this is not a database, it is a text of some length".length * 50);
});

test("files are for their owner only", () => {
  const ran = seat.run(["new", "--from", "-"], { input: "answers: { words: hello, category: price }" });
  expect(ran).toMatchObject({ code: 0, err: "" });
  for (const name of readdirSync(seat.home)) expect(statSync(join(seat.home, name)).mode & 0o077).toBe(0);
});

test("the language follows flag, environment, config, then the system", () => {
  const head = (env: Record<string, string>, flags: string[] = []) =>
    seat.run(["--help", ...flags], { env }).out.split("\n")[0];
  expect(head({ LANG: "zh_TW.UTF-8" })).toContain("用法");
  expect(head({ LANG: "zh_TW.UTF-8", COMPLAINT_LOCALE: "en" })).toContain("Usage");
  expect(head({ LANG: "zh_TW.UTF-8", COMPLAINT_LOCALE: "en" }, ["--locale", "zh-CN"])).toContain("用法");
  expect(head({ LANG: "C" })).toContain("Usage");
  expect(seat.run(["config", "set", "locale", "zh-CN"]).code).toBe(0);
  expect(head({ LANG: "en_GB.UTF-8" })).toContain("用法");
});

test("config refuses unknown keys and wrong values, and keeps comments", () => {
  expect(seat.run(["config", "set", "nope", "x"]).code).toBe(2);
  expect(seat.run(["config", "set", "time_zone", "Mars/Base"]).code).toBe(2);
  writeFileSync(join(seat.home, "config.yaml"), "# ours\nagent: chen\n");
  expect(seat.run(["config", "set", "time_zone", "Asia/Shanghai"]).code).toBe(0);
  expect(seat.run(["config", "list", "--json"]).json()).toEqual({
    config: { agent: "chen", time_zone: "Asia/Shanghai" },
  });
});

test("a wrong config names its line and is exit 3", () => {
  writeFileSync(join(seat.home, "config.yaml"), "agent: chen\ndensity: loud\n");
  const ran = seat.run(["list", "--json"]);
  expect(ran.code).toBe(3);
  expect(error(ran.err).message).toContain("config.yaml:2");
});

test("a broken script of one's own never stops the program: one line says so", () => {
  mkdirSync(join(seat.home, "scripts"));
  writeFileSync(
    join(seat.home, "scripts", "good-faith.yaml"),
    "id: good-faith\nkind: call\nsteps: []\nbogus: 1\n",
  );
  const ran = seat.run(["script", "show", "good-faith", "--json"]);
  expect(ran.code).toBe(0);
  expect(ran.err.trim().split("\n")).toHaveLength(1);
  expect(ran.json<{ steps: unknown[] }>().steps.length).toBeGreaterThan(10);
});

test("setup asks four things from a pipe and keeps them", () => {
  const ran = seat.run(["setup", "--accessible"], { input: "2\n李雷\nAsia/Shanghai\nCN\n" });
  expect(ran.code).toBe(0);
  expect(seat.run(["config", "list", "--json"]).json()).toEqual({
    config: { locale: "zh-CN", agent: "李雷", time_zone: "Asia/Shanghai", country: "CN" },
  });
});

test("tables come as spreadsheets out of the built program, in every language", () => {
  const given = seat.run(["new", "--from", "-"], { input: "answers: { words: hello, category: price }" });
  expect(given.code).toBe(0);
  for (const args of [["report", "--week"], ["export"]])
    for (const locale of ["en", "zh-CN", "zh-TW"]) {
      const ran = seat.run([...args, "--format", "xlsx", "--locale", locale]);
      expect({ args, code: ran.code, err: ran.err }).toEqual({ args, code: 0, err: "" });
      expect(ran.out.slice(0, 2)).toBe("PK");
    }
});

test("script: its schema comes out of the built program, a missing id is told, check says each mistake once", () => {
  const schema = seat.run(["script", "schema", "--json"]);
  expect(schema.code).toBe(0);
  expect(schema.json<{ properties: object }>().properties).toHaveProperty("steps");
  for (const what of ["show", "try", "new"]) {
    const { code, err } = seat.run(["script", what, "--json"]);
    expect({ what, code, told: error(err).code }).toEqual({ what, code: 2, told: "missing_argument" });
  }
  mkdirSync(join(seat.home, "scripts"));
  writeFileSync(join(seat.home, "scripts", "telecom.yaml"), "id: telecom\nkind: calls\nsteps: []\n");
  expect(seat.run(["script", "list"]).err).toContain("telecom.yaml:2:7");
  expect(seat.run(["list"]).err).toContain("telecom.yaml:2:7");
  const checked = seat.run(["script", "check", "--json"]);
  expect(checked.code).toBe(3);
  expect(error(checked.err).code).toBe("bad_script");
});
