/** `practice`: rehearse a call with a sample customer; below it `list`, `results`, `review` and `from`. */
import { existsSync } from "node:fs";
import type { App, Input, Run } from "../app.ts";
import { refused, usage } from "../core/errors.ts";
import { FIELDS, type FieldSpec, isField } from "../core/field.ts";
import type { Level, PracticeCase } from "../core/practice-case.ts";
import { toQuote } from "../core/quotation.ts";
import { systemReason } from "../core/system-reason.ts";
import type { CaseLibrary } from "../practice/case-library.ts";
import type { Scorecard } from "../practice/scorecard.ts";
import { wrapText } from "../ui/layout.ts";
import { screenText } from "../ui/screen-text.ts";
import { flagText } from "./case-command.ts";
import { writeOut } from "./write-out.ts";

type Flags = Input["flags"];

/** A trainer who is writing a case sees what is wrong with it in `practice list`. */
const MOST_MISTAKES = 20;

/** The sample cases. The first `told` mistakes in the cases of this home are said on stderr. */
export async function caseLibrary(app: App, told = 1): Promise<CaseLibrary> {
  const [{ openCaseLibrary }, { readHearing }] = await Promise.all([
    import("../practice/case-library.ts"),
    import("../practice/hear/open-ears.ts"),
  ]);
  const library = await openCaseLibrary(app.home, app.library(), app.locale, readHearing(), app.t);
  for (const problem of library.notices.slice(0, told))
    app.notice(app.t("practice.broken_case", { problem }));
  return library;
}

/** The case of this id in the user's language. Throws exit 1 where there is none. */
export function caseOf(app: App, cases: CaseLibrary, id: string): PracticeCase {
  const wish = id.normalize("NFKC").trim().toLowerCase();
  const found = cases.find(wish, app.locale);
  if (found) return found;
  const other = cases.list().find((c) => c.id === wish);
  const message = other
    ? app.t("practice.not_in_language", { id: wish, locales: other.locales.join(", ") })
    : app.t("practice.unknown_case", { id: screenText(id) });
  throw refused("not_found", message, app.t("practice.unknown_hint"));
}

function levelOf(app: App, flags: Flags): Level | undefined {
  const text = flagText(flags, "level")?.normalize("NFKC").trim();
  if (text === undefined) return undefined;
  if (!/^[123]$/.test(text))
    throw usage("not_in_set", app.t("practice.level_wrong", { value: screenText(text) }), "1, 2, 3");
  return Number(text) as Level;
}

function seedOf(app: App, flags: Flags): number | undefined {
  const text = flagText(flags, "seed")?.normalize("NFKC").trim();
  if (text === undefined) return undefined;
  if (!/^-?\d{1,15}$/.test(text))
    throw usage("invalid_value", app.t("practice.seed_wrong", { value: screenText(text) }), "1, 2, 3 …");
  return Number(text);
}

/** What a scorecard needs to be drawn. */
export function cardLook(app: App) {
  const words = app.library().words(app.locale);
  return {
    t: app.t,
    locale: app.locale,
    width: Math.min(app.io.columns, 100),
    unicode: app.io.unicode,
    stageLabel: (stage: string) => words.labels.stage?.[stage] ?? stage,
    fieldLabel: (field: string) => words.fields[field]?.label ?? field,
    valueLabel: (field: string, id: string) => {
      const spec: FieldSpec | undefined = isField(field) ? FIELDS[field] : undefined;
      return words.labels[spec?.taxonomy ?? field]?.[id] ?? id;
    },
  };
}

/** The file for the page, checked before anything is played. */
export function outputOf(app: App, flags: Flags): string | undefined {
  const path = flagText(flags, "output");
  if (path !== undefined && existsSync(path) && flags.force !== true)
    throw refused("file_exists", app.t("practice.file_exists", { path }), app.t("practice.file_exists_hint"));
  return path;
}

