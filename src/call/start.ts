/** The first events of a conversation: a new case with its first run, or a new run of a case that is there. */
import type { Case } from "../core/case.ts";
import { withClock } from "../core/clock.ts";
import type { EventData, EventDraft } from "../core/event.ts";
import { newId, refOf, type Uuid } from "../core/id.ts";
import type { Locale } from "../core/locale.ts";
import type { RunKind, Script } from "../core/script.ts";
import type { Store } from "../core/store-port.ts";
import { repeatDraft } from "./answer.ts";
import type { CallFacts, Doors } from "./call.ts";

/** What is known before the first question. */
export interface Known {
  channel?: string | undefined;
  phone?: string | undefined;
  name?: string | undefined;
}

/** An id whose ref nobody here has yet. */
export function newCaseId(store: Pick<Store, "refTaken">, facts: Pick<CallFacts, "now" | "random">): Uuid {
  for (;;) {
    const id = newId(+facts.now(), facts.random);
    if (!store.refTaken(refOf(id))) return id;
  }
}

function runStarted(run: Uuid, kind: RunKind, script: Script, locale: Locale): EventDraft {
  return { type: "run-started", data: { run, kind, script: { id: script.id, hash: script.hash }, locale } };
}

function clock({ facts, library, store }: Doors) {
  return {
    policy: library.policy(),
    timeZone: facts.timeZone,
    country: facts.country,
    scriptOf: store.script,
    at: facts.now().toISOString(),
    by: facts.agent,
  };
}

const FIELD_OF = { channel: "channel", phone: "customer_phone", name: "customer_name" } as const;

/** A case as `isRepeat` needs to see it before it exists. */
function unborn(id: Uuid, openedAt: string): Pick<Case, "id" | "opened_at" | "record"> {
  return { id, opened_at: openedAt, record: {} };
}

export interface NewCase {
  script: Script;
  kind?: RunKind;
  known?: Known;
  practice?: boolean;
  opened?: Pick<EventData["opened"], "owner" | "appeal_of">;
}

/** Opens a case and begins its first run, with what is known already as answers; one durable append. */
export function startCase(
  doors: Doors,
  { script, kind, known = {}, practice, opened }: NewCase,
): { caseId: Uuid; run: Uuid } {
  const { facts, store } = doors;
  const caseId = newCaseId(store, facts);
  const run = newId(+facts.now(), facts.random);
  const pin = { id: script.id, hash: script.hash };
  const given = (["channel", "phone", "name"] as const).flatMap((key) => {
    const value = known[key];
    return value === undefined ? [] : [{ field: FIELD_OF[key], value }];
  });
  const fresh = Object.fromEntries(given.map(({ field, value }) => [field, value]));
  const drafts: EventDraft[] = [
    {
      type: "opened",
      at: facts.now().toISOString(),
      data: { script: pin, locale: script.locale, ...opened, ...(practice ? { practice: true } : {}) },
    },
    runStarted(run, kind ?? (practice ? "practice" : script.kind), script, script.locale),
    ...given.map(({ field, value }): EventDraft => ({ type: "answered", data: { run, field, value } })),
    ...repeatDraft(store, unborn(caseId, facts.now().toISOString()), fresh),
  ];
  store.putScript(script);
  store.append(caseId, withClock(caseId, [], drafts, clock(doors)));
  return { caseId, run };
}

/** Begins another run of a case: a call-back, a progress contact, an appeal. */
export function startRun(doors: Doors, caseId: Uuid, script: Script): Uuid {
  const { facts, store } = doors;
  const run = newId(+facts.now(), facts.random);
  store.putScript(script);
  const drafts = [runStarted(run, script.kind, script, script.locale)];
  store.append(caseId, withClock(caseId, store.events(caseId), drafts, clock(doors)));
  return run;
}
