/**
 * The oracle's own reading of raw events: what happened to one case, in plain TypeScript. It shares no code with the
 * program's fold, cache or report, so that a mistake there shows as a difference.
 */

export interface RawEvent {
  id: string;
  caseId: string;
  seq: number;
  at: string;
  by: string;
  type: string;
  // biome-ignore lint/suspicious/noExplicitAny: raw data as exported
  data: any;
}

// biome-ignore lint/suspicious/noExplicitAny: raw script as stored
export type RawScripts = Map<string, any>;

/** One time a promise was due, and what came of it. */
export interface OracleDue {
  due: number;
  verdict: "kept" | "broken" | "open" | "moved";
}

export interface OracleCallback {
  due?: number | undefined;
  at?: number | undefined;
  result?: string;
  solved?: boolean;
  satisfaction?: number;
}

export interface OracleCase {
  id: string;
  agent: string;
  script: string;
  opened: number;
  start: number;
  statuses: { at: number; to: string; from: string | undefined }[];
  closings: { at: number; reason: string; alone: boolean }[];
  status: string;
  closedReason?: string | undefined;
  resolvedAt?: number | undefined;
  resolveBy?: number | undefined;
  waitingSince?: number | undefined;
  record: Record<string, unknown>;
  onSpot: boolean;
  firstOut?: number | undefined;
  customer?: string | undefined;
  dues: OracleDue[];
  callbacks: OracleCallback[];
  escalations: { at: number; trigger: string }[];
  approvals: { id: string; asked: number; state: string; decided?: number }[];
  money: { amount: number; currency: string; class: string | undefined }[];
  moods: { at: number; stage: string; mood: number }[];
  shown: { at: number; key: string; before: number | undefined; after: number | undefined }[];
  dispatches: { to: string; at: number; replied: number | undefined }[];
  appeal?: { settled?: number; outcome?: string };
}

const ms = (text: string): number => Date.parse(text);

/** true, false, or undefined where it depends on something that comes and goes. */
// biome-ignore lint/suspicious/noExplicitAny: raw conditions
function lasting(when: any, facts: Record<string, unknown>): boolean | undefined {
  if (when === undefined) return true;
  // biome-ignore lint/suspicious/noExplicitAny: raw conditions
  const parts = (list: any[]) => list.map((part) => lasting(part, facts));
  if (when.all) {
    const all = parts(when.all);
    return all.some((p) => p === false) ? false : all.some((p) => p === undefined) ? undefined : true;
  }
  if (when.any) {
    const any = parts(when.any);
    return any.some((p) => p === true) ? true : any.some((p) => p === undefined) ? undefined : false;
  }
  if (when.not) {
    const inner = lasting(when.not, facts);
    return inner === undefined ? undefined : !inner;
  }
  const field = when.known ?? when.field;
  if (field === "mood" || field === "stage" || field === "status") return undefined;
  const value = facts[field];
  if (when.known)
    return !(
      value === undefined ||
      value === null ||
      value === "" ||
      (Array.isArray(value) && value.length === 0)
    );
  const each = Array.isArray(value) ? value : [value];
  if ("is" in when) return each.some((v) => v === when.is);
  if ("in" in when) return each.some((v) => when.in.includes(v));
  if ("over" in when) return each.some((v) => typeof v === "number" && v > when.over);
  return each.some((v) => typeof v === "number" && v < when.under);
}

interface Given {
  run?: string;
  step?: string;
  field: string;
  value: unknown;
  authority?: { class?: string; beyond: boolean }[];
}

/** The latest answer of each field among those whose step may still apply; repeated until nothing moves. */
function recordOf(given: Given[], runScript: Map<string, string>, scripts: RawScripts): Map<string, Given> {
  // biome-ignore lint/suspicious/noExplicitAny: raw script
  const stepOf = (g: Given): any =>
    g.run && g.step
      ? scripts.get(runScript.get(g.run) ?? "")?.steps.find((s: { key: string }) => s.key === g.step)
      : undefined;
  const pass = (facts: Record<string, unknown> | undefined) => {
    const latest = new Map<string, Given>();
    for (const g of given) {
      const step = stepOf(g);
      if (facts && step && lasting(step.when, facts) === false) continue;
      const now = latest.get(g.field);
      if (g.value === undefined) latest.delete(g.field);
      else if (g.value !== null) latest.set(g.field, g);
      else if (now && now.run === g.run && now.step === g.step) latest.delete(g.field);
    }
    return latest;
  };
  let latest = pass(undefined);
  for (let i = 0; i < 6; i++)
    latest = pass(Object.fromEntries([...latest].map(([field, g]) => [field, g.value])));
  return latest;
}

function phoneKey(text: unknown): string | undefined {
  if (typeof text !== "string") return undefined;
  const digits = text
    .normalize("NFKC")
    .replace(/\D/g, "")
    .replace(/^00/, "")
    .replace(/^86(?=1\d{10}$)/, "")
    .replace(/^886(?=9\d{8}$)/, "");
  return digits.replace(/^0+/, "") || undefined;
}

