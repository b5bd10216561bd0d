/** Runs a command's `run` in this process with an App of its own, as `main.ts` would: fast enough for hundreds of calls. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { App, Input, Io, Run } from "../../src/app.ts";
import { ComplaintError } from "../../src/core/errors.ts";
import type { Store } from "../../src/core/store-port.ts";
import { openApp, openLanguage } from "../../src/open-app.ts";

export interface Done {
  /** Exit code as main.ts would give it. */
  code: number;
  out: string;
  err: string;
  error?: ComplaintError;
  // biome-ignore lint/suspicious/noExplicitAny: what a command prints differs from command to command
  json: any;
}

export type Words = readonly string[];
export type Flags = Input["flags"];
export type Env = Record<string, string>;

function io(out: string[], err: string[]): Io {
  const stream = (to: string[]) =>
    ({ write: (text: string) => to.push(text) > 0, isTTY: false }) as unknown as NodeJS.WriteStream;
  return {
    stdin: process.stdin,
    stdout: stream(out),
    stderr: stream(err),
    interactive: false,
    columns: 80,
    rows: 24,
    color: false,
    unicode: true,
    print: (text) => void out.push(text),
    warn: (text) => void err.push(text),
  } as Io;
}

export interface Desk {
  home: string;
  /** The App of one run; close its store when done. */
  app: (flags?: Flags, env?: Env) => Promise<{ app: App; out: string[]; err: string[] }>;
  run: (command: Run, args: Words, flags?: Flags, env?: Env) => Promise<Done>;
  /** The store, for setting up what no command is asked for. */
  store: (env?: Env) => Promise<Store>;
  at: (now: string) => void;
  remove: () => void;
}

/** A home with a frozen clock. Everything is printed as JSON unless `flags.json` is false. */
export function newDesk(now: string, base: Env = {}): Desk {
  const home = mkdtempSync(join(tmpdir(), "complaint-desk-"));
  let clock = now;
  const open: Store[] = [];
  const make = async (flags: Flags = {}, env: Env = {}) => {
    const out: string[] = [];
    const err: string[] = [];
    const full = {
      COMPLAINT_HOME: home,
      COMPLAINT_AGENT: "anna",
      COMPLAINT_NOW: clock,
      COMPLAINT_LOCALE: "en",
      TZ: "Asia/Shanghai",
      ...base,
      ...env,
    };
    const start = { argv: [], env: full, io: io(out, err) };
    const app = await openApp(start, await openLanguage(start), { json: true, ...flags });
    const { store, reader } = app;
    app.store = async () => remember(open, await store());
    app.reader = async () => {
      const found = await reader();
      return found && remember(open, found);
    };
    return { app, out, err };
  };
  return {
    home,
    app: make,
    at: (moment) => {
      clock = moment;
    },
    store: async (env) => (await make({}, env)).app.store(),
    run: async (command, args, flags = {}, env = {}) => {
      const { app, out, err } = await make(flags, env);
      const from = open.length;
      let error: ComplaintError | undefined;
      let code: number | undefined;
      try {
        code = (await command(app, { args, flags: { json: true, ...flags } })) ?? undefined;
      } catch (thrown) {
        if (!(thrown instanceof ComplaintError)) throw thrown;
        error = thrown;
      } finally {
        for (const store of open.splice(from)) store.close();
      }
      const text = out.join("");
      const isJson = flags.json !== false && text !== "";
      return {
        code: error?.exit ?? code ?? 0,
        out: text,
        err: err.join(""),
        ...(error ? { error } : {}),
        json: isJson ? JSON.parse(text) : undefined,
      };
    },
    remove: () => {
      for (const store of open.splice(0)) store.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function remember(open: Store[], store: Store): Store {
  if (!open.includes(store)) open.push(store);
  return store;
}
