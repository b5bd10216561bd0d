/** Corrective and preventive actions of the demonstration: done, under way, overdue. */
import { newId } from "../core/id.ts";
import type { Store } from "../core/store-port.ts";
import type { Chance } from "./random.ts";
import { AGENTS, LEADS } from "./stories.ts";

const DAY = 86_400_000;

const ACTIONS = [
  {
    cause: "forgot-task",
    kind: "corrective",
    added: 40,
    due: 20,
    done: 24,
    what: "交接班核对未办事项清单 / hand-over list read aloud at every change of shift",
    evidence: "lists of 4 weeks",
  },
  {
    cause: "disrespect",
    kind: "preventive",
    added: 33,
    due: 10,
    done: 12,
    what: "counter training: listening before explaining (前台倾听训练)",
    evidence: "attendance sheet",
  },
  {
    cause: "incomplete-late",
    category: "telecom-network",
    kind: "corrective",
    added: 5,
    due: -6,
    what: "fitters ring 30 minutes before; missed visits are rebooked the same day (上门前30分钟电话)",
  },
  {
    cause: "expectation-gap",
    category: "price",
    kind: "preventive",
    added: 21,
    due: 3,
    what: "first bill explained by message (首期帳單簡訊說明)",
  },
] as const;

/** Adds the actions, dated before now; the store is a demonstration's. */
export function addActions(store: Store, { now }: { now: Date }, chance: Chance): void {
  for (const { cause, kind, added, due, what, ...rest } of ACTIONS) {
    const at = +now - added * DAY;
    const by = chance.pick(LEADS);
    const category = "category" in rest ? { category: rest.category } : {};
    const id = newId(at, chance.bytes);
    const data = {
      cause,
      ...category,
      kind,
      what,
      owner: chance.pick(AGENTS),
      due: new Date(+now - due * DAY).toISOString(),
    };
    store.appendAction(id, [
      { type: "action-added", id: newId(at, chance.bytes), at: new Date(at).toISOString(), by, data },
    ]);
    if (!("done" in rest)) continue;
    const doneAt = +now - rest.done * DAY;
    store.appendAction(id, [
      {
        type: "action-done",
        id: newId(doneAt, chance.bytes),
        at: new Date(doneAt).toISOString(),
        by,
        data: { evidence: rest.evidence },
      },
    ]);
  }
}
