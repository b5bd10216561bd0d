/** What is installed, without better-sqlite3. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Row } from "./measure.ts";

const ROOT = join(import.meta.dirname, "..", "..");

export function sizeRows(): Row[] {
  const packed = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [info] = JSON.parse(packed) as { unpackedSize: number }[];
  return [
    {
      what: "installed size without better-sqlite3",
      measured: info!.unpackedSize / 1e6,
      unit: "MB",
      gate: 5,
      goal: 3,
    },
  ];
}
