/** What is known while a demonstration is being made. */
import { newId, refOf, type Uuid } from "../core/id.ts";
import type { Library } from "../core/library-port.ts";
import type { Locale } from "../core/locale.ts";
import type { Script } from "../core/script.ts";
import type { Store } from "../core/store-port.ts";
import type { Plan } from "./case-plan.ts";
import type { Customer } from "./customers.ts";
import type { Detail } from "./first-call.ts";
import type { HistoryContext } from "./history.ts";
import type { Chance } from "./random.ts";

export interface DemoOptions {
  store: Store;
  library: Library;
  cases: number;
  weeks: number;
  seed: number;
  now: Date;
  timeZone: string;
  country: string | undefined;
  /** Called now and then with the cases written so far. */
  progress?: (done: number) => void;
}

export interface Making {
  options: DemoOptions;
  context: HistoryContext;
  detail: Detail;
  scripts: (id: string, locale: Locale) => Script;
  refs: Set<string>;
  /** Customers of late, for those who come again. */
  recent: { customer: Customer; at: number }[];
  star: Customer;
  /** Resolved cases whose customers may appeal. */
  appealable: { id: Uuid; plan: Plan; at: number }[];
  /** The case before, for duplicates. */
  last: { id: Uuid; plan: Plan } | undefined;
}

/** A new id whose ref no other case has. */
export function freeId(at: number, chance: Chance, refs: Set<string>): Uuid {
  for (;;) {
    const id = newId(at, chance.bytes);
    const ref = refOf(id);
    if (refs.has(ref)) continue;
    refs.add(ref);
    return id;
  }
}
