/** Lines read one after another, for short questions outside a call to screen readers and pipes. */
import { createInterface } from "node:readline";

export interface PlainLines {
  /** The next line as typed, full-width characters made plain; undefined: the input has ended. */
  next: () => Promise<string | undefined>;
  close: () => void;
}

export function plainLines(input: NodeJS.ReadableStream): PlainLines {
  const lines = createInterface({ input, terminal: false });
  const each = lines[Symbol.asyncIterator]();
  return {
    next: async () => {
      const line = await each.next();
      return line.done ? undefined : line.value.normalize("NFKC").trim();
    },
    close: () => lines.close(),
  };
}
