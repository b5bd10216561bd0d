/** `report`, `demo` and `list --fact` as they are run: exit codes, files, the printed commands in a shell. */
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run as demo } from "../../src/commands/demo.ts";
import { run as list } from "../../src/commands/list.ts";
import { run as report } from "../../src/commands/report.ts";
import type { Report } from "../../src/report/report.ts";
import { type Desk, type Flags, newDesk } from "../support/in-process.ts";
import { newSeat, type Seat } from "../support/run-program.ts";

const NOW = "2026-11-21T15:00:00Z";

interface Made {
  db: string;
  cases: number;
  from: string;
  to: string;
  commands: string[];
}

describe("in one process", () => {
  let desk: Desk;
  let made: Made;
  let folder: string;
  const on = (flags: Flags): Flags => ({ db: made.db, ...flags });
  beforeAll(async () => {
    desk = newDesk(NOW);
    folder = mkdtempSync(join(tmpdir(), "report-"));
    made = (await desk.run(demo, [], { cases: "180" })).json;
  }, 120_000);
  afterAll(() => {
    desk.remove();
    rmSync(folder, { recursive: true });
  });

  it("fills demo.db in the home with as many cases as were wanted", async () => {
    expect(made).toMatchObject({
      db: join(desk.home, "demo.db"),
      cases: 180,
      to: "2026-11-21T15:00:00.000Z",
    });
    expect(made.commands.every((command) => command.startsWith("complaint "))).toBe(true);
    expect(readdirSync(desk.home).filter((name) => name.startsWith("demo"))).toEqual(["demo.db"]);
    expect((await desk.run(list, [], on({ status: "all", limit: "1" }))).json.total).toBe(180);
  });

  it("makes the same cases again for the same seed and clock, and others for another", async () => {
    const refs = async (): Promise<string[]> =>
      (await desk.run(list, [], on({ status: "all", all: true }))).json.cases.map(
        (c: { ref: string; updated_at: string }) => c.ref + c.updated_at,
      );
    const first = await refs();
    expect((await desk.run(demo, [], { cases: "180" })).json).toEqual(made);
    expect(await refs()).toEqual(first);
    const other = (await desk.run(demo, [], { cases: "180", seed: "2", db: join(folder, "other.db") }))
      .json as Made;
    expect((await desk.run(list, [], { db: other.db, status: "all", all: true })).json.cases[0].ref).not.toBe(
      first[0]!.slice(0, 9),
    );
  }, 120_000);

  it("never replaces a database that is not the demonstration's", async () => {
    const path = join(folder, "mine.db");
    writeFileSync(path, "precious");
    expect((await desk.run(demo, [], { db: path })).code).toBe(1);
    expect(readFileSync(path, "utf8")).toBe("precious");
  });

  it.each([
    { cases: "0" },
    { cases: "many" },
    { cases: "-5" },
    { weeks: "1.5" },
    { seed: "x" },
    { cases: "99999999" },
  ])("refuses %o", async (flags) => {
    expect((await desk.run(demo, [], flags)).code).toBe(2);
  });

  it.each<[Flags, number]>([
    [{ week: "2026-W54" }, 2],
    [{ day: "2026-11-20", week: "2026-W47" }, 2],
    [{ from: "2026-11-20" }, 2],
    [{ by: "mood" }, 2],
    [{ format: "pdf" }, 2],
    [{ compare: "last" }, 2],
    [{ format: "xlsx" }, 2],
    [{ output: "/nowhere/at/all/report.md" }, 4],
    [{ month: "now" }, 0],
    [{ by: "agent", compare: "none" }, 0],
  ])("report %o ends with %i", async (flags, code) => {
    expect((await desk.run(report, [], on(flags))).code).toBe(code);
  });

  it("prints the contracted JSON", async () => {
    const json: Report = (await desk.run(report, [], on({ week: "2026-W46", by: "agent" }))).json;
    expect(Object.keys(json).slice(0, 4)).toEqual(["period", "previous", "generated_at", "sections"]);
    expect(json.period).toEqual({
      kind: "week",
      label: "2026-W46",
      from: "2026-11-08T16:00:00.000Z",
      to: "2026-11-15T16:00:00.000Z",
      time_zone: "Asia/Shanghai",
    });
    for (const section of Object.values(json.sections))
      expect(Object.keys(section)).toEqual(["facts", "rows", "lists", "distinct"]);
    const names = json.by!.rows.map((row) => row.id);
    expect(names).toEqual([...names].sort());
    expect(json.by!.rows.reduce((sum, row) => sum + row.received, 0)).toBe(
      json.sections.volume!.facts.received,
    );
    expect(json.by!.rows.reduce((sum, row) => sum + row.backlog, 0)).toBe(
      json.sections.volume!.facts.backlog,
    );
    expect((await desk.run(report, [], on({ compare: "none" }))).json.previous).toBeNull();
  });

  it("takes this week without a period, and yesterday for the summary of the morning", async () => {
    expect((await desk.run(report, [], on({}))).json.period.label).toBe("2026-W47");
    const { json } = await desk.run(report, [], on({ digest: true }));
    expect(json.period.label).toBe("2026-11-20");
    expect(json.digest.split("\n")[0]).toContain("2026-11-20");
  });

  it.each(["text", "markdown", "html", "csv", "xlsx", "json"])(
    "writes %s to a file, once",
    async (format) => {
      const output = join(folder, `report-${format}`);
      const done = await desk.run(report, [], on({ format, output }));
      expect(done.json).toEqual({ format, path: output, bytes: statSync(output).size });
      const before = readFileSync(output);
      expect(await desk.run(report, [], on({ format, output }))).toMatchObject({
        code: 1,
        error: { code: "file_exists" },
      });
      expect(readFileSync(output)).toEqual(before);
      expect((await desk.run(report, [], on({ format, output, force: true }))).code).toBe(0);
      expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    },
  );

  it("takes the format from the name of the file", async () => {
    const output = join(folder, "week.html");
    await desk.run(report, [], on({ output, json: false }));
    expect(readFileSync(output, "utf8")).toMatch(/^<!doctype html>/);
  });

  it("makes nothing where there is no database, and lists an unknown number not at all", async () => {
    const empty = newDesk(NOW);
    const { code, json } = await empty.run(report, [], {});
    expect(code).toBe(0);
    expect(json.sections.volume.facts.received).toBe(0);
    expect(readdirSync(empty.home)).toEqual([]);
    expect((await empty.run(list, [], { fact: "promises.broken" })).json).toMatchObject({
      cases: [],
      total: 0,
    });
    expect((await empty.run(list, [], { fact: "promises.forgotten" })).code).toBe(2);
    expect((await empty.run(list, [], { fact: "promises.broken", asOf: "soon" })).code).toBe(2);
    empty.remove();
  });
});

