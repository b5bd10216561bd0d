/** Spoiled files of every format that is read: taken in whole, or refused with exit 3; never a bug, never half of it. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createFrom } from "../../src/call/from.ts";
import { callFacts } from "../../src/call/run-call.ts";
import { run as importRun } from "../../src/commands/import.ts";
import { packageFolder } from "../../src/content/content-files.ts";
import { lintWorld } from "../../src/content/lint-files.ts";
import { lintScriptFile } from "../../src/content/lint-script.ts";
import { policy, wholePolicy } from "../../src/content/policy-schema.ts";
import { checkYaml } from "../../src/content/yaml-file.ts";
import { checkCode, makeCode, newApprovalKey } from "../../src/core/approval-code.ts";
import { ComplaintError } from "../../src/core/errors.ts";
import { checkMap } from "../../src/move/read-map.ts";
import { openStore } from "../../src/store/open-store.ts";
import { addCase, options } from "../store/support.ts";
import { newDesk } from "../support/in-process.ts";
import { runWhole } from "../support/whole-program.ts";
import { dice, HOSTILE, LONG, SEED, spoil, spoilBytes, strike, times } from "./fuzz.ts";

const NOW = "2026-11-21T09:00:00+08:00";
let desk: ReturnType<typeof newDesk>;
beforeAll(() => {
  desk = newDesk(NOW);
});
afterAll(() => desk.remove());

/** Runs `one`; what it throws must be an error of ours with one of `exits`. True: nothing was thrown. */
async function orRefused(input: unknown, exits: readonly number[], one: () => unknown): Promise<boolean> {
  try {
    await one();
    return true;
  } catch (error) {
    const exit = error instanceof ComplaintError ? error.exit : error;
    expect({ input, exit }).toEqual({ input, exit: expect.toSatisfy((e) => exits.includes(e as number)) });
    return false;
  }
}

const CASE = {
  script: "good-faith",
  channel: "phone",
  customer: { name: "Wang Li", phone: "13800005678" },
  answers: {
    words: "Three weeks without broadband and nobody calls back.",
    category: "telecom-network",
    mood_start: 4,
    flags: ["safety", "legal"],
    evidence: [{ kind: "photo", what: "the bill", state: "have" }],
    options: [{ remedy: "refund", amount: 30, currency: "CNY", accepted: true }],
    received_at: "2026-11-20T09:00:00+08:00",
  },
  promises: [{ what: "engineer visit", due_at: "2026-11-23T10:00:00+08:00", reason: "first free slot" }],
};
const CASE_YAML = `script: good-faith
channel: phone
customer: { name: 王丽, phone: "13800005678" }
answers:
  words: |
    三周没有宽带，
    也没有人回电话。
  category: telecom-network
  mood_start: 4
  flags: [safety]
promises:
  - { what: 工程师上门, due_at: 2026-11-23T10:00:00+08:00, reason: 最早的空档 }
---
answers: { words: "second", category: price }
`;

test("answers in YAML and JSON", { timeout: LONG }, async () => {
  const roll = dice(SEED + 1);
  const { app } = await desk.app();
  const store = openStore(":memory:", options());
  const facts = callFacts(app, { keys: () => ({}) });
  const end = () => store.query<{ n: number }>("SELECT coalesce(max(position), 0) AS n FROM events")[0]!.n;
  for (let n = 0; n < times(3500); n++) {
    const text = roll.oneIn(2) ? spoil(CASE_YAML, roll) : JSON.stringify(strike([CASE, CASE], roll));
    const before = end();
    const given = { facts, store, library: app.library(), text, path: "f", locale: "en", t: app.t };
    const fallback = { script: undefined, channel: undefined, phone: undefined, name: undefined };
    const isDone = await orRefused(text, [3], () =>
      createFrom({ ...given, fallback, isDraft: roll.oneIn(3) }),
    );
    if (!isDone) expect({ text, end: end() }).toEqual({ text, end: before });
  }
  for (const c of store.each({})) expect(store.state(c.id)?.case).toEqual(c);
  store.close();
});

const ROWS_CSV = `Junk title,,,
Ticket;no
Ticket,Opened,Topic,"What
happened",Closed
A-1,2026-11-01 08:30,Broadband,"It is ""broken"", again",2026-11-03
A-2,2026-11-02 09:00,Bill,=SUM(A1),
A-3,2026-11-31,宽带,断网了,N/A
`;
const ROWS_JSON = {
  meta: { next: null },
  tickets: [
    {
      id: 1,
      created_at: "2026-11-01T08:30:00Z",
      via: { channel: "email" },
      tags: ["a", "b"],
      description: "late",
    },
    {
      id: 2,
      created_at: 1_762_000_000,
      via: null,
      tags: [],
      description: "again\nand again",
      status: "closed",
    },
  ],
};
const MAP = `source: desk
id: Ticket
header: 3
time_zone: Asia/Shanghai
fields:
  opened_at: { column: Opened, dates: ["yyyy-MM-dd HH:mm", iso] }
  closed_at: { column: Closed, dates: [iso] }
  words: Topic
  category: { column: Topic, values: { Broadband: telecom-network }, other: keep }
  channel: { constant: web-app }
  department: { column: Topic, when: { column: Closed, known: true } }
  note: { columns: [Topic, 4], join: " / " }
`;
const MAP_JSON = `source: desk
rows: tickets
id: id
fields:
  opened_at: { column: created_at, dates: [iso, epoch] }
  words: description
  channel: { column: via.channel, values: { email: email }, other: other }
  note: tags.0
`;

