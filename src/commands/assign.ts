/** `assign`: gives a case to somebody, who then owes its next step. */
import type { Run } from "../app.ts";
import { cardLines } from "../call/handover.ts";
import { flagText, needFlag, needStatus, speechOf, writeAndPrint } from "./case-command.ts";
import { needIndependent } from "./independence.ts";

export const run: Run = async (app, { args, flags }) => {
  const to = needFlag(app, flags, "to").trim();
  const why = flagText(flags, "why");
  await writeAndPrint(
    app,
    args[0],
    ({ case: c }, { store, id }) => {
      needStatus(app, c, ["draft", "open", "resolved"], app.t("case.hint_reopen", { ref: c.ref }));
      needIndependent(app, store, id, to);
      return [{ type: "assigned", data: { to, ...(why ? { why } : {}) } }];
    },
    (state) => [
      app.t("case.assigned", { ref: state.case.ref, to }),
      "",
      ...cardLines(state.case, speechOf(app)),
    ],
  );
};
