/** What a child process of a test needs of a store; without vitest, which only lives in its own workers. */
import { randomBytes } from "node:crypto";
import { newId, type Uuid } from "../../src/core/id.ts";
import type { Store } from "../../src/core/store-port.ts";
import type { StoreOptions } from "../../src/store/open-store.ts";

export const random = (n: number): Uint8Array => randomBytes(n);

export function options(): StoreOptions & { readOnly?: false } {
  return { now: () => new Date(), random, agent: `agent-${process.pid}`, country: "CN", busyMs: 60_000 };
}

export function addCase(store: Store, words = "words"): Uuid {
  const id = newId(Date.now(), random);
  const pin = { id: "good-faith", hash: "h1" };
  store.append(id, [
    { type: "opened", data: { script: pin, locale: "en" } },
    { type: "answered", data: { field: "words", value: words } },
  ]);
  return id;
}
