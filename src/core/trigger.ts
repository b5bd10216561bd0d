/** Escalation triggers as data (handbook A10): which ones a case fulfils, where they lead, and the passed deadline. */
import { levelAbove } from "./authority.ts";
import type { Case } from "./case.ts";
import { isWaiting } from "./clock.ts";
import { type Facts, holds } from "./condition.ts";
import type { EventDraft, UtcIso } from "./event.ts";
import type { CaseState } from "./fold.ts";
import { idFromHash } from "./id.ts";
import { attemptsOf } from "./owed.ts";
import type { Level, Policy, TriggerRule } from "./policy.ts";
import { factsOf } from "./record.ts";

/** Who stands as writer of what the program does by itself. */
export const PROGRAM = "complaint";

/** The level a case has reached: that of its last escalation to one of the ladder's; undefined: none yet. */
export function reachedLevel(c: Pick<Case, "escalations">, policy: Policy): Level | undefined {
  return c.escalations.findLast((e) => (policy.ladder as string[]).includes(e.to))?.to as Level | undefined;
}

/** Whether a case was escalated at the top of the ladder already. */
export function isAtTop(c: Pick<Case, "escalations">, policy: Policy): boolean {
  return reachedLevel(c, policy) === policy.ladder.at(-1);
}

/** Where `to` of a rule or of a command leads: `up` becomes the next level of the ladder. */
export function routeOf(to: string, c: Pick<Case, "escalations">, policy: Policy): string {
  return to === "up" ? levelAbove(reachedLevel(c, policy), policy) : to;
}

export interface BatchCounts {
  today: number;
  week: number;
  /** Cases of a usual week. */
  usual: number;
}

/** Many cases with one cause: so many today, or so many times the usual week. */
export function isBatch({ today, week, usual }: BatchCounts, policy: Policy): boolean {
  const { batch } = policy;
  return today >= batch.today || (week >= batch.at_least && week >= batch.ratio * usual);
}

/** Facts beyond the record that the policy's triggers may read. */
export function triggerFacts(
  state: CaseState,
  now: Date,
  extra: { repeatCases?: number; batch?: BatchCounts } = {},
  policy?: Policy,
): Facts {
  const { case: c } = state;
  const assessment = state.assessments.findLast((a) => a.until > now.toISOString());
  return {
    ...factsOf(state),
    mood_marks: c.moods.length,
    approval_pending: c.approvals.some((a) => a.state === "pending"),
    attempts: attemptsOf(c),
    reopened: c.reopened,
    emergency: state.emergencies.map((e) => e.kind),
    ...(assessment ? { faith: assessment.faith } : {}),
    ...(extra.repeatCases === undefined ? {} : { repeat_cases: extra.repeatCases }),
    ...(extra.batch && policy ? { batch: isBatch(extra.batch, policy) } : {}),
  };
}

export interface Proposal {
  trigger: string;
  to: string;
}

/** Triggers that hold for `facts` and were not used in this case yet, with where they lead. */
export function proposalsFor(facts: Facts, c: Pick<Case, "escalations">, policy: Policy): Proposal[] {
  return policy.triggers
    .filter((rule) => rule.when !== undefined && !rule.automatic && holds(rule.when, facts))
    .filter((rule) => !c.escalations.some((e) => e.trigger === rule.id))
    .map((rule) => ({ trigger: rule.id, to: routeOf(rule.to, c, policy) }));
}

/** The escalation that happens by itself for `trigger`; undefined where the policy took it away. */
export function automaticEscalation(
  trigger: "callback-dissatisfied" | "breach",
  c: Pick<Case, "escalations">,
  policy: Policy,
): { to: string; trigger: string } | undefined {
  const rule: TriggerRule | undefined = policy.triggers.find((r) => r.id === trigger && r.automatic);
  return rule && { to: routeOf(rule.to, c, policy), trigger };
}

/** The status a case had at an instant. */
function statusAt(c: Case, at: UtcIso): string | undefined {
  return c.statuses.findLast((s) => s.at <= at)?.status;
}

/** A draft that nobody finished counts as received and open once it is this old and holds a story. */
export function isStaleDraft(c: Case, now: Date, policy: Policy): boolean {
  if (c.status !== "draft") return false;
  const hasStory = c.record.words !== undefined || c.record.category !== undefined;
  return hasStory && +now - Date.parse(c.opened_at) >= policy.draft_stale_hours * 3_600_000;
}

export interface Breach {
  at: UtcIso;
  to: string;
  by: string;
  trigger: "breach";
}

/**
 * The deadline that has passed in an unresolved case and stands in no escalation yet; undefined: none. It is dated at the
 * deadline, once per case and deadline; while a case waits for its customer the clock stands still.
 */
export function breachOf(c: Case, now: Date, policy: Policy): Breach | undefined {
  const { resolve_by } = c;
  if (resolve_by === undefined || Date.parse(resolve_by) > +now) return undefined;
  if (c.status !== "open" && !isStaleDraft(c, now, policy)) return undefined;
  const wait = c.waits.at(-1);
  if (isWaiting(c) && wait !== undefined && wait.from < resolve_by) return undefined;
  const then = statusAt(c, resolve_by);
  if (then === "resolved" || then === "closed") return undefined;
  if (c.escalations.some((e) => e.trigger === "breach" && Date.parse(e.at) === Date.parse(resolve_by)))
    return undefined;
  const route = automaticEscalation("breach", c, policy);
  return route && { at: resolve_by, to: route.to, by: PROGRAM, trigger: "breach" };
}

/** The case as reading commands show it: with the escalation of a passed deadline that no writing command wrote down yet. */
export function withBreach(c: Case, now: Date, policy: Policy): Case {
  const breach = breachOf(c, now, policy);
  return breach ? { ...c, escalations: [...c.escalations, { n: c.escalations.length + 1, ...breach }] } : c;
}

/** Cases with a passed deadline to write down. */
export function breachesOf(
  cases: Iterable<Case>,
  now: Date,
  policy: Policy,
): { id: string; breach: Breach }[] {
  return [...cases].flatMap((c) => {
    const breach = breachOf(c, now, policy);
    return breach ? [{ id: c.id, breach }] : [];
  });
}

/** The event of a breach. Its id follows from case and deadline, so two seats that write it write the same event. */
export function breachDraft(caseId: string, { at, to, by, trigger }: Breach): EventDraft {
  // Loaded when first needed: it takes longer than most commands.
  const { createHash } = process.getBuiltinModule("node:crypto");
  const id = idFromHash(
    createHash("sha256")
      .update(`breach ${caseId} ${Date.parse(at)}`)
      .digest(),
  );
  return { type: "escalated", id, at, by, data: { to, trigger } };
}
