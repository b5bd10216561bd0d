/** One conversation in progress: the doors it was given, the state after the last event, and what is only in memory. */
import { type ClockContext, movesClock, withClock } from "../core/clock.ts";
import type { EventDraft } from "../core/event.ts";
import type { CaseState, Run } from "../core/fold.ts";
import type { RandomBytes, Uuid } from "../core/id.ts";
import type { Library, Translate } from "../core/library-port.ts";
import { wordChannel } from "../core/line.ts";
import type { Locale } from "../core/locale.ts";
import type { Level } from "../core/policy.ts";
import type { Outcome } from "../core/question.ts";
import type { Script, Step, StepKey } from "../core/script.ts";
import type { Mood } from "../core/stage.ts";
import type { Store } from "../core/store-port.ts";
import { type EmergencyNumbers, type Talk, UNMARKED_MOOD } from "../core/talk.ts";
import { sameCauseToday } from "./batch.ts";
import { earlierCases } from "./customer-card.ts";

export type Density = "quiet" | "normal" | "full";

/** What a conversation knows of the program around it. */
export interface CallFacts {
  now: () => Date;
  random: RandomBytes;
  /** Who the events are by. */
  agent: string;
  /** The agent's name as the customer may hear it; absent: he has given none. */
  agentName?: string | undefined;
  timeZone: string;
  country: string | undefined;
  org: string | undefined;
  lead: string | undefined;
  level: Level;
  currency: string;
  emergency: EmergencyNumbers;
  density: Density;
  /** Public keys of leads, by name, for approval codes. */
  keys: Readonly<Record<string, string>>;
  translate: (locale: Locale) => Translate;
}

export interface Doors {
  facts: CallFacts;
  store: Store;
  library: Library;
}

export interface Call extends Doors {
  readonly caseId: Uuid;
  readonly runId: Uuid;
  /** A rehearsal: no lead is alerted and letters are answered by a call. */
  readonly practice: boolean;
  /** However angry the customer gets, nobody is threatened: words for a danger would be out of place. */
  readonly threatless: boolean;
  /** The channel of this contact where it is not the complaint's. */
  readonly channel: string | undefined;
  state: CaseState;
  run: Run;
  script: Script;
  t: Translate;
  /** Where back or jump went; the cursor itself is never stored. */
  focus: StepKey | undefined;
  /** The step answered last, whose consequences are told at the next question. */
  lastStep: Step | undefined;
  /** Lines and tips on screen that are not on disk yet: they go with the next event. */
  unsaved: (EventDraft & { type: "shown" })[];
  /** The mood changed at this step: line and tip are chosen anew. */
  isMoodNew: boolean;
  /** A tip was asked for at this step, whatever the mood. */
  askedTip: StepKey | undefined;
  /** Proposals told already (triggers, scripts), and at which step. */
  told: Map<string, StepKey>;
  over: (Outcome & { type: "done" }) | undefined;
}

function clockContext(call: Call): ClockContext {
  const { facts, library, store } = call;
  return {
    policy: library.policy(),
    timeZone: facts.timeZone,
    country: facts.country,
    scriptOf: store.script,
    at: facts.now().toISOString(),
    by: facts.agent,
  };
}

/** Takes the newest state in; the script may have been changed by `rescripted`. */
export function takeState(call: Call, state: CaseState): void {
  call.state = state;
  call.run = state.runs.find((r) => r.id === call.runId) ?? call.run;
  if (call.script.hash !== call.run.script.hash)
    call.script = call.store.script(call.run.script.hash) ?? call.script;
  call.t = call.facts.translate(call.run.locale);
}

/**
 * Writes what was shown and `drafts` in one durable append, deadlines stamped. Throws the store's error (`busy` and so
 * on); nothing is written then, and nothing in memory has changed.
 */
export function commit(call: Call, drafts: readonly EventDraft[]): void {
  const all = [...call.unsaved, ...drafts];
  if (all.length === 0) return;
  const stamped = all.some(movesClock)
    ? withClock(call.caseId, call.store.events(call.caseId), all, clockContext(call))
    : all;
  const state = call.store.append(call.caseId, stamped);
  call.unsaved = [];
  takeState(call, state);
}

/** The run with what is on screen but not on disk yet. */
function runWithUnsaved({ run, unsaved, facts }: Call): Run {
  if (unsaved.length === 0) return run;
  const now = facts.now().toISOString();
  const shown = unsaved.map(({ data, at }) => {
    const { key, kind, step, text, side } = data;
    return {
      key,
      kind,
      step,
      text,
      at: at ?? now,
      locale: run.locale,
      ...(side === undefined ? {} : { side }),
    };
  });
  return { ...run, shown: [...run.shown, ...shown] };
}

/** A call-back and a progress contact have a channel of their own. */
function channelOf({ run, state, channel, practice }: Call) {
  const { record } = state.case;
  if (channel !== undefined) return wordChannel(channel, practice);
  if (run.kind === "call-back" || run.kind === "progress")
    return wordChannel((record.callback_channel as string | undefined) ?? "phone");
  return wordChannel(record.channel, practice || run.kind === "practice");
}

function lawInForce(call: Call, step: Pick<Step, "law">): boolean {
  if (!step.law || step.law.length === 0) return false;
  const today = call.facts.now().toISOString().slice(0, 10);
  const cards = call.library.bank(call.run.locale).law;
  return cards.some(
    (c) =>
      step.law?.includes(c.id) &&
      c.verified &&
      c.country === call.facts.country &&
      (c.expires ?? "9999") > today,
  );
}

/** The mood the words are chosen for: those of 5 are for a threat or a danger. */
function wordsMood({ state, threatless }: Call): Mood {
  const mood = state.mood ?? UNMARKED_MOOD;
  return threatless && mood === 5 ? 4 : mood;
}

/** What is known at `step`. */
export function talkAt(call: Call, step: Pick<Step, "stage" | "law">): Talk {
  const { facts, library, state } = call;
  return {
    script: call.script,
    state,
    run: runWithUnsaved(call),
    stage: step.stage,
    mood: wordsMood(call),
    channel: channelOf(call),
    locale: call.run.locale,
    t: call.t,
    now: facts.now(),
    timeZone: facts.timeZone,
    agent: facts.agentName,
    org: facts.org,
    lead: facts.lead,
    level: facts.level,
    currency: facts.currency,
    emergency: facts.emergency,
    policy: library.policy(),
    earlier: earlierCases(call),
    sameCauseToday: () => sameCauseToday(call),
    hasVerifiedLaw: () => lawInForce(call, step),
  };
}

/** Notes that a line or tip is on screen; it reaches the disk with the next event. */
export function noteShown(
  call: Call,
  step: StepKey,
  shown: { key: string; kind: "say" | "tip"; text: string; side?: string },
): void {
  const at = call.facts.now().toISOString();
  call.unsaved.push({ type: "shown", at, data: { run: call.runId, step, ...shown } });
}
