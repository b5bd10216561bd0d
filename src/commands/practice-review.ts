/** `practice review`: weak steps that are due, one reply each. */
import type { App, Input } from "../app.ts";
import { callFacts } from "../call/run-call.ts";
import { startCase } from "../call/start.ts";
import { stopped } from "../core/errors.ts";
import { STAGES } from "../core/stage.ts";
import { localStamp } from "../core/zoned.ts";
import { openEars, readHearing } from "../practice/hear/open-ears.ts";
import { openReview, type ReviewStart, type ReviewStep } from "../practice/review-conversation.ts";
import { type DueStep, dueSteps } from "../practice/review-schedule.ts";
import { practiceStore, scriptOf } from "../practice/run-practice.ts";
import { caseLibrary } from "./practice.ts";
import { practiceHistory } from "./practice-results.ts";

/** About five minutes. */
const MOST_STEPS = 5;

/** Keeps each reviewed step as a small run of its own in the practice store. */
function keeper(app: App): ReviewStart["keep"] {
  const store = practiceStore(app, app.now, app.random);
  const doors = { facts: callFacts(app), store, library: app.library() };
  return ({ plan, turn, stage }, reviewed) => {
    const { caseId, run } = startCase(doors, { script: scriptOf(app, plan.case), practice: true });
    const about = { case: plan.case.id, level: plan.level, seed: plan.seed };
    const state = store.append(caseId, [
      { type: "practised", data: about },
      { type: "answered", data: { run, step: `${stage}.turn-${turn}`, value: reviewed.line } },
      { type: "finished", data: { run, ended: "other", status: "open" } },
      { type: "practised", data: { ...about, result: { review: true, turns: [reviewed] } } },
    ]);
    return state.case;
  };
}

function listText(app: App, due: readonly DueStep[], title: (id: string) => string): string {
  if (due.length === 0) return app.t("practice.review_none");
  const stages = app.library().words(app.locale).labels.stage ?? {};
  const rows = due.map((d) =>
    app.t("practice.review_row", {
      title: title(d.case),
      turn: d.turn,
      stage: stages[d.stage] ?? d.stage,
      due: localStamp(new Date(d.due_at), app.timeZone),
    }),
  );
  return [app.t("practice.review_due", { count: due.length }), ...rows.map((r) => `  ${r}`)].join("\n");
}

/** Plays what is due; where nobody can be asked it is listed. */
export async function review(app: App, flags: Input["flags"]): Promise<void> {
  const cases = await caseLibrary(app);
  const find = (id: string) => cases.find(id, app.locale);
  const due = dueSteps(await practiceHistory(app), app.agent, app.now(), find).slice(0, MOST_STEPS);
  const jsonl = flags.jsonl === true;
  const canAsk = jsonl || (!app.noInput && (app.accessible || app.io.interactive));
  if (due.length === 0 || !canAsk || (app.json && !jsonl)) {
    app.print({ json: { due }, text: () => listText(app, due, (id) => find(id)?.title ?? id) });
    return;
  }
  const prompter = await app.prompter(jsonl);
  const andIfNot = ["practice.and_if_not_1", "practice.and_if_not_2"].map((key) => app.t(key));
  const steps: ReviewStep[] = due.flatMap((d) => {
    const c = find(d.case);
    return c ? [{ ...d, plan: { case: c, level: c.level, seed: d.turn, andIfNot } }] : [];
  });
  const labels = app.library().words(app.locale).labels.stage ?? {};
  const outcome = await prompter.run(
    openReview({
      steps,
      ears: openEars(readHearing()),
      t: app.t,
      keep: keeper(app),
      stages: () => STAGES.map((id) => ({ id, label: labels[id] ?? id })),
    }),
  );
  if (!jsonl) app.print({ json: outcome.extra ?? {}, text: () => (outcome.lines ?? []).join("\n") });
  if (outcome.paused) throw stopped();
}
