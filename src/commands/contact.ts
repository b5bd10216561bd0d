/** `contact`: writes down that the customer was contacted, "no news yet" included; with --script it is a guided contact. */
import type { Run } from "../app.ts";
import { flagText, labelOf, needFlag, needOneOf, writeAndPrint } from "./case-command.ts";
import { showTime } from "./read-time.ts";

export const run: Run = async (app, { args, flags }) => {
  const channels = app.library().taxonomies().channel ?? [];
  const channel = needOneOf(app, "--channel", needFlag(app, flags, "channel"), channels);
  const note = flagText(flags, "note");
  await writeAndPrint(
    app,
    args[0],
    () => [
      { type: "contacted", data: { channel, direction: "out" } },
      ...(note === undefined ? [] : [{ type: "noted" as const, data: { text: note } }]),
    ],
    ({ case: c }) => [
      app.t("case.contacted", { ref: c.ref, channel: labelOf(app, "channel", channel) }),
      ...(c.update_by === undefined
        ? []
        : [app.t("case.contacted_next", { when: showTime(app, c.update_by) })]),
    ],
  );
};
