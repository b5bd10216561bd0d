/** Sentences in lines of the terminal, broken between words; in a file or a pipe every line stays one. */
import type { App } from "../app.ts";
import { displayWidth, wrapText } from "../ui/layout.ts";

/** `text` broken to the width of the terminal; what is indented stays indented. */
export function flowText(app: App, text: string): string {
  const { stdout, columns } = app.io;
  if (!stdout.isTTY) return text;
  const rows = text.split("\n").flatMap((line) => {
    if (displayWidth(line) <= columns) return [line];
    const indent = line.length - line.trimStart().length;
    return wrapText(line.trimStart(), columns - indent).map((row) => `${" ".repeat(indent)}${row}`);
  });
  return rows.join("\n");
}
