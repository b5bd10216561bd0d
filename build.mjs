// Builds what users run: one CommonJS bundle per folder of src/ in dist/, compiled scripts and words in dist/content/,
// and V8's compiled code of the bundles in dist/code/.
//
// Start-up is what counts. A module of a bundle is evaluated when it is first used; a module of another bundle is
// required by name (`./core.cjs#fold`), which bin/complaint.js understands. So nothing is in two bundles, and few files
// are read.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { compileCode } from "./build-code.mjs";

const folder = import.meta.dirname;
const src = join(folder, "src");
const dist = join(folder, "dist");

/** Packages that are a bundle of their own, loaded when first needed. What else is imported is part of who imports it. */
const PACKAGES = [
  "@bomb.sh/tab",
  "libphonenumber-js/min",
  "read-excel-file/node",
  "ts-fsrs",
  "write-excel-file/node",
  "yaml",
  "zod",
];

/** Bundles across folders: what is needed together, and what is heavy and rarely needed. A name ends with `*`: all that begin so. */
const TOGETHER = {
  // Every command, with src/*.ts.
  main: [
    "content/config.ts",
    "content/content-files.ts",
    "content/library.ts",
    "core/errors.ts",
    "core/locale.ts",
    "ui/io.ts",
  ],
  // Taking the command line apart, which the shortest answers do without.
  program: ["program.ts", "commands/catalog.ts"],
  // Looking at cases.
  read: [
    "commands/agenda*",
    "commands/case-*",
    "commands/customer.ts",
    "commands/filter-flags.ts",
    "commands/list.ts",
    "commands/read-time.ts",
    "commands/search.ts",
    "commands/show*",
    "commands/today.ts",
    "ui/layout.ts",
    "ui/screen-text.ts",
    "ui/table.ts",
  ],
  dates: ["call/chrono.ts"],
  encoding: ["move/encoding.ts"],
  charts: ["report/charts.ts"],
  prompts: ["ui/stock-prompts.ts"],
};

const fits = (name, pattern) =>
  pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

/** Bundles that are kept compressed: large, and no part of everyday work. */
const RARE = [
  "charts",
  "demo",
  "encoding",
  "move",
  "practice",
  "prompts",
  "read-excel-file-node",
  "write-excel-file-node",
];

/** The bundle that a source file is in. */
function bundleOf(path) {
  const name = relative(src, path);
  const found = Object.entries(TOGETHER).find(([, names]) => names.some((n) => fits(name, n)));
  return found?.[0] ?? (name.includes("/") ? name.split("/")[0] : "main");
}

const partOf = (path) => basename(relative(src, path).replaceAll("/", "-"), ".ts");
const packageBundle = (name) => name.replace(/^@/, "").replaceAll("/", "-");

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
  // Every Node that we run on knows \p{…}; without this such a pattern would be made anew each time it is used.
  supported: { "dynamic-import": false, "regexp-unicode-property-escapes": true },
  define: { "import.meta.url": "__filename", "import.meta.dirname": "__dirname" },
  // The compiled addon of better-sqlite3 stays where npm put it (src/store/native.ts); its JavaScript is bundled.
  external: ["*.node"],
};

/** Everything that the program reaches from main.ts: source file → what it imports, types left out. */
async function importsOfAll() {
  const { metafile } = await build({
    ...shared,
    entryPoints: [join(src, "main.ts")],
    outdir: dist,
    packages: "external",
    write: false,
    metafile: true,
    absWorkingDir: folder,
  });
  return Object.entries(metafile.inputs).map(([file, { imports }]) => ({
    file: join(folder, file),
    imports: imports.map(({ path, external }) => (external ? path : join(folder, path))),
  }));
}

/** Bundle → the modules in it that other bundles ask for. */
function partsOfBundles(files) {
  const parts = new Map([["main", new Set([join(src, "main.ts")])]]);
  for (const { file, imports } of files)
    for (const path of imports.filter((p) => p.startsWith(src))) {
      const bundle = bundleOf(path);
      if (bundle === bundleOf(file)) continue;
      if (!parts.has(bundle)) parts.set(bundle, new Set());
      parts.get(bundle).add(path);
    }
  return parts;
}

