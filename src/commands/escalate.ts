/** `escalate`: takes a case one level up, or to a department or person, with the card and the sentence for the customer. */
import type { Run } from "../app.ts";
import { cardLines } from "../call/handover.ts";
import { routeOf } from "../core/trigger.ts";
import { needFlag, needStatus, speechOf, targetText, writeAndPrint } from "./case-command.ts";
import { tellCustomer } from "./tell-customer.ts";

export const run: Run = async (app, { args, flags }) => {
  const wanted = needFlag(app, flags, "to").trim();
  const why = needFlag(app, flags, "why");
  await writeAndPrint(
    app,
    args[0],
    ({ case: c }) => {
      needStatus(app, c, ["draft", "open", "resolved"], app.t("case.hint_reopen", { ref: c.ref }));
      const to = routeOf(wanted, c, app.library().policy());
      return [{ type: "escalated", data: { to, why, trigger: "manual" } }];
    },
    (state) => {
      const { case: c } = state;
      const { to } = c.escalations.at(-1)!;
      const decides = to === "lead" ? app.config.lead : app.t("case.tell_who", { level: to });
      const say = tellCustomer(app, state, "escalate-tell", decides);
      return [
        app.t("case.escalated", { ref: c.ref, to: targetText(app, to) }),
        ...(say ? [app.t("case.say", { line: say })] : []),
        "",
        ...cardLines(state.case, speechOf(app)),
      ];
    },
  );
};
