/** Every command of the catalog with nothing on stdin: none waits, none breaks, and JSON is one document. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CATALOG } from "../../src/commands/catalog.ts";
import type { ComplaintError } from "../../src/core/errors.ts";
import { BIN, newSeat, type Seat } from "../support/run-program.ts";
import { runWhole } from "../support/whole-program.ts";

/** The contract's exit codes but 70, a mistake of the program. */
const CODES = [0, 1, 2, 3, 4, 130];

let seat: Seat;
let ref: string;
/** Files that commands write go here, never into the folder the tests run in. */
let folder: string;
const before = process.cwd();

beforeAll(() => {
  seat = newSeat();
  folder = mkdtempSync(join(tmpdir(), "complaint-every-"));
  process.chdir(folder);
  const input = `
customer: { name: Wang Li, phone: "13800005678" }
answers: { words: "Three weeks without broadband.", category: telecom-network }
`;
  const made = seat.run(["new", "--from", "-", "--json"], { input });
  expect(made).toMatchObject({ code: 0, err: "" });
  ref = made.json<{ ref: string }>().ref;
});
afterAll(() => {
  process.chdir(before);
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

/** A demonstration of thousands of cases is made and looked at elsewhere. */
const FEW = ["--cases", "30"];

/** Bare, with a case, and as the examples of its help show it. */
const callsOf = ({ name, examples }: (typeof CATALOG)[number]) =>
  [[name], [name, ref], ...examples.map(wordsOf)].map((args) => (name === "demo" ? [...args, ...FEW] : args));

function follows(args: readonly string[], { code, signal, err }: Ran): void {
  expect({ args, signal, code, err, known: CODES.includes(code ?? -1) }).toMatchObject({
    signal: null,
    known: true,
  });
  expect({ args, err }).toEqual({ args, err: expect.not.stringMatching(/^\s+at |Error:/m) });
  if (code !== 0 && code !== 130)
    expect({ args, said: err !== "" || code === 1 }).toEqual({ args, said: true });
}

const COMMANDS = CATALOG.filter((c) => !c.hidden);

/** In this process, with a pipe on stdin that ends at once: the same words, many times faster. */
async function runHere(args: readonly string[]): Promise<Ran & { told?: ComplaintError }> {
  const ran = await runWhole(args, { home: seat.home });
  expect({ args, bug: ran.bug }).toEqual({ args, bug: undefined });
  return {
    ...ran,
    err: ran.err + (ran.error?.message ?? ""),
    signal: null,
    ...(ran.error ? { told: ran.error } : {}),
  };
}

test.each(COMMANDS)("$name waits for nothing", async (spec) => {
  const [bare, ...others] = callsOf(spec);
  follows(bare!, await runAlone(bare!));
  for (const args of [bare!, ...others]) {
    follows(args, await runHere(args));
    follows(args, await runHere([...args, "--no-input", "--accessible"]));
  }
});

test.each(COMMANDS)("$name --json prints one document, or an error as one", async (spec) => {
  const [bare, ...others] = callsOf(spec);
  const whole = await runAlone([...bare!, "--json", "--no-input"]);
  follows(bare!, whole);
  const isError = whole.out === "";
  const document = JSON.parse(isError ? whole.err : whole.out) as Record<string, unknown>;
  if (isError)
    expect({ args: bare, ...document }).toMatchObject({
      error: { code: expect.stringMatching(/^[a-z_]+$/), message: expect.stringMatching(/./) },
    });
  for (const args of others) {
    const ran = await runHere([...args, "--json", "--no-input"]);
    follows(args, ran);
    if (ran.told)
      expect({ args, code: ran.told.code, out: ran.out }).toMatchObject({
        code: expect.stringMatching(/^[a-z_]+$/),
        out: "",
      });
    else {
      JSON.parse(ran.out);
      expect({ args, code: ran.code, known: [0, 1, 4].includes(ran.code ?? -1) }).toMatchObject({
        known: true,
      });
    }
  }
});
