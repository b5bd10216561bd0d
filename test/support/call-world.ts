/** A world for conversations: the words and scripts of the working tree, a store in memory, a clock that can be turned. */
import { join } from "node:path";
import type { CallFacts, Doors } from "../../src/call/call.ts";
import { openDialogue } from "../../src/call/dialogue.ts";
import { type NewCase, startCase } from "../../src/call/start.ts";
import { type Compiled, compileContent, packagedRoot } from "../../src/content/compile.ts";
import type { Uuid } from "../../src/core/id.ts";
import type { Library } from "../../src/core/library-port.ts";
import type { Conversation } from "../../src/core/question.ts";
import type { Store } from "../../src/core/store-port.ts";
import { openStore } from "../../src/store/open-store.ts";
import { messagesOf } from "./words.ts";

let compiled: Compiled | undefined;

/** What `npm run build` would compile, made once per test file. */
export function shippedLibrary(): Library {
  compiled ??= compileContent([packagedRoot(join(import.meta.dirname, "..", ".."))]);
  const { byLocale, locales, taxonomies, policy, scriptIds } = compiled;
  const of = (locale: string) => byLocale[locale]!;
  return {
    locales: () => locales,
    words: (locale) => of(locale).words,
    bank: (locale) => of(locale).bank,
    scriptIds: () => scriptIds,
    scriptInfos: (locale) => of(locale).infos,
    script: (id, locale) => of(locale).scripts[id],
    taxonomies: () => taxonomies,
    policy: () => policy,
    notices: () => [],
  };
}

export interface World extends Doors {
  /** Moves the clock on by so many seconds. */
  pass: (seconds: number) => void;
  locale: string;
}

/** Bytes that differ from call to call and are the same in every run. */
function countingBytes(): (count: number) => Uint8Array {
  let state = 12345;
  return (count) => {
    const bytes = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      state = (state * 1103515245 + 12345) & 0x7fffffff;
      bytes[i] = (state >>> 16) & 255;
    }
    return bytes;
  };
}

const translators = new Map<string, ReturnType<typeof messagesOf>>();

function translate(locale: string) {
  const known = translators.get(locale) ?? messagesOf("call", locale);
  translators.set(locale, known);
  return known;
}

export interface WorldOptions {
  locale?: string;
  now?: string;
  facts?: Partial<CallFacts>;
  store?: Store;
  library?: Library;
}

export function newWorld(options: WorldOptions = {}): World {
  const locale = options.locale ?? "en";
  let at = Date.parse(options.now ?? "2026-11-20T02:00:00Z");
  const now = () => new Date(at);
  const random = countingBytes();
  const library = options.library ?? shippedLibrary();
  const store = options.store ?? openStore(":memory:", { now, random, agent: "lin", country: "CN" });
  const facts: CallFacts = {
    now,
    random,
    agent: "Lin",
    agentName: "Lin",
    timeZone: "Asia/Shanghai",
    country: "CN",
    org: "Northern Telecom",
    lead: undefined,
    level: "agent",
    currency: "CNY",
    emergency: {},
    density: "normal",
    keys: {},
    translate,
    ...options.facts,
  };
  const pass = (seconds: number) => {
    at += seconds * 1000;
  };
  return { facts, store, library, locale, pass };
}

/** A new case and its conversation. */
export function newCall(
  world: World,
  request: Omit<NewCase, "script"> & { script?: string } = {},
): { conversation: Conversation; caseId: Uuid; run: Uuid } {
  const { script: id = "good-faith", ...rest } = request;
  const script = world.library.script(id, world.locale)!;
  const started = startCase(world, { script, ...rest });
  return { conversation: openDialogue({ ...world, ...started }), ...started };
}
