/** `form`: one of the handbook's forms about a case, as Markdown or as a page to print and sign. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { App, Run } from "../app.ts";
import { fieldText } from "../call/field-text.ts";
import type { Action } from "../core/action.ts";
import type { Case } from "../core/case.ts";
import { refused } from "../core/errors.ts";
import { FIELDS } from "../core/field.ts";
import { withBreach } from "../core/trigger.ts";
import { toInstant } from "../core/working-time.ts";
import { FORM_KINDS, type FormContext, type FormKind } from "../forms/form.ts";
import { type FormFormat, formText } from "../forms/make-form.ts";
import { writeWhole } from "../store/text-file.ts";
import { flagText, labelOf, needFlag, needOneOf, remedyText, speechOf } from "./case-command.ts";
import { caseOf } from "./case-of.ts";
import { showDay, writtenTime } from "./read-time.ts";

/** A time of the record as it stands on paper: a day alone has no hour. */
function writtenMoment(app: App, text: string): string {
  const at = toInstant(text, app.timeZone).toISOString();
  return text.includes("T") ? writtenTime(app, at) : showDay(app, at);
}

/** Everything the form may say, in this language. */
function contextOf(app: App, c: Case, actions: readonly Action[]): FormContext {
  const { fields } = app.library().words(app.locale);
  const speech = speechOf(app);
  const ofCause = actions.filter(
    (a) => a.cause === c.record.cause && (a.category === undefined || a.category === c.record.category),
  );
  return {
    case: c,
    actions: ofCause,
    org: app.org,
    locale: app.locale,
    t: app.t,
    printedAt: app.now().toISOString(),
    label: (field) => fields[field]?.label ?? field,
    value: (field) => {
      const value = c.record[field];
      if (value === undefined || value === null) return "";
      return FIELDS[field].type === "instant"
        ? writtenMoment(app, String(value))
        : fieldText(field, value, speech);
    },
    word: (taxonomy, id) => labelOf(app, taxonomy, id),
    time: (at) => (at === undefined ? "" : writtenTime(app, at)),
    day: (at) => (at === undefined ? "" : showDay(app, at)),
    remedy: (of) => remedyText(app, of),
  };
}

export const run: Run = async (app, { args, flags }) => {
  const kind = needOneOf(app, "--kind", needFlag(app, flags, "kind"), FORM_KINDS) as FormKind;
  const format = needOneOf(app, "--format", flagText(flags, "format") ?? "md", ["md", "html"]) as FormFormat;
  const output = flagText(flags, "output");
  const store = await app.reader();
  const id = caseOf(app, store, args[0] ?? "");
  const c = withBreach(store!.case(id)!, app.now(), app.library().policy());
  const content = formText(kind, format, contextOf(app, c, store!.actions()));
  if (output === undefined) {
    app.print({ json: { kind, format, content }, text: () => content });
    return;
  }
  const path = resolve(output);
  if (existsSync(path) && flags.force !== true)
    throw refused("file_exists", app.t("form.exists", { path: output }), app.t("form.exists_hint"));
  writeWhole(path, [content]);
  app.print({ json: { kind, format, path }, text: () => app.t("form.written", { path: output }) });
};
