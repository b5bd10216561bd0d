/**
 * `npm run bench`: every budget as measured, with its gate and its goal. A gate that is missed is a defect.
 * `npm run bench -- start-up call durability seats size large year`: only these. `--kills 1000`, `--cases 1000000`: more of it.
 */
import { callRows } from "./call.ts";
import { durabilityRows } from "./durability.ts";
import { largeRows } from "./large.ts";
import type { Row } from "./measure.ts";
import { seatRows } from "./seats.ts";
import { sizeRows } from "./size.ts";
import { startUpRows } from "./start-up.ts";
import { yearRows } from "./year.ts";

const flag = (name: string, usual: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? usual : Number(process.argv[at + 1]);
};

const PARTS: Readonly<Record<string, () => Row[] | Promise<Row[]>>> = {
  "start-up": startUpRows,
  call: callRows,
  durability: () => durabilityRows(flag("kills", 60)),
  seats: seatRows,
  size: sizeRows,
  large: () => largeRows(flag("cases", 100_000)),
  year: () => yearRows(flag("cases", 100_000)),
};

function line({ what, measured, unit, gate, goal, more }: Row): string {
  const within = (limit: number | undefined) =>
    limit !== undefined && (more ? measured >= limit : measured <= limit);
  const verdict = within(goal) ? "goal" : within(gate) ? "gate" : gate === undefined ? "" : "MISSED";
  const number = (value: number | undefined) =>
    value === undefined ? "" : `${Math.round(value * 100) / 100}${unit}`;
  return `${what.padEnd(62)} ${number(measured).padStart(10)}  gate ${number(gate).padStart(8)}  goal ${number(goal).padStart(8)}  ${verdict}`;
}

const asked = process.argv.slice(2).filter((word) => word in PARTS);
for (const part of asked.length > 0 ? asked : ["start-up", "call", "durability", "seats", "size"])
  for (const row of await PARTS[part]!()) console.log(line(row));
