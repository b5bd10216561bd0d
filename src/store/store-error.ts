/** Errors of SQLite and the file system as people are told them: exit 4 with the reason and what to do next. */
import { ComplaintError, storeFailed } from "../core/errors.ts";
import type { Translate } from "../core/library-port.ts";

/** What went wrong, as `store.<kind>` and `store.<kind>_hint` say it. */
export type StoreFault =
  | "busy"
  | "disk_full"
  | "corrupt"
  | "read_only"
  | "cannot_open"
  | "io_error"
  | "newer_version"
  | "network_share"
  | "folder_missing"
  | "not_a_store"
  | "no_library";

/** The error for `fault`, in the user's language. */
export function storeError(
  fault: StoreFault,
  t: Translate,
  params: Readonly<Record<string, unknown>>,
): ComplaintError {
  return storeFailed(fault, t(`store.${fault}`, params), t(`store.${fault}_hint`, params));
}

const BY_CODE: readonly [RegExp, StoreFault][] = [
  [/^SQLITE_(BUSY|LOCKED)/, "busy"],
  [/^(SQLITE_FULL|SQLITE_IOERR_WRITE|ENOSPC|EDQUOT|EFBIG)/, "disk_full"],
  [/^SQLITE_(CORRUPT|NOTADB|FORMAT)/, "corrupt"],
  [/^(SQLITE_READONLY|SQLITE_PERM|SQLITE_AUTH|EACCES|EPERM|EROFS)/, "read_only"],
  [/^(SQLITE_CANTOPEN|ENOENT|EISDIR|ENOTDIR|ELOOP|ENAMETOOLONG)/, "cannot_open"],
  [/^(SQLITE_IOERR|SQLITE_PROTOCOL|SQLITE_NOLFS|EIO)/, "io_error"],
  // The compiled addon: not there, or made for another Node.
  [/^(MODULE_NOT_FOUND|ERR_DLOPEN_FAILED)$/, "no_library"],
];

/** The fault behind an error of SQLite or the file system; undefined: it is neither, so it is a bug. */
export function faultOf(error: unknown): StoreFault | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  if (typeof code !== "string") return undefined;
  // A table of ours that is gone.
  if (code === "SQLITE_ERROR" && /^no such (table|column)/.test((error as Error).message)) return "corrupt";
  return BY_CODE.find(([pattern]) => pattern.test(code))?.[1];
}

/** The value of a JSON text in a row. What is none any more was damaged on the disk. */
export function parseRow(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw Object.assign(new Error("a row is no JSON"), { code: "SQLITE_CORRUPT" });
  }
}

/** `error` as a ComplaintError where it is the store's; anything else comes back as it is. */
export function toStoreError(error: unknown, t: Translate, path: string): unknown {
  if (error instanceof ComplaintError) return error;
  const fault = faultOf(error);
  return fault ? storeError(fault, t, { path }) : error;
}
