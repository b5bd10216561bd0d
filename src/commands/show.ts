/** `show`: one case whole and unmasked — record, what is owed, timeline; its events and looks; the lines that were on screen. */
import type { Run } from "../app.ts";
import { usage } from "../core/errors.ts";
import type { CaseState } from "../core/fold.ts";
import type { Store } from "../core/store-port.ts";
import { withBreach } from "../core/trigger.ts";
import { caseOf } from "./case-of.ts";
import { leadLines } from "./lead-lines.ts";
import { caseText, eventsText, sayText } from "./show-text.ts";

/** Lines and tips in the order they were shown. */
function shownOf(state: CaseState) {
  return state.runs
    .flatMap((run) =>
      run.shown.map(({ at, step, kind, key, text }) => ({ at, run: run.id, step, kind, key, text })),
    )
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function trailOf(store: Store, id: string) {
  return {
    events: store
      .events(id)
      .map(({ id: event, seq, at, by, type, data }) => ({ id: event, seq, at, by, type, data })),
    access: store.access(id).map(({ at, by, command }) => ({ at, by, command })),
  };
}

export type Trail = ReturnType<typeof trailOf>;
export type Shown = ReturnType<typeof shownOf>;

export const run: Run = async (app, { args, flags }) => {
  const [ref] = args;
  if (ref === undefined) throw usage("missing_argument", app.t("cli.error.missingArgument", { name: "ref" }));
  const store = await app.reader();
  const id = caseOf(app, store, ref);
  const state = store!.state(id)!;
  const shown = withBreach(state.case, app.now(), app.library().policy());
  const trail = flags.events === true ? trailOf(store!, id) : undefined;
  const say = flags.say === true ? shownOf(state) : undefined;
  app.print({
    json: { ...shown, ...trail, ...(say ? { say } : {}) },
    text: () =>
      [
        ...(say && !trail
          ? []
          : [...caseText(app, shown, state, store!.events(id)), ...leadLines(app, state)]),
        ...(say ? sayText(app, say) : []),
        ...(trail ? eventsText(app, trail) : []),
      ].join("\n"),
  });
};
