// Builds what users run: CommonJS bundles in dist/, and compiled scripts and words in dist/content/.
//
// Start-up is what counts. dist/main.cjs holds the command line only. Parts that share much are one bundle whose
// modules are evaluated when first used (GROUPS); every other lazily imported part is a bundle of its own, required on
// first use. One file costs a third of the start-up that thirty small modules cost.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const folder = import.meta.dirname;
const src = join(folder, "src");
const dist = join(folder, "dist");

/** Commands that are one bundle, since they need the same things. */
const GROUPS = {
  look: ["say", "tips", "avoid", "law"],
  read: ["list", "search", "show", "today", "customer"],
  call: ["new", "resume", "call-back", "contact", "finish"],
  after: [
    "note",
    "edit",
    "promise",
    "dispatch",
    "wait",
    "resolve",
    "close",
    "reopen",
    "escalate",
    "assign",
    "hand-over",
    "approve",
    "appeal",
    "assess",
    "actions",
    "forget",
    "purge",
    "form",
  ],
  data: ["export", "import", "sync", "backup", "restore", "doctor"],
};

const shared = {
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  minify: true,
  // Chinese and tables of characters as they are: escaped they are twice as long.
  charset: "utf8",
  legalComments: "none",
  logLevel: "error",
  // Dynamic imports become `require`: no second module system is started for them.
  supported: { "dynamic-import": false },
  define: { "import.meta.url": "importMetaUrl" },
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  // The compiled addon of better-sqlite3 stays where npm put it (src/store/native.ts); its JavaScript is bundled.
  external: ["*.node"],
};

/** The bundles to make: name → entry point. Found while building, since a bundle may import others lazily. */
const wanted = new Map([["main", join(src, "main.ts")]]);

const bundleName = (path) => relative(src, path).replace(/\.ts$/, "").replaceAll("/", "-");
const packageName = (name) => name.replace(/^@/, "").replaceAll("/", "-");

/** Packages that several bundles need: each is one bundle, not a copy in every other. */
const SHARED = ["@bomb.sh/tab", "write-excel-file/node", "yaml", "zod"];

/** What the bundle of a part hands over. Of zod only what the sources use: all of it would be four times as large. */
async function exportsOf(entry) {
  if (!SHARED.includes(entry)) return `export * from ${JSON.stringify(entry)};`;
  const names = Object.keys(await import(entry));
  if (entry !== "zod") return `export { ${names.join(", ")} } from ${JSON.stringify(entry)};`;
  const files = readdirSync(src, { recursive: true }).filter((f) => f.endsWith(".ts"));
  const used = new Set(
    files.flatMap((f) => readFileSync(join(src, f), "utf8").match(/(?<=\bz\.)\w+/g) ?? []),
  );
  return `export { ${names.filter((n) => used.has(n)).join(", ")} } from "zod";`;
}

/** Sends lazily imported parts and shared packages to bundles of their own. */
const lazyParts = {
  name: "lazy-parts",
  setup(b) {
    b.onResolve({ filter: /.*/ }, ({ path, kind, resolveDir, importer }) => {
      const isShared = SHARED.includes(path) && importer.startsWith(src);
      if ((kind !== "dynamic-import" && !isShared) || path.startsWith("node:")) return undefined;
      const isOwn = path.startsWith(".");
      const target = isOwn ? resolve(resolveDir, path) : path;
      const name = isOwn ? bundleName(target) : packageName(path);
      if (!wanted.has(name)) wanted.set(name, target);
      return { path: `./${name}.cjs`, external: true };
    });
  },
};

/** commander can start other programs as commands; we never do, and loading that takes as long as all of its own code. */
const noPrograms = {
  name: "no-programs",
  setup(b) {
    b.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes("/commander/") ? { path: "none", namespace: "none" } : undefined,
    );
    b.onLoad({ filter: /.*/, namespace: "none" }, () => ({ contents: "module.exports = {};" }));
  },
};

// What imports a shared package is CommonJS like it, and there a default import is the whole of `module.exports`.
const DEFAULT_IS_ALL =
  'if (typeof module.exports.default === "function") module.exports = Object.assign(module.exports.default, module.exports);';

const bundle = (name, contents, isShared = false) =>
  build({
    ...shared,
    ...(isShared ? { footer: { js: DEFAULT_IS_ALL } } : {}),
    stdin: { contents, resolveDir: folder, loader: "ts" },
    outfile: join(dist, `${name}.cjs`),
    plugins: [lazyParts, noPrograms],
  });

/** One bundle for a group of commands, and for each of them a file that hands over its part. */
async function bundleGroup(group, commands) {
  const parts = commands.map(
    (c) => `exports[${JSON.stringify(c)}] = () => require("./src/commands/${c}.ts");`,
  );
  await bundle(`commands-${group}`, parts.join("\n"));
  for (const command of commands) {
    const handOver = `module.exports = require("./commands-${group}.cjs")[${JSON.stringify(command)}]();\n`;
    writeFileSync(join(dist, `commands-${command}.cjs`), handOver);
  }
}

async function bundleProgram() {
  const made = new Set();
  for (const [group, all] of Object.entries(GROUPS)) {
    const commands = all.filter((c) => existsSync(join(src, "commands", `${c}.ts`)));
    await bundleGroup(group, commands);
    for (const name of [group, ...commands]) made.add(`commands-${name}`);
  }
  // The numbering plans of all countries, required when the first number comes (src/store/phone-library.ts).
  wanted.set("phone", "libphonenumber-js/min");
  // The map grows while it is walked: a lazy part may have lazy parts.
  for (const [name, entry] of wanted) {
    if (made.has(name)) continue;
    await bundle(name, await exportsOf(entry), SHARED.includes(entry));
    made.add(name);
  }
  for (const file of readdirSync(dist, { withFileTypes: true }))
    if (file.isFile() && !made.has(basename(file.name, ".cjs"))) rmSync(join(dist, file.name));
}

/** The compiler of words and scripts is TypeScript like the rest: it is bundled, run, and thrown away. */
async function compileContent() {
  const outfile = join(dist, "build", "write-content.mjs");
  try {
    await build({
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      logLevel: "error",
      entryPoints: [join(src, "content", "write-content.ts")],
      outfile,
      packages: "external",
    });
    const { writeContent } = await import(pathToFileURL(outfile).href);
    return await writeContent(folder, join(dist, "content"));
  } finally {
    rmSync(dirname(outfile), { recursive: true, force: true });
  }
}

/** `dist/man/complaint.1`, which npm puts where `man complaint` looks. */
async function writeManPage() {
  const outfile = join(dist, "build", "man-page.cjs");
  const contents = `export { manPage } from "./src/commands/man-page.ts";
    export { loadMessages } from "./src/content/library.ts";`;
  try {
    const stdin = { contents, resolveDir: folder, loader: "ts" };
    await build({ ...shared, stdin, outfile, plugins: [lazyParts, noPrograms] });
    const { manPage, loadMessages } = createRequire(import.meta.url)(outfile);
    const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    mkdirSync(join(dist, "man"), { recursive: true });
    writeFileSync(join(dist, "man", "complaint.1"), manPage(loadMessages("en"), version));
  } finally {
    rmSync(dirname(outfile), { recursive: true, force: true });
  }
}

if (process.argv[2] !== "content") await bundleProgram();
const mistakes = await compileContent();
if (mistakes.length > 0) {
  console.error(`${mistakes.length} mistakes in scripts and words:\n${mistakes.join("\n")}`);
  process.exit(1);
}
await writeManPage();
