/** Odd terminals: whatever the width, the colours, the pipes and the language of the system, words arrive whole. */
import { spawnSync } from "node:child_process";
import stringWidth from "fast-string-width";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runInPty } from "../support/pty-program.ts";
import { BIN, newSeat, type Seat } from "../support/run-program.ts";

const ESC = "\u001b";
const FRAMES = new RegExp(`${ESC}\\[[0-9;?]*[A-Za-z]`, "g");
/** Moves about the screen; the line that is being typed may be written anew. */
const MOVES = new RegExp(`${ESC}\\[[0-9;]*[ABHfsu]|${ESC}\\[[123]J|${ESC}\\[\\?`);

let seat: Seat;
let ref: string;
let draft: string;

beforeAll(() => {
  seat = newSeat();
  const answers = `
- customer: { name: Wang Li, phone: "13800005678" }
  answers: { words: 三个星期没有宽带，没有人回电话。, category: telecom-network, severity: high, outcome: resolved_later }
- answers: { words: "Twice charged for one parcel, and nobody explained it.", category: price }
`;
  const made = seat.run(["new", "--from", "-", "--json"], { input: answers });
  expect(made).toMatchObject({ code: 0, err: "" });
  ref = made.json<{ ref: string }[]>()[0]!.ref;
  const begun = seat.run(["new", "--from", "-", "--draft", "--json"], { input: "answers: { words: hello }" });
  expect(begun).toMatchObject({ code: 0, err: "" });
  draft = begun.json<{ ref: string }>().ref;
});
afterAll(() => seat.remove());

const READING = [
  ["list"],
  ["today"],
  ["show"],
  ["search", "宽带"],
  ["report", "--week"],
  ["customer", "Wang", "Li"],
];
const LOOKING = [
  ["say", "listen"],
  ["tips"],
  ["avoid"],
  ["law"],
  ["script", "list"],
  ["--help"],
  ["new", "--help"],
];
const withRef = (args: readonly string[]) => (args[0] === "show" ? [...args, ref] : args);
const shell = (command: string, env: Record<string, string> = {}) =>
  spawnSync("bash", ["--norc", "-c", `set -o pipefail; ${command}`], {
    encoding: "utf8",
    env: {
      PATH: process.env.PATH ?? "",
      LANG: "en_GB.UTF-8",
      TZ: "UTC",
      COMPLAINT_HOME: seat.home,
      COMPLAINT_AGENT: "lin",
      C: `${process.execPath} ${BIN}`,
      ...env,
    },
  });

const SCREENS = [
  [40, "en"],
  [40, "zh-CN"],
  [60, "zh-TW"],
  [80, "en"],
  [80, "zh-TW"],
  [120, "zh-CN"],
  [300, "en"],
] as const;

test.each(SCREENS)("on %i columns, in %s, no line is wider", async (columns, locale) => {
  for (const args of [...READING, ...LOOKING].map(withRef)) {
    // Tables of a report need 60 columns.
    if (args[0] === "report" && columns < 60) continue;
    const { code, out } = await runInPty(seat.home, [...args, "--locale", locale], { columns });
    expect({ args, code }).toEqual({ args, code: 0 });
    const lines = out.replace(FRAMES, "").split(/\r?\n/);
    // A command to be copied stays whole.
    const wide = lines.filter((line) => stringWidth(line) > columns && !/^ *complaint /.test(line));
    expect({ args, wide }).toEqual({ args, wide: [] });
  }
});

