/** The program's own messages, straight from the YAML: tests of a face need no build. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import MessageFormat from "@messageformat/core";
import { parse } from "yaml";
import type { Translate } from "../../src/core/library-port.ts";

const ROOT = join(import.meta.dirname, "..", "..", "data", "words");

/** The messages of one area in one language. A missing key throws. */
export function messagesOf(area: string, locale: string): Translate {
  const texts = parse(readFileSync(join(ROOT, locale, "messages", `${area}.yaml`), "utf8")) as Record<
    string,
    string
  >;
  const format = new MessageFormat(locale);
  const compiled = new Map<string, (params?: Record<string, unknown>) => string>();
  return (key, params) => {
    const name = key.slice(area.length + 1);
    const text = texts[name];
    if (text === undefined || !key.startsWith(`${area}.`)) throw new Error(`no message ${key}`);
    let say = compiled.get(name);
    if (!say) {
      say = format.compile(text) as (params?: Record<string, unknown>) => string;
      compiled.set(name, say);
    }
    return say(params as Record<string, unknown>);
  };
}
