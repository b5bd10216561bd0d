/** `hand-over`: a case goes to a colleague together with the card he reads in twenty seconds. */
import type { Run } from "../app.ts";
import { cardLines } from "../call/handover.ts";
import { refused } from "../core/errors.ts";
import { flagText, needFlag, needStatus, speechOf, writeAndPrint } from "./case-command.ts";
import { needIndependent } from "./independence.ts";
import { tellCustomer } from "./tell-customer.ts";

export const run: Run = async (app, { args, flags }) => {
  const to = needFlag(app, flags, "to").trim();
  const why = flagText(flags, "why");
  await writeAndPrint(
    app,
    args[0],
    ({ case: c }, { store, id }) => {
      needStatus(app, c, ["draft", "open", "resolved"], app.t("case.hint_reopen", { ref: c.ref }));
      if (c.owner === to) throw refused("not_allowed", app.t("case.owns_already", { ref: c.ref, name: to }));
      needIndependent(app, store, id, to);
      return [{ type: "handed-over", data: { to, ...(why ? { why } : {}) } }];
    },
    (state) => {
      const say = tellCustomer(app, state, "transfer-warm");
      return [
        app.t("case.handed_over", { ref: state.case.ref, to }),
        ...(say ? [app.t("case.say", { line: say })] : []),
        "",
        ...cardLines(state.case, speechOf(app)),
      ];
    },
  );
};
