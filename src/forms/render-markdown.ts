/** A form as Markdown: tables that paste into a chat or a document, with lines to sign. */
import type { Form, FormContext, Section } from "./form.ts";

/** Text of a customer is no markup: what would begin a table cell, a heading, a link or HTML is escaped. */
function plain(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/([\\|*_`[\]#>~])/g, "\\$1")
    .replace(/\n+/g, "<br>");
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function tableLines(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [row(head), row(head.map(() => "---")), ...rows.map(row)];
}

function sectionLines({ title, rows, table }: Section, { t }: FormContext): string[] {
  const fields = rows.map(({ label, value }) => [plain(label), plain(value)]);
  const lines = ["", `## ${plain(title)}`, ""];
  if (fields.length > 0) lines.push(...tableLines([t("form.field"), t("form.value")], fields));
  if (table) {
    const blanks = Math.max(0, table.least - table.rows.length);
    const empty = Array.from({ length: blanks }, () => table.head.map(() => ""));
    lines.push(
      ...tableLines(table.head.map(plain), [...table.rows.map((cells) => cells.map(plain)), ...empty]),
    );
  }
  return lines;
}

export function renderMarkdown(form: Form, context: FormContext): string {
  const { t } = context;
  const signatures = form.signatures.map(
    (who) => `${plain(who)}: ____________________  ${t("form.date")} ____________`,
  );
  return [
    `# ${plain(form.title)}`,
    "",
    form.head.map(plain).join(" · "),
    ...form.sections.flatMap((section) => sectionLines(section, context)),
    "",
    `## ${t("form.signatures")}`,
    "",
    signatures.join("\n\n"),
    "",
    plain(form.foot),
    "",
  ].join("\n");
}
