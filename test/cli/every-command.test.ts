/** Every command of the catalog with nothing on stdin: none waits, none breaks, and JSON is one document. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CATALOG } from "../../src/commands/catalog.ts";
import { BIN, newSeat, type Seat } from "../support/run-program.ts";

/** The contract's exit codes but 70, a mistake of the program. */
const CODES = [0, 1, 2, 3, 4, 130];

let seat: Seat;
let ref: string;
/** Files that commands write go here, never into the folder the tests run in. */
let folder: string;

beforeAll(() => {
  seat = newSeat();
  folder = mkdtempSync(join(tmpdir(), "complaint-every-"));
  const input = `
customer: { name: Wang Li, phone: "13800005678" }
answers: { words: "Three weeks without broadband.", category: telecom-network }
`;
  const made = seat.run(["new", "--from", "-", "--json"], { input });
  expect(made).toMatchObject({ code: 0, err: "" });
  ref = made.json<{ ref: string }>().ref;
});
afterAll(() => {
  seat.remove();
  rmSync(folder, { recursive: true, force: true });
});

interface Ran {
  code: number | null;
  signal: string | null;
  out: string;
  err: string;
}

/** Runs with nothing on stdin, and kills what waits. */
function runAlone(args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [BIN, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 40_000,
    killSignal: "SIGKILL",
    cwd: folder,
    env: {
      PATH: process.env.PATH ?? "",
      TZ: "UTC",
      LANG: "en_GB.UTF-8",
      COMPLAINT_HOME: seat.home,
      COMPLAINT_AGENT: "lin",
    },
  });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    err += text;
  });
  return new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal, out, err })));
}

/** The words of an example as a shell splits them, with a case that exists. */
function wordsOf(example: string): string[] {
  const words = example.replace(/ <.*$/, "").match(/'[^']*'|"[^"]*"|\S+/g) ?? [];
  return words.slice(1).map((word) => word.replace(/^['"]|['"]$/g, "").replace(/^(K7QF|3MXT)$/, ref));
}

/** Bare, with a case, and as the examples of its help show it. */
const callsOf = ({ name, examples }: (typeof CATALOG)[number]) => [
  [name],
  [name, ref],
  ...examples.map(wordsOf),
];

function follows(args: readonly string[], { code, signal, err }: Ran): void {
  expect({ args, signal, code, err, known: CODES.includes(code ?? -1) }).toMatchObject({
    signal: null,
    known: true,
  });
  expect({ args, err }).toEqual({ args, err: expect.not.stringMatching(/^\s+at |Error:/m) });
  if (code !== 0 && code !== 130)
    expect({ args, said: err !== "" || code === 1 }).toEqual({ args, said: true });
}

/** A year of demonstration cases takes its time on a busy machine. */
const LONG = 300_000;
const COMMANDS = CATALOG.filter((c) => !c.hidden);

test.each(COMMANDS)(
  "$name waits for nothing",
  async (spec) => {
    for (const args of callsOf(spec)) {
      follows(args, await runAlone(args));
      follows(args, await runAlone([...args, "--no-input", "--accessible"]));
    }
  },
  LONG,
);

test.each(COMMANDS)(
  "$name --json prints one document, or an error as one",
  async (spec) => {
    for (const args of callsOf(spec)) {
      const ran = await runAlone([...args, "--json", "--no-input"]);
      follows(args, ran);
      const isError = ran.out === "";
      const document = JSON.parse(isError ? ran.err : ran.out) as Record<string, unknown>;
      if (isError)
        expect({ args, ...document }).toMatchObject({
          error: { code: expect.stringMatching(/^[a-z_]+$/), message: expect.stringMatching(/./) },
        });
      else
        expect({ args, code: ran.code, known: [0, 1, 4].includes(ran.code ?? -1) }).toMatchObject({
          known: true,
        });
    }
  },
  LONG,
);
