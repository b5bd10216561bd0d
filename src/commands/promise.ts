/** `promise`: writes a promise down, or settles one as kept, broken or moved. */
import type { App, Run } from "../app.ts";
import { refused, usage } from "../core/errors.ts";
import type { EventDraft } from "../core/event.ts";
import type { CaseState } from "../core/fold.ts";
import { newId } from "../core/id.ts";
import { flagText, labelOf, needFlag, needNumber, needStatus, writeAndPrint } from "./case-command.ts";
import { needFuture, readTime, showTime } from "./read-time.ts";

async function make(app: App, ref: string, flags: Parameters<Run>[1]["flags"]): Promise<void> {
  const what = needFlag(app, flags, "what");
  const by = needFlag(app, flags, "by");
  const reason = needFlag(app, flags, "why");
  const due_at = needFuture(app, await readTime(app, "--by", by));
  const id = newId(+app.now(), app.random);
  await writeAndPrint(
    app,
    ref,
    ({ case: c }) => {
      needStatus(app, c, ["draft", "open", "resolved"], app.t("case.hint_reopen", { ref: c.ref }));
      return [{ type: "promised", data: { promise: { id, what, due_at, reason } } }];
    },
    ({ case: c, ids }) => {
      const n = ids.promises.indexOf(id) + 1;
      return [
        app.t("case.promised", { ref: c.ref, n, what, when: showTime(app, due_at) }),
        app.t("case.promised_next", { ref: c.ref, n }),
      ];
    },
  );
}

type Settlement = { state: "kept" | "broken" } | { state: "moved"; to: string };

async function settlementOf(app: App, flags: Parameters<Run>[1]["flags"]): Promise<Settlement> {
  const moved = flagText(flags, "moved");
  const given = [flags.kept === true, flags.broken === true, moved !== undefined].filter(Boolean).length;
  if (given !== 1) throw usage("missing_flag", app.t("case.settle_one"), "--kept, --broken, --moved WHEN");
  if (moved === undefined) return { state: flags.kept === true ? "kept" : "broken" };
  return { state: "moved", to: needFuture(app, await readTime(app, "--moved", moved)) };
}

function settleDraft(
  app: App,
  state: CaseState,
  n: number,
  how: Settlement,
  why: string | undefined,
): EventDraft {
  const { promises, ref } = state.case;
  const promise = promises[n - 1];
  if (!promise)
    throw refused("not_found", app.t("case.no_promise", { ref, n }), app.t("case.hint_show", { ref }));
  if (promise.state !== "open")
    throw refused(
      "not_allowed",
      app.t("case.promise_settled", { ref, n, state: labelOf(app, "promise_state", promise.state) }),
    );
  return {
    type: "promise-settled",
    data: { promise: state.ids.promises[n - 1]!, ...how, ...(why ? { why } : {}) },
  };
}

async function settle(
  app: App,
  [ref, n]: readonly (string | undefined)[],
  flags: Parameters<Run>[1]["flags"],
) {
  const number = needNumber(app, "n", n);
  const how = await settlementOf(app, flags);
  await writeAndPrint(
    app,
    ref,
    (state) => [settleDraft(app, state, number, how, flagText(flags, "why"))],
    ({ case: c }) => {
      const promise = c.promises[number - 1]!;
      const lines = [
        how.state === "moved"
          ? app.t("case.promise_moved", { ref: c.ref, n: number, when: showTime(app, promise.due_at) })
          : app.t("case.promise_now", {
              ref: c.ref,
              n: number,
              state: labelOf(app, "promise_state", how.state),
            }),
      ];
      if (c.status === "closed") lines.push(app.t("case.closed_now", { ref: c.ref }));
      return lines;
    },
  );
}

export const run: Run = async (app, { args, flags }) => {
  const [first, ...rest] = args;
  if (first === "settle") await settle(app, rest, flags);
  else if (rest.length > 0)
    throw usage("excess_arguments", app.t("cli.error.excessArguments"), app.t("cli.error.see_help"));
  else await make(app, first!, flags);
};
