/** Writes a long result: to a file that appears whole, or to stdout at the pace of its reader. */
import { once } from "node:events";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { App } from "../app.ts";

type Parts = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

async function toFile(path: string, parts: Parts): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  const file = openSync(draft, "w", 0o600);
  try {
    for await (const part of parts) {
      const bytes = typeof part === "string" ? Buffer.from(part) : part;
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    }
    fsyncSync(file);
    closeSync(file);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** `path` undefined: stdout. */
export async function writeOut(app: App, path: string | undefined, parts: Parts): Promise<void> {
  if (path !== undefined) return toFile(path, parts);
  const { stdout } = app.io;
  let waiting = "";
  for await (const part of parts) {
    if (typeof part === "string" && waiting.length < 65_536) {
      waiting += part;
      continue;
    }
    const bytes =
      typeof part === "string" ? Buffer.from(waiting + part) : Buffer.concat([Buffer.from(waiting), part]);
    waiting = "";
    if (!stdout.write(bytes)) await once(stdout, "drain");
  }
  if (waiting !== "") stdout.write(waiting);
}
