/** What is owed today, as data: unfinished runs, promises, callbacks, approvals, and cases whose time runs out. */
import type { App } from "../app.ts";
import type { ApprovalRecord, Case, PromiseRecord } from "../core/case.ts";
import { acknowledgeBy, clockState, startOf } from "../core/clock.ts";
import type { UtcIso } from "../core/event.ts";
import { maskText } from "../core/mask.ts";
import { attemptsOf } from "../core/owed.ts";
import type { Store } from "../core/store-port.ts";
import { isAtTop, isStaleDraft, withBreach } from "../core/trigger.ts";
import { startOfLocalDay } from "../core/working-time.ts";
import { agendaCases } from "../store/agenda.ts";
import { countryOf } from "./case-writing.ts";

/** Every entry names its case and the command that deals with it. */
interface Entry {
  ref: string;
  owner: string;
  command: string;
}

export interface DraftEntry extends Entry {
  kind: string;
  agent: string;
  started_at: UtcIso;
  status: Case["status"];
  category?: string;
  /** Counts as received and open: it has a story and is older than the policy allows. */
  stale: boolean;
}

export type DueState = "overdue" | "due" | "soon";

export type PromiseEntry = Entry &
  Pick<PromiseRecord, "n" | "what" | "due_at" | "by" | "reason"> & { state: DueState };

export interface CallbackEntry extends Entry {
  n: number;
  due_at: UtcIso;
  attempts: number;
  state: DueState;
}

export type ApprovalEntry = Entry &
  Pick<ApprovalRecord, "n" | "remedy" | "amount" | "currency" | "why" | "asked_at" | "by"> & {
    /** Whether this person may decide it; else it is his own request that waits. */
    mine: boolean;
  };

export interface DeadlineEntry extends Entry {
  status: Case["status"];
  category?: string;
  opened_at: UtcIso;
  resolve_by?: UtcIso;
  /** Share of the time used. */
  used?: number;
  /** Escalated at the top of the ladder already: nobody above can take it. */
  top?: true;
}

/** A customer who has not heard from us in time. */
export interface UpdateEntry extends Entry {
  due_at: UtcIso;
  /** He does not even know yet that his complaint arrived. */
  first: boolean;
}

export interface Agenda {
  drafts: DraftEntry[];
  promises: PromiseEntry[];
  callbacks: CallbackEntry[];
  approvals: ApprovalEntry[];
  at_risk: DeadlineEntry[];
  breached: DeadlineEntry[];
  /** Only in the text: the six lists above are what other programs are promised. */
  updates: UpdateEntry[];
}

interface Times {
  now: Date;
  /** The end of today, and until when a promise is soon due. */
  endOfDay: number;
  soon: number;
}

function timesOf(app: App): Times {
  const now = app.now();
  const endOfDay = +startOfLocalDay(now, app.timeZone, 1);
  return { now, endOfDay, soon: Math.max(endOfDay, +now + app.library().policy().soon_hours * 3_600_000) };
}

function dueState(due: UtcIso, { now, endOfDay }: Times): DueState {
  const at = Date.parse(due);
  return at <= +now ? "overdue" : at < endOfDay ? "due" : "soon";
}

const entry = (c: Case, command: string): Entry => ({
  ref: c.ref,
  owner: c.owner,
  command: `complaint ${command}`,
});
const category = ({ record }: Case) => (record.category === undefined ? {} : { category: record.category });

function draftsOf(app: App, store: Store, team: boolean): DraftEntry[] {
  const policy = app.library().policy();
  const runs = store.unfinished();
  const entries = runs.flatMap((run): DraftEntry[] => {
    const c = store.case(run.caseId);
    if (!c || !(team || run.agent === app.agent || c.owner === app.agent)) return [];
    const { kind, agent, started_at } = run;
    const stale = isStaleDraft(c, app.now(), policy);
    return [
      { ...entry(c, `resume ${c.ref}`), kind, agent, started_at, status: c.status, ...category(c), stale },
    ];
  });
  // What counts as received although nobody finished the call comes first: it is already late.
  return entries.sort((a, b) => Number(b.stale) - Number(a.stale) || (a.started_at < b.started_at ? -1 : 1));
}

/** Still owed also where a lead closed the case over it. */
function promisesOf(c: Case, times: Times): PromiseEntry[] {
  return c.promises
    .filter((p) => p.state === "open" && Date.parse(p.due_at) < times.soon)
    .map(({ n, what, due_at, by, reason }) => ({
      ...entry(c, `promise settle ${c.ref} ${n} --kept`),
      n,
      what: maskText(what, c.record),
      due_at,
      by,
      ...(reason === undefined ? {} : { reason: maskText(reason, c.record) }),
      state: dueState(due_at, times),
    }));
}

