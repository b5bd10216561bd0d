/** Erasing a person from every file the program owns: the store itself, its journal, backups; and finding what is left. */
import { createReadStream, existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { CaseEvent, EventOf } from "../core/event.ts";
import type { Uuid } from "../core/id.ts";
import { holdsPersonal } from "../core/redaction.ts";
import type { Store } from "../core/store-port.ts";
import { openStore, type StoreOptions } from "./open-store.ts";

export interface Erased {
  cases: Uuid[];
  /** How many events were blanked. */
  events: number;
  /** The erasures themselves, to be applied to other files. */
  erasures: EventOf<"redacted">[];
  /** The journal could not be emptied: somebody is reading. */
  isPending: boolean;
}

/** Blanks every personal value in the events of these cases, half-typed text and full text too, and empties the journal. */
export function eraseCases(store: Store, cases: readonly Uuid[], why: string): Erased {
  let events = 0;
  const touched = cases.filter((id) => {
    const personal = store.events(id).filter((e) => e.type !== "redacted" && holdsPersonal(e));
    if (personal.length === 0) return false;
    events += personal.length;
    // One transaction per case: a call beside it never waits long.
    store.append(id, [{ type: "redacted", data: { events: personal.map((e) => e.id), why } }]);
    return true;
  });
  const isErasure = (e: CaseEvent): e is EventOf<"redacted"> => e.type === "redacted";
  const erasures = cases.flatMap((id) => store.events(id).filter(isErasure));
  return { cases: touched, events, erasures, isPending: !store.scrub() };
}

/** Applies erasures to another database file, such as a backup. False: the file could not be changed or emptied. */
export function eraseInFile(path: string, erasures: readonly CaseEvent[], options: StoreOptions): boolean {
  try {
    const { readOnly: _, ...writing } = options;
    const store = openStore(path, writing);
    try {
      store.absorb(erasures, []);
      return store.scrub();
    } finally {
      store.close();
    }
  } catch {
    return false;
  }
}

/** Every file below `folder`, deepest last; links are not followed. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  const files = entries.filter((e) => e.isFile()).map((e) => join(folder, e.name));
  const folders = entries.filter((e) => e.isDirectory());
  return [...files, ...folders.flatMap((e) => filesBelow(join(folder, e.name)))];
}

/** Whether the bytes of a file hold one of `texts`, also across the edges of what is read at once. */
export async function holdsText(path: string, texts: readonly string[]): Promise<boolean> {
  const wanted = texts.filter((t) => t !== "").map((t) => Buffer.from(t, "utf8"));
  if (wanted.length === 0 || !statSync(path).isFile()) return false;
  const longest = Math.max(...wanted.map((w) => w.length));
  let tail: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const bytes = Buffer.concat([tail, chunk as Buffer]);
    if (wanted.some((w) => bytes.includes(w))) return true;
    tail = bytes.subarray(Math.max(0, bytes.length - longest + 1));
  }
  return false;
}
