/** `reopen`: a closed or resolved case is open again. */
import type { Run } from "../app.ts";
import { needFlag, needStatus, writeAndPrint } from "./case-command.ts";

export const run: Run = async (app, { args, flags }) => {
  const why = needFlag(app, flags, "why");
  await writeAndPrint(
    app,
    args[0],
    ({ case: c }) => {
      const hint = app.t(c.status === "draft" ? "case.hint_resume" : "case.hint_open_already", {
        ref: c.ref,
      });
      needStatus(app, c, ["closed", "resolved"], hint);
      return [{ type: "reopened", data: { why } }];
    },
    ({ case: c }) => [app.t("case.reopened", { ref: c.ref, times: c.reopened })],
  );
};
