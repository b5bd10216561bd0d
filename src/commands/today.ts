/** `today`: one screen of what is owed now, oldest first, each line with the command that deals with it. */
import type { App, Run } from "../app.ts";
import { type Agenda, agendaOf } from "./agenda.ts";
import { agendaText } from "./agenda-text.ts";

/** Leads see the team; an agent his own, and the team only where no roles are set. */
function isTeam(app: App, asked: boolean): boolean {
  if (asked) app.needRole("lead");
  return asked || app.role === "lead";
}

const EMPTY: Agenda = {
  drafts: [],
  promises: [],
  callbacks: [],
  approvals: [],
  at_risk: [],
  breached: [],
  updates: [],
};

export const run: Run = async (app, { flags }) => {
  const team = isTeam(app, flags.team === true);
  const store = await app.reader();
  const agenda = store ? agendaOf(app, store, team) : EMPTY;
  const { updates: _, ...json } = agenda;
  app.print({ json, text: () => agendaText(app, agenda, team) });
};
