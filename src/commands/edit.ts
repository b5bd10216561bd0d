/** `edit`: corrections of the record; the old value stays in the trail. */
import type { App, Run } from "../app.ts";
import { refused, usage } from "../core/errors.ts";
import type { EventDraft } from "../core/event.ts";
import { FIELD_NAMES, FIELDS, type FieldSpec } from "../core/field.ts";
import type { CaseState } from "../core/fold.ts";
import { toInstant } from "../core/working-time.ts";
import { writeAndPrint } from "./case-command.ts";
import { type Edit, type EditProblem, parseEdits } from "./parse-edits.ts";

function errorOf(app: App, problem: EditProblem) {
  const { t } = app;
  switch (problem.kind) {
    case "form":
      return usage("invalid_value", t("store.edit_form", { arg: problem.arg }), t("store.edit_form_hint"));
    case "unknown":
      return usage("unknown_field", t("store.edit_unknown", { field: problem.field }), editable().join(", "));
    case "refused":
      return refused(
        "not_allowed",
        t("store.edit_refused", { field: problem.field }),
        t("store.edit_refused_hint", { command: `complaint ${problem.command}` }),
      );
    case "value":
      return usage(
        "invalid_value",
        t("store.edit_value", { field: problem.field, value: problem.value }),
        problem.expected || undefined,
      );
  }
}

function editable(): string[] {
  return FIELD_NAMES.filter((name) => (FIELDS[name] as FieldSpec).editWith === undefined);
}

/** Times as instants in UTC; the day a complaint came in is its first moment, since deadlines start there. */
function stored(app: App, { field, value }: Edit): Edit {
  const isTime = FIELDS[field].type === "instant" && typeof value === "string";
  if (!isTime || (!value.includes("T") && field !== "received_at")) return { field, value };
  return { field, value: toInstant(value, app.timeZone).toISOString() };
}

/** A complaint cannot have come in after it was opened. */
function checkReceived(app: App, edits: readonly Edit[], { case: c }: CaseState): void {
  const edit = edits.find((e) => e.field === "received_at");
  if (typeof edit?.value !== "string" || Date.parse(edit.value) <= Date.parse(c.opened_at)) return;
  const message = app.t("store.edit_value", { field: "received_at", value: edit.value });
  throw usage("invalid_value", message, app.t("store.edit_received_hint", { opened: c.opened_at }));
}

function draftsOf(edits: readonly Edit[], { case: c }: CaseState): EventDraft[] {
  return edits
    .filter(({ field, value }) => JSON.stringify(c.record[field]) !== JSON.stringify(value))
    .map(
      ({ field, value }): EventDraft =>
        value === undefined
          ? { type: "cleared", data: { field } }
          : { type: "answered", data: { field, value } },
    );
}

export const run: Run = async (app, { args }) => {
  const [ref, ...pairs] = args;
  if (pairs.length === 0)
    throw usage("missing_argument", app.t("store.edit_nothing"), app.t("store.edit_form_hint"));
  const parsed = parseEdits(pairs, app.library().taxonomies());
  if ("problem" in parsed) throw errorOf(app, parsed.problem);
  const edits = parsed.edits.map((edit) => stored(app, edit));
  let changed = 0;
  await writeAndPrint(
    app,
    ref,
    (state) => {
      checkReceived(app, edits, state);
      const drafts = draftsOf(edits, state);
      changed = drafts.length;
      return drafts;
    },
    ({ case: c }) => [app.t("store.edited", { ref: c.ref, count: changed })],
  );
};
