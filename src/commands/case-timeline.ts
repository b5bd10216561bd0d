/** What happened to a case, in the order of time. */
import type { App } from "../app.ts";
import type { Case } from "../core/case.ts";
import type { UtcIso } from "../core/event.ts";
import { labelOf } from "./case-command.ts";
import { showTime } from "./read-time.ts";

type Entry = [at: UtcIso, text: string];

function begun(app: App, c: Case): Entry[] {
  return c.runs.map(
    (r): Entry => [
      r.started_at,
      app.t("store.line.run_started", { kind: labelOf(app, "run_kind", r.kind), script: r.script }),
    ],
  );
}

function finished(app: App, c: Case): Entry[] {
  return c.runs
    .filter((r) => r.finished_at !== undefined)
    .map(
      (r): Entry => [
        r.finished_at!,
        app.t("store.line.run_finished", { kind: labelOf(app, "run_kind", r.kind) }),
      ],
    );
}

function promiseEntries(app: App, c: Case): Entry[] {
  const { t } = app;
  return c.promises.flatMap((p): Entry[] => [
    [p.made_at, t("store.line.promised", { n: p.n, what: p.what, by: p.by })],
    ...p.moves.map((m): Entry => [m.at, t("store.line.moved", { n: p.n, when: showTime(app, m.to) })]),
    ...(p.settled_at
      ? [
          [
            p.settled_at,
            t("store.line.settled", { n: p.n, state: labelOf(app, "promise_state", p.state) }),
          ] as Entry,
        ]
      : []),
  ]);
}

function dealings(app: App, c: Case): Entry[] {
  const { t } = app;
  const because = (why: string | undefined) => (why ? `: ${why}` : "");
  return [
    ...c.contacts.map(
      (x): Entry => [
        x.at,
        t("store.line.contact", {
          direction: x.direction,
          channel: labelOf(app, "channel", x.channel),
          by: x.by,
        }),
      ],
    ),
    ...c.escalations.map(
      (e): Entry => [
        e.at,
        `${t("store.line.escalated", { to: t("case.level", { level: e.to }), trigger: e.trigger })}${because(e.why)}`,
      ],
    ),
    ...c.dispatches.map((d): Entry => [d.at, `${t("store.line.dispatched", { to: d.to })}${because(d.why)}`]),
    ...c.warnings.map((w): Entry => [w.at, `${t("store.line.warned", { n: w.n })}${because(w.words)}`]),
    ...c.notes.map((n): Entry => [n.at, t("store.line.note", { n: n.n, by: n.by, text: n.text })]),
    ...c.approvals.map((a): Entry => [a.asked_at, t("store.line.asked", { n: a.n, by: a.by })]),
  ];
}

/** Statuses, conversations, moods, promises, contacts, notes: oldest first; of one moment, in this order. */
export function timeline(app: App, c: Case): Entry[] {
  const { t } = app;
  const statuses = c.statuses.map(
    (s): Entry => [s.at, t("store.line.status", { status: labelOf(app, "status", s.status) })],
  );
  const moods = c.moods.map(
    (m): Entry => [m.at, t("store.line.mood", { mood: m.mood, stage: labelOf(app, "stage", m.stage) })],
  );
  const [first, ...later] = statuses;
  const all = [
    ...(first ? [first] : []),
    ...begun(app, c),
    ...moods,
    ...promiseEntries(app, c),
    ...dealings(app, c),
    ...finished(app, c),
    ...later,
  ];
  return all.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
