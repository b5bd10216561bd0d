/** The command line: the catalog as commander commands, help in the user's language, usage errors with the contract's codes. */
import { Command, CommanderError, Help, Option } from "commander";
import stringWidth from "fast-string-width";
import { wrapAnsi } from "fast-wrap-ansi";
import type { Input, Io, Run } from "./app.ts";
import { CATALOG, type CommandSpec, GLOBAL_FLAGS, type Group } from "./commands/catalog.ts";
import { usage } from "./core/errors.ts";
import type { Translate } from "./core/library-port.ts";

const GROUPS: readonly Group[] = ["call", "lead", "train", "after", "look", "data", "care"];

const FORMS: Readonly<Record<string, RegExp>> = {
  day: /^\d{4}-\d{2}-\d{2}$/,
  week: /^\d{4}-?w\d{1,2}$/i,
  month: /^\d{4}-\d{2}$/,
};

/** Stands for "now" where `--day`, `--week` or `--month` came without a value. */
export const NOW = "now";

/**
 * `--week` and its like take only a value of the right form; another word after them stays an argument.
 * commander would take any word, so the value is joined to its flag here.
 */
export function joinOptionalValues(argv: readonly string[]): string[] {
  const joined: string[] = [];
  let literal = false;
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    literal ||= word === "--";
    const form = literal ? undefined : FORMS[word.replace(/^--/, "")];
    if (!form || !word.startsWith("--")) joined.push(word);
    else if (i + 1 < argv.length && form.test(argv[i + 1]!)) joined.push(`${word}=${argv[++i]}`);
    else joined.push(`${word}=${NOW}`);
  }
  return joined;
}

export interface ParsedCommand {
  spec: CommandSpec;
  input: Input;
  load: () => Promise<{ run: Run }>;
}

/** commander's own wording → our code and text. */
function translateError(error: CommanderError, t: Translate): Error {
  const name = /'([^']*)'/.exec(error.message)?.[1] ?? "";
  const guess = /Did you mean (?:one of )?([^?]+)\?/.exec(error.message)?.[1];
  const hint = guess ? t("cli.error.did_you_mean", { word: guess }) : t("cli.error.see_help");
  const kind = error.code.replace("commander.", "");
  const known = [
    "unknownOption",
    "unknownCommand",
    "excessArguments",
    "missingArgument",
    "optionMissingArgument",
    "invalidArgument",
  ];
  const key = known.includes(kind) ? kind : "other";
  const code = key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
  return usage(code, t(`cli.error.${key}`, { name, text: error.message.replace(/^error: /, "") }), hint);
}

function describe(command: Command, spec: CommandSpec, t: Translate, columns: number): void {
  for (const flags of spec.flags ?? []) {
    const name = /--([a-z-]+)/.exec(flags)![1]!;
    command.addOption(new Option(flags, flagText(t, spec.name, name)));
  }
  const more = spec.more ? `\n${wrapAt(t(`cli.${spec.name}.more`), columns)}\n` : "";
  const examples = spec.examples.map((e) => `  ${e}`).join("\n");
  command.addHelpText("after", `${more}\n${t("cli.help.examples")}\n${examples}`);
}

/** A flag's text: the command's own, else the one that commands share. */
export function flagText(t: Translate, command: string, flag: string): string {
  try {
    return t(`cli.${command}.${flag}`);
  } catch {
    return t(`cli.flag.${flag}`);
  }
}

const wrapAt = (text: string, width: number) => wrapAnsi(text, width, { hard: true });

/** The least that a text beside its term needs; where it has less it stands below. */
const LEAST = 30;

/** A term of the help with its text beside it, or below it on a narrow screen. */
function helpItem(term: string, widest: number, text: string, columns: number): string {
  if (text === "") return `  ${term}`;
  const isBeside = columns - widest - 4 >= LEAST;
  const indent = isBeside ? widest + 4 : 6;
  const rows = wrapAt(text, Math.max(20, columns - indent)).split("\n");
  const below = rows.join(`\n${" ".repeat(indent)}`);
  if (!isBeside) return `  ${term}\n${" ".repeat(indent)}${below}`;
  return `  ${term}${" ".repeat(widest - stringWidth(term) + 2)}${below}`;
}

function localise(command: Command, t: Translate, columns: number): void {
  const titles: Record<string, string> = {
    "Usage:": t("cli.help.usage"),
    "Arguments:": t("cli.help.arguments"),
    "Options:": t("cli.help.options"),
    "Global Options:": t("cli.help.global"),
    "Commands:": t("cli.help.commands"),
  };
  command.configureHelp({
    helpWidth: columns,
    displayWidth: stringWidth,
    boxWrap: wrapAt,
    formatItem: (term, widest, text) => helpItem(term, widest, text, columns),
    styleTitle: (title) => titles[title] ?? title,
    // A command's flags are shown in its own help; `[options]` on every line tells nobody anything.
    subcommandTerm: (c) => [c.name(), ...c.registeredArguments.map(argumentTerm)].join(" "),
    formatHelp: (c, helper) => commandsFirst(c, helper, t),
    showGlobalOptions: true,
    visibleGlobalOptions: (c) => (c.parent ? [...c.parent.options.filter((o) => !o.hidden)] : []),
  });
  command.helpOption("-h, --help", t("cli.flag.help"));
}

