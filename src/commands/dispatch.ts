/** `dispatch`: sends a department a work order, or notes that it replied. */
import type { Run } from "../app.ts";
import { refused, usage } from "../core/errors.ts";
import { flagText, needFlag, needNumber, needStatus, writeAndPrint } from "./case-command.ts";

export const run: Run = async (app, { args, flags }) => {
  const [first, ref, n] = args;
  if (first === "settle") {
    const number = needNumber(app, "n", n);
    const note = flagText(flags, "note");
    await writeAndPrint(
      app,
      ref,
      ({ case: c, ids }) => {
        const dispatch = c.dispatches[number - 1];
        if (!dispatch)
          throw refused(
            "not_found",
            app.t("case.no_dispatch", { ref: c.ref, n: number }),
            app.t("case.hint_show", { ref: c.ref }),
          );
        if (dispatch.replied_at !== undefined)
          throw refused("not_allowed", app.t("case.dispatch_settled", { ref: c.ref, n: number }));
        return [
          {
            type: "dispatch-settled",
            data: { dispatch: ids.dispatches[number - 1]!, ...(note ? { note } : {}) },
          },
        ];
      },
      ({ case: c }) => [
        app.t("case.dispatch_replied", { ref: c.ref, n: number, to: c.dispatches[number - 1]!.to }),
      ],
    );
    return;
  }
  if (ref !== undefined)
    throw usage("excess_arguments", app.t("cli.error.excessArguments"), app.t("cli.error.see_help"));
  const to = needFlag(app, flags, "to");
  const why = needFlag(app, flags, "why");
  await writeAndPrint(
    app,
    first,
    ({ case: c }) => {
      needStatus(app, c, ["draft", "open", "resolved"], app.t("case.hint_reopen", { ref: c.ref }));
      return [{ type: "dispatched", data: { to, why } }];
    },
    ({ case: c }) => {
      const n = c.dispatches.length;
      return [
        app.t("case.dispatched", { ref: c.ref, n, to }),
        app.t("case.dispatched_next", { ref: c.ref, n }),
      ];
    },
  );
};
