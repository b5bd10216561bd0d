/** `customer`: everything known about one customer, over all his cases; looked-up people are written to the access log. */
import type { App, Run } from "../app.ts";
import type { Case, PromiseRecord } from "../core/case.ts";
import type { Store } from "../core/store-port.ts";
import { withBreach } from "../core/trigger.ts";
import { screenText } from "../ui/screen-text.ts";
import { labelOf } from "./case-command.ts";
import { flowText } from "./flow-text.ts";
import { showTime } from "./read-time.ts";

const IDENTITY = [
  "customer_name",
  "customer_phone",
  "customer_email",
  "customer_account",
  "customer_address",
  "customer_class",
] as const;

/** By phone, else by account or e-mail, else by name: the first that finds anything. */
export function casesOfWho(store: Store, who: string): Case[] {
  const text = who.normalize("NFKC").trim();
  const digits = text.replace(/[\s()+\-.]/g, "");
  const ways: Parameters<Store["casesOf"]>[0][] = [];
  if (/^\d{5,}$/.test(digits)) ways.push({ phone: text });
  if (text.includes("@")) ways.push({ email: text });
  if (/\d/.test(text)) ways.push({ account: text });
  ways.push({ name: text });
  for (const way of ways) {
    const cases = store.casesOf(way);
    if (cases.length > 0) return cases;
  }
  return [];
}

type Known = Partial<Record<"name" | "phone" | "email" | "account" | "address" | "class", string>>;

/** Who he is, by the newest case that says so. */
function identityOf(cases: readonly Case[]): Known {
  const known: Known = {};
  for (const field of IDENTITY) {
    const value = cases.map((c) => c.record[field]).find((v) => v !== undefined);
    if (value !== undefined) known[field.replace("customer_", "") as keyof Known] = String(value);
  }
  return known;
}

type PromiseLine = PromiseRecord & { ref: string };

/** Open ones first, then the newest. */
function promisesOf(cases: readonly Case[]): PromiseLine[] {
  const all = cases.flatMap((c) => c.promises.map((p) => ({ ref: c.ref, ...p })));
  const isOpen = (p: PromiseLine) => Number(p.state === "open");
  return all.sort((a, b) => isOpen(b) - isOpen(a) || (a.due_at < b.due_at ? 1 : -1));
}

function textOf(app: App, customer: Known, cases: readonly Case[], promises: readonly PromiseLine[]): string {
  if (cases.length === 0) return app.t("case.no_customer");
  const { fields } = app.library().words(app.locale);
  const identity = Object.entries(customer).map(([key, value]) => {
    const shown = key === "class" ? labelOf(app, "customer_class", value) : value;
    return `  ${fields[`customer_${key}`]?.label ?? key}: ${shown}`;
  });
  const promised = promises.map(
    (p) =>
      `  ${p.ref} ${p.n}  ${p.what}, ${showTime(app, p.due_at)}, ${labelOf(app, "promise_state", p.state)}`,
  );
  const listed = cases.map((c) =>
    [
      `  ${c.ref}`,
      c.opened_at.slice(0, 10),
      labelOf(app, "status", c.status),
      c.record.category === undefined ? "" : labelOf(app, "category", c.record.category),
      c.record.summary ?? c.record.words ?? "",
    ]
      .filter((part) => part !== "")
      .join("  "),
  );
  return [
    ...identity,
    ...(promised.length > 0 ? [app.t("case.customer_promises"), ...promised] : []),
    app.t("case.customer_cases", { count: cases.length }),
    ...listed,
  ]
    .map(screenText)
    .join("\n");
}

export const run: Run = async (app, { args }) => {
  app.needRole("lead");
  const store = await app.reader();
  const policy = app.library().policy();
  const cases = store ? casesOfWho(store, args.join(" ")).map((c) => withBreach(c, app.now(), policy)) : [];
  if (cases.length > 0)
    store?.logAccess(
      "customer",
      cases.map((c) => c.id),
    );
  const customer = identityOf(cases);
  const promises = promisesOf(cases);
  app.print({
    json: { customer, cases, promises },
    text: () => flowText(app, textOf(app, customer, cases, promises)),
  });
};
