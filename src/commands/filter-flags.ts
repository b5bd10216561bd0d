/** The filter flags of `list`, `search` and `export` as a filter of the store. */
import type { App, Input } from "../app.ts";
import { STATUSES, type Status } from "../core/case.ts";
import { usage } from "../core/errors.ts";
import { isIsoDate } from "../core/field.ts";
import { parsePeriod } from "../core/period.ts";
import { STAGES } from "../core/stage.ts";
import type { CaseFilter, Store } from "../core/store-port.ts";
import { startOfLocalDay, toInstant } from "../core/working-time.ts";

type Flags = Input["flags"];

export const NOT_CLOSED: readonly Status[] = ["draft", "open", "resolved"];
export const DEFAULT_LIMIT = 50;

function textOf(flags: Flags, name: string): string | undefined {
  const value = flags[name];
  return typeof value === "string" ? value : undefined;
}

function wrong(app: App, name: string, value: string, expected: string) {
  return usage("not_in_set", app.t("cli.error.not_in_set", { name: `--${name}`, value }), expected);
}

/** `open,draft` or `all`. */
function statusFlag(app: App, text: string): readonly Status[] {
  const names = text
    .normalize("NFKC")
    .split(/[,、]/)
    .map((name) => name.trim());
  if (names.length === 1 && names[0] === "all") return STATUSES;
  const unknown = names.find((name) => !(STATUSES as readonly string[]).includes(name));
  if (unknown !== undefined) throw wrong(app, "status", unknown, [...STATUSES, "all"].join(", "));
  return names as Status[];
}

/** Taxonomies to which an import may have added ids of its own. */
const OPEN_SETS: ReadonlySet<string> = new Set(["category", "cause"]);

/** One id of a taxonomy; in the open ones also an id that some case has. */
function idFlag(app: App, store: Store | undefined, name: string, text: string): string {
  const value = text.normalize("NFKC").trim();
  const ids = app.library().taxonomies()[name] ?? [];
  if (ids.includes(value)) return value;
  const isUsed = OPEN_SETS.has(name) && (store?.list({ [name]: value, limit: 1 }).total ?? 0) > 0;
  if (isUsed) return value;
  throw wrong(app, name, value, ids.join(", "));
}

/** A day (its first moment) or an instant. */
function instantFlag(app: App, name: string, text: string): string {
  const value = text.normalize("NFKC").trim();
  if (!isIsoDate(value)) throw wrong(app, name, text, "2026-11-21, 2026-11-21T09:00:00+08:00");
  return toInstant(value, app.timeZone).toISOString();
}

function limitFlag(app: App, text: string): number {
  const value = text.normalize("NFKC").trim();
  if (!/^[1-9]\d{0,8}$/.test(value)) throw wrong(app, "limit", text, "1, 2, 3 …");
  return Number(value);
}

/** Opened from … to …: the narrowest of `--since`, `--until` and a period. */
function spanOf(app: App, flags: Flags): Pick<CaseFilter, "since" | "until"> {
  const since = textOf(flags, "since");
  const until = textOf(flags, "until");
  const period = parsePeriod(flags, app.now(), app.timeZone, app.t);
  const from = [since && instantFlag(app, "since", since), period?.from]
    .filter((v) => v !== undefined)
    .sort();
  const to = [until && instantFlag(app, "until", until), period?.to].filter((v) => v !== undefined).sort();
  return {
    ...(from.length > 0 ? { since: from.at(-1)! } : {}),
    ...(to.length > 0 ? { until: to[0]! } : {}),
  };
}

function dueOf(app: App, flags: Flags): Pick<CaseFilter, "due" | "overdue"> {
  const now = app.now();
  const day = () => ({
    from: startOfLocalDay(now, app.timeZone).toISOString(),
    to: startOfLocalDay(now, app.timeZone, 1).toISOString(),
  });
  return {
    ...(flags.due === true ? { due: day() } : {}),
    ...(flags.overdue === true ? { overdue: now.toISOString() } : {}),
  };
}

/**
 * The filter that `flags` name, without a status and a limit of its own where none is given. Throws usage errors (exit 2)
 * for values outside a closed set, days that do not exist and `--limit` beside `--all`.
 */
export function caseFilter(app: App, store: Store | undefined, flags: Flags): CaseFilter {
  const filter: CaseFilter = { ...spanOf(app, flags), ...dueOf(app, flags) };
  const status = textOf(flags, "status");
  if (status !== undefined) filter.status = statusFlag(app, status);
  const stage = textOf(flags, "stage");
  if (stage !== undefined) {
    if (!(STAGES as readonly string[]).includes(stage)) throw wrong(app, "stage", stage, STAGES.join(", "));
    filter.stage = stage;
  }
  for (const name of ["category", "cause", "channel", "severity", "flag"] as const) {
    const text = textOf(flags, name);
    if (text !== undefined) filter[name] = idFlag(app, store, name, text);
  }
  for (const name of ["agent", "owner", "department"] as const) {
    const text = textOf(flags, name);
    if (text !== undefined) filter[name] = text;
  }
  const limit = textOf(flags, "limit");
  if (limit !== undefined) {
    if (flags.all === true) throw usage("conflict", app.t("store.limit_or_all"));
    filter.limit = limitFlag(app, limit);
  }
  return filter;
}
