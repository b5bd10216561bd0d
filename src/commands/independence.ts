/** Who may decide an appeal: nobody who owned or handled the case it is about. */
import type { App } from "../app.ts";
import { refused } from "../core/errors.ts";
import type { CaseEvent } from "../core/event.ts";
import type { Uuid } from "../core/id.ts";
import type { Store } from "../core/store-port.ts";
import { PROGRAM } from "../core/trigger.ts";

/** Everybody who owned or worked on a case; who only opened or decided an appeal about it is not among them. */
export function handlersOf(events: readonly CaseEvent[]): Set<string> {
  const names = new Set<string>();
  for (const event of events) {
    if (event.type === "appealed" || event.type === "appeal-settled") continue;
    names.add(event.by);
    if (event.type === "opened" && event.data.owner !== undefined) names.add(event.data.owner);
    if (event.type === "assigned" || event.type === "handed-over") names.add(event.data.to);
    if (event.type === "approved" && event.data.lead !== undefined) names.add(event.data.lead);
  }
  names.delete(PROGRAM);
  return names;
}

/** The case that the appeal `id` is about; undefined: `id` is no appeal. */
export function appealedCase(store: Store, id: Uuid): Uuid | undefined {
  const opened = store.events(id).find((e) => e.type === "opened");
  return opened?.type === "opened" ? opened.data.appeal_of : undefined;
}

/** Refuses (exit 1) `name` for an appeal whose case he owned or handled; `isMove`: it is being given to him, not by himself. */
export function needIndependent(app: App, store: Store, id: Uuid, name: string, isMove = true): void {
  const about = appealedCase(store, id);
  if (about !== undefined && isMove && name === app.agent)
    throw refused("own_appeal", app.t("case.appeal_self"), app.t("case.not_independent_hint"));
  if (about === undefined || !handlersOf(store.events(about)).has(name)) return;
  throw refused(
    "not_independent",
    app.t("case.not_independent", { name, ref: store.case(about)?.ref ?? about }),
    app.t("case.not_independent_hint"),
  );
}
