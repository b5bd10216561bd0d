/** The whole program in this process, from the words of the command line to the exit code, as `main.ts` runs it: for thousands of runs. */
import { Readable } from "node:stream";
import type { Io } from "../../src/app.ts";
import { ComplaintError } from "../../src/core/errors.ts";
import type { Store } from "../../src/core/store-port.ts";
import { openApp, openLanguage } from "../../src/open-app.ts";
import { parseCommand } from "../../src/program.ts";

export interface WholeRun {
  /** 70: something was thrown that the program does not know; it stands in `bug`. */
  code: number;
  out: string;
  err: string;
  error?: ComplaintError;
  bug?: unknown;
}

export interface WholeOptions {
  home: string;
  stdin?: string | Buffer;
  env?: Record<string, string>;
}

/** Streams that only collect; stdin is a pipe with an end. */
function collect(stdin: string | Buffer): { io: Io; out: string[]; err: string[] } {
  const out: string[] = [];
  const err: string[] = [];
  const stream = (to: string[]) =>
    ({
      write: (text: string, ...rest: unknown[]) => {
        to.push(String(text));
        const done = rest.at(-1);
        if (typeof done === "function") done();
        return true;
      },
      once: () => {},
      on: () => {},
      off: () => {},
      isTTY: false,
    }) as unknown as NodeJS.WriteStream;
  const io = {
    stdin: Readable.from(
      stdin.length > 0 ? [Buffer.from(stdin as string)] : [],
    ) as unknown as NodeJS.ReadStream,
    stdout: stream(out),
    stderr: stream(err),
    interactive: false,
    columns: 80,
    rows: 24,
    color: false,
    unicode: true,
    print: (text: string) => void out.push(text),
    warn: (text: string) => void err.push(text),
  };
  return { io, out, err };
}

async function runIn(
  argv: readonly string[],
  env: Record<string, string>,
  io: Io,
  open: Set<Store>,
): Promise<number> {
  const start = { argv, env, io };
  const language = await openLanguage(start);
  const parsed = parseCommand(argv, language.t, io);
  if (!parsed || parsed === "version") return 0;
  const app = await openApp(start, language, parsed.input.flags, parsed.spec.name);
  const { store, reader } = app;
  app.store = async () => {
    const found = await store();
    open.add(found);
    return found;
  };
  app.reader = async () => {
    const found = await reader();
    if (found) open.add(found);
    return found;
  };
  const { run } = await parsed.load();
  const code = await run(app, parsed.input);
  await app.finish();
  return code ?? 0;
}

/** Runs one command line to its end; nothing it throws gets out. */
export async function runWhole(argv: readonly string[], options: WholeOptions): Promise<WholeRun> {
  const { io, out, err } = collect(options.stdin ?? "");
  const env = {
    TZ: "Asia/Shanghai",
    LANG: "en_GB.UTF-8",
    COMPLAINT_HOME: options.home,
    COMPLAINT_AGENT: "lin",
    COMPLAINT_NOW: "2026-11-21T09:00:00+08:00",
    ...options.env,
  };
  const open = new Set<Store>();
  const told = (code: number, more: Partial<WholeRun> = {}): WholeRun => ({
    code,
    out: out.join(""),
    err: err.join(""),
    ...more,
  });
  try {
    return told(await runIn(argv, env, io, open));
  } catch (error) {
    if (error instanceof ComplaintError) return told(error.exit, { error });
    const { code, syscall } = error as NodeJS.ErrnoException;
    // `main.ts` tells a failure of the system as exit 4.
    if (typeof code === "string" && typeof syscall === "string") return told(4);
    return told(70, { bug: error });
  } finally {
    for (const store of open) store.close();
  }
}
