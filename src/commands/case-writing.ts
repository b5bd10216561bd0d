/** The one way in which commands write to a case: deadlines stamped, what was waiting to close closed, breaches written. */
import type { App } from "../app.ts";
import { type ClockContext, previewCase, withClock } from "../core/clock.ts";
import type { EventDraft } from "../core/event.ts";
import type { CaseState } from "../core/fold.ts";
import type { Uuid } from "../core/id.ts";
import { closingDraft } from "../core/owed.ts";
import type { Store } from "../core/store-port.ts";
import { breachDraft, breachesOf } from "../core/trigger.ts";
import { overdueCases } from "../store/agenda.ts";

/** The country whose holidays count where the policy names none. */
export function countryOf(app: App): string {
  return app.config.country ?? app.library().words(app.locale).country;
}

/** What deadlines are computed from, for events written now. */
export function clockContext(app: App, store: Store): ClockContext {
  return {
    policy: app.library().policy(),
    timeZone: app.timeZone,
    country: countryOf(app),
    scriptOf: store.script,
    at: app.now().toISOString(),
    by: app.agent,
  };
}

/** `drafts` with the closing that they make possible, and the deadlines that follow. */
export function completeDrafts(
  app: App,
  store: Store,
  caseId: Uuid,
  drafts: readonly EventDraft[],
): readonly EventDraft[] {
  if (drafts.length === 0) return drafts;
  const context = clockContext(app, store);
  const events = store.events(caseId);
  const closing = closingDraft(previewCase(caseId, events, drafts, context));
  return withClock(caseId, events, closing ? [...drafts, closing] : drafts, context);
}

/**
 * Writes what `decide` makes of the newest state, in one transaction: of two writers one wins and the other decides anew.
 * `decide` may throw a ComplaintError, then nothing is written.
 */
export function changeCase(
  app: App,
  store: Store,
  caseId: Uuid,
  decide: (state: CaseState) => readonly EventDraft[],
): CaseState {
  return store.update(caseId, (state) => completeDrafts(app, store, caseId, decide(state)));
}

/** So many breaches one command writes down at most: a live call must not wait for a backlog. */
const SWEEP = 200;

/**
 * Writes the escalations of deadlines that have passed, dated at the deadline. Every command that writes calls it first;
 * what is beyond the limit is still shown by every reading command and written by the next.
 */
export function sweepBreaches(app: App, store: Store): void {
  const now = app.now();
  const overdue = overdueCases(store, +now, SWEEP);
  if (overdue.length === 0) return;
  const breaches = breachesOf(overdue, now, app.library().policy());
  if (breaches.length === 0) return;
  store.appendAll(breaches.map(({ id, breach }) => ({ caseId: id, drafts: [breachDraft(id, breach)] })));
}

/** The store for a command that writes, with passed deadlines written down. */
export async function writingStore(app: App): Promise<Store> {
  const store = await app.store();
  sweepBreaches(app, store);
  return store;
}
