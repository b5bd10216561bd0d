/** The oracle: every fact of the report from raw events, in plain TypeScript, as `metrics` defines it. */
import { type OracleCase, type RawEvent, type RawScripts, readCase } from "./oracle-case.ts";
import { dayName, daysEarlier, localDay, midnight, periodDays } from "./oracle-time.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface OracleInput {
  events: RawEvent[];
  scripts: RawScripts;
  kind: string;
  label: string;
  zone: string;
  now: number;
  atRisk: number;
  /** Working days until a department must have answered, and which local days are worked. */
  replyDays: number;
  isWorkingDay: (day: string) => boolean;
}

type Values = Record<string, unknown>;
export type OracleReport = Record<string, { facts: Values; rows: Values[] }>;

export function readCases({ events, scripts }: Pick<OracleInput, "events" | "scripts">): OracleCase[] {
  const byCase = new Map<string, RawEvent[]>();
  for (const e of events) byCase.set(e.caseId, [...(byCase.get(e.caseId) ?? []), e]);
  return [...byCase.values()]
    .filter((list) => list.some((e) => e.type === "opened"))
    .map((list) => readCase(list, scripts));
}

function percentile(values: number[], p: number): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const rank = p * (sorted.length - 1);
  const low = Math.floor(rank);
  return sorted[low]! + (sorted[Math.ceil(rank)]! - sorted[low]!) * (rank - low);
}

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
const mean = (values: number[]) => (values.length === 0 ? undefined : sum(values) / values.length);
const rate = (part: number, whole: number) => (whole < 10 ? undefined : part / whole);

function tally<T>(items: T[], key: (item: T) => unknown): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const k = key(item);
    if (k === undefined || k === null) continue;
    groups.set(String(k), [...(groups.get(String(k)) ?? []), item]);
  }
  return groups;
}

function shareRows(groups: Map<string, unknown[]>, name = "id"): Values[] {
  const total = sum([...groups.values()].map((g) => g.length));
  return [...groups]
    .map(([id, g]) => ({ [name]: id, count: g.length, share: g.length / total }))
    .sort(
      (a, b) => (b.count as number) - (a.count as number) || (String(a[name]) < String(b[name]) ? -1 : 1),
    );
}

function tail(count: number, usual: number): number {
  if (usual === 0) return 0;
  // 1 − P(X < count), with the terms added from the smallest.
  const terms: number[] = [];
  let term = Math.exp(-usual);
  for (let k = 0; k < count; k++) {
    terms.push(term);
    term *= usual / (k + 1);
  }
  return 1 - sum(terms.sort((a, b) => a - b));
}

