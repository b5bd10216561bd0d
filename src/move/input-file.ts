/** A file that is read several times from its beginning, piece by piece; or bytes that came through a pipe. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { Chunks } from "./encoding.ts";

export interface InputFile {
  /** As it is named in messages. */
  path: string;
  size: number;
  chunks: Chunks;
  /** How much of the present reading is done, 0 to 1. */
  done: () => number;
}

const CHUNK = 256 * 1024;

/** Throws the system's error where the file cannot be read. */
export function fileInput(path: string): InputFile {
  const probe = openSync(path, "r");
  let size: number;
  try {
    const stat = fstatSync(probe);
    if (stat.isDirectory())
      throw Object.assign(new Error("EISDIR"), { code: "EISDIR", syscall: "read", path });
    size = stat.size;
  } finally {
    closeSync(probe);
  }
  let at = 0;
  function* chunks(): Generator<Buffer> {
    const file = openSync(path, "r");
    at = 0;
    try {
      for (;;) {
        // A new buffer each time: decoders keep the end of the one before.
        const chunk = Buffer.allocUnsafe(CHUNK);
        const read = readSync(file, chunk);
        if (read === 0) return;
        at += read;
        yield chunk.subarray(0, read);
      }
    } finally {
      closeSync(file);
    }
  }
  return { path, size, chunks, done: () => (size === 0 ? 1 : Math.min(1, at / size)) };
}

export function bytesInput(path: string, bytes: Buffer): InputFile {
  let at = 0;
  function* chunks(): Generator<Buffer> {
    for (at = 0; at < bytes.length; ) {
      const chunk = bytes.subarray(at, at + CHUNK);
      at += chunk.length;
      yield chunk;
    }
  }
  return { path, size: bytes.length, chunks, done: () => (bytes.length === 0 ? 1 : at / bytes.length) };
}

/** All of it; for formats that cannot be read piece by piece. */
export function wholeInput(input: InputFile): Buffer {
  return Buffer.concat([...input.chunks()]);
}
