/** `practice from --week`: real cases of a week become drills, without their people, once somebody has read and approved them. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { App, Input } from "../app.ts";
import { tongueOf } from "../content/cases/plain-text.ts";
import { loadMessages } from "../content/library.ts";
import type { Case } from "../core/case.ts";
import { refused, storeFailed } from "../core/errors.ts";
import type { Translate } from "../core/library-port.ts";
import type { Locale } from "../core/locale.ts";
import { type Period, parsePeriod, periodAt, previousPeriod } from "../core/period.ts";
import { systemReason } from "../core/system-reason.ts";
import { ownCasesFolder } from "../practice/case-library.ts";
import { canDrill, type DrillSource, drillTexts, makeDrill } from "../practice/drill.ts";
import { wrapText } from "../ui/layout.ts";
import { screenText } from "../ui/screen-text.ts";

/** No more than can be read with care. */
const MOST_DRILLS = 12;

/** `--week` alone, or nothing at all, is the week before. */
function weekOf(app: App, flags: Input["flags"]): Period {
  const named = flags.week !== undefined && flags.week !== "now" && flags.week !== true;
  const week = named ? parsePeriod({ week: flags.week }, app.now(), app.timeZone, app.t) : undefined;
  return week ?? previousPeriod(periodAt("week", app.now(), app.timeZone));
}

async function drillsOf(app: App, period: Period): Promise<DrillSource[]> {
  const store = await app.reader();
  if (!store) return [];
  const { from: since, to: until } = period;
  const library = app.library();
  const cases = [...store.each({ since, until })].filter(canDrill).slice(-MOST_DRILLS);
  const spoken = new Map<Locale, Translate>();
  for (const locale of cases.map(spokenIn))
    spoken.set(locale, spoken.get(locale) ?? (await loadMessages(locale)));
  return cases.map((c) => {
    const locale = spokenIn(c);
    return makeDrill({ c, locale, library, t: spoken.get(locale) ?? app.t });
  });
}

/** A drill is in the language its customer spoke, whatever the screen showed. */
function spokenIn({ locale, record }: Case): Locale {
  const isChinese = tongueOf(String(record.words)) === "zh";
  if (isChinese === locale.startsWith("zh")) return locale;
  return isChinese ? "zh-CN" : "en";
}

function show(drill: DrillSource, width: number): string {
  const texts = [...new Set(drillTexts(drill))].flatMap((text) => wrapText(screenText(text), width - 2));
  return [drill.id, ...texts.map((line) => `  ${line}`)].join("\n");
}

/** Asks for each drill in a terminal; `--yes` approves all that are shown. */
async function approve(app: App, drills: readonly DrillSource[], yes: boolean): Promise<DrillSource[]> {
  if (yes) return [...drills];
  if (!app.io.interactive || app.noInput || app.json) return [];
  const { confirm } = await import("../ui/stock-prompts.ts");
  const kept: DrillSource[] = [];
  for (const drill of drills) {
    app.notice(`\n${show(drill, app.io.columns)}`);
    const message = app.t("practice.from_ask");
    if (await confirm({ message, default: false }, { output: app.io.stderr })) kept.push(drill);
  }
  return kept;
}

async function write(app: App, drills: readonly DrillSource[]): Promise<string[]> {
  const { stringify } = await import("yaml");
  const folder = ownCasesFolder(app.home);
  try {
    if (!existsSync(app.home) && app.env.COMPLAINT_HOME)
      throw Object.assign(new Error("missing"), { code: "ENOENT" });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return drills.map((drill) => {
      const path = join(folder, `${drill.id}.yaml`);
      writeFileSync(path, stringify(drill), { mode: 0o600 });
      return path;
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    const reason = systemReason(error, app.t);
    throw storeFailed("not_written", app.t("practice.file_failed", { path: folder, reason }));
  }
}

/** Shows what would become a drill, and writes what was approved. */
export async function drillsFrom(app: App, flags: Input["flags"]): Promise<void> {
  const period = weekOf(app, flags);
  const { t } = app;
  if (app.role === "agent") throw refused("forbidden", t("practice.from_what"), t("cli.error.role_hint"));
  const drills = await drillsOf(app, period);
  const yes = flags.yes === true;
  const asks = !yes && app.io.interactive && !app.noInput && !app.json;
  const kept = await approve(app, drills, yes);
  const written = kept.length > 0 ? await write(app, kept) : [];
  app.print({
    json: { week: period.label, drills, written },
    text: () => {
      if (drills.length === 0) return t("practice.from_none", { week: period.label });
      const head = [
        t("practice.from_head", { count: drills.length, week: period.label }),
        t("practice.from_personal"),
      ];
      const listed = asks ? [] : ["", ...drills.map((drill) => show(drill, app.io.columns))];
      const end =
        written.length > 0
          ? t("practice.from_kept", {
              count: written.length,
              folder: ownCasesFolder(app.home),
              id: kept[0]!.id,
            })
          : `${t("practice.from_nothing")} ${asks ? "" : t("practice.from_approve_hint")}`.trim();
      const wrapped = (text: string) => wrapText(text, app.io.columns);
      return [...head.flatMap(wrapped), ...listed, "", ...wrapped(end)].join("\n");
    },
  });
}
