/** The corrective and preventive action form (《客诉纠正预防措施单》, S4): cause, actions, evidence, and whether they worked. */
import type { Action } from "../core/action.ts";
import { cut, type Form, type FormContext, fieldRow, frame, storyRow, type Table } from "./form.ts";

/** The newest of each kind: the rest is in `actions`. */
const SHOWN = 4;

function table(context: FormContext, actions: readonly Action[], least: number): Table {
  const { t, day } = context;
  return {
    head: [t("form.action"), t("form.owner"), t("form.due"), t("form.evidence")],
    rows: actions
      .slice(-SHOWN)
      .map((a) => [cut(a.what, 120), a.owner, day(a.due), cut(a.evidence ?? "", 80)]),
    least,
    widths: [44, 14, 16, 26],
  };
}

function effect(context: FormContext, actions: readonly Action[]): Table {
  const { t, day } = context;
  const measured = actions.flatMap((a) => {
    const last = a.measures.at(-1);
    return last
      ? [[a.what, t("form.days", { days: last.days }), String(last.before), String(last.after), day(last.at)]]
      : [];
  });
  return {
    head: [t("form.action"), t("form.span"), t("form.before"), t("form.after"), t("form.measured")],
    rows: measured.slice(-SHOWN),
    least: 2,
    widths: [44, 14, 14, 14, 14],
  };
}

export function capaForm(context: FormContext): Form {
  const { actions, t } = context;
  const of = (kind: Action["kind"]) => actions.filter((a) => a.kind === kind);
  return {
    ...frame(context, "capa"),
    sections: [
      {
        title: t("form.matter"),
        rows: [
          fieldRow(context, "category"),
          fieldRow(context, "product"),
          fieldRow(context, "department"),
          fieldRow(context, "severity"),
          storyRow(context, { wide: true, lines: 2 }),
        ],
      },
      {
        title: t("form.analysis"),
        rows: [
          fieldRow(context, "cause"),
          fieldRow(context, "cause_side"),
          { label: t("form.root_cause"), value: "", wide: true, lines: 6 },
        ],
      },
      { title: t("form.corrective"), rows: [], table: table(context, of("corrective"), 3) },
      { title: t("form.preventive"), rows: [], table: table(context, of("preventive"), 3) },
      { title: t("form.effect"), rows: [], table: effect(context, actions) },
      { title: t("form.lesson"), rows: [fieldRow(context, "lesson", { wide: true, lines: 3 })] },
    ],
    signatures: [t("form.sign_owner"), t("form.sign_quality"), t("form.sign_manager")],
  };
}
