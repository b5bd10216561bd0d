import type { Translate } from "./library-port.ts";

/** Why the system refused, in words; a failure without a sentence of its own keeps its code (`EMFILE`). */
export function systemReason(error: unknown, t: Translate): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === undefined ? message : t("cli.reason", { code });
}
