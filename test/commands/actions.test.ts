/** Corrective and preventive actions: added, done, measured against the cause's cases. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { run as actions } from "../../src/commands/actions.ts";
import { run as close } from "../../src/commands/close.ts";
import { type Desk, newDesk } from "../support/in-process.ts";
import { madeCase } from "../support/made-case.ts";

let desk: Desk;
const flags = { cause: "forgot-task", what: "checklist at hand-over", owner: "lin", due: "2026-12-01" };

beforeEach(() => {
  desk = newDesk("2026-11-02T10:00:00+08:00");
});
afterEach(() => desk.remove());

it("are none where there is no database", async () => {
  expect((await desk.run(actions, [])).json).toEqual({ actions: [] });
});

it("count their cause in equal spans before and after they were done", async () => {
  const cause = { cause: "forgot-task" };
  for (const day of ["2026-11-02", "2026-11-10", "2026-11-12", "2026-11-14"]) {
    desk.at(`${day}T10:00:00+08:00`);
    await madeCase(desk, cause);
    await madeCase(desk, { cause: "unresolved" });
    await madeCase(desk, cause, { finish: false });
  }
  const added = await desk.run(actions, ["add"], {
    ...flags,
    kind: "preventive",
    category: "telecom-network",
  });
  expect(added.json).toMatchObject({
    n: 1,
    cause: "forgot-task",
    kind: "preventive",
    owner: "lin",
    due: "2026-12-01T15:59:59.000Z",
    measures: [],
  });
  desk.at("2026-11-16T10:00:00+08:00");
  const early = await desk.run(actions, ["measure", "1"]);
  expect([early.code, early.error?.code]).toEqual([1, "not_allowed"]);
  const done = await desk.run(actions, ["done", added.json.ref.slice(0, 4)], {
    evidence: "photo of the list",
  });
  expect(done.json).toMatchObject({ done_at: "2026-11-16T02:00:00.000Z", evidence: "photo of the list" });
  desk.at("2026-11-20T10:00:00+08:00");
  const one = await madeCase(desk, cause);
  const copy = await madeCase(desk, cause);
  await desk.run(close, [copy.ref], { reason: "duplicate", of: one.ref });
  desk.at("2026-11-23T10:00:00+08:00");
  const { json } = await desk.run(actions, ["measure", "1"]);
  expect(json.measures).toEqual([
    { at: "2026-11-23T02:00:00.000Z", by: "anna", days: 7, before: 3, after: 1 },
  ]);
});

it("are no cases: they stand in no list, and rebuilding keeps them", async () => {
  await desk.run(actions, ["add"], flags);
  await desk.run(actions, ["add"], { ...flags, cause: "design" });
  const store = await desk.store();
  expect([store.list({}).total, store.lastOf("anna"), store.rebuild()]).toEqual([
    0,
    undefined,
    { cases: 0, differed: 0 },
  ]);
  store.close();
  const { json } = await desk.run(actions, ["list"]);
  expect(json.actions.map((a: { n: number; cause: string }) => [a.n, a.cause])).toEqual([
    [1, "forgot-task"],
    [2, "design"],
  ]);
});

it.each<[string, number, string[], Record<string, string>]>([
  ["not_in_set", 2, ["add"], { ...flags, cause: "weather" }],
  ["missing_flag", 2, ["add"], { ...flags, what: "" }],
  ["missing_flag", 2, ["add"], { ...flags, due: "" }],
  ["in_the_past", 1, ["add"], { ...flags, due: "2026-11-01" }],
  ["not_in_set", 2, ["add"], { ...flags, kind: "other" }],
  ["not_found", 1, ["done", "4"], { evidence: "x" }],
  ["missing_flag", 2, ["done", "1"], {}],
  ["missing_argument", 2, ["measure"], {}],
  ["not_in_set", 2, ["remove"], {}],
])("are refused: %s, exit %i, %j %j", async (code, exit, args, given) => {
  const done = await desk.run(actions, args, given);
  expect([done.error?.code, done.code]).toEqual([code, exit]);
});
