/** What the build writes down is what the program would work out; its compiled code is good for this Node. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadMessages, packagedLocales } from "../../src/content/library.ts";
import { helpText } from "../../src/program.ts";
import { READY_COLUMNS } from "../../src/ready.ts";
import { versionText } from "../../src/version.ts";
import { newSeat, type Seat } from "../support/run-program.ts";

const DIST = join(import.meta.dirname, "..", "..", "dist");

let seat: Seat;
beforeEach(() => {
  seat = newSeat();
});
afterEach(() => seat.remove());

test.each(packagedLocales())("the help that was written down in %s is commander's", (locale) => {
  const env = { COMPLAINT_LOCALE: locale };
  for (const args of [[], ["-h"], ["--help"]])
    expect(seat.run(args, { env }).out).toBe(helpText(loadMessages(locale), READY_COLUMNS));
  const wide = seat.run(["--help"], { env: { ...env, COLUMNS: "120" } });
  expect(wide.out).toBe(helpText(loadMessages(locale), 120));
});

test("the version that was written down is the one found out", () => {
  expect(seat.run(["--version"]).out).toBe(`${versionText()}\n`);
});

test("Node takes the compiled code of every bundle that everyday commands read", () => {
  const folder = join(DIST, "code", `${process.version}-${process.platform}-${process.arch}`);
  const { wrap } = process.getBuiltinModule("node:module") as unknown as { wrap(text: string): string };
  for (const command of ["--help", "list", "search", "from", "new", "today", "show", "report", "other"]) {
    const kept = readdirSync(join(folder, command));
    expect(kept).toContain("main.cjs.bin");
    for (const name of kept) {
      const source = wrap(readFileSync(join(DIST, name.replace(/\.bin$/, "")), "utf8"));
      const script = new Script(source, { cachedData: readFileSync(join(folder, command, name)) });
      expect([command, name, script.cachedDataRejected]).toEqual([command, name, false]);
    }
  }
});
