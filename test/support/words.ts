/** The program's own messages, straight from the YAML: tests of a face need no build. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import MessageFormat from "@messageformat/core";
import { parse } from "yaml";
import type { Translate } from "../../src/core/library-port.ts";

const ROOT = join(import.meta.dirname, "..", "..", "data", "words");

const format = (locale: string, text: string) =>
  new MessageFormat(locale).compile(text) as (params?: Record<string, unknown>) => string;

/** The messages in one language; `area` is read at once, others with their first message. A missing key throws. */
export function messagesOf(area: string, locale: string): Translate {
  const areas = new Map<string, Record<string, string>>();
  const compiled = new Map<string, (params?: Record<string, unknown>) => string>();
  const textsOf = (name: string) => {
    const path = join(ROOT, locale, "messages", `${name}.yaml`);
    if (!areas.has(name)) areas.set(name, parse(readFileSync(path, "utf8")) as Record<string, string>);
    return areas.get(name)!;
  };
  textsOf(area);
  return (key, params) => {
    const at = key.indexOf(".");
    const text = textsOf(key.slice(0, at))[key.slice(at + 1)];
    if (text === undefined) throw new Error(`no message ${key}`);
    if (!compiled.has(key)) compiled.set(key, format(locale, text));
    return compiled.get(key)!(params as Record<string, unknown>);
  };
}
