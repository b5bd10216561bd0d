/** Asks before something that cannot be undone: on a terminal, or with `--accessible` as a line. */
import type { App } from "../app.ts";
import { stopped, usage } from "../core/errors.ts";

const YES = /^(1|y|yes|是|好)$/i;

/** Whether `question` was answered with yes. Where nobody can be asked: wrong usage, with what `without` says and `--yes`. */
export async function confirmed(app: App, question: string, without: string): Promise<boolean> {
  const { io } = app;
  if (app.noInput || (!io.interactive && !app.accessible)) throw usage("missing_flag", without, "--yes");
  if (!app.accessible) {
    const { confirm } = await import("../ui/stock-prompts.ts");
    return confirm({ message: question, default: false }, { input: io.stdin, output: io.stderr });
  }
  const { plainLines } = await import("../ui/plain-lines.ts");
  const lines = plainLines(io.stdin);
  try {
    io.stderr.write(`${question} (y/n)\n`);
    const line = await lines.next();
    if (line === undefined) throw stopped();
    return YES.test(line);
  } finally {
    lines.close();
  }
}
