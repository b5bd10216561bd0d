/** What happened to a case, in the order of time: from its events, so that reasons and names are told too. */
import type { App } from "../app.ts";
import type { Case } from "../core/case.ts";
import type { CaseEvent, EventOf, EventType, UtcIso } from "../core/event.ts";
import type { CaseState } from "../core/fold.ts";
import { refOf, showRef } from "../core/id.ts";
import { labelOf, targetText } from "./case-command.ts";
import { showTime } from "./read-time.ts";

type Entry = [at: UtcIso, text: string];

interface Telling {
  app: App;
  ids: CaseState["ids"];
  c: Case;
  /** Warnings, notes and promises told so far. */
  told: { warnings: number; notes: number; promises: Set<string> };
}

type Teller<T extends EventType> = (telling: Telling, event: EventOf<T>) => string | string[];

const because = (why: string | undefined): string => (why ? `: ${why}` : "");
const place = (ids: readonly string[], id: string): number => ids.indexOf(id) + 1;

function status({ app }: Telling, id: string, details: readonly (string | undefined)[] = []): string {
  const known = details.filter((detail): detail is string => detail !== undefined && detail !== "");
  const text = app.t("store.line.status", { status: labelOf(app, "status", id) });
  return known.length === 0 ? text : `${text} (${known.join(app.t("case.comma"))})`;
}

function runKind({ app, c }: Telling, id: string | undefined): string {
  return labelOf(app, "run_kind", c.runs.find((r) => r.id === id)?.kind ?? "call");
}

const reasonText = (app: App, reason: string | undefined) =>
  reason === undefined || reason === "" ? undefined : labelOf(app, "closed_reason", reason);

/** A correction by hand; what was said in a conversation stands in the record. */
function corrected(telling: Telling, e: EventOf<"answered"> | EventOf<"cleared">): string[] {
  const { field, run } = e.data;
  if (run !== undefined || field === undefined) return [];
  const { app } = telling;
  const label = app.library().words(app.locale).fields[field]?.label ?? field;
  return [app.t("store.line.corrected", { field: label, by: e.by })];
}

