/** A terminal without a process: keys go in as bytes, and a real emulator says what is on its screen and where its cursor is. */
import { PassThrough } from "node:stream";
import xterm from "@xterm/headless";
import type { Io } from "../../src/core/io.ts";

export interface FakeTerminal {
  io: Io;
  /** One read of the terminal. */
  type(bytes: string): Promise<void>;
  /** The input ends: the window was closed. */
  hangUp(): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  /** What is on the screen, without the empty rows at its end. */
  screen(): string;
  row(index: number): string;
  cursor(): { x: number; y: number };
  /** Everything that was written to it. */
  written(): string;
  /** Waits until the emulator has drawn everything. */
  settle(): Promise<void>;
}

export function fakeTerminal({ columns = 80, rows = 24, color = false, unicode = true } = {}): FakeTerminal {
  const emulator = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true });
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
  const out = Object.assign(new PassThrough(), { isTTY: true, columns, rows, _isStdio: true });
  let bytes = "";
  out.on("data", (chunk: Buffer) => {
    bytes += chunk.toString();
    emulator.write(chunk);
  });
  const settle = async () => {
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    await new Promise<void>((resolve) => emulator.write("", resolve));
  };
  const line = (index: number) =>
    emulator.buffer.active.getLine(emulator.buffer.active.baseY + index)?.translateToString(true) ?? "";
  return {
    io: {
      stdin,
      stdout: out,
      stderr: out,
      interactive: true,
      columns,
      rows,
      color,
      unicode,
      print: (text: string) => void out.write(text),
      warn: (text: string) => void out.write(text),
    } as unknown as Io,
    async type(text) {
      stdin.write(text);
      await settle();
    },
    async hangUp() {
      stdin.end();
      await settle();
    },
    async resize(newColumns, newRows) {
      emulator.resize(newColumns, newRows);
      Object.assign(out, { columns: newColumns, rows: newRows });
      out.emit("resize");
      await settle();
    },
    screen: () =>
      Array.from({ length: emulator.rows }, (_, i) => line(i))
        .join("\n")
        .trimEnd(),
    row: line,
    cursor: () => ({ x: emulator.buffer.active.cursorX, y: emulator.buffer.active.cursorY }),
    written: () => bytes,
    settle,
  };
}
