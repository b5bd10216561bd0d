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
  // Team leads
  // Trainers
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
  // Data in and out
  // Care
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
