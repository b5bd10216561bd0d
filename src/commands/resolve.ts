/** `resolve`: what was agreed is delivered; the callback is due next. */
import type { Run } from "../app.ts";
import { labelOf, needFlag, needOneOf, needStatus, owedLines, writeAndPrint } from "./case-command.ts";
import { showTime } from "./read-time.ts";

export const run: Run = async (app, { args, flags }) => {
  const outcomes = app.library().taxonomies().outcome ?? [];
  const outcome = needOneOf(app, "--outcome", needFlag(app, flags, "outcome"), outcomes);
  await writeAndPrint(
    app,
    args[0],
    ({ case: c }) => {
      const hint =
        c.status === "draft"
          ? app.t("case.hint_finish", { ref: c.ref })
          : c.status === "closed"
            ? app.t("case.hint_reopen", { ref: c.ref })
            : app.t("case.hint_call_back", { ref: c.ref });
      needStatus(app, c, ["open"], hint);
      return [{ type: "resolved", data: { outcome } }];
    },
    ({ case: c }) => {
      const due = c.callbacks.findLast((b) => b.at === undefined)?.due_at;
      return [
        app.t("case.resolved", { ref: c.ref, outcome: labelOf(app, "outcome", outcome) }),
        ...(due ? [app.t("case.callback_due", { ref: c.ref, when: showTime(app, due) })] : []),
        ...owedLines(app, c),
      ];
    },
  );
};
