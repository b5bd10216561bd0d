/** How far a long import is, in one line of a terminal that is written over and gone at the end. */
import type { App } from "../app.ts";

export interface ImportProgress {
  tell: (pass: "check" | "write", done: number, rows: number) => void;
  end: () => void;
}

/** Milliseconds between two lines; shorter imports show none. */
const PACE = 250;

export function startProgress(app: App): ImportProgress {
  const { stderr } = app.io;
  if (!stderr.isTTY || app.accessible) return { tell: () => {}, end: () => {} };
  let shown = false;
  let pass = "";
  let began = performance.now();
  let last = began;
  return {
    tell(now, done, rows) {
      const at = performance.now();
      if (now !== pass) {
        pass = now;
        began = at;
      }
      if (at - last < PACE || done <= 0) return;
      last = at;
      const seconds = (at - began) / 1000;
      const line = app.t(`move.progress_${now}`, {
        percent: Math.floor(done * 100),
        rows,
        rate: Math.round(rows / seconds),
        left: Math.ceil((seconds / done) * (1 - done)),
      });
      stderr.write(`\r${line}\u001b[K`);
      shown = true;
    },
    end() {
      if (shown) stderr.write("\r\u001b[K");
    },
  };
}
