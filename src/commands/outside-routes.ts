/** The ways that stay open to a customer outside the organisation: what to tell him, and that he was told. */
import type { App } from "../app.ts";
import type { EventDraft } from "../core/event.ts";
import { countryOf } from "./case-writing.ts";

/** Routes by country (law cards crpl-39, samr121-8, tel-appeal-rule); elsewhere the general ones. */
const ROUTES: Readonly<Record<string, readonly string[]>> = {
  CN: ["association", "authority_12315", "arbitration", "court"],
};
const GENERAL = ["association", "authority", "arbitration", "court"] as const;

export function routeIds(app: App): readonly string[] {
  return ROUTES[countryOf(app)] ?? GENERAL;
}

/** What to tell the customer, one line per route. */
export function outsideRoutes(app: App): string[] {
  return [app.t("case.routes"), ...routeIds(app).map((route) => `  ${app.t("case.route", { route })}`)];
}

export function routesToldDraft(app: App): EventDraft {
  return { type: "routes-told", data: { routes: [...routeIds(app)] } };
}
