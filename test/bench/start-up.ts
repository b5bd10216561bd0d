/** Start-up, small commands and memory, against an empty Node process. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { benchHome, complaint, costs, type Row } from "./measure.ts";

const CASE = JSON.stringify({
  channel: "phone",
  customer: { name: "Wang Li", phone: "13800005678" },
  answers: {
    words: "Three weeks without broadband and nobody calls back.",
    category: "telecom-network",
    mood_start: 4,
  },
});

export function startUpRows(): Row[] {
  const { home, remove } = benchHome();
  try {
    const file = join(home, "case.json");
    writeFileSync(file, CASE);
    const commands = {
      node: { args: ["-e", "0"] },
      help: { args: complaint("--help") },
      version: { args: complaint("--version") },
      from: { args: complaint("new", "--from", file) },
      list: { args: complaint("list") },
      search: { args: complaint("search", "broadband") },
      today: { args: complaint("today") },
    };
    const cost = costs(commands, home);
    const times = (name: keyof typeof commands) => cost[name]!.time / cost.node!.time;
    const memory = (name: keyof typeof commands) => cost[name]!.rss / cost.node!.rss;
    return [
      { what: "complaint --help", measured: times("help"), unit: "×", gate: 1.3, goal: 1.1 },
      { what: "complaint --version", measured: times("version"), unit: "×", gate: 1.3, goal: 1.1 },
      { what: "one case by new --from", measured: times("from"), unit: "×", gate: 1.7, goal: 1.35 },
      { what: "list, a small store", measured: times("list"), unit: "×", gate: 1.6, goal: 1.3 },
      { what: "search, a small store", measured: times("search"), unit: "×", gate: 1.6, goal: 1.3 },
      { what: "memory of list", measured: memory("list"), unit: "×", gate: 1.5, goal: 1.3 },
      { what: "memory of today", measured: memory("today"), unit: "×", gate: 1.5, goal: 1.3 },
    ];
  } finally {
    remove();
  }
}
