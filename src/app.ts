/** What a command gets: the facts of this run of the program and lazily opened doors. Built once in `main.ts`. */
import type { Config } from "./content/config.ts";
import type { ExitCode } from "./core/errors.ts";
import type { RandomBytes } from "./core/id.ts";
import type { Io } from "./core/io.ts";
import type { Library, Translate } from "./core/library-port.ts";
import type { Locale } from "./core/locale.ts";
import type { Prompter } from "./core/question.ts";
import type { Store } from "./core/store-port.ts";

export type { Io } from "./core/io.ts";

export type Role = "agent" | "lead" | "trainer";

export interface App {
  io: Io;
  env: Readonly<Record<string, string | undefined>>;
  /** The home folder, whether it exists or not. */
  home: string;
  dbPath: string;
  config: Config;
  locale: Locale;
  agent: string;
  /** The agent as a sentence may name him: what was set as his name, unless it is an account; absent: nothing was. */
  agentName: string | undefined;
  /** Undefined where no roles are set: then everybody may do everything. */
  role: Role | undefined;
  timeZone: string;
  /** The organisation as the customer hears it. */
  org: string | undefined;
  json: boolean;
  accessible: boolean;
  noInput: boolean;
  /** The clock; frozen by COMPLAINT_NOW. */
  now: () => Date;
  random: RandomBytes;
  t: Translate;
  library: () => Library;
  /** The store for writing; creates the default home and database. */
  store: () => Promise<Store>;
  /** The store for reading; undefined where there is no database yet. Leaves the file as it is. */
  reader: () => Promise<Store | undefined>;
  /**
   * The face of this run: terminal, accessible lines or `--jsonl`, in the language of `t` where a run is held in another.
   * Throws the contracted usage error where nothing may be asked.
   */
  prompter: (jsonl: boolean, t?: Translate) => Promise<Prompter>;
  /** What is left to do when a command is done and its result is printed: the daily backup, where it wrote. */
  finish: () => Promise<void>;
  /** Prints the result: `json` with --json, else `text()` (a line break is added where it lacks one). */
  print: (result: { json: unknown; text: () => string }) => void;
  /** One line on stderr. */
  notice: (text: string) => void;
  /** Throws the contracted error unless roles are unset or the role is among `roles`. */
  needRole: (...roles: Role[]) => void;
}

/** Arguments and flags as commander parsed them; flag names in camelCase. */
export interface Input {
  args: readonly string[];
  flags: Readonly<Record<string, string | boolean | string[] | undefined>>;
}

/** What each file in `commands/` exports as `run`; an exit code where it is not 0 and yet no error (`check`, `doctor`). */
// biome-ignore lint/suspicious/noConfusingVoidType: most commands return nothing; `undefined` would forbid `return list(app)`.
export type Run = (app: App, input: Input) => Promise<ExitCode | void>;