const TELL: { [T in EventType]?: Teller<T> } = {
  opened: (x, e) => status(x, e.data.source ? "open" : "draft"),
  "run-started": ({ app, ...x }, e) =>
    app.t("store.line.run_started", {
      kind: runKind({ app, ...x }, e.data.run),
      script: e.data.script.id,
    }),
  rescripted: ({ app }, e) =>
    app.t("store.line.rescripted", { script: e.data.script.id, locale: e.data.locale }),
  answered: (x, e) => [
    ...(e.data.promises ?? []).flatMap((p) => promised(x, e.by, p.id)),
    ...corrected(x, e),
  ],
  cleared: corrected,
  mood: ({ app }, e) =>
    app.t("store.line.mood", { mood: e.data.mood, stage: labelOf(app, "stage", e.data.stage) }),
  noted: ({ app, told }, e) => {
    told.notes += 1;
    return app.t("store.line.note", { n: told.notes, by: e.by, text: e.data.text });
  },
  promised: (x, e) => promised(x, e.by, e.data.promise.id),
  "promise-settled": ({ app, ids }, e) => {
    const n = place(ids.promises, e.data.promise);
    const { state, to, why } = e.data;
    const text =
      state === "moved"
        ? app.t("store.line.moved", { n, when: to === undefined ? "" : showTime(app, to) })
        : app.t("store.line.settled", { n, state: labelOf(app, "promise_state", state) });
    return `${text}${because(why)}`;
  },
  "approval-asked": ({ app, ids }, e) =>
    `${app.t("store.line.asked", { n: place(ids.approvals, e.id), by: e.by })}${because(e.data.why)}`,
  approved: ({ app, ids }, e) => {
    const { approval, lead, why, unverified } = e.data;
    const state = unverified ? app.t("store.unverified") : labelOf(app, "approval_state", "approved");
    return `${app.t("store.line.decided", { n: place(ids.approvals, approval), state, by: lead ?? e.by })}${because(why)}`;
  },
  denied: ({ app, ids }, e) => {
    const n = place(ids.approvals, e.data.approval);
    const state = labelOf(app, "approval_state", "denied");
    return `${app.t("store.line.decided", { n, state, by: e.by })}${because(e.data.why)}`;
  },
  warned: ({ app, told }, e) => {
    told.warnings += 1;
    return `${app.t("store.line.warned", { n: told.warnings })}${because(e.data.words)}`;
  },
  emergency: ({ app }, e) => app.t("store.line.emergency", { kind: e.data.kind.replace("-", "_") }),
  escalated: ({ app }, e) => {
    const trigger = labelOf(app, "trigger", e.data.trigger);
    return `${app.t("store.line.escalated", { to: targetText(app, e.data.to), trigger })}${because(e.data.why)}`;
  },
  assigned: ({ app }, e) =>
    `${app.t("store.line.assigned", { to: e.data.to, by: e.by })}${because(e.data.why)}`,
  "handed-over": ({ app }, e) =>
    `${app.t("store.line.handed_over", { to: e.data.to, by: e.by })}${because(e.data.why)}`,
  dispatched: ({ app }, e) => `${app.t("store.line.dispatched", { to: e.data.to })}${because(e.data.why)}`,
  "dispatch-settled": ({ app, ids }, e) =>
    `${app.t("store.line.replied", { n: place(ids.dispatches, e.data.dispatch) })}${because(e.data.note)}`,
  contacted: ({ app }, e) =>
    app.t("store.line.contact", {
      direction: e.data.direction,
      channel: labelOf(app, "channel", e.data.channel),
      by: e.by,
    }),
  waiting: ({ app }, e) => `${app.t("store.line.waiting")}${because(e.data.why)}`,
  "wait-ended": ({ app }) => app.t("store.line.wait_ended"),
  finished: (x, e) => {
    const { run, ended, closed_reason } = e.data;
    const { app } = x;
    const text = app.t("store.line.run_finished", { kind: runKind(x, run) });
    const lines = [ended === undefined ? text : `${text} (${labelOf(app, "ended", ended)})`];
    if (e.data.status === undefined || (e.data.status === "closed" && closed_reason === undefined))
      return lines;
    return [...lines, status(x, e.data.status, [reasonText(app, closed_reason)])];
  },
  resolved: (x, e) => status(x, "resolved", [labelOf(x.app, "outcome", e.data.outcome), e.by]),
  closed: (x, e) => {
    const { reason, override } = e.data;
    const text = status(x, "closed", [reasonText(x.app, reason), e.by]);
    return override === undefined
      ? text
      : [text, x.app.t("store.line.override", { by: e.by, why: override })];
  },
  reopened: (x, e) => `${status(x, "open", [e.by])}${because(e.data.why)}`,
  appealed: ({ app }, e) =>
    `${app.t("store.line.appealed", { ref: showRef(refOf(e.data.appeal)), to: e.data.to })}${because(e.data.why)}`,
  "appeal-settled": ({ app }, e) =>
    `${app.t("store.line.appeal_settled", {
      outcome: labelOf(app, "appeal_outcome", e.data.outcome),
      by: e.by,
    })}${because(e.data.why)}`,
  imported: (x, e) => {
    const { source, source_id, status: as, closed_reason } = e.data;
    const text = x.app.t("store.line.imported", { source, id: source_id });
    return as === undefined || as === "open"
      ? text
      : [text, status(x, as, [reasonText(x.app, closed_reason)])];
  },
  redacted: ({ app }, e) => app.t("store.line.redacted", { by: e.by }),
};

/** An answer that was changed names its promises again: each is told once, when it was made. */
function promised({ app, c, ids, told }: Telling, by: string, id: string): string[] {
  if (told.promises.has(id)) return [];
  told.promises.add(id);
  const n = place(ids.promises, id);
  return [app.t("store.line.promised", { n, what: c.promises[n - 1]?.what ?? "", by })];
}

/**
 * Oldest first, of one moment in the order it was written. `c` may show a passed deadline that no event holds yet. What a
 * lead thinks of the customer is not told here: everybody may look.
 */
export function timeline(app: App, c: Case, ids: CaseState["ids"], events: readonly CaseEvent[]): Entry[] {
  const telling: Telling = { app, ids, c, told: { warnings: 0, notes: 0, promises: new Set() } };
  const told = events.flatMap((event): Entry[] => {
    const tell = TELL[event.type] as Teller<typeof event.type> | undefined;
    return [tell?.(telling, event as never) ?? []].flat().map((text): Entry => [event.at, text]);
  });
  const written = events.filter((e) => e.type === "escalated").length;
  const coming = c.escalations.slice(written).map(
    (e): Entry => [
      e.at,
      app.t("store.line.escalated", {
        to: targetText(app, e.to),
        trigger: labelOf(app, "trigger", e.trigger),
      }),
    ],
  );
  return [...told, ...coming].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
