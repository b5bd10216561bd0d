/** Whether a line may be said now: mood, psychology, channel, needs, blanks, apologies already made, approvals pending. */
import { blanksIn, sentence } from "./blanks.ts";
import type { CaseState, Run } from "./fold.ts";
import type { Translate } from "./library-port.ts";
import { needHolds } from "./needs.ts";
import { hasPending } from "./owed.ts";
import type { Line, Psychology, Script, WordChannel } from "./script.ts";
import type { Talk } from "./talk.ts";

/** More apologies than this lower satisfaction (law B5 `res-sorry`): then options, not words. */
export const MAX_APOLOGIES = 2;

const WORD_CHANNEL: Readonly<Record<string, WordChannel>> = {
  phone: "phone",
  chat: "chat",
  email: "email",
  letter: "email",
  "web-app": "email",
  visit: "counter",
  social: "social",
};

const REHEARSED: Readonly<Record<string, WordChannel>> = {
  letter: "phone",
  "web-app": "phone",
  other: "phone",
  social: "chat",
};

/**
 * The channel of words for a record's channel: visit is the counter; letter, web and app are written like e-mail; an
 * unknown one takes only lines for any channel. Not asked yet: the phone. In practice the case is always talked over with
 * one person: a post by private message, the rest by a call.
 */
export function wordChannel(channel: string | undefined, isPractice = false): WordChannel | undefined {
  if (channel === undefined) return "phone";
  return (isPractice ? REHEARSED[channel] : undefined) ?? WORD_CHANNEL[channel];
}

const patterns = new Map<string, RegExp>();

/** Whether a sentence apologises, by its stage or by the words of its language. */
export function isApology(line: Pick<Line, "stage">, text: string, t: Translate): boolean {
  if (line.stage === "apologize") return true;
  const source = t("call.apology_words");
  if (!patterns.has(source)) patterns.set(source, new RegExp(source, "iu"));
  return patterns.get(source)!.test(text);
}

/** Apologies made in this run: at each step the line shown last, unless it was skipped; and those of side actions. */
export function apologiesMade(run: Run, script: Script, t: Translate): number {
  const last = new Map<string, Run["shown"][number]>();
  let made = 0;
  for (const shown of run.shown) {
    if (shown.kind !== "say") continue;
    const apologises = isApology(script.lines[shown.key] ?? { stage: "any" }, shown.text, t);
    if (shown.side === undefined) last.set(shown.step, shown);
    else if (apologises) made += 1;
  }
  for (const [step, shown] of last) {
    const answer = run.answers.get(step as Run["shown"][number]["step"]);
    const isSaid = answer !== undefined && answer !== "skipped";
    if (isSaid && isApology(script.lines[shown.key] ?? { stage: "any" }, shown.text, t)) made += 1;
  }
  return made;
}

/** Whether `text` names the sum that is still to be decided, written 1,200 or 1200. */
function namesPending(text: string, { case: c }: CaseState): boolean {
  const sums = new Set(text.match(/\d[\d,]*(\.\d+)?/g)?.map((sum) => Number(sum.replaceAll(",", ""))));
  return c.approvals.some((a) => a.state === "pending" && a.amount !== undefined && sums.has(a.amount));
}

/** A line that names a sum, or an option not granted yet, while a decision is open; `text` is the line as it is said. */
export function wouldPromise(line: Pick<Line, "text">, text: string, state: CaseState): boolean {
  return hasPending(state) && (blanksIn(line.text).includes("amount") || namesPending(text, state));
}

function fitsPerson(line: Line, talk: Talk): boolean {
  const psychology = talk.state.case.record.psychology as Psychology | undefined;
  const psych = line.psych.length === 0 || (psychology !== undefined && line.psych.includes(psychology));
  const ch = line.ch.length === 0 || (talk.channel !== undefined && line.ch.includes(talk.channel));
  return psych && ch;
}

/** How far the mood lies outside the line's range; 0: inside. */
export function moodGap(line: Pick<Line, "mood">, mood: number): number {
  return Math.max(line.mood[0] - mood, mood - line.mood[1], 0);
}

/** The sentence as it would be said now; undefined: the line does not fit. `apologies` is how many were made so far. */
export function lineText(line: Line, talk: Talk, apologies: number): string | undefined {
  if (!fitsPerson(line, talk) || !needHolds(line, talk)) return undefined;
  const text = sentence(line, talk);
  if (text === undefined || wouldPromise(line, text, talk.state)) return undefined;
  return apologies >= MAX_APOLOGIES && isApology(line, text, talk.t) ? undefined : text;
}

/** Prefers what was written for this person and channel, and sentences that name a concrete thing (law B5 `res-concrete`). */
export function closeness(line: Line): number {
  const concrete = blanksIn(line.text).filter((b) => b !== "agent" && b !== "org").length;
  return (line.psych.length > 0 ? 4 : 0) + (line.ch.length > 0 ? 1 : 0) + Math.min(concrete, 2);
}
