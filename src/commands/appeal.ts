/** `appeal`: somebody who never touched the case looks at it again; `appeal settle` writes down what he decided. */
import type { App, Run } from "../app.ts";
import { newCaseId } from "../call/start.ts";
import { refused, usage } from "../core/errors.ts";
import type { EventData, EventDraft } from "../core/event.ts";
import type { CaseState } from "../core/fold.ts";
import { newId } from "../core/id.ts";
import type { Store } from "../core/store-port.ts";
import { labelOf, type Meant, meantCase, needFlag, needOneOf, printCase } from "./case-command.ts";
import { completeDrafts } from "./case-writing.ts";
import { appealedCase, handlersOf, needIndependent } from "./independence.ts";
import { outsideRoutes, routesToldDraft } from "./outside-routes.ts";

type Flags = Parameters<Run>[1]["flags"];
type Outcome = EventData["appeal-settled"]["outcome"];

/** What an appeal starts with, so that the customer tells nothing twice. */
const CARRIED = [
  "channel",
  "customer_name",
  "customer_phone",
  "customer_email",
  "customer_account",
  "customer_address",
  "customer_class",
  "identity_verified",
  "contact_ok",
  "callback_channel",
  "product",
  "category",
  "cause",
  "department",
  "severity",
] as const;

/** How the outcome of an appeal stands in the record. */
const RECORDED: Readonly<Record<Outcome, string>> = {
  upheld: "resolved_later",
  partly: "partly",
  not: "not_upheld",
};

/** The events of the appeal's own case: opened, what is known carried over, and at once open. */
function appealDrafts(app: App, store: Store, about: CaseState, to: string, why: string): EventDraft[] {
  const script = app.library().script("appeal", app.locale) ?? app.library().script("good-faith", app.locale);
  if (!script) throw new Error("the package has no script for appeals");
  store.putScript(script);
  const pin = { id: script.id, hash: script.hash };
  const run = newId(+app.now(), app.random);
  const { record } = about.case;
  const carried = CARRIED.filter((field) => record[field] !== undefined);
  return [
    { type: "opened", data: { script: pin, locale: app.locale, owner: to, appeal_of: about.case.id } },
    { type: "run-started", data: { run, kind: "appeal", script: pin, locale: app.locale } },
    ...carried.map((field): EventDraft => ({ type: "answered", data: { run, field, value: record[field] } })),
    { type: "answered", data: { run, field: "summary", value: why } },
    { type: "finished", data: { run, status: "open" } },
  ];
}

function checkAppealable(app: App, about: CaseState): void {
  const { case: c } = about;
  if (c.status === "draft")
    throw refused(
      "not_allowed",
      app.t("case.appeal_of_draft", { ref: c.ref }),
      app.t("case.hint_finish", { ref: c.ref }),
    );
  if (c.appeal_of !== undefined)
    throw refused("not_allowed", app.t("case.appeal_of_appeal", { ref: c.ref, of: c.appeal_of }));
}

async function open(app: App, ref: string, flags: Flags): Promise<void> {
  const to = needFlag(app, flags, "to").trim();
  const why = needFlag(app, flags, "why");
  if (to === app.agent)
    throw refused("own_appeal", app.t("case.appeal_self"), app.t("case.not_independent_hint"));
  const { store, id } = await meantCase(app, ref);
  const about = store.state(id)!;
  checkAppealable(app, about);
  if (handlersOf(store.events(id)).has(to))
    throw refused(
      "not_independent",
      app.t("case.not_independent", { name: to, ref: about.case.ref }),
      app.t("case.not_independent_hint"),
    );
  const appeal = newCaseId(store, app);
  const drafts = completeDrafts(app, store, appeal, appealDrafts(app, store, about, to, why));
  // The appeal comes last, so that `last` means it.
  const [, made] = store.appendAll([
    { caseId: id, drafts: [{ type: "appealed", data: { appeal, to, why } }] },
    { caseId: appeal, drafts },
  ]);
  const { case: c } = made!;
  printCase(app, c, () => [
    app.t("case.appealed", { ref: c.ref, of: about.case.ref, to }),
    app.t("case.appealed_next", { ref: c.ref }),
  ]);
}

function settleDrafts(
  app: App,
  state: CaseState,
  { id }: Meant,
  outcome: Outcome,
  why: string,
): EventDraft[] {
  const { case: c } = state;
  if (c.appeals.some((a) => a.ref === c.ref && a.outcome !== undefined))
    throw refused("not_allowed", app.t("case.appeal_settled_already", { ref: c.ref }));
  const resolved: EventDraft[] =
    c.status === "open" || c.status === "draft"
      ? [{ type: "resolved", data: { outcome: RECORDED[outcome] } }]
      : [];
  return [
    { type: "appeal-settled", data: { outcome, why, appeal: id } },
    ...(outcome === "upheld" ? [] : [routesToldDraft(app)]),
    ...resolved,
  ];
}

async function settle(app: App, ref: string | undefined, flags: Flags): Promise<void> {
  const outcomes = app.library().taxonomies().appeal_outcome ?? ["upheld", "partly", "not"];
  const outcome = needOneOf(app, "--outcome", needFlag(app, flags, "outcome"), outcomes) as Outcome;
  const why = needFlag(app, flags, "why");
  const meant = await meantCase(app, ref);
  const { store, id } = meant;
  const about = appealedCase(store, id);
  const known = store.case(id)!;
  if (about === undefined)
    throw refused("not_allowed", app.t("case.no_appeal", { ref: known.ref }), app.t("case.no_appeal_hint"));
  needIndependent(app, store, id, app.agent, false);
  const state = store.update(id, (now) =>
    completeDrafts(app, store, id, settleDrafts(app, now, meant, outcome, why)),
  );
  if (store.has(about)) store.append(about, [{ type: "appeal-settled", data: { outcome, why, appeal: id } }]);
  const { case: c } = state;
  printCase(app, c, () => [
    app.t("case.appeal_settled", {
      ref: c.ref,
      of: c.appeal_of ?? "",
      outcome: labelOf(app, "appeal_outcome", outcome),
    }),
    ...(outcome === "upheld"
      ? [app.t("case.appeal_upheld_next", { of: c.appeal_of ?? "" })]
      : outsideRoutes(app, c)),
  ]);
}

export const run: Run = async (app, { args, flags }) => {
  const [first, ref] = args;
  if (first === "settle") await settle(app, ref, flags);
  else if (ref !== undefined)
    throw usage("excess_arguments", app.t("cli.error.excessArguments"), app.t("cli.error.see_help"));
  else await open(app, first!, flags);
};
