/**
 * A week in a team of two agents and two leads, played through the built program under a frozen clock: twelve calls over
 * `--jsonl`, and everything that happens to them afterwards.
 */
import { type Answerer, byField, type Held, hold } from "../../support/json-caller.ts";
import { newSeat, type Ran, type Seat } from "../../support/run-program.ts";

export type Name = "A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "I" | "J" | "K" | "L" | "M";

export interface Week {
  seat: Seat;
  refs: Record<Name, string>;
  calls: Partial<Record<Name, Held>>;
  /** A command at the end of the week, as a lead. */
  ask: (...args: string[]) => Ran;
  /** Texts with every ref replaced by its case's name, every id by `id`. */
  plain: (text: string) => string;
}

export const END = "2026-11-27T17:00:00+08:00";

/** Fault in the network, visit forgotten: what the batch is made of. */
const FAULT = { category: "telecom-network", cause: "forgot-task", kind: "valid" };

export async function playWeek(locale: string): Promise<Week> {
  const base = { COMPLAINT_LOCALE: locale, TZ: "Asia/Shanghai" };
  const seat = newSeat(base);
  const refs = {} as Record<Name, string>;
  const calls: Week["calls"] = {};
  const on = (at: string, agent: string, role: "agent" | "lead" = "agent") => ({
    ...base,
    COMPLAINT_HOME: seat.home,
    COMPLAINT_NOW: `2026-11-${at}:00+08:00`,
    COMPLAINT_AGENT: agent,
    COMPLAINT_ROLE: role,
  });
  const call = async (name: Name, at: string, agent: string, answer: Answerer, flags: string[] = []) => {
    const held = await hold(["new", ...flags], on(at, agent), answer);
    refs[name] = held.case.ref;
    calls[name] = held;
  };
  const act = (at: string, who: string, ...args: string[]): Ran => {
    const isLead = who === "lena" || who === "mira";
    const ran = seat.run([...args, "--json"], { env: on(at, who, isLead ? "lead" : "agent") });
    if (ran.code !== 0) throw new Error(`${args.join(" ")}: exit ${ran.code} ${ran.err}`);
    return ran;
  };

  // Monday
  await call(
    "A",
    "23T09:00",
    "anna",
    byField({
      ...FAULT,
      channel: "phone",
      words: "Three weeks without a line.",
      customer_phone: "13800000001",
      customer_name: "Wang Li",
      "resolve.promise": [
        { what: "engineer visit", due_at: "2026-11-24T10:00:00+08:00", reason: "first free slot" },
      ],
    }),
  );
  if ((act("23T09:05", "anna", "show", refs.A).json() as { promises: unknown[] }).promises.length === 0)
    act(
      "23T09:05",
      "anna",
      "promise",
      refs.A,
      "--what",
      "engineer visit",
      "--by",
      "2026-11-24T10:00:00+08:00",
      "--why",
      "first free slot",
    );
  await call(
    "B",
    "23T09:30",
    "ben",
    byField({
      channel: "visit",
      words: "The clerk shouted at me.",
      category: "service-attitude",
      outcome: "resolved_on_spot",
      callback_wanted: true,
      customer_phone: "13800000002",
    }),
  );
  await call(
    "C",
    "23T10:00",
    "anna",
    calmly(
      byField({
        channel: "phone",
        words: "How do I reset the box?",
        category: "usage",
        outcome: "resolved_on_spot",
        satisfaction: 5,
      }),
    ),
  );
  await call(
    "D",
    "23T10:30",
    "ben",
    byField({
      channel: "visit",
      words: "The door is stuck again.",
      category: "equipment",
      contact_ok: false,
    }),
  );
  await call("E", "23T11:00", "anna", refundByCode(on("23T11:00", "lena", "lead"), seat));

  // Tuesday
  act("24T10:05", "anna", "promise", "settle", refs.A, "1", "--kept");
  act("24T10:10", "anna", "resolve", refs.A, "--outcome", "resolved_later");
  act("24T10:15", "ben", "resolve", refs.D, "--outcome", "resolved_later");
  await call(
    "F",
    "24T11:00",
    "ben",
    byField({
      ...FAULT,
      channel: "phone",
      words: "Again no line.",
      customer_phone: "138 0000 0001",
      customer_name: "Wang Li",
    }),
  );
  await call(
    "G",
    "24T11:30",
    "anna",
    byField({
      channel: "email",
      words: "I have written to the regulator.",
      category: "special",
      flags: ["regulator"],
      customer_email: "zhao@example.org",
    }),
  );
  await call(
    "H",
    "24T12:00",
    "ben",
    byField({
      channel: "letter",
      words: "I will sue.",
      ...FAULT,
      flags: ["legal"],
      customer_address: "Lake Road 3",
    }),
  );
  await call(
    "I",
    "24T12:30",
    "anna",
    byField({ channel: "phone", words: "Forget it.", category: "service", outcome: "withdrawn" }),
  );
  await call(
    "J",
    "24T13:00",
    "ben",
    byField({
      ...FAULT,
      channel: "chat",
      words: "Still no line, Wang Li here.",
      customer_phone: "+86 13800000001",
    }),
  );
  await call(
    "K",
    "24T13:30",
    "anna",
    byField({
      ...FAULT,
      channel: "email",
      received_at: "2026-11-11T09:00:00+08:00",
      words: "Nobody answers my mails.",
      customer_phone: "13800000003",
      options: [{ remedy: "refund", amount: 5000, currency: "CNY", accepted: true }],
    }),
  );
  act(
    "24T13:40",
    "anna",
    "promise",
    refs.K,
    "--what",
    "ring back with the date",
    "--by",
    "2026-11-25T10:00:00+08:00",
    "--why",
    "the department decides tonight",
  );
  act("24T14:00", "ben", "close", refs.J, "--reason", "duplicate", "--of", refs.F);
  act("24T15:00", "lena", "close", refs.G, "--reason", "referred");
  act("24T15:30", "mira", "close", refs.H, "--reason", "legal_route");

  // Wednesday
  act("25T09:00", "anna", "reopen", refs.G, "--why", "the regulator sent it back");
  act("25T10:00", "anna", "resolve", refs.G, "--outcome", "resolved_later");
  act("25T11:00", "lena", "close", refs.F, "--reason", "final_answer");
  act("25T12:00", "ben", "close", refs.B, "--reason", "callback_declined");
  act("25T12:30", "ben", "close", refs.D, "--reason", "exempt_no_contact");
  act("25T13:00", "anna", "close", refs.E, "--reason", "exempt_inconvenient");
  refs.M = (
    act(
      "25T15:00",
      "lena",
      "appeal",
      refs.F,
      "--to",
      "dora",
      "--why",
      "does not accept the answer",
    ).json() as { ref: string }
  ).ref;

  // Thursday, Friday
  await hold(
    ["call-back", refs.A],
    on("26T10:00", "anna"),
    byField({ callback_result: "reached", solved: true, satisfaction: 5 }),
  );
  act("26T16:00", "dora", "appeal", "settle", refs.M, "--outcome", "partly", "--why", "the delay was ours");
  await call("L", "27T16:00", "ben", (q) => (q.step === "listen.words" ? { side: "pause" } : undefined), [
    "--channel",
    "phone",
  ]);

  const names = Object.entries(refs) as [Name, string][];
  return {
    seat,
    refs,
    calls,
    ask: (...args) => seat.run(args, { env: on(END.slice(8, 16), "lena", "lead") }),
    plain: (text) =>
      names
        .reduce((out, [name, ref]) => out.replaceAll(ref, `CASE-000${name}`), text)
        .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "id"),
  };
}

/** Marks the mood at the first question: only a calm customer is asked for a mark. */
function calmly(answer: Answerer): Answerer {
  let marked = false;
  return (q) => {
    if (marked) return answer(q);
    marked = true;
    return { side: "mood", value: 1 };
  };
}

/** Offers more than the agent may give, fetches a code from the lead, and enters it at the next question. */
function refundByCode(lead: Record<string, string>, seat: Seat): Answerer {
  const fields = byField({
    channel: "phone",
    words: "You charged me twice.",
    category: "price",
    customer_phone: "13800000005",
  });
  let asked = false;
  let entered = false;
  return (q) => {
    if (q.records === "options") {
      asked = true;
      return { value: [{ remedy: "refund", amount: 900, currency: "CNY", accepted: true }] };
    }
    if (!asked || entered) return fields(q);
    entered = true;
    const made = seat.run(
      ["approve", q.ref, "--code", "--remedy", "refund", "--amount", "900", "--currency", "CNY", "--json"],
      { env: lead },
    );
    return { side: "approval", code: made.json<{ code: string }>().code.toLowerCase().replaceAll("-", " ") };
  };
}
