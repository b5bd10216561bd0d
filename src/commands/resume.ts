/** `resume`: goes on with a conversation nobody finished, at its next unanswered step. */
import type { App, Run } from "../app.ts";
import { resumeCall } from "../call/run-call.ts";
import { refused } from "../core/errors.ts";
import type { Uuid } from "../core/id.ts";
import type { Store } from "../core/store-port.ts";
import { trustedKeys } from "./approval-keys.ts";
import { caseOf } from "./case-of.ts";
import { sweepBreaches } from "./case-writing.ts";
import { densityOf } from "./new.ts";

export interface LeftRun {
  store: Store;
  caseId: Uuid;
  run: Uuid;
}

function lastOwn(app: App, store: Store | undefined): { caseId: Uuid; run: Uuid } | undefined {
  return store?.unfinished(app.agent).at(-1);
}

/** The unfinished run that is meant: the case's, or this agent's begun last. Throws exit 1 where there is none. */
export async function leftRun(app: App, ref: string | undefined): Promise<LeftRun> {
  const { t } = app;
  // Looking creates nothing: the store for writing is opened once it is known that there is a run.
  const reader = await app.reader();
  const caseId = ref === undefined ? undefined : caseOf(app, reader, ref);
  const state = caseId === undefined ? undefined : reader?.state(caseId);
  // A draft that was closed as withdrawn or duplicate is over, though its call never ended.
  const isOver = state?.case.status === "closed";
  const run = isOver ? undefined : state?.runs.findLast((r) => r.finished_at === undefined)?.id;
  const found = caseId === undefined ? lastOwn(app, reader) : run === undefined ? undefined : { caseId, run };
  if (found) {
    const store = await app.store();
    const left = store.state(found.caseId);
    const hash = left?.runs.find((r) => r.id === found.run)?.script.hash ?? "";
    if (left && store.script(hash)) return { store, ...found };
    const shown = left?.case.ref ?? "";
    throw refused(
      "script_unknown",
      t("call.script_unknown", { hash }),
      t("call.script_unknown_hint", { ref: shown }),
    );
  }
  if (state === undefined)
    throw refused("nothing_to_resume", t("call.nothing_to_resume"), t("call.nothing_to_resume_hint"));
  const { ref: shown } = state.case;
  throw refused(
    "not_allowed",
    t("call.not_unfinished", { ref: shown }),
    t("call.not_unfinished_hint", { ref: shown }),
  );
}

export const run: Run = async (app, { args, flags }) => {
  const { store, caseId, run: left } = await leftRun(app, args[0]);
  await resumeCall(app, left, {
    store,
    caseId,
    jsonl: flags.jsonl === true,
    keys: () => trustedKeys(app),
    ...densityOf(app, flags),
  });
  sweepBreaches(app, store);
};
