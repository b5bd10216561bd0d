/**
 * One process that commits: opens the store, waits for a line on stdin, then commits so many cases, `pause` milliseconds
 * apart (0: as fast as it can), for each of its seats. Prints how long each commit took, and how many failed.
 */
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { openStore } from "../../src/store/open-store.ts";
import { addCase, options } from "../store/child-support.ts";

const [path, commits, pause, seats] = process.argv.slice(2);
const times: number[] = [];
let failed = 0;

async function sit(): Promise<void> {
  const store = openStore(path!, { ...options(), busyMs: 15_000 });
  // Nobody starts at the same moment.
  await wait(Math.random() * Number(pause));
  for (let i = 0; i < Number(commits); i++) {
    const start = performance.now();
    try {
      addCase(store, `Broadband 宽带 ${i}`);
      times.push(performance.now() - start);
    } catch {
      failed += 1;
    }
    if (Number(pause) > 0) await wait(Number(pause));
  }
  store.close();
}

console.log("ready");
await once(process.stdin, "data");
await Promise.all(Array.from({ length: Number(seats) }, sit));
console.log(JSON.stringify({ times, failed }));
process.exit(0);
