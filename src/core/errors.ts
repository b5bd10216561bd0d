/**
 * The one error class that people see. Its code decides the exit code; its texts are already in the user's language.
 * Anything else that is thrown is a bug in the program (exit 70).
 */
export const EXIT = {
  done: 0,
  refused: 1,
  usage: 2,
  data: 3,
  store: 4,
  bug: 70,
  stopped: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A place in a file or an argument, for `details` of the JSON form. */
export interface ErrorDetail {
  /** A file, or a path inside the value such as `answers.category`. */
  path?: string;
  line?: number;
  column?: number;
  message: string;
}

export class ComplaintError extends Error {
  override readonly name = "ComplaintError";
  readonly exit: ExitCode;
  /** Stable, snake_case: not_found, ambiguous, forbidden, not_allowed, invalid_value, … */
  readonly code: string;
  /** What to do next. */
  readonly hint: string | undefined;
  readonly details: ErrorDetail[];

  constructor(exit: ExitCode, code: string, message: string, hint?: string, details: ErrorDetail[] = []) {
    super(message);
    this.exit = exit;
    this.code = code;
    this.hint = hint;
    this.details = details;
  }

  /** By name: parts that load lazily are bundles of their own, each with its copy of this class. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "ComplaintError";
  }
}

/** Exit 1: refused or not possible. */
export function refused(
  code: string,
  message: string,
  hint?: string,
  details?: ErrorDetail[],
): ComplaintError {
  return new ComplaintError(EXIT.refused, code, message, hint, details);
}

/** Exit 2: wrong usage, also a value outside a closed set. */
export function usage(code: string, message: string, hint?: string, details?: ErrorDetail[]): ComplaintError {
  return new ComplaintError(EXIT.usage, code, message, hint, details);
}

/** Exit 3: a script, data, answers, map, import, bundle or backup file is wrong. */
export function badData(
  code: string,
  message: string,
  hint?: string,
  details?: ErrorDetail[],
): ComplaintError {
  return new ComplaintError(EXIT.data, code, message, hint, details);
}

/** Exit 4: the store failed, or stdout could not be written. */
export function storeFailed(code: string, message: string, hint?: string): ComplaintError {
  return new ComplaintError(EXIT.store, code, message, hint);
}

/** Exit 130: stopped by the user; everything is saved. */
export function stopped(message = ""): ComplaintError {
  return new ComplaintError(EXIT.stopped, "stopped", message);
}