/** Runs a line in a shell that knows `complaint` as an installed command. */
function inShell(seat: Seat, line: string): { code: number | null; out: string; err: string } {
  const bin = join(seat.home, "bin");
  mkdirSync(bin, { recursive: true });
  const program = join(import.meta.dirname, "..", "..", "bin", "complaint.js");
  writeFileSync(join(bin, "complaint"), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`, {
    mode: 0o755,
  });
  const env = {
    PATH: `${bin}:${process.env.PATH}`,
    TZ: "Asia/Shanghai",
    LANG: "en_GB.UTF-8",
    COMPLAINT_HOME: seat.home,
    COMPLAINT_NOW: NOW,
  };
  const done = spawnSync("sh", ["-c", line], { encoding: "utf8", env, maxBuffer: 256 * 1024 * 1024 });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

describe("in a shell", () => {
  let seat: Seat;
  beforeAll(() => {
    seat = newSeat({ COMPLAINT_NOW: NOW, TZ: "Asia/Shanghai" });
    expect(seat.run(["demo", "--cases", "120", "--db", join(seat.home, "quoted 'name'.db")]).code).toBe(0);
  }, 120_000);
  afterAll(() => seat.remove());

  it("gives exactly the counted cases for a printed command, as it is pasted", () => {
    const db = readdirSync(seat.home).find((name) => name.startsWith("quoted"))!;
    const json = seat.run(["report", "--week", "--json", "--db", join(seat.home, db)]).json<Report>();
    const commands = Object.values(json.sections).flatMap(({ facts, lists, distinct, rows }) => [
      ...Object.entries(lists).flatMap(([name, command]) =>
        typeof facts[name] === "number" ? [[command, distinct[name] ?? facts[name]] as const] : [],
      ),
      ...rows.flatMap((row) =>
        row.list !== undefined && typeof row.count === "number"
          ? [[String(row.list), row.count] as const]
          : [],
      ),
    ]);
    // One of every kind: starting a process for each of hundreds takes minutes.
    const wanted = commands.filter((_, i) => i % 9 === 0);
    expect(wanted.length).toBeGreaterThan(8);
    for (const [command, count] of wanted) {
      const found = JSON.parse(inShell(seat, `${command} --json`).out) as { total: number; cases: unknown[] };
      expect([command, found.total, found.cases.length]).toEqual([command, count, count]);
    }
  }, 300_000);

  it("writes the report to stdout alone, also through a pipe that closes", () => {
    const text = inShell(seat, `complaint report --week --db "$COMPLAINT_HOME"/quoted*.db | head -3`);
    expect(text.code).toBe(0);
    expect(text.err).toBe("");
    expect(text.out.split("\n")[0]).toContain("2026-W47");
    expect(existsSync(join(seat.home, "complaint.db"))).toBe(false);
  });
});
