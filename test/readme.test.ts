/** The README's help is the program's own: `UPDATE_README=1 npx vitest run test/readme.test.ts` writes it anew. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { CATALOG } from "../src/commands/catalog.ts";
import { newSeat } from "./support/run-program.ts";

const README = join(import.meta.dirname, "..", "README.md");
const seat = newSeat();
afterAll(seat.remove);

const BLOCK = /(<!-- help -->\n)([\s\S]*?)(<!-- \/help -->)/;

test("the help block is what `complaint --help` prints", () => {
  const { out, code } = seat.run(["--help"]);
  expect(code).toBe(0);
  const text = readFileSync(README, "utf8");
  const wanted = `\`\`\`text\n${out.trimEnd()}\n\`\`\`\n`;
  if (process.env.UPDATE_README)
    writeFileSync(
      README,
      text.replace(BLOCK, (_, a, __, b) => `${a}${wanted}${b}`),
    );
  expect(BLOCK.exec(readFileSync(README, "utf8"))?.[2]).toBe(wanted);
});

test.each(["en", "zh-CN", "zh-TW"])("every command has help with an example in %s", (locale) => {
  for (const { name, examples } of CATALOG.filter((c) => !c.hidden)) {
    const { out, code } = seat.run([name, "--help", "--locale", locale]);
    expect({ name, code }).toEqual({ name, code: 0 });
    expect(out).toContain(examples[0]);
    for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(130);
  }
});
