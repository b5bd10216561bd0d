/** Weak steps come back, spaced (FSRS): a card is one turn of one case; its history is replayed from the runs. */
import { type Card, createEmptyCard, fsrs, type Grade, generatorParameters, Rating } from "ts-fsrs";
import type { PracticeCase } from "../core/practice-case.ts";
import type { Stage } from "../core/stage.ts";
import type { PracticeRun } from "./history.ts";
import { stagesOf } from "./talk.ts";

export interface DueStep {
  case: string;
  turn: number;
  stage: Stage;
  due_at: string;
}

/** How well a turn went, by what it did to the mood. */
export function gradeOf(change: number): Grade {
  if (change > 0) return Rating.Again;
  if (change === 0) return Rating.Hard;
  return change === -1 ? Rating.Good : Rating.Easy;
}

/** Deterministic: without fuzz the same history gives the same days. */
const scheduler = () => fsrs(generatorParameters({ enable_fuzz: false, enable_short_term: false }));

interface Tracked {
  card: Card;
  /** It went wrong at least once; what always went well never comes back. */
  weak: boolean;
  stage: Stage;
}

/** Every step that is due at `now`, the longest overdue first. Only steps that once went wrong come back. */
export function dueSteps(
  runs: readonly PracticeRun[],
  agent: string,
  now: Date,
  find: (id: string) => PracticeCase | undefined,
): DueStep[] {
  const cards = new Map<string, Tracked>();
  const schedule = scheduler();
  for (const run of runs) {
    if (run.agent !== agent || !run.result || run.at === undefined) continue;
    const at = new Date(run.at);
    for (const turn of run.result.turns) {
      const key = `${run.case} ${turn.turn}`;
      const tracked = cards.get(key) ?? { card: createEmptyCard(at), weak: false, stage: turn.stage };
      const grade = gradeOf(turn.change);
      const weak = tracked.weak || grade === Rating.Again || grade === Rating.Hard;
      cards.set(key, { card: schedule.next(tracked.card, at, grade).card, weak, stage: turn.stage });
    }
  }
  return [...cards]
    .filter(([, { card, weak }]) => weak && +card.due <= +now)
    .map(([key, { card, stage }]) => {
      const [id = "", turn = "1"] = key.split(" ");
      return { case: id, turn: Number(turn), stage, due_at: card.due.toISOString() };
    })
    .filter((step) => {
      const c = find(step.case);
      return c !== undefined && stagesOf(c)[step.turn - 1] === step.stage;
    })
    .sort((a, b) => (a.due_at < b.due_at ? -1 : a.due_at > b.due_at ? 1 : a.turn - b.turn));
}
