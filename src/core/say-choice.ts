/** Chooses what stands beside a question: the line to say and its other wordings, what to avoid, the calming tip. */
import { sentence } from "./blanks.ts";
import { apologiesMade, closeness, lineText, moodGap } from "./line.ts";
import type { NeverSay, Step, Tip } from "./script.ts";
import type { Talk } from "./talk.ts";

export interface Wording {
  key: string;
  text: string;
  move: string;
}

/** From this mood on a tip stands by itself. */
export const TIP_MOOD = 3;

/** Lines of equal worth take turns from case to case, and in one case always in the same order. */
function turnOf(caseId: string): number {
  return Number.parseInt(caseId.slice(-4), 16) || 0;
}

function rotate<T>(list: T[], by: number): T[] {
  const at = list.length === 0 ? 0 : by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

interface Candidate extends Wording {
  worth: number;
}

/** Best first: moves in the script's order, within a move the closest, equals in `turn`. */
function inOrder(candidates: Candidate[], turn: number): Wording[] {
  const moves = [...new Set(candidates.map((c) => c.move))];
  return moves.flatMap((move) => {
    const same = candidates.filter((c) => c.move === move);
    const worths = [...new Set(same.map((c) => c.worth))].sort((a, b) => b - a);
    return worths.flatMap((worth) =>
      rotate(
        same.filter((c) => c.worth === worth),
        turn,
      ),
    );
  });
}

const wasSaid = (talk: Talk): { keys: Set<string>; texts: Set<string> } => {
  const said = talk.run.shown.filter((s) => s.kind === "say");
  return { keys: new Set(said.map((s) => s.key)), texts: new Set(said.map((s) => s.text)) };
};

/**
 * Lines of `ids` that fit now and were not shown in this run, best first. `isAction`: the lines of a side action, in their
 * own order; where none is for this mood, those nearest to it (a warning must have words whatever mood was marked).
 */
export function wordings(ids: readonly string[], talk: Talk, isAction = false): Wording[] {
  const said = wasSaid(talk);
  const apologies = apologiesMade(talk.run, talk.script, talk.t);
  const fitting = ids.flatMap((key) => {
    const line = talk.script.lines[key];
    if (!line || said.keys.has(key)) return [];
    const gap = moodGap(line, talk.mood);
    if (gap > 0 && !isAction) return [];
    const text = lineText(line, talk, apologies);
    return text === undefined || said.texts.has(text)
      ? []
      : [{ key, text, move: line.move, worth: closeness(line), gap }];
  });
  const nearest = Math.min(...fitting.map((f) => f.gap));
  return inOrder(
    fitting.filter((f) => f.gap === nearest),
    isAction ? 0 : turnOf(talk.state.case.id),
  );
}

/** The next wording after `shown`: first within its move, then the step's other moves. */
export function nextWording(
  step: Pick<Step, "say">,
  shown: string | undefined,
  talk: Talk,
): Wording | undefined {
  const left = wordings(step.say, talk);
  const move = shown === undefined ? undefined : talk.script.lines[shown]?.move;
  return left.find((w) => w.move === move) ?? left[0];
}

/** What not to say here, with the substitute; harder moods move on through the step's list. */
export function chooseAvoid(
  step: Pick<Step, "avoid">,
  talk: Talk,
): { say: string; better: string } | undefined {
  const usable = step.avoid.flatMap((id) => {
    const found: NeverSay | undefined = talk.script.avoid[id];
    if (!found) return [];
    const place = { stage: talk.stage, move: "", text: found.better };
    const better = sentence(place, talk);
    return better === undefined ? [] : [{ say: found.say, better }];
  });
  return usable[Math.max(0, talk.mood - 2) % Math.max(1, usable.length)];
}

function tipFits(tip: Tip, talk: Talk): boolean {
  const psychology = talk.state.case.record.psychology;
  return (
    talk.mood >= tip.mood[0] &&
    talk.mood <= tip.mood[1] &&
    (tip.stages.length === 0 || tip.stages.includes(talk.stage)) &&
    (tip.psych.length === 0 || tip.psych.some((p) => p === psychology)) &&
    (tip.ch.length === 0 || (talk.channel !== undefined && tip.ch.includes(talk.channel)))
  );
}

/** The next calming tip not shown in this run: the step's own first, then those for this mood and moment. */
export function nextTip(step: Pick<Step, "tip">, talk: Talk): { key: string; text: string } | undefined {
  const shown = new Set(talk.run.shown.filter((s) => s.kind === "tip").map((s) => s.key));
  const moment = (tip: Tip) => (tip.stages.length > 0 ? 2 : 0) + (tip.psych.length > 0 ? 1 : 0);
  const others = Object.values(talk.script.tips)
    .filter((tip) => tipFits(tip, talk))
    .sort((a, b) => moment(b) - moment(a));
  const own = step.tip
    .flatMap((id) => talk.script.tips[id] ?? [])
    .filter((tip) => moodGap(tip, talk.mood) === 0);
  for (const tip of [...own, ...others]) {
    if (shown.has(tip.id)) continue;
    const text = sentence({ stage: talk.stage, move: "", text: tip.text }, talk);
    if (text !== undefined) return { key: tip.id, text };
  }
  return undefined;
}

/** Steps for the agent, with the numbers filled in; a step whose blank is empty is left out. */
export function todoSteps(side: string, talk: Talk): string[] {
  const place = (text: string) => ({ stage: talk.stage, move: side, text });
  return (talk.script.todo[side] ?? []).flatMap((text) => sentence(place(text), talk) ?? []);
}
