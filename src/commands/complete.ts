/** `complete -- WORDS` (hidden): what the shell's completion asks; commands, flags, values, refs of open cases. */
import { RootCommand } from "@bomb.sh/tab";
import type { App, Run } from "../app.ts";
import { CONFIG_KEYS } from "../content/config.ts";
import { FIELDS } from "../core/field.ts";
import type { Store } from "../core/store-port.ts";
import { CATALOG, type CommandSpec, GLOBAL_FLAGS } from "./catalog.ts";

type Complete = (value: string, description: string) => void;

/** Flag → the taxonomy or fixed set its value comes from. */
const FLAG_SETS: Readonly<Record<string, readonly string[] | string>> = {
  channel: "channel",
  category: "category",
  cause: "cause",
  severity: "severity",
  flag: "flag",
  outcome: "outcome",
  remedy: "remedy",
  psychology: "psychology",
  status: ["draft", "open", "resolved", "closed", "all"],
  stage: ["listen", "apologize", "analyze", "resolve", "follow-up"],
  density: ["quiet", "normal", "full"],
  by: ["category", "cause", "channel", "agent", "department", "severity", "script"],
  compare: ["previous", "none"],
  mood: ["1", "2", "3", "4", "5"],
  level: ["1", "2", "3"],
  "on-error": ["stop", "skip"],
  map: ["auto", "generic", "cfpb", "nyc311"],
};

/** Values of a flag that differ by command. */
const COMMAND_SETS: Readonly<Record<string, readonly string[] | string>> = {
  "report format": ["text", "markdown", "html", "csv", "xlsx", "json"],
  "export format": ["jsonl", "csv", "xlsx"],
  "form format": ["md", "html"],
  "form kind": ["register", "handling", "feedback", "capa"],
  "close reason": "closed_reason",
  "finish reason": ["cut_off", "refused", "abuse", "other"],
  "appeal outcome": ["upheld", "partly", "not"],
};

const FIRST_WORDS: Readonly<Record<string, readonly string[]>> = {
  config: ["list", "get", "set", "path"],
  script: ["list", "show", "try", "check", "new", "schema"],
  practice: ["list", "results", "from", "review"],
  actions: ["list", "add", "done", "measure"],
  schema: ["case", "event", "map"],
  completion: ["bash", "zsh"],
  promise: ["settle"],
  dispatch: ["settle"],
  appeal: ["settle"],
  wait: ["end"],
};

/** Words that a flag or an argument may be, given what stands before it on the line. */
interface Line {
  app: App;
  refs: () => readonly string[];
  /** The word that is being typed, perhaps empty. */
  current: string;
  /** The arguments before it, without the command and without flags. */
  before: readonly string[];
}

/** Flags that take several values with commas. */
const LISTS = new Set(["status", "flag"]);

function valuesOf({ app, refs, current }: Line, command: string, flag: string): readonly string[] {
  if (flag === "script") return app.library().scriptIds();
  if (flag === "locale") return app.library().locales();
  if (flag === "of") return refs();
  const set = COMMAND_SETS[`${command} ${flag}`] ?? FLAG_SETS[flag] ?? [];
  const values = typeof set === "string" ? (app.library().taxonomies()[set] ?? []) : set;
  if (!LISTS.has(flag)) return values;
  const given = current.slice(0, current.lastIndexOf(",") + 1);
  return values.filter((v) => !given.split(",").includes(v)).map((v) => `${given}${v}`);
}

const CONFIG_SETS: Readonly<Record<string, readonly string[]>> = {
  role: ["agent", "lead", "trainer"],
  density: ["quiet", "normal", "full"],
};

function configWords({ app, before }: Line): readonly string[] {
  const [what, key] = before;
  if (key === undefined) return what === "list" || what === "path" ? [] : Object.keys(CONFIG_KEYS);
  return key === "locale" ? app.library().locales() : (CONFIG_SETS[key] ?? []);
}

function argumentsOf(line: Line, spec: CommandSpec): readonly string[] {
  const { app, refs, before } = line;
  const first = FIRST_WORDS[spec.name] ?? [];
  if (before.length === 0) return [...first, ...(/^[<[]ref/.test(spec.args ?? "") ? refs() : [])];
  if (spec.name === "config") return configWords(line);
  if (spec.name === "script") return ["show", "try"].includes(before[0]!) ? app.library().scriptIds() : [];
  if (spec.name === "edit") return Object.keys(FIELDS).map((field) => `${field}=`);
  return before.length === 1 && first.includes(before[0]!) && spec.args?.includes("[ref]") ? refs() : [];
}

/** How many refs are offered at one TAB. */
const MANY = 50;

function lineOf(app: App, store: Store | undefined, args: readonly string[]): Line {
  const current = args.at(-1) ?? "";
  const refs = () => {
    const cases = store?.list({ status: ["draft", "open", "resolved"], limit: MANY }).cases ?? [];
    // Shells compare letter by letter; refs are taken in any case.
    return cases.map((c) => (/[a-z]/.test(current) ? c.ref.toLowerCase() : c.ref));
  };
  const takesValue = (word: string) => {
    const flags = [...GLOBAL_FLAGS.map(([f]) => f), ...CATALOG.flatMap((c) => c.flags ?? [])];
    return flags.some((f) => f.startsWith(`${word} <`));
  };
  const words = args.filter((word, i) => !word.startsWith("-") && !takesValue(args[i - 1] ?? ""));
  return { app, refs, current, before: words.slice(1, words.at(-1) === current ? -1 : undefined) };
}

const offer =
  (words: () => readonly string[]): ((complete: Complete) => void) =>
  (complete) => {
    for (const word of words()) complete(word, "");
  };

export const run: Run = async (app, { args }) => {
  const line = lineOf(app, await app.reader(), args);
  const root = new RootCommand();
  const nameOf = (flags: string) => /--([a-z-]+)/.exec(flags)![1]!;
  for (const [flags, key] of GLOBAL_FLAGS) {
    const name = nameOf(flags);
    const text = app.t(`cli.flag.${key}`);
    if (flags.includes("<"))
      root.option(
        name,
        text,
        offer(() => valuesOf(line, "", name)),
      );
    else root.option(name, text);
  }
  for (const spec of CATALOG.filter((c) => !c.hidden)) {
    const command = root.command(spec.name, app.t(`cli.${spec.name}`));
    for (const flags of spec.flags ?? []) {
      const name = nameOf(flags);
      if (!/[<[]/.test(flags)) command.option(name, "");
      else
        command.option(
          name,
          "",
          offer(() => valuesOf(line, spec.name, name)),
        );
    }
    if (spec.args)
      command.argument(
        "word",
        offer(() => argumentsOf(line, spec)),
        true,
      );
  }
  root.parse([...args]);
};
