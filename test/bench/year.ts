/** The report of a year against the same SQL in the `sqlite3` shell: what the program adds to the database's own work. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadLibrary } from "../../src/content/library.ts";
import { parsePeriod } from "../../src/core/period.ts";
import { buildReport } from "../../src/report/report.ts";
import { openStore } from "../../src/store/open-store.ts";
import { LARGE_NOW, largeStore } from "./large.ts";
import { complaint, type Row } from "./measure.ts";

const FROM = "2025-11-20";
const TO = "2026-11-20";
const ROUNDS = 5;

function literal(value: unknown): string {
  return typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value ?? "NULL");
}

/** Every query of the report, with its parameters written into it. */
async function statements(home: string, path: string): Promise<string> {
  const now = new Date(LARGE_NOW);
  const store = openStore(path, {
    now: () => now,
    random: (n) => new Uint8Array(n),
    agent: "bench",
    country: "CN",
    readOnly: true,
  })!;
  const library = await loadLibrary(home);
  const queries: string[] = [];
  const query = <T>(sql: string, params: Readonly<Record<string, unknown>> = {}): T[] => {
    queries.push(`${sql.replace(/@([A-Za-z]+)/g, (_, name: string) => literal(params[name]))};`);
    return store.query<T>(sql, params);
  };
  const period = parsePeriod({ from: FROM, to: TO }, now, "UTC", (key) => key)!;
  buildReport(period, {
    store: { query },
    now,
    policy: () => library.policy(),
    country: "CN",
    compare: false,
    command: {},
  });
  store.close();
  return queries.join("\n");
}

/** Milliseconds of the fastest of a few runs. */
function fastest(file: string, args: readonly string[], home: string): number {
  const env = { PATH: process.env.PATH ?? "", TZ: "UTC", COMPLAINT_HOME: home, COMPLAINT_NOW: LARGE_NOW };
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.hrtime.bigint();
    const done = spawnSync(file, args, { env, maxBuffer: 1 << 28 });
    if (done.status !== 0) throw new Error(`${file}: ${done.stderr}`);
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e6);
  }
  return best;
}

/** Empty where this machine has no `sqlite3` shell. */
export async function yearRows(cases: number): Promise<Row[]> {
  if (spawnSync("sqlite3", ["--version"]).status !== 0) return [];
  const home = largeStore(cases);
  const path = join(home, "complaint.db");
  const sql = join(home, "year.sql");
  writeFileSync(sql, await statements(home, path));
  const shell = fastest("sqlite3", ["-readonly", path, `.read ${sql}`], home);
  const report = fastest(
    process.execPath,
    complaint("report", "--from", FROM, "--to", TO, "--compare", "none", "--json"),
    home,
  );
  return [
    {
      what: `report of a year, against the SQL alone, ${cases.toLocaleString("en")} cases`,
      measured: report / shell,
      unit: "×",
      gate: 1.3,
      goal: 0.1,
    },
  ];
}
