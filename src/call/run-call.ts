/** From flags to a conversation and its face: what `new`, `resume`, `call-back`, `contact --script` and `script try` share. */
import type { App } from "../app.ts";
import { loadMessages } from "../content/library.ts";
import { levelOf } from "../core/authority.ts";
import type { Case } from "../core/case.ts";
import { stopped, usage } from "../core/errors.ts";
import type { Uuid } from "../core/id.ts";
import type { Translate } from "../core/library-port.ts";
import type { Locale } from "../core/locale.ts";
import type { Conversation } from "../core/question.ts";
import type { RunKind, Script } from "../core/script.ts";
import type { Store } from "../core/store-port.ts";
import type { CallFacts, Density } from "./call.ts";
import { loadDates } from "./dates.ts";
import { openDialogue } from "./dialogue.ts";
import { type Known, startCase, startRun } from "./start.ts";

export const DEFAULT_SCRIPT = "good-faith";

/** Languages read so far, by locale. */
const messages = new Map<Locale, Translate>();

function languageOf(locale: Locale): Translate {
  const known = messages.get(locale) ?? loadMessages(locale);
  messages.set(locale, known);
  return known;
}

export interface FaceOptions {
  jsonl?: boolean;
  density?: Density;
  /** Public keys of leads besides the configuration's; asked for when a code comes, as one may be made during the call. */
  keys?: () => Readonly<Record<string, string>>;
}

/** What a conversation is told of this run of the program. */
export function callFacts(app: App, { density, keys }: FaceOptions = {}): CallFacts {
  const { config } = app;
  const words = app.library().words(app.locale);
  return {
    now: app.now,
    random: app.random,
    agent: app.agent,
    agentName: app.agentName,
    timeZone: app.timeZone,
    country: config.country ?? words.country,
    org: app.org,
    lead: config.lead,
    level: levelOf(config.level, app.role),
    currency: config.currency ?? words.currency,
    emergency: config.emergency ?? {},
    density: density ?? config.density ?? "normal",
    get keys() {
      return { ...config.approval?.keys, ...keys?.() };
    },
    translate: (locale) => (locale === app.locale ? app.t : languageOf(locale)),
  };
}

/** The script of this id in the user's language. Throws a usage error (exit 2) naming the scripts of this kind. */
export function scriptFor(app: App, id: string, kind: RunKind): Script {
  const library = app.library();
  const script = library.scriptIds().includes(id) ? library.script(id, app.locale) : undefined;
  if (script?.kind === kind) return script;
  const known = library.scriptInfos(app.locale).filter((info) => info.kind === kind);
  throw usage(
    "invalid_script",
    app.t("cli.error.not_in_set", { name: "script", value: id }),
    known.map((info) => info.id).join(", "),
  );
}

/** Spoken dates are read while the first question is on screen; a pipe has to wait for them, and `--jsonl` has none. */
async function prepare(app: App, jsonl: boolean): Promise<void> {
  if (jsonl) return;
  if (app.accessible) await loadDates();
  else setTimeout(() => void loadDates().catch(() => {}), 50).unref();
}

/** Shows a conversation until it ends, and prints what came of it. Throws `stopped` (exit 130) after a pause. */
async function converse(
  app: App,
  open: () => Conversation | Promise<Conversation>,
  t: Translate,
  jsonl: boolean,
): Promise<Case> {
  let conversation: Conversation | undefined;
  // What stands around the questions follows the call into another language.
  const following: Translate = (key, params) => {
    const locale = conversation?.locale?.();
    return (locale === undefined ? t : languageOf(locale))(key, params);
  };
  const prompter = await app.prompter(jsonl, following);
  await prepare(app, jsonl);
  conversation = await open();
  const left = conversation.current();
  // Everything was asked before the program was killed: what is left is to end the run.
  const outcome = left
    ? await prompter.run(conversation)
    : conversation.reply({ kind: "side", action: { side: "pause" } });
  if (outcome.type !== "done") throw new Error(`a conversation ended with ${outcome.type}`);
  const lines = outcome.lines ?? [];
  if (jsonl) {
    if (!left) app.io.stdout.write(`${JSON.stringify({ type: "done", case: outcome.case, lines })}\n`);
  } else if (outcome.paused) for (const line of lines) app.notice(line);
  else app.print({ json: outcome.case, text: () => lines.join("\n") });
  if (outcome.paused) throw stopped();
  return outcome.case;
}

export interface NewCall extends FaceOptions {
  script?: string;
  known?: Known;
}

/** A new case, from the first question to the last. Nothing is opened where nothing may be asked. */
export async function runCall(app: App, request: NewCall): Promise<Case> {
  const script = scriptFor(app, request.script ?? DEFAULT_SCRIPT, "call");
  const facts = callFacts(app, request);
  const open = async () => {
    const doors = { facts, store: await app.store(), library: app.library() };
    const { caseId, run } = startCase(doors, { script, ...(request.known ? { known: request.known } : {}) });
    return openDialogue({ ...doors, caseId, run });
  };
  return converse(app, open, app.t, request.jsonl === true);
}

export interface LaterCall extends FaceOptions {
  store: Store;
  caseId: Uuid;
}

/** Goes on with a run nobody finished, in its own script version and language. */
export async function resumeCall(app: App, run: Uuid, request: LaterCall): Promise<Case> {
  const { store, caseId } = request;
  const locale = store.state(caseId)?.runs.find((r) => r.id === run)?.locale ?? app.locale;
  const t = locale === app.locale ? app.t : languageOf(locale);
  const doors = { facts: callFacts(app, request), store, library: app.library() };
  const open = () => openDialogue({ ...doors, caseId, run, resumed: true });
  return converse(app, open, t, request.jsonl === true);
}

/** Another conversation about a case that is there: a call-back, a progress contact, an appeal. */
export async function runLater(
  app: App,
  script: Script,
  request: LaterCall & { channel?: string },
): Promise<Case> {
  const { store, caseId, channel } = request;
  const doors = { facts: callFacts(app, request), store, library: app.library() };
  const open = () => {
    const run = startRun(doors, caseId, script);
    return openDialogue({ ...doors, caseId, run, ...(channel === undefined ? {} : { channel }) });
  };
  return converse(app, open, app.t, request.jsonl === true);
}
