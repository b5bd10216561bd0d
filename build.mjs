// Builds what users run: one split ESM bundle in dist/, and the compiled words and scripts in dist/content/.
import { readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const folder = import.meta.dirname;
const dist = join(folder, "dist");

/** better-sqlite3 is compiled at install and stays outside. CommonJS inside an ESM bundle needs `require`. */
const shared = {
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  external: ["better-sqlite3"],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: "error",
};

async function bundleProgram() {
  const { metafile } = await build({
    ...shared,
    metafile: true,
    entryPoints: { main: join(folder, "src", "main.ts") },
    outdir: dist,
    splitting: true,
    minifySyntax: true,
    minifyWhitespace: true,
    chunkNames: "chunks/[name]-[hash]",
    legalComments: "none",
  });
  const made = new Set(["phone.cjs", ...Object.keys(metafile.outputs).map((path) => basename(path))]);
  for (const name of readdirSync(join(dist, "chunks"))) if (!made.has(name)) rmSync(join(dist, "chunks", name));
}

/** The numbering plans of all countries: big, so they are required when the first number comes (src/store/phone-library.ts). */
async function bundlePhoneNumbers() {
  await build({
    ...shared,
    banner: {},
    format: "cjs",
    minify: true,
    stdin: { contents: 'export { parsePhoneNumberFromString } from "libphonenumber-js/min";', resolveDir: folder },
    outfile: join(dist, "chunks", "phone.cjs"),
    legalComments: "none",
  });
}

/** The compiler of words and scripts is TypeScript like the rest: it is bundled, run, and thrown away. */
async function compileContent() {
  const outfile = join(dist, "build", "write-content.mjs");
  try {
    await build({
      ...shared,
      entryPoints: [join(folder, "src", "content", "write-content.ts")],
      outfile,
      packages: "external",
    });
    const { writeContent } = await import(pathToFileURL(outfile).href);
    return await writeContent(folder, join(dist, "content"));
  } finally {
    rmSync(join(dist, "build"), { recursive: true, force: true });
  }
}

const only = process.argv[2];
if (only !== "content") {
  await bundleProgram();
  await bundlePhoneNumbers();
}
const mistakes = await compileContent();
if (mistakes.length > 0) {
  console.error(`${mistakes.length} mistakes in scripts and words:\n${mistakes.join("\n")}`);
  process.exit(1);
}