function importArguments(path: string, map: string) {
  return desk.run(importRun, [path], { map, dryRun: true, onError: "skip" });
}

function addsUp(input: unknown, ran: Awaited<ReturnType<typeof importArguments>>): void {
  expect({ input, code: ran.code }).toEqual({ input, code: expect.toSatisfy((c) => c === 0 || c === 3) });
  if (ran.code !== 0) return;
  const { rows, stored, unchanged, duplicates, skipped, errors } = ran.json;
  expect({ input, sum: stored + unchanged + duplicates + skipped }).toEqual({ input, sum: rows });
  expect({ input, told: skipped === 0 || errors.length > 0 }).toEqual({ input, told: true });
}

test("rows in CSV, by a map and by none", { timeout: LONG }, async () => {
  const roll = dice(SEED + 2);
  const path = join(desk.home, "rows.csv");
  const map = join(desk.home, "map.yaml");
  writeFileSync(map, MAP);
  for (let n = 0; n < times(1500); n++) {
    const text = spoil(ROWS_CSV, roll);
    const bytes = roll.of([
      () => Buffer.from(text),
      () => spoilBytes(Buffer.from(ROWS_CSV), roll),
      () => Buffer.from(text, "utf16le"),
      () => Buffer.from(`\ufeff${text}`),
    ])();
    writeFileSync(path, bytes);
    addsUp(text, await importArguments(path, roll.oneIn(2) ? map : "auto"));
  }
});

test("rows in JSON and JSON Lines", { timeout: LONG }, async () => {
  const roll = dice(SEED + 3);
  const map = join(desk.home, "map-json.yaml");
  writeFileSync(map, MAP_JSON);
  for (let n = 0; n < times(1500); n++) {
    const value = strike(ROWS_JSON, roll);
    const lines = ROWS_JSON.tickets.map((row) => JSON.stringify(strike(row, roll))).join("\n");
    const text = roll.of([
      JSON.stringify(value),
      spoil(JSON.stringify(ROWS_JSON), roll),
      lines,
      spoil(lines, roll),
    ]);
    const path = join(desk.home, roll.oneIn(2) ? "rows.json" : "rows.jsonl");
    writeFileSync(path, text);
    addsUp(text, await importArguments(path, roll.oneIn(2) ? map : "auto"));
  }
});

test("workbooks", { timeout: LONG }, async () => {
  const roll = dice(SEED + 4);
  const { default: write } = await import("write-excel-file/node");
  const cells = [
    ["Opened", "What", "Amount"].map((value) => ({ value })),
    [{ value: new Date("2026-11-01"), format: "yyyy-mm-dd" }, { value: "late" }, { value: 3.5 }],
  ];
  const whole = join(desk.home, "whole.xlsx");
  // biome-ignore lint/suspicious/noExplicitAny: the cells of the library are a union that literals do not fit
  await write(cells as any).toFile(whole);
  const bytes = readFileSync(whole);
  const path = join(desk.home, "rows.xlsx");
  for (let n = 0; n < times(200); n++) {
    const spoiled = spoilBytes(bytes, roll);
    writeFileSync(path, spoiled);
    addsUp(n, await importArguments(path, "auto"));
  }
});

test("import maps", { timeout: LONG }, async () => {
  const roll = dice(SEED + 5);
  const { app } = await desk.app();
  const taxonomies = app.library().taxonomies();
  const presets = ["generic", "cfpb", "nyc311"].map((name) =>
    readFileSync(join(packageFolder(), "data", "maps", `${name}.yaml`), "utf8"),
  );
  for (let n = 0; n < times(3000); n++) {
    const text = spoil(roll.of([MAP, MAP, MAP_JSON, ...presets]), roll);
    await orRefused(text, [3], () => checkMap(text, "map.yaml", taxonomies, app.t));
  }
});

test("scripts of one's own", { timeout: LONG }, () => {
  const roll = dice(SEED + 6);
  const folder = join(packageFolder(), "scripts");
  const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  const { world, compiled } = lintWorld(desk.home, [], "2026-11-21");
  expect(compiled.notices).toEqual([]);
  for (let n = 0; n < times(150); n++) {
    const name = roll.of(files);
    const path = join(desk.home, name);
    writeFileSync(path, spoil(readFileSync(join(folder, name), "utf8"), roll));
    for (const problem of lintScriptFile(path, world))
      expect(problem).toMatchObject({ path, line: expect.any(Number), message: expect.stringMatching(/./) });
  }
});

