/** The configuration file `COMPLAINT_HOME/config.yaml`: its keys, how each is checked, reading and writing. */
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ErrorDetail } from "../core/errors.ts";

export interface Config {
  locale?: string;
  agent?: string;
  role?: "agent" | "lead" | "trainer";
  /** Names per role; a person may stand under several, the highest counts. */
  roles?: Partial<Record<"agent" | "lead" | "trainer", string[]>>;
  /** What this agent may give: a level of the authority policy. */
  level?: "agent" | "lead" | "manager" | "legal";
  /** The lead's name as the customer may hear it. */
  lead?: string;
  time_zone?: string;
  /** ISO 3166, for phone numbers and holidays. */
  country?: string;
  /** ISO 4217. */
  currency?: string;
  /** The organisation as the customer hears it. */
  org?: string;
  density?: "quiet" | "normal" | "full";
  emergency?: { police?: string; ambulance?: string; fire?: string; crisis_line?: string };
  /** Side action → key, such as `tip: ctrl+o`. */
  keys?: Record<string, string>;
  approval?: { keys?: Record<string, string> };
  backup?: { keep?: number; folder?: string };
}

/** What may stand under a key: a set, a pattern, or free text. */
interface KeySpec {
  values?: readonly string[];
  check?: (text: string) => boolean;
  kind?: "text" | "list" | "number";
}

function isZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone !== undefined;
  } catch {
    return false;
  }
}

const ROLE = ["agent", "lead", "trainer"] as const;

/** Every key, dotted; `*` stands for a name of one's own. */
export const CONFIG_KEYS: Readonly<Record<string, KeySpec>> = {
  locale: {},
  agent: {},
  role: { values: ROLE },
  "roles.agent": { kind: "list" },
  "roles.lead": { kind: "list" },
  "roles.trainer": { kind: "list" },
  level: { values: ["agent", "lead", "manager", "legal"] },
  lead: {},
  time_zone: { check: isZone },
  country: { check: (t) => /^[A-Z]{2}$/.test(t) },
  currency: { check: (t) => /^[A-Z]{3}$/.test(t) },
  org: {},
  density: { values: ["quiet", "normal", "full"] },
  "emergency.police": {},
  "emergency.ambulance": {},
  "emergency.fire": {},
  "emergency.crisis_line": {},
  "keys.*": {},
  "approval.keys.*": { check: (t) => /^[0-9A-HJKMNP-TV-Z]{52}$/i.test(t) },
  "backup.keep": { kind: "number" },
  "backup.folder": {},
};

const isApprovalKey = (key: string): boolean =>
  /^approval\.keys\.[\p{L}\p{N}][\p{L}\p{N} ._-]{0,80}$/u.test(key);

/** The spec of a dotted key; undefined: there is no such key. */
export function configKey(key: string): KeySpec | undefined {
  if (Object.hasOwn(CONFIG_KEYS, key)) return CONFIG_KEYS[key];
  // Names of people follow here: any letters, dots and blanks too.
  if (isApprovalKey(key)) return CONFIG_KEYS["approval.keys.*"];
  const parent = key.replace(/\.[^.]+$/, ".*");
  return /^[\w.-]+$/.test(key) && Object.hasOwn(CONFIG_KEYS, parent) ? CONFIG_KEYS[parent] : undefined;
}

/** Whether `value` may stand under `key`, and what was expected where it may not. */
export function configProblem(key: string, value: unknown, locales: readonly string[]): string | undefined {
  const spec = configKey(key);
  if (!spec) return "key";
  if (spec.kind === "list")
    return Array.isArray(value) && value.every((v) => typeof v === "string") ? undefined : "[name, name]";
  if (spec.kind === "number")
    return Number.isInteger(value) && (value as number) >= 0 ? undefined : "0, 1, 2 …";
  if (typeof value !== "string" || value === "") return "text";
  const values = key === "locale" ? locales : spec.values;
  if (values && !values.includes(value)) return values.join(", ");
  return spec.check && !spec.check(value) ? (CONFIG_EXAMPLES[key] ?? "text") : undefined;
}

const CONFIG_EXAMPLES: Readonly<Record<string, string>> = {
  time_zone: "Asia/Shanghai",
  country: "CN",
  currency: "CNY",
};

/** A config as dotted keys and values, in the order of the file. */
export function flattenConfig(value: unknown, prefix = ""): [string, unknown][] {
  return Object.entries((value ?? {}) as object).flatMap(([key, inner]) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? flattenConfig(inner, `${prefix}${key}.`)
      : ([[`${prefix}${key}`, inner]] as [string, unknown][]),
  );
}

export function configPath(home: string): string {
  return join(home, "config.yaml");
}

export type ConfigRead = { config: Config; problems: ErrorDetail[] };

/** Bigger than any sane configuration. */
const MAX_CONFIG = 100_000;

interface KeptConfig {
  stamp: string;
  config: Config;
}

/** The config as it was last read, where the file is still the same: every command passes here, and YAML is slow to load. */
function keptConfig(path: string, stamp: string): Config | undefined {
  try {
    const kept = JSON.parse(readFileSync(path, "utf8")) as KeptConfig;
    return kept.stamp === stamp ? kept.config : undefined;
  } catch {
    return undefined;
  }
}

function keepConfig(path: string, kept: KeptConfig): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(`${path}.tmp`, JSON.stringify(kept), { mode: 0o600 });
    renameSync(`${path}.tmp`, path);
  } catch {
    // A home that cannot be written to costs only time.
  }
}

/** Reads and checks the config; an absent file is an empty one, a wrong one comes with its problems. */
export async function readConfig(home: string, locales: readonly string[]): Promise<ConfigRead> {
  const path = configPath(home);
  if (!existsSync(path)) return { config: {}, problems: [] };
  const unreadable = (message: string): ConfigRead => ({
    config: {},
    problems: [{ path, line: 1, column: 1, message }],
  });
  const { size, mtimeMs } = statSync(path);
  if (size > MAX_CONFIG) return unreadable("too large");
  const stamp = `${size}:${mtimeMs}:${locales.join()}`;
  const cache = join(home, "cache", "config.json");
  const kept = keptConfig(cache, stamp);
  if (kept) return { config: kept, problems: [] };
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return unreadable((error as NodeJS.ErrnoException).code ?? "unreadable");
  }
  const { parseYaml } = await import("./yaml-file.ts");
  const parsed = parseYaml(text, path);
  if (!parsed.ok) return { config: {}, problems: parsed.problems };
  const value = parsed.value[0] ?? {};
  if (typeof value !== "object") return unreadable("key: value");
  const problems = flattenConfig(value).flatMap(([key, inner]) => {
    const expected = configProblem(key, inner, locales);
    return expected === undefined
      ? []
      : [{ path, ...parsed.file.place(key.split(".")), message: `${key}: ${expected}` }];
  });
  if (problems.length === 0) keepConfig(cache, { stamp, config: value as Config });
  return { config: value as Config, problems };
}
