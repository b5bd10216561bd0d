/** A text that was given as an argument, or `-`: all of stdin. */
import type { App } from "../app.ts";
import { usage } from "../core/errors.ts";

/** Everything that stands on stdin. Throws a usage error where nothing may be read. */
export async function readStdin(app: App): Promise<Buffer> {
  if (app.noInput) throw usage("no_input", app.t("cli.error.no_input"), app.t("cli.error.no_input_hint"));
  const parts: Buffer[] = [];
  for await (const part of app.io.stdin) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

export async function readText(app: App, text: string): Promise<string> {
  return text === "-" ? (await readStdin(app)).toString("utf8").replace(/\r?\n$/, "") : text;
}
