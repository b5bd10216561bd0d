/**
 * Policy: what an organisation decides and edits (`COMPLAINT_HOME/policy.yaml` over `data/policy.yaml`).
 * Every shipped value is a product default, not taken from the manuals (handbook A17), unless a comment cites one.
 */
import type { Condition } from "./condition.ts";

export const LEVELS = ["agent", "lead", "manager", "legal"] as const;
export type Level = (typeof LEVELS)[number];

export interface AuthorityRule {
  remedy: string;
  /** Highest amount a level may give by itself, per currency; absent level or currency: must ask; `true`: any, or no money involved. */
  limits: Partial<Record<Level, true | Readonly<Record<string, number>>>>;
}

/** Compensation classes A/B/C (handbook A8.2): the first whose amount is not exceeded. */
export interface ClassRule {
  class: string;
  upTo?: Readonly<Record<string, number>>;
}

export interface TriggerRule {
  /** Handbook A10 id less `esc-`, or `breach`. */
  id: string;
  when?: Condition;
  to: Level | string;
  /** Escalates by itself; otherwise it is proposed. */
  automatic?: boolean;
}

export interface Shift {
  /** ISO weekday, 1 Monday … 7 Sunday. */
  days: number[];
  from: string;
  to: string;
}

export interface Policy {
  authority: AuthorityRule[];
  classes: ClassRule[];
  clocks: {
    /** Per severity; the default holds for the others. `calendar` or `working` days, or `working` hours. */
    resolve: Readonly<Record<string, { days: number; kind: "calendar" | "working" }>>;
    /** Share of the time used from which a case is at risk. */
    at_risk: number;
    update_days: { days: number; kind: "calendar" | "working" };
    dispatch_reply_days: { days: number; kind: "calendar" | "working" };
  };
  callback: {
    after: { days: number; kind: "calendar" | "working" };
    retry: { days: number; kind: "calendar" | "working" };
    attempts: number;
  };
  working_time: {
    shifts: Shift[];
    lunch?: { from: string; to: string };
    /** ISO 3166 country whose public holidays (and moved working days) count; absent: none. */
    holidays?: string;
  };
  triggers: TriggerRule[];
  recording: { notice: boolean };
  retention_days: number;
  draft_stale_hours: number;
  /** External deadlines as editable presets: name → days. */
  outside: Readonly<Record<string, { days: number; kind: "calendar" | "working" }>>;
}
