/** `actions`: corrective and preventive actions tied to a cause: owner, due day, evidence, and the cause's count before and after. */
import type { App, Run } from "../app.ts";
import { type Action, measureSpans } from "../core/action.ts";
import { refused, usage } from "../core/errors.ts";
import { newId, plainBase32 } from "../core/id.ts";
import type { Store } from "../core/store-port.ts";
import { screenText } from "../ui/screen-text.ts";
import { flagText, labelOf, needFlag, needOneOf } from "./case-command.ts";
import { writingStore } from "./case-writing.ts";
import { needFuture, readTime, showDay } from "./read-time.ts";

type Flags = Parameters<Run>[1]["flags"];
type Numbered = Action & { n: number };

function numbered(store: Store | undefined): Numbered[] {
  return (store?.actions() ?? []).map((action, i) => ({ n: i + 1, ...action }));
}

type State = "open" | "overdue" | "done";

function stateOf(app: App, { done_at, due }: Action): State {
  if (done_at !== undefined) return "done";
  return Date.parse(due) < +app.now() ? "overdue" : "open";
}

function lineOf(app: App, action: Numbered): string {
  const measure = action.measures.at(-1);
  const counts =
    measure === undefined
      ? ""
      : app.t("case.action_counts", { days: measure.days, before: measure.before, after: measure.after });
  return [
    `${action.n}  ${action.ref}`,
    app.t("case.action_kind", { kind: action.kind }),
    labelOf(app, "cause", action.cause),
    ...(action.category === undefined ? [] : [labelOf(app, "category", action.category)]),
    action.what,
    action.owner,
    app.t("case.action_state", {
      state: stateOf(app, action),
      when: showDay(app, action.done_at ?? action.due),
    }),
    ...(counts === "" ? [] : [counts]),
  ]
    .map(screenText)
    .join("  ");
}

function printAction(app: App, action: Numbered): void {
  app.print({ json: action, text: () => lineOf(app, action) });
}

/** The action a number of the list or a ref means. */
function meantAction(app: App, store: Store, given: string | undefined): Numbered {
  if (given === undefined)
    throw usage("missing_argument", app.t("cli.error.missingArgument", { name: "n" }), "complaint actions");
  const all = numbered(store);
  const plain = plainBase32(given);
  const byNumber = /^\d{1,5}$/.test(given) ? all.find((a) => a.n === Number(given)) : undefined;
  const byRef = plain && plain.length >= 3 ? all.filter((a) => plainBase32(a.ref)?.startsWith(plain)) : [];
  const found = byNumber ?? (byRef.length === 1 ? byRef[0] : undefined);
  if (found) return found;
  throw refused("not_found", app.t("case.no_action", { n: given }), app.t("case.no_action_hint"));
}

async function add(app: App, flags: Flags): Promise<void> {
  const { cause: causes = [], category: categories = [] } = app.library().taxonomies();
  const cause = needOneOf(app, "--cause", needFlag(app, flags, "cause"), causes);
  const wanted = flagText(flags, "category");
  const category = wanted === undefined ? undefined : needOneOf(app, "--category", wanted, categories);
  const kind = needOneOf(app, "--kind", flagText(flags, "kind") ?? "corrective", [
    "corrective",
    "preventive",
  ]);
  const what = needFlag(app, flags, "what");
  const owner = (flagText(flags, "owner") ?? app.agent).trim();
  const due = needFuture(app, await readTime(app, "--due", needFlag(app, flags, "due"), { endOfDay: true }));
  const store = await writingStore(app);
  const action = store.appendAction(newId(+app.now(), app.random), [
    {
      type: "action-added",
      data: { cause, ...(category ? { category } : {}), kind: kind as Action["kind"], what, owner, due },
    },
  ]);
  printAction(app, numbered(store).find((a) => a.id === action.id)!);
}

async function done(app: App, given: string | undefined, flags: Flags): Promise<void> {
  const evidence = needFlag(app, flags, "evidence");
  const store = await writingStore(app);
  const action = meantAction(app, store, given);
  if (action.done_at !== undefined)
    throw refused(
      "not_allowed",
      app.t("case.action_done_already", { n: action.n, when: showDay(app, action.done_at) }),
    );
  const now = store.appendAction(action.id, [{ type: "action-done", data: { evidence } }]);
  printAction(app, { n: action.n, ...now });
}

/** Cases of a cause received in [since, until); a duplicate counts once, in the case it duplicates. */
function received(store: Store, action: Action, [since, until]: [string, string]): number {
  const { cases } = store.list({
    cause: action.cause,
    ...(action.category === undefined ? {} : { category: action.category }),
    status: ["open", "resolved", "closed"],
    since,
    until,
  });
  return cases.filter((c) => c.record.closed_reason !== "duplicate").length;
}

async function measure(app: App, given: string | undefined): Promise<void> {
  const store = await writingStore(app);
  const action = meantAction(app, store, given);
  if (action.done_at === undefined)
    throw refused(
      "not_allowed",
      app.t("case.action_not_done", { n: action.n }),
      app.t("case.action_done_hint", { n: action.n }),
    );
  const spans = measureSpans(action.done_at, app.now());
  if (spans.days === 0) throw refused("not_allowed", app.t("case.action_too_early", { n: action.n }));
  const data = {
    days: spans.days,
    before: received(store, action, spans.before),
    after: received(store, action, spans.after),
  };
  const now = store.appendAction(action.id, [{ type: "action-measured", data }]);
  printAction(app, { n: action.n, ...now });
}

export const run: Run = async (app, { args, flags }) => {
  const [what = "list", n] = args;
  if (what === "add") await add(app, flags);
  else if (what === "done") await done(app, n, flags);
  else if (what === "measure") await measure(app, n);
  else if (what === "list") {
    const actions = numbered(await app.reader());
    app.print({
      json: { actions },
      text: () =>
        actions.length === 0 ? app.t("case.no_actions") : actions.map((a) => lineOf(app, a)).join("\n"),
    });
  } else
    throw usage(
      "not_in_set",
      app.t("cli.error.not_in_set", { name: "actions", value: what }),
      "list, add, done, measure",
    );
};
