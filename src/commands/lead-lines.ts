/** Below a case: where it should go and until when, a lead's assessment in force, outside routes the customer was told of. */
import type { App } from "../app.ts";
import type { CaseState } from "../core/fold.ts";
import type { Policy } from "../core/policy.ts";
import { proposalsFor, triggerFacts } from "../core/trigger.ts";
import { addSpan, workingCalendar } from "../core/working-time.ts";
import { wrapText } from "../ui/layout.ts";
import { screenText } from "../ui/screen-text.ts";
import { labelOf, targetText } from "./case-command.ts";
import { countryOf } from "./case-writing.ts";
import { showTime } from "./read-time.ts";

/** Until when a trigger's route must have been taken, counted from the opening; undefined: no time is set. */
function routeDeadline(app: App, trigger: string, openedAt: string, policy: Policy): string | undefined {
  const within = policy.triggers.find((rule) => rule.id === trigger)?.within;
  if (!within) return undefined;
  const calendar = workingCalendar(policy, app.timeZone, countryOf(app));
  return addSpan(calendar, openedAt, within).toISOString();
}

/** Escalations that the policy's triggers propose and nobody has made. */
export function proposalLines(app: App, state: CaseState): string[] {
  const { case: c } = state;
  if (c.status === "closed") return [];
  const policy = app.library().policy();
  const proposals = proposalsFor(triggerFacts(state, app.now()), c, policy).filter(
    (p) => !c.escalations.some((e) => e.to === p.to),
  );
  return proposals.flatMap(({ trigger, to }) => {
    const due = routeDeadline(app, trigger, c.opened_at, policy);
    const text = app.t(due === undefined ? "case.proposal" : "case.proposal_until", {
      to: targetText(app, to),
      trigger: labelOf(app, "trigger", trigger),
      when: due === undefined ? "" : showTime(app, due),
    });
    return [text, `  > complaint escalate ${c.ref} --to ${to} --why ...`];
  });
}

/** Only leads see what a lead thinks of the customer's good faith. */
function assessmentLines(app: App, state: CaseState): string[] {
  if (app.role !== undefined && app.role !== "lead") return [];
  const now = app.now().toISOString();
  return state.assessments
    .filter((a) => a.until > now)
    .map((a) =>
      app.t("case.assessment", {
        faith: labelOf(app, "faith", a.faith),
        when: showTime(app, a.until),
        by: a.by,
        second: a.second,
        evidence: screenText(a.evidence),
      }),
    );
}

/** Everything of the above, with an empty line before it where there is any. */
export function leadLines(app: App, state: CaseState): string[] {
  const told = state.told.map((t) =>
    app.t("case.routes_told", { when: showTime(app, t.at), by: screenText(t.by) }),
  );
  const lines = [...proposalLines(app, state), ...assessmentLines(app, state), ...told];
  const width = app.io.columns;
  return lines.length === 0 ? [] : ["", ...lines.flatMap((line) => wrapText(line, width))];
}
