/** `complete -- WORDS` (hidden): what the shell's completion asks; commands, flags, values, refs of open cases. */
import { RootCommand } from "@bomb.sh/tab";
import type { App, Run } from "../app.ts";
import { CONFIG_KEYS } from "../content/config.ts";
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

function valuesOf(app: App, command: string, flag: string): readonly string[] {
  if (flag === "script") return app.library().scriptIds();
  if (flag === "locale") return app.library().locales();
  const set = COMMAND_SETS[`${command} ${flag}`] ?? FLAG_SETS[flag] ?? [];
  return typeof set === "string" ? (app.library().taxonomies()[set] ?? []) : set;
}

/** How many refs are offered at one TAB. */
const MANY = 50;

function argument(app: App, spec: CommandSpec, refs: () => string[]): (complete: Complete) => void {
  return (complete) => {
    for (const word of FIRST_WORDS[spec.name] ?? []) complete(word, "");
    if (spec.name === "config") for (const key of Object.keys(CONFIG_KEYS)) complete(key, "");
    if (spec.name === "script") for (const id of app.library().scriptIds()) complete(id, "");
    if (spec.args?.includes("ref")) for (const ref of refs()) complete(ref, "");
  };
}

export const run: Run = async (app, { args }) => {
  const store = await app.reader();
  const refs = () =>
    store?.list({ status: ["draft", "open", "resolved"], limit: MANY }).cases.map((c) => c.ref) ?? [];
  const root = new RootCommand();
  for (const [flags, key] of GLOBAL_FLAGS) {
    const name = /--([a-z-]+)/.exec(flags)![1]!;
    const values: ((complete: Complete) => void) | undefined = flags.includes("<")
      ? (complete) => {
          for (const value of valuesOf(app, "", name)) complete(value, "");
        }
      : undefined;
    if (values) root.option(name, app.t(`cli.flag.${key}`), values);
    else root.option(name, app.t(`cli.flag.${key}`));
  }
  for (const spec of CATALOG.filter((c) => !c.hidden)) {
    const command = root.command(spec.name, app.t(`cli.${spec.name}`));
    for (const flags of spec.flags ?? []) {
      const name = /--([a-z-]+)/.exec(flags)![1]!;
      if (!/[<[]/.test(flags)) command.option(name, "");
      else
        command.option(name, "", (complete) => {
          for (const value of valuesOf(app, spec.name, name)) complete(value, "");
        });
    }
    if (spec.args) command.argument("word", argument(app, spec, refs), true);
  }
  root.parse([...args]);
};
