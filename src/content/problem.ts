/** Mistakes in authors' files: where, which, and how each is said in the reader's language (messages `script.wrong_*`). */
import type { ErrorDetail } from "../core/errors.ts";
import type { Translate } from "../core/library-port.ts";
import { loadMessages } from "./library.ts";

export type Place = Required<Omit<ErrorDetail, "message">>;

export interface Problem extends Place {
  message: string;
  code: string;
  params: Readonly<Record<string, string>>;
}

/** The system's own codes are said in words. */
const spoken = (params: Problem["params"], t: Translate): Problem["params"] =>
  params.reason === undefined ? params : { ...params, reason: t("cli.reason", { code: params.reason }) };

/** English, for whom no language is known; while the program is being built there is none yet. */
function plain(code: string, params: Readonly<Record<string, string>>): string {
  try {
    const t = loadMessages("en");
    return t(`script.wrong_${code}`, spoken(params, t));
  } catch {
    return [code, ...Object.values(params)].join(" ");
  }
}

export function problemAt(
  place: Place,
  code: string,
  params: Readonly<Record<string, string>> = {},
): Problem {
  return { ...place, code, params, message: plain(code, params) };
}

/** The mistake as it is told in the language of `t`. */
export function inLanguage(found: ErrorDetail, t: Translate): ErrorDetail {
  const { path, line, column, message } = found;
  const at = {
    ...(path === undefined ? {} : { path }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  };
  const { code, params } = found as Partial<Problem>;
  return {
    ...at,
    message: code === undefined ? message : t(`script.wrong_${code}`, spoken(params ?? {}, t)),
  };
}

/** One line: file, line, column and what is wrong. */
export function asLine(found: ErrorDetail, t?: Translate): string {
  const { path, line, column, message } = t ? inLanguage(found, t) : found;
  return `${path}:${line}:${column} ${message}`;
}
