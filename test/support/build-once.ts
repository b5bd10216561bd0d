/** Tests of the built program need it built; `npm test` has done so, a single `vitest run` may not have. */
import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

export default function buildOnce(): void {
  const built = join(root, "dist", "main.js");
  const fresh = existsSync(built) && statSync(built).mtimeMs > Date.now() - 15 * 60_000;
  if (!fresh) execFileSync(process.execPath, ["build.mjs"], { cwd: root, stdio: "inherit" });
}
