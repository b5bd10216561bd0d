/**
 * Policy: what an organisation decides and edits (`COMPLAINT_HOME/policy.yaml` over `data/policy.yaml`).
 * Every shipped value is a product default, not taken from the manuals (handbook A17), unless a comment cites one.
 */
import type { Condition } from "./condition.ts";

/** From the person on the phone to the one who decides last; `legal` stands beside the ladder. */
export const LEVELS = ["agent", "lead", "manager", "legal"] as const;
export type Level = (typeof LEVELS)[number];

/** Days or hours (one of them), in calendar or in working time. */
export interface Span {
  days?: number;
  hours?: number;
  kind: "calendar" | "working";
}

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
  /** Facts are the record's fields and those of `trigger.ts`; absent: only by hand. */
  when?: Condition;
  /** A level, a department or a person; `up`: one level above where the case is. */
  to: Level | string;
  /** Escalates by itself; otherwise it is proposed. */
  automatic?: boolean;
  /** When the next level must have acted, else the case climbs again; absent: it stays. */
  within?: Span;
}

export interface Shift {
  /** ISO weekday, 1 Monday … 7 Sunday. */
  days: number[];
  /** Local time, `09:00`; a shift that ends at or before its begin ends on the next day. */
  from: string;
  to: string;
}

/** Days of one year as `MM-DD`. */
export interface HolidayYear {
  off: string[];
  /** Weekend days that are worked instead. */
  work?: string[];
}

export interface HolidayCalendar {
  source: string;
  years: Readonly<Record<string, HolidayYear>>;
}

export interface OutsideClock extends Span {
  /** A law card's id. */
  law?: string;
  country?: string;
  route?: string;
  category?: string;
}

export interface Policy {
  authority: AuthorityRule[];
  classes: ClassRule[];
  /** Levels a case climbs through, lowest first; at the last it stays. */
  ladder: Level[];
  clocks: {
    /** Per severity; the default holds for the others. */
    resolve: Readonly<Record<string, Span>>;
    /** Share of the time used from which a case is at risk. */
    at_risk: number;
    update_days: Span;
    /** Until when a customer who did not speak to anybody has an answer that we have it: the end of the day + this. */
    acknowledge: Span;
    dispatch_reply_days: Span;
  };
  callback: {
    after: Span;
    retry: Span;
    attempts: number;
  };
  working_time: {
    shifts: Shift[];
    lunch?: { from: string; to: string };
    /** ISO 3166 country whose public holidays (and moved working days) count, or `none`; absent: the configured country. */
    holidays?: string;
  };
  /** Public holidays per country. */
  holidays?: Readonly<Record<string, HolidayCalendar>>;
  triggers: TriggerRule[];
  /** Same category and cause: that many today, or that many times the usual week, are a batch. */
  batch: { today: number; ratio: number; at_least: number };
  recording: { notice: boolean };
  retention_days: number;
  draft_stale_hours: number;
  /** A promise is `soon` so many hours before it is due. */
  soon_hours: number;
  /** How long a lead's code holds unless said otherwise. */
  approval_code: { hours: number };
  assessment: { max_days: number };
  /** Deadlines of outside bodies as editable presets: shown for a route (`outside-routes.ts`) or a category. */
  outside: Readonly<Record<string, OutsideClock>>;
}
