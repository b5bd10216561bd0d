/** Holds a conversation with the built program over `--jsonl`, as a softphone would: one reply per question. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

const BIN = join(import.meta.dirname, "..", "..", "bin", "complaint.js");

export interface Asked {
  type: "question";
  ref: string;
  step: string;
  kind: string;
  records?: string;
  optional: boolean;
  alerts?: string[];
  // biome-ignore lint/suspicious/noExplicitAny: a question carries what its kind needs
  [key: string]: any;
}

export interface Held {
  code: number | null;
  questions: Asked[];
  /** Answers to side actions, and errors. */
  told: { type: string; [key: string]: unknown }[];
  // biome-ignore lint/suspicious/noExplicitAny: Case JSON
  case: any;
}

export type Reply = { value: unknown } | { side: string; [key: string]: unknown };

/** What to reply to a question; undefined: the usual (a line is said, an optional step passed). */
export type Answerer = (question: Asked) => Reply | undefined;

const usual = (q: Asked): Reply => ({
  value: q.kind === "say" ? "said" : q.optional ? null : (q.default ?? null),
});

export function hold(args: readonly string[], env: Record<string, string>, answer: Answerer): Promise<Held> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, ...args, "--jsonl"], {
      env: { PATH: process.env.PATH ?? "", ...env },
    });
    const held: Held = { code: null, questions: [], told: [], case: undefined };
    let errors = "";
    child.stderr.on("data", (chunk) => {
      errors += String(chunk);
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
      const message = JSON.parse(line);
      if (message.type === "done") held.case = message.case;
      else if (message.type === "question") {
        held.questions.push(message);
        if (held.questions.length > 100) child.kill();
        child.stdin.write(`${JSON.stringify(answer(message) ?? usual(message))}\n`);
      } else held.told.push(message);
    });
    child.on("error", reject);
    child.on("close", (code) => {
      held.code = code;
      if (held.case === undefined)
        reject(new Error(`no done line (exit ${code}): ${errors} ${JSON.stringify(held.told.at(-1))}`));
      else resolve(held);
    });
  });
}

/** Answers by record field or step key, each once; what is not among them gets the usual. */
export function byField(answers: Readonly<Record<string, unknown>>): Answerer {
  return (q) => {
    const key =
      q.records !== undefined && q.records in answers ? q.records : q.step in answers ? q.step : undefined;
    return key === undefined ? undefined : { value: answers[key] };
  };
}
