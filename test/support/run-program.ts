/** Runs the built program as its users do: a process of its own, a home of its own, a frozen clock where wanted. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const BIN = join(import.meta.dirname, "..", "..", "bin", "complaint.js");

export interface Ran {
  code: number | null;
  out: string;
  err: string;
  /** stdout as one JSON document. */
  json: <T>() => T;
}

export interface Seat {
  home: string;
  run: (args: readonly string[], options?: { input?: string; env?: Record<string, string> }) => Ran;
  remove: () => void;
}

/** A seat with an empty home. `env` holds for every run; COMPLAINT_AGENT is lin unless it says otherwise. */
export function newSeat(env: Record<string, string> = {}): Seat {
  const home = mkdtempSync(join(tmpdir(), "complaint-test-"));
  return {
    home,
    run: (args, options = {}) => {
      const result = spawnSync(process.execPath, [BIN, ...args], {
        input: options.input ?? "",
        encoding: "utf8",
        maxBuffer: 256 * 1024 * 1024,
        env: {
          PATH: process.env.PATH ?? "",
          TZ: "UTC",
          LANG: "en_GB.UTF-8",
          COMPLAINT_HOME: home,
          COMPLAINT_AGENT: "lin",
          ...env,
          ...options.env,
        },
      });
      return {
        code: result.status,
        out: result.stdout,
        err: result.stderr,
        json: () => JSON.parse(result.stdout),
      };
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}
