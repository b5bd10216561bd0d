/** `finish`: ends an unfinished conversation as it is; the case becomes open. */
import type { Run } from "../app.ts";
import { openDialogue } from "../call/dialogue.ts";
import { callFacts } from "../call/run-call.ts";
import { needFlag, needOneOf, printCase } from "./case-command.ts";
import { sweepBreaches } from "./case-writing.ts";
import { leftRun } from "./resume.ts";

const REASONS = ["cut_off", "refused", "abuse", "other"] as const;

export const run: Run = async (app, { args, flags }) => {
  const reason = needOneOf(
    app,
    "--reason",
    needFlag(app, flags, "reason"),
    REASONS,
  ) as (typeof REASONS)[number];
  const { store, caseId, run: left } = await leftRun(app, args[0]);
  const doors = { facts: callFacts(app, { density: "quiet" }), store, library: app.library() };
  const conversation = openDialogue({ ...doors, caseId, run: left });
  const outcome = conversation.reply({ kind: "side", action: { side: "end", reason } });
  sweepBreaches(app, store);
  const lines = outcome.type === "done" ? (outcome.lines ?? []) : [];
  printCase(app, conversation.caseNow(), () => lines);
};
