/** Cases as a table: one line each, personal values masked, what is owed next with whether it is late. */
import type { App } from "../app.ts";
import type { Case } from "../core/case.ts";
import type { UtcIso } from "../core/event.ts";
import { localStamp } from "../core/zoned.ts";
import { type Column, renderTable } from "../ui/table.ts";
import { labelOf } from "./case-command.ts";

/** The next thing somebody waits for: an open promise, a callback, the deadline. */
export function nextDue(c: Case): UtcIso | undefined {
  const promises = c.promises.filter((p) => p.state === "open").map((p) => p.due_at);
  const callbacks = c.callbacks.filter((b) => b.at === undefined).flatMap((b) => b.due_at ?? []);
  const deadline = c.status === "open" || c.status === "draft" ? [c.resolve_by ?? []].flat() : [];
  return c.status === "closed" ? promises.sort()[0] : [...promises, ...callbacks, ...deadline].sort()[0];
}

/** `11-21 10:00` in the organisation's time zone, with the year where it is another one. */
export function shortTime(app: Pick<App, "timeZone" | "now">): (at: UtcIso) => string {
  const year = localStamp(app.now(), app.timeZone).slice(0, 5);
  return (at) => {
    const text = localStamp(Date.parse(at), app.timeZone);
    return text.startsWith(year) ? text.slice(5) : text;
  };
}

/** The fields of the record that the table shows of a case. */
export const tableFields = ({ record }: Case): string[] => [
  "customer_name",
  "customer_phone",
  "category",
  // Long texts are dear to mask.
  record.summary === undefined ? "words" : "summary",
];

/** The columns for masked `cases`; the last to go in a narrow window are ref, status and what is due. */
export function caseTable(app: App, cases: readonly Case[]): string[] {
  const { t } = app;
  const time = shortTime(app);
  const now = app.now().toISOString();
  const due = cases.map((c) => {
    const at = nextDue(c);
    return at === undefined ? "" : at <= now ? `! ${time(at)}` : time(at);
  });
  const title = (name: string) => t(`store.col.${name}`);
  const customer = cases.map((c) =>
    [c.record.customer_name, c.record.customer_phone].filter(Boolean).join(" "),
  );
  const columns: Column[] = [
    { title: title("ref"), cells: cases.map((c) => c.ref) },
    { title: title("status"), cells: cases.map((c) => labelOf(app, "status", c.status)) },
    { title: title("opened"), cells: cases.map((c) => time(c.opened_at)), drop: 3 },
    { title: title("customer"), cells: customer, least: 16, drop: 4 },
    {
      title: title("category"),
      cells: cases.map((c) => (c.record.category ? labelOf(app, "category", c.record.category) : "")),
      least: 14,
      drop: 2,
    },
    { title: title("due"), cells: due },
    { title: title("owner"), cells: cases.map((c) => c.owner), least: 6, drop: 5 },
    {
      title: title("words"),
      cells: cases.map((c) => String(c.record.summary ?? c.record.words ?? "").slice(0, 300)),
      least: 20,
      drop: 6,
    },
  ];
  // A column that says nothing of any case is left out.
  const telling = columns.filter((c) => c.drop === undefined || c.cells.some((cell) => cell !== ""));
  return renderTable(telling, app.io.columns);
}
