/** `call-back`: the guided call after the work is done; it closes a case, or reopens it and lets it climb. */
import type { App, Run } from "../app.ts";
import { resumeCall, runLater, scriptFor } from "../call/run-call.ts";
import type { Case } from "../core/case.ts";
import { refused, usage } from "../core/errors.ts";
import { trustedKeys } from "./approval-keys.ts";
import { labelOf } from "./case-command.ts";
import { caseOf } from "./case-of.ts";
import { sweepBreaches } from "./case-writing.ts";
import { densityOf } from "./new.ts";

const SCRIPT = "call-back";

function needCallable(app: App, c: Case): void {
  if (c.status === "open" || c.status === "resolved") return;
  const { t } = app;
  const status = labelOf(app, "status", c.status);
  const hint =
    c.status === "draft" ? t("call.draft_first", { ref: c.ref }) : t("call.reopen_first", { ref: c.ref });
  throw refused("not_allowed", t("call.not_callable", { ref: c.ref, status }), hint);
}

export const run: Run = async (app, { args, flags }) => {
  const [ref] = args;
  if (ref === undefined) throw usage("missing_argument", app.t("cli.error.missingArgument", { name: "ref" }));
  const script = scriptFor(app, SCRIPT, "call-back");
  const reader = await app.reader();
  const caseId = caseOf(app, reader, ref);
  const state = reader!.state(caseId)!;
  needCallable(app, state.case);
  const store = await app.store();
  const request = {
    store,
    caseId,
    jsonl: flags.jsonl === true,
    keys: () => trustedKeys(app),
    ...densityOf(app, flags),
  };
  const left = state.runs.findLast((r) => r.kind === "call-back" && r.finished_at === undefined);
  if (left) await resumeCall(app, left.id, request);
  else await runLater(app, script, request);
  sweepBreaches(app, store);
};
