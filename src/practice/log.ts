/** What is on disk of a practice run: every reply as an answer of its own, every rewind as clearing them. */
import type { CaseEvent, EventDraft } from "../core/event.ts";
import type { Uuid } from "../core/id.ts";
import type { StepKey } from "../core/script.ts";
import type { Stage } from "../core/stage.ts";

/** A reply that was given; `rewound` ones were taken back and are kept for the score. */
export interface LoggedReply {
  turn: number;
  stage: Stage;
  text: string;
}

const STEP = /^([a-z-]+)\.turn-(\d+)$/;

export const turnStep = (stage: Stage, turn: number): StepKey => `${stage}.turn-${turn}`;

/** Replies that stand, and lists of replies that were taken back, oldest first. */
export function repliesOf(
  events: readonly CaseEvent[],
  run: Uuid,
): { now: LoggedReply[]; tries: LoggedReply[][] } {
  let now: LoggedReply[] = [];
  const tries: LoggedReply[][] = [];
  let cleared: LoggedReply[] = [];
  const keep = () => {
    if (cleared.length > 0) tries.push(cleared.sort((a, b) => a.turn - b.turn));
    cleared = [];
  };
  for (const e of events) {
    if ((e.type !== "answered" && e.type !== "cleared") || e.data.run !== run) continue;
    const found = STEP.exec(e.data.step ?? "");
    if (!found) continue;
    const turn = Number(found[2]);
    if (e.type === "cleared") cleared.push(...now.filter((r) => r.turn === turn));
    else keep();
    now = now.filter((r) => r.turn !== turn);
    if (e.type === "answered") now.push({ turn, stage: found[1] as Stage, text: String(e.data.value ?? "") });
  }
  keep();
  return { now: now.sort((a, b) => a.turn - b.turn), tries };
}

/** What happened in a run, in its order: replies that stand, and the script's own questions that were answered. */
export type Played = { turn: number; text: string } | { field: string | undefined; reworded: boolean };

export function playedOf(events: readonly CaseEvent[], run: Uuid): Played[] {
  let played: Played[] = [];
  for (const e of events) {
    if ((e.type !== "answered" && e.type !== "cleared") || e.data.run !== run || !e.data.step) continue;
    const found = STEP.exec(e.data.step);
    if (found) {
      const turn = Number(found[2]);
      played = played.filter((p) => !("turn" in p) || p.turn !== turn);
      if (e.type === "answered") played.push({ turn, text: String(e.data.value ?? "") });
    } else if (e.type === "answered")
      played.push({ field: e.data.field, reworded: e.data.value === "reworded" });
  }
  return played;
}

/** Whether nothing was asked since the last reply: what the customer said to it has still to be shown. */
export function isFresh(played: readonly Played[]): boolean {
  const last = played.at(-1);
  // A line of the script right after a reply is the one that the reply has said.
  const isLine = last !== undefined && !("turn" in last) && last.reworded;
  const before = isLine ? played.at(-2) : last;
  return before !== undefined && "turn" in before;
}

/** The events that take back the replies from `turn` on. */
export function clearDrafts(run: Uuid, replies: readonly LoggedReply[], turn: number): EventDraft[] {
  return replies
    .filter((r) => r.turn >= turn)
    .map((r) => ({ type: "cleared", data: { run, step: turnStep(r.stage, r.turn) } }));
}
