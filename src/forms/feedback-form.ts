/** The feedback form (《客诉反馈单》, S4): what the responsible department is told, with room for its answer. */
import { type Form, type FormContext, fieldRow, frame, storyRow, unnamed } from "./form.ts";

/** So that the answer finds room on the same sheet. */
const BRIEF = 95;

export function feedbackForm(context: FormContext): Form {
  const { case: c, t, time } = context;
  const dispatch = c.dispatches.at(-1);
  const blank = (key: string, lines: number) => ({ label: t(key), value: "", wide: true as const, lines });
  return {
    ...frame(context, "feedback"),
    sections: [
      {
        title: t("form.addressee"),
        rows: [
          { label: t("form.to_department"), value: dispatch?.to ?? String(c.record.department ?? "") },
          { label: t("form.sent"), value: time(dispatch?.at) },
          { label: t("form.from"), value: c.owner },
          { label: t("form.answer_by"), value: time(c.resolve_by) },
        ],
      },
      {
        title: t("form.matter"),
        rows: [
          fieldRow(context, "product"),
          fieldRow(context, "category"),
          fieldRow(context, "incident_at"),
          fieldRow(context, "incident_place"),
          // The department needs the matter, not the person: no name and no number stand here.
          ...[
            storyRow(context, { wide: true, lines: 3 }, 300),
            fieldRow(context, "impact", { wide: true }, BRIEF),
            fieldRow(context, "loss", { wide: true }, BRIEF),
            fieldRow(context, "evidence", { wide: true }, BRIEF),
            fieldRow(context, "emergency_measure", { wide: true }, BRIEF),
          ].map((row) => unnamed(context, row)),
        ],
      },
      {
        title: t("form.presumed"),
        rows: [fieldRow(context, "cause"), fieldRow(context, "cause_side")],
      },
      {
        title: t("form.department_answer"),
        rows: [
          blank("form.found_cause", 6),
          blank("form.responsibility", 3),
          blank("form.measure", 6),
          { label: t("form.done_by"), value: "" },
          { label: t("form.capa_needed"), value: t("form.check_yes_no") },
        ],
      },
    ],
    signatures: [t("form.sign_desk"), t("form.sign_department")],
  };
}
