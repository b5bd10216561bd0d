/** Approvals by a code are checked again when they come in from another seat; what does not hold is shown as unverified. */
import type { App } from "../app.ts";
import { checkCode } from "../core/approval-code.ts";
import type { CaseEvent, EventOf } from "../core/event.ts";
import { refOf } from "../core/id.ts";
import type { Store } from "../core/store-port.ts";
import type { Review } from "../store/bundle.ts";
import { trustedKeys } from "./approval-keys.ts";

type Approved = EventOf<"approved">;

function holds(
  event: Approved,
  asked: EventOf<"approval-asked"> | undefined,
  keys: Readonly<Record<string, string>>,
): boolean {
  if (!asked) return false;
  const { remedy, amount, currency } = asked.data;
  const terms = {
    ref: refOf(event.caseId),
    remedy,
    ...(amount === undefined ? {} : { amount }),
    ...(currency === undefined ? {} : { currency }),
  };
  // It must have been good when it was used, not now.
  const verdict = checkCode(event.data.code!, terms, keys, new Date(event.at));
  return verdict.ok && (event.data.lead === undefined || event.data.lead === verdict.by);
}

/** The review for `takeBundle`: a seat without keys has nothing to check with and leaves events as they are. */
export function reviewCodes(app: Pick<App, "home" | "config">, store: Store): Review {
  const keys = trustedKeys(app);
  if (Object.keys(keys).length === 0) return (event) => event;
  return (event): CaseEvent => {
    if (event.type !== "approved" || event.data.code === undefined) return event;
    const asked = store
      .events(event.caseId)
      .find(
        (e): e is CaseEvent & EventOf<"approval-asked"> =>
          e.type === "approval-asked" && e.id === event.data.approval,
      );
    const { unverified: _, ...data } = event.data;
    return { ...event, data: holds(event, asked, keys) ? data : { ...data, unverified: true } };
  };
}
