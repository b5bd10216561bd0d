/** The five things that matter first: what changed, what is late, which promises, which cause, which spike. */
import type { Report } from "./report.ts";
import type { Voice } from "./view.ts";

export interface TopThing {
  id: "changed" | "late" | "promises" | "cause" | "spike";
  label: string;
  text: string;
  /** Whether it asks for something to be done. */
  bad: boolean;
  /** The command that shows the cases. */
  list?: string;
}

type Found = Omit<TopThing, "id" | "label">;

const facts = (report: Report, id: string) => report.sections[id]!.facts as Record<string, number>;

function listed(list: unknown): { list?: string } {
  return typeof list === "string" ? { list } : {};
}

function changed(report: Report, { t }: Voice): Found {
  const { received = 0, closed = 0, backlog = 0 } = facts(report, "volume");
  const before = report.previous?.sections.volume?.facts.received as number | undefined;
  const change =
    before === undefined ? "none" : received > before ? "up" : received < before ? "down" : "same";
  const text = t("report.top.changed", {
    received,
    closed,
    backlog,
    change,
    by: Math.abs(received - (before ?? 0)),
  });
  return {
    text,
    bad: received > closed && change === "up",
    ...listed(received > 0 ? report.sections.volume!.lists.received : undefined),
  };
}

function late(report: Report, { t, format }: Voice): Found {
  const { breached = 0, at_risk: risk = 0 } = facts(report, "deadlines");
  const { rows, facts: ageing } = report.sections.ageing!;
  const over = rows.at(-1);
  const old = Number(over?.count ?? 0);
  if (breached + risk + old === 0) return { text: t("report.top.late_none"), bad: false };
  const oldest = typeof ageing.oldest === "number" ? format.number(ageing.oldest) : "none";
  const { lists } = report.sections.deadlines!;
  const list = risk > 0 ? lists.at_risk : breached > 0 ? lists.breached : over?.list;
  return {
    text: t("report.top.late", { breached, risk, old, oldest: old > 0 ? oldest : "none" }),
    bad: true,
    ...listed(list),
  };
}

function promises(report: Report, { t }: Voice): Found {
  const { due = 0, broken = 0, open_overdue: overdue = 0 } = facts(report, "promises");
  if (due === 0) return { text: t("report.top.promises_none"), bad: false };
  if (broken + overdue === 0) return { text: t("report.top.promises_kept", { due }), bad: false };
  const { lists } = report.sections.promises!;
  const text = t("report.top.promises", { bad: broken + overdue, due, broken, overdue });
  return { text, bad: true, ...listed(overdue > 0 ? lists.open_overdue : lists.broken) };
}

function cause(report: Report, { t, format, label }: Voice): Found {
  const first = report.sections.cause!.rows[0];
  if (!first) return { text: t("report.top.cause_none"), bad: false };
  const text = t("report.top.cause", {
    cause: label("cause", String(first.id)),
    count: first.count,
    share: format.percent(Number(first.share)),
    before: first.previous === undefined ? "none" : format.number(Number(first.previous)),
  });
  return { text, bad: false, ...listed(first.list) };
}

function spike(report: Report, { t, format, label }: Voice): Found {
  const first = report.sections.spikes!.rows[0];
  if (!first) return { text: t("report.top.spike_none"), bad: false };
  const params = {
    category: label("category", String(first.category)),
    cause: label("cause", String(first.cause)),
    count: first.count,
    usual: format.number(Number(first.usual), 1),
  };
  return {
    text: t(first.usual === 0 ? "report.top.spike_new" : "report.top.spike", params),
    bad: true,
    ...listed(first.list),
  };
}

const FINDERS = { changed, late, promises, cause, spike } as const;

export function topFive(report: Report, voice: Voice): TopThing[] {
  return Object.entries(FINDERS).map(([id, find]) => ({
    id: id as TopThing["id"],
    label: voice.t(`report.top.${id}_label`),
    ...find(report, voice),
  }));
}
