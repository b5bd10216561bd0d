/** Finds the case that a ref, a prefix, a full id, `-` or `last` means. */
import type { App } from "../app.ts";
import { refused } from "../core/errors.ts";
import { refOf, showRef, type Uuid } from "../core/id.ts";
import type { Store } from "../core/store-port.ts";

/** The case `ref` means for this agent. Throws exit 1: no such case, several, or none touched yet. */
export function caseOf(app: App, store: Store | undefined, ref: string): Uuid {
  const { t } = app;
  if (ref === "-" || ref.toLowerCase() === "last") {
    const last = store?.lastOf(app.agent);
    if (last !== undefined) return last;
    throw refused("not_found", t("case.no_last"), t("case.no_last_hint"));
  }
  const found = store?.find(ref) ?? { kind: "none" };
  if (found.kind === "one") return found.id;
  if (found.kind === "none")
    throw refused("not_found", t("case.not_found", { ref }), t("case.not_found_hint"));
  const labels = app.library().words(app.locale).labels.status ?? {};
  const lines = found.candidates.map(
    (c) => `${c.ref} ${c.opened_at.slice(0, 10)} ${labels[c.status] ?? c.status}`,
  );
  throw refused(
    "ambiguous",
    t("case.ambiguous", { ref }),
    lines.join("; "),
    lines.map((message) => ({ message })),
  );
}

/** The whole ref of that case, as it is shown. */
export function caseRefOf(app: App, store: Store | undefined, ref: string): string {
  return showRef(refOf(caseOf(app, store, ref)));
}
