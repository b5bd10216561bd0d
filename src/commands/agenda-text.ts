/** The agenda as one screen: headings with counts, the oldest entries, what to type for each. */
import type { App } from "../app.ts";
import type { UtcIso } from "../core/event.ts";
import { maskText } from "../core/mask.ts";
import { workingCalendar, yearsWithoutHolidays } from "../core/working-time.ts";
import { fitText, padText } from "../ui/layout.ts";
import { screenText } from "../ui/screen-text.ts";
import type { Agenda } from "./agenda.ts";
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
  lines: Line[];
  /** Lists the rest. */
  more: string;
}

/** The moment a lapse began, or that is coming. */
function when(app: App, at: UtcIso, state: "overdue" | "due" | "soon"): string {
  return app.t("case.today_due", { state, when: showTime(app, at) });
}

function runs(app: App, { drafts }: Agenda): Section {
  return {
    head: app.t("case.today_drafts", { count: drafts.length }),
    lines: drafts.map((d) => ({
      ref: d.ref,
      what: [
        labelOf(app, "run_kind", d.kind),
        d.category === undefined ? "" : labelOf(app, "category", d.category),
        d.agent === app.agent ? "" : d.agent,
        showTime(app, d.started_at),
        d.stale ? app.t("case.today_stale") : "",
      ]
        .filter((part) => part !== "")
        .join(app.t("case.comma")),
      command: d.command,
    })),
    more: "complaint list --status draft",
  };
}

function promises(app: App, agenda: Agenda): Section {
  return {
    head: app.t("case.today_promises", { count: agenda.promises.length }),
    lines: agenda.promises.map((p) => ({
      ref: p.ref,
      what: `${maskText(p.what)}${app.t("case.comma")}${when(app, p.due_at, p.state)}`,
      command: p.command,
    })),
    more: "complaint list --overdue",
  };
}

function callbacks(app: App, agenda: Agenda): Section {
  return {
    head: app.t("case.today_callbacks", { count: agenda.callbacks.length }),
    lines: agenda.callbacks.map((c) => ({
      ref: c.ref,
      what: `${app.t("case.today_callback", { attempts: c.attempts })}${app.t("case.comma")}${when(app, c.due_at, c.state)}`,
      command: c.command,
    })),
    more: "complaint list --status resolved",
  };
}

function approvals(app: App, agenda: Agenda): Section {
  return {
    head: app.t("case.today_approvals", { count: agenda.approvals.length }),
    lines: agenda.approvals.map((a) => ({
      ref: a.ref,
      what: app.t("case.today_approval", {
        what: remedyText(app, a),
        by: a.by,
        when: showTime(app, a.asked_at),
      }),
      command: a.command,
    })),
    more: "complaint list --status open",
  };
}

function deadlines(app: App, agenda: Agenda, key: "breached" | "at_risk"): Section {
  return {
    head: app.t(`case.today_${key}`, { count: agenda[key].length }),
    lines: agenda[key].map((d) => ({
      ref: d.ref,
      what: [
        d.top ? app.t("case.today_top") : "",
        d.category === undefined ? "" : labelOf(app, "category", d.category),
        d.resolve_by === undefined ? "" : when(app, d.resolve_by, key === "breached" ? "overdue" : "soon"),
        d.owner === app.agent ? "" : d.owner,
      ]
        .filter((part) => part !== "")
        .join(app.t("case.comma")),
      command: d.command,
    })),
    more: "complaint list --overdue",
  };
}

function updates(app: App, agenda: Agenda): Section {
  return {
    head: app.t("case.today_updates", { count: agenda.updates.length }),
    lines: agenda.updates.map((u) => ({
      ref: u.ref,
      what: app.t(u.first ? "case.today_first" : "case.today_update", { when: showTime(app, u.due_at) }),
      command: u.command,
    })),
    more: "complaint list --status open",
  };
}

function sectionLines(app: App, { head, lines, more }: Section): string[] {
  if (lines.length === 0) return [];
  const width = Math.max(40, app.io.columns);
  const shown = lines
    .slice(0, SHOWN)
    .flatMap(({ ref, what, command }) => [
      fitText(`  ${padText(ref, REF_WIDTH)}${screenText(what)}`, width),
      fitText(`  ${" ".repeat(REF_WIDTH)}> ${command}`, width),
    ]);
  const rest = lines.length - SHOWN;
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
  const drafts = runs(app, agenda);
  const deadline = [deadlines(app, agenda, "breached"), deadlines(app, agenda, "at_risk")];
  // What a lead must see first: calls nobody finished, and cases that have nobody above them left.
  const heads = team ? [drafts, ...deadline] : [drafts];
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
