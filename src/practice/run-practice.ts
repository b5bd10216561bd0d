/** From flags to a rehearsal: opens the practice store at the case's own time, and holds the conversation in any face. */
import type { App } from "../app.ts";
import type { CallFacts, Doors } from "../call/call.ts";
import { loadDates } from "../call/dates.ts";
import { callFacts } from "../call/run-call.ts";
import { startCase } from "../call/start.ts";
import type { Case } from "../core/case.ts";
import { stopped } from "../core/errors.ts";
import { newId } from "../core/id.ts";
import type { Level, PracticeCase } from "../core/practice-case.ts";
import type { Script } from "../core/script.ts";
import type { Store } from "../core/store-port.ts";
import { openPractice } from "../store/practice-store.ts";
import { wrapText } from "../ui/layout.ts";
import { screenText } from "../ui/screen-text.ts";
import { openPracticeConversation } from "./conversation.ts";
import { openEars, readHearing } from "./hear/open-ears.ts";
import { type PracticeRun, practiceRuns } from "./history.ts";
import type { Scorecard } from "./scorecard.ts";
import { seededBytes } from "./seed.ts";
import type { TalkPlan } from "./talk.ts";

export interface PracticeRequest {
  case: PracticeCase;
  /** Absent: that of the run that is taken up again, else the case's own. */
  level: Level | undefined;
  /** Absent: another one each time the case is played. */
  seed: number | undefined;
  jsonl: boolean;
  /** The program chose the case, and says which. */
  isChosen: boolean;
}

export interface PracticeResult {
  case: Case;
  scorecard: Scorecard & { last_words: string };
}

/** The case's own "now", and the zone it is told in, so that Monday is the same Monday for everybody. */
export function clockOf(c: PracticeCase): { now: Date; timeZone: string } {
  const received = String(c.expected_record.received_at);
  const [, sign = "+", hours = "0"] = /([+-])(\d{2}):\d{2}$/.exec(received) ?? [];
  // The signs of Etc/GMT are the other way round (POSIX).
  const zone = `Etc/GMT${sign === "+" ? "-" : "+"}${Number(hours)}`;
  return { now: new Date(received), timeZone: Number(hours) === 0 ? "UTC" : zone };
}

/** Opens practice.db with a clock of one's own. */
export function practiceStore(app: App, now: () => Date, random: CallFacts["random"]): Store {
  return openPractice(app.home, {
    now,
    random,
    agent: app.agent,
    country: app.config.country ?? app.library().words(app.locale).country,
    t: app.t,
    create: !app.env.COMPLAINT_HOME,
  });
}

/** Rehearsals know nothing of one another: no earlier cases, no batch. */
function aloneStore(store: Store): Store {
  return { ...store, casesOf: () => [], list: () => ({ cases: [], total: 0 }) };
}

/** The script the case is played in; a case of a home may name one that is gone. */
export function scriptOf(app: App, c: PracticeCase): Script {
  const library = app.library();
  const script = library.script(c.script, app.locale) ?? library.script("good-faith", app.locale);
  if (!script) throw new Error("the package has no script good-faith");
  return script;
}

interface Opened {
  doors: Doors;
  run: PracticeRun;
  resumed: boolean;
}

/** What this agent has begun in this language and not finished, oldest first. */
export const leftRuns = (runs: readonly PracticeRun[], { agent, locale }: Pick<App, "agent" | "locale">) =>
  runs.filter((r) => r.unfinished && r.agent === agent && r.locale === locale);

/** The newest run of this case and agent that was left, where neither level nor seed asks for another. */
function leftRun(runs: readonly PracticeRun[], app: App, request: PracticeRequest): PracticeRun | undefined {
  if (request.jsonl || request.seed !== undefined) return undefined;
  return leftRuns(runs, app).findLast(
    (r) => r.case === request.case.id && (request.level ?? r.level) === r.level,
  );
}

function factsFor(app: App, request: PracticeRequest, random: CallFacts["random"]): CallFacts {
  const { now, timeZone } = clockOf(request.case);
  const currency = request.case.expected_record.currency;
  const facts = callFacts(app);
  return {
    ...facts,
    get keys() {
      return facts.keys;
    },
    now: () => now,
    random,
    timeZone,
    ...(typeof currency === "string" ? { currency } : { currency: "CNY" }),
  };
}

/** Begins a run (or takes one up again) in the practice store. */
function openRun(app: App, request: PracticeRequest): Opened {
  const { case: c } = request;
  const { now, timeZone } = clockOf(c);
  // Plain dates are local dates of the process (core/zoned.ts says why).
  process.env.TZ = timeZone;
  let random: CallFacts["random"] = seededBytes(c.id);
  const store = practiceStore(
    app,
    () => now,
    (count) => random(count),
  );
  const earlier = practiceRuns(store);
  const left = leftRun(earlier, app, request);
  const played = earlier.filter((r) => r.case === c.id).length;
  const seed = left?.seed ?? request.seed ?? played + 1;
  const level = left?.level ?? request.level ?? c.level;
  // Ids differ from run to run on one machine, and are the same for the same run elsewhere.
  random = seededBytes(`${c.id} ${seed} ${earlier.length}`);
  const facts = factsFor(app, request, random);
  const doors: Doors = { facts, store: aloneStore(store), library: app.library() };
  if (left) return { doors, run: left, resumed: true };
  const script = scriptOf(app, c);
  const phone = c.channel === "phone" ? c.customer.phone : undefined;
  const known = { channel: c.channel, ...(phone === undefined ? {} : { phone }) };
  const { caseId, run } = startCase(doors, { script, known, practice: true });
  store.append(caseId, [{ id: newId(+now, random), type: "practised", data: { case: c.id, level, seed } }]);
  const begun: PracticeRun = {
    id: caseId,
    ref: "",
    case: c.id,
    level,
    seed,
    agent: app.agent,
    locale: app.locale,
    unfinished: run,
  };
  return { doors, run: begun, resumed: false };
}

/** "And if that doesn't work?", in a few wordings. */
const andIfNot = (app: App) => ["practice.and_if_not_1", "practice.and_if_not_2"].map((key) => app.t(key));

/** Cells of a line of what was said before. */
const WIDEST = 100;

/** Plays a case to its end. Throws `stopped` (exit 130) where it is left; everything is saved. */
export async function runPractice(app: App, request: PracticeRequest): Promise<PracticeResult> {
  const prompter = await app.prompter(request.jsonl);
  if (request.jsonl || app.accessible) await loadDates();
  else setTimeout(() => void loadDates().catch(() => {}), 50).unref();
  const { doors, run, resumed } = openRun(app, request);
  const plan: TalkPlan = { case: request.case, level: run.level, seed: run.seed, andIfNot: andIfNot(app) };
  const { id, title } = request.case;
  const conversation = openPracticeConversation({
    ...doors,
    caseId: run.id,
    run: run.unfinished!,
    plan,
    ears: openEars(readHearing()),
    t: app.t,
    realNow: app.now,
    ...(resumed ? { resumed } : {}),
  });
  if (resumed)
    for (const line of [app.t("practice.resumed", { title }), ...conversation.said()])
      app.notice(wrapText(screenText(line), Math.min(app.io.columns, WIDEST)).join("\n"));
  else if (request.isChosen) app.notice(app.t("practice.chosen", { title, id, level: run.level }));
  const outcome = await prompter.run(conversation);
  if (outcome.paused) {
    if (!request.jsonl) for (const line of outcome.lines ?? []) app.notice(line);
    throw stopped();
  }
  const scorecard = outcome.extra?.scorecard as PracticeResult["scorecard"];
  return { case: outcome.case, scorecard };
}
