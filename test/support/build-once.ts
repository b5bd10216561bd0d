/** Tests of the built program need it built; `npm test` has done so, a single `vitest run` may not have. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

const SOURCES = ["src", "data", "scripts", "build.mjs", "build-code.mjs", "package-lock.json"];

function newest(path: string): number {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

export default function buildOnce(): void {
  const built = join(root, "dist", "content", "common.json");
  const isFresh =
    existsSync(built) &&
    statSync(built).mtimeMs > Math.max(...SOURCES.map((name) => newest(join(root, name))));
  if (!isFresh) execFileSync(process.execPath, ["build.mjs"], { cwd: root, stdio: "inherit" });
}
