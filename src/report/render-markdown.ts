/** The report as Markdown that pastes into a chat or a wiki. */
import type { ReportView, SectionView } from "./view.ts";

/** Signs that mean something in Markdown or HTML, made harmless; one line. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_{}[\]<>|#~&]/g, (sign) =>
      sign === "<" ? "&lt;" : sign === ">" ? "&gt;" : sign === "&" ? "&amp;" : `\\${sign}`,
    );
}

/** A command in a chat: backquotes inside it would end the code. */
const code = (command: string): string => (command.includes("`") ? `\`\` ${command} \`\`` : `\`${command}\``);

function table(
  head: readonly { label: string; right: boolean }[],
  rows: readonly (readonly string[])[],
): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(head.map((h) => escapeMarkdown(h.label) || " ")),
    line(head.map((h) => (h.right ? "---:" : "---"))),
    ...rows.map(line),
  ];
}

function sectionLines(section: SectionView, words: { before: string; now: string; list: string }): string[] {
  const { facts, rows, columns } = section;
  if (facts.length === 0 && rows.length === 0) return [];
  const lines = ["", `## ${escapeMarkdown(section.title)}`, ""];
  if (facts.length > 0) {
    const hasBefore = facts.some((f) => f.before !== undefined);
    const head = [
      { label: "", right: false },
      { label: words.now, right: true },
      ...(hasBefore ? [{ label: words.before, right: true }] : []),
      { label: words.list, right: false },
    ];
    const body = facts.map((f) => [
      escapeMarkdown(f.label),
      escapeMarkdown(f.value),
      ...(hasBefore ? [escapeMarkdown(f.before ?? "")] : []),
      f.list ? code(f.list) : "",
    ]);
    lines.push(...table(head, body));
  }
  if (rows.length > 0) {
    const hasList = rows.some((row) => row.list !== undefined);
    const head = [...columns, ...(hasList ? [{ label: words.list, right: false }] : [])];
    const body = rows.map((row) => [
      ...columns.map((c) => escapeMarkdown(row.cells[c.key] ?? "")),
      ...(hasList ? [row.list ? code(row.list) : ""] : []),
    ]);
    lines.push(...(facts.length > 0 ? [""] : []), ...table(head, body));
  }
  return section.note ? [...lines, "", `_${escapeMarkdown(section.note)}_`] : lines;
}

export function renderMarkdown(
  view: ReportView,
  title: string,
  empty: string,
  words: { before: string; now: string; list: string },
): string {
  const facts = [view.span, view.compared, view.asOf, view.running, view.changedSince].filter(
    (text) => text !== undefined,
  );
  const head = [
    `# ${escapeMarkdown(view.title)}`,
    "",
    facts.map((text) => escapeMarkdown(text!)).join(" · "),
  ];
  if (view.empty) return [...head, "", escapeMarkdown(empty), ""].join("\n");
  const top = view.top.map(
    ({ label, text, list }, i) =>
      `${i + 1}. **${escapeMarkdown(label)}**: ${escapeMarkdown(text)}${list ? ` ${code(list)}` : ""}`,
  );
  const sections = view.sections.flatMap((section) => sectionLines(section, words));
  return [...head, "", `**${escapeMarkdown(title)}**`, "", ...top, ...sections, ""].join("\n");
}
