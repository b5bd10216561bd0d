/** Builds the App of one run from flags, environment, config file and defaults, in that order of precedence. */
import { closeSync, existsSync, openSync, readlinkSync, readSync, statSync } from "node:fs";
import { userInfo } from "node:os";
import { dirname, join, resolve } from "node:path";
import envPaths from "env-paths";
import type { App, Role } from "./app.ts";
import { type Config, readConfig } from "./content/config.ts";
import { loadLibrary, loadMessages, packagedLocales } from "./content/library.ts";
import { asLine } from "./content/problem.ts";
import { ComplaintError, EXIT, refused, usage } from "./core/errors.ts";
import type { RandomBytes } from "./core/id.ts";
import type { Io } from "./core/io.ts";
import type { Library, Translate } from "./core/library-port.ts";
import { DEFAULT_LOCALE, type Locale, matchLocale } from "./core/locale.ts";
import { personName } from "./core/person-name.ts";
import type { Prompter } from "./core/question.ts";
import type { Store } from "./core/store-port.ts";
import { refillNotice } from "./refill-notice.ts";

export type Env = Readonly<Record<string, string | undefined>>;

/** What the command line says before it is parsed: help itself needs the language. */
export interface EarlyFlags {
  locale?: string;
  json: boolean;
  debug: boolean;
}

export function earlyFlags(argv: readonly string[]): EarlyFlags {
  const end = argv.indexOf("--");
  const words = end < 0 ? argv : argv.slice(0, end);
  const at = words.findLastIndex((w) => w === "--locale" || w.startsWith("--locale="));
  const locale = at < 0 ? undefined : (words[at]!.split("=")[1] ?? words[at + 1]);
  return {
    ...(locale === undefined ? {} : { locale }),
    json: words.includes("--json"),
    debug: words.includes("--debug"),
  };
}

export function homeFolder(env: Env): string {
  return env.COMPLAINT_HOME ? resolve(env.COMPLAINT_HOME) : envPaths("complaint", { suffix: "" }).data;
}

/** The language: flag, COMPLAINT_LOCALE, config, then the system's, then English. A wrong wish is remembered for the error. */
export function chooseLocale(
  flag: string | undefined,
  env: Env,
  config: Config,
): { locale: Locale; wrong?: string } {
  const known = packagedLocales();
  for (const wish of [flag, env.COMPLAINT_LOCALE || undefined, config.locale]) {
    // A config that is wrong is told by its problems.
    if (typeof wish !== "string") continue;
    const exact = known.find((l) => l.toLowerCase() === wish.replaceAll("_", "-").toLowerCase());
    if (exact) return { locale: exact };
    return { locale: systemLocale(env, known), wrong: wish };
  }
  return { locale: systemLocale(env, known) };
}

function systemLocale(env: Env, known: readonly Locale[]): Locale {
  return matchLocale(env.LC_ALL || env.LC_MESSAGES || env.LANG, known) ?? DEFAULT_LOCALE;
}

/** An instant that exists, with an offset; undefined: not one. */
function instant(text: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2}))?$/.test(text)) return undefined;
  const [year, month, day] = text.slice(0, 10).split("-").map(Number) as [number, number, number];
  const calendar = new Date(Date.UTC(year, month - 1, day));
  const date = new Date(text);
  return calendar.getUTCDate() === day && !Number.isNaN(date.getTime()) ? date : undefined;
}

/** The clock; frozen by COMPLAINT_NOW. */
function clockOf(env: Env, t: Translate): () => Date {
  const text = env.COMPLAINT_NOW;
  if (!text) return () => new Date();
  const frozen = instant(text);
  if (!frozen) throw usage("invalid_now", t("cli.error.now", { value: text }), t("cli.error.now_hint"));
  return () => new Date(frozen);
}

const ROLES: readonly Role[] = ["agent", "lead", "trainer"];

/** Environment, `config set role`, then names per role; undefined where none of them is used. */
function roleOf(env: Env, config: Config, agent: string, t: Translate): Role | undefined {
  const text = env.COMPLAINT_ROLE || config.role;
  if (text) {
    if (!ROLES.includes(text as Role))
      throw usage(
        "invalid_role",
        t("cli.error.not_in_set", { name: "COMPLAINT_ROLE", value: text }),
        ROLES.join(", "),
      );
    return text as Role;
  }
  if (!config.roles) return undefined;
  return (
    (["lead", "trainer", "agent"] as const).find((role) => config.roles?.[role]?.includes(agent)) ?? "agent"
  );
}