/** Sends what is in another bundle there. */
const otherBundles = (current) => ({
  name: "other-bundles",
  setup(b) {
    b.onResolve({ filter: /.*/ }, ({ path, resolveDir, importer }) => {
      if (PACKAGES.includes(path) && packageBundle(path) !== current)
        return { path: `./${packageBundle(path)}.cjs`, external: true };
      if (!path.startsWith(".") || !importer.startsWith(src)) return undefined;
      const target = resolve(resolveDir, path);
      const bundle = bundleOf(target);
      if (bundle === current) return undefined;
      return { path: `./${bundle}.cjs#${partOf(target)}`, external: true };
    });
  },
});

/** Node modules that cost more to load than what they would do for us. */
const NOT_NEEDED = {
  // commander can start other programs as commands; we never do.
  "node:child_process": { importer: "/commander/", contents: "module.exports = {};" },
  // A bundle has a `require` already.
  "node:module": { importer: src, contents: "exports.createRequire = () => require;" },
};

const lean = {
  name: "lean",
  setup(b) {
    b.onResolve({ filter: /^node:/ }, ({ path, importer }) =>
      NOT_NEEDED[path] && importer.includes(NOT_NEEDED[path].importer)
        ? { path, namespace: "lean" }
        : undefined,
    );
    b.onLoad({ filter: /.*/, namespace: "lean" }, ({ path }) => ({ contents: NOT_NEEDED[path].contents }));
  },
};

// What imports a package that is a bundle is CommonJS like it, and there a default import is the whole of `module.exports`.
const DEFAULT_IS_ALL =
  'if (typeof module.exports.default === "function") module.exports = Object.assign(module.exports.default, module.exports);';

/** What the bundle of a package hands over. Of zod only what the sources use: all of it would be four times as large. */
async function exportsOf(name, files) {
  // From Node 23 on a CommonJS package also exports itself, under a name that cannot be written in a list.
  const names = Object.keys(await import(name)).filter((n) => n !== "module.exports");
  if (name !== "zod") return `export { ${names.join(", ")} } from ${JSON.stringify(name)};`;
  const used = new Set(files.flatMap(({ file }) => readFileSync(file, "utf8").match(/(?<=\bz\.)\w+/g) ?? []));
  return `export { ${names.filter((n) => used.has(n)).join(", ")} } from "zod";`;
}

const bundle = (name, contents, footer = "") =>
  build({
    ...shared,
    footer: { js: footer },
    stdin: { contents, resolveDir: folder, loader: "ts" },
    outfile: join(dist, `${name}.cjs`),
    plugins: [otherBundles(name), lean],
  });

async function bundleProgram() {
  mkdirSync(dist, { recursive: true });
  for (const file of readdirSync(dist).filter((f) => /\.(cjs|gz|json)$/.test(f))) rmSync(join(dist, file));
  // Compiled code must never be older than what it was compiled from.
  rmSync(join(dist, "code"), { recursive: true, force: true });
  const files = await importsOfAll();
  const all = [...partsOfBundles(files)].map(([name, parts]) =>
    bundle(
      name,
      [...parts]
        .map((path) => `exports[${JSON.stringify(partOf(path))}] = () => require(${JSON.stringify(path)});`)
        .join("\n"),
    ),
  );
  for (const name of PACKAGES)
    all.push(bundle(packageBundle(name), await exportsOf(name, files), DEFAULT_IS_ALL));
  await Promise.all(all);
  for (const path of RARE.map((name) => join(dist, `${name}.cjs`))) {
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
    rmSync(path);
  }
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

/** What the built program would work out each time: its manual page, its help in every language, its version. */
async function writeReadyTexts() {
  const outfile = join(dist, "build", "ready.cjs");
  const contents = `export { manPage } from "./src/commands/man-page.ts";
    export { loadMessages, packagedLocales } from "./src/content/library.ts";
    export { helpText } from "./src/program.ts";
    export { READY_COLUMNS } from "./src/ready.ts";
    export { versionFacts } from "./src/version.ts";`;
  try {
    await build({
      ...shared,
      stdin: { contents, resolveDir: folder, loader: "ts" },
      outfile,
      plugins: [lean],
    });
    const { manPage, loadMessages, packagedLocales, helpText, READY_COLUMNS, versionFacts } = createRequire(
      import.meta.url,
    )(outfile);
    const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    mkdirSync(join(dist, "man"), { recursive: true });
    writeFileSync(join(dist, "man", "complaint.1"), manPage(loadMessages("en"), version));
    for (const locale of packagedLocales())
      writeFileSync(join(dist, "content", locale, "help.txt"), helpText(loadMessages(locale), READY_COLUMNS));
    const facts = versionFacts();
    if (facts) writeFileSync(join(dist, "version.json"), JSON.stringify(facts));
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
await writeReadyTexts();
compileCode();
