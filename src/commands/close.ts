/** `close`: ends a case with its reason; what is still owed keeps it open, save for a lead's recorded override. */
import type { App, Run } from "../app.ts";
import { refused, usage } from "../core/errors.ts";
import type { EventDraft } from "../core/event.ts";
import type { CaseState } from "../core/fold.ts";
import type { Uuid } from "../core/id.ts";
import { attemptsOf, mayGiveUp, owesNothing } from "../core/owed.ts";
import type { Policy } from "../core/policy.ts";
import {
  flagText,
  labelOf,
  type Meant,
  needFlag,
  needOneOf,
  owedLines,
  writeAndPrint,
} from "./case-command.ts";
import { caseOf } from "./case-of.ts";
import { outsideRoutes, routesToldDraft } from "./outside-routes.ts";

/** Reasons that end what the customer will not accept: a lead's, and the outside routes are told. */
const LEADS_ONLY: ReadonlySet<string> = new Set(["final_answer", "referred", "legal_route"]);
/** Reasons for which a case whose first call was never finished may be closed. */
const FOR_DRAFTS: ReadonlySet<string> = new Set(["withdrawn", "duplicate"]);

interface Closing {
  reason: string;
  override: string | undefined;
  of: string | undefined;
}

function closingOf(app: App, flags: Parameters<Run>[1]["flags"]): Closing {
  const reasons = app.library().taxonomies().closed_reason ?? [];
  const reason = needOneOf(app, "--reason", needFlag(app, flags, "reason"), reasons);
  const of = flagText(flags, "of");
  if (reason === "duplicate" && of === undefined)
    throw usage("missing_flag", app.t("case.missing_flag", { name: "--of" }), app.t("cli.error.see_help"));
  if (reason !== "duplicate" && of !== undefined)
    throw usage("invalid_value", app.t("case.of_only_duplicate"), app.t("cli.error.see_help"));
  const override = flags.override === undefined ? undefined : needFlag(app, flags, "override");
  if (override !== undefined || LEADS_ONLY.has(reason)) app.needRole("lead");
  return { reason, override, of };
}

/** The case this one is a duplicate of. */
function originalOf(app: App, { store, id }: Meant, of: string): Uuid {
  const original = caseOf(app, store, of);
  if (original === id) throw refused("not_allowed", app.t("case.duplicate_of_itself"));
  const c = store.case(original);
  if (c?.duplicate_of !== undefined)
    throw refused("not_allowed", app.t("case.duplicate_chain", { ref: c.ref, of: c.duplicate_of }));
  return original;
}

function checkContactTried(app: App, { case: c }: CaseState, policy: Policy): void {
  if (mayGiveUp(c, policy)) return;
  const attempts = attemptsOf(c);
  throw refused(
    "not_allowed",
    app.t("case.attempts_left", { ref: c.ref, attempts, needed: policy.callback.attempts }),
    app.t("case.hint_call_back", { ref: c.ref }),
  );
}

function check(app: App, state: CaseState, { reason, override }: Closing): void {
  const { case: c } = state;
  if (c.status === "closed")
    throw refused(
      "not_allowed",
      app.t("case.closed_already", {
        ref: c.ref,
        reason: labelOf(app, "closed_reason", c.record.closed_reason ?? ""),
      }),
      app.t("case.hint_reopen", { ref: c.ref }),
    );
  if (c.status === "draft" && !FOR_DRAFTS.has(reason))
    throw refused(
      "not_allowed",
      app.t("case.draft_not_closed", { ref: c.ref }),
      app.t("case.hint_finish", { ref: c.ref }),
    );
  if (override !== undefined) return;
  if (reason === "satisfied")
    throw refused(
      "not_allowed",
      app.t("case.satisfied_by_callback"),
      app.t("case.hint_call_back", { ref: c.ref }),
    );
  if (!owesNothing(c))
    throw refused(
      "owed",
      app.t("case.owed", { ref: c.ref, what: owedLines(app, c).join("; ") }),
      app.t("case.hint_settle", { ref: c.ref }),
      owedLines(app, c).map((message) => ({ message })),
    );
  if (reason === "exempt_no_contact") checkContactTried(app, state, app.library().policy());
}

/** A draft's run ends with it, or it would wait to be resumed for ever. */
function finishDrafts(state: CaseState): EventDraft[] {
  return state.runs
    .filter((run) => run.finished_at === undefined)
    .map((run) => ({ type: "finished", data: { run: run.id, status: "closed" } }));
}

export const run: Run = async (app, { args, flags }) => {
  const closing = closingOf(app, flags);
  const { reason, override, of } = closing;
  await writeAndPrint(
    app,
    args[0],
    (state, meant) => {
      check(app, state, closing);
      const duplicate_of = of === undefined ? undefined : originalOf(app, meant, of);
      const data = { reason, ...(duplicate_of ? { duplicate_of } : {}), ...(override ? { override } : {}) };
      const told = LEADS_ONLY.has(reason) ? [routesToldDraft(app)] : [];
      return [...finishDrafts(state), ...told, { type: "closed", data }];
    },
    ({ case: c }) => [
      app.t("case.closed", { ref: c.ref, reason: labelOf(app, "closed_reason", reason) }),
      ...(LEADS_ONLY.has(reason) ? outsideRoutes(app, c) : []),
      ...owedLines(app, c),
    ],
  );
};
