/** Says that the lists are being made anew, where that takes a while: one line, and on a terminal how far it is. */
import type { Io } from "./core/io.ts";
import type { Translate } from "./core/library-port.ts";

/** Seconds of work that pass in silence. */
const SILENT = 0.4;
/** Seconds between two looks of the line. */
const PACE = 0.25;

export interface RefillNotice {
  tell: (refill: { done: number; cases: number }) => void;
  end: () => void;
}

/** `moves`: whether a line may be written over. Asked late: a stream that nobody needs is not opened. */
export function refillNotice({ warn }: Pick<Io, "warn">, moves: () => boolean, t: Translate): RefillNotice {
  let began: number | undefined;
  let last: number | undefined;
  return {
    tell({ done, cases }) {
      // Not `performance`, which is a module of its own (store/connection.ts).
      const now = process.uptime();
      began ??= now;
      if (now - began < SILENT || (last !== undefined && now - last < PACE)) return;
      if (last === undefined) warn(`${t("store.refill", { cases })}\n`);
      last = now;
      const percent = Math.min(100, Math.floor((100 * done) / Math.max(1, cases)));
      if (moves()) warn(`\r${t("store.refill_progress", { percent })}\u001b[K`);
    },
    end() {
      if (last !== undefined && moves()) warn("\r\u001b[K");
    },
  };
}
