/** `practice results`: what was practised, progress by skill, and one scorecard again. */
import type { App, Input } from "../app.ts";
import { refused } from "../core/errors.ts";
import { localStamp } from "../core/zoned.ts";
import { type PracticeRun, practiceRuns } from "../practice/history.ts";
import { ENOUGH_RUNS, type FinishedRun, finishedRuns, progressOf, runLine } from "../practice/results.ts";
import { readPractice } from "../store/practice-store.ts";
import { screenText } from "../ui/screen-text.ts";
import { flagText } from "./case-command.ts";
import { cardLook, caseLibrary, outputOf, writeCard } from "./practice.ts";

/** Rows of the text; JSON has them all. */
const MOST_ROWS = 20;

/** Every run on this machine; nothing is created by looking. */
export async function practiceHistory(app: App): Promise<PracticeRun[]> {
  const store = readPractice(app.home, {
    now: app.now,
    random: app.random,
    agent: app.agent,
    country: app.config.country ?? app.library().words(app.locale).country,
    t: app.t,
  });
  try {
    return practiceRuns(store);
  } finally {
    store?.close();
  }
}

/** An agent sees his own runs; leads and trainers see the group. */
function visible(app: App, runs: readonly FinishedRun[], agent: string | undefined): FinishedRun[] {
  if (app.role === "agent" && agent !== undefined && agent !== app.agent) app.needRole("lead", "trainer");
  const who = agent ?? (app.role === "agent" ? app.agent : undefined);
  return runs.filter((r) => who === undefined || r.agent === who);
}

function skillLines(app: App, agent: string, runs: readonly FinishedRun[]): string[] {
  const { t } = app;
  const count = Math.min(runs.length, ENOUGH_RUNS);
  const rows = progressOf(runs).map(({ skill, now, change }) => {
    const name = t(`practice.skill_${skill.replaceAll("-", "_")}`);
    return `  ${t("practice.results_trend", { skill: name, now, change: change ?? "none" })}`;
  });
  const few = runs.length < ENOUGH_RUNS ? [`  ${t("practice.results_few", { count: runs.length })}`] : [];
  return ["", t("practice.results_skills", { agent: screenText(agent), count }), ...rows, ...few];
}

async function text(app: App, runs: readonly FinishedRun[]): Promise<string> {
  const { t } = app;
  if (runs.length === 0) return t("practice.results_none");
  const cases = await caseLibrary(app);
  const agents = [...new Set(runs.map((r) => r.agent))].sort();
  const rows = runs.slice(-MOST_ROWS).map((r) =>
    t("practice.results_row", {
      at: localStamp(new Date(r.at), app.timeZone),
      ref: r.ref,
      agent: screenText(r.agent),
      title: screenText(cases.find(r.case, app.locale)?.title ?? r.result.title),
      level: r.level,
      score: r.result.score,
    }),
  );
  const group =
    agents.length > 1 ? [t("practice.results_group", { runs: runs.length, people: agents.length }), ""] : [];
  return [
    ...group,
    ...rows,
    ...agents.flatMap((agent) =>
      skillLines(
        app,
        agent,
        runs.filter((r) => r.agent === agent),
      ),
    ),
  ].join("\n");
}

const plainRef = (ref: string) => ref.normalize("NFKC").toUpperCase().replaceAll("-", "");

async function showOne(app: App, ref: string, runs: readonly FinishedRun[], output: string | undefined) {
  const wish = plainRef(ref);
  const found = wish.length >= 3 ? runs.filter((r) => plainRef(r.ref).startsWith(wish)) : [];
  const [run] = found;
  if (!run || found.length > 1)
    throw refused("not_found", app.t("practice.results_unknown", { ref: screenText(ref) }));
  if (output !== undefined) await writeCard(app, output, run.result);
  const { renderCard } = await import("../practice/render-card.ts");
  app.print({
    json: { ref: run.ref, agent: run.agent, at: run.at, scorecard: run.result },
    text: () => renderCard(run.result, cardLook(app)),
  });
}

/** All runs, or with a ref the scorecard of one. */
export async function showResults(app: App, ref: string | undefined, flags: Input["flags"]): Promise<void> {
  const output = outputOf(app, flags);
  const runs = visible(app, finishedRuns(await practiceHistory(app)), flagText(flags, "agent"));
  if (ref !== undefined) return showOne(app, ref, runs, output);
  const agents = [...new Set(runs.map((r) => r.agent))].sort();
  const shown = app.json ? "" : await text(app, runs);
  app.print({
    json: {
      runs: runs.map(runLine),
      skills: Object.fromEntries(agents.map((a) => [a, progressOf(runs.filter((r) => r.agent === a))])),
    },
    text: () => shown,
  });
}
