/** `contact`: writes down that the customer was contacted, "no news yet" included; with --script it is a guided contact. */
import type { App, Input, Run } from "../app.ts";
import { refused } from "../core/errors.ts";
import type { EventDraft } from "../core/event.ts";
import type { RunKind } from "../core/script.ts";
import {
  flagText,
  labelOf,
  meantCase,
  needFlag,
  needOneOf,
  needStatus,
  writeAndPrint,
} from "./case-command.ts";
import { changeCase } from "./case-writing.ts";
import { needIndependent } from "./independence.ts";
import { showTime } from "./read-time.ts";

type Flags = Input["flags"];

const noted = (note: string | undefined): EventDraft[] =>
  note === undefined ? [] : [{ type: "noted", data: { text: note } }];

/** An appeal is heard in its own script; every other contact in between is a progress contact. */
function kindOf(app: App, script: string): RunKind {
  const info = app
    .library()
    .scriptInfos(app.locale)
    .find((i) => i.id === script);
  return info?.kind === "appeal" ? "appeal" : "progress";
}

async function guided(
  app: App,
  ref: string | undefined,
  channel: string,
  id: string,
  flags: Flags,
): Promise<void> {
  const [{ runLater, scriptFor }, { trustedKeys }, { densityOf }] = await Promise.all([
    import("../call/run-call.ts"),
    import("./approval-keys.ts"),
    import("./new.ts"),
  ]);
  const script = scriptFor(app, id, kindOf(app, id));
  const { store, id: caseId } = await meantCase(app, ref);
  const c = store.case(caseId)!;
  if (script.kind === "appeal") {
    if (c.appeal_of === undefined)
      throw refused("not_allowed", app.t("case.no_appeal", { ref: c.ref }), app.t("case.no_appeal_hint"));
    needIndependent(app, store, caseId, app.agent, false);
  }
  needStatus(app, c, ["open", "resolved", "closed"], app.t("case.hint_finish", { ref: c.ref }));
  const note = flagText(flags, "note");
  if (note !== undefined) changeCase(app, store, caseId, () => noted(note));
  await runLater(app, script, {
    store,
    caseId,
    channel,
    jsonl: flags.jsonl === true,
    keys: () => trustedKeys(app),
    ...densityOf(app, flags),
  });
}

export const run: Run = async (app, { args, flags }) => {
  const channels = app.library().taxonomies().channel ?? [];
  const channel = needOneOf(app, "--channel", needFlag(app, flags, "channel"), channels);
  const script = flagText(flags, "script");
  if (script !== undefined) return guided(app, args[0], channel, script, flags);
  const note = flagText(flags, "note");
  await writeAndPrint(
    app,
    args[0],
    () => [{ type: "contacted", data: { channel, direction: "out" } }, ...noted(note)],
    ({ case: c }) => [
      app.t("case.contacted", { ref: c.ref, channel: labelOf(app, "channel", channel) }),
      ...(c.update_by === undefined
        ? []
        : [app.t("case.contacted_next", { when: showTime(app, c.update_by) })]),
    ],
  );
};
