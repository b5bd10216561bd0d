/** What the commands that change a case share: the case that is meant, flags that must be there, and what is printed. */
import type { App, Input } from "../app.ts";
import type { FieldSpeech } from "../call/field-text.ts";
import type { Case } from "../core/case.ts";
import { refused, usage } from "../core/errors.ts";
import type { EventDraft } from "../core/event.ts";
import type { CaseState } from "../core/fold.ts";
import type { Uuid } from "../core/id.ts";
import { owedOf } from "../core/owed.ts";
import { LEVELS } from "../core/policy.ts";
import type { Store } from "../core/store-port.ts";
import { screenText } from "../ui/screen-text.ts";
import { caseOf } from "./case-of.ts";
import { changeCase, writingStore } from "./case-writing.ts";
import { showTime } from "./read-time.ts";

export interface Meant {
  store: Store;
  id: Uuid;
}

/** The case that `ref` means, in the store for writing. */
export async function meantCase(app: App, ref: string | undefined): Promise<Meant> {
  if (ref === undefined) throw usage("missing_argument", app.t("cli.error.missingArgument", { name: "ref" }));
  const store = await writingStore(app);
  return { store, id: caseOf(app, store, ref) };
}

type Flags = Input["flags"];

/** The text of a flag that may be missing; an empty one counts as missing. */
export function flagText(flags: Flags, name: string): string | undefined {
  const value = flags[name];
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/** The text of a flag that must be there. Throws a usage error (exit 2). */
export function needFlag(app: App, flags: Flags, name: string): string {
  const text = flagText(flags, name);
  if (text !== undefined) return text;
  throw usage("missing_flag", app.t("case.missing_flag", { name: `--${name}` }), app.t("cli.error.see_help"));
}

/** A value of a closed set; another one is wrong usage (exit 2) that names the set. */
export function needOneOf(app: App, name: string, value: string, set: readonly string[]): string {
  const text = value.normalize("NFKC").trim();
  if (set.includes(text)) return text;
  throw usage("not_in_set", app.t("cli.error.not_in_set", { name, value }), set.join(", "));
}

/** A positive whole number, such as the n of a promise. Throws a usage error (exit 2). */
export function needNumber(app: App, name: string, value: string | undefined): number {
  if (value === undefined) throw usage("missing_argument", app.t("cli.error.missingArgument", { name }));
  const text = value.normalize("NFKC");
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw usage("invalid_value", app.t("cli.error.not_in_set", { name, value }), "1, 2, 3 …");
  return Number(text);
}

/** Refuses (exit 1) a command in a status where it makes no sense. */
export function needStatus(app: App, c: Case, allowed: readonly Case["status"][], hint: string): void {
  if (allowed.includes(c.status)) return;
  const status = labelOf(app, "status", c.status);
  throw refused("not_allowed", app.t("case.not_in_status", { ref: c.ref, status }), hint);
}

/** Writes to the meant case and prints it: Case JSON, or `text`. */
export async function writeAndPrint(
  app: App,
  ref: string | undefined,
  decide: (state: CaseState, meant: Meant) => readonly EventDraft[],
  text: (state: CaseState) => string[],
): Promise<CaseState> {
  const meant = await meantCase(app, ref);
  const state = changeCase(app, meant.store, meant.id, (now) => decide(now, meant));
  printCase(app, state.case, () => text(state));
  return state;
}

/** Prints a case that was written: Case JSON, or the lines under its ref. */
export function printCase(app: App, c: Case, lines: () => string[]): void {
  app.print({ json: c, text: () => lines().map(screenText).join("\n") });
}

/** One line per open promise and pending approval: what keeps a case from closing. */
export function owedLines(app: App, c: Case): string[] {
  const { promises, approvals } = owedOf(c);
  return [
    ...promises.map((p) =>
      app.t("case.owed_promise", { n: p.n, what: screenText(p.what), when: showTime(app, p.due_at) }),
    ),
    ...approvals.map((a) => app.t("case.owed_approval", { n: a.n, what: remedyText(app, a) })),
  ];
}

/** A sum in the language's way; without an amount nothing. */
export function moneyText(app: App, amount: number | undefined, currency: string | undefined): string {
  if (amount === undefined) return "";
  const known = currency !== undefined && /^[A-Z]{3}$/.test(currency);
  return new Intl.NumberFormat(
    app.locale,
    known ? { style: "currency", currency, currencyDisplay: "code" } : {},
  )
    .format(amount)
    .replace(/\u00a0/g, " ");
}

/** A remedy with its sum: `Refund CNY 350.50`. */
export function remedyText(
  app: App,
  { remedy, amount, currency }: { remedy: string; amount?: number; currency?: string },
): string {
  const label = app.library().words(app.locale).labels.remedy?.[remedy] ?? remedy;
  return [label, moneyText(app, amount, currency)].filter((part) => part !== "").join(" ");
}

/** The label of an id in a taxonomy, else the id. */
export function labelOf(app: App, taxonomy: string, id: string): string {
  return app.library().words(app.locale).labels[taxonomy]?.[id] ?? id;
}

/** How `call/` is told the language and the moment when it words a record. */
export function speechOf(app: App): FieldSpeech {
  return { words: app.library().words(app.locale), t: app.t, now: app.now(), timeZone: app.timeZone };
}

/** A level in the reader's language; a department or a person as it is written. */
export function targetText(app: App, to: string): string {
  return (LEVELS as readonly string[]).includes(to) ? app.t("case.level", { level: to }) : to;
}
