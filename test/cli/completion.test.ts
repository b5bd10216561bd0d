/** TAB in real shells: bash with and without the bash-completion package, and zsh where it is installed. */
import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { spawn } from "@lydell/node-pty";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CATALOG } from "../../src/commands/catalog.ts";
import { BIN, newSeat, type Seat } from "../support/run-program.ts";

const PACKAGE = "/usr/share/bash-completion/bash_completion";
const has = (command: string) =>
  (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, command)));

let seat: Seat;
let ref: string;
let folder: string;

beforeAll(() => {
  seat = newSeat();
  folder = mkdtempSync(join(tmpdir(), "complaint-shell-"));
  symlinkSync(BIN, join(folder, "complaint"));
  const made = seat.run(["new", "--from", "-", "--json"], {
    input: "answers: { words: hello, category: price }",
  });
  ref = made.json<{ ref: string }>().ref;
});
afterAll(() => {
  seat.remove();
  rmSync(folder, { recursive: true, force: true });
});

const offered = (...words: string[]): string[] =>
  seat
    .run(["complete", "--", ...words])
    .out.split("\n")
    .map((line) => line.split("\t")[0]!)
    .filter((line) => line !== "" && !line.startsWith(":"));

describe("what is offered", () => {
  test("every command, and every flag of each", () => {
    expect(offered("")).toEqual(expect.arrayContaining(CATALOG.filter((c) => !c.hidden).map((c) => c.name)));
    for (const { name, flags = [] } of CATALOG.filter((c) => !c.hidden && c.flags))
      expect(offered(name, "--")).toEqual(expect.arrayContaining(flags.map((f) => /--[a-z-]+/.exec(f)![0])));
  });

  test.each([
    [
      ["list", "--status", ""],
      ["draft", "open", "resolved", "closed", "all"],
    ],
    [
      ["list", "--status", "open,"],
      ["open,draft", "open,resolved", "open,closed", "open,all"],
    ],
    [
      ["report", "--format", ""],
      ["text", "markdown", "html", "csv", "xlsx", "json"],
    ],
    [
      ["--locale", ""],
      ["en", "zh-CN", "zh-TW"],
    ],
    [
      ["config", "set", "locale", ""],
      ["en", "zh-CN", "zh-TW"],
    ],
    [["promise", "set"], ["settle"]],
  ])("%j: its values", (words, values) => {
    expect(offered(...words).filter((value) => value.startsWith(words.at(-1)!))).toEqual(values);
  });

  test("open cases, in the case that is typed", () => {
    expect(offered("show", "")).toContain(ref);
    expect(offered("promise", "settle", "")).toEqual([ref]);
    expect(offered("note", ref.slice(0, 3))).toContain(ref);
    expect(offered("edit", ref, "seve")).toContain("severity=");
  });
});

const SHELLS = [
  { name: "bash alone", shell: "bash", args: ["--norc", "--noprofile"], begin: [], isHere: has("bash") },
  {
    name: "bash with bash-completion",
    shell: "bash",
    args: ["--norc", "--noprofile"],
    begin: [`. ${PACKAGE}`],
    isHere: has("bash") && existsSync(PACKAGE),
  },
  {
    name: "zsh",
    shell: "zsh",
    args: ["-f"],
    begin: ["autoload -Uz compinit; compinit -u -D"],
    isHere: has("zsh"),
  },
];

/** What a line is after TAB: it is echoed instead of run. */
const ECHO = "\t\u0001echo result: \r";

/** Types the lines into a shell in a terminal, each at a prompt; all that was printed. */
function typeInto({ shell, args }: (typeof SHELLS)[number], lines: readonly string[]): Promise<string> {
  const pty = spawn(shell, [...args, "-i"], {
    cols: 200,
    rows: 50,
    cwd: folder,
    env: {
      PATH: `${folder}${delimiter}${process.env.PATH}`,
      TERM: "xterm",
      LANG: "C.UTF-8",
      HOME: folder,
      PS1: "ready> ",
      COMPLAINT_HOME: seat.home,
      COMPLAINT_AGENT: "lin",
    },
  });
  let out = "";
  let seen = 0;
  const left = [...lines];
  const killer = setTimeout(() => pty.kill("SIGKILL"), 50_000);
  pty.onData((data) => {
    out += data;
    // One prompt, one line: a redrawn line shows it again, so only what follows a line's end counts.
    const prompts = out.match(/(?:^|[\r\n])(?:\u001b\[[0-9;?]*[a-zA-Z])*ready> /g)?.length ?? 0;
    if (prompts <= seen || left.length === 0) return;
    seen = prompts;
    pty.write(left.shift()!);
  });
  return new Promise((resolve) =>
    pty.onExit(() => {
      clearTimeout(killer);
      resolve(out);
    }),
  );
}

describe.each(SHELLS)("TAB in $name", (given) => {
  test.runIf(given.isHere)("completes commands, flags, values and refs, and prints no error", async () => {
    const lines = [
      "complaint resu",
      "complaint list --sever",
      "complaint new --channel ph",
      `complaint show ${ref.slice(0, 4)}`,
    ];
    const shell = given.shell;
    const source =
      shell === "zsh" ? `source <(complaint completion zsh)` : 'eval "$(complaint completion bash)"';
    const out = await typeInto(given, [
      ...given.begin.map((line) => `${line}\r`),
      `${source}\r`,
      ...lines.map((line) => `${line}${ECHO}`),
      "exit\r",
    ]);
    for (const line of ["resume", "list --severity", "new --channel phone", `show ${ref}`])
      expect(out).toContain(`result: complaint ${line}`);
    expect(out).not.toMatch(/command not found|parse error|syntax error/);
  });
});
