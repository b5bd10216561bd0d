/** The manual page, made from the catalog and the messages when the program is built. */
import type { Translate } from "../core/library-port.ts";
import { flagText } from "../program.ts";
import { CATALOG, type CommandSpec, GLOBAL_FLAGS, type Group } from "./catalog.ts";

const ENVIRONMENT = [
  "COMPLAINT_HOME",
  "COMPLAINT_DB",
  "COMPLAINT_LOCALE",
  "COMPLAINT_AGENT",
  "COMPLAINT_ROLE",
  "COMPLAINT_NOW",
  "NO_COLOR, FORCE_COLOR",
  "ACCESSIBLE",
];
const EXIT_CODES = ["0", "1", "2", "3", "4", "70", "130"];

/** Text as troff reads it: hyphens that can be copied, no line that looks like a request. */
function plain(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replace(/^([.'])/gm, "\\&$1");
}

const term = (head: string, text: string) => `.TP\n\\fB${plain(head)}\\fR\n${plain(text)}`;
const section = (title: string, ...body: string[]) =>
  [`.SH ${plain(title).toUpperCase()}`, ...body].join("\n");
/** Without its colon: headings of a manual have none. */
const heading = (text: string) => text.replace(/[:：]$/, "");

function commandEntry(spec: CommandSpec, t: Translate): string {
  const flags = (spec.flags ?? []).map((flag) =>
    term(flag, flagText(t, spec.name, /--([a-z-]+)/.exec(flag)![1]!)),
  );
  const examples = spec.examples.map((example) => `.br\n\\fI${plain(example)}\\fR`);
  const more = spec.more ? [".br", plain(t(`cli.${spec.name}.more`))] : [];
  const nested = flags.length > 0 ? [".RS", ...flags, ".RE"] : [];
  const head = [spec.name, spec.args].filter((part) => part !== undefined).join(" ");
  return [term(head, t(`cli.${spec.name}`)), ...more, ...examples, ...nested].join("\n");
}

function commandGroups(t: Translate): string[] {
  const shown = CATALOG.filter((c) => !c.hidden);
  const groups = [...new Set<Group>(shown.map((c) => c.group))];
  return groups.map((group) =>
    [
      `.SS ${plain(heading(t(`cli.group.${group}`)))}`,
      ...shown.filter((c) => c.group === group).map((c) => commandEntry(c, t)),
    ].join("\n"),
  );
}

/** The page in the language of `t`, as troff source with the `man` macros. */
export function manPage(t: Translate, version: string): string {
  const named = (kind: string, names: readonly string[]) =>
    names.map((name) => term(name, t(`cli.man.${kind}_${name.replaceAll(/\W+/g, "_").toLowerCase()}`)));
  return `${[
    `.TH COMPLAINT 1 "" "complaint ${version}"`,
    section(t("cli.man.name"), `complaint \\- ${plain(t("cli.man.summary"))}`),
    section(heading(t("cli.help.usage")), `\\fBcomplaint\\fR [options] <command> [arguments]`),
    section(t("cli.man.description"), plain(t("cli.about")), ".PP", plain(t("cli.help.after"))),
    section(heading(t("cli.help.commands")), ...commandGroups(t)),
    section(
      heading(t("cli.help.global")),
      ...GLOBAL_FLAGS.map(([flags, key]) => term(flags, t(`cli.flag.${key}`))),
      term("-h, --help", t("cli.flag.help")),
      term("-v, --version", t("cli.flag.version")),
    ),
    section(t("cli.man.environment"), ...named("env", ENVIRONMENT)),
    section(t("cli.man.exit"), ...named("exit", EXIT_CODES)),
  ].join("\n")}\n`;
}