function argumentTerm(argument: { name(): string; required: boolean; variadic: boolean }): string {
  const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

/** commander's help with the commands above the options, and no blanks at line ends. */
function commandsFirst(command: Command, helper: Help, t: Translate): string {
  const text = Help.prototype.formatHelp.call(helper, command, helper).replace(/[ \t]+$/gm, "");
  if (command.parent) return text;
  const sections = text.split(/\n\n(?=\S)/);
  const isOptions = (section: string) => section.startsWith(t("cli.help.options"));
  const options = sections.filter(isOptions);
  return `${[...sections.filter((s) => !isOptions(s)), ...options].map((s) => s.trimEnd()).join("\n\n")}\n`;
}

/** commander would ask the streams, which opens them; our texts have no colours and their own width, and main tells the errors. */
const PLAIN_OUTPUT = {
  writeErr: () => {},
  getOutHasColors: () => false,
  getErrHasColors: () => false,
  getOutHelpWidth: () => 80,
  getErrHelpWidth: () => 80,
};

export type ProgramIo = Pick<Io, "print" | "columns">;

/** The one command that is asked for, where the first word names one: building only it saves most of start-up. */
function wantedCommands(argv: readonly string[]): readonly CommandSpec[] {
  const takesValue = new Set(["--locale", "--db"]);
  const words = argv.filter((word, i) => !word.startsWith("-") && !takesValue.has(argv[i - 1] ?? ""));
  const first = words[0] === "help" ? words[1] : words[0];
  const spec = CATALOG.find((c) => c.name === first);
  return spec ? [spec] : CATALOG;
}

/** The command tree of `specs`; `found` receives the command that was asked for. */
export function buildProgram(
  t: Translate,
  io: ProgramIo,
  found: (parsed: ParsedCommand) => void,
  specs: readonly CommandSpec[] = CATALOG,
): Command {
  const program = new Command("complaint");
  program.exitOverride().configureOutput({ ...PLAIN_OUTPUT, writeOut: io.print });
  localise(program, t, io.columns);
  program.description(t("cli.about")).helpCommand("help [command]", t("cli.help.help"));
  program.option("-v, --version", t("cli.flag.version"));
  program.on("option:version", () => {
    throw new CommanderError(0, "commander.version", "");
  });
  for (const [flags, key] of GLOBAL_FLAGS) program.option(flags, t(`cli.flag.${key}`));
  for (const group of GROUPS) {
    for (const spec of specs.filter((c) => c.group === group)) {
      const command = program.command(spec.name, { hidden: spec.hidden === true });
      if (spec.args) command.arguments(spec.args);
      localise(command, t, io.columns);
      command.helpGroup(t(`cli.group.${group}`));
      if (spec.hidden) command.allowUnknownOption();
      else command.summary(t(`cli.${spec.name}`)).description(t(`cli.${spec.name}`));
      // The list of all commands needs nobody's flags.
      if (specs.length === 1 && !spec.hidden) describe(command, spec, t, io.columns);
      command.action((...given: unknown[]) => {
        const used = given.at(-1) as Command;
        found({ spec, input: { args: used.args, flags: used.optsWithGlobals() }, load: spec.load });
      });
    }
  }
  program.addHelpText("after", `\n${wrapAt(t("cli.help.after"), io.columns)}`);
  return program;
}

/** Nobody reads the texts of a command line that is only taken apart. */
const NO_TEXT: Translate = () => "";

const HELP_WORD = /^(?:help|--help|-[a-z]*h[a-z]*)$/i;

/** The help of the whole program, for the build to write down. */
export function helpText(t: Translate, columns: number): string {
  let text = "";
  const print = (part: string) => {
    text += part;
  };
  buildProgram(t, { print, columns }, () => {}).outputHelp();
  return text;
}

/**
 * Parses `argv` (without node and script). Undefined: help was printed and there is nothing to run.
 * Throws a usage error (exit 2) in the user's language.
 */
export function parseCommand(
  argv: readonly string[],
  t: Translate,
  io: ProgramIo,
): ParsedCommand | "version" | undefined {
  let found: ParsedCommand | undefined;
  const keep = (parsed: ParsedCommand) => {
    found = parsed;
  };
  const specs = wantedCommands(argv);
  const mayHelp = specs.length > 1 || argv.some((word) => HELP_WORD.test(word));
  const program = buildProgram(mayHelp ? t : NO_TEXT, io, keep, specs);
  try {
    program.parse(joinOptionalValues(argv), { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === "commander.version") return "version";
    if (error.exitCode === 0) return undefined;
    if (error.code === "commander.help") {
      // `complaint` alone: commander takes it for a mistake, the contract for a question.
      program.outputHelp();
      return undefined;
    }
    throw translateError(error, t);
  }
  return found;
}
