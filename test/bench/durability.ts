/** `kill -9` after every answer, and many processes that write to one file at once: nothing may be lost. */
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { benchHome, PROGRAM, type Row } from "./measure.ts";

interface Question {
  type: string;
  step: string;
  kind: string;
  optional: boolean;
  choices?: { id: string }[];
}

function answerTo(q: Question): unknown {
  if (q.kind === "say") return "said";
  if (q.kind === "text") return `answer to ${q.step}`;
  if (q.kind === "choose") return q.choices?.[0]?.id;
  if (q.kind === "yes-no") return true;
  return q.optional ? null : [];
}

function environment(home: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH ?? "",
    TZ: "UTC",
    LANG: "C.UTF-8",
    COMPLAINT_HOME: home,
    COMPLAINT_AGENT: "lin",
  };
}

/** Answers one question, waits until the next is there (so the answer was acknowledged), kills; returns that next step. */
function oneAnswer(
  args: readonly string[],
  home: string,
  expected: string | undefined,
): Promise<{ next: string | undefined; lost: boolean }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...args, "--jsonl"], {
      env: environment(home),
      stdio: ["pipe", "pipe", "ignore"],
    });
    let text = "";
    let asked = 0;
    let lost = false;
    child.on("error", reject);
    child.stdout.on("data", (data: Buffer) => {
      text += data;
      for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
        const line = JSON.parse(text.slice(0, end)) as Question;
        text = text.slice(end + 1);
        if (line.type === "done") return void child.kill("SIGKILL");
        if (line.type !== "question") continue;
        asked += 1;
        if (asked === 1) {
          lost = expected !== undefined && line.step !== expected;
          child.stdin.write(`${JSON.stringify({ value: answerTo(line) })}\n`);
        } else {
          next = line.step;
          child.kill("SIGKILL");
        }
      }
    });
    let next: string | undefined;
    child.on("close", () => resolve({ next, lost }));
  });
}

async function kills(home: string, wanted: number): Promise<{ done: number; lost: number }> {
  let done = 0;
  let lost = 0;
  while (done < wanted) {
    let expected: string | undefined;
    let args = ["new"];
    do {
      const result = await oneAnswer(args, home, expected);
      done += 1;
      lost += result.lost ? 1 : 0;
      expected = result.next;
      args = ["resume", "last"];
    } while (expected !== undefined && done < wanted);
  }
  return { done, lost };
}

async function manyWriters(home: string, processes: number): Promise<{ failed: number; cases: number }> {
  const file = join(home, "cases.json");
  writeFileSync(
    file,
    JSON.stringify(
      Array.from({ length: 20 }, (_, i) => ({ answers: { words: `case ${i}`, category: "price" } })),
    ),
  );
  const codes = await Promise.all(
    Array.from(
      { length: processes },
      () =>
        new Promise<number | null>((resolve) => {
          spawn(process.execPath, [PROGRAM, "new", "--from", file], {
            env: environment(home),
            stdio: "ignore",
          }).on("close", resolve);
        }),
    ),
  );
  const listed = await new Promise<string>((resolve) => {
    const child = spawn(process.execPath, [PROGRAM, "list", "--limit", "1", "--json", "--status", "all"], {
      env: environment(home),
    });
    let out = "";
    child.stdout.on("data", (data) => {
      out += data;
    });
    child.on("close", () => resolve(out));
  });
  return {
    failed: codes.filter((c) => c !== 0).length,
    cases: (JSON.parse(listed) as { total: number }).total,
  };
}

/** `wanted`: how many kills; the budget says 1,000. */
export async function durabilityRows(wanted: number): Promise<Row[]> {
  const first = benchHome();
  const second = benchHome();
  try {
    const killed = await kills(first.home, wanted);
    const writers = await manyWriters(second.home, 32);
    return [
      { what: `answers lost in ${killed.done} kills`, measured: killed.lost, unit: "", gate: 0, goal: 0 },
      {
        what: "32 processes × 20 cases at once: errors",
        measured: writers.failed,
        unit: "",
        gate: 0,
        goal: 0,
      },
      {
        what: "32 processes × 20 cases at once: missing",
        measured: 32 * 20 - writers.cases,
        unit: "",
        gate: 0,
        goal: 0,
      },
    ];
  } finally {
    first.remove();
    second.remove();
  }
}
