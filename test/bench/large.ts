/** Lists, searches and reports over a large store, made by the demonstration's generator. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { complaint, costs, PROGRAM, type Row } from "./measure.ts";
import { multiply } from "./multiply.ts";

export const LARGE_NOW = "2026-11-20T18:00:00Z";

/** The demonstration makes so many at most, event by event; larger stores are these cases many times over. */
const MADE = 100_000;

function make(cases: number, home: string, path: string): void {
  const copies = Math.max(1, Math.round(cases / MADE));
  if (copies > 1) {
    multiply(join(largeStore(MADE), "complaint.db"), path, copies);
    return;
  }
  execFileSync(process.execPath, [PROGRAM, "demo", "--cases", String(cases), "--weeks", "52"], {
    env: { ...process.env, COMPLAINT_HOME: home, COMPLAINT_NOW: LARGE_NOW },
    stdio: "inherit",
  });
  renameSync(join(home, "demo.db"), path);
}

/** A store of so many cases, kept between runs: making it takes minutes. */
export function largeStore(cases: number): string {
  const home = join(tmpdir(), `complaint-bench-${cases}`);
  const path = join(home, "complaint.db");
  if (existsSync(path)) return home;
  mkdirSync(home, { recursive: true, mode: 0o700 });
  make(cases, home, `${path}.tmp`);
  renameSync(`${path}.tmp`, path);
  return home;
}

export function largeRows(cases: number): Row[] {
  const home = largeStore(cases);
  const isMillion = cases >= 1_000_000;
  const env = { COMPLAINT_NOW: LARGE_NOW };
  const commands = {
    node: { args: ["-e", "0"] },
    list: { args: complaint("list"), env },
    rare: { args: complaint("search", "washing machine"), env },
    chinese: { args: complaint("search", "茶具"), env },
    week: { args: complaint("report", "--week", "--json"), env },
    past: { args: complaint("report", "--week", "2026-W40", "--json"), env },
    text: { args: complaint("report", "--week"), env },
    html: { args: complaint("report", "--week", "--format", "html"), env },
  };
  const cost = costs(commands, home, 12);
  const times = (name: keyof typeof commands) => cost[name]!.time / cost.node!.time;
  const at = `at ${cases.toLocaleString("en")} cases`;
  const look = { unit: "×", gate: isMillion ? 1.7 : 1.6, goal: 1.3 };
  return [
    { what: `list ${at}`, measured: times("list"), ...look },
    { what: `search, English ${at}`, measured: times("rare"), ...look },
    { what: `search, Chinese ${at}`, measured: times("chinese"), ...look },
    {
      what: `report --week --json ${at}`,
      measured: times("week"),
      unit: "×",
      gate: isMillion ? 3.5 : 1.9,
      goal: isMillion ? 1.6 : 1.5,
    },
    {
      what: `report --week 2026-W40 --json ${at}`,
      measured: times("past"),
      unit: "×",
      gate: isMillion ? 3.5 : 1.9,
      goal: isMillion ? 1.6 : 1.5,
    },
    {
      what: `report as HTML against text ${at}`,
      measured: cost.html!.time / cost.text!.time,
      unit: "×",
      gate: 1.6,
      goal: 1.3,
    },
  ];
}
