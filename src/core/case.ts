/** A case as people and other programs see it: the Case JSON of the contract (§3), made by `foldCase`. */
import type { AgentId, ScriptPin, UtcIso } from "./event.ts";
import type { ApprovalState, CaseRecord } from "./field.ts";
import type { Uuid } from "./id.ts";
import type { Locale } from "./locale.ts";
import type { RunKind } from "./script.ts";
import type { Mood, Stage } from "./stage.ts";

export const STATUSES = ["draft", "open", "resolved", "closed"] as const;
export type Status = (typeof STATUSES)[number];

export interface PromiseRecord {
  n: number;
  what: string;
  due_at: UtcIso;
  reason?: string;
  by: AgentId;
  made_at: UtcIso;
  state: "open" | "kept" | "broken";
  settled_at?: UtcIso;
  moves: { at: UtcIso; from: UtcIso; to: UtcIso }[];
}

export interface ApprovalRecord {
  n: number;
  remedy: string;
  amount?: number;
  currency?: string;
  why?: string;
  asked_at: UtcIso;
  by: AgentId;
  state: ApprovalState;
  decided_at?: UtcIso;
  decided_by?: AgentId;
  /** A code from another seat that could not be checked here. */
  unverified?: true;
}

export interface CallbackRecord {
  n: number;
  due_at?: UtcIso;
  at?: UtcIso;
  by?: AgentId;
  result?: string;
  solved?: boolean;
  satisfaction?: number;
  opinion_process?: string;
  opinion_measures?: string;
  opinion_result?: string;
  new_problem?: string;
  next_at?: UtcIso;
}

export interface Case {
  ref: string;
  id: Uuid;
  status: Status;
  stage: Stage;
  script: ScriptPin;
  locale: Locale;
  agent: AgentId;
  owner: AgentId;
  opened_at: UtcIso;
  updated_at: UtcIso;
  first_response_at?: UtcIso;
  resolved_at?: UtcIso;
  closed_at?: UtcIso;
  resolve_by?: UtcIso;
  update_by?: UtcIso;
  reopened: number;
  duplicate_of?: string;
  appeal_of?: string;
  appeals: { ref: string; at: UtcIso; outcome?: string }[];
  source?: { name: string; id: string };
  record: CaseRecord;
  runs: { id: Uuid; kind: RunKind; script: string; started_at: UtcIso; finished_at?: UtcIso }[];
  moods: { at: UtcIso; stage: Stage; mood: Mood }[];
  statuses: { at: UtcIso; status: Status }[];
  promises: PromiseRecord[];
  approvals: ApprovalRecord[];
  escalations: { n: number; at: UtcIso; to: string; why?: string; by: AgentId; trigger: string }[];
  dispatches: { n: number; to: string; at: UtcIso; replied_at?: UtcIso; why?: string }[];
  waits: { n: number; from: UtcIso; to?: UtcIso; why: string }[];
  callbacks: CallbackRecord[];
  contacts: { n: number; at: UtcIso; by: AgentId; channel: string; direction: "in" | "out" }[];
  warnings: { n: number; at: UtcIso; by: AgentId; step?: string; words?: string }[];
  notes: { n: number; at: UtcIso; by: AgentId; text: string }[];
}
