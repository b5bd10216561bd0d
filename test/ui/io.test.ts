/** What is known of the terminal. */
import { describe, expect, it } from "vitest";
import { drawingStream, type ProcessLike, processIo } from "../../src/ui/io.ts";

type Given = {
  stdin?: boolean;
  stdout?: boolean;
  stderr?: boolean;
  env?: Record<string, string>;
  platform?: string;
  columns?: number;
};

function processLike({
  stdin = true,
  stdout = true,
  stderr = true,
  env = {},
  platform = "linux",
  columns = 100,
}: Given): ProcessLike {
  const out = (isTTY: boolean) => (isTTY ? { isTTY, columns, rows: 30 } : {});
  return {
    stdin: stdin ? { isTTY: true } : {},
    stdout: out(stdout),
    stderr: out(stderr),
    env,
    platform,
  } as unknown as ProcessLike;
}

describe("processIo", () => {
  it.each<[string, Given, string[], boolean]>([
    ["all terminals", {}, [], true],
    ["stdout into a pipe", { stdout: false }, [], true],
    ["stderr into a file", { stderr: false }, [], true],
    ["both into files", { stdout: false, stderr: false }, [], false],
    ["stdin from a pipe", { stdin: false }, [], false],
    ["--no-input", {}, ["new", "--no-input"], false],
    ["--no-input as a value", {}, ["search", "--", "--no-input"], true],
  ])("interactive: %s", (_, given, argv, interactive) =>
    expect(processIo(processLike(given), argv).interactive).toBe(interactive),
  );

  it.each<[string, Given, string[], boolean]>([
    ["a terminal", { env: { TERM: "xterm" } }, [], true],
    ["no terminal", { stdout: false }, [], false],
    ["NO_COLOR", { env: { NO_COLOR: "1" } }, [], false],
    ["an empty NO_COLOR", { env: { NO_COLOR: "" } }, [], true],
    ["FORCE_COLOR into a pipe", { stdout: false, env: { FORCE_COLOR: "1" } }, [], true],
    ["FORCE_COLOR=0", { env: { FORCE_COLOR: "0" } }, [], false],
    ["NO_COLOR before FORCE_COLOR", { env: { NO_COLOR: "1", FORCE_COLOR: "1" } }, [], false],
    ["--no-color", {}, ["--no-color"], false],
    ["a dumb terminal", { env: { TERM: "dumb" } }, [], false],
  ])("colour: %s", (_, given, argv, color) => expect(processIo(processLike(given), argv).color).toBe(color));

  it.each<[string, Record<string, string>, string, boolean]>([
    ["UTF-8", { LANG: "zh_CN.UTF-8" }, "linux", true],
    ["utf8", { LANG: "C.utf8" }, "linux", true],
    ["LC_ALL over LANG", { LC_ALL: "C", LANG: "en_US.UTF-8" }, "linux", false],
    ["C", { LANG: "C" }, "linux", false],
    ["nothing", {}, "linux", false],
    ["nothing on a Mac", {}, "darwin", true],
    ["the Linux console", { LANG: "en_US.UTF-8", TERM: "linux" }, "linux", false],
    ["a dumb terminal", { LANG: "en_US.UTF-8", TERM: "dumb" }, "linux", false],
  ])("characters: %s", (_, env, platform, unicode) =>
    expect(processIo(processLike({ env, platform }), []).unicode).toBe(unicode),
  );

  it("takes the width of what the result goes to, 80 where it is no terminal", () => {
    expect(processIo(processLike({ columns: 132 }), []).columns).toBe(132);
    expect(processIo(processLike({ stdout: false, stderr: false }), []).columns).toBe(80);
  });
});

describe("prompts are drawn", () => {
  it("on stderr, since stdout carries the result", () => {
    const both = processLike({});
    expect(drawingStream(both)).toBe(both.stderr);
    const piped = processLike({ stdout: false });
    expect(drawingStream(piped)).toBe(piped.stderr);
  });
  it("on stdout where only it is a terminal", () => {
    const quiet = processLike({ stderr: false });
    expect(drawingStream(quiet)).toBe(quiet.stdout);
  });
});