test("settings", { timeout: LONG }, async () => {
  const roll = dice(SEED + 7);
  const path = join(desk.home, "config.yaml");
  const config =
    "locale: en\nagent: li\nroles:\n  lead: [chen]\ntime_zone: Asia/Shanghai\nkeys: { tip: ctrl+o }\n";
  for (let n = 0; n < times(800); n++) {
    const text = spoil(config, roll);
    writeFileSync(path, text);
    const ran = await runWhole(["today", "--json"], { home: desk.home });
    expect({ text, bug: ran.bug, code: ran.code }).toEqual({
      text,
      bug: undefined,
      code: expect.toSatisfy((c) => [0, 2, 3].includes(c)),
    });
  }
  writeFileSync(path, "");
});

test("policy of one's own", { timeout: LONG }, () => {
  const roll = dice(SEED + 11);
  const whole = readFileSync(join(packageFolder(), "data", "policy.yaml"), "utf8");
  for (let n = 0; n < times(200); n++) {
    const found = checkYaml(spoil(whole, roll), "policy.yaml", policy);
    if (found.ok) wholePolicy(found.value as Record<string, unknown>);
    else expect(found.problems.length).toBeGreaterThan(0);
  }
});

test("refs", { timeout: LONG }, () => {
  const roll = dice(SEED + 8);
  const store = openStore(":memory:", options());
  const ids = Array.from({ length: 40 }, () => addCase(store, { words: "x" }));
  const refs = ids.map((id) => store.case(id)!.ref);
  for (let n = 0; n < times(4000); n++) {
    const whole = roll.of([...refs, ...ids]);
    const text = roll.oneIn(3)
      ? spoil(whole, roll)
      : roll.of([whole.toLowerCase(), whole.slice(0, roll.below(9))]);
    const found = store.find(text);
    // A prefix finds nothing but what begins with it.
    if (found.kind === "one" && text.length < 9) {
      const plain = text.replace(/[-\s]/g, "").toUpperCase().replace(/[IL]/g, "1").replace(/O/g, "0");
      const ref = store.case(found.id)!.ref.replace("-", "");
      expect({ text, ref }).toEqual({ text, ref: expect.stringMatching(new RegExp(`^${plain}`)) });
    }
  }
  store.close();
});

test("approval codes", { timeout: LONG }, () => {
  const roll = dice(SEED + 9);
  const lead = newApprovalKey();
  const terms = { ref: "K7QF-2MXT", remedy: "refund", amount: 350.5, currency: "CNY" };
  const now = new Date(NOW);
  const code = makeCode(terms, lead.privatePem, new Date(+now + 3_600_000), Uint8Array.of(1, 2, 3, 4));
  const plain = (text: string) =>
    text
      .normalize("NFKC")
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, "");
  for (let n = 0; n < times(1500); n++) {
    const text = spoil(code, roll);
    const verdict = checkCode(text, terms, { chen: lead.publicKey }, now, [], ["refund", "gift"]);
    // O and I may stand for 0 and 1, and blanks and dashes anywhere; anything else is another code.
    const alike = plain(text).replace(/O/g, "0").replace(/[IL]/g, "1") === plain(code);
    if (!alike) expect({ text, ok: verdict.ok }).toEqual({ text, ok: false });
  }
});

const REPLIES = [
  { value: "The engineer did not come" },
  { value: 1 },
  { value: null },
  { value: "said" },
  { value: ["safety"] },
  { value: [{ remedy: "refund", amount: 5, accepted: true }] },
  { side: "back" },
  { side: "jump", to: "analy" },
  { side: "mood", value: 4 },
  { side: "note", text: "n" },
  { side: "promise", what: "call", due_at: "2026-11-24T10:00:00+08:00", reason: "r" },
  { side: "hold", state: "start" },
  { side: "escalate", to: "lead", why: "w" },
  { side: "emergency", kind: "injury" },
  { side: "language", to: "zh-CN" },
  { side: "script", to: "telecom" },
  { side: "approval", code: "x" },
];

test("replies in JSON Lines", { timeout: LONG }, async () => {
  const roll = dice(SEED + 10);
  for (let n = 0; n < times(40); n++) {
    const lines = Array.from({ length: 100 }, () => {
      const reply = JSON.stringify(roll.oneIn(3) ? roll.of(REPLIES) : strike(roll.of(REPLIES), roll));
      return roll.oneIn(4) ? spoil(reply, roll) : roll.oneIn(10) ? roll.of(HOSTILE) : reply;
    });
    const stdin = lines.join("\n");
    const args = n % 4 === 3 ? ["practice", "--jsonl", "--seed", "7"] : ["new", "--jsonl"];
    const ran = await runWhole(args, { home: desk.home, stdin });
    expect({ stdin, bug: ran.bug, code: ran.code }).toEqual({
      stdin,
      bug: undefined,
      code: expect.toSatisfy((c) => c === 0 || c === 130),
    });
    for (const line of ran.out.trimEnd().split("\n"))
      expect(["question", "error", "side", "notice", "done"]).toContain(JSON.parse(line).type);
  }
});
