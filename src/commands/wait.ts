/** `wait`: the customer has the next step, so the clocks stand still until `wait end`. */
import type { Run } from "../app.ts";
import { isWaiting } from "../core/clock.ts";
import { refused, usage } from "../core/errors.ts";
import { needFlag, needStatus, writeAndPrint } from "./case-command.ts";
import { showTime } from "./read-time.ts";

export const run: Run = async (app, { args, flags }) => {
  const [first, ref] = args;
  if (first === "end") {
    await writeAndPrint(
      app,
      ref,
      ({ case: c }) => {
        if (!isWaiting(c)) throw refused("not_allowed", app.t("case.not_waiting", { ref: c.ref }));
        return [{ type: "wait-ended", data: {} }];
      },
      ({ case: c }) => [
        app.t("case.wait_ended", { ref: c.ref, when: c.resolve_by ? showTime(app, c.resolve_by) : "-" }),
      ],
    );
    return;
  }
  if (ref !== undefined)
    throw usage("excess_arguments", app.t("cli.error.excessArguments"), app.t("cli.error.see_help"));
  const why = needFlag(app, flags, "why");
  await writeAndPrint(
    app,
    first,
    ({ case: c }) => {
      needStatus(app, c, ["draft", "open"], app.t("case.hint_show", { ref: c.ref }));
      if (isWaiting(c))
        throw refused("not_allowed", app.t("case.waiting_already", { ref: c.ref, why: c.waits.at(-1)!.why }));
      return [{ type: "waiting", data: { why } }];
    },
    ({ case: c }) => [app.t("case.waiting", { ref: c.ref }), app.t("case.waiting_next", { ref: c.ref })],
  );
};
