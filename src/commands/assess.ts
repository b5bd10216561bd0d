/** `assess`: a lead's view of good or bad faith, with evidence, a second person and an end; never seen by the customer. */
import type { App, Run } from "../app.ts";
import { refused } from "../core/errors.ts";
import type { UtcIso } from "../core/event.ts";
import { labelOf, needFlag, needOneOf, writeAndPrint } from "./case-command.ts";
import { needFuture, readTime, showTime } from "./read-time.ts";

const DAY = 86_400_000;

function needSoonEnough(app: App, until: UtcIso): void {
  const { max_days } = app.library().policy().assessment;
  if (Date.parse(until) <= +app.now() + (max_days + 1) * DAY) return;
  throw refused(
    "too_long",
    app.t("case.assess_too_long", { days: max_days }),
    app.t("case.assess_too_long_hint"),
  );
}

export const run: Run = async (app, { args, flags }) => {
  app.needRole("lead");
  const faith = needOneOf(
    app,
    "--faith",
    needFlag(app, flags, "faith"),
    app.library().taxonomies().faith ?? [],
  );
  const evidence = needFlag(app, flags, "evidence");
  const second = needFlag(app, flags, "second").trim();
  const until = needFuture(
    app,
    await readTime(app, "--until", needFlag(app, flags, "until"), { endOfDay: true }),
  );
  if (second === app.agent) throw refused("not_allowed", app.t("case.second_person"));
  needSoonEnough(app, until);
  await writeAndPrint(
    app,
    args[0],
    () => [{ type: "assessed", data: { faith, evidence, second, until } }],
    ({ case: c }) => [
      app.t("case.assessed", { ref: c.ref, faith: labelOf(app, "faith", faith), when: showTime(app, until) }),
      app.t("case.assessed_next"),
    ],
  );
};
