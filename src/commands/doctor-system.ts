/** What `doctor` looks at around the store: Node, folders, disk, clock, terminal, own files. */

import { chmodSync, existsSync, lstatSync, readdirSync, statfsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { App } from "../app.ts";
import { asLine } from "../content/problem.ts";
import { networkShare } from "../store/network-share.ts";
import { backupFiles } from "./backup-files.ts";

/** `notice`: nothing is wrong, but worth knowing. */
export type CheckState = "ok" | "notice" | "mended" | "problem" | "unreadable";

export interface Check {
  id: string;
  state: CheckState;
  message: string;
  hint?: string;
}

const ok = (id: string, message: string): Check => ({ id, state: "ok", message });
const problem = (id: string, message: string, hint?: string): Check => ({
  id,
  state: "problem",
  message,
  ...(hint === undefined ? {} : { hint }),
});

/** The versions that package.json names. */
function checkNode({ t }: App): Check {
  const version = process.versions.node;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isGood = (major === 20 && minor >= 17) || (major === 22 && minor >= 13) || major >= 24;
  return isGood
    ? ok("node", t("move.doctor_node", { version }))
    : problem("node", t("move.doctor_node_old", { version }), t("move.doctor_node_hint"));
}

async function checkNative({ t }: App): Promise<Check> {
  try {
    const { openStore } = await import("../store/open-store.ts");
    const { nativeAddon } = await import("../store/native.ts");
    // Its own words say why it does not load.
    nativeAddon();
    const store = openStore(":memory:", {
      now: () => new Date(),
      random: (n) => new Uint8Array(n),
      agent: "-",
    });
    const [row] = store.query<{ version: string }>("SELECT sqlite_version() AS version");
    store.close();
    return ok("native", t("move.doctor_native", { version: row?.version ?? "" }));
  } catch (error) {
    return problem(
      "native",
      t("move.doctor_native_broken", { reason: (error as Error).message.split("\n")[0] }),
      t("move.doctor_native_hint"),
    );
  }
}

/** Files of ours that others may read. */
function openFiles(app: App): string[] {
  const names = existsSync(app.home) ? readdirSync(app.home).map((name) => join(app.home, name)) : [];
  const own = [...names, ...(existsSync(app.dbPath) ? [app.dbPath] : []), ...backupFiles(app)];
  return [...new Set(own)].filter((path) => {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    return stat !== undefined && !stat.isSymbolicLink() && (stat.mode & 0o077) !== 0;
  });
}

/** What is personal is for its owner only; what is too open is closed. */
function checkPermissions(app: App): Check {
  const { t, home } = app;
  if (process.platform === "win32") return ok("permissions", t("move.doctor_permissions"));
  const isOpen = existsSync(home) && (statSync(home).mode & 0o077) !== 0;
  const open = [...(isOpen ? [home] : []), ...openFiles(app)];
  if (open.length === 0) return ok("permissions", t("move.doctor_permissions"));
  const left = open.filter((path) => {
    try {
      chmodSync(path, statSync(path).isDirectory() ? 0o700 : 0o600);
      return false;
    } catch {
      return true;
    }
  });
  if (left.length > 0)
    return problem(
      "permissions",
      t("move.doctor_open", { paths: left.join(", ") }),
      t("move.doctor_open_hint"),
    );
  return { id: "permissions", state: "mended", message: t("move.doctor_closed", { count: open.length }) };
}

/** Settings that are a link to somewhere else can be changed by whoever owns that place. */
function checkLinks(app: App): Check[] {
  const links = ["config.yaml", "complaint.db", "policy.yaml", "keys"]
    .map((name) => join(app.home, name))
    .filter((path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink());
  return links.map((path) =>
    problem("link", app.t("move.doctor_link", { path }), app.t("move.doctor_link_hint")),
  );
}

function checkShare(app: App): Check {
  const folder = dirname(app.dbPath);
  const share = existsSync(folder) ? networkShare(folder) : undefined;
  return share === undefined
    ? ok("share", app.t("move.doctor_local"))
    : problem(
        "share",
        app.t("store.network_share", { path: app.dbPath, type: share }),
        app.t("store.network_share_hint"),
      );
}

const MB = 1024 * 1024;

/** A backup and a journal need as much again as the database. */
function checkSpace(app: App): Check[] {
  const folder = [dirname(app.dbPath), app.home].find((path) => existsSync(path));
  if (folder === undefined) return [];
  try {
    const { bavail, bsize } = statfsSync(folder);
    const free = bavail * bsize;
    const size = existsSync(app.dbPath) ? statSync(app.dbPath).size : 0;
    const params = { free: Math.floor(free / MB) };
    return [
      free < Math.max(100 * MB, 2 * size)
        ? problem("space", app.t("move.doctor_space_low", params), app.t("move.doctor_space_hint"))
        : ok("space", app.t("move.doctor_space", params)),
    ];
  } catch {
    return [];
  }
}

/** Deadlines are worth nothing under a clock that is wrong: it may not be before the program was made, nor far before the newest event. */
function checkClock(app: App, newest: string | undefined): Check {
  const now = +app.now();
  const isEarly = now < Date.UTC(2025, 0, 1);
  const isBehind = newest !== undefined && Date.parse(newest) > now + 26 * 3_600_000;
  if (isEarly || isBehind)
    return problem(
      "clock",
      app.t("move.doctor_clock_wrong", { now: app.now().toISOString(), newest: newest ?? "-" }),
      app.t("move.doctor_clock_hint"),
    );
  return ok("clock", app.t("move.doctor_clock", { now: app.now().toISOString(), zone: app.timeZone }));
}

const notice = (id: string, message: string, hint: string): Check => ({ id, state: "notice", message, hint });

/** Narrower windows cut lines off. */
const NARROW = 60;

function checkTerminal({ io, locale, t }: App): Check {
  const { columns, unicode } = io;
  const params = { columns, locale, unicode: unicode ? "yes" : "no" };
  if (columns < NARROW)
    return notice("terminal", t("move.doctor_narrow", params), t("move.doctor_narrow_hint"));
  if (!unicode && locale.startsWith("zh"))
    return notice("terminal", t("move.doctor_ascii", params), t("move.doctor_ascii_hint"));
  return ok("terminal", t("move.doctor_terminal", params));
}

function checkOverrides(app: App): Check[] {
  const notices = app.library().notices();
  if (notices.length === 0) return [ok("overrides", app.t("move.doctor_overrides"))];
  return notices.map((notice) =>
    problem(
      "overrides",
      app.t("cli.notice.override", { problem: asLine(notice, app.t) }),
      app.t("move.doctor_overrides_hint"),
    ),
  );
}

/** Everything but the store. `newest`: when its newest event happened. */
export async function systemChecks(app: App, newest: string | undefined): Promise<Check[]> {
  return [
    checkNode(app),
    await checkNative(app),
    checkPermissions(app),
    ...checkLinks(app),
    checkShare(app),
    ...checkSpace(app),
    checkClock(app, newest),
    checkTerminal(app),
    ...checkOverrides(app),
  ];
}