export function oracle(input: OracleInput, cases: OracleCase[] = readCases(input)): OracleReport {
  const { kind, label, zone, now } = input;
  const [firstDay, endDay] = periodDays(kind, label);
  const from = midnight(firstDay, zone);
  const to = midnight(endDay, zone);
  const moment = Math.min(to, now);
  /** What has happened by the moment: before the period's end, or now at the latest. */
  const by = (at: number, edge: number) => (edge <= now ? at < edge : at <= now);
  const inside = (at: number | undefined) => at !== undefined && at >= from && at < to;
  const hasStory = (c: OracleCase) => Boolean(c.record.words) || Boolean(c.record.category);
  const counts = (c: OracleCase, edge = moment) =>
    c.status === "draft"
      ? hasStory(c) && edge - c.opened > DAY
      : c.closedReason !== "duplicate" || c.status !== "closed";
  const all = cases.filter((c) => counts(c));
  const received = all.filter((c) => inside(c.opened));
  const statusBy = (c: OracleCase, edge: number) => c.statuses.filter((s) => by(s.at, edge)).at(-1)?.to;
  const notClosed = (edge: number) =>
    cases.filter(
      (c) => counts(c, Math.min(edge, now)) && by(c.opened, edge) && statusBy(c, edge) !== "closed",
    );

  const out: OracleReport = {};
  const section = (id: string, facts: Values, rows: Values[] = []) => {
    out[id] = { facts: Object.fromEntries(Object.entries(facts).filter(([, v]) => v !== undefined)), rows };
  };

  const backlog = notClosed(to);
  const lastClosing = (c: OracleCase, a: number, b: (at: number) => boolean) =>
    c.closings.filter((k) => k.at >= a && b(k.at)).at(-1)?.at;
  const closed = all.flatMap((c) => {
    const at = lastClosing(c, from, (x) => x < to);
    return at === undefined ? [] : [{ c, at }];
  });
  const days = Array.from({ length: endDay - firstDay }, (_, i) => dayName(firstDay + i));
  const drafts = cases.filter(
    (c) =>
      by(c.opened, to) &&
      statusBy(c, to) === "draft" &&
      !(c.status === "closed" && c.closedReason === "duplicate"),
  );
  section(
    "volume",
    {
      received: received.length,
      closed: closed.length,
      backlog: backlog.length,
      backlog_previous: notClosed(from).length,
      drafts: drafts.length,
      reopened: sum(
        all.map(
          (c) =>
            c.statuses.filter(
              (s) => s.to === "open" && (s.from === "resolved" || s.from === "closed") && inside(s.at),
            ).length,
        ),
      ),
    },
    days.map((day) => ({
      day,
      received: received.filter((c) => localDay(c.opened, zone) === day).length,
      closed: closed.filter((k) => localDay(k.at, zone) === day).length,
    })),
  );

  const since = daysEarlier(moment, 28, zone);
  const cleared = all.filter((c) => lastClosing(c, since, (x) => by(x, to)) !== undefined).length;
  section("days_to_clear", { days: cleared === 0 ? undefined : backlog.length / (cleared / 28) });

  const length = endDay - firstDay;
  const [beforeFirst, beforeEnd] =
    kind === "month" ? periodDays("month", dayName(firstDay - 1).slice(0, 7)) : [firstDay - length, firstDay];
  const beforeMoment = Math.min(midnight(beforeEnd, zone), now);
  const before = cases.filter(
    (c) =>
      counts(c, beforeMoment) &&
      c.opened >= midnight(beforeFirst, zone) &&
      c.opened < midnight(beforeEnd, zone),
  );
  for (const field of ["category", "cause"]) {
    let cumulative = 0;
    const was = tally(before, (c) => c.record[field]);
    const rows = shareRows(tally(received, (c) => c.record[field])).map((row) => {
      cumulative += row.share as number;
      return { ...row, cumulative_share: cumulative, previous: was.get(String(row.id))?.length ?? 0 };
    });
    section(field, {}, rows);
  }

  const live = new Set(["phone", "visit", "chat"]);
  const responses = received.flatMap((c) =>
    live.has(String(c.record.channel))
      ? [0]
      : c.firstOut === undefined
        ? []
        : [(c.firstOut - c.start) / HOUR],
  );
  const resolved = all.filter((c) => inside(c.resolvedAt));
  const resolutions = resolved.map((c) => (c.resolvedAt! - c.start) / HOUR);
  section("time", {
    first_response_p50: percentile(responses, 0.5),
    first_response_p90: percentile(responses, 0.9),
    resolution_p50: percentile(resolutions, 0.5),
    resolution_p90: percentile(resolutions, 0.9),
    within_15_days: resolutions.filter((h) => h <= 360).length,
  });

  const waits = (c: OracleCase) => c.waitingSince !== undefined && c.waitingSince < c.resolveBy!;
  const fallen = all.filter(
    (c) => inside(c.resolveBy) && c.resolveBy! <= now && !(c.resolvedAt === undefined && waits(c)),
  );
  const met = fallen.filter((c) => c.resolvedAt !== undefined && c.resolvedAt <= c.resolveBy!);
  const open = (c: OracleCase) => c.status === "open" || c.status === "draft";
  const clock = (c: OracleCase) => Math.min(now, c.waitingSince ?? now);
  const atRisk = cases.filter(
    (c) =>
      counts(c, now) &&
      open(c) &&
      c.resolveBy !== undefined &&
      c.resolveBy > clock(c) &&
      clock(c) - c.start >= input.atRisk * (c.resolveBy - c.start),
  );
  section("deadlines", { met: met.length, breached: fallen.length - met.length, at_risk: atRisk.length });

  const dues = all.flatMap((c) => c.dues).filter((d) => inside(d.due));
  const fell = dues.filter((d) => d.verdict !== "moved" && d.due <= now);
  const of = (verdict: string) => fell.filter((d) => d.verdict === verdict).length;
  section("promises", {
    due: fell.length,
    kept: of("kept"),
    broken: of("broken"),
    moved: dues.filter((d) => d.verdict === "moved").length,
    open_overdue: of("open"),
    kept_rate: rate(of("kept"), fell.length),
  });

  const calls = all.flatMap((c) => c.callbacks);
  const made = calls.filter((b) => inside(b.at));
  const alone = sum(all.map((c) => c.closings.filter((k) => k.alone && inside(k.at)).length));
  const result = (name: string) => made.filter((b) => b.result?.startsWith(name)).length;
  const good = made.filter((b) => (b.satisfaction ?? 0) >= 4).length;
  const solved = made.filter((b) => b.solved === true).length;
  section("callbacks", {
    due: calls.filter((b) => inside(b.due)).length,
    reached: result("reached"),
    not_reached: result("not_reached"),
    exempt: result("exempt_") + alone,
    declined: result("declined"),
    rated_good: good,
    rated_good_rate: rate(good, made.filter((b) => b.satisfaction !== undefined).length),
    solved,
    solved_rate: rate(solved, made.filter((b) => b.solved !== undefined).length),
  });

  const onSpot = received.filter((c) => c.onSpot).length;
  section("first_contact", { resolved_on_spot: onSpot, rate: rate(onSpot, received.length) });

  const known = cases.filter((c) => c.status !== "draft" && counts(c) && c.customer !== undefined);
  const byCustomer = tally(known, (c) => c.customer);
  const repeats = received.filter(
    (c) =>
      c.status !== "draft" &&
      byCustomer.get(c.customer ?? "")?.some((o) => o.opened < c.opened && o.opened >= c.opened - 30 * DAY),
  );
  section(
    "repeat",
    { repeat_cases: repeats.length, rate: rate(repeats.length, received.length) },
    [...tally(repeats, (c) => c.customer).values()]
      .map((g) => ({ count: g.length }))
      .sort((a, b) => b.count - a.count),
  );

  const statusAt = (c: OracleCase, at: number) => c.statuses.filter((s) => s.at <= at).at(-1)?.to ?? "";
  const climbed = cases.flatMap((c) => {
    const triggers = counts(c) ? c.escalations.filter((e) => inside(e.at)).map((e) => e.trigger) : [];
    const passed = open(c) && inside(c.resolveBy) && c.resolveBy! <= now && counts(c, now) && !waits(c);
    if (passed && !["resolved", "closed"].includes(statusAt(c, c.resolveBy!))) triggers.push("breach");
    return triggers.length > 0 ? [{ c, triggers: [...new Set(triggers)] }] : [];
  });
  const appeals = all.filter((c) => c.appeal);
  section(
    "escalation",
    {
      escalated: climbed.length,
      rate: rate(climbed.length, received.length),
      appeals: appeals.filter((c) => inside(c.opened)).length,
      appeals_upheld: appeals.filter((c) => c.appeal!.outcome === "upheld" && inside(c.appeal!.settled))
        .length,
    },
    shareRows(
      tally(
        climbed.flatMap((x) => x.triggers),
        (t) => t,
      ),
      "trigger",
    ),
  );

  const paid = resolved.flatMap((c) => c.money.map((m) => ({ ...m, id: c.id, cause: c.record.cause })));
  const byCurrency = <T>(value: (list: typeof paid) => T) =>
    Object.fromEntries(
      [...tally(paid, (m) => m.currency)].map(([currency, list]) => [currency, value(list)]),
    );
  const perCase = (list: typeof paid) =>
    [...tally(list, (m) => m.id).values()].map((g) => sum(g.map((m) => m.amount)));
  const approvals = all.flatMap((c) => c.approvals);
  const decided = (state: string) => approvals.filter((a) => a.state === state && inside(a.decided)).length;
  const moneyRows = (["cause", "class"] as const).flatMap((name) =>
    [...tally(paid, (m) => m[name] && `${m.currency}/${m[name]}`)].map(([key, list]) => ({
      by: name,
      currency: key.split("/")[0],
      id: key.split("/")[1],
      total: sum(list.map((m) => m.amount)),
      count: new Set(list.map((m) => m.id)).size,
    })),
  );
  section(
    "money",
    {
      total: byCurrency((list) => sum(list.map((m) => m.amount))),
      cases: byCurrency((list) => new Set(list.map((m) => m.id)).size),
      median: byCurrency((list) => percentile(perCase(list), 0.5)),
      beyond_authority: approvals.filter((a) => inside(a.asked)).length,
      approved: decided("approved"),
      denied: decided("denied"),
    },
    moneyRows,
  );

  const upset = received.filter((c) => c.moods.length >= 2 && c.moods[0]!.mood >= 3);
  const start = (c: OracleCase) => c.moods[0]!.mood;
  const end = (c: OracleCase) => c.moods.at(-1)!.mood;
  const calmed = upset.filter((c) => end(c) <= start(c) - 2 || end(c) <= 2).length;
  section(
    "mood",
    {
      start_mean: mean(upset.map(start)),
      peak_mean: mean(upset.map((c) => Math.max(...c.moods.map((m) => m.mood)))),
      end_mean: mean(upset.map(end)),
      calmed,
      calmed_rate: rate(calmed, upset.length),
    },
    ["listen", "apologize", "analyze", "resolve", "follow-up"].flatMap((stage) => {
      const last = upset.flatMap((c) =>
        c.moods
          .filter((m) => m.stage === stage)
          .slice(-1)
          .map((m) => m.mood),
      );
      return last.length === 0 ? [] : [{ stage, mean: mean(last), count: last.length }];
    }),
  );

  const shown = tally(
    all.flatMap((c) => c.shown).filter((s) => inside(s.at)),
    (s) => s.key,
  );
  section(
    "lines",
    {},
    [...shown]
      .map(([key, list]) => {
        const both = list.filter((s) => s.before !== undefined && s.after !== undefined);
        return {
          key,
          shown: list.length,
          n: both.length,
          mood_change_mean: mean(both.map((s) => s.after! - s.before!)),
        };
      })
      .filter((row) => row.n >= 10),
  );

  for (const field of ["severity", "channel", "kind", "psychology"])
    section(field, {}, shareRows(tally(received, (c) => c.record[field])));
  section(
    "flags",
    {},
    shareRows(
      tally(
        received.flatMap((c) => [...new Set((c.record.flags as string[]) ?? [])]),
        (f) => f,
      ),
    ),
  );

  /** The department's answer is due so many worked days later, at the same time of day. */
  const isLate = (at: number) => {
    let due = at;
    for (let left = input.replyDays; left > 0; ) {
      due = daysEarlier(due, -1, zone);
      if (input.isWorkingDay(localDay(due, zone))) left--;
    }
    return due < now;
  };
  const orders = cases.filter((c) => counts(c, now)).flatMap((c) => c.dispatches);
  const waiting = tally(
    orders.filter((d) => d.replied === undefined && d.at <= now),
    (d) => d.to,
  );
  const answered = tally(
    all.flatMap((c) => c.dispatches).filter((d) => inside(d.replied)),
    (d) => d.to,
  );
  section(
    "departments",
    {},
    [...new Set([...waiting.keys(), ...answered.keys()])].sort().map((department) => ({
      department,
      open: waiting.get(department)?.length ?? 0,
      overdue: waiting.get(department)?.filter((d) => isLate(d.at)).length ?? 0,
      reply_p50: percentile(
        (answered.get(department) ?? []).map((d) => (d.replied! - d.at) / HOUR),
        0.5,
      ),
    })),
  );

  const pair = (c: OracleCase) =>
    c.record.category && c.record.cause && `${c.record.category}/${c.record.cause}`;
  const history = all.some((c) => c.opened <= daysEarlier(from, 28, zone));
  const isShort = length <= 7;
  const inUsual = (c: OracleCase) =>
    isShort
      ? [1, 2, 3, 4].some((k) => {
          const b = daysEarlier(moment, 7 * k, zone);
          return c.opened >= daysEarlier(from, 7 * k, zone) && (to <= now ? c.opened < b : c.opened <= b);
        })
      : c.opened >= daysEarlier(from, 28, zone) && c.opened < from;
  const usualOf = tally(
    all.filter((c) => c.opened < from && inUsual(c)),
    pair,
  );
  const span = isShort ? 1 / 4 : (moment - from) / (28 * DAY);
  section(
    "spikes",
    {},
    !history || moment <= from
      ? []
      : [...tally(received, pair)].flatMap(([key, list]) => {
          const usual = (usualOf.get(key)?.length ?? 0) * span;
          if (list.length < 5 || tail(list.length, usual) > 0.01) return [];
          const [category, cause] = key.split("/");
          return [
            {
              category,
              cause,
              count: list.length,
              usual,
              ratio: usual === 0 ? undefined : list.length / usual,
            },
          ];
        }),
  );

  const ages = backlog.map((c) => (moment - c.opened) / DAY);
  const edges: [string, (age: number) => boolean][] = [
    ["0–1", (a) => a < 1],
    ["1–3", (a) => a >= 1 && a < 3],
    ["3–7", (a) => a >= 3 && a < 7],
    ["7–12", (a) => a >= 7 && a < 12],
    ["12–15", (a) => a >= 12 && a <= 15],
    [">15", (a) => a > 15],
  ];
  section(
    "ageing",
    { oldest: ages.length === 0 ? undefined : Math.max(...ages) },
    edges.map(([bucket, holds]) => ({ bucket, count: ages.filter(holds).length })),
  );
  section("actions", actionFacts(input, { from, to, now, by, inside }));
  return out;
}

interface Edges {
  from: number;
  to: number;
  now: number;
  by: (at: number, edge: number) => boolean;
  inside: (at: number | undefined) => boolean;
}

function actionFacts({ events }: OracleInput, { to, by, inside }: Edges): Values {
  const actions = events
    .filter((e) => e.type === "action-added")
    .map((e) => {
      const done = events.find((d) => d.type === "action-done" && d.caseId === e.caseId);
      return { added: Date.parse(e.at), due: Date.parse(e.data.due), done: done && Date.parse(done.at) };
    });
  const open = actions.filter((a) => by(a.added, to) && (a.done === undefined || !by(a.done, to)));
  return {
    open: open.length,
    overdue: open.filter((a) => by(a.due, to)).length,
    done: actions.filter((a) => inside(a.done)).length,
  };
}
