/** `list`: cases by filters, newest first; with `--fact` the cases behind a number of the report. */
import type { App, Input, Run } from "../app.ts";
import type { Case } from "../core/case.ts";
import { usage } from "../core/errors.ts";
import { maskCase, maskFields } from "../core/mask-case.ts";
import { parsePeriod, periodAt } from "../core/period.ts";
import type { CaseFilter, CaseList, Store } from "../core/store-port.ts";
import { withBreach } from "../core/trigger.ts";
import { caseTable, tableFields } from "./case-table.ts";
import { countryOf } from "./case-writing.ts";
import { caseFilter, DEFAULT_LIMIT, NOT_CLOSED } from "./filter-flags.ts";

/** The moment `--as-of` names, else now. */
function momentOf(app: App, flags: Input["flags"]): Date {
  const text = flags.asOf;
  if (typeof text !== "string") return app.now();
  const at = new Date(text);
  if (Number.isNaN(+at))
    throw usage("invalid_time", app.t("cli.error.not_in_set", { name: "--as-of", value: text }));
  return at;
}

/** The cases behind `section.fact`: their ids, whatever their status, without a limit. */
async function factFilter(app: App, store: Store | undefined, flags: Input["flags"]): Promise<CaseFilter> {
  const { factCases } = await import("../report/fact-cases.ts");
  const now = momentOf(app, flags);
  const period = parsePeriod(flags, now, app.timeZone, app.t) ?? periodAt("week", now, app.timeZone);
  const ids = factCases(String(flags.fact), period, {
    store,
    now,
    policy: () => app.library().policy(),
    country: countryOf(app),
    t: app.t,
  });
  const { day: _d, week: _w, month: _m, from: _f, to: _t, ...rest } = flags;
  return { ...caseFilter(app, store, rest), ids };
}

/** What `list` shows without a status and a limit of its own. */
async function filterOf(app: App, store: Store | undefined, flags: Input["flags"]): Promise<CaseFilter> {
  if (flags.fact !== undefined) return factFilter(app, store, flags);
  const filter = caseFilter(app, store, flags);
  return {
    ...filter,
    status: filter.status ?? NOT_CLOSED,
    ...(flags.all === true ? {} : { limit: filter.limit ?? DEFAULT_LIMIT }),
  };
}

/** Masks what is shown of the cases, unless a lead unmasks them: then it is written down who looked. */
export function shownCases(
  app: App,
  store: Store | undefined,
  cases: Case[],
  unmask: boolean,
  command: string,
): Case[] {
  const policy = app.library().policy();
  const now = app.now();
  const present = cases.map((c) => withBreach(c, now, policy));
  if (!unmask) {
    const personal = store?.personalFields();
    return present.map((c) => (app.json ? maskCase(c, personal) : maskFields(c, tableFields(c), personal)));
  }
  app.needRole("lead");
  if (cases.length > 0)
    store?.logAccess(
      command,
      cases.map((c) => c.id),
    );
  return present;
}

/** Prints a list as the contract has it. */
export function printCases(app: App, { cases, total }: CaseList): void {
  const tail =
    cases.length < total
      ? app.t("store.list_more", { shown: cases.length, total })
      : app.t("store.list_all", { total });
  app.print({
    json: { cases, total },
    text: () => (cases.length === 0 ? app.t("store.list_none") : [...caseTable(app, cases), tail].join("\n")),
  });
}

export const run: Run = async (app, { flags }) => {
  if (flags.unmask === true) app.needRole("lead");
  const store = await app.reader();
  const filter = await filterOf(app, store, flags);
  const found: CaseList = store ? store.list(filter) : { cases: [], total: 0 };
  printCases(app, {
    ...found,
    cases: shownCases(app, store, found.cases, flags.unmask === true, "list --unmask"),
  });
};
