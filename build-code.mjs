// Writes V8's compiled code of the bundles to dist/code/, for the Node that runs the build: reading a bundle takes longer
// than most commands. Everyday commands are run once each, and what they used of a bundle is kept with it. Another Node
// finds no folder of its own there and compiles as usual.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const self = fileURLToPath(import.meta.url);
const dist = join(import.meta.dirname, "dist");
const code = join(dist, "code", `${process.version}-${process.platform}-${process.arch}`);

const CASE = {
  channel: "phone",
  customer: { name: "Wang Li", phone: "13800005678" },
  answers: { words: "No broadband for 3 weeks", category: "telecom-network" },
};

/** What is run, in this order; `keys` are typed as in a terminal, `input` comes by a pipe. */
const RUNS = [
  { args: ["--help"] },
  { args: ["--version"] },
  { args: ["new", "--from", "-"], input: JSON.stringify(CASE) },
  { args: ["list"] },
  { args: ["list", "--json", "--locale", "zh-CN"] },
  { args: ["list", "--locale", "zh-TW"] },
  { args: ["search", "broadband"] },
  { args: ["today"] },
  { args: ["show", "last"] },
  { args: ["report", "--week"] },
  { args: ["new", "--jsonl"], input: '{"value":"said"}\n{"value":"No broadband"}\n{"side":"pause"}\n' },
  { args: ["new", "--jsonl", "--locale", "zh-CN"], input: '{"value":"said"}\n{"side":"pause"}\n' },
  { args: ["new", "--jsonl", "--locale", "zh-TW"], input: '{"value":"said"}\n{"side":"pause"}\n' },
  { args: ["new", "--channel", "phone"], keys: ["1", "1", "\r", "No broadband", "\r", "\r", "\u0003"] },
];

/** Plays a terminal: the program is asked for keys, and they come. */
function typeKeys(keys) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => stdin });
  Object.defineProperty(process, "stdin", { value: stdin });
  for (const stream of [process.stdout, process.stderr])
    Object.assign(stream, { isTTY: true, columns: 80, rows: 24, cursorTo() {}, moveCursor() {} });
  for (const [i, key] of keys.entries()) setTimeout(() => stdin.write(key), 400 * (i + 1));
}

/** In the program's process, before it: keeps every script that it compiles, and writes their code when it ends. */
function record(keys) {
  const made = new Map();
  vm.Script = class extends vm.Script {
    constructor(source, options) {
      super(source, options);
      made.set(options.filename, this);
    }
  };
  if (keys.length > 0) typeKeys(keys);
  process.on("exit", () => {
    for (const [file, script] of made)
      writeFileSync(
        join(code, `${relative(dist, file).replaceAll(sep, "-")}.bin`),
        script.createCachedData(),
      );
  });
}

/** Runs the program as its users do, each time with the code that the runs before it left. */
export function compileCode() {
  const home = mkdtempSync(join(tmpdir(), "complaint-build-"));
  mkdirSync(code, { recursive: true });
  try {
    for (const { args, input = "", keys = [] } of RUNS)
      spawnSync(process.execPath, ["--import", self, join("bin", "complaint.js"), ...args], {
        cwd: import.meta.dirname,
        input,
        // A terminal's descriptors are devices.
        stdio: keys.length > 0 ? "ignore" : ["pipe", "pipe", "pipe"],
        env: {
          PATH: process.env.PATH,
          TZ: "UTC",
          LANG: "en_GB.UTF-8",
          COMPLAINT_HOME: home,
          COMPLAINT_AGENT: "build",
          COMPLAINT_BUILD_KEYS: JSON.stringify(keys),
        },
        timeout: 30_000,
      });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

if (process.env.COMPLAINT_BUILD_KEYS) record(JSON.parse(process.env.COMPLAINT_BUILD_KEYS));
