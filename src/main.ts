/** The only catch, the only exit code, the only signal handlers. */
import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { ComplaintError, type ErrorDetail, EXIT, type ExitCode } from "./core/errors.ts";
import type { Translate } from "./core/library-port.ts";
import { systemReason } from "./core/system-reason.ts";
import { earlyFlags, homeFolder, openApp, openLanguage } from "./open-app.ts";
import { readyAnswer } from "./ready.ts";
import { processIo, processOutputs } from "./ui/io.ts";

/** A reader that went away (`| head`) is no error; any other failure of stdout is one (exit 4). */
function leaveWithout(error: NodeJS.ErrnoException): never {
  if (error.code === "EPIPE") process.exit(EXIT.done);
  tell(failedOutput(error));
  process.exit(EXIT.store);
}

const outputs = processOutputs(leaveWithout);

/** How an error is told; in the user's language as soon as that is known. */
let tell = (error: ComplaintError): void => outputs.err.print(`${error.message}\n`);
let failedOutput = (error: NodeJS.ErrnoException): ComplaintError =>
  new ComplaintError(EXIT.store, "output_failed", error.code ?? error.message);

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

/** A result is written beside its name first; who reads the error knows only the name. */
const wholeName = (path: string): string => path.replace(/\.([^/\\]+)\.\d+\.tmp$/, "$1");

/** A failure of the system (disk full, no permission) that a file operation met, as one of the contract's errors. */
function fromSystem(error: NodeJS.ErrnoException, t: Translate): ComplaintError | undefined {
  if (typeof error.code !== "string" || typeof error.syscall !== "string") return undefined;
  const params = { path: wholeName(error.path ?? ""), reason: systemReason(error, t) };
  return new ComplaintError(EXIT.store, "file_failed", t("cli.error.file", params), t("cli.error.file_hint"));
}

function errorText({ code, message, hint, details }: ComplaintError, json: boolean): string {
  const body = { error: { code, message, ...(hint ? { hint } : {}), details } };
  if (json) return `${JSON.stringify(body)}\n`;
  // What the message or the hint says already is not said twice.
  const isInHint = details.map((d) => d.message).join("; ") === hint;
  const isTold = (d: ErrorDetail) => isInHint || (d.line === undefined && message.includes(d.message));
  const places = details.filter((d) => !isTold(d)).map((d) => `  ${place(d)}${d.message}`);
  return `${[message, ...places, ...(hint ? [hint] : [])].join("\n")}\n`;
}

function report(error: unknown, json: boolean, t: Translate): ExitCode {
  const known = error instanceof ComplaintError ? error : fromSystem(error as NodeJS.ErrnoException, t);
  const told = known ?? new ComplaintError(EXIT.bug, "bug", t("cli.error.bug"), t("cli.error.bug_hint"));
  const isSilent = told.message === "" && (!json || told.exit === EXIT.stopped);
  if (!isSilent) tell(told);
  return told.exit;
}

function place(detail: { path?: string; line?: number; column?: number }): string {
  const parts = [detail.path, detail.line, detail.column].filter((p) => p !== undefined);
  return parts.length > 0 ? `${parts.join(":")}: ` : "";
}

async function run(argv: readonly string[]): Promise<ExitCode> {
  const { json, debug } = earlyFlags(argv);
  const io = processIo(process, argv, outputs);
  const start = { argv, env: process.env, io };
  const language = await openLanguage(start);
  const { t } = language;
  tell = (error) => io.warn(errorText(error, json));
  failedOutput = (error) =>
    new ComplaintError(
      EXIT.store,
      "output_failed",
      t("cli.error.output", { reason: systemReason(error, t) }),
      t("cli.error.output_hint"),
    );
  try {
    const ready = readyAnswer(argv, io.columns, language.locale);
    if (ready !== undefined) {
      io.print(ready);
      return EXIT.done;
    }
    const { parseCommand } = await import("./program.ts");
    const parsed = parseCommand(argv, t, io);
    if (!parsed) return EXIT.done;
    if (parsed === "version") {
      const { versionText } = await import("./version.ts");
      io.print(`${versionText()}\n`);
      return EXIT.done;
    }
    const app = await openApp(start, language, parsed.input.flags, parsed.spec.name);
    const { run: command } = await parsed.load();
    const code = (await command(app, parsed.input)) ?? EXIT.done;
    await app.finish();
    return code;
  } catch (error) {
    if (debug) writeDebug(error);
    return report(error, json, t);
  }
}

/** Before the language is known nothing but a damaged installation can fail. */
function brokenInstallation(error: unknown): ExitCode {
  if (process.argv.includes("--debug")) writeDebug(error);
  const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
  outputs.err.print(`complaint cannot start: ${reason}\nInstall it again.\n`);
  return EXIT.bug;
}

watchSignals();
void run(process.argv.slice(2))
  .catch(brokenInstallation)
  .then((code) => {
    process.exitCode = code;
    // What was printed must reach a slow reader before the process ends; open handles must not keep it alive.
    outputs.out.close(() => outputs.err.close(() => process.exit(code)));
  });