function callbacksOf(c: Case, times: Times): CallbackEntry[] {
  const last = c.callbacks.findLast((b) => b.due_at !== undefined);
  if (c.status !== "resolved" || !last?.due_at || last.at !== undefined) return [];
  if (Date.parse(last.due_at) >= times.endOfDay) return [];
  const { n, due_at } = last;
  return [
    { ...entry(c, `call-back ${c.ref}`), n, due_at, attempts: attemptsOf(c), state: dueState(due_at, times) },
  ];
}

/** Those this person may decide, and his own requests. */
function approvalsOf(app: App, c: Case): ApprovalEntry[] {
  if (c.status === "closed") return [];
  const decides = app.role === undefined || app.role === "lead";
  return c.approvals
    .filter((a) => a.state === "pending")
    .map(({ n, remedy, amount, currency, why, asked_at, by }) => {
      const mine = decides && by !== app.agent;
      return {
        ...entry(c, mine ? `approve ${c.ref} ${n} --why ...` : `show ${c.ref}`),
        n,
        remedy,
        ...(amount === undefined ? {} : { amount }),
        ...(currency === undefined ? {} : { currency }),
        ...(why === undefined ? {} : { why: maskText(why, c.record) }),
        asked_at,
        by,
        mine,
      };
    });
}

function deadlineOf(app: App, c: Case): DeadlineEntry {
  const { resolve_by } = c;
  const start = Date.parse(startOf(c, app.timeZone));
  const used = resolve_by === undefined ? undefined : (+app.now() - start) / (Date.parse(resolve_by) - start);
  return {
    ...entry(c, `show ${c.ref}`),
    status: c.status,
    ...category(c),
    opened_at: c.opened_at,
    ...(resolve_by === undefined ? {} : { resolve_by }),
    ...(used === undefined ? {} : { used: Math.round(used * 100) / 100 }),
    ...(isAtTop(c, app.library().policy()) ? { top: true as const } : {}),
  };
}

function updatesOf(app: App, c: Case, { now }: Times): UpdateEntry[] {
  if (c.status !== "open" || c.waits.some((w) => w.to === undefined)) return [];
  const first = acknowledgeBy(c, app.library().policy(), app.timeZone, countryOf(app));
  const due = [first, c.update_by].filter((at) => at !== undefined).sort()[0];
  if (due === undefined || Date.parse(due) > +now) return [];
  return [{ ...entry(c, `contact ${c.ref} --channel phone`), due_at: due, first: due === first }];
}

/** Cases that climbed to the top come first, then the earliest deadline. */
function byDeadline(a: DeadlineEntry, b: DeadlineEntry): number {
  return (
    Number(b.top ?? false) - Number(a.top ?? false) || ((a.resolve_by ?? "") < (b.resolve_by ?? "") ? -1 : 1)
  );
}

const byDue = (a: { due_at: UtcIso }, b: { due_at: UtcIso }): number => (a.due_at < b.due_at ? -1 : 1);

/** What this person, or the team, owes now; each list oldest first. */
export function agendaOf(app: App, store: Store, team: boolean): Agenda {
  const policy = app.library().policy();
  const times = timesOf(app);
  const query = {
    now: +times.now,
    promisesUntil: times.soon,
    callbacksUntil: times.endOfDay,
    atRisk: policy.clocks.at_risk,
    top: policy.ladder.at(-1) ?? "",
  };
  const all = agendaCases(store, query).map((c) => withBreach(c, times.now, policy));
  const mine = team ? all : all.filter((c) => c.owner === app.agent);
  const isDue = (c: Case) => c.status === "open" || isStaleDraft(c, times.now, policy);
  const state = (c: Case) => (isDue(c) ? clockState(c, times.now, policy, app.timeZone) : "done");
  const isTop = (c: Case) => c.status === "open" && isAtTop(c, policy) && state(c) !== "breached";
  const decidable = all
    .flatMap((c) => approvalsOf(app, c))
    .filter((a) => a.mine || a.by === app.agent || team);
  return {
    drafts: draftsOf(app, store, team),
    promises: mine.flatMap((c) => promisesOf(c, times)).sort(byDue),
    callbacks: mine.flatMap((c) => callbacksOf(c, times)).sort(byDue),
    approvals: decidable.sort((a, b) => (a.asked_at < b.asked_at ? -1 : 1)),
    at_risk: mine
      .filter((c) => state(c) === "at_risk" || (team && isTop(c)))
      .map((c) => deadlineOf(app, c))
      .sort(byDeadline),
    breached: mine
      .filter((c) => state(c) === "breached")
      .map((c) => deadlineOf(app, c))
      .sort(byDeadline),
    updates: mine.flatMap((c) => updatesOf(app, c, times)).sort(byDue),
  };
}
