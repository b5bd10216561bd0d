/** The sentence a customer is owed when something happens to his case outside a call, such as going one level up. */
import type { App } from "../app.ts";
import { levelOf } from "../core/authority.ts";
import type { CaseState } from "../core/fold.ts";
import { wordChannel } from "../core/line.ts";
import { wordings } from "../core/say-choice.ts";
import { UNMARKED_MOOD } from "../core/talk.ts";

/** A line of the side action `side` that fits the case; `lead`: who decides now. Undefined where none does. */
export function tellCustomer(
  app: App,
  state: CaseState,
  side: string,
  lead: string | undefined = app.config.lead,
): string | undefined {
  const { case: c } = state;
  const library = app.library();
  const script = library.script(c.script.id, app.locale) ?? library.script("good-faith", app.locale);
  const run = state.runs.at(-1);
  if (!script || !run) return undefined;
  const { config } = app;
  const talk = {
    script,
    state,
    run,
    stage: c.stage,
    mood: state.mood ?? UNMARKED_MOOD,
    channel: wordChannel(c.record.channel),
    locale: app.locale,
    t: app.t,
    now: app.now(),
    timeZone: app.timeZone,
    agent: app.agentName,
    org: app.org,
    lead,
    level: levelOf(config.level, app.role),
    currency: config.currency ?? library.words(app.locale).currency,
    emergency: config.emergency ?? {},
    policy: library.policy(),
    earlier: [],
    sameCauseToday: () => 0,
    hasVerifiedLaw: () => false,
  };
  return wordings(script.sides[side] ?? [], talk, true)[0]?.text;
}
