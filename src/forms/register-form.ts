/** The register form (《顾客投诉登记表》, S2-A): who, what happened, what is wanted, what was agreed, and the customer's signature. */
import { cut, type Form, type FormContext, fieldRow, frame, listed, type Row } from "./form.ts";

/** A long story may run over to a second page, not further. */
const WORDS = 1600;
const PROMISES = 6;
/** How to reach the customer is never cut short. */
const CONTACT = 120;

function agreed(context: FormContext): Row[] {
  const { case: c, t, remedy, time } = context;
  // What nobody has approved yet is not promised by a form that the customer signs.
  const accepted = (c.record.options ?? []).filter(
    (o) => o.accepted && (o.approval === undefined || o.approval === "approved"),
  );
  const promises = c.promises.filter((p) => p.state !== "broken");
  return [
    { label: t("form.agreed_remedies"), value: listed(accepted.map(remedy), context), wide: true, lines: 2 },
    {
      label: t("form.promises"),
      value: promises
        .slice(0, PROMISES)
        .map((p) => t("form.promise", { what: cut(p.what, 120), when: time(p.due_at) }))
        .join("\n"),
      wide: true,
      lines: 2,
    },
    fieldRow(context, "deadline"),
    fieldRow(context, "deadline_reason", {}, CONTACT),
    fieldRow(context, "agreed"),
    fieldRow(context, "confirmed_by"),
    fieldRow(context, "dispute_point", { wide: true }),
  ];
}

export function registerForm(context: FormContext): Form {
  const { case: c, t, time } = context;
  const received = String(c.record.received_at ?? c.opened_at);
  return {
    ...frame(context, "register"),
    sections: [
      {
        title: t("form.intake"),
        rows: [
          { label: context.label("received_at"), value: time(received) },
          fieldRow(context, "channel"),
          { label: t("form.agent"), value: c.agent },
          fieldRow(context, "place", {}, CONTACT),
        ],
      },
      {
        title: t("form.customer"),
        rows: [
          fieldRow(context, "customer_name", {}, CONTACT),
          fieldRow(context, "customer_phone", {}, CONTACT),
          fieldRow(context, "customer_email", {}, CONTACT),
          fieldRow(context, "customer_account", {}, CONTACT),
          fieldRow(context, "customer_address", { wide: true }),
          fieldRow(context, "customer_class"),
          fieldRow(context, "callback_channel"),
        ],
      },
      {
        title: t("form.story"),
        rows: [
          fieldRow(context, "words", { wide: true, lines: 4 }, WORDS),
          fieldRow(context, "incident_at"),
          fieldRow(context, "incident_place", {}, CONTACT),
          fieldRow(context, "product", {}, CONTACT),
          fieldRow(context, "loss", {}, CONTACT),
          fieldRow(context, "evidence", { wide: true }),
          fieldRow(context, "tried", { wide: true }),
          fieldRow(context, "demand", { wide: true, lines: 2 }),
          fieldRow(context, "expected_outcome", { wide: true }),
        ],
      },
      {
        title: t("form.judgement"),
        rows: [
          fieldRow(context, "category"),
          fieldRow(context, "severity"),
          fieldRow(context, "flags"),
          fieldRow(context, "department", {}, CONTACT),
        ],
      },
      { title: t("form.agreement"), rows: agreed(context) },
    ],
    signatures: [t("form.sign_customer"), t("form.sign_handler"), t("form.sign_lead")],
  };
}
