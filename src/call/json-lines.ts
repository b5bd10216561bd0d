/** Lines out of a byte stream, as they come; a line beyond the limit is told apart and its rest thrown away. */
import { StringDecoder } from "node:string_decoder";

/** Longest line that is read, in bytes. */
export const MAX_LINE = 1_048_576;

export type ReadLine = { type: "line"; text: string } | { type: "too_long" };

/** Yields every line, the last one also without a line break. Nothing is lost between two reads. */
export async function* readLines(input: AsyncIterable<Uint8Array | string>): AsyncGenerator<ReadLine> {
  const decoder = new StringDecoder("utf8");
  let parts: string[] = [];
  let size = 0;
  let isFirst = true;
  const take = (text: string) => {
    size += Buffer.byteLength(text);
    if (size <= MAX_LINE) parts.push(text);
    else parts = [];
  };
  const line = (): ReadLine => {
    const whole: ReadLine =
      size > MAX_LINE ? { type: "too_long" } : { type: "line", text: parts.join("").replace(/\r$/, "") };
    parts = [];
    size = 0;
    return whole;
  };
  for await (const chunk of input) {
    const text = typeof chunk === "string" ? chunk : decoder.write(Buffer.from(chunk));
    // Some programs on Windows begin every stream with a byte order mark.
    const pieces = (isFirst ? text.replace(/^\ufeff/, "") : text).split("\n");
    isFirst &&= text === "";
    for (const [i, piece] of pieces.entries()) {
      if (i > 0) yield line();
      take(piece);
    }
  }
  take(decoder.end());
  if (size > 0) yield line();
}
