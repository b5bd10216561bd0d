/** The ways that stay open to a customer outside the organisation: what to tell him, and that he was told. */
import type { App } from "../app.ts";
import type { Case } from "../core/case.ts";
import type { EventDraft } from "../core/event.ts";
import type { OutsideClock } from "../core/policy.ts";
import { addSpan, workingCalendar } from "../core/working-time.ts";
import { countryOf } from "./case-writing.ts";
import { showDay } from "./read-time.ts";

/** Routes by country (law cards crpl-39, samr121-8, tel-appeal-rule); elsewhere the general ones. */
const ROUTES: Readonly<Record<string, readonly string[]>> = {
  CN: ["association", "authority_12315", "arbitration", "court"],
};
const GENERAL = ["association", "authority", "arbitration", "court"] as const;

export function routeIds(app: App): readonly string[] {
  return ROUTES[countryOf(app)] ?? GENERAL;
}

/** The clocks of a route, or of a matter: what the customer may expect if he goes there today. */
function clockLines(app: App, indent: string, wanted: (clock: OutsideClock) => boolean): string[] {
  const policy = app.library().policy();
  const country = countryOf(app);
  const calendar = workingCalendar(policy, app.timeZone, country);
  return Object.entries(policy.outside)
    .filter(([, clock]) => (clock.country ?? country) === country && wanted(clock))
    .map(([preset, clock]) => {
      const when = showDay(app, addSpan(calendar, app.now(), clock).toISOString());
      return `${indent}${app.t("case.outside", { preset: preset.replaceAll("-", "_"), when, law: clock.law ?? "-" })}`;
    });
}

/** What to tell the customer: one line per route, with the deadlines the bodies there keep. */
export function outsideRoutes(app: App, c: Pick<Case, "record">): string[] {
  const { category } = c.record;
  return [
    app.t("case.routes"),
    ...routeIds(app).flatMap((route) => [
      `  ${app.t("case.route", { route })}`,
      ...clockLines(app, "      ", (clock) => clock.route === route),
    ]),
    ...clockLines(app, "  ", (clock) => clock.category !== undefined && clock.category === category),
  ];
}

export function routesToldDraft(app: App): EventDraft {
  return { type: "routes-told", data: { routes: [...routeIds(app)] } };
}
