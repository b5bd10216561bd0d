/** A form as one HTML file: no network, no script, black on white, made for a sheet of A4. */
import type { Form, FormContext, Row, Section, Table } from "./form.ts";

/** Text of a customer is data: markup is escaped, control and direction characters are taken out. */
function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}

const multiline = (text: string): string => escaped(text).replace(/\n/g, "<br>");

const STYLE = `
@page { size: A4; margin: 11mm 14mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 182mm; padding: 6mm 0; color: #000; background: #fff;
  font: 9.5pt/1.38 "Noto Sans", "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "Segoe UI", Arial, sans-serif; }
:lang(zh-TW) body, body:lang(zh-TW) { font-family: "Noto Sans CJK TC", "Noto Sans TC", "PingFang TC", "Microsoft JhengHei", sans-serif; }
h1 { font-size: 15pt; text-align: center; margin: 0 0 1.5mm; letter-spacing: .04em; }
.head { display: flex; justify-content: space-between; gap: 4mm; font-size: 8.5pt; margin-bottom: 2mm; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; margin-bottom: 2mm; }
caption { text-align: left; font-weight: 700; font-size: 9.5pt; padding: .8mm 0; }
th, td { border: .25mm solid #444; padding: .8mm 1.6mm; vertical-align: top; text-align: left;
  overflow-wrap: anywhere; }
th { font-weight: 500; background: #f1f1f1; }
.fields th { height: 6.3mm; }
tr { break-inside: avoid; }
tr.long { break-inside: auto; }
.signatures { display: flex; gap: 8mm; margin-top: 6mm; break-inside: avoid; }
.signatures div { flex: 1; font-size: 8.5pt; }
.line { border-bottom: .3mm solid #000; height: 8mm; margin-bottom: 1mm; }
.foot { margin-top: 3mm; font-size: 7.5pt; color: #444; }
@media print { body { padding: 0; max-width: none; } th { -webkit-print-color-adjust: exact; print-color-adjust: exact; } }
`;

/** Height of a line of writing, in millimetres. */
const LINE_MM = 4.7;

function cell({ label, value, lines }: Row, span: number): string {
  const room = lines === undefined ? "" : ` style="height:${(lines * LINE_MM + 1.6).toFixed(1)}mm"`;
  return `<th scope="row">${escaped(label)}</th><td${span > 1 ? ` colspan="${span}"` : ""}${room}>${multiline(value)}</td>`;
}

const LONG = 400;

/** Set once for all tables, or a first row over the whole width would shift the columns. */
const columns = (widths: readonly number[]): string =>
  `<colgroup>${widths.map((w) => `<col style="width:${w}%">`).join("")}</colgroup>`;
const COLUMNS = columns([16, 34, 16, 34]);

function fieldRows(rows: readonly Row[]): string {
  const lines: string[] = [];
  let waiting: Row | undefined;
  const flush = () => {
    if (waiting) lines.push(`<tr>${cell(waiting, 3)}</tr>`);
    waiting = undefined;
  };
  for (const row of rows) {
    if (row.wide) {
      flush();
      lines.push(`<tr${row.value.length > LONG ? ' class="long"' : ""}>${cell(row, 3)}</tr>`);
    } else if (waiting) {
      lines.push(`<tr>${cell(waiting, 1)}${cell(row, 1)}</tr>`);
      waiting = undefined;
    } else waiting = row;
  }
  flush();
  return lines.join("\n");
}

function listTable(title: string, { head, rows, least, widths }: Table): string {
  const blanks = Array.from({ length: Math.max(0, least - rows.length) }, () => head.map(() => ""));
  const body = [...rows, ...blanks].map(
    (cells) => `<tr>${cells.map((c) => `<td>${multiline(c) || "&nbsp;"}</td>`).join("")}</tr>`,
  );
  const heads = head.map((h) => `<th scope="col">${escaped(h)}</th>`).join("");
  return `<table class="list"><caption>${escaped(title)}</caption>${columns(widths)}<thead><tr>${heads}</tr></thead><tbody>\n${body.join("\n")}\n</tbody></table>`;
}

function section({ title, rows, table }: Section): string {
  const fields =
    rows.length > 0
      ? `<table class="fields"><caption>${escaped(title)}</caption>${COLUMNS}<tbody>\n${fieldRows(rows)}\n</tbody></table>`
      : "";
  return fields + (table ? listTable(title, table) : "");
}

export function renderHtml(form: Form, { locale, t }: FormContext): string {
  const signatures = form.signatures.map(
    (who) => `<div><div class="line"></div>${escaped(who)}<br>${escaped(t("form.date"))}</div>`,
  );
  return `<!doctype html>
<html lang="${escaped(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(`${form.title} ${form.head.join(" ")}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(form.title)}</h1>
<div class="head">${form.head.map((h) => `<span>${escaped(h)}</span>`).join("")}</div>
${form.sections.map(section).join("\n")}
<div class="signatures">${signatures.join("")}</div>
<div class="foot">${escaped(form.foot)}</div>
</body>
</html>
`;
}
