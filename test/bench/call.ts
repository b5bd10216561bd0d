/** A live call in a PTY: the first question, a key until it shows, Enter until the next question; against raw Node. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type IPty, spawn } from "@lydell/node-pty";
import { benchHome, PROGRAM, percentile, type Row } from "./measure.ts";

const ROUNDS = 12;
const KEYS = 150;

interface Screen {
  pty: IPty;
  /** Milliseconds until the output since the call holds `text`. */
  until: (text: string | RegExp) => Promise<number>;
  close: () => void;
}

function open(args: readonly string[], home: string): Screen {
  const pty = spawn(process.execPath, [...args], {
    cols: 80,
    rows: 24,
    name: "xterm-256color",
    env: {
      PATH: process.env.PATH ?? "",
      TZ: "UTC",
      LANG: "en_GB.UTF-8",
      COMPLAINT_HOME: home,
      COMPLAINT_AGENT: "lin",
    },
  });
  let seen = "";
  let check = () => {};
  pty.onData((data) => {
    seen += data;
    check();
  });
  pty.onExit(() => {
    seen += "[exit]";
    check();
  });
  return {
    pty,
    until: (text) => {
      const start = process.hrtime.bigint();
      seen = "";
      return new Promise((resolve) => {
        check = () => {
          if (typeof text === "string" ? seen.includes(text) : text.test(seen))
            resolve(Number(process.hrtime.bigint() - start) / 1e6);
        };
      });
    },
    close: () => pty.kill("SIGKILL"),
  };
}

async function firstQuestion(home: string): Promise<number> {
  const least = { node: Number.POSITIVE_INFINITY, call: Number.POSITIVE_INFINITY };
  for (let round = 0; round < ROUNDS; round++) {
    least.node = Math.min(least.node, await open(["-e", "0"], home).until("[exit]"));
    const call = open([PROGRAM, "new"], home);
    least.call = Math.min(least.call, await call.until("F1"));
    call.close();
  }
  return least.call / least.node;
}

const ECHO =
  "process.stdin.setRawMode(true);process.stdout.write('ready');process.stdin.on('data',d=>process.stdout.write(d))";

/** Milliseconds from writing a letter to seeing the output it causes. */
async function keyTimes(screen: Screen): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < KEYS; i++) {
    const shown = screen.until(/[^\u001b]/);
    screen.pty.write("a");
    times.push(await shown);
    await new Promise((r) => setTimeout(r, 8));
  }
  return times;
}

/** The best p95 of a few goes: one go is at the mercy of what else the machine does. */
async function bestP95(makeScreen: () => Promise<Screen>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let go = 0; go < 3; go++) {
    const screen = await makeScreen();
    best = Math.min(best, percentile(await keyTimes(screen), 0.95));
    screen.close();
  }
  return best;
}

async function atText(home: string): Promise<Screen> {
  const call = open([PROGRAM, "new", "--channel", "phone"], home);
  await call.until("F1");
  call.pty.write("1");
  await new Promise((r) => setTimeout(r, 300));
  call.pty.write("1");
  await new Promise((r) => setTimeout(r, 500));
  return call;
}

/** Enter (commit included) until the next question is drawn, over whole calls. */
async function enterTimes(home: string): Promise<number[]> {
  const times: number[] = [];
  for (let calls = 0; calls < 4; calls++) {
    const call = open([PROGRAM, "new", "--channel", "phone"], home);
    await call.until("F1");
    for (let step = 0; step < 12; step++) {
      await new Promise((r) => setTimeout(r, 120));
      const drawn = call.until(/F1/);
      call.pty.write("\r");
      const timeout = new Promise<number>((r) => setTimeout(() => r(Number.NaN), 1500));
      const took = await Promise.race([drawn, timeout]);
      if (!Number.isNaN(took)) times.push(took);
      else call.pty.write("words");
    }
    call.close();
  }
  return times;
}

export async function callRows(): Promise<Row[]> {
  const { home, remove } = benchHome();
  try {
    writeFileSync(join(home, "echo.cjs"), ECHO);
    const first = await firstQuestion(home);
    const echo = await bestP95(async () => {
      const screen = open([join(home, "echo.cjs")], home);
      await screen.until("ready");
      return screen;
    });
    const key = await bestP95(() => atText(home));
    const enter = percentile(await enterTimes(home), 0.95);
    return [
      { what: "complaint new to the first question", measured: first, unit: "×", gate: 1.55, goal: 1.3 },
      {
        what: "a key until the screen shows it, p95, against raw echo",
        measured: key / echo,
        unit: "×",
        gate: 3,
        goal: 1.5,
      },
      {
        what: "Enter until the next question, p95, above a key",
        measured: enter - key,
        unit: "ms",
        gate: 30,
        goal: 10,
      },
    ];
  } finally {
    remove();
  }
}
