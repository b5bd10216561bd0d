/** Approvals between people: two leads at the same moment, and a code from a lead's own machine pasted into a seat. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { byField, hold, type Reply } from "../support/json-caller.ts";
import { newSeat, type Seat } from "../support/run-program.ts";

const BIN = join(import.meta.dirname, "..", "..", "bin", "complaint.js");
const NOW = { COMPLAINT_NOW: "2026-11-23T10:00:00+08:00", TZ: "Asia/Shanghai" };
const LEAD = { ...NOW, COMPLAINT_ROLE: "lead" };

let seat: Seat;
let home: Seat;
beforeEach(() => {
  seat = newSeat({ ...NOW, COMPLAINT_AGENT: "anna" });
  home = newSeat({ ...LEAD, COMPLAINT_AGENT: "lena" });
});
afterEach(() => {
  seat.remove();
  home.remove();
});

const OFFER = [{ remedy: "refund", amount: 900, currency: "CNY", accepted: true }];

function exitOf(args: readonly string[], agent: string): Promise<[number | null, string]> {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH ?? "", COMPLAINT_HOME: seat.home, COMPLAINT_AGENT: agent, ...LEAD };
    const child = spawn(process.execPath, [BIN, ...args], { env });
    let err = "";
    child.stderr.on("data", (chunk) => {
      err += String(chunk);
    });
    child.on("close", (code) => resolve([code, err]));
  });
}

it("of two leads deciding the same request at once one wins and the other is told", async () => {
  const file = JSON.stringify({ answers: { words: "x", category: "price", options: OFFER } });
  const { ref } = seat.run(["new", "--from", "-", "--json"], { input: file }).json<{ ref: string }>();
  const both = await Promise.all([
    exitOf(["approve", ref, "--why", "yes", "--json"], "lena"),
    exitOf(["approve", ref, "--deny", "--why", "no", "--json"], "mira"),
  ]);
  expect(both.map(([code]) => code).sort()).toEqual([0, 1]);
  const told = both.find(([code]) => code === 1)![1];
  expect(JSON.parse(told).error.code).toMatch(/^(decided_already|not_allowed)$/);
  const { approvals } = seat.run(["show", ref, "--json"]).json<{ approvals: { decided_by: string }[] }>();
  expect(approvals).toHaveLength(1);
  expect(["lena", "mira"]).toContain(approvals[0]?.decided_by);
});

it("a code from a lead's own machine is refused with its reason until it fits, and then once", async () => {
  const make = (ref: string, amount = "900") =>
    home
      .run([
        "approve",
        ref,
        "--code",
        "--remedy",
        "refund",
        "--amount",
        amount,
        "--currency",
        "CNY",
        "--json",
      ])
      .json<{ code: string }>().code;
  const key = home.run(["approve", "--public-key", "--json"]).json<{ public_key: string }>().public_key;
  const wrongs: ((ref: string) => string)[] = [
    () => "not a code",
    () => make("K7QF2MXT"),
    (ref) => make(ref, "901"),
    (ref) => make(ref).replace(/.$/, (c) => (c === "0" ? "4" : "0")),
  ];
  const seen: string[] = [];
  const answer = byField({ words: "x", category: "price" });
  const play = (given: readonly ((ref: string) => string)[]) => {
    const codes = [...given];
    let offered = false;
    return hold(
      ["new"],
      { ...NOW, COMPLAINT_HOME: seat.home, COMPLAINT_AGENT: "anna" },
      (q): Reply | undefined => {
        if (q.records === "options") {
          offered = true;
          return { value: OFFER };
        }
        const code = offered ? codes.shift() : undefined;
        if (!code) return answer(q);
        seen.push(code(q.ref));
        return { side: "approval", code: seen.at(-1)! };
      },
    );
  };
  const errors = (held: Awaited<ReturnType<typeof play>>) =>
    held.told.filter((m) => m.type === "error").map((m) => m.code);

  const unknown = await play([(ref) => make(ref)]);
  expect(errors(unknown)).toEqual(["code_no_keys"]);
  expect(seat.run(["config", "set", "approval.keys.lena", key]).code).toBe(0);
  const held = await play([
    ...wrongs,
    (ref) => make(ref).toLowerCase().replaceAll("-", "\n"),
    () => seen.at(-1)!,
  ]);
  expect(errors(held)).toEqual([
    "code_malformed",
    "code_other_case",
    "code_other_amount",
    "code_changed",
    expect.any(String),
  ]);
  expect(held.case.approvals).toMatchObject([{ state: "approved", decided_by: "lena", by: "anna" }]);
  expect([held.case.record.amount, held.case.record.remedy]).toEqual([900, "refund"]);
});
