/** The only catch, the only exit code, the only signal handlers. */
import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { ComplaintError, EXIT, type ExitCode } from "./core/errors.ts";
import type { Translate } from "./core/library-port.ts";
import { earlyFlags, homeFolder, openApp, openLanguage } from "./open-app.ts";
import { parseCommand } from "./program.ts";
import { processIo } from "./ui/io.ts";

/** A reader that went away (`| head`) is no error; any other failure of stdout is one (exit 4). */
function watchStdout(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(EXIT.done);
    process.stderr.write(`${error.message}\n`);
    process.exit(EXIT.store);
  });
  process.stderr.on("error", () => {});
}

/** Everything is on disk already; what is left is to leave with the right code. Exit handlers restore the terminal. */
function watchSignals(): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => process.exit(EXIT.stopped));
}

/** Keeps what happened for whoever mends it: the error and the command's name, no arguments, no customer data. */
function writeDebug(error: unknown): void {
  try {
    const folder = join(homeFolder(process.env), "logs");
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const stack =
      error instanceof Error ? (error.stack ?? "").split("\n").filter((l) => l.startsWith("    at ")) : [];
    const name = error instanceof Error ? error.name : typeof error;
    const line = `${new Date().toISOString()} ${process.argv[2] ?? ""} ${name}\n${stack.join("\n")}\n`;
    appendFileSync(join(folder, "debug.log"), line, { mode: 0o600 });
  } catch {
    // A log that cannot be written must not hide the error itself.
  }
}

/** A failure of the system (disk full, no permission) that a file operation met, as one of the contract's errors. */
function fromSystem(error: NodeJS.ErrnoException, t: Translate): ComplaintError | undefined {
  if (typeof error.code !== "string" || typeof error.syscall !== "string") return undefined;
  const params = { path: error.path ?? "", reason: error.code };
  return new ComplaintError(EXIT.store, "file_failed", t("cli.error.file", params), t("cli.error.file_hint"));
}

function report(error: unknown, json: boolean, t: Translate): ExitCode {
  const known = error instanceof ComplaintError ? error : fromSystem(error as NodeJS.ErrnoException, t);
  const told = known ?? new ComplaintError(EXIT.bug, "bug", t("cli.error.bug"), t("cli.error.bug_hint"));
  if (told.message !== "" || json) {
    const { code, message, hint, details } = told;
    const lines = [message, ...details.map((d) => `  ${place(d)}${d.message}`), ...(hint ? [hint] : [])];
    const body = { error: { code, message, ...(hint ? { hint } : {}), details } };
    if (!(told.exit === EXIT.stopped && message === ""))
      process.stderr.write(json ? `${JSON.stringify(body)}\n` : `${lines.join("\n")}\n`);
  }
  return told.exit;
}

function place(detail: { path?: string; line?: number; column?: number }): string {
  const parts = [detail.path, detail.line, detail.column].filter((p) => p !== undefined);
  return parts.length > 0 ? `${parts.join(":")}: ` : "";
}

async function run(argv: readonly string[]): Promise<ExitCode> {
  const { json, debug } = earlyFlags(argv);
  const io = processIo(process, argv);
  const start = { argv, env: process.env, io };
  const language = await openLanguage(start);
  const { t } = language;
  try {
    const out = (text: string) => void io.stdout.write(text);
    const parsed = parseCommand(argv, t, { out, columns: io.columns });
    if (!parsed) return EXIT.done;
    if (parsed === "version") {
      const { versionText } = await import("./version.ts");
      out(`${versionText()}\n`);
      return EXIT.done;
    }
    const app = await openApp(start, language, parsed.input.flags);
    const { run: command } = await parsed.load();
    return (await command(app, parsed.input)) ?? EXIT.done;
  } catch (error) {
    if (debug) writeDebug(error);
    return report(error, json, t);
  }
}

watchStdout();
watchSignals();
void run(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
  // What was printed must reach a slow reader before the process ends; open handles must not keep it alive.
  process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));
});
