/**
 * Every command: its place in help, arguments, flags, examples and the file that runs it. Texts are messages
 * `cli.<name>` and `cli.<name>.<flag>` (or `cli.flag.<flag>` where several share it). A new command is one entry here,
 * its file, its messages and its test.
 */
import type { Run } from "../app.ts";

export type Group = "call" | "lead" | "train" | "after" | "look" | "data" | "care";

export interface CommandSpec {
  /** With a blank for a command below another: `promise settle`. */
  name: string;
  group: Group;
  /** As commander writes them: `<ref> [n]`, `[words...]`. */
  args?: string;
  /** As commander writes them: `--channel <c>`. A value in `[ ]` of day, week or month is taken only in its form. */
  flags?: readonly string[];
  examples: readonly string[];
  /** Its own text is longer than a line: message `cli.<name>.more`. */
  more?: true;
  /** For other programs, not for people: left out of help. */
  hidden?: true;
  load: () => Promise<{ run: Run }>;
}

/** Flags every command has, with their message key. */
export const GLOBAL_FLAGS = [
  ["--locale <id>", "locale"],
  ["--db <path>", "db"],
  ["--json", "json"],
  ["--no-color", "no-color"],
  ["--no-input", "no-input"],
  ["--accessible", "accessible"],
  ["--debug", "debug"],
] as const;

const PERIOD = ["--since <day>", "--until <day>", "--week [week]"] as const;
const FILTERS = [
  "--status <list>",
  "--stage <stage>",
  "--category <id>",
  "--cause <id>",
  "--channel <id>",
  "--agent <name>",
  "--owner <name>",
  "--department <name>",
  "--flag <id>",
  "--severity <id>",
  ...PERIOD,
  "--due",
  "--overdue",
] as const;
const PERIODS = ["--day [day]", "--week [week]", "--month [month]", "--from <day>", "--to <day>"] as const;

