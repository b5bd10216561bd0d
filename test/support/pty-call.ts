/** A call in a process of its own, for tests with a real terminal: `pty-call.js STEPS-FILE LOG-FILE`. */
import { appendFileSync, readFileSync } from "node:fs";
import { ComplaintError } from "../../src/core/errors.ts";
import { processIo } from "../../src/ui/io.ts";
import { type FakeStep, fakeConversation } from "./fake-conversation.ts";
import { messagesOf } from "./words.ts";

const [stepsFile = "", logFile = ""] = process.argv.slice(2);
const log = (entry: object) => appendFileSync(logFile, `${JSON.stringify(entry)}\n`);
// As the program does: whatever the signal, exit handlers run.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130));

const fake = fakeConversation({ steps: JSON.parse(readFileSync(stepsFile, "utf8")) as FakeStep[] });
const conversation = {
  ...fake,
  reply: (reply: Parameters<typeof fake.reply>[0]) => {
    log({ reply });
    return fake.reply(reply);
  },
  keepTyped: (text: string) => {
    log({ typed: text });
    fake.keepTyped(text);
  },
};
const { terminalPrompter } = await import("../../src/ui/terminal-prompter.ts");
const { accessiblePrompter } = await import("../../src/ui/accessible-prompter.ts");
const io = processIo(process, process.argv);
try {
  const t = messagesOf("ui", "en");
  const prompter = process.env.ACCESSIBLE
    ? accessiblePrompter({ io, t })
    : terminalPrompter({ io, t, density: "normal" });
  const outcome = await prompter.run(conversation);
  log({ end: outcome.paused ? "paused" : "done" });
  process.stdout.write("call over\n", () => process.exit(outcome.paused ? 130 : 0));
} catch (error) {
  log({ end: error instanceof ComplaintError ? error.code : String(error) });
  process.exit(error instanceof ComplaintError ? error.exit : 70);
}
