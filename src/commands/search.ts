/** `search`: cases by words in any language, in what was said, summaries, notes, names and phone numbers. */
import type { Run } from "../app.ts";
import { usage } from "../core/errors.ts";
import type { CaseList } from "../core/store-port.ts";
import { caseFilter, DEFAULT_LIMIT } from "./filter-flags.ts";
import { printCases, shownCases } from "./list.ts";

export const run: Run = async (app, { args, flags }) => {
  const words = args.join(" ").trim();
  if (words === "") throw usage("missing_argument", app.t("cli.error.missingArgument", { name: "words" }));
  if (flags.unmask === true) app.needRole("lead");
  const store = await app.reader();
  const filter = caseFilter(app, store, flags);
  const found: CaseList = store
    ? store.search(words, flags.all === true ? filter : { ...filter, limit: filter.limit ?? DEFAULT_LIMIT })
    : { cases: [], total: 0 };
  printCases(app, {
    ...found,
    cases: shownCases(app, store, found.cases, flags.unmask === true, "search --unmask"),
  });
};