/** Writes the self-contained page. */
export async function writeCard(app: App, path: string, card: Scorecard): Promise<void> {
  const { renderCardHtml } = await import("../practice/render-card-html.ts");
  try {
    await writeOut(app, path, [renderCardHtml(card, cardLook(app))]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    const reason = systemReason(error, app.t);
    throw refused("not_written", app.t("practice.file_failed", { path, reason }));
  }
  app.notice(app.t("practice.written", { path }));
}

async function list(app: App): Promise<void> {
  const cases = (await caseLibrary(app, MOST_MISTAKES)).list();
  const level = (c: { level: Level }) => app.t("practice.list_level", { level: c.level });
  app.print({
    json: { cases },
    text: () => {
      if (cases.length === 0) return app.t("practice.no_cases");
      const widest = Math.max(...cases.map((c) => c.id.length));
      const rows = cases.map((c) => {
        const other = c.locales.includes(app.locale)
          ? ""
          : ` ${app.t("practice.list_other", { locales: c.locales.join(", ") })}`;
        return `  ${c.id.padEnd(widest)}  ${level(c)}  ${screenText(c.title)}${other}`;
      });
      return [app.t("practice.list_head"), ...rows].join("\n");
    },
  });
}

async function cueCard(app: App, c: PracticeCase, level: Level): Promise<void> {
  const { cueCardOf, renderCueCard } = await import("../practice/cue-card.ts");
  const card = cueCardOf(c, level);
  app.print({ json: { card }, text: () => renderCueCard(card, c, { t: app.t, width: cardLook(app).width }) });
}

/** Without a name: what was begun and left, else a step that is due, else the case this person has played least. */
async function nextCase(app: App, cases: CaseLibrary, isNew: boolean): Promise<PracticeCase> {
  const { practiceHistory } = await import("./practice-results.ts");
  const runs = (await practiceHistory(app)).filter((r) => r.agent === app.agent);
  const { leftRuns } = await import("../practice/run-practice.ts");
  const left = isNew ? undefined : leftRuns(runs, app).findLast((r) => cases.find(r.case, app.locale));
  if (left) return cases.find(left.case, app.locale)!;
  const { dueSteps } = await import("../practice/review-schedule.ts");
  const find = (id: string) => cases.find(id, app.locale);
  const due = dueSteps(runs, app.agent, app.now(), find)[0];
  const ids = cases.ids(app.locale);
  const played = (id: string) => runs.filter((r) => r.case === id && r.result).length;
  const id = due?.case ?? [...ids].sort((a, b) => played(a) - played(b) || (a < b ? -1 : 1))[0];
  const found = id === undefined ? undefined : find(id);
  if (!found) throw refused("not_found", app.t("practice.no_cases"), app.t("practice.unknown_hint"));
  return found;
}

async function play(app: App, id: string | undefined, flags: Flags): Promise<void> {
  const level = levelOf(app, flags);
  const seed = seedOf(app, flags);
  const output = outputOf(app, flags);
  const cases = await caseLibrary(app);
  const jsonl = flags.jsonl === true;
  const isNew = jsonl || seed !== undefined || level !== undefined || flags.twoPerson === true;
  const c = id === undefined ? await nextCase(app, cases, isNew) : caseOf(app, cases, id);
  if (flags.twoPerson === true) return cueCard(app, c, level ?? c.level);
  const isChosen = id === undefined && !jsonl && !app.json;
  const { runPractice } = await import("../practice/run-practice.ts");
  const { case: played, scorecard } = await runPractice(app, { case: c, level, seed, jsonl, isChosen });
  if (output !== undefined) await writeCard(app, output, scorecard);
  if (jsonl) return;
  const { renderCard } = await import("../practice/render-card.ts");
  app.print({
    json: { case: played, scorecard },
    text: () => {
      const look = cardLook(app);
      const last = app.t("practice.customer_says", { text: toQuote(screenText(scorecard.last_words)) });
      return [...wrapText(last, look.width), "", renderCard(scorecard, look)].join("\n");
    },
  });
}

export const run: Run = async (app, { args, flags }) => {
  const [what, ...rest] = args;
  switch (what) {
    case "list":
      return list(app);
    case "results":
      return (await import("./practice-results.ts")).showResults(app, rest[0], flags);
    case "review":
      return (await import("./practice-review.ts")).review(app, flags);
    case "from":
      return (await import("./practice-from.ts")).drillsFrom(app, flags);
    default:
      return play(app, what, flags);
  }
};
