/** What has been practised on this machine: read from the practice store's own events, and from nowhere else. */
import type { Uuid } from "../core/id.ts";
import type { Level } from "../core/practice-case.ts";
import type { Store } from "../core/store-port.ts";
import type { Scorecard } from "./scorecard.ts";

export interface PracticeRun {
  id: Uuid;
  ref: string;
  case: string;
  level: Level;
  seed: number;
  agent: string;
  locale: string;
  /** When it was finished (in real time); undefined: not finished. */
  at?: string;
  result?: Scorecard;
  /** The run nobody finished. */
  unfinished?: Uuid;
}

function runOf(store: Store, id: Uuid): PracticeRun | undefined {
  const state = store.state(id);
  if (!state) return undefined;
  const marks = store.events(id).flatMap((e) => (e.type === "practised" ? [e] : []));
  const first = marks[0];
  if (!first) return undefined;
  const ended = marks.findLast((e) => e.data.result !== undefined);
  const open = state.runs.find((r) => !r.finished_at);
  return {
    id,
    ref: state.case.ref,
    case: first.data.case,
    level: first.data.level as Level,
    seed: first.data.seed,
    agent: first.by,
    locale: state.case.locale,
    ...(ended ? { at: ended.at, result: ended.data.result as unknown as Scorecard } : {}),
    ...(open && !ended ? { unfinished: open.id } : {}),
  };
}

/** Every run, oldest first by the time it was finished; unfinished ones last. */
export function practiceRuns(store: Store | undefined): PracticeRun[] {
  if (!store) return [];
  const runs = [...store.each({})].flatMap((c) => runOf(store, c.id) ?? []);
  return runs.sort((a, b) => ((a.at ?? "9") < (b.at ?? "9") ? -1 : (a.at ?? "9") > (b.at ?? "9") ? 1 : 0));
}