describe("colours", () => {
  const colours = /\u001b\[[0-9;]*m/;
  test("a terminal may have them; --no-color, NO_COLOR and TERM=dumb have none", async () => {
    for (const args of READING.map(withRef)) {
      for (const env of [{ NO_COLOR: "1" }, { TERM: "dumb" }])
        expect((await runInPty(seat.home, args, { env })).out).not.toMatch(colours);
      expect((await runInPty(seat.home, [...args, "--no-color"])).out).not.toMatch(colours);
    }
  });

  test("a pipe has none, unless FORCE_COLOR asks for them; JSON never has", () => {
    for (const args of READING.map(withRef)) {
      expect(seat.run(args).out).not.toContain(ESC);
      const forced = seat.run([...args, "--json"], { env: { FORCE_COLOR: "1" } });
      expect(() => forced.json()).not.toThrow();
      expect(forced.out).not.toContain(ESC);
    }
  });
});

test("LANG=C and TERM=linux: English, and punctuation in ASCII", () => {
  for (const env of [{ LANG: "C" }, { LANG: "", TERM: "linux" }])
    for (const args of READING.map(withRef)) {
      const { code, out } = seat.run(args, { env });
      expect({ args, code }).toEqual({ args, code: 0 });
      expect({ args, odd: out.match(/[\u2013-\u2026\u2190-\u21ff\u2500-\u259f\u25cf\u25cb]/g) }).toEqual({
        args,
        odd: null,
      });
    }
});

describe("pipes", () => {
  test("a reader that goes away ends the program quietly", () => {
    for (const command of [
      "list --status all --json",
      "law",
      "script show good-faith --json",
      "report --week --json",
      "--help",
    ]) {
      const { status, stderr } = shell(`$C ${command} | head -1 >/dev/null; echo "\${PIPESTATUS[0]}" >&2`);
      expect({ command, status, stderr }).toEqual({ command, status: 0, stderr: "0\n" });
    }
  });

  test.runIf(process.platform === "linux")("a full disk behind stdout is exit 4 with a sentence", () => {
    for (const command of ["list --json", "law", "--help", "--version"]) {
      const { status, stderr } = shell(`$C ${command} > /dev/full`);
      expect({ command, status }).toEqual({ command, status: 4 });
      expect(stderr.trim().split("\n").length).toBeLessThanOrEqual(3);
      expect(stderr).not.toMatch(/^\s+at /m);
    }
  });

  test("stdin is not read where nobody asked for it", () => {
    const { status, stdout } = shell("echo hello | $C list --json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toHaveProperty("total");
  });
});

describe("--accessible", () => {
  const asking = () => [
    ["new"],
    ["resume", draft],
    ["call-back", ref],
    ["contact", ref, "--channel", "phone", "--script", "progress-call"],
    ["script", "try", "good-faith"],
    ["practice", "rude-clerk"],
    ["setup"],
    ["forget", "13800005678"],
  ];

  test("every command that asks reads plain lines from a pipe, and stops with 130 where they end", () => {
    for (const args of asking()) {
      const { code, err, out } = seat.run([...args, "--accessible"], { input: "" });
      expect({ args, code }).toEqual({ args, code: 130 });
      expect(err + out).not.toContain(ESC);
      expect(err).not.toMatch(/^\s+at /m);
    }
  });

  test("in a terminal nothing is drawn twice, also on TERM=dumb, and Ctrl+C stops with 130", async () => {
    for (const args of asking())
      for (const env of [{}, { TERM: "dumb" }]) {
        const { code, out } = await runInPty(seat.home, [...args, "--accessible"], {
          env,
          replies: [[/\S/, "\u0003"]],
        });
        expect({ args, code }).toEqual({ args, code: 130 });
        expect({ args, out }).toEqual({ args, out: expect.not.stringMatching(MOVES) });
        if ("TERM" in env) expect({ args, out }).toEqual({ args, out: expect.not.stringContaining(ESC) });
      }
  });

  test("ACCESSIBLE=1 is the same as the flag", () => {
    expect(seat.run(["script", "try", "good-faith"], { input: "", env: { ACCESSIBLE: "1" } }).code).toBe(130);
  });
});

test("Ctrl+C at a short question stops with 130", async () => {
  for (const args of [["setup"], ["forget", "13800005678"]])
    expect(await runInPty(seat.home, args, { replies: [[/\?/, "\u0003"]] })).toMatchObject({ code: 130 });
});