export const CATALOG: readonly CommandSpec[] = [
  // The call
  {
    name: "new",
    group: "call",
    flags: [
      "--script <id>",
      "--channel <id>",
      "--phone <number>",
      "--name <name>",
      "--from <file>",
      "--draft",
      "--jsonl",
      "--density <how>",
    ],
    examples: [
      "complaint new",
      "complaint new --channel phone --phone 13800005678",
      "complaint new --from case.yaml",
    ],
    load: () => import("./new.ts"),
  },
  {
    name: "resume",
    group: "call",
    args: "[ref]",
    flags: ["--jsonl", "--density <how>"],
    examples: ["complaint resume", "complaint resume K7QF"],
    load: () => import("./resume.ts"),
  },
  {
    name: "today",
    group: "call",
    flags: ["--team"],
    examples: ["complaint today", "complaint today --team"],
    load: () => import("./today.ts"),
  },
  {
    name: "call-back",
    group: "call",
    args: "<ref>",
    flags: ["--jsonl", "--density <how>"],
    examples: ["complaint call-back K7QF"],
    load: () => import("./call-back.ts"),
  },
  {
    name: "finish",
    group: "call",
    args: "<ref>",
    flags: ["--reason <reason>"],
    examples: ["complaint finish K7QF --reason cut_off"],
    load: () => import("./finish.ts"),
  },
  // Team leads
  {
    name: "report",
    group: "lead",
    flags: [
      ...PERIODS,
      "--by <dimension>",
      "--format <format>",
      "--digest",
      "--output <file>",
      "--force",
      "--compare <with>",
    ],
    examples: [
      "complaint report --week",
      "complaint report --month 2026-11 --format html --output november.html",
    ],
    load: () => import("./report.ts"),
  },
  {
    name: "list",
    group: "lead",
    flags: [
      ...FILTERS,
      "--limit <n>",
      "--all",
      "--unmask",
      "--fact <section.fact>",
      "--as-of <time>",
      ...PERIODS.filter((p) => !p.startsWith("--week")),
    ],
    examples: [
      "complaint list",
      "complaint list --overdue --owner lin",
      "complaint list --status all --week",
    ],
    load: () => import("./list.ts"),
  },
  {
    name: "approve",
    group: "lead",
    args: "[ref] [n]",
    flags: [
      "--deny",
      "--why <text>",
      "--code",
      "--remedy <id>",
      "--amount <n>",
      "--currency <code>",
      "--expires <time>",
      "--use <code>",
      "--public-key",
    ],
    examples: [
      "complaint approve K7QF --why 'two days without heating'",
      "complaint approve K7QF --code --remedy refund --amount 120",
      "complaint approve K7QF --use -",
    ],
    load: () => import("./approve.ts"),
  },
  {
    name: "actions",
    group: "lead",
    args: "[what] [n]",
    flags: [
      "--cause <id>",
      "--category <id>",
      "--what <text>",
      "--owner <name>",
      "--due <day>",
      "--kind <kind>",
      "--evidence <text>",
    ],
    examples: [
      "complaint actions",
      "complaint actions add --cause forgot-task --what 'checklist at hand-over' --owner lin --due 2026-12-01",
    ],
    load: () => import("./actions.ts"),
  },
  // Trainers
  {
    name: "practice",
    group: "train",
    args: "[what] [ref]",
    flags: [
      "--level <n>",
      "--seed <n>",
      "--two-person",
      "--week [week]",
      "--agent <name>",
      "--output <file>",
      "--force",
      "--yes",
      "--jsonl",
    ],
    examples: [
      "complaint practice",
      "complaint practice leak-for-weeks --level 3",
      "complaint practice list",
      "complaint practice results --agent lin",
      "complaint practice review",
      "complaint practice from --week 2026-W47",
    ],
    more: true,
    load: () => import("./practice.ts"),
  },
  {
    name: "script",
    group: "train",
    args: "[what] [id]",
    flags: ["--output <file>", "--force"],
    examples: [
      "complaint script list",
      "complaint script try good-faith",
      "complaint script check mine.yaml",
    ],
    more: true,
    load: () => import("./script.ts"),
  },
  // After the call
  {
    name: "show",
    group: "after",
    args: "<ref>",
    flags: ["--events", "--say"],
    examples: ["complaint show K7QF", "complaint show last --events"],
    load: () => import("./show.ts"),
  },
  {
    name: "search",
    group: "after",
    args: "<words...>",
    flags: [...FILTERS, "--limit <n>", "--all", "--unmask"],
    examples: ["complaint search broadband", "complaint search 宽带 --status open"],
    load: () => import("./search.ts"),
  },
  {
    name: "edit",
    group: "after",
    args: "<ref> <field=value...>",
    examples: ["complaint edit K7QF severity=high flags=safety,legal"],
    load: () => import("./edit.ts"),
  },
  {
    name: "note",
    group: "after",
    args: "<ref> <text...>",
    examples: ["complaint note K7QF the engineer rang"],
    load: () => import("./note.ts"),
  },
  {
    name: "promise",
    group: "after",
    args: "<ref-or-settle> [ref] [n]",
    flags: ["--what <text>", "--by <time>", "--why <text>", "--kept", "--broken", "--moved <time>"],
    examples: [
      "complaint promise K7QF --what 'engineer visit' --by 'tomorrow 10:00' --why 'first free slot'",
      "complaint promise settle K7QF 1 --kept",
    ],
    load: () => import("./promise.ts"),
  },
  {
    name: "contact",
    group: "after",
    args: "<ref>",
    flags: ["--channel <id>", "--script <id>", "--note <text>", "--jsonl", "--density <how>"],
    examples: ["complaint contact K7QF --channel phone --note 'no news yet, part arrives Friday'"],
    load: () => import("./contact.ts"),
  },
  {
    name: "dispatch",
    group: "after",
    args: "<ref-or-settle> [ref] [n]",
    flags: ["--to <department>", "--why <text>", "--note <text>"],
    examples: ["complaint dispatch K7QF --to network --why 'line test'", "complaint dispatch settle K7QF 1"],
    load: () => import("./dispatch.ts"),
  },
  {
    name: "wait",
    group: "after",
    args: "<ref-or-end> [ref]",
    flags: ["--why <text>"],
    examples: ["complaint wait K7QF --why 'photos are coming'", "complaint wait end K7QF"],
    load: () => import("./wait.ts"),
  },
  {
    name: "resolve",
    group: "after",
    args: "<ref>",
    flags: ["--outcome <id>"],
    examples: ["complaint resolve K7QF --outcome resolved_later"],
    load: () => import("./resolve.ts"),
  },
  {
    name: "close",
    group: "after",
    args: "<ref>",
    flags: ["--reason <id>", "--of <ref>", "--override <why>"],
    examples: ["complaint close K7QF --reason callback_declined"],
    load: () => import("./close.ts"),
  },
  {
    name: "reopen",
    group: "after",
    args: "<ref>",
    flags: ["--why <text>"],
    examples: ["complaint reopen K7QF --why 'the fault is back'"],
    load: () => import("./reopen.ts"),
  },
  {
    name: "escalate",
    group: "after",
    args: "<ref>",
    flags: ["--to <whom>", "--why <text>"],
    examples: ["complaint escalate K7QF --to lead --why 'asks for more than I may give'"],
    load: () => import("./escalate.ts"),
  },
  {
    name: "assign",
    group: "after",
    args: "<ref>",
    flags: ["--to <name>", "--why <text>"],
    examples: ["complaint assign K7QF --to lin"],
    load: () => import("./assign.ts"),
  },
  {
    name: "hand-over",
    group: "after",
    args: "<ref>",
    flags: ["--to <name>", "--why <text>"],
    examples: ["complaint hand-over K7QF --to lin"],
    load: () => import("./hand-over.ts"),
  },
  {
    name: "appeal",
    group: "after",
    args: "<ref-or-settle> [ref]",
    flags: ["--to <name>", "--why <text>", "--outcome <id>"],
    examples: [
      "complaint appeal K7QF --to chen --why 'does not accept the answer'",
      "complaint appeal settle 3MXT --outcome partly --why 'delay was ours'",
    ],
    load: () => import("./appeal.ts"),
  },
  {
    name: "assess",
    group: "after",
    args: "<ref>",
    flags: ["--faith <value>", "--evidence <text>", "--second <name>", "--until <day>"],
    examples: [
      "complaint assess K7QF --faith misplaced --evidence 'photos of the setup' --second chen --until 2026-12-31",
    ],
    load: () => import("./assess.ts"),
  },
  {
    name: "customer",
    group: "after",
    args: "<who...>",
    examples: ["complaint customer 13800005678", "complaint customer Wang Li"],
    load: () => import("./customer.ts"),
  },
  {
    name: "form",
    group: "after",
    args: "<ref>",
    flags: ["--kind <kind>", "--format <format>", "--output <file>", "--force"],
    examples: ["complaint form K7QF --kind register --format html --output form.html"],
    load: () => import("./form.ts"),
  },
  // Look something up
  {
    name: "say",
    group: "look",
    args: "[stage]",
    flags: ["--mood <n>", "--psychology <id>"],
    examples: ["complaint say listen --mood 4"],
    load: () => import("./say.ts"),
  },
  {
    name: "tips",
    group: "look",
    args: "[words...]",
    flags: ["--mood <n>"],
    examples: ["complaint tips --mood 4", "complaint tips manager"],
    load: () => import("./tips.ts"),
  },
  {
    name: "avoid",
    group: "look",
    args: "[words...]",
    examples: ["complaint avoid calm"],
    load: () => import("./avoid.ts"),
  },
  {
    name: "law",
    group: "look",
    args: "[words...]",
    examples: ["complaint law return"],
    load: () => import("./law.ts"),
  },
  {
    name: "check",
    group: "look",
    args: "[text...]",
    flags: ["--lines"],
    examples: ["complaint check 'You must calm down'", "complaint check - --lines < drafts.txt"],
    load: () => import("./check.ts"),
  },
  // Data in and out
  {
    name: "export",
    group: "data",
    flags: [...FILTERS, "--format <format>", "--output <file>", "--force", "--unmask", "--events <file>"],
    examples: [
      "complaint export --week --format csv --output week.csv",
      "complaint export --events seat.bundle",
    ],
    load: () => import("./export.ts"),
  },
  {
    name: "import",
    group: "data",
    args: "<file>",
    flags: ["--map <map>", "--dry-run", "--on-error <how>", "--output <file>", "--force"],
    examples: ["complaint import seat.bundle", "complaint import tickets.csv --map auto --dry-run"],
    load: () => import("./import.ts"),
  },
  {
    name: "sync",
    group: "data",
    flags: ["--folder <folder>"],
    examples: ["complaint sync --folder /mnt/team"],
    load: () => import("./sync.ts"),
  },
  {
    name: "forget",
    group: "data",
    args: "<phone>",
    flags: ["--yes"],
    examples: ["complaint forget 13800005678"],
    load: () => import("./forget.ts"),
  },
  {
    name: "purge",
    group: "data",
    flags: ["--older-than <age>", "--yes"],
    examples: ["complaint purge --older-than 365d"],
    load: () => import("./purge.ts"),
  },
  // Care
  {
    name: "backup",
    group: "care",
    args: "<file>",
    flags: ["--force"],
    examples: ["complaint backup /media/usb/complaint.backup"],
    load: () => import("./backup.ts"),
  },
  {
    name: "restore",
    group: "care",
    args: "<file>",
    flags: ["--force"],
    examples: ["complaint restore /media/usb/complaint.backup"],
    load: () => import("./restore.ts"),
  },
  {
    name: "doctor",
    group: "care",
    flags: ["--rebuild"],
    examples: ["complaint doctor", "complaint doctor --rebuild"],
    load: () => import("./doctor.ts"),
  },
  {
    name: "demo",
    group: "care",
    flags: ["--cases <n>", "--weeks <n>", "--seed <n>"],
    examples: ["complaint demo", "complaint demo --cases 2000 --weeks 12 --seed 7"],
    load: () => import("./demo.ts"),
  },
  { name: "setup", group: "care", examples: ["complaint setup"], load: () => import("./setup.ts") },
  {
    name: "config",
    group: "care",
    args: "[what] [key] [value]",
    examples: ["complaint config list", "complaint config set locale zh-CN"],
    more: true,
    load: () => import("./config.ts"),
  },
  {
    name: "schema",
    group: "care",
    args: "<what>",
    examples: ["complaint schema case", "complaint schema map"],
    load: () => import("./schema.ts"),
  },
  {
    name: "completion",
    group: "care",
    args: "<shell>",
    examples: ["complaint completion bash"],
    load: () => import("./completion.ts"),
  },
  {
    name: "complete",
    group: "care",
    args: "[words...]",
    examples: [],
    hidden: true,
    load: () => import("./complete.ts"),
  },
];
