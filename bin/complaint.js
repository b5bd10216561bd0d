#!/usr/bin/env node
// The launcher: loads the bundles in dist/ (build.mjs says what is in them), in CommonJS (see package.json beside it),
// since the ES module loader costs more than it brings here.
const { existsSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const { Script } = require("node:vm");
const { wrap } = module.constructor;

const dist = join(__dirname, "..", "dist");
/**
 * V8's compiled code of the bundles (build-code.mjs), for one version of Node: what everyday commands use of each, and what
 * the others share. V8 itself refuses code that is not of its version.
 */
const code = join(dist, "code", `${process.version}-${process.platform}-${process.arch}`);
const [, , word = "--help"] = process.argv;
const own = join(code, process.argv.includes("--from") ? "from" : word.replace(/[^\w-]/g, "_"));
const folder = existsSync(own) ? own : join(code, "other");

function compiled(name) {
  try {
    return readFileSync(join(folder, `${name}.bin`));
  } catch {
    return undefined;
  }
}

/** A bundle that is rarely needed is kept compressed. */
function source(filename) {
  if (existsSync(filename)) return readFileSync(filename, "utf8");
  const { gunzipSync } = require("node:zlib");
  return gunzipSync(readFileSync(`${filename}.gz`)).toString();
}

const bundles = new Map();

function bundle(name) {
  let loaded = bundles.get(name);
  if (loaded) return loaded.exports;
  loaded = { exports: {} };
  bundles.set(name, loaded);
  const filename = join(dist, name);
  const script = new Script(wrap(source(filename)), { filename, cachedData: compiled(name) });
  script.runInThisContext()(loaded.exports, requirePart, loaded, filename, dist);
  return loaded.exports;
}

/** What bundles require: another bundle (`./zod.cjs`), a module in one (`./core.cjs#core-fold`), texts, or what Node has. */
function requirePart(id) {
  if (id.startsWith(dist)) return bundle(id.slice(dist.length + 1));
  if (!id.startsWith("./")) return require(id);
  const [name, part] = id.slice(2).split("#");
  return part ? bundle(name)[part]() : bundle(name);
}

requirePart.resolve = require.resolve;

try {
  requirePart("./main.cjs#main");
} catch (error) {
  // Only a damaged installation fails here: main.ts tells what goes wrong later.
  process.stderr.write(`complaint cannot start: ${error.message.split("\n")[0]}\nInstall it again.\n`);
  process.exitCode = 70;
}
