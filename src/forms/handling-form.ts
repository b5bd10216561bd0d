/** The handling form (《投诉处理单》, S3): what was found and done, by whom, what it cost, and what the customer says to it. */
import { cut, type Form, type FormContext, fieldRow, frame, storyRow, type Table } from "./form.ts";

/** The newest steps; the whole trail is in the case. */
const STEPS = 4;
const OPTIONS = 4;
/** So that everything stays on one sheet. */
const BRIEF = 85;

function steps(context: FormContext): Table {
  const { case: c, t, time, word } = context;
  const all: [string, string, string][] = [
    ...c.contacts.map((x): [string, string, string] => [
      x.at,
      x.by,
      t("form.contact", { direction: x.direction, channel: word("channel", x.channel) }),
    ]),
    ...c.dispatches.map((d): [string, string, string] => [
      d.at,
      d.to,
      t(d.replied_at === undefined ? "form.dispatched" : "form.dispatch_replied", {
        why: cut(d.why ?? "", 45),
      }),
    ]),
    ...c.escalations.map((e): [string, string, string] => [
      e.at,
      e.by,
      t("form.escalated", { to: t("case.level", { level: e.to }), trigger: word("trigger", e.trigger) }),
    ]),
    ...c.notes.map((n): [string, string, string] => [n.at, n.by, cut(n.text, 55)]),
  ];
  const newest = all.sort((a, b) => (a[0] < b[0] ? -1 : 1)).slice(-STEPS);
  return {
    head: [t("form.when"), t("form.who"), t("form.step")],
    rows: newest.map(([at, by, what]) => [time(at), by, what]),
    least: 3,
    widths: [28, 20, 52],
  };
}

function money(context: FormContext): Table {
  const { case: c, t, remedy, word } = context;
  return {
    head: [t("form.option"), t("form.accepted"), t("form.approval")],
    rows: (c.record.options ?? []).slice(0, OPTIONS).map((o) => {
      const decided = c.approvals.findLast((a) => a.remedy === o.remedy && a.amount === o.amount);
      const by = decided?.decided_by === undefined ? "" : ` (${decided.decided_by})`;
      return [
        remedy(o),
        t("form.yes_no", { yes: String(o.accepted) }),
        o.approval ? word("approval_state", o.approval) + by : "",
      ];
    }),
    least: 2,
    widths: [46, 18, 36],
  };
}

export function handlingForm(context: FormContext): Form {
  const { case: c, t, time, word } = context;
  const callback = c.callbacks.findLast((b) => b.result !== undefined);
  return {
    ...frame(context, "handling"),
    sections: [
      {
        title: t("form.matter"),
        rows: [
          { label: t("form.opened"), value: time(c.opened_at) },
          { label: t("form.resolve_by"), value: time(c.resolve_by) },
          { label: t("form.owner"), value: c.owner },
          { label: t("form.status"), value: word("status", c.status) },
          fieldRow(context, "category"),
          fieldRow(context, "severity"),
          storyRow(context, { wide: true, lines: 1 }, 160),
          fieldRow(context, "demand", { wide: true }, BRIEF),
        ],
      },
      {
        title: t("form.analysis"),
        rows: [
          fieldRow(context, "cause"),
          fieldRow(context, "cause_side"),
          fieldRow(context, "responsible_party"),
          fieldRow(context, "department"),
          fieldRow(context, "emergency_measure", { wide: true }, BRIEF),
        ],
      },
      { title: t("form.steps"), rows: [], table: steps(context) },
      { title: t("form.resolution"), rows: [], table: money(context) },
      {
        title: t("form.result"),
        rows: [
          fieldRow(context, "outcome"),
          { label: t("form.resolved"), value: time(c.resolved_at) },
          {
            label: t("form.callback"),
            value: callback?.result ? `${word("callback_result", callback.result)} ${time(callback.at)}` : "",
          },
          fieldRow(context, "satisfaction"),
          fieldRow(context, "opinion_process", { wide: true }, BRIEF),
          fieldRow(context, "opinion_measures", { wide: true }, BRIEF),
          fieldRow(context, "opinion_result", { wide: true }, BRIEF),
          fieldRow(context, "closed_reason"),
          { label: t("form.closed"), value: time(c.closed_at) },
          fieldRow(context, "lesson", { wide: true }, BRIEF),
        ],
      },
    ],
    signatures: [t("form.sign_handler"), t("form.sign_department"), t("form.sign_lead")],
  };
}
