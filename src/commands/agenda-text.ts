/** The agenda as one screen: headings with counts, the oldest entries, what to type for each. */
import type { App } from "../app.ts";
import type { UtcIso } from "../core/event.ts";
import { workingCalendar, yearsWithoutHolidays } from "../core/working-time.ts";
import { fitText, padText } from "../ui/layout.ts";
import { screenText } from "../ui/screen-text.ts";
import type { Agenda, DeadlineEntry } from "./agenda.ts";
import { labelOf, remedyText } from "./case-command.ts";
import { countryOf } from "./case-writing.ts";
import { showTime } from "./read-time.ts";

/** Two lines each; so many that an ordinary day fits one screen. */
const SHOWN = 3;
const REF_WIDTH = 11;

interface Line {
  ref: string;
  what: string;
  command: string;
}

interface Section {
  head: string;
  count: number;
  /** The first few: wording a time takes long, and there may be thousands. */
  lines: Line[];
  /** Lists the rest. */
  more: string;
}

function section<T>(head: string, entries: readonly T[], more: string, line: (entry: T) => Line): Section {
  return { head, count: entries.length, lines: entries.slice(0, SHOWN).map(line), more };
}

/** The moment a lapse began, or that is coming. */
function when(app: App, at: UtcIso, state: "overdue" | "due" | "soon"): string {
  return app.t("case.today_due", { state, when: showTime(app, at) });
}

const joined = (app: App, parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== "").join(app.t("case.comma"));

function runs(app: App, { drafts }: Agenda): Section {
  return section(
    app.t("case.today_drafts", { count: drafts.length }),
    drafts,
    "complaint list --status draft",
    (d) => ({
      ref: d.ref,
      what: joined(app, [
        labelOf(app, "run_kind", d.kind),
        d.category && labelOf(app, "category", d.category),
        d.agent === app.agent ? "" : d.agent,
        showTime(app, d.started_at),
        d.stale ? app.t("case.today_stale") : "",
      ]),
      command: d.command,
    }),
  );
}

function promises(app: App, agenda: Agenda): Section {
  return section(
    app.t("case.today_promises", { count: agenda.promises.length }),
    agenda.promises,
    "complaint list --status all --overdue",
    (p) => ({
      ref: p.ref,
      what: joined(app, [p.what, when(app, p.due_at, p.state), p.owner === app.agent ? "" : p.owner]),
      command: p.command,
    }),
  );
}

function callbacks(app: App, agenda: Agenda): Section {
  return section(
    app.t("case.today_callbacks", { count: agenda.callbacks.length }),
    agenda.callbacks,
    "complaint list --status resolved",
    (c) => ({
      ref: c.ref,
      what: joined(app, [
        app.t("case.today_callback", { attempts: c.attempts }),
        when(app, c.due_at, c.state),
        c.owner === app.agent ? "" : c.owner,
      ]),
      command: c.command,
    }),
  );
}

function approvals(app: App, agenda: Agenda): Section {
  return section(
    app.t("case.today_approvals", { count: agenda.approvals.length }),
    agenda.approvals,
    "complaint list --status open",
    (a) => ({
      ref: a.ref,
      what: app.t("case.today_approval", {
        what: remedyText(app, a),
        by: a.by,
        when: showTime(app, a.asked_at),
      }),
      command: a.command,
    }),
  );
}

type Deadlines = "top" | "breached" | "at_risk";

function deadlines(app: App, key: Deadlines, entries: readonly DeadlineEntry[]): Section {
  const now = app.now().toISOString();
  return section(
    app.t(`case.today_${key}`, { count: entries.length }),
    entries,
    key === "at_risk" ? "complaint list --status open" : "complaint list --overdue",
    (d) => ({
      ref: d.ref,
      what: joined(app, [
        d.category && labelOf(app, "category", d.category),
        d.resolve_by && when(app, d.resolve_by, d.resolve_by <= now ? "overdue" : "soon"),
        d.owner === app.agent ? "" : d.owner,
      ]),
      command: d.command,
    }),
  );
}

function updates(app: App, agenda: Agenda): Section {
  return section(
    app.t("case.today_updates", { count: agenda.updates.length }),
    agenda.updates,
    "complaint list --status open",
    (u) => ({
      ref: u.ref,
      what: app.t(u.first ? "case.today_first" : "case.today_update", { when: showTime(app, u.due_at) }),
      command: u.command,
    }),
  );
}

function sectionLines(app: App, { head, count, lines, more }: Section): string[] {
  if (count === 0) return [];
  const width = Math.max(40, app.io.columns);
  const shown = lines.flatMap(({ ref, what, command }) => [
    fitText(`  ${padText(ref, REF_WIDTH)}${screenText(what)}`, width),
    fitText(`  ${" ".repeat(REF_WIDTH)}> ${command}`, width),
  ]);
  const rest = count - lines.length;
  const tail = rest > 0 ? [`  ${app.t("case.today_more", { count: rest, command: more })}`] : [];
  return [head, ...shown, ...tail, ""];
}

/** Says where deadlines rest on weekends only. */
function holidayLine(app: App): string[] {
  const calendar = workingCalendar(app.library().policy(), app.timeZone, countryOf(app));
  const now = app.now();
  const years = yearsWithoutHolidays(calendar, now, +now + 15 * 86_400_000);
  return years.length > 0
    ? [app.t("case.no_holidays", { country: calendar.country ?? "", years: years.join(", ") })]
    : [];
}

/** The whole screen, without what has nothing to say. */
export function agendaText(app: App, agenda: Agenda, team: boolean): string {
  const late = [...agenda.breached, ...agenda.at_risk];
  const isBelow = (d: DeadlineEntry) => !(team && d.top);
  const deadline = [
    deadlines(app, "breached", agenda.breached.filter(isBelow)),
    deadlines(app, "at_risk", agenda.at_risk.filter(isBelow)),
  ];
  // What a lead must see first: calls nobody finished, and cases that have nobody above them left.
  const top = deadlines(app, "top", team ? late.filter((d) => d.top) : []);
  const drafts = runs(app, agenda);
  const heads = team ? [drafts, top, ...deadline] : [drafts];
  const tails = team ? [] : deadline;
  const sections = [
    ...heads,
    promises(app, agenda),
    callbacks(app, agenda),
    approvals(app, agenda),
    updates(app, agenda),
    ...tails,
  ];
  const lines = sections.flatMap((section) => sectionLines(app, section));
  const body = lines.length === 0 ? [app.t("case.today_nothing")] : lines.slice(0, -1);
  return [...body, ...holidayLine(app)].join("\n");
}
