/** The next-morning summary: what the day brought, for the level above, ready to paste. */
import type { Report } from "./report.ts";
import type { Voice } from "./view.ts";

const LISTED = 6;

export function renderDigest(report: Report, voice: Voice): string {
  const { t, format, label } = voice;
  const { kind } = report.period;
  const facts = (id: string) => report.sections[id]!.facts as Record<string, number>;
  const rows = (id: string) => report.sections[id]!.rows;
  const items = (id: string, taxonomy: string, key: string) =>
    rows(id)
      .slice(0, LISTED)
      .map((row) =>
        t("report.digest.item", {
          label: label(taxonomy, String(row[key])),
          count: format.number(Number(row.count)),
        }),
      )
      .join(t("report.digest.between"));
  const { received, closed, backlog } = facts("volume");
  const before = report.previous?.sections.volume?.facts.received;
  const { breached, at_risk: risk } = facts("deadlines");
  const { due = 0, kept, broken, open_overdue: overdue } = facts("promises");
  const { reached, not_reached, rated_good: good } = facts("callbacks");
  const { escalated, appeals } = facts("escalation");
  const spike = rows("spikes")[0];
  const quote = rows("category").find((row) => row.quote !== undefined)?.quote;
  const lines = [
    t("report.digest.title", { kind, label: report.period.label }),
    t(before === undefined ? "report.digest.numbers_alone" : "report.digest.numbers", {
      received,
      closed,
      backlog,
      before,
      kind,
    }),
    ...(rows("category").length > 0
      ? [t("report.digest.categories", { list: items("category", "category", "id") })]
      : []),
    t("report.digest.late", { breached, risk }),
    due > 0 ? t("report.digest.promises", { kept, due, broken, overdue }) : t("report.top.promises_none"),
    t("report.digest.callbacks", { reached, not_reached, good }),
    t("report.digest.escalated", {
      escalated,
      appeals,
      list: escalated ? items("escalation", "trigger", "trigger") : "none",
    }),
    ...(spike ? [t("report.digest.spike", { text: spikeText(spike, voice) })] : []),
    ...(quote ? [t("report.digest.quote", { quote })] : []),
  ];
  const commands = [
    report.sections.volume!.lists.received,
    risk ? report.sections.deadlines!.lists.at_risk : undefined,
    overdue ? report.sections.promises!.lists.open_overdue : undefined,
  ].filter((command) => command !== undefined);
  return [
    lines[0],
    ...lines.slice(1).map((line) => `- ${line}`),
    "",
    t("report.digest.commands"),
    ...commands,
    "",
  ].join("\n");
}

function spikeText(row: Report["sections"][string]["rows"][number], { t, format, label }: Voice): string {
  return t(row.usual === 0 ? "report.top.spike_new" : "report.top.spike", {
    category: label("category", String(row.category)),
    cause: label("cause", String(row.cause)),
    count: row.count,
    usual: format.number(Number(row.usual), 1),
  });
}
