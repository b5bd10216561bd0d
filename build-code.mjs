// Writes V8's compiled code of the bundles to dist/code/, for the Node that runs the build: reading a bundle takes longer
// than most commands. Everyday commands are run once, and what each used of the bundles is kept for it. npm runs this
// file once more where the package is installed (`postinstall`); a Node without a folder of its own compiles as usual.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
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

/** Everyday commands, each with code of its own; `keys` are typed as in a terminal, `input` comes by a pipe. */
const EVERYDAY = [
  { name: "from", args: ["new", "--from", "-"], input: JSON.stringify(CASE) },
  // A number that only the library of all countries can read.
  {
    name: "from",
    args: ["new", "--from", "-"],
    input: JSON.stringify({ ...CASE, customer: { phone: "+44 20 7946 0018" } }),
  },
  { name: "--help", args: ["--help"] },
  { name: "--version", args: ["--version"] },
  { name: "list", args: ["list"] },
  { name: "search", args: ["search", "broadband"] },
  { name: "today", args: ["today"] },
  { name: "show", args: ["show", "last"] },
  { name: "report", args: ["report", "--week"] },
  {
    name: "new",
    args: ["new", "--channel", "phone"],
    keys: ["1", "1", "\r", "No broadband", "\r", "\r", "\u0003"],
  },
  {
    name: "new",
    args: ["new", "--jsonl"],
    input: '{"value":"said"}\n{"value":"No broadband"}\n{"side":"pause"}\n',
  },
];

/** What stands for all the others, which share their code. */
const OTHERS = [
  { args: ["list", "--help"] },
  { args: ["note", "last", "He rang again"] },
  { args: ["promise", "last", "--what", "A call", "--by", "2099-01-01", "--why", "He asked"] },
  { args: ["customer", "13800005678"] },
  { args: ["tips"] },
  { args: ["resume", "last", "--jsonl"], input: '{"value":null}\n{"side":"pause"}\n' },
  { args: ["resume", "last"], keys: ["1", "\r", "\u0003"] },
];

/** Plays a terminal: the program is asked for keys, and they come. */
function typeKeys(keys) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => stdin });
  Object.defineProperty(process, "stdin", { value: stdin });
  for (const stream of [process.stdout, process.stderr])
    Object.assign(stream, { isTTY: true, columns: 80, rows: 24, cursorTo() {}, moveCursor() {} });
  for (const [i, key] of keys.entries()) setTimeout(() => stdin.write(key), 400 * (i + 1));
}

/** In the program's process, before it: keeps every bundle that it compiles, and writes their code when it ends. */
function record({ name, keys = [] }) {
  const made = new Map();
  vm.Script = class extends vm.Script {
    constructor(source, options) {
      super(source, options);
      made.set(options.filename, this);
    }
  };
  if (keys.length > 0) typeKeys(keys);
  process.on("exit", () => {
    const folder = join(code, name);
    mkdirSync(folder, { recursive: true });
    // Texts are small and many, and only a few of them are used each time.
    for (const [file, script] of [...made].filter(([f]) => dirname(f) === dist))
      writeFileSync(join(folder, `${basename(file)}.bin`), script.createCachedData());
  });
}

function run(home, { name = "other", args, input = "", keys = [] }) {
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
      COMPLAINT_BUILD_RUN: JSON.stringify({ name, keys }),
    },
    timeout: 30_000,
  });
}

/** Runs the program as its users do. Where several runs share a folder each starts with the code of those before it. */
export function compileCode() {
  let home;
  try {
    home = mkdtempSync(join(tmpdir(), "complaint-build-"));
    mkdirSync(code, { recursive: true });
    for (const each of [...EVERYDAY, ...OTHERS]) run(home, each);
  } catch (error) {
    console.warn(
      `The program will start more slowly: its compiled code could not be kept (${error.message}).`,
    );
  } finally {
    if (home) rmSync(home, { recursive: true, force: true });
  }
}

if (process.env.COMPLAINT_BUILD_RUN) record(JSON.parse(process.env.COMPLAINT_BUILD_RUN));
// npm's `postinstall`; in a checkout there is nothing to run before the first build.
else if (basename(process.argv[1] ?? "") === "build-code.mjs" && existsSync(join(dist, "main.cjs")))
  compileCode();