function customerOf(record: Record<string, unknown>): string | undefined {
  const plain = (value: unknown) =>
    typeof value === "string" && value.trim() !== ""
      ? value.normalize("NFKC").toLowerCase().trim()
      : undefined;
  const phone = phoneKey(record.customer_phone);
  const account = plain(record.customer_account)?.replace(/[\s-]/g, "");
  const email = plain(record.customer_email);
  return phone ? `p${phone}` : account ? `a${account}` : email ? `e${email}` : undefined;
}

interface Promise_ {
  id: string;
  due: number;
  state: "open" | "kept" | "broken";
  settled?: number;
  past: OracleDue[];
  moved: boolean;
}

/** Reads the events of one case, in order. */
export function readCase(events: RawEvent[], scripts: RawScripts): OracleCase {
  const sorted = [...events].sort((a, b) => a.seq - b.seq || (a.id < b.id ? -1 : 1));
  const opened = sorted.find((e) => e.type === "opened")!;
  const c: OracleCase = {
    id: opened.caseId,
    agent: opened.by,
    script: opened.data.script.id,
    opened: ms(opened.at),
    start: ms(opened.at),
    statuses: [],
    closings: [],
    status: "",
    record: {},
    onSpot: false,
    dues: [],
    callbacks: [],
    escalations: [],
    approvals: [],
    money: [],
    moods: [],
    shown: [],
    dispatches: [],
    ...(opened.data.appeal_of ? { appeal: {} } : {}),
  };
  const given: Given[] = [];
  const runs = new Map<
    string,
    { kind: string; script: string; beganIn: string; fields: Map<string, unknown> }
  >();
  const runScript = new Map<string, string>();
  const promises: Promise_[] = [];
  const dispatchIds: string[] = [];
  let closeLater: string | undefined;
  let reopenedAt = Number.NEGATIVE_INFINITY;

  const become = (to: string, at: number) => {
    if (c.status === to && c.statuses.length > 0) return;
    c.statuses.push({ at, to, from: c.status === "" ? undefined : c.status });
    c.status = to;
    if (to === "resolved" || to === "closed") c.resolvedAt ??= at;
  };
  // The call back that is owed: the last one with a due time, unless it was made.
  const pending = () => {
    const last = c.callbacks.filter((b) => b.due !== undefined).at(-1);
    return last?.at === undefined ? last : undefined;
  };
  const dropPending = (at: number) => {
    const due = pending();
    if (due && due.due! > at) c.callbacks.splice(c.callbacks.indexOf(due), 1);
  };
  const close = (reason: string, at: number) => {
    const result =
      reason === "callback_declined" ? "declined" : reason.startsWith("exempt_") ? reason : undefined;
    const due = pending();
    if (result !== undefined) {
      if (due) Object.assign(due, { at, result });
    } else dropPending(at);
    const isCovered = c.callbacks.some(
      (b) => b.result === reason && (b.at ?? Number.NEGATIVE_INFINITY) >= reopenedAt,
    );
    if (c.status !== "closed")
      c.closings.push({ at, reason, alone: reason.startsWith("exempt_") && !isCovered });
    if (reason !== "") c.closedReason = reason;
    closeLater = undefined;
    become("closed", at);
  };
  const promise = (p: { id: string; due_at: string }) => {
    const known = promises.find((q) => q.id === p.id);
    if (!known) promises.push({ id: p.id, due: ms(p.due_at), state: "open", past: [], moved: false });
    else if (known.state === "open" && !known.moved) known.due = ms(p.due_at);
  };

  for (const e of sorted) {
    const at = ms(e.at);
    const d = e.data;
    switch (e.type) {
      case "opened":
        become(d.source ? "open" : "draft", at);
        break;
      case "run-started":
        runs.set(d.run, { kind: d.kind, script: d.script.hash, beganIn: c.status, fields: new Map() });
        runScript.set(d.run, d.script.hash);
        break;
      case "rescripted":
        if (runs.has(d.run)) {
          if ([...runs.keys()][0] === d.run) c.script = d.script.id;
          runScript.set(d.run, d.script.hash);
        }
        break;
      case "answered":
        if (d.run && d.field) runs.get(d.run)?.fields.set(d.field, d.value);
        if (d.field)
          given.push({ run: d.run, step: d.step, field: d.field, value: d.value, authority: d.authority });
        for (const p of d.promises ?? []) promise(p);
        break;
      case "cleared":
        if (d.run && d.field) runs.get(d.run)?.fields.delete(d.field);
        if (d.field) given.push({ run: d.run, step: d.step, field: d.field, value: undefined });
        break;
      case "mood":
        for (const s of c.shown) if (s.after === undefined) s.after = d.mood;
        c.moods.push({ at, stage: d.stage, mood: d.mood });
        break;
      case "shown":
        c.shown.push({ at, key: d.key, before: c.moods.at(-1)?.mood, after: undefined });
        break;
      case "promised":
        promise(d.promise);
        break;
      case "promise-settled": {
        const p = promises.find((q) => q.id === d.promise);
        if (p?.state !== "open") break;
        if (d.state === "moved") {
          if (!d.to) break;
          p.past.push({ due: p.due, verdict: at <= p.due ? "moved" : "broken" });
          p.due = ms(d.to);
          p.moved = true;
        } else {
          p.state = d.state;
          p.settled = at;
        }
        break;
      }
      case "approval-asked":
        c.approvals.push({
          id: e.id,
          asked: at,
          state: "pending",
          ...{ terms: [d.remedy, d.amount, d.currency] },
        });
        break;
      case "approved":
      case "denied": {
        const a = c.approvals.find((x) => x.id === d.approval);
        if (a?.state === "pending" && !d.unverified) Object.assign(a, { state: e.type, decided: at });
        break;
      }
      case "escalated":
        c.escalations.push({ at, trigger: d.trigger });
        break;
      case "dispatched":
        dispatchIds.push(e.id);
        c.dispatches.push({ to: d.to, at, replied: undefined });
        break;
      case "dispatch-settled": {
        const found = c.dispatches[dispatchIds.indexOf(d.dispatch)];
        if (found) found.replied ??= at;
        break;
      }
      case "contacted":
        if (d.direction === "out") c.firstOut ??= at;
        break;
      case "waiting":
        c.waitingSince = at;
        break;
      case "wait-ended":
        c.waitingSince = undefined;
        break;
      case "finished": {
        const run = runs.get(d.run);
        if (!run) break;
        const result = run.fields.get("callback_result");
        if (run.kind === "call-back" && typeof result === "string") {
          const due = run.beganIn === "open" ? undefined : pending();
          const entry = due ?? {};
          Object.assign(entry, { at, result });
          const [solved, mark] = [run.fields.get("solved"), run.fields.get("satisfaction")];
          if (typeof solved === "boolean") Object.assign(entry, { solved });
          if (typeof mark === "number") Object.assign(entry, { satisfaction: mark });
          if (!due) c.callbacks.push(entry);
        }
        if (c.status === "draft" && d.status !== "closed") become(d.status ?? "open", at);
        if (d.closed_reason) {
          if (d.status === "closed") close(d.closed_reason, at);
          else closeLater = d.closed_reason;
        }
        break;
      }
      case "resolved":
        given.push({ field: "outcome", value: d.outcome });
        become("resolved", at);
        break;
      case "closed":
        close(d.reason, at);
        break;
      case "reopened":
        dropPending(at);
        c.closedReason = undefined;
        closeLater = undefined;
        reopenedAt = at;
        become("open", at);
        break;
      case "imported":
        for (const [field, value] of Object.entries(d.values ?? {}))
          given.push({ field, value, authority: d.authority });
        if (d.status === "resolved" || d.resolved_at)
          become("resolved", d.resolved_at ? ms(d.resolved_at) : at);
        if (d.status === "closed") close(d.closed_reason ?? "", d.closed_at ? ms(d.closed_at) : at);
        break;
      case "appeal-settled":
        if (c.appeal) c.appeal = { settled: at, outcome: d.outcome };
        break;
    }
    const clock = d.clock;
    if (clock?.resolve_by) c.resolveBy = ms(clock.resolve_by);
    const owed = pending()?.due;
    if (clock?.callback_due && (owed === undefined || owed <= at))
      c.callbacks.push({ due: ms(clock.callback_due) });
  }
  void closeLater;
  const latest = recordOf(given, runScript, scripts);
  for (const [field, g] of latest) c.record[field] = g.value;
  if (typeof c.record.received_at === "string") c.start = ms(c.record.received_at);
  const first = [...runs.values()][0];
  c.onSpot = first?.fields.get("outcome") === "resolved_on_spot" && c.record.outcome !== undefined;
  c.customer = customerOf(c.record);
  c.dues = promises.flatMap((p): OracleDue[] => [
    ...p.past,
    {
      due: p.due,
      verdict: p.state === "open" ? "open" : p.state === "kept" && p.settled! <= p.due ? "kept" : "broken",
    },
  ]);
  c.money = moneyOf(latest.get("options"), c);
  return c;
}

/** Accepted options within authority, or approved. */
function moneyOf(options: Given | undefined, c: OracleCase): OracleCase["money"] {
  // biome-ignore lint/suspicious/noExplicitAny: raw options
  return ((options?.value ?? []) as any[]).flatMap((o, i) => {
    if (!o.accepted || o.amount === undefined) return [];
    const mark = options!.authority?.[i];
    // biome-ignore lint/suspicious/noExplicitAny: see `approval-asked`
    const same = (a: any) => a.terms[0] === o.remedy && a.terms[1] === o.amount && a.terms[2] === o.currency;
    const approval = mark?.beyond ? ([...c.approvals].reverse().find(same)?.state ?? "pending") : "approved";
    return approval === "approved"
      ? [{ amount: o.amount, currency: o.currency ?? "XXX", class: mark?.class }]
      : [];
  });
}
