/**
 * The scripted week ends, in every language, in exactly the agenda, list, cases and trails that stand beside this file.
 * They were read by hand; UPDATE_WEEK=1 writes them anew, to be read again.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CACHE_TABLES } from "../../../src/store/schema.ts";
import { type Name, playWeek, type Week } from "./scripted-week.ts";

const HERE = import.meta.dirname;

/** By hand: how each case ends, and what happened to it besides its answers. */
const ENDS: Record<Name, [status: string, closed: string | undefined, trail: string]> = {
  A: [
    "closed",
    "satisfied",
    "opened run-started finished promise-settled resolved run-started contacted finished",
  ],
  B: ["closed", "callback_declined", "opened run-started finished closed"],
  C: ["closed", "exempt_on_spot", "opened run-started finished"],
  D: ["closed", "exempt_no_contact", "opened run-started finished resolved closed"],
  E: ["closed", "exempt_inconvenient", "opened run-started approval-asked approved finished closed"],
  F: ["closed", "final_answer", "opened run-started finished routes-told closed appealed appeal-settled"],
  G: ["resolved", undefined, "opened run-started finished routes-told closed reopened resolved"],
  H: ["closed", "legal_route", "opened run-started finished routes-told closed"],
  I: ["closed", "withdrawn", "opened run-started finished"],
  J: ["closed", "duplicate", "opened run-started finished closed"],
  K: ["open", undefined, "opened run-started approval-asked finished promised escalated"],
  L: ["draft", undefined, "opened run-started"],
  M: ["resolved", undefined, "opened run-started finished appeal-settled routes-told resolved"],
};
const NAMES = Object.keys(ENDS) as Name[];
const OFTEN = new Set(["answered", "shown", "mood"]);

function expectFile(name: string, text: string): void {
  const path = join(HERE, name);
  if (process.env.UPDATE_WEEK || !existsSync(path)) writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, "utf8"));
}

// biome-ignore lint/suspicious/noExplicitAny: Case JSON with events
const shown = (week: Week, name: Name): any =>
  JSON.parse(week.ask("show", week.refs[name], "--events", "--json").out);

/** A case without what differs from language to language and from day to day. */
function essence(week: Week, name: Name): string {
  const { locale: _, script, events: _events, access: _access, ...rest } = shown(week, name);
  return week.plain(JSON.stringify({ ...rest, script: script.id }));
}

describe.each(["en", "zh-CN", "zh-TW"])("a week in %s", (locale) => {
  let week: Week;
  beforeAll(async () => {
    week = await playWeek(locale);
  }, 120_000);
  afterAll(() => week?.seat.remove());

  it("ends each case as it should, with exactly this trail", () => {
    const ends = NAMES.map((name) => {
      const { status, record, events } = shown(week, name);
      const types = events.map((e: { type: string }) => e.type).filter((t: string) => !OFTEN.has(t));
      return [name, [status, record.closed_reason, types.join(" ")]];
    });
    expect(Object.fromEntries(ends)).toEqual(ENDS);
  });

  it("knew the repeat customer, saw the batch, and took the code once", () => {
    expect(["A", "F", "J", "K"].map((n) => shown(week, n as Name).record.flags)).toEqual([
      undefined,
      ["repeat"],
      ["repeat"],
      undefined,
    ]);
    const alerts = week.calls.K!.questions.flatMap((q) => q.alerts ?? []);
    expect(alerts.filter((a) => /\b3\b/.test(a)).length).toBeGreaterThan(0);
    expect(shown(week, "E").approvals).toMatchObject([{ state: "approved", by: "anna", decided_by: "lena" }]);
    expect(shown(week, "F").appeals).toMatchObject([{ ref: week.refs.M, outcome: "partly" }]);
  });

  it("shows the same cases in every language", () => {
    expectFile("cases.jsonl", `${NAMES.map((name) => essence(week, name)).join("\n")}\n`);
  });

  it("gives the lead this agenda and this list", () => {
    expectFile("today.json", week.plain(week.ask("today", "--team", "--json").out));
    expectFile(`today.${locale}.txt`, week.plain(week.ask("today", "--team").out));
    expectFile(`list.${locale}.txt`, week.plain(week.ask("list", "--status", "all").out));
  });

  it("is the same after the cache was deleted and made anew", () => {
    const look = () => [
      week.ask("today", "--team").out,
      week.ask("list", "--status", "all", "--json").out,
      ...NAMES.map((n) => week.ask("show", week.refs[n], "--json").out),
    ];
    const before = look();
    const db = new Database(join(week.seat.home, "complaint.db"));
    for (const table of CACHE_TABLES) db.exec(`DROP TABLE IF EXISTS ${table}`);
    db.exec("DELETE FROM cursors WHERE name = 'cache'");
    db.close();
    expect(look()).toEqual(before);
  });
});
