/**
 * The conditions of lines (`needs:`), derived from the case. What no field, event or policy can show never holds, and
 * until the customer's identity is verified nothing that rests on an earlier case does.
 */
import { amountOf, blanksIn } from "./blanks.ts";
import type { Case } from "./case.ts";
import { hasPending } from "./owed.ts";
import type { Line, Need } from "./script.ts";
import type { Talk } from "./talk.ts";

type Holds = (talk: Talk, line: Line) => boolean;

const DONE: ReadonlySet<string> = new Set(["resolved_on_spot", "resolved_later", "not_upheld"]);

/** Whether an earlier case is about the same matter; undefined: they do not both say what they are about. */
function isSameMatter(earlier: Case, present: Case): boolean | undefined {
  const { category, product } = present.record;
  if (category !== undefined && earlier.record.category !== undefined)
    return earlier.record.category === category;
  if (product !== undefined && earlier.record.product !== undefined)
    return earlier.record.product.toLowerCase() === product.toLowerCase();
  return undefined;
}

const verifiedEarlier = (talk: Talk): Case[] =>
  talk.state.case.record.identity_verified === true
    ? talk.earlier.filter((c) => isSameMatter(c, talk.state.case) !== false)
    : [];

/** A line that names the matter says that it was the same one, which has to be known. */
const earlierCase: Holds = (talk, line) =>
  verifiedEarlier(talk).some(
    (c) => !blanksIn(line.text).includes("issue") || isSameMatter(c, talk.state.case) === true,
  );

function isMissed(c: Case, now: string): boolean {
  return c.promises.some((p) => p.state === "broken" || (p.state === "open" && p.due_at < now));
}

const FAMILY =
  /\b(family|wife|husband|partner|child|children|kids?|baby|son|daughter|mother|father|parents?|grand(mother|father|parents))\b|家人|家里人|家裡人|全家|孩子|小孩|宝宝|寶寶|老人|父母|爸|妈|媽|爷爷|爺爷|爺爺|奶奶|老婆|老公|妻子|丈夫|太太|儿子|兒子|女儿|女兒/iu;

/** What a line states as fact must stand in the record: a promise that was not kept, or an effect on the family. */
const factInRecord: Holds = (talk, line) => {
  if (line.move === "broken-promise") return isMissed(talk.state.case, talk.now.toISOString());
  if (line.move === "apology-family") return FAMILY.test(String(talk.state.case.record.impact ?? ""));
  return false;
};

/** Causes that lie with somebody else, whatever side was marked. */
const NOT_OURS: ReadonlySet<string> = new Set(["consumer-handling", "developer", "municipal"]);

/** The cause is known, is ours to prevent, and nobody has to be asked first. "Our system" fits only what systems do. */
const confirmedFault: Holds = (talk, line) => {
  const { cause, cause_side, needs_consult, category } = talk.state.case.record;
  if (cause === undefined || NOT_OURS.has(cause)) return false;
  if (cause_side !== "subjective" || needs_consult === true) return false;
  return blanksIn(line.text).includes("fact") || category === "telecom-network" || category === "incident";
};

function hasResult({ state }: Talk): boolean {
  return DONE.has(state.case.record.outcome ?? "") || state.case.status === "resolved";
}

/** No result yet; of a decision that is still being made, a request must be waiting and none be turned down. */
const stillOpen: Holds = (talk, line) => {
  const { status, approvals } = talk.state.case;
  if (status === "closed" || hasResult(talk) || talk.run.fields.get("solved") === true) return false;
  if (line.move !== "decision-news") return true;
  return hasPending(talk.state) && approvals.every((a) => a.state !== "denied");
};

/** What a line says to be with a lead must have been put to one. */
const partlyDone: Holds = ({ state }, line) => {
  const { promises, record, escalations } = state.case;
  if (blanksIn(line.text).includes("lead") && !hasPending(state) && escalations.length === 0) return false;
  const states = new Set(promises.map((p) => p.state));
  return record.outcome === "partly" || (states.has("kept") && states.has("open"));
};

/** A line that says the agreed remedy was delivered needs the result too: a promise says nothing of remedies. */
const promiseKept: Holds = (talk, line) => {
  const { promises } = talk.state.case;
  if (blanksIn(line.text).includes("option_a") && !hasResult(talk)) return false;
  return promises.some((p) => p.state === "kept") && !isMissed(talk.state.case, talk.now.toISOString());
};

/** Sums cannot be seen going out: a promise kept that names the sum is what shows it. */
const paid: Holds = (talk, line) => {
  const sum = amountOf({ ...line, stage: "follow-up" }, talk);
  return (
    sum !== undefined &&
    talk.state.case.promises.some((p) => p.state === "kept" && p.what.includes(String(sum.amount)))
  );
};

/** A line that names no sum brings the news that not all was granted. */
const decisionMade: Holds = ({ state }, line) => {
  const decided = state.case.approvals.map((a) => a.state);
  return blanksIn(line.text).includes("amount") ? decided.includes("approved") : decided.includes("denied");
};

const approvedTerms: Holds = ({ state }) => {
  const { agreed, options } = state.case.record;
  const taken = options?.filter((o) => o.accepted) ?? [];
  const isFree =
    taken.length > 0 && taken.every((o) => o.approval === undefined || o.approval === "approved");
  return isFree && (agreed === "yes" || agreed === "partly");
};

const HOLDS: Readonly<Record<Need, Holds>> = {
  "recording-policy": ({ policy }) => policy.recording.notice,
  "identity-verified": ({ state }) => state.case.record.identity_verified === true,
  "earlier-case": earlierCase,
  "earlier-break": (talk) => {
    const before = talk.state.runs.filter((r) => r !== talk.run).at(-1);
    return before ? before.ended !== undefined : verifiedEarlier(talk)[0]?.record.ended !== undefined;
  },
  "fact-in-record": factInRecord,
  "confirmed-fault": confirmedFault,
  // Nothing on record shows what a third person said or felt.
  "true-statement": () => false,
  "approved-terms": approvedTerms,
  "verified-law-card": (talk) => talk.state.case.record.reasonable === "yes" && talk.hasVerifiedLaw(),
  "customer-consent": ({ state, run, stage }) =>
    stage === "follow-up" ? run.fields.get("solved") === true : state.case.record.agreed === "yes",
  "still-open": stillOpen,
  "partly-done": partlyDone,
  "result-ready": hasResult,
  "decision-made": decisionMade,
  paid,
  "promise-kept": promiseKept,
  "promise-missed": ({ state, now }) => isMissed(state.case, now.toISOString()),
  "not-satisfied": ({ run }) => {
    const mark = run.fields.get("satisfaction");
    return run.fields.get("solved") === false || (typeof mark === "number" && mark <= 2);
  },
  "callback-declined": ({ run }) =>
    run.fields.get("callback_result") === "declined" || run.fields.get("callback_wanted") === false,
  "owner-changed": ({ state }) => state.case.owner !== state.case.agent,
  // Improvements are streams of their own; a case does not know whether they were made.
  "true-improvement": () => false,
  "known-fault": (talk) => talk.sameCauseToday() >= 2,
};

/** Whether the condition of a line holds now; a line without one always fits. */
export function needHolds(line: Line, talk: Talk): boolean {
  return line.needs === undefined || HOLDS[line.needs](talk, line);
}