/** The system's zone: TZ, the link of /etc/localtime, else what `Intl` finds, which takes 12 ms. */
function systemZone(env: Env): string {
  if (env.TZ && /^[A-Za-z][\w+-]*(\/[\w+-]+)*$/.test(env.TZ)) return env.TZ;
  try {
    const zone = /zoneinfo\/(.+)$/.exec(readlinkSync("/etc/localtime"))?.[1];
    if (zone) return zone;
  } catch {
    // No such link here.
  }
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function osUser(): string {
  try {
    return userInfo().username;
  } catch {
    return "agent";
  }
}

export interface Start {
  argv: readonly string[];
  env: Env;
  io: Io;
}

/** Language and texts, known before the command line is parsed. Config problems and a wrong language are told by `openApp`. */
export async function openLanguage(start: Start): Promise<{
  t: Translate;
  locale: Locale;
  wrong?: string;
  config: Config;
  problems: string[];
  home: string;
}> {
  const home = homeFolder(start.env);
  const { config, problems } = await readConfig(home, packagedLocales());
  const { locale, wrong } = chooseLocale(earlyFlags(start.argv).locale, start.env, config);
  const t = loadMessages(locale);
  return {
    t,
    locale,
    config,
    home,
    problems: problems.map((p) => asLine(p, t)),
    ...(wrong === undefined ? {} : { wrong }),
  };
}

type Language = Awaited<ReturnType<typeof openLanguage>>;
type Flags = Readonly<Record<string, string | boolean | string[] | undefined>>;

function databasePath(flags: Flags, env: Env, home: string, t: Translate): string {
  const given = (typeof flags.db === "string" ? flags.db : undefined) ?? env.COMPLAINT_DB;
  if (given !== undefined && /^postgres(ql)?:\/\//i.test(given))
    throw usage("no_team_database", t("cli.error.postgres"), t("cli.error.postgres_hint"));
  return given ? resolve(given) : join(home, "complaint.db");
}

/** Commands with a customer on the line: who waits for the store is told soon, and the answer stays on screen. */
const LIVE: ReadonlySet<string> = new Set(["new", "resume", "call-back", "contact", "practice"]);
const LIVE_BUSY_MS = 3_000;
/** Everything else rather waits its turn: fifty seats may write at once. */
const BATCH_BUSY_MS = 15_000;

/** Commands that tell themselves what is wrong in the organisation's own files. */
const TELL_THEMSELVES: ReadonlySet<string> = new Set(["script", "doctor"]);

/** The App of this run. Throws the contracted usage errors for a wrong language, clock, role or database. */
export async function openApp(start: Start, language: Language, flags: Flags, command = ""): Promise<App> {
  const { t, config, home, locale } = language;
  const { env, io } = start;
  if (language.wrong !== undefined)
    throw usage(
      "invalid_locale",
      t("cli.error.not_in_set", { name: "locale", value: language.wrong }),
      packagedLocales().join(", "),
    );
  if (language.problems.length > 0)
    throw new ComplaintError(
      EXIT.data,
      "bad_config",
      t("cli.error.config", { problem: language.problems[0]! }),
      t("cli.error.config_hint"),
    );
  const now = clockOf(env, t);
  const named = env.COMPLAINT_AGENT || config.agent;
  const agent = named || osUser();
  const dbPath = databasePath(flags, env, home, t);
  const json = flags.json === true;
  const noInput = flags.input === false;
  const accessible = flags.accessible === true || Boolean(env.ACCESSIBLE);
  const timeZone = config.time_zone ?? systemZone(env);
  // From here on plain dates are local in that zone (`core/zoned.ts` says why).
  process.env.TZ = timeZone;
  const library = await loadLibrary(home);
  for (const notice of TELL_THEMSELVES.has(command) ? [] : library.notices().slice(0, 1))
    io.warn(`${t("cli.notice.override", { problem: asLine(notice, t) })}\n`);
  const role = roleOf(env, config, agent, t);
  const refill = refillNotice(io, () => io.stderr.isTTY && !accessible, t);
  let writer: Store | undefined;
  let reader: Store | undefined;
  const storeFacts = {
    now,
    random: randomFrom,
    agent,
    country: config.country ?? library.words(locale).country,
    t,
  };
  const app: App = {
    io,
    env,
    home,
    dbPath,
    config,
    locale,
    agent,
    // Asked late: its classes of Unicode cost every command a millisecond or two.
    get agentName() {
      return personName(named);
    },
    role,
    timeZone,
    org: config.org,
    json,
    accessible,
    noInput,
    now,
    random: storeFacts.random,
    t,
    library: (): Library => library,
    store: async () => {
      if (writer) return writer;
      const { openPatiently } = await import("./store/open-store.ts");
      const options = {
        ...storeFacts,
        busyMs: LIVE.has(command) && flags.from === undefined ? LIVE_BUSY_MS : BATCH_BUSY_MS,
        create: !env.COMPLAINT_HOME && dirname(dbPath) === home,
      };
      writer = await openPatiently(dbPath, options, refill.tell);
      refill.end();
      return writer;
    },
    reader: async () => {
      if (writer) return writer;
      if (reader) return reader;
      if (!existsSync(dbPath)) return undefined;
      const { openPatiently } = await import("./store/open-store.ts");
      reader = await openPatiently(dbPath, { ...storeFacts, readOnly: true }, refill.tell);
      refill.end();
      return reader;
    },
    finish: async () => {
      if (!writer || !lacksDailyBackup(app)) return;
      const { dailyBackup } = await import("./commands/daily-backup.ts");
      await dailyBackup(app, writer);
    },
    prompter: (jsonl, own) => choosePrompter(own ? { ...app, t: own } : app, jsonl, flags),
    print: ({ json: value, text }) => {
      const out = json ? JSON.stringify(value, null, 2) : text();
      if (out !== "") io.print(out.endsWith("\n") ? out : `${out}\n`);
    },
    notice: (text) => io.warn(`${text}\n`),
    needRole: (...roles) => {
      if (role === undefined || roles.includes(role)) return;
      const names = roles.map((r) => t("cli.role", { role: r })).join(", ");
      throw refused(
        "forbidden",
        t("cli.error.role", { roles: names, role: t("cli.role", { role }) }),
        t("cli.error.role_hint"),
      );
    },
  };
  return app;
}

const sameDay = (a: Date, b: Date): boolean => a.toDateString() === b.toDateString();

/**
 * Whether there may be a daily backup to make, at the price of two looks at the disk; `daily-backup.ts` looks closer.
 * A file that was made today holds nothing that a copy would save.
 */
function lacksDailyBackup({ now, dbPath, home, config }: App): boolean {
  if (config.backup?.keep === 0) return false;
  const born = statSync(dbPath, { throwIfNoEntry: false })?.birthtime;
  if (!born || sameDay(born, new Date())) return false;
  const day = now();
  const two = (n: number) => String(n).padStart(2, "0");
  const name = `daily-${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}.db`;
  return !existsSync(join(config.backup?.folder ?? join(home, "backups"), name));
}

/** Random bytes of the system. Node's module for them costs more than all of `--help`: it is for where there is no such file. */
const randomFrom: RandomBytes = (count) => {
  const bytes = new Uint8Array(count);
  try {
    const file = openSync("/dev/urandom", "r");
    try {
      if (readSync(file, bytes) === count) return bytes;
    } finally {
      closeSync(file);
    }
  } catch {
    // Not this system's way.
  }
  return process.getBuiltinModule("node:crypto").randomBytes(count);
};

/** The face of this run (product contract §1 and §2: nothing ever waits for a key where nobody can press one). */
async function choosePrompter(app: App, jsonl: boolean, flags: Flags): Promise<Prompter> {
  const { io, t } = app;
  if (app.noInput) throw usage("no_input", t("cli.error.no_input"), t("cli.error.no_input_hint"));
  if (jsonl) {
    const { jsonlPrompter } = await import("./call/jsonl.ts");
    return jsonlPrompter({ input: io.stdin, output: io.stdout, t });
  }
  const { now, timeZone } = app;
  // A terminal that cannot move its cursor gets plain lines.
  if (app.accessible || (io.interactive && app.env.TERM === "dumb")) {
    const { accessiblePrompter } = await import("./ui/accessible-prompter.ts");
    return accessiblePrompter({ io, t, timeZone });
  }
  if (!io.interactive)
    throw usage("no_terminal", t("cli.error.no_terminal"), t("cli.error.no_terminal_hint"));
  const density = flags.density ?? app.config.density ?? "normal";
  const { terminalPrompter } = await import("./ui/terminal-prompter.ts");
  return terminalPrompter({
    io,
    t,
    now,
    timeZone,
    density: density as "quiet" | "normal" | "full",
    ...(app.config.keys ? { keys: app.config.keys } : {}),
  });
}
