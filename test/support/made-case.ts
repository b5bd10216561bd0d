/** A case as a finished call leaves it, written through the same path as every command. */

import { newCaseId } from "../../src/call/start.ts";
import { changeCase, completeDrafts } from "../../src/commands/case-writing.ts";
import type { EventDraft } from "../../src/core/event.ts";
import { newId } from "../../src/core/id.ts";
import type { Desk, Env } from "./in-process.ts";

export interface Made {
  ref: string;
  id: string;
}

/** `finish: false` leaves the call unfinished: a draft. */
export async function madeCase(
  desk: Desk,
  fields: Record<string, unknown> = {},
  options: { env?: Env; finish?: false; drafts?: EventDraft[] } = {},
): Promise<Made> {
  const { app } = await desk.app({}, options.env);
  const store = await app.store();
  const script = app.library().script("good-faith", "en")!;
  store.putScript(script);
  const pin = { id: script.id, hash: script.hash };
  const id = newCaseId(store, app);
  const run = newId(+app.now(), app.random);
  const given = { channel: "phone", words: "The line is dead.", category: "telecom-network", ...fields };
  const drafts: EventDraft[] = [
    { type: "opened", data: { script: pin, locale: "en" } },
    { type: "run-started", data: { run, kind: "call", script: pin, locale: "en" } },
    ...Object.entries(given).map(
      ([field, value]): EventDraft => ({ type: "answered", data: { run, field, value } }),
    ),
    ...(options.drafts ?? []),
    ...(options.finish === false
      ? []
      : [{ type: "finished" as const, data: { run, status: "open" as const } }]),
  ];
  const state = store.append(id, completeDrafts(app, store, id, drafts));
  store.close();
  return { ref: state.case.ref, id };
}

/** Writes to a case what no command of the test is asked for, such as a call-back that was made. */
export async function written(desk: Desk, id: string, drafts: EventDraft[], env: Env = {}): Promise<void> {
  const { app } = await desk.app({}, env);
  const store = await app.store();
  changeCase(app, store, id, () => drafts);
  store.close();
}

/** The events of a call-back with these answers, as the conversation writes them. */
export async function calledBack(
  desk: Desk,
  id: string,
  answers: Record<string, unknown>,
  env: Env = {},
): Promise<void> {
  const { callbackDrafts } = await import("../../src/core/status.ts");
  const { app } = await desk.app({}, env);
  const store = await app.store();
  const script = app.library().script("call-back", "en")!;
  store.putScript(script);
  const pin = { id: script.id, hash: script.hash };
  const run = newId(+app.now(), app.random);
  changeCase(app, store, id, () => [
    { type: "run-started", data: { run, kind: "call-back", script: pin, locale: "en" } },
    ...Object.entries(answers).map(
      ([field, value]): EventDraft => ({ type: "answered", data: { run, field, value } }),
    ),
  ]);
  changeCase(app, store, id, (state) =>
    callbackDrafts(state, state.runs.at(-1)!, app.library().policy(), "not satisfied"),
  );
  store.close();
}
